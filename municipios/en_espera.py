"""Lo que de los municipios se ve en el tablero de la administración: de cuáles no se sabe algo."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from municipios.cuadro import tomar
from municipios.estados import Avance
from sesiones.estados import ClaseOrgano
from sesiones.models import Organo
from stl_portal.espanol import rotulado
from stl_portal.gestion.registro import ESPERAN, Espera
from stl_portal.publico.registro import apuntar

SIN_INFORMACION = "sin_informacion"  # el filtro de la lista de municipios


def seguimientos() -> list[Organo]:
    """Los secretariados estatales que siguen alguna etapa; los reales primero."""
    estatales = Organo.objects.filter(clase=ClaseOrgano.ESTATAL, etapas_municipales__activa=True)
    return list(estatales.distinct().con_nombre().order_by("ficticio", "clave"))


def dicho(organo: Organo) -> str:
    """Su nombre corto de hoy, rotulado si es ficticio."""
    return rotulado(organo.denominacion(timezone.localdate()).nombre_corto, ficticio=organo.ficticio)


def sin_informacion(organo: Organo, al: dt.date) -> list[str]:
    """Las claves de los municipios con alguna etapa de la que ese seguimiento no sabe nada."""
    cuadro = tomar(organo, al)
    return [
        municipio.clave
        for municipio in cuadro.municipios
        if any(c.vale.avance == Avance.SIN_INFORMACION for c in cuadro.de(municipio))
    ]


def de_los_municipios(al: dt.date) -> Iterator[Espera]:
    """Uno por seguimiento: cada secretariado sigue a los mismos 46, y sumarlos no diría nada."""
    lista = reverse("admin:municipios_municipio_changelist")
    for organo in seguimientos():
        cuantos = len(sin_informacion(organo, al))
        yield Espera(
            que=f"municipios sin información en alguna etapa ({dicho(organo)})",
            detalle="No saber no es lo mismo que no haber empezado.",
            url=f"{lista}?{SIN_INFORMACION}={organo.clave}",
            accion="Ver cuáles",
            cuantas=0 if organo.ficticio else cuantos,
            ficticias=cuantos if organo.ficticio else 0,
            orden=50,
        )


def registrar() -> None:
    """Se llama desde `MunicipiosConfig.ready()`."""
    apuntar(ESPERAN, de_los_municipios)
