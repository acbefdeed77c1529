"""Lo que un registro puede decir: ni correos, ni CURP, ni RFC, ni lo que trae una dirección tras el «?».

De una excepción se dice su clase y dónde ocurrió, nunca su texto: el de una base cita la fila entera.
"""

import re
import traceback
from types import TracebackType
from typing import Any

from django.conf import settings

QUITADO = "…"
_DATOS = re.compile(
    r"[\w.%+'-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+"  # correos
    r"|\b[A-ZÑ&]{3,4}\d{6}(?:[HMX][A-Z]{5}[A-Z\d]\d|[A-Z\d]{3})\b"  # CURP y RFC
    r"|(?<=\?)[^\s?]+",  # parámetros
    re.IGNORECASE,
)
# Una sola palabra: lo que alguien escribió, o la traza de otro proceso, lleva espacios.
_CLAVE = re.compile(rf"[\w.:/{QUITADO}-]{{1,100}}")
_NUMEROS = (int, float, bool, type(None))


def limpio(texto: str) -> str:
    """El texto sin lo que se reconoce como dato de alguien, en un renglón."""
    return _DATOS.sub(QUITADO, " ".join(texto.split()))


def argumento(valor: Any) -> Any:
    """Lo que un mensaje intercala: números, claves de una palabra y la clase de un error; nunca un texto."""
    if isinstance(valor, _NUMEROS):
        return valor
    if isinstance(valor, BaseException):
        return type(valor).__name__
    texto = limpio(str(valor))
    return texto if _CLAVE.fullmatch(texto) else QUITADO


def mensaje_de(texto: str, intercalado: Any) -> str:
    """El mensaje con sus argumentos limpios."""
    if not intercalado:
        return limpio(texto)
    try:
        if isinstance(intercalado, dict):
            return limpio(texto % {clave: argumento(valor) for clave, valor in intercalado.items()})
        return limpio(texto % tuple(map(argumento, intercalado)))
    except (TypeError, ValueError):  # un «%d» al que le llegó otra cosa
        return limpio(texto)


def traza_de(error: BaseException, vistas: int = 5) -> list[dict[str, Any]]:
    """Cada error de la cadena, del que se vio al primero: clase, dónde y, si es de la base, qué regla."""
    clase = f"{type(error).__module__}.{type(error).__qualname__}"
    uno = {"clase": clase, "donde": _donde(error.__traceback__), **_de_la_base(error)}
    causa = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return [uno, *(traza_de(causa, vistas - 1) if causa is not None and vistas > 1 else [])]


def _donde(traza: TracebackType | None) -> list[str]:
    """Archivo, renglón y función, sin las variables ni el texto del renglón; lo último, al final."""
    raiz = f"{settings.BASE_DIR}/"
    marcos = traceback.extract_tb(traza)[-25:]
    return [f"{m.filename.removeprefix(raiz)}:{m.lineno} {m.name}" for m in marcos]


def _de_la_base(error: BaseException) -> dict[str, str]:
    """El código de PostgreSQL y la regla que se rompió: nombres nuestros, no valores."""
    regla = getattr(getattr(error, "diag", None), "constraint_name", None)
    codigo = getattr(error, "sqlstate", None)
    return {clave: dicho for clave, dicho in (("sqlstate", codigo), ("regla", regla)) if dicho}
