"""La misma acta como pudo llegar: otra numeración, otro orden, ruido del OCR, títulos que faltan."""

import re
from collections.abc import Callable
from itertools import count

from sesiones.historicas.lectura.letras import llano

Variante = Callable[[str], str]


def _de(cuantos: int, cosas: list[str]) -> list[list[str]]:
    """De tantos en tantos."""
    return [cosas[n : n + cuantos] for n in range(0, len(cosas), cuantos)]


def renglones_numerados(texto: str) -> str:
    """Con los números de renglón impresos."""
    return "\n".join(f"{n} {r}" for n, r in enumerate(texto.splitlines(), start=1))


def por_paginas(texto: str) -> str:
    """Con membrete, pie y numeración que vuelve a empezar cada 30 renglones."""
    paginas = _de(30, texto.splitlines())
    return "\n".join(
        "\n".join(["Gobierno Imaginario del Estado", "", *hoja, "", f"Página {n} de 9", ""])
        for n, hoja in enumerate(paginas, start=1)
    )


def sin_acentos(texto: str) -> str:
    """El OCR perdió todas las tildes."""
    return "".join(llano(c).upper() if c.isupper() else llano(c) for c in texto)


def con_notas_del_ocr(texto: str) -> str:
    """Con rayas, notas de firmas y negritas de Markdown entre renglón y renglón."""
    marcado = re.sub(r"unanimidad", "**unanimidad**", texto)
    notas = ("[Handwritten signature]", "_____________", "(Handwritten initials in blue ink)", "* * *")
    partes = marcado.split("\n\n")
    return "\n\n".join(f"{p}\n\n{notas[n % len(notas)]}" if n % 3 == 0 else p for n, p in enumerate(partes))


def palabras_partidas(texto: str) -> str:
    """Con palabras cortadas por guion al final del renglón."""
    return re.sub(
        r"([a-zñ]{4})([a-zñ]{4,}) (?=[a-z]{3,} [a-z]{3,}\b[^\n]{30,}$)", r"\1-\n\2 ", texto, flags=re.M
    )


def espacios_de_mas(texto: str) -> str:
    """Con dos espacios donde va uno, y renglones a la manera de Windows."""
    return re.sub(r"(?<=\w) (?=\w)", "  ", texto).replace("\n", "\r\n")


def orden_con_cifras(texto: str) -> str:
    """El orden del día numerado con cifras en vez de romanos."""
    cuenta = count(1)
    return re.sub(r"^(- )?[IVX]{1,4}\. ", lambda _: f"{next(cuenta)}. ", texto, flags=re.M)


def ele_por_i(texto: str) -> str:
    """El OCR leyó eles donde había íes: «lll.», «Xll»."""
    return re.sub(r"\b[IVX]*I[IVX]*(?=\.\s|\sSesi)", lambda m: m[0].replace("I", "l"), texto)


def sin_titulos(*patrones: str) -> Variante:
    """Sin los renglones que son esos títulos."""
    return lambda texto: "\n".join(
        r for r in texto.splitlines() if not any(re.fullmatch(p, r.strip()) for p in patrones)
    )


def horas_en_cifra(texto: str) -> str:
    """Las horas del proemio y del cierre con cifra."""
    texto = re.sub(r"diecisiete horas con cinco minutos", "17:05 horas", texto)
    return re.sub(r"dieciocho horas con treinta y cuatro minutos", "18:34 hrs.", texto)


def horas_en_palabras(texto: str) -> str:
    """Las horas de los datos de la sesión con letra."""
    texto = texto.replace("09:15 hrs.", "nueve horas con quince minutos")
    return texto.replace("10:40 hrs.", "diez horas con cuarenta minutos")


def orden_antes_de_asistencia(texto: str) -> str:
    """La lista de asistencia después del orden del día."""
    cabeza, resto = re.split(r"(?=INTEGRANTES ASISTENTES)", texto, maxsplit=1)
    asistencia, desde_orden = re.split(r"(?=ORDEN DEL DÍA)", resto, maxsplit=1)
    orden, desahogo = re.split(r"(?=DESAHOGO DE LA SESIÓN)", desde_orden, maxsplit=1)
    return cabeza + orden + "\n\n" + asistencia + "\n\n" + desahogo


def lugar_despues_de_la_fecha(texto: str) -> str:
    """El lugar entre la fecha y «se reunieron», y ya no al empezar."""
    lugar = "la Sala de Juntas del Archivo Municipal, ubicada en Calle Falsa número 12"
    return texto.replace(f"En {lugar}, siendo", "Siendo").replace(
        "2022, se reunieron", f"2022, en {lugar}, se reunieron", 1
    )


def sin_numeros(texto: str) -> str:
    """Sin los números de renglón que traía impresos."""
    return re.sub(r"^(?:- )?\d+ ?(?:\d+ (?=DESAHOGO))?", "", texto, flags=re.M)


def firmas_en_dos_columnas(texto: str) -> str:
    """Los nombres que firman, de dos en dos por renglón."""
    antes, firmas, despues = re.split(r"(FIRMAS\n.*?)(?=\nFin de texto)", texto, flags=re.S)
    nombres = [r for r in firmas.splitlines()[1:] if r.strip()]
    return antes + "FIRMAS\n" + "\n\n".join("        ".join(par) for par in _de(2, nombres)) + despues
