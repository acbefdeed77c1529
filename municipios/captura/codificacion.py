"""En qué codificación viene un CSV o un TXT: UTF-8, Windows o UTF-16, como el «Texto Unicode» de Excel."""

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.exceptions import ValidationError

from stl_portal.archivo import tipos

DE_TEXTO = frozenset({".csv", ".txt"})
LEGIBLE = 4 * 1024 * 1024  # bytes; los 46 con nota en cada renglón son unos 60 mil
DEMASIADO = "Es demasiado grande para 46 municipios: deja solo las columnas del avance."
DESCONOCIDA = (
    "No se sabe en qué codificación está el archivo. "
    "En tu hoja de cálculo guárdalo como «CSV UTF-8» o como Excel (XLSX) y súbelo otra vez."
)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


@contextmanager
def en_utf8(ruta: Path) -> Iterator[Path]:
    """El mismo texto donde sus bytes ya son de los que la inspección lee. Lanza `ValidationError`.

    Sin la marca de UTF-16 no se adivina: unos bytes nulos pueden ser cualquier cosa.
    """
    if ruta.stat().st_size > LEGIBLE:
        raise ValidationError(DEMASIADO)
    contenido = ruta.read_bytes()
    texto = _de_utf16(contenido)
    if texto is None:
        yield ruta
        return
    with NamedTemporaryFile(dir=ruta.parent, suffix=ruta.suffix) as copia:
        copia.write(texto.encode())
        copia.flush()
        yield Path(copia.name)


def _de_utf16(contenido: bytes) -> str | None:
    """Lo que dice si está en UTF-16; None si no hace falta cambiarlo o la inspección sabrá decir qué es."""
    if tipos.reconocer(contenido[:4096])[0] not in ("texto", "binario"):
        return None
    try:
        if contenido.startswith(_UTF16) and not contenido.startswith(_UTF32):
            return contenido.decode("utf-16")
        _exigir_conocida(contenido)
    except UnicodeDecodeError as error:
        raise ValidationError(DESCONOCIDA, code="codificacion") from error
    return None


def _exigir_conocida(contenido: bytes) -> None:
    """Lanza `UnicodeDecodeError` si no es UTF-8 ni Windows, o `ValidationError` si trae bytes nulos."""
    if b"\x00" in contenido:
        raise ValidationError(DESCONOCIDA, code="codificacion")
    try:
        contenido.decode()
    except UnicodeDecodeError:
        contenido.decode("cp1252")
