"""Recordar que toca reportar: 10, 3 y 1 días antes del límite que rige, y al día siguiente.

Se escribe a titular, suplente y a quien tiene el encargo, de las instituciones que no han enviado: se
pregunta en el momento. El motivo de cada correo lleva el límite y los días que faltan: repetir la orden
no repite ninguno, y una prórroga los vuelve a programar sola.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from ejes import mensajes as clases
from ejes.ciudadania import citas
from ejes.estados import EstadoPlan
from ejes.models import Bimestre
from ejes.plazos import RECORDAR
from ejes.reportes.quienes_preparan import quienes_preparan
from ejes.reportes.reportar import Casilla, les_toca
from sesiones.asuntos import asunto
from stl_portal.avisos import envio
from stl_portal.avisos.envio import Anexado, Mensaje
from stl_portal.avisos.models import Aviso
from stl_portal.calendario.ics import PRODUCTO, identificador
from stl_portal.espanol import fecha_larga

Destinos = dict[str, tuple[str, list[Casilla]]]  # correo → nombre y lo que le falta enviar


@dataclass(frozen=True)
class Programado:
    """Un recordatorio que saldrá si para ese día alguien no ha enviado."""

    dia: dt.date
    faltan: int

    @property
    def dicho(self) -> str:
        """«10 días antes», «el día después»."""
        if self.faltan < 0:
            return "el día después del límite"
        return "un día antes" if self.faltan == 1 else f"{self.faltan} días antes"


def enviar(al: dt.date) -> int:
    """Encola los de ese día; repetirlo no repite ninguno. Devuelve cuántos encoló."""
    return sum(_del_bimestre(bimestre, al) for bimestre in por_recordar(al))


def por_recordar(al: dt.date) -> list[Bimestre]:
    """Los bimestres de planes publicados a los que ese día les toca, con la prórroga que rija."""
    filas = Bimestre.objects.filter(plan__estado=EstadoPlan.PUBLICADO, en_portal=True)
    con_fecha = filas.filter(entrega__isnull=False).con_prorrogas()
    return [bimestre for bimestre in con_fecha if bimestre.ventana.toca_recordar(al)]


def serie_de(bimestre: Bimestre) -> str:
    """Principio del motivo de todos los avisos del bimestre."""
    return f"bimestre:{bimestre.pk}:"


def enviados(bimestre: Bimestre) -> "QuerySet[Aviso]":
    """Los correos que ya se escribieron, del más reciente al primero."""
    return Aviso.objects.filter(motivo__startswith=serie_de(bimestre)).order_by("-pk")


def proximos(bimestre: Bimestre, al: dt.date) -> list[Programado]:
    """Los recordatorios que faltan a partir de ese día, según el límite que rige."""
    entrega = bimestre.ventana.entrega
    if entrega is None or not bimestre.en_portal:
        return []
    todos = [Programado(entrega - dt.timedelta(days=faltan), faltan) for faltan in RECORDAR]
    return [uno for uno in todos if uno.dia >= al and bimestre.ventana.toca_recordar(uno.dia)]


def _del_bimestre(bimestre: Bimestre, al: dt.date) -> int:
    entrega = bimestre.ventana.entrega
    motivo = f"{serie_de(bimestre)}recordatorio:{entrega}:{bimestre.ventana.faltan(al)}"
    return len(envio.encolar(clases.RECORDATORIO, motivo, mensajes(bimestre, al)))


def mensajes(bimestre: Bimestre, al: dt.date) -> list[Mensaje]:
    """Un correo por persona con todo lo que de ese bimestre le falta enviar."""
    faltan = [casilla for casilla in les_toca(bimestre) if casilla.por_enviar]
    dicho = clases.RECORDATORIO.titulo(dicho=cuanto_falta(bimestre, al))
    titulo = asunto(dicho, al, bimestre.plan.organo)
    adjunto = cita(bimestre)
    return [_mensaje(bimestre, al, titulo, adjunto, *destino) for destino in _a_quienes(faltan, al)]


def sin_correo(casillas: Iterable[Casilla], al: dt.date) -> list[str]:
    """Las instituciones que no han enviado y no tienen a quién escribirle: se les avisa por otro medio."""
    faltan = [casilla.asiento for casilla in casillas if casilla.por_enviar]
    personas = quienes_preparan({asiento.pk for asiento in faltan}, al)
    return list(dict.fromkeys(a.institucion.nombre for a in faltan if not personas[a.pk]))


def _a_quienes(faltan: Iterable[Casilla], al: dt.date) -> list[tuple[str, str, list[Casilla]]]:
    """Correo, nombre y lo que le falta a cada persona; una sola vez cada correo."""
    destinos: Destinos = {}
    casillas = list(faltan)
    personas = quienes_preparan({casilla.asiento.pk for casilla in casillas}, al)
    for casilla in casillas:
        for correo, nombre in personas[casilla.asiento.pk]:
            destinos.setdefault(correo, (nombre, []))[1].append(casilla)
    return [(correo, nombre, lista) for correo, (nombre, lista) in destinos.items()]


def _mensaje(
    bimestre: Bimestre,
    al: dt.date,
    titulo: str,
    adjunto: Anexado,
    correo: str,
    nombre: str,
    faltan: list[Casilla],
) -> Mensaje:
    ventana = bimestre.ventana
    contexto = {
        "nombre": nombre,
        "bimestre": bimestre,
        "ventana": ventana,
        "vencido": ventana.vencida(al),
        "prorroga": bimestre.ultima_prorroga,
        "faltan": [(casilla, envio.liga(_liga(casilla))) for casilla in faltan],
    }
    cuerpo = clases.RECORDATORIO.texto(contexto)
    return Mensaje(correo, titulo, cuerpo, nombre, (adjunto,))


def _liga(casilla: Casilla) -> str:
    """El reporte empezado; si no lo hay, la lista donde se empieza."""
    return casilla.reporte.url_de_trabajo if casilla.reporte else reverse("reportes:inicio")


def cuanto_falta(bimestre: Bimestre, al: dt.date) -> str:
    """«El reporte de Bimestre 1 vence en 3 días, el 7 de abril de 2026»."""
    entrega, faltan = bimestre.ventana.entrega, bimestre.ventana.faltan(al)
    if entrega is None or faltan is None:
        return f"Reporte de {bimestre}"
    if faltan < 0:
        return f"Venció ayer el reporte de {bimestre}: todavía puedes enviarlo"
    cuanto = "mañana" if faltan == 1 else f"en {faltan} días"
    return f"El reporte de {bimestre} vence {cuanto}, el {fecha_larga(entrega)}"


def cita(bimestre: Bimestre) -> Anexado:
    """El límite como día completo de calendario; cada prórroga sustituye la cita anterior (RFC 5545)."""
    entrega = bimestre.ventana.entrega
    evento = Event()
    del_plan = citas.correcciones([bimestre.plan_id]).get(bimestre.plan_id, citas.Correcciones())
    evento.add("uid", identificador(citas.identidad_de(bimestre)))
    evento.add("sequence", citas.secuencia(bimestre, del_plan))
    evento.add("dtstamp", timezone.now().astimezone(dt.UTC).replace(microsecond=0))
    evento.add("summary", f"Vence el reporte de {bimestre}")
    evento.add("transp", "TRANSPARENT")  # el día no queda ocupado
    evento.add("url", envio.liga(reverse("reportes:inicio")))
    if entrega:
        evento.add("dtstart", entrega)
        evento.add("dtend", entrega + dt.timedelta(days=1))
    completo = Calendar()
    for nombre, valor in (("prodid", PRODUCTO), ("version", "2.0"), ("method", "PUBLISH")):
        completo.add(nombre, valor)
    completo.add_component(evento)
    return Anexado("entrega.ics", "text/calendar; method=PUBLISH; charset=utf-8", bytes(completo.to_ical()))
