"""La tabla de acuerdos con que cierran muchas actas: «No. | Acuerdo | Responsable | Fecha».

Sus filas no dicen de qué punto salieron: se buscan por lo que el desahogo dijo. Si el texto ya había
contado ese acuerdo, la fila solo le agrega quién responde y para cuándo.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from . import fechas
from .alineado import Ruta, raices
from .etiquetas import leer_romano
from .hallado import Acuerdo, Confianza, Hallado, Plazo, Punto
from .letras import llano
from .plazos import CONCEPTO, vigente
from .renglones import Parrafo

_COLUMNAS = (
    ("numero", r"no|num|numero|clave|folio|no de acuerdo|numero de acuerdo"),
    ("punto", r"punto|punto del orden del dia|asunto"),
    ("acuerdo", r"acuerdos?|compromisos?|descripcion(?: del acuerdo)?|texto(?: del acuerdo)?"),
    ("responsable", r"responsables?|a cargo(?: de)?|quien|area responsable|institucion responsable"),
    (
        "plazo",
        r"fecha|plazo|vencimiento|termino|fecha (?:limite|compromiso|de (?:entrega|cumplimiento)|programada)",
    ),
)
_COLUMNA = [(cual, re.compile(patron)) for cual, patron in _COLUMNAS]
_SIN_DATO = re.compile(r"[\W_]*|n/?a|no aplica|sin (?:fecha|plazo|responsable)|pendiente")
_RUTA = re.compile(r"(?P<mayor>\d{1,2}|[ivxl]{1,6})(?:[.,]?\s*(?:inciso\s+)?(?P<menor>\d{1,2}|[a-h])\)?)?\.?")
PARECIDO = 0.3  # de lo que dice el acuerdo, cuánto dijo el punto; menos, es casualidad
EL_MISMO = 0.6  # de lo que dice la fila, cuánto dice un acuerdo ya leído


@dataclass(frozen=True)
class Fila:
    """Una fila, por el nombre de sus columnas, y sus renglones."""

    celdas: dict[str, str]
    renglones: tuple[int, ...]

    def __getitem__(self, columna: str) -> str:
        dicho = self.celdas.get(columna, "")
        return "" if _SIN_DATO.fullmatch(llano(dicho)) else dicho


def separar(parrafos: Sequence[Parrafo]) -> tuple[list[Parrafo], list[Fila]]:
    """Lo que no es de la tabla, y sus filas."""
    resto: list[Parrafo] = []
    filas: list[Fila] = []
    columnas: list[str] = []
    for parrafo in parrafos:
        celdas = _celdas(parrafo.texto)
        if nuevas := _encabezado(celdas):
            columnas = nuevas
        elif columnas and len(celdas) > 1 and (fila := _fila(columnas, celdas, parrafo)):
            filas.append(fila)
        else:
            columnas = []
            resto.append(parrafo)
    return resto, filas


def _celdas(texto: str) -> list[str]:
    return [celda.strip() for celda in texto.strip(" |").split("|")]


def _encabezado(celdas: Sequence[str]) -> list[str]:
    """El nombre de cada columna; vacío si no es el encabezado de una tabla de acuerdos."""
    if len(celdas) < 2:
        return []
    nombres = [_columna(celda) for celda in celdas]
    dice_quien_o_cuando = "responsable" in nombres or "plazo" in nombres
    return nombres if nombres.count("acuerdo") == 1 and dice_quien_o_cuando else []


def _columna(celda: str) -> str:
    plano = re.sub(r"[^a-z ]", "", llano(celda)).strip()
    return next((cual for cual, patron in _COLUMNA if patron.fullmatch(plano)), "")


def _fila(columnas: Sequence[str], celdas: list[str], parrafo: Parrafo) -> Fila | None:
    """La fila; sin la celda del número, o con las últimas vacías, también. None si no dice acuerdo."""
    if columnas[0] == "numero" and len(celdas) < len(columnas) and not re.match(r"\W*\w{0,4}\d", celdas[0]):
        celdas = ["", *celdas]
    fila = Fila(dict(zip(columnas, celdas, strict=False)), parrafo.renglones)
    return fila if any(c.isalpha() for c in fila["acuerdo"]) else None


@dataclass(frozen=True)
class Desahogado:
    """El desahogo ya repartido entre los puntos."""

    parrafos: Sequence[Parrafo]
    rutas: Sequence[Ruta]
    puntos: Sequence[Hallado[Punto]]

    def punto_de(self, fila: Fila) -> tuple[Ruta, Confianza]:
        """El que la fila dice o, si no lo dice, el que más habló de eso; () si ninguno."""
        claves = [p.valor.ruta for p in self.puntos]
        if (dicho := _ruta(fila["punto"])) in claves:
            return dicho, Confianza.ALTA
        suyas = raices(fila["acuerdo"])
        parecidos = [(self._cuanto(p.valor, suyas), -n) for n, p in enumerate(self.puntos)]
        mejor, lugar = max(parecidos, default=(0.0, 0))
        return (claves[-lugar], Confianza.MEDIA) if mejor >= PARECIDO else ((), Confianza.BAJA)

    def _cuanto(self, punto: Punto, suyas: frozenset[str]) -> float:
        dichos = (p.texto for p, ruta in zip(self.parrafos, self.rutas, strict=True) if ruta == punto.ruta)
        return _comun(suyas, raices(" ".join((punto.titulo, *dichos))))


def _comun(suyas: frozenset[str], otras: frozenset[str]) -> float:
    return len(suyas & otras) / len(suyas) if suyas else 0.0


def _ruta(dicho: str) -> Ruta:
    """«IV, inciso b)» → (4, 2); () si no es el número de un punto."""
    hallada = _RUTA.fullmatch(llano(dicho).strip())
    if not hallada:
        return ()
    mayor, menor = hallada["mayor"], hallada["menor"]
    primero = int(mayor) if mayor.isdigit() else leer_romano(mayor.upper())
    if not menor:
        return (primero,)
    return (primero, int(menor) if menor.isdigit() else ord(menor) - 96)


def agregar(
    leidos: Sequence[Hallado[Acuerdo]], filas: Sequence[Fila], desahogo: Desahogado, al: dt.date | None
) -> tuple[list[Hallado[Acuerdo]], list[Hallado[Plazo]]]:
    """Los acuerdos con los de la tabla, y los plazos que ella dice."""
    todos, vencen = list(leidos), []
    for fila in filas:
        lugar = _ya_leido(leidos, fila)
        if lugar is None:
            lugar = len(todos)
            todos.append(_nuevo(lugar + 1, fila, desahogo))
        elif fila["responsable"]:
            suyo = todos[lugar]
            todos[lugar] = replace(suyo, valor=replace(suyo.valor, responsable=fila["responsable"]))
        if plazo := _plazo(fila, todos[lugar].valor, al):
            vencen.append(plazo)
    return todos, vencen


def _ya_leido(leidos: Sequence[Hallado[Acuerdo]], fila: Fila) -> int | None:
    suyas = raices(fila["acuerdo"])
    parecidos = [(_comun(suyas, raices(a.valor.texto)), -n) for n, a in enumerate(leidos)]
    mejor, lugar = max(parecidos, default=(0.0, 0))
    return -lugar if mejor >= EL_MISMO else None


def _nuevo(numero: int, fila: Fila, desahogo: Desahogado) -> Hallado[Acuerdo]:
    punto, confianza = desahogo.punto_de(fila)
    valor = Acuerdo(numero, fila["numero"], fila["acuerdo"], punto, fila["responsable"])
    return Hallado(valor, fila.renglones, confianza)


def _plazo(fila: Fila, acuerdo: Acuerdo, al: dt.date | None) -> Hallado[Plazo] | None:
    """El de su última columna; una fecha que ya había pasado es la del acuerdo, no un plazo."""
    literal = fila["plazo"]
    dichas = fechas.hallar(literal, al.year if al else None)
    fecha = next((f.fecha for f in dichas if vigente(f, al)), None)
    if not literal or (dichas and fecha is None):
        return None
    valor = Plazo(acuerdo.texto[:CONCEPTO], literal[:CONCEPTO], fecha, acuerdo.punto, acuerdo.numero)
    return Hallado(valor, fila.renglones, Confianza.ALTA if fecha else Confianza.MEDIA)


def juntar(dichos: Sequence[Hallado[Plazo]], de_la_tabla: Sequence[Hallado[Plazo]]) -> list[Hallado[Plazo]]:
    """Los plazos del texto y los de la tabla; el mismo día del mismo acuerdo, una vez."""
    ya = {(p.valor.acuerdo, p.valor.fecha) for p in dichos if p.valor.fecha}
    nuevos = [p for p in de_la_tabla if (p.valor.acuerdo, p.valor.fecha) not in ya]
    fechados = {p.valor.fecha for p in nuevos if p.valor.fecha}
    return [*(p for p in dichos if p.valor.acuerdo or p.valor.fecha not in fechados), *nuevos]
