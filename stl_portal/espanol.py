"""Español de los documentos: números, fechas y horas en palabras, listas y artículos.

`num2words` pone los números; aquí se le da la concordancia y el apócope que un acta exige
(«veintiún minutos», «veintiuna horas», «doscientas personas») y que esa biblioteca no hace.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

from django.template.defaultfilters import filesizeformat
from num2words import num2words

Genero = Literal["m", "f"]

MESES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
DIAS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")

# «veintiuno mil» no existe: ante mil o millones el uno siempre pierde la o.
_UNO_ANTE_MIL = re.compile(r"(veinti)?uno(?= (?:mil|mill|bill))")
_UNO_FINAL = re.compile(r"(veinti)?uno$")
_CIENTOS = re.compile(r"(cient|quinient)os\b")


def cardinal(numero: int, genero: Genero = "m", *, apocope: bool = False) -> str:
    """El entero en palabras: «veintiuno», «veintiuna» con `genero="f"`, «veintiún» con `apocope`.

    El apócope es para lo que va ante un sustantivo masculino: «veintiún minutos».
    Lanza `ValueError` si `numero` no es entero.
    """
    if isinstance(numero, bool) or not isinstance(numero, int):
        raise ValueError(f"Solo un entero se escribe en palabras: {numero!r}.")
    texto = _UNO_ANTE_MIL.sub(_apocopar, num2words(numero, lang="es"))
    if genero == "f":
        return _en_femenino(texto)
    return _UNO_FINAL.sub(_apocopar, texto) if apocope else texto


def _apocopar(uno: re.Match[str]) -> str:
    return "veintiún" if uno[1] else "un"


def _en_femenino(texto: str) -> str:
    """Concuerda lo que sigue al último millón: los millones son siempre masculinos."""
    corte = texto.rfind("mill")
    corte = texto.find(" ", corte) if corte >= 0 else 0
    if corte < 0:
        return texto
    millones, resto = texto[:corte], texto[corte:]
    return millones + _UNO_FINAL.sub(lambda u: f"{u[1] or ''}una", _CIENTOS.sub(r"\1as", resto))


def dia_semana(fecha: dt.date) -> str:
    """«sábado»."""
    return DIAS[fecha.weekday()]


def fecha_larga(fecha: dt.date, *, con_dia: bool = False) -> str:
    """«18 de enero de 2020»; con `con_dia`, «sábado 18 de enero de 2020»."""
    dia = f"{dia_semana(fecha)} " if con_dia else ""
    return f"{dia}{fecha.day} de {MESES[fecha.month - 1]} de {fecha.year}"


def fecha_en_palabras(fecha: dt.date) -> str:
    """«veinticinco de mayo de dos mil veinte»; el día uno es «primero»."""
    dia = "primero" if fecha.day == 1 else cardinal(fecha.day)
    return f"{dia} de {MESES[fecha.month - 1]} de {cardinal(fecha.year)}"


def hora_numerica(hora: dt.time) -> str:
    """«11:42 horas», con reloj de 24 horas."""
    return f"{hora:%H:%M} horas"


def horas_y_minutos(hora: dt.time) -> str:
    """«catorce horas con treinta y cuatro minutos», sin artículo; los segundos no se dicen."""
    texto = f"{cardinal(hora.hour, 'f')} {'hora' if hora.hour == 1 else 'horas'}"
    if hora.minute:
        texto += f" con {cardinal(hora.minute, apocope=True)} {'minuto' if hora.minute == 1 else 'minutos'}"
    return texto


def hora_en_palabras(hora: dt.time) -> str:
    """«las catorce horas con treinta y cuatro minutos»; «la una hora»."""
    return f"{'la' if hora.hour == 1 else 'las'} {horas_y_minutos(hora)}"


def hora_doble(hora: dt.time) -> str:
    """La hora con cifra y letra: «11:00 (once) horas», «11:42 (once horas con cuarenta y dos minutos)»."""
    if hora.minute:
        return f"{hora:%H:%M} ({horas_y_minutos(hora)})"
    return f"{hora:%H:%M} ({cardinal(hora.hour, 'f')}) {'hora' if hora.hour == 1 else 'horas'}"


def momento_en_palabras(fecha: dt.date, hora: dt.time) -> str:
    """«a las catorce horas con treinta y cuatro minutos del día veinticinco de mayo de dos mil veinte»."""
    return f"a {hora_en_palabras(hora)} del día {fecha_en_palabras(fecha)}"


def enumerar(cosas: Iterable[str], conjuncion: Literal["y", "o"] = "y") -> str:
    """«Ana, Luis e Irma». Con comas dentro de las partes separa con punto y coma.

    La conjunción cambia ante su propio sonido: «e Iliana» (pero «y hielo»), «u ocho».
    """
    partes = [c for c in cosas if c]
    if len(partes) < 2:
        return "".join(partes)
    con_comas = any("," in p for p in partes)
    separador, antes = ("; ", "; ") if con_comas else (", ", " ")
    return f"{separador.join(partes[:-1])}{antes}{_conjuncion(conjuncion, partes[-1])} {partes[-1]}"


_SUENA_I = re.compile(r"(?:hi|i)(?![aeou])|y(?![aeiou])")
_SUENA_O = re.compile(r"(?:ho|o)|8|11(?!\d)")


def _conjuncion(conjuncion: str, siguiente: str) -> str:
    """La conjunción que suena bien ante la palabra."""
    palabra = sin_acentos(siguiente.lstrip("«“\"'(¿¡ ")).lower()
    if conjuncion == "y":
        return "e" if _SUENA_I.match(palabra) else "y"
    return "u" if _SUENA_O.match(palabra) else "o"


_NO_SE_VEN = ("Mn", "Me", "Cf")  # acentos sueltos, guiones opcionales: no parten una palabra


def sin_acentos(texto: str) -> str:
    """El texto sin tildes ni diéresis («ñ» queda en «n»), para comparar."""
    descompuesto = unicodedata.normalize("NFD", texto)
    return "".join(c for c in descompuesto if unicodedata.category(c) not in _NO_SE_VEN)


def llano(texto: str) -> str:
    """Sin acentos, en minúsculas y sin adornos («ﬁ» es «fi»): como se busca y se ordena alfabéticamente."""
    return sin_acentos(unicodedata.normalize("NFKD", texto.casefold()))


def mayuscula_inicial(texto: str) -> str:
    """Pone en mayúscula la primera letra, aunque la precedan comillas o signos; lo demás no cambia."""
    for lugar, caracter in enumerate(texto):
        if caracter.isalnum():
            return texto[:lugar] + caracter.upper() + texto[lugar + 1 :]
    return texto


# Sustantivos con los que empiezan los nombres de instituciones, cargos y áreas. Un nombre propio
# («Colores del Rincón, A.C.») no lleva artículo: por eso no se adivina por la terminación en a u o.
_ARTICULOS = {
    "el": "archivo área auditor auditorio aula ayuntamiento centro ciudadano colegio comisionado comité "
    "congreso consejero consejo contralor coordinador departamento diputado director edificio ejecutivo "
    "enlace estado fondo gobernador gobierno grupo h. honorable instituto jefe juez juzgado legislativo "
    "magistrado municipio museo observatorio organismo órgano palacio parque partido patio patronato "
    "pleno poder presidente recinto regidor representante salón secretariado secretario servicio "
    "sindicato síndico sistema supremo teatro titular tribunal vocal",
    "la": "academia agencia alcaldía auditora auditoría barra biblioteca cámara casa ciudadana comisaría "
    "comisionada consejera consejería contralora contraloría coordinadora delegación diputada dirección "
    "directora empresa entidad escuela explanada facilitadora facultad federación fiscalía fundación "
    "gobernadora jefa jueza junta magistrada mesa oficial oficialía oficina persona plaza presidencia "
    "presidenta procuraduría red regidora regiduría sala secretaria secretaría síndica sindicatura "
    "sociedad subsecretaría tesorería unidad universidad",
    "los": "poderes municipios servicios tribunales",
    "las": "asociaciones organizaciones universidades",
}
_ARTICULO_DE = {palabra: art for art, palabras in _ARTICULOS.items() for palabra in palabras.split()}
_FEMENINAS = re.compile(r"(?:[cs]ión|[dt]ad)$")


def articulo(nombre: str) -> str:
    """Artículo del nombre de una institución o cargo: «el», «la», «los», «las», o vacío si no lleva.

    Se decide por su primera palabra; un nombre propio no lleva artículo.
    """
    primera = (nombre.split() or [""])[0].lower()
    if primera in _ARTICULO_DE:
        return _ARTICULO_DE[primera]
    return "la" if _FEMENINAS.search(primera) else ""


def con_articulo(nombre: str, preposicion: str = "") -> str:
    """«el Poder Ejecutivo», «la Universidad»; con preposición: «del Poder Ejecutivo», «a la Universidad»."""
    frase = f"{articulo(nombre)} {nombre}".strip()
    if not preposicion:
        return frase
    if preposicion in ("a", "de") and frase.startswith("el "):
        return f"{preposicion}l {frase[3:]}"
    return f"{preposicion} {frase}"


def falta_rotulo(dicho: str, *, ficticio: bool) -> bool:
    """Si lo dicho es de algo ficticio y no lo dice: hay que decirlo aparte, y una sola vez."""
    return ficticio and "fictici" not in dicho.lower()


def rotulo(dicho: str, *, ficticio: bool, que: str = "ficticio") -> str:
    """Lo que se añade a lo dicho: « (ficticio)»; nada si es real o si ya lo dice."""
    return f" ({que})" if falta_rotulo(dicho, ficticio=ficticio) else ""


def rotulado(dicho: str, *, ficticio: bool, que: str = "ficticio") -> str:
    """Lo dicho, con su rótulo si le falta: «Secretariado de Prueba (ficticio)»."""
    return f"{dicho}{rotulo(dicho, ficticio=ficticio, que=que)}"


def peso(tamano: int) -> str:
    """«25 MB», «3.2 kB»: los bytes en la unidad que se lee mejor, sin un decimal que sobre."""
    return filesizeformat(tamano).replace(".0\xa0", "\xa0")


def citado(dicho: str, letras: int = 40) -> str:
    """El principio de lo que alguien mandó, en un renglón y sin lo que no se ve: para citarlo."""
    corto = dicho if len(dicho) <= letras else f"{dicho[:letras]}…"
    return " ".join("".join(c if c.isprintable() else " " for c in corto).split())
