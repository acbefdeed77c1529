"""Recordar lo que falta responder: dos días hábiles antes de que venza, el último día y al día siguiente.

Al vencer se avisa también a quienes conducen. Un correo al día por persona, con todo lo suyo; lo que ya se
respondió nunca se recuerda: se pregunta en el momento.
"""

import datetime as dt
from collections import defaultdict

from stl_portal.avisos import envio
from stl_portal.avisos.envio import Mensaje

from . import mensajes as clases
from . import registro
from .correos import DE_QUIEN_ATIENDE, responden, url_de_gestion
from .lectura import Leida, leer
from .models import Pregunta
from .registro import Destinatario

ANTES = 2  # días hábiles
HOLGURA = dt.timedelta(days=12)  # en días naturales cabe lo más lejano que se recuerda


def enviar(al: dt.date) -> int:
    """Encola los de ese día; repetirlo no repite ninguno. Devuelve cuántos encoló."""
    por_persona: dict[Destinatario, list[Leida]] = defaultdict(list)
    for leida in por_recordar(al):
        for destino in _a_quienes(leida, al):
            por_persona[destino].append(leida)
    mensajes = [_mensaje(destino, suyas, al) for destino, suyas in por_persona.items()]
    return len(envio.encolar(clases.RECORDATORIO, f"{DE_QUIEN_ATIENDE}recordatorio:{al}", mensajes))


def por_recordar(al: dt.date) -> list[Leida]:
    """Las que ese día se recuerdan; si no es hábil, ninguna."""
    if registro.sede().habiles(al - dt.timedelta(days=1), al) == 0:
        return []
    cerca = Pregunta.objects.sin_responder().filter(vence__range=(al - HOLGURA, al + HOLGURA))
    filas = [p for p in cerca.order_by("vence", "pk") if p.vence and toca(p.vence, al)]
    return leer(filas, al)


def toca(vence: dt.date, al: dt.date) -> bool:
    """Si ese día, hábil, se recuerda lo que vence en esa fecha."""
    return registro.sede().habiles(al, vence) in (ANTES, 0, -1)


def _a_quienes(leida: Leida, al: dt.date) -> dict[Destinatario, None]:
    """Quienes responden y, si ya venció, también quienes conducen; cada quien una vez."""
    pregunta = leida.pregunta
    destinos = responden(pregunta, leida.objeto, al)
    if pregunta.vencida(al):
        destinos = [*destinos, *registro.sede().quienes_conducen(pregunta.organo, al)]
    return dict.fromkeys(destinos)


def _mensaje(destino: Destinatario, suyas: list[Leida], al: dt.date) -> Mensaje:
    contexto = {
        "nombre": destino.nombre,
        "renglones": [(leida, envio.liga(url_de_gestion(leida.pregunta))) for leida in suyas],
    }
    primera = suyas[0].pregunta
    vencio = primera.vencida(al)
    if len(suyas) > 1:
        asunto = f"{len(suyas)} preguntas de la ciudadanía esperan tu respuesta"
    else:
        asunto = f"{'Venció' if vencio else 'Está por vencer'} la pregunta {primera.folio}"
    clase = clases.RECORDATORIO
    return Mensaje(destino.correo, clase.titulo(dicho=asunto), clase.texto(contexto), destino.nombre)
