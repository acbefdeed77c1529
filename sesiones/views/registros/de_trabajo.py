"""Calendario, oficios, y comisiones o grupos de trabajo."""

from typing import Any

from django.db.models import Count, F
from django.urls import reverse
from django.utils import timezone

from sesiones.estados import EstadoCalendario
from sesiones.forms.calendarios import FormaCalendario
from sesiones.forms.oficios import FiltroOficios, FormaOficio
from sesiones.forms.registros import FormaComision
from sesiones.models import Calendario, Oficio, Organo
from stl_portal.espanol import fecha_larga
from stl_portal.templatetags.portal import tono

from .declaracion import Celda, Registro


def ficha_de_calendario(calendario: Calendario, organo: Organo) -> str:
    """Página del calendario: sus fechas, quién lo aprobó y qué sigue."""
    return reverse("registros:calendario", args=(organo.clave, calendario.pk))


def casa(organo: Organo, padre: Any = None) -> str:
    """Página del órgano en la mesa."""
    return reverse("registros:organo", args=(organo.clave,))


def _nombre(comision: Organo, organo: Organo) -> Celda:
    return Celda(comision.denominacion(timezone.localdate()).nombre, casa(comision))


def _aprobado(calendario: Calendario, organo: Organo) -> Celda | str:
    """El acuerdo que lo aprobó."""
    acuerdo = calendario.acuerdo
    if acuerdo is None:
        return "Sin aprobar"
    return Celda(str(acuerdo), reverse("registros:acuerdo", args=(organo.clave, acuerdo.pk)))


def _solo_propuesto(calendario: Calendario, organo: Organo) -> str:
    """Un calendario aprobado se enmienda; no se corrige encima."""
    if calendario.estado == EstadoCalendario.PROPUESTO:
        return ""
    return "El calendario ya se aprobó: para cambiarlo, enmiéndalo."


def _archivo(oficio: Oficio, organo: Organo) -> Celda | str:
    """Liga al archivo, si lo hay."""
    if oficio.archivo is None:
        return "Sin archivo"
    liga = reverse("archivo:descargar", args=(oficio.archivo.huella, oficio.archivo.nombre))
    return Celda("Ver archivo", liga, nota=oficio.archivo.nombre)


def _folio(oficio: Oficio, organo: Organo) -> Celda:
    """El folio como vino y, debajo, como se busca."""
    return Celda(oficio.folio or "Sin folio", nota=oficio.folio_normalizado)


OFICIOS = Registro(
    clave="oficios",
    titulo="Oficios",
    uno="oficio",
    agregar="Registrar un oficio",
    ayuda="Recibidos y enviados, con su folio tal como viene, su sello, sus copias y su archivo.",
    forma=FormaOficio,
    filas=lambda organo: organo.oficios.select_related("archivo").order_by(
        F("fecha").desc(nulls_last=True), "-pk"
    ),
    nace=lambda organo, padre: Oficio(organo=organo),
    filtro=FiltroOficios,
    columnas=(
        ("Folio", _folio),
        ("Sentido", lambda o, organo: o.get_sentido_display()),
        ("Fecha", lambda o, organo: fecha_larga(o.fecha) if o.fecha else "Sin fecha"),
        ("Asunto", lambda o, organo: o.asunto),
        ("Remitente", lambda o, organo: Celda(o.remitente, nota=o.remitente_cargo)),
        ("Archivo", _archivo),
    ),
)

CALENDARIOS = Registro(
    clave="calendarios",
    titulo="Calendario de sesiones",
    uno="calendario",
    agregar="Proponer un calendario",
    ayuda="Las fechas de cada año. Un acuerdo lo aprueba; para cambiarlo, otro lo enmienda.",
    forma=FormaCalendario,
    filas=lambda organo: (
        organo.calendarios.select_related("acuerdo__sesion")
        .annotate(cuantas=Count("fechas"))
        .order_by("-anio", "-pk")
    ),
    nace=lambda organo, padre: Calendario(organo=organo, anio=timezone.localdate().year + 1),
    candado=_solo_propuesto,
    al_guardar=ficha_de_calendario,
    columnas=(
        ("Año", lambda c, organo: Celda(str(c.anio), ficha_de_calendario(c, organo))),
        ("Estado", lambda c, organo: Celda(c.get_estado_display(), tono=tono(c.estado))),
        ("Fechas", lambda c, organo: str(c.cuantas)),
        ("Lo aprobó", _aprobado),
    ),
)

COMISIONES = Registro(
    clave="comisiones",
    titulo="Comisiones y grupos",
    uno="comisión o grupo",
    agregar="Crear una comisión o grupo",
    ayuda="Cada una tiene su coordinación, sus integrantes y sus propias reuniones.",
    forma=FormaComision,
    filas=lambda organo: (
        organo.comisiones.con_nombre()
        .annotate(lugares=Count("asientos", distinct=True), reuniones=Count("sesiones", distinct=True))
        .order_by("clave")
    ),
    nace=lambda organo, padre: Organo(padre=organo),
    argumentos=lambda organo, hoy: {"hoy": hoy},
    candado=lambda comision, organo: "Su nombre, sus reglas y sus asientos se cambian en su propia página.",
    al_guardar=casa,
    nombra=lambda comision: comision.denominacion(timezone.localdate()).nombre,
    columnas=(
        ("Nombre", _nombre),
        ("Clase", lambda c, organo: c.get_clase_display()),
        ("Asientos", lambda c, organo: str(c.lugares)),
        ("Reuniones", lambda c, organo: str(c.reuniones)),
    ),
)

REGISTROS = (CALENDARIOS, OFICIOS, COMISIONES)
