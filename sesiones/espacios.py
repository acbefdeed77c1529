"""Los lugares de trabajo de una cuenta en las sesiones: la mesa de cada uno de sus órganos.

Quien funda los secretariados de los 46 municipios tiene papel en todos: sus mesas van juntas en una página.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from sesiones import auditado, permisos
from sesiones.estados import ClaseOrgano
from sesiones.models import Organo
from stl_portal.publico.registro import Espacio

JUNTAS_DESDE = 4  # mesas municipales propias: con más, taparían los demás espacios


def de_las_mesas(usuario: Any, al: dt.date) -> Iterator[Espacio]:
    """La mesa de cada órgano suyo; las de los municipios que acompaña, o si son muchas, juntas aparte."""
    visibles = permisos.organos_visibles(usuario, al)
    suyos = permisos.organos_propios(usuario, al).values("pk")
    solo_audita = permisos.organos_que_solo_audita(usuario, al).filter(pk=OuterRef("pk"))
    propios = visibles.filter(pk__in=suyos).annotate(audita=Exists(solo_audita))
    municipales = set(propios.filter(clase=ClaseOrgano.MUNICIPAL).values_list("pk", flat=True))
    aparte = municipales if len(municipales) >= JUNTAS_DESDE else set()
    yield from mesas(usuario, al, propios.exclude(pk__in=aparte))
    acompanados = visibles.exclude(pk__in=propios.values("pk")).count()
    if aparte or acompanados:
        yield Espacio(
            nombre="Mesas de los municipios",
            descripcion=_dicho(len(aparte), acompanados),
            url=reverse("registros:inicio"),
        )


def _dicho(propias: int, acompanadas: int) -> str:
    """«Las de tus 46 secretariados municipales», «Consulta de … de los 46 secretariados que acompañas»."""
    cuantos = "del secretariado" if acompanadas == 1 else f"de los {acompanadas} secretariados"
    suyas = f"Las de tus {propias} secretariados municipales" if propias else ""
    consulta = f"Consulta de sesiones, integrantes y acuerdos {cuantos} que acompañas" if acompanadas else ""
    return ". ".join(filter(None, (suyas, consulta)))


def mesas(usuario: Any, al: dt.date, organos: QuerySet[Organo] | None = None) -> Iterator[Espacio]:
    """La mesa de cada órgano que la cuenta puede conducir o consultar.

    `organos` son, de esos, los que se quieren; si no se dicen, todos.
    """
    conduce = set(permisos.organos_que_conduce(usuario, al).values_list("pk", flat=True))
    filas: Any = permisos.organos_visibles(usuario, al) if organos is None else organos
    audita = False
    for organo in filas.con_nombre():
        audita = audita or getattr(organo, "audita", False)
        descripcion = (
            "Sesiones, pase de lista, acuerdos, actas y registros"
            if organo.pk in conduce
            else "Consulta de sesiones, integrantes y acuerdos"
        )
        yield Espacio(
            nombre=f"Mesa {organo.denominacion(al).del_nombre}",
            descripcion=descripcion,
            url=reverse("registros:organo", args=(organo.clave,)),
        )
    if audita:
        yield auditado.espacio()
