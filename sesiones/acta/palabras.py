"""Concordancia, puntuación y nombres: lo que hace que el acta se lea como la escribiría una persona."""

import re
from collections.abc import Iterable

from sesiones.acta.piezas import Asistente, EnLista, Punto
from sesiones.estados import Calidad, Sexo
from stl_portal import espanol
from stl_portal.espanol import mayuscula_inicial

# Quien no se identifica como mujer u hombre, o de quien no se sabe, no lleva artículo.
ARTICULOS = {Sexo.MUJER: "la", Sexo.HOMBRE: "el"}
VINETAS = frozenset("•*–-·")
DE_LA_CITA = {
    **dict.fromkeys(("artículo", "numeral", "apartado", "lineamiento", "punto"), "el "),
    **dict.fromkeys(("artículos", "numerales", "apartados", "lineamientos", "puntos"), "los "),
    **dict.fromkeys(("fracción", "regla", "base"), "la "),
    **dict.fromkeys(("fracciones", "reglas", "bases"), "las "),
}
ABREVIATURA = re.compile(r"\.\w{1,2}\.$")
CIERRAN = (".", "!", "?", "…")


def llano(texto: str) -> str:
    """Un solo espacio entre palabras, sin orillas."""
    return " ".join(texto.split())


def frase(*partes: str) -> str:
    """Une las partes que haya, con mayúscula inicial y un solo punto al final."""
    texto = llano(" ".join(parte for parte in partes if parte))
    return mayuscula_inicial(con_punto(texto)) if texto else ""


def con_punto(texto: str) -> str:
    """Termina en punto, sin repetirlo tras una abreviatura («A.C.»)."""
    texto = texto.rstrip(" ,;:")
    return texto if texto.endswith(CIERRAN) else f"{texto}."


def sin_punto(texto: str) -> str:
    """Quita el punto final de un título para seguir la oración; respeta abreviaturas («A.C.»)."""
    texto = llano(texto).rstrip(" .;:,") + "." if llano(texto).endswith("..") else llano(texto).rstrip(";:,")
    return texto if ABREVIATURA.search(texto) else texto.removesuffix(".")


def citar(texto: str) -> str:
    """«el texto», con las comillas que ya tuviera convertidas en “interiores”."""
    return f"«{sin_punto(texto).translate(str.maketrans('«»', '“”'))}»"


def concordar(sexo: str, mujer: str, hombre: str, neutra: str) -> str:
    """La forma que corresponde a la persona."""
    return {Sexo.MUJER: mujer, Sexo.HOMBRE: hombre}.get(Sexo(sexo) if sexo else Sexo.NO_BINARIO, neutra)


def con_articulo(nombre: str, sexo: str, *, tratada: bool) -> str:
    """«la Lic. Ducoing»; sin tratamiento, el nombre va solo."""
    articulo = ARTICULOS.get(Sexo(sexo)) if sexo and tratada else None
    return f"{articulo} {nombre}" if articulo else nombre


def nombrada(a: Asistente) -> str:
    """La persona dentro de una oración: «la Mtra. Huerta Guerrero»; sin nombre, su institución."""
    if not a.apelativo:
        return (
            f"la representación {espanol.con_articulo(llano(a.institucion), 'de')}"
            if a.institucion
            else "alguien"
        )
    return con_articulo(llano(a.apelativo), a.sexo, tratada=bool(a.tratamiento))


def calidad(a: Asistente) -> str:
    """En qué calidad está, concordada; vacía para titulares."""
    if not a.ocupa and a.asiento is not None:
        return "acompañante"
    return {
        Calidad.SUPLENTE: "suplente",
        Calidad.PONENTE: "ponente",
        Calidad.INVITADA: concordar(a.sexo, "invitada", "invitado", "persona invitada"),
    }.get(Calidad(a.calidad), "")


def presentada(a: Asistente) -> str:
    """Nombre completo, cargo, institución y, si suple, con qué oficio."""
    return presentar(a.formal, a.cargo, a.institucion, con_oficio(a))


def enlistada(uno: EnLista) -> str:
    """Lo mismo, de un nombre de la lista congelada al declarar el quórum."""
    return presentar(uno.formal, uno.cargo, uno.institucion, _suplencia(uno))


def presentar(nombre: str, cargo: str, institucion: str, en_calidad: str = "") -> str:
    """«Lic. Ana Ruiz, Titular de la Unidad de Transparencia del Poder Judicial, suplente según…»."""
    nombre, cargo, institucion = llano(nombre), llano(cargo), llano(institucion)
    if cargo and institucion and institucion not in cargo:
        cargo = f"{cargo} {espanol.con_articulo(institucion, 'de')}"
    elif institucion and not cargo:
        cargo = f"por {espanol.con_articulo(institucion)}" if nombre else institucion
    return ", ".join(parte for parte in (nombre, cargo, en_calidad) if parte)


def _suplencia(uno: Asistente | EnLista) -> str:
    if uno.calidad != Calidad.SUPLENTE:
        return ""
    como = "suplente solo en esta sesión," if uno.solo_esta else "suplente"
    return f"{como} según el oficio {llano(uno.oficio)}" if uno.oficio else como.rstrip(",")


def con_oficio(a: Asistente) -> str:
    """«suplente según el oficio X» o la calidad que corresponda."""
    return (a.ocupa and _suplencia(a)) or calidad(a)


def serie(partes: Iterable[str]) -> str:
    """Enumera nombres con cargo: se separan con punto y coma porque ya llevan comas."""
    lista = [parte for parte in partes if parte]
    return "; ".join(lista[:-1]) + f"; y {lista[-1]}" if len(lista) > 1 else "".join(lista)


def nombrar(punto: Punto) -> str:
    """«el punto IV, inciso a)»; si la agenda lleva viñetas, por su título."""
    if any(parte.strip() in VINETAS for parte in punto.ruta) or not punto.ruta:
        return f"el punto «{sin_punto(punto.titulo)}»"
    principal, *incisos = (parte.removesuffix(".") for parte in punto.ruta)
    return ", ".join([f"el punto {principal}", *(f"inciso {inciso}" for inciso in incisos)])


def con_fundamento(cita: str) -> str:
    """«con fundamento en el artículo 13…», vacío si no hay cita."""
    cita = sin_punto(cita)
    articulo = DE_LA_CITA.get(cita.split(" ", 1)[0].lower(), "")
    return f"con fundamento en {articulo}{cita}" if cita else ""
