"""Proceso hijo: se pone límites, lee un archivo completo y escribe su veredicto en JSON.

Se llama `python -m stl_portal.archivo.inspector <ruta> <tipo>`. Con `--limpia`, `--miniatura`, `--vista` o
`--transcripcion` al final escribe en cambio la imagen sin metadatos, la miniatura, lo que se puede leer del
documento o todo su texto. Los lectores se importan después de poner los límites, para que también su
arranque quede dentro.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from stl_portal.archivo.veredicto import ArchivoRechazado, Veredicto

from . import frases
from .fuente import Fuente
from .limites import limitar, uso


def leer(ruta: Fuente, mime: str) -> Veredicto:
    """Elige el lector por el tipo y devuelve su veredicto."""
    if mime == "application/pdf":
        from .pdf import leer_pdf

        return leer_pdf(ruta)
    if mime.startswith("image/"):
        from .imagenes import leer_imagen

        return leer_imagen(ruta, mime)
    if mime.startswith("text/"):
        from .textos import leer_texto

        return leer_texto(ruta, mime)
    if mime == "video/mp4":
        from .video import leer_video

        return leer_video(ruta, mime)
    if mime == "audio/mpeg":
        from .audio import leer_audio

        return leer_audio(ruta, mime)
    if mime == "application/zip":
        from .comprimidos import leer_comprimido

        return leer_comprimido(ruta, mime)
    from .paquetes import leer_paquete

    return leer_paquete(ruta, mime)


def o_rechazo(hacer: Callable[[], dict[str, object]]) -> dict[str, object]:
    """Lo que da `hacer`, o el rechazo con su frase; listo para JSON.

    Un archivo dañado hace fallar a las bibliotecas que lo leen de muchas maneras; enumerarlas dejaría siempre
    una fuera, y la frase sería la de quien tarda demasiado.
    """
    try:
        return hacer()
    except ArchivoRechazado as rechazo:
        return {"rechazo": rechazo.frase}
    except MemoryError:
        return {"rechazo": frases.MEMORIA}
    except Exception as motivo:
        sys.stderr.write(f"{type(motivo).__name__}: {motivo}\n")
        return {"rechazo": frases.DANADO}


def main(ruta: str, mime: str) -> dict[str, object]:
    """Veredicto o rechazo, listo para JSON."""

    def veredicto() -> dict[str, object]:
        suyo = leer(Path(ruta), mime)
        return {"paginas": suyo.paginas, "advertencias": suyo.advertencias}

    return o_rechazo(veredicto)


def limpiar(ruta: str, mime: str) -> bytes:
    """La imagen sin metadatos."""
    from .imagenes import reescribir

    return reescribir(Path(ruta), mime)


def dibujar(ruta: str, mime: str) -> bytes:
    """La miniatura."""
    from .miniatura import miniatura

    return miniatura(Path(ruta), mime)


def mostrar(ruta: str, mime: str) -> bytes:
    """Lo que se puede leer del documento, o por qué no, en JSON."""
    from .vista import vista

    return json.dumps(o_rechazo(lambda: vista(Path(ruta), mime))).encode()


def transcribir(ruta: str, mime: str) -> bytes:
    """Todo el texto del documento, o por qué no, en JSON."""
    from .transcripcion import transcripcion

    return json.dumps(o_rechazo(lambda: {"texto": transcripcion(Path(ruta), mime)})).encode()


def revisar(ruta: str, mime: str) -> bytes:
    """El veredicto en JSON, con lo que costó."""
    return json.dumps(main(ruta, mime) | {"uso": uso()}).encode()


QUE = {
    "": revisar,
    "--limpia": limpiar,
    "--miniatura": dibujar,
    "--vista": mostrar,
    "--transcripcion": transcribir,
}

if __name__ == "__main__":
    limitar()
    sys.stdout.buffer.write(QUE["".join(sys.argv[3:])](*sys.argv[1:3]))
