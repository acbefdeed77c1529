"""Plazos: días hábiles de México, anticipación de la convocatoria y plazos dichos de viva voz.

Los días inhábiles son los descansos obligatorios de la Ley Federal del Trabajo (artículo 74)
que trae `holidays`, sábados y domingos; los que decrete el órgano se pasan en `inhabiles`.
"""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from stl_portal.espanol import DIAS, MESES, cardinal, dia_semana, fecha_larga, sin_acentos

if TYPE_CHECKING:
    from holidays import HolidayBase

UN_DIA = dt.timedelta(days=1)


@cache
def _descansos() -> "HolidayBase":
    """Descansos obligatorios; la biblioteca calcula cada año la primera vez que se pregunta."""
    import holidays  # al usarse: tarda en cargar más que el resto de las reglas juntas

    return holidays.country_holidays("MX")


def es_habil(fecha: dt.date, inhabiles: Collection[dt.date] = ()) -> bool:
    """Dice si es de lunes a viernes y no es descanso obligatorio ni está en `inhabiles`."""
    return fecha.weekday() < 5 and fecha not in inhabiles and fecha not in _descansos()


def dias_habiles(desde: dt.date, hasta: dt.date, inhabiles: Collection[dt.date] = ()) -> int:
    """Días hábiles después de `desde` y hasta `hasta` inclusive; negativo si va hacia atrás."""
    if hasta < desde:
        return -dias_habiles(hasta, desde, inhabiles)
    dias = (desde + UN_DIA * n for n in range(1, (hasta - desde).days + 1))
    return sum(es_habil(d, inhabiles) for d in dias)


def sumar_dias_habiles(desde: dt.date, dias: int, inhabiles: Collection[dt.date] = ()) -> dt.date:
    """Fecha en que se cumplen `dias` hábiles contados desde el día siguiente.

    Con cero días devuelve `desde`. Lanza `ValueError` si `dias` es negativo.
    """
    if dias < 0:
        raise ValueError("Los días de un plazo no pueden ser negativos.")
    fecha = desde
    while dias:
        fecha += UN_DIA
        dias -= es_habil(fecha, inhabiles)
    return fecha


@dataclass(frozen=True)
class Plazo:
    """Anticipación de una convocatoria. `requeridos` es None cuando la regla no la fija."""

    dias: int
    requeridos: int | None
    habiles: bool
    cumple: bool
    minima: dt.date  # primer día en que la sesión cumpliría

    @property
    def frase(self) -> str:
        """Lo que se dice a quien convoca."""
        avisa = f"Se convoca con {self._contar(self.dias)} de anticipación"
        if self.dias < 0:
            return "La sesión es anterior a la convocatoria."
        if self.requeridos is None:
            return f"{avisa}; la regla no fija un mínimo."
        if self.cumple:
            return f"{avisa}; la regla pide {self.requeridos}."
        minima = fecha_larga(self.minima, con_dia=True)
        return f"{avisa} y la regla pide {self.requeridos}: cumpliría a partir del {minima}."

    def _contar(self, dias: int) -> str:
        clase = "hábil" if self.habiles else "natural"
        return f"{dias} día {clase}" if dias == 1 else f"{dias} días {clase}es"


def plazo_convocatoria(
    emision: dt.date,
    sesion: dt.date,
    dias: int | None,
    habiles: bool = True,
    inhabiles: Collection[dt.date] = (),
) -> Plazo:
    """Compara la anticipación con la que pide la regla (`dias`; None = no se valida).

    El día de la emisión no cuenta; el de la sesión, sí. Una convocatoria no puede ser posterior
    a su sesión: en ese caso nunca cumple.
    """
    contados = dias_habiles(emision, sesion, inhabiles) if habiles else (sesion - emision).days
    pedidos = dias or 0
    minima = sumar_dias_habiles(emision, pedidos, inhabiles) if habiles else emision + UN_DIA * pedidos
    return Plazo(contados, dias, habiles, sesion >= minima, minima)


@dataclass(frozen=True)
class Ventana:
    """Días entre los que cae lo que se dijo; casi siempre uno solo."""

    inicio: dt.date
    fin: dt.date


_NUMEROS = {
    sin_acentos(escrito): n
    for n in range(1, 100)
    for escrito in (cardinal(n), cardinal(n, apocope=True), cardinal(n, "f"))
}
_CANTIDAD = rf"(?P<n>\d{{1,3}}|{'|'.join(sorted(_NUMEROS, key=len, reverse=True))})"
_DURACION = re.compile(
    rf"\b{_CANTIDAD}\b(?:\s*\([^)]*\))?\s+"
    r"(?P<u>hora|dia|semana|quincena|mes|ano)(?:s|es)?\b(?P<h>\s+habil(?:es)?\b)?"
)
_DIAS = "|".join(sin_acentos(d) for d in DIAS)
_MES = rf"(?P<mes>{'|'.join(MESES)}|setiembre)"
_ANIO = r"(?:\s*(?:de|del|,)?\s*(?:ano\s+)?(?P<anio>\d{4}))?"
_FECHA = re.compile(rf"\b(?P<dia>\d{{1,2}}|primero)[°ºo]?\s+(?:de\s+)?{_MES}{_ANIO}")
_CIFRAS = re.compile(r"\b(?P<dia>\d{1,2})[/-](?P<mes>\d{1,2})[/-](?P<anio>\d{4})\b")
_ISO = re.compile(r"\b(?P<anio>\d{4})-(?P<mes>\d{2})-(?P<dia>\d{2})\b")
_SEMANA_DEL = re.compile(r"\bsemana\s+del\s+$")
_SEMANA_N = re.compile(rf"\b(?P<n>primera|segunda|tercera|cuarta)\s+semana\s+de\s+{_MES}{_ANIO}")


def leer_plazo_literal(literal: str, desde: dt.date) -> dt.date | None:
    """Último día que resulta de un plazo dicho en palabras, contado desde `desde`; None si no se entiende.

    Entiende fechas («viernes 31 de enero del presente año», «14 de agosto», «31/01/2020»),
    semanas («semana del 20 de julio», «primera semana de marzo del 2020»), duraciones («dos
    semanas», «diez días hábiles», «48 horas», «un mes») y «el próximo viernes», «fin de mes».
    Sin año, el primero que no haya pasado.
    """
    ventana = ventana_de(literal, desde)
    return ventana.fin if ventana else None


def ventana_de(literal: str, desde: dt.date, anotada: dt.date | None = None) -> Ventana | None:
    """Como `leer_plazo_literal`, con los dos extremos de lo que se dijo.

    Si la fecha `anotada` ya había pasado, la que se dijo sin año se busca desde ella.
    """
    texto = sin_acentos(literal).lower()
    try:
        return (
            _por_fecha(texto, min(desde, anotada or desde))
            or _por_duracion(texto, desde)
            or _por_calendario(texto, desde)
        )
    except (ValueError, OverflowError):  # «31 de febrero»: no hay tal fecha
        return None


def _por_fecha(texto: str, desde: dt.date) -> Ventana | None:
    """Una fecha o una semana dichas."""
    semana = _SEMANA_N.search(texto)
    if semana:
        lugar = ("primera", "segunda", "tercera", "cuarta").index(semana["n"])
        inicio = _fecha(semana["anio"], _mes(semana["mes"]), 7 * lugar + 1, desde)
        return Ventana(inicio, inicio + UN_DIA * 6)
    hallada = _FECHA.search(texto) or _CIFRAS.search(texto) or _ISO.search(texto)
    if hallada is None:
        return None
    dia = 1 if hallada["dia"] == "primero" else int(hallada["dia"])
    fecha = _fecha(hallada["anio"], _mes(hallada["mes"]), dia, desde)
    if _SEMANA_DEL.search(texto[: hallada.start()]):
        lunes = fecha - UN_DIA * fecha.weekday()
        return Ventana(lunes, lunes + UN_DIA * 6)
    return Ventana(fecha, fecha)


def _mes(texto: str) -> int:
    """«agosto» u «08» → 8."""
    return int(texto) if texto.isdigit() else MESES.index("septiembre" if texto == "setiembre" else texto) + 1


def _fecha(anio: str | None, mes: int, dia: int, desde: dt.date) -> dt.date:
    """La fecha dicha; sin año, la próxima desde `desde`."""
    if anio:
        return dt.date(int(anio), mes, dia)
    fecha = dt.date(desde.year, mes, dia)
    return fecha if fecha >= desde else dt.date(desde.year + 1, mes, dia)


def _por_duracion(texto: str, desde: dt.date) -> Ventana | None:
    """Una cantidad de tiempo a partir de `desde`."""
    dicha = _DURACION.search(texto)
    if dicha is None:
        return None
    cantidad = int(dicha["n"]) if dicha["n"].isdigit() else _NUMEROS[dicha["n"]]
    fin = _sumar(desde, cantidad, dicha["u"], bool(dicha["h"]))
    return Ventana(fin, fin)


def _sumar(desde: dt.date, cantidad: int, unidad: str, habiles: bool) -> dt.date:
    """Fecha tras esa duración; las horas se redondean al día en que terminan."""
    if unidad == "dia" and habiles:
        return sumar_dias_habiles(desde, cantidad)
    if unidad in ("mes", "ano"):
        return sumar_meses(desde, cantidad * (12 if unidad == "ano" else 1))
    dias = {"hora": -(-cantidad // 24), "dia": cantidad, "semana": 7 * cantidad, "quincena": 15 * cantidad}
    return desde + UN_DIA * dias[unidad]


def sumar_meses(fecha: dt.date, meses: int) -> dt.date:
    """El mismo día tantos meses después; si ese mes es más corto, su último día."""
    anio, mes = divmod(fecha.year * 12 + fecha.month - 1 + meses, 12)
    return dt.date(anio, mes + 1, min(fecha.day, monthrange(anio, mes + 1)[1]))


_PROXIMO = re.compile(
    rf"\b(?:proximo|siguiente)\s+(?P<a>{_DIAS})\b|\b(?P<b>{_DIAS})\s+(?:proximo|siguiente|que viene)\b"
)
_FIN_DE = re.compile(
    r"\b(?:fin|fines|final|finales|cierre|ultimo dia)\s+(?:de|del)\s+(?:este\s+)?(?P<u>mes|ano)\b"
)


def _por_calendario(texto: str, desde: dt.date) -> Ventana | None:
    """«El próximo viernes», «fin de mes», «cierre del año»."""
    proximo, final = _PROXIMO.search(texto), _FIN_DE.search(texto)
    if proximo:
        dia = _DIAS.split("|").index(proximo["a"] or proximo["b"])
        fin = desde + UN_DIA * ((dia - desde.weekday() - 1) % 7 + 1)
    elif final:
        mes = desde.month if final["u"] == "mes" else 12
        fin = dt.date(desde.year, mes, monthrange(desde.year, mes)[1])
    else:
        return None
    return Ventana(fin, fin)


def aviso_plazo(literal: str, fecha: dt.date | None, desde: dt.date) -> str | None:
    """Advierte si lo dicho y la fecha anotada no coinciden; None si coinciden, falta una o no se entiende.

    Ambos se conservan: «dos semanas» desde el 18 de enero son 14 días y el acta XVIII anotó el
    31, que son 13.
    """
    if not literal or fecha is None:
        return None
    ventana = ventana_de(literal, desde, fecha)
    if ventana and not ventana.inicio <= fecha <= ventana.fin:
        dicho, anotado = (ventana.fin - desde).days, (fecha - desde).days
        return (
            f"«{literal}» da el {fecha_larga(ventana.fin)} (a {_dias(dicho)} de la sesión), "
            f"pero la fecha anotada es el {fecha_larga(fecha)} (a {_dias(anotado)})."
        )
    return _aviso_de_dia(literal, fecha)


def _dias(cuantos: int) -> str:
    return f"{cuantos} día" if cuantos == 1 else f"{cuantos} días"


def _aviso_de_dia(literal: str, fecha: dt.date) -> str | None:
    """Advierte si se dijo un solo día de la semana y no es el de la fecha."""
    dichos = set(re.findall(rf"\b(?:{_DIAS})\b", sin_acentos(literal).lower()))
    real = dia_semana(fecha)
    if len(dichos) != 1 or sin_acentos(real) in dichos:
        return None
    dicho = DIAS[_DIAS.split("|").index(dichos.pop())]
    return f"El {fecha_larga(fecha)} es {real}, no {dicho}."
