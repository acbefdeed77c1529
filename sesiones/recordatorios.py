"""Un recordatorio al día, cuando mucho, a quien tiene un acta por revisar o por firmar.

Se recuerda la revisión dos días hábiles antes de que venza y el último día; la firma, cada tercer día
hábil desde que se selló. Lo que ya se hizo nunca se recuerda: se pregunta en el momento de enviar.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from sesiones import revision
from sesiones.asuntos import asunto
from sesiones.estados import EstadoActa, RespuestaRevision
from sesiones.invitar import correo_de
from sesiones.mensajes import de_actas
from sesiones.models import LugarDeFirma, Persona, Revisor, Sesion
from sesiones.plazos import dias_habiles, es_habil
from stl_portal.avisos import envio
from stl_portal.avisos.envio import Mensaje
from stl_portal.espanol import fecha_larga

ANTES_DE_VENCER = 2  # días hábiles
CADA = 3  # días hábiles entre recordatorios de firma


@dataclass(frozen=True)
class Recordatorio:
    """Algo pendiente de una persona: qué, dónde se hace y de qué sesión es el acta."""

    que: str
    liga: str
    sesion: Sesion


def enviar(al: dt.date) -> int:
    """Encola los recordatorios de ese día; repetirlo no repite ninguno. Devuelve cuántos encoló."""
    if not es_habil(al):
        return 0
    pendientes: dict[Persona, list[Recordatorio]] = defaultdict(list)
    for persona, recordatorio in (*de_revision(al), *de_firma(al)):
        pendientes[persona].append(recordatorio)
    mensajes = [_mensaje(persona, lista, al) for persona, lista in pendientes.items() if correo_de(persona)]
    return len(envio.encolar(de_actas.RECORDATORIO, f"recordatorio:{al}", mensajes))


def toca_revision(vence: dt.date, al: dt.date) -> bool:
    """Si ese día toca recordar una revisión que vence en esa fecha."""
    return al <= vence and dias_habiles(al, vence) in (0, ANTES_DE_VENCER)


def toca_firma(desde: dt.date, al: dt.date) -> bool:
    """Si ese día toca recordar una firma pendiente desde esa fecha."""
    dias = dias_habiles(desde, al)
    return dias > 0 and dias % CADA == 0


def de_revision(al: dt.date) -> Iterator[tuple[Persona, Recordatorio]]:
    """Quienes no han respondido y su plazo está por vencer."""
    filas = Revisor.objects.filter(
        respuesta=RespuestaRevision.SIN_RESPUESTA,
        ronda__cerrada_el__isnull=True,
        ronda__acta__estado=EstadoActa.CIRCULADA,
    )
    con_todo = filas.select_related("persona__usuario", "ronda__acta__sesion__organo")
    for fila in con_todo.prefetch_related("ronda__acta__sesion__organo__denominaciones"):
        vence, acta = fila.ronda.vence, fila.ronda.acta
        if vence and toca_revision(vence, al):
            que = f"Revisar el acta de la {acta.sesion}: vence el {fecha_larga(vence)}"
            yield fila.persona, Recordatorio(que, envio.liga(revision.url_de_revision(acta)), acta.sesion)


def de_firma(al: dt.date) -> Iterator[tuple[Persona, Recordatorio]]:
    """Quienes tienen un acta sellada sin firmar."""
    filas = LugarDeFirma.objects.filter(
        persona__isnull=False, firmas__isnull=True, sello__acta__estado=EstadoActa.POR_FIRMAR
    )
    con_todo = filas.select_related("persona__usuario", "sello__acta__sesion__organo")
    for fila in con_todo.prefetch_related("sello__acta__sesion__organo__denominaciones"):
        if fila.persona and toca_firma(timezone.localdate(fila.sello.sellado_el), al):
            acta = fila.sello.acta
            sesion = acta.sesion
            liga = envio.liga(reverse("actas:firma", args=(sesion.organo.clave, sesion.clave)))
            yield fila.persona, Recordatorio(f"Firmar {acta.dicha} de la {sesion}", liga, sesion)


def _mensaje(persona: Persona, lista: list[Recordatorio], al: dt.date) -> Mensaje:
    """Un solo correo con todo lo pendiente."""
    dicho = lista[0].que if len(lista) == 1 else f"Tienes {len(lista)} pendientes con las actas"
    clase = de_actas.RECORDATORIO
    titulo = asunto(clase.titulo(dicho=dicho), al, *(r.sesion.organo for r in lista))
    cuerpo = clase.texto({"persona": persona, "pendientes": lista})
    return Mensaje(correo_de(persona), titulo, cuerpo, persona.formal)
