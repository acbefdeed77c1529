"""Las páginas públicas de sesiones en el mapa del sitio, cada una con lo último que de ella se publicó."""

import datetime as dt
from itertools import product
from typing import Any

from django.db.models import DateTimeField, F, Max, OuterRef, QuerySet, Subquery
from django.db.models import Model as Modelo
from django.urls import reverse

from sesiones import seguimiento
from sesiones.estados import ACTA_PUBLICA, PUBLICAS
from sesiones.models import (
    Acuerdo,
    Asiento,
    CambioSesion,
    Convocatoria,
    Organo,
    Publicacion,
    Sesion,
    VersionPublica,
)
from stl_portal.publico.mapa_del_sitio import fijas
from stl_portal.publico.registro import SITIO, Direccion, Tramo, apuntar


def _organos() -> QuerySet[Organo, Any]:
    return Organo.objects.order_by("pk").values_list("clave", flat=True)


def _integraciones() -> list[tuple[str, str]]:
    """De cada órgano con asientos: quiénes lo integran, quiénes lo integraron y cuánto se asiste."""
    con_asientos = Organo.objects.filter(pk__in=Asiento.objects.values("organo")).order_by("pk")
    return list(
        product(con_asientos.values_list("clave", flat=True), ("integrantes_de", "historia", "asistencia"))
    )


def _sesiones() -> QuerySet[Sesion, Any]:
    """Las públicas, con su último cambio de estado y su última convocatoria."""
    cambios = CambioSesion.objects.filter(objeto=OuterRef("pk"), a__in=PUBLICAS)
    convocatorias = Convocatoria.objects.filter(sesion=OuterRef("pk"))
    filas = Sesion.objects.publicas().order_by("pk")
    return filas.values_list(
        "organo__clave",
        "clave",
        _ultimo(cambios, "objeto", "cuando"),
        _ultimo(convocatorias, "sesion", "emitida_el"),
    )


def _actas() -> QuerySet[Sesion, Any]:
    """Las sesiones con acta publicada, con su última publicación o la última vez que se testó un dato."""
    publicaciones = Publicacion.objects.filter(sello__acta__sesion=OuterRef("pk"))
    testadas = VersionPublica.objects.filter(sello__acta__sesion=OuterRef("pk"))
    con_acta = Sesion.objects.filter(actas__estado__in=ACTA_PUBLICA).distinct().order_by("pk")
    return con_acta.values_list(
        "organo__clave",
        "clave",
        _ultimo(publicaciones, "sello__acta__sesion", "publicada_el"),
        _ultimo(testadas, "sello__acta__sesion", "elaborada_el"),
    )


def _acuerdos() -> QuerySet[Acuerdo, Any]:
    """Los públicos, con la fecha de su último seguimiento."""
    filas = seguimiento.con_estado_publico(Acuerdo.objects.de_sesiones_publicas()).order_by("pk")
    return filas.values_list("sesion__organo__clave", "sesion__clave", "numero", F("estado_al"))


def _ultimo(filas: "QuerySet[Modelo]", grupo: str, campo: str) -> Subquery:
    """El valor más reciente de `campo` entre `filas`, que son de un solo `grupo`."""
    ultimo = filas.order_by().values(grupo).annotate(el_ultimo=Max(campo)).values("el_ultimo")
    return Subquery(ultimo, output_field=DateTimeField())


def _de_organo(clave: str) -> Direccion:
    return Direccion(reverse("sesiones:organo", args=(clave,)))


def _de_integracion(fila: tuple[str, str]) -> Direccion:
    return Direccion(reverse(f"sesiones:{fila[1]}", args=fila[:1]))


def _de_sesion(fila: tuple[str, str, dt.datetime | None, dt.datetime | None]) -> Direccion:
    return _con_fecha("sesiones:detalle", *fila)


def _de_acta(fila: tuple[str, str, dt.datetime | None, dt.datetime | None]) -> Direccion:
    return _con_fecha("sesiones:acta", *fila)


def _con_fecha(nombre: str, organo: str, sesion: str, *fechas: dt.datetime | None) -> Direccion:
    return Direccion(reverse(nombre, args=(organo, sesion)), max(filter(None, fechas), default=None))


def _de_acuerdo(fila: tuple[str, str, int, dt.date | None]) -> Direccion:
    *cual, al = fila
    return Direccion(reverse("sesiones:acuerdo", args=cual), al)


TRAMOS = (
    fijas("listas", "sesiones:lista", "sesiones:acuerdos", "sesiones:integrantes", "verificar:inicio"),
    Tramo("organos", _organos, _de_organo),
    Tramo("integracion", _integraciones, _de_integracion),
    Tramo("sesiones", _sesiones, _de_sesion),
    Tramo("actas", _actas, _de_acta),
    Tramo("acuerdos", _acuerdos, _de_acuerdo),
)


def registrar() -> None:
    """Se llama desde `SesionesConfig.ready()`; repetirlo no duplica nada."""
    for tramo in TRAMOS:
        apuntar(SITIO, tramo)
