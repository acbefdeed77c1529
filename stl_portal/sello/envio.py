"""Mandar fuera cada punto de control: solo las copias que otros guardan atan a quien administra."""

import os
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from stl_portal.avisos.envio import Anexado, Mensaje, encolar, liga

from .mensajes import PUNTO_DE_CONTROL
from .models import PuntoDeControl
from .registro import DESTINATARIOS, Destinatario


def mandar(punto: PuntoDeControl) -> int:
    """Lo pone en la fila de avisos de cada destinatario, una sola vez. Devuelve cuántos son nuevos."""
    unicos = {d.correo.lower(): d for apuntado in DESTINATARIOS for d in apuntado() if d.correo}
    return len(
        encolar(PUNTO_DE_CONTROL, f"registro:{punto.tamano}", [_mensaje(punto, d) for d in unicos.values()])
    )


def _mensaje(punto: PuntoDeControl, destinatario: Destinatario) -> Mensaje:
    """El correo, con el punto de control en el cuerpo y como archivo."""
    contexto = {
        "nombre": destinatario.nombre,
        "tamano": punto.tamano,
        "texto": punto.texto,
        "liga": liga(reverse("registro:comprobar")),
    }
    archivo = Anexado(nombre_de(punto), "text/plain; charset=utf-8", punto.texto.encode())
    asunto, cuerpo = PUNTO_DE_CONTROL.titulo(tamano=punto.tamano), PUNTO_DE_CONTROL.texto(contexto)
    return Mensaje(destinatario.correo, asunto, cuerpo, destinatario.nombre, (archivo,))


def dejar_a_testigos(punto: PuntoDeControl) -> Path:
    """Lo escribe en `VAR/registro/`, de donde lo toman los testigos. Devuelve la ruta."""
    carpeta = Path(settings.VAR) / "registro"
    carpeta.mkdir(parents=True, exist_ok=True)
    ruta = carpeta / nombre_de(punto)
    provisional = ruta.with_name(f".{ruta.name}.{os.getpid()}")
    provisional.write_text(punto.texto, encoding="utf-8")
    provisional.replace(ruta)
    return ruta


def nombre_de(punto: PuntoDeControl) -> str:
    """Nombre de archivo del punto de control."""
    return f"punto-de-control-{punto.tamano}.txt"
