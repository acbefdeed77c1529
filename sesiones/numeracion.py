"""Cómo se numeran y se nombran sesiones, puntos, acuerdos y folios.

Los documentos mezclan formas («XVIII», «18/a décima octava», «1ª», «Cuarta Sesión Ordinaria
2023», «2do»): se escriben según la regla del órgano y se leen todas.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Literal

from num2words import num2words

from stl_portal.espanol import Genero, citado, mayuscula_inicial, sin_acentos

Estilo = Literal["romano", "palabras", "abreviado", "barra", "anual"]

_ROMANOS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_ROMANO = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
ROMANO_MAXIMO = 3999
ORDINAL_MAXIMO = 999
FOLIO_MAXIMO = 80  # lo que guarda `Oficio.folio_normalizado`


def _exigir(numero: int, maximo: int | None = None) -> None:
    """Lanza `ValueError` si el número es menor que 1 o mayor que el máximo."""
    if numero < 1:
        raise ValueError(f"La numeración empieza en 1: {numero} no es válido.")
    if maximo is not None and numero > maximo:
        raise ValueError(f"{numero} no se puede escribir así; el máximo es {maximo}.")


def a_romano(numero: int) -> str:
    """18 → «XVIII». Lanza `ValueError` fuera de 1 a 3999."""
    _exigir(numero, ROMANO_MAXIMO)
    letras = []
    for valor, letra in _ROMANOS:
        veces, numero = divmod(numero, valor)
        letras.append(letra * veces)
    return "".join(letras)


def de_romano(texto: str) -> int:
    """«XVIII» → 18, sin distinguir mayúsculas. Lanza `ValueError` si no es un romano bien escrito."""
    romano = texto.strip().upper()
    if not romano or not _ROMANO.fullmatch(romano):
        raise ValueError(f"«{citado(texto)}» no es un número romano.")
    numero, resto = 0, romano
    for valor, letra in _ROMANOS:
        while resto.startswith(letra):
            numero, resto = numero + valor, resto[len(letra) :]
    return numero


def ordinal(numero: int, genero: Genero = "m") -> str:
    """18 → «décimo octavo»; con `genero="f"`, «décima octava».

    Corrige a `num2words` donde pega o latiniza («décimoprimero», «quadragésimo»).
    Lanza `ValueError` fuera de 1 a 999.
    """
    _exigir(numero, ORDINAL_MAXIMO)
    texto = re.sub(r"^quadra", "cuadra", num2words(numero, lang="es", to="ordinal"))
    texto = re.sub(r"décimo(?=primero|segundo)", "décimo ", texto.replace(" quadra", " cuadra"))
    return re.sub(r"o\b", "a", texto) if genero == "f" else texto


def ordinal_abreviado(numero: int, genero: Genero = "m") -> str:
    """18 → «18º» o «18ª»."""
    _exigir(numero)
    return f"{numero}{'ª' if genero == 'f' else 'º'}"


def ordinal_barra(numero: int, genero: Genero = "f") -> str:
    """18 → «18/a décima octava», como lo escribe la hoja de firmas del acta XVIII."""
    _exigir(numero)
    marca = f"{numero}/{'a' if genero == 'f' else 'o'}"
    return f"{marca} {ordinal(numero, genero)}" if numero <= ORDINAL_MAXIMO else marca


def ordinal_acuerdo(numero: int) -> str:
    """Nombre del acuerdo dentro de su sesión: «Primero», «Noveno», «Vigésimo primero»."""
    return mayuscula_inicial(ordinal(numero)) if numero <= ORDINAL_MAXIMO else ordinal_abreviado(numero)


def inciso(numero: int) -> str:
    """1 → «a)», 26 → «z)», 27 → «aa)»."""
    _exigir(numero)
    letras = ""
    while numero:
        numero, resto = divmod(numero - 1, 26)
        letras = chr(ord("a") + resto) + letras
    return f"{letras})"


def n_de_inciso(texto: str) -> int:
    """«c)» o «c» → 3. Lanza `ValueError` si no es un inciso."""
    letras = texto.strip().lower().removesuffix(")")
    if not re.fullmatch(r"[a-z]+", letras):
        raise ValueError(f"«{citado(texto)}» no es un inciso.")
    numero = 0
    for letra in letras:
        numero = numero * 26 + ord(letra) - ord("a") + 1
    return numero


VINETA = "•"
NIVELES = ("punto", "inciso", "numeral")  # cómo se llama lo de cada nivel al citarlo
FORMATOS: dict[str, Callable[[int], str]] = {
    "romano": a_romano,
    "inciso": inciso,
    "arabigo": str,
    "vineta": lambda _: VINETA,
}
FORMATOS_DE_SIEMPRE = ("romano", "inciso", "arabigo")


def etiqueta_punto(orden: int, nivel: int, formatos: Sequence[str] = ()) -> str:
    """Etiqueta de un punto: «IV», «b)», «3» o «•», según el formato de su nivel (0 es el primero).

    Los niveles sin formato propio usan el de siempre. Lanza `ValueError` si el formato no existe.
    """
    _exigir(orden)
    disponibles = formatos if nivel < len(formatos) else FORMATOS_DE_SIEMPRE
    formato = disponibles[min(nivel, len(disponibles) - 1)]
    if formato not in FORMATOS:
        raise ValueError(f"«{formato}» no es un formato del orden del día: {', '.join(FORMATOS)}.")
    return FORMATOS[formato](orden)


def para_citar(puntos: Iterable[tuple[int, str]]) -> Iterator[tuple[str, str]]:
    """Con qué se señala cada punto y cómo se cita: «c)» y «punto IV, inciso c)».

    Recibe nivel y etiqueta, en orden de lectura. Con viñetas no se puede citar: se numera por su lugar.
    """
    cuantos: list[int] = []
    ruta: list[str] = []
    for nivel, etiqueta in puntos:
        cuantos = [*cuantos[: nivel + 1], *[0] * (nivel + 1 - len(cuantos))]
        cuantos[nivel] += 1
        dicha = etiqueta_punto(cuantos[nivel], nivel) if etiqueta == VINETA else etiqueta
        ruta = [*ruta[:nivel], dicha]
        yield dicha, ", ".join(f"{como} {parte}" for como, parte in zip(NIVELES, ruta, strict=False))


NOMBRES = {
    "ordinaria": "Sesión Ordinaria",
    "extraordinaria": "Sesión Extraordinaria",
    "instalacion": "Sesión de Instalación",
    "trabajo": "Reunión de Trabajo",
}


def designar(numero: int, tipo: str, estilo: str = "romano", anio: int | None = None) -> str:
    """Nombre de la sesión: «XVIII Sesión Ordinaria», «Cuarta Sesión Ordinaria 2023».

    `estilo` es romano, palabras, abreviado, barra o anual (que exige `anio`). La primera sesión
    de instalación no lleva número. Lanza `ValueError` si el tipo o el estilo no existen.
    """
    _exigir(numero)
    if tipo not in NOMBRES:
        raise ValueError(f"«{tipo}» no es un tipo de sesión.")
    numeral = _numeral(numero, estilo)
    nombre = NOMBRES[tipo] if tipo == "instalacion" and numero == 1 else f"{numeral} {NOMBRES[tipo]}"
    if estilo != "anual":
        return nombre
    if anio is None:
        raise ValueError("El estilo anual necesita el año.")
    return f"{nombre} {anio}"


def _numeral(numero: int, estilo: str) -> str:
    """El número en el estilo pedido; si en palabras no cabe, abreviado."""
    if estilo == "romano":
        return a_romano(numero) if numero <= ROMANO_MAXIMO else ordinal_abreviado(numero, "f")
    if estilo in ("palabras", "anual"):
        if numero > ORDINAL_MAXIMO:
            return ordinal_abreviado(numero, "f")
        return " ".join(map(mayuscula_inicial, ordinal(numero, "f").split()))
    if estilo == "abreviado":
        return ordinal_abreviado(numero, "f")
    if estilo == "barra":
        return ordinal_barra(numero)
    raise ValueError(f"«{estilo}» no es un estilo de numeración.")


def clave_sesion(numero: int, tipo: str, fecha: dt.date) -> str:
    """Clave de la sesión en las direcciones: «xviii-ordinaria-2020»."""
    _exigir(numero)
    numeral = a_romano(numero).lower() if numero <= ROMANO_MAXIMO else str(numero)
    return f"{numeral}-{tipo}-{fecha.year}"


_ARABIGO = re.compile(r"(\d{1,18})(?!\d)(?:[ª°º]|/?(?:[ao]|er|[erdtmvn]?[ao]|er[ao])\b|\b)", re.IGNORECASE)


def leer_numero(texto: str) -> int:
    """Lee el número de una sesión o acuerdo escrito de cualquier forma conocida.

    «XVIII», «18/a décima octava», «1ª», «1°», «2do», «PRIMER», «Cuarta Sesión Ordinaria 2023».
    Lanza `ValueError` si no empieza con un número.
    """
    limpio = texto.strip()
    arabigo = _ARABIGO.match(limpio)
    if arabigo and int(arabigo[1]):
        return int(arabigo[1])
    palabras = limpio.split()
    if palabras and _ROMANO.fullmatch(palabras[0]):
        return de_romano(palabras[0])
    return _leer_ordinal(limpio)


def _leer_ordinal(texto: str) -> int:
    """El ordinal más largo con que empieza el texto, en cualquier género y con o sin acentos."""
    palabras = _plano(texto).split()
    for cuantas in range(min(len(palabras), 4), 0, -1):
        numero = _ordinales().get(_junto("".join(palabras[:cuantas])))
        if numero:
            return numero
    raise ValueError(f"«{citado(texto)}» no empieza con un número.")


def _plano(texto: str) -> str:
    """Minúsculas sin acentos y en masculino, para comparar ordinales."""
    llano = re.sub(r"[^a-z ]", " ", sin_acentos(texto).lower())
    return re.sub(r"(?<=[a-z]{4})a\b", "o", llano)


def _junto(llano: str) -> str:
    """«décimo octavo» y «decimoctavo» son el mismo ordinal."""
    return llano.replace(" ", "").replace("oo", "o")


_OTRAS_FORMAS = {"primer": 1, "tercer": 3, "setimo": 7, "undecimo": 11, "duodecimo": 12, "decimotercer": 13}


@cache
def _ordinales() -> dict[str, int]:
    """Número de cada ordinal escrito en llano y de corrido."""
    return {_junto(_plano(ordinal(n))): n for n in range(1, ORDINAL_MAXIMO + 1)} | _OTRAS_FORMAS


_RELLENO = frozenset({"OFICIO", "NUMERO", "NUM", "NO", "N"})
_SIN_NUMERO = frozenset({"S/N", "SN", "SIN/NUMERO", "SIN/FOLIO"})


def normalizar_folio(folio: str) -> str:
    """Forma de comparar folios: «IACIP/PPI - 79/2020» e «iacip/ppi/ - 079/2020» son el mismo.

    Mayúsculas sin acentos, un solo separador («/»), sin ceros a la izquierda ni «Oficio No.».
    «S/N» y lo que no tiene letras ni cifras queda vacío.
    """
    texto = sin_acentos(folio).upper().encode("ascii", "ignore").decode()
    partes = [p.lstrip("0") or "0" if p.isdigit() else p for p in re.findall(r"[0-9A-Z]+", texto)]
    while len(partes) > 1 and partes[0] in _RELLENO:
        partes.pop(0)
    normal = "/".join(partes)
    return "" if normal in _SIN_NUMERO else normal[:FOLIO_MAXIMO]
