"""Seguir por correo, sin cuenta, el avance de los municipios: un tema por seguimiento con algo publicado."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from municipios import mensajes
from municipios.cortes import seguidores_de_municipios
from municipios.models import CorteMunicipal, CorteMunicipalPublicado
from sesiones.asuntos import asunto
from sesiones.models import Organo
from stl_portal.avisos import envio, seguidores
from stl_portal.avisos.registro import TEMAS, Tema
from stl_portal.publico.registro import apuntar

GRUPO = "Los municipios en conjunto"


def temas(al: dt.date) -> Iterator[Tema]:
    """Los órganos que ya publicaron un corte, los reales primero."""
    siguen = CorteMunicipal.objects.publicados().values("organo")
    filas = Organo.objects.filter(pk__in=siguen).prefetch_related("denominaciones")
    for organo in filas.order_by("ficticio", "clave"):
        yield tema_de(organo, al)


def tema_de(organo: Organo, al: dt.date) -> Tema:
    """El avance de los municipios según ese órgano."""
    nombre = f"Avance de los municipios, {organo.denominacion(al).nombre_corto}"
    return Tema(f"municipios:{organo.clave}", nombre, "cortes", organo.ficticio, GRUPO)


def avisar(publicado: CorteMunicipalPublicado) -> None:
    """Encola el correo a quienes lo siguen, una vez por corte; con `organo` y `corrige` ya traídos."""
    corte = publicado.corte
    hoy = timezone.localdate(publicado.publicado_el)
    contexto = {
        "corte": corte,
        "organo": corte.organo,
        "huella": publicado.huella,
        "liga": envio.liga(corte.get_absolute_url()),
    }
    que = "Corte corregido" if corte.corrige else "Corte publicado"
    clase = mensajes.DE_CORTE
    dicho = asunto(clase.titulo(que=que, titulo=corte.nombre), hoy, corte.organo)
    # Quien sigue un municipio recibe lo que de él cambió, que dice más que el aviso del corte.
    ya = seguidores_de_municipios.avisar_corte(publicado)
    tema = tema_de(corte.organo, hoy)
    seguidores.avisar(clase, tema, f"corte-municipal:{publicado.pk}", dicho, clase.texto(contexto), salvo=ya)


def registrar() -> None:
    """Se llama desde `MunicipiosConfig.ready()`; repetirlo no duplica nada."""
    apuntar(TEMAS, temas)
    seguidores_de_municipios.registrar()
