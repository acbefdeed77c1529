"""De muestras que sirven a muestras estropeadas: cambiadas, truncadas, repetidas, con cosas raras dentro."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import AnyStr

from hypothesis import strategies as st

RARAS = (
    *"\u202e\u200b\ufeff\u00ad\u2028\x85\x1c\x0b\x7f\x00\r\n\t\u3000\U0010ffff\ue000İıſﬁß٣२𝟙Ⅷ½²‘“«ñ−",
    *("\u0301" * 30, "👩\u200d🦰", "１２", "n\u0303"),
)
_DE_UN_RENGLON = r"""
-1 0 1e999 -0.0 NaN Infinity 1. 0x1F 1_000 null [] {} 24:00 true false NULL 'OR''=' \u0000 \ud800 "\\"
0001-01-01 9999-12-31 2026-02-30 0001-01-01T00:00:00+14:00 9999-12-31T23:59:59-14:00 ' ' , ; | \ % %s %00
%zz .. ../../etc/passwd // ~ * " "" {{7*7}} ${7*7} &#0; &amp; ]]> <script> %PDF-1.7 %%EOF =cmd|'/C PK
"""
FICHAS = (
    *RARAS,
    *_DE_UN_RENGLON.split(),
    *("9" * 30, "9" * 4_400, "(" * 60, "[" * 2_000, "<p>" * 400, "**" * 400, "- " * 400, "> " * 400),
    *("a" * 5_000, " " * 5_000, "a " * 2_000, "<!DOCTYPE x [<!ENTITY y 'z'>]>"),
)
DE_BYTES = (
    *(ficha.encode() for ficha in FICHAS),
    *(b"\xff" * 4, b"\xff" * 8, b"\x00" * 8, b"\x80", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"),
    *(
        b"\xff\xfe",
        b"\x00\x00\xfe\xff",
        b"\x7f\xff\xff\xff",
        b"\x80\x00\x00\x00",
        b"\x30\x84\xff\xff\xff\xff",
    ),
)
TOPE = 400_000  # bytes o letras de un caso


Trozo = tuple[float, int, int, int]  # dónde (0 a 1), cuánto abarca, qué se hace y con cuál ficha
TROZOS = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 16) | st.integers(0, 4_000),
        st.integers(0, 7),
        st.integers(0, 10_000),
    ),
    min_size=1,
    max_size=6,
)


def alterado(
    dato: AnyStr, trozos: Sequence[Trozo], fichas: Sequence[AnyStr], otras: Sequence[AnyStr]
) -> AnyStr:
    """Cada trozo cambia algo: quita, pone, sustituye, repite, corta, muda, injerta otra o escribe encima."""
    for lugar, largo, que, cual in trozos:
        desde = int(lugar * len(dato))
        antes, pedazo, despues = dato[:desde], dato[desde : desde + largo], dato[desde + largo :]
        ficha, otra = fichas[cual % len(fichas)], otras[cual % len(otras)]
        injerto = otra[int(lugar * len(otra)) :][:4_000]
        dato = (
            antes + despues,
            antes + ficha + pedazo + despues,
            antes + ficha + despues,
            antes + pedazo * (cual % 300) + despues,
            antes,
            antes + despues + pedazo,
            antes + injerto + despues,
            antes + ficha + dato[desde + len(ficha) :],
        )[que][:TOPE]
    return dato


def bytes_de(*muestras: bytes) -> st.SearchStrategy[bytes]:
    """Una de las muestras con varios pedazos cambiados."""

    def armar(muestra: bytes, trozos: list[Trozo], sueltos: bytes) -> bytes:
        return alterado(muestra, trozos, (*DE_BYTES, sueltos), muestras)

    return st.builds(armar, st.sampled_from(muestras), TROZOS, st.binary(max_size=24))


def texto_de(*muestras: str) -> st.SearchStrategy[str]:
    """Lo mismo, con texto; y de vez en cuando un texto cualquiera."""

    def armar(muestra: str, trozos: list[Trozo], suelto: str) -> str:
        return alterado(muestra, trozos, (*FICHAS, suelto), muestras)

    letras = st.characters(exclude_categories=["Cs"])
    mutado = st.builds(armar, st.sampled_from(muestras), TROZOS, st.text(letras, max_size=12))
    return mutado | mutado | mutado | st.text(letras, max_size=80)


def desarmado(contenido: bytes) -> dict[str, bytes]:
    """Las partes de un ZIP, en su orden."""
    with zipfile.ZipFile(io.BytesIO(contenido)) as abierto:
        return {nombre: abierto.read(nombre) for nombre in abierto.namelist()}


def armado(partes: Mapping[str, bytes], modo: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Un ZIP con esas partes."""
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", modo) as archivo:
        for nombre, parte in partes.items():
            archivo.writestr(nombre, parte)
    return salida.getvalue()


def zip_de(*muestras: bytes) -> st.SearchStrategy[bytes]:
    """Un ZIP bien armado con una parte estropeada, quitada o con otro nombre; o estropeado por fuera."""
    desarmados = [desarmado(muestra) for muestra in muestras]

    def armar(partes: dict[str, bytes], cual: int, trozos: list[Trozo], nombre: str | None) -> bytes:
        suyas = dict(partes)
        elegida = sorted(suyas)[cual % len(suyas)]
        parte = suyas.pop(elegida) if nombre is not None else suyas[elegida]
        nuevo = elegida if nombre is None else nombre
        suyas[nuevo] = alterado(parte, trozos, DE_BYTES, list(partes.values()))
        return armado(suyas)

    nombres = st.none() | st.sampled_from(("../x", "a/" * 60 + "b", "x.xml", "con.txt", "\u202exml.exe"))
    por_dentro = st.builds(armar, st.sampled_from(desarmados), st.integers(0, 99), TROZOS, nombres)
    return por_dentro | por_dentro | bytes_de(*muestras)
