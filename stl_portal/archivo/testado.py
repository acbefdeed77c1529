"""Testar un archivo: hacer una copia de la que desaparece lo marcado, texto y píxeles.

El original no cambia. Todo se hace en un proceso aparte con memoria, procesador y tiempo limitados,
que vuelve a abrir lo que hizo: si en alguna zona queda algo, no entrega nada.
"""

import json
import logging
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from .models import Archivo, ZonaTestada
from .tipos import POR_MIME
from .veredicto import ArchivoRechazado

registro = logging.getLogger(__name__)
RAIZ = Path(__file__).resolve().parent.parent.parent
PDF = "application/pdf"
ESPERA = 90  # segundos de reloj; el hijo tiene además un tope de procesador
RECHAZO = 3  # con lo que termina el hijo cuando explica por qué no
DEMASIADO = (
    "El archivo no se pudo preparar: tarda u ocupa demasiado. Divídelo o vuelve a guardarlo como PDF y "
    "súbelo otra vez."
)
# Dibujar páginas ocupa memoria: se hace fila en lugar de llenarla.
_TURNOS = BoundedSemaphore(2)


def se_puede(archivo: Archivo) -> bool:
    """Si de ese tipo se sabe hacer una copia testada: PDF e imágenes."""
    tipo = POR_MIME.get(archivo.tipo)
    return tipo is not None and (archivo.tipo == PDF or archivo.tipo.startswith("image/"))


def paginas(archivo: Archivo) -> int:
    """Cuántas páginas se pueden marcar; una imagen es una."""
    return archivo.paginas or 1


def testar(ruta: Path, mime: str, zonas: Iterable[ZonaTestada]) -> bytes:
    """La copia sin lo que hay en las zonas, numeradas en el orden recibido.

    Lanza `ArchivoRechazado` si no se puede leer o si algo sobrevivió; entonces no hay copia.
    """
    fichas = [
        {"numero": n, "pagina": z.pagina, "x": z.x, "y": z.y, "ancho": z.ancho, "alto": z.alto}
        for n, z in enumerate(zonas, start=1)
    ]
    return _hijo(ruta, mime, que="testar", zonas=fichas)


def pagina(ruta: Path, mime: str, numero: int) -> bytes:
    """Una página como imagen PNG, para marcarla en pantalla. Lanza `ArchivoRechazado`."""
    return _hijo(ruta, mime, que="pagina", pagina=numero)


def buscar(ruta: Path, texto: str) -> list[dict[str, Any]]:
    """Lugares del PDF cuya capa de texto dice `texto`: página y rectángulo de 0 a 1."""
    hallados: list[dict[str, Any]] = json.loads(_hijo(ruta, PDF, que="buscar", texto=texto))
    return hallados


def texto_por_pagina(contenido: bytes) -> list[str]:
    """Lo que de un PDF se puede copiar como texto, página por página."""
    return _por_pagina(contenido, "texto")


def texto_en_columnas(contenido: bytes) -> list[str]:
    """Lo mismo, con cada fila de sus tablas en un renglón y un tabulador entre celdas."""
    return _por_pagina(contenido, "columnas")


def _por_pagina(contenido: bytes, que: str) -> list[str]:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as provisional:
        provisional.write(contenido)
        provisional.flush()
        hojas: list[str] = json.loads(_hijo(Path(provisional.name), PDF, que=que))
    return hojas


def _hijo(ruta: Path, mime: str, **pedido: Any) -> bytes:
    """Lo que responde el proceso; si murió o tardó, es un rechazo."""
    orden = [sys.executable, "-E", "-s", "-B", "-X", "utf8", "-m", "stl_portal.archivo.testador"]
    try:
        with _TURNOS:
            hijo = subprocess.run(  # noqa: S603  # orden fija; ni la ruta ni el tipo vienen de fuera
                [*orden, str(ruta), mime],
                cwd=RAIZ,
                env={},
                input=json.dumps(pedido).encode(),
                capture_output=True,
                timeout=ESPERA,
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise ArchivoRechazado(DEMASIADO) from error
    dicho = hijo.stderr[-2000:].decode(errors="replace")
    if hijo.returncode == RECHAZO:
        raise ArchivoRechazado(dicho)
    if hijo.returncode:
        registro.warning("El testador terminó con %s: %s", hijo.returncode, dicho)
        raise ArchivoRechazado(DEMASIADO)
    return hijo.stdout
