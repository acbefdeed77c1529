"""El nombre que trae un archivo es solo una etiqueta: se limpia para mostrarse y descargarse."""

import re
import unicodedata
from pathlib import PurePosixPath

MAXIMO = 150  # caracteres; cabe en cualquier sistema de archivos aun con letras de tres bytes
# Control, formato (incluye los que voltean el sentido del texto), sustitutos y sin asignar.
_FUERA = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


# Windows no deja abrir un archivo que se llame como sus aparatos.
_APARATO = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def limpiar_nombre(nombre: str) -> str:
    """Nombre sin carpetas, sin caracteres invisibles y con su terminación, de hasta 150 caracteres."""
    ultimo = re.split(r"[/\\]", unicodedata.normalize("NFC", nombre))[-1]
    visible = "".join(c for c in ultimo if unicodedata.category(c) not in _FUERA)
    visible = unicodedata.normalize("NFC", visible)  # sin lo invisible, una letra y su acento ya son vecinos
    visible = re.sub(r'[<>:"|?*\s]+', " ", visible).strip(" .")
    visible = f"_{visible}" if _APARATO.match(visible) else visible
    ruta = PurePosixPath(visible or "archivo")
    extension = ruta.suffix[:20]
    # Al cortar puede quedar un espacio o un punto al final, o justo el nombre de un aparato.
    corto = f"{ruta.stem[: MAXIMO - len(extension)].strip()}{extension}".rstrip(" .")
    return f"_{corto}" if _APARATO.match(corto) else corto


def es_enganoso(nombre: str) -> bool:
    """Si trae caracteres que no se ven, o que hacen que otro programa lo lea de otra manera."""
    normal = unicodedata.normalize("NFC", nombre)
    invisible = any(unicodedata.category(c) in _FUERA for c in normal)
    return invisible or bool(_APARATO.match(normal) or re.search(r'[<>:"|?*\\]', normal))
