"""El cuadro de un corte: cada acción, compromiso, eje y el plan, con lo declarado y lo calculado lado a lado.

Lo calculado de un renglón sale de las cifras del nivel de abajo con la fórmula del plan. Cuando no dice
lo mismo que lo declarado, el renglón explica con qué números se calculó y qué dijo quien declaró.
Aquí no hay base de datos: un cuadro se arma de sus filas (`ejes/cortes/corte.py`) o del documento publicado.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import product
from typing import Any

from ejes import avance
from ejes.avance import Base, Cifra, Formula, Nivel, Trato, Umbrales, legible
from stl_portal.espanol import enumerar

UNO = Decimal(1)
BASES = {Base.EJES: "los ejes", Base.COMPROMISOS: "los compromisos", Base.ACCIONES: "las acciones"}


@dataclass(frozen=True)
class Citada:
    """Una evidencia pública que respalda un avance: un archivo con su huella, o una liga.

    `revision` es lo que dijo de ella la revisión («verificada», «observada» o nada) y `motivo`, por qué.
    """

    id: int
    titulo: str
    huella: str
    archivo: str = ""
    liga: str = ""
    revision: str = ""
    motivo: str = ""


@dataclass(frozen=True)
class Edicion:
    """Un cambio del personal a lo que se tomó de un reporte; `cuando` es un instante ISO 8601."""

    que: str
    antes: str
    ahora: str
    motivo: str
    por: str
    cuando: str

    @property
    def momento(self) -> dt.datetime:
        """El instante, para decirlo en palabras."""
        return dt.datetime.fromisoformat(self.cuando)


@dataclass(frozen=True)
class Metodo:
    """Cómo mide su avance el plan."""

    formula: str
    trato: str
    base: str
    umbrales: Umbrales

    def calcular(self, renglones: "Sequence[Renglon]") -> Decimal | None:
        """Lo que resulta de sus cifras."""
        return avance.calcular([r.cifra for r in renglones], self.formula, self.trato)


@dataclass(frozen=True)
class Renglon:
    """Una acción («1.5.3»), un compromiso («1.5»), un eje («1») o el plan («»), con su nivel de abajo."""

    codigo: str
    titulo: str
    metodo: Metodo
    declarado: Decimal | None = None
    textual: str = ""
    nota: str = ""
    con_asterisco: bool = False
    verificado: Decimal | None = None
    explicacion: str = ""
    responsable: str = ""
    cargo: str = ""
    procedencia: str = ""
    ligas: tuple[str, ...] = ()
    evidencias: tuple[Citada, ...] = ()
    ediciones: tuple[Edicion, ...] = ()
    peso: Decimal = UNO
    partes: "tuple[Renglon, ...]" = ()

    def __str__(self) -> str:
        if not self.codigo:
            return "Avance global"
        return f"{self.codigo} {self.titulo}" if "." in self.codigo else f"Eje {self.codigo}. {self.titulo}"

    @property
    def rotulo(self) -> str:
        """«Declarado», con el asterisco que el documento de origen le puso."""
        return "Declarado *" if self.con_asterisco else "Declarado"

    @property
    def numero(self) -> str:
        """El último número de su código."""
        return self.codigo.rpartition(".")[2]

    @property
    def pesa(self) -> str:
        """«peso 2», si la fórmula del plan pondera; vacío si el peso no cuenta."""
        pondera = self.codigo and self.metodo.formula == Formula.PONDERADA
        return f"peso {legible(self.peso)}" if pondera else ""

    @cached_property
    def calculado(self) -> Decimal | None:
        """Lo que resulta de la fórmula del plan; None en las acciones, que no se calculan."""
        return self.metodo.calcular(self.base)

    @property
    def cifra(self) -> Cifra:
        """Con lo que entra al cálculo del nivel de arriba: lo declarado o, si nadie declaró, lo calculado."""
        if self.declarado is not None or self.textual:
            return Cifra(self.declarado, self.textual, self.peso)
        return Cifra(self.calculado, peso=self.peso)

    @property
    def base(self) -> "tuple[Renglon, ...]":
        """De qué renglones sale lo calculado: los suyos o, en el global, los que diga el plan."""
        return self.partes if self.codigo else de_base(self.metodo.base, self.partes)

    @property
    def coincide(self) -> bool:
        """Si lo declarado es lo que resulta de la fórmula; sin cifra declarada no hay qué comparar."""
        return not self.partes or self.declarado is None or avance.coincide(self.declarado, self.calculado)

    @property
    def nivel(self) -> Nivel | None:
        """Nivel de terminación según lo declarado o, si nadie declaró, lo calculado; None sin cifra."""
        porcentaje = self.cifra.porcentaje
        return None if porcentaje is None else avance.nivel(porcentaje, self.metodo.umbrales)

    @cached_property
    def desde_acciones(self) -> Decimal | None:
        """Lo que resulta si todo se calcula desde lo declarado en las acciones, sin nada de en medio."""
        if not self.partes:
            return self.declarado
        cifras = [Cifra(r.desde_acciones, r.textual if not r.partes else "", r.peso) for r in self.base]
        return avance.calcular(cifras, self.metodo.formula, self.metodo.trato)

    @property
    def difiere_desde_acciones(self) -> bool:
        """Si calcular desde las acciones da otra cifra que calcular con el nivel de abajo."""
        return None not in (self.calculado, self.desde_acciones) and self.calculado != self.desde_acciones

    @property
    def otra_cuenta(self) -> str:
        """Qué otra cuenta sencilla sí daría lo declarado; vacío si ninguna o si ya coincide."""
        if self.coincide:
            return ""
        for formula, trato in product((Formula.MEDIA, Formula.MEDIANA), Trato):
            otra = avance.calcular([r.cifra for r in self.base], formula, trato)
            if avance.coincide(self.declarado, otra):
                sin_palabras = " sin contar lo dicho con palabras" if trato == Trato.OMITIR else ""
                nombre = Formula(formula).label.lower()
                return f"La {nombre} de las mismas cifras{sin_palabras} sí la daría; no consta que se usara."
        return ""

    @property
    def acciones(self) -> "tuple[Renglon, ...]":
        """Las acciones que lo componen; él mismo, si es una."""
        return tuple(a for parte in self.partes for a in parte.acciones) if self.partes else (self,)

    @property
    def sin_su_nota(self) -> "tuple[Renglon, ...]":
        """Él y los de abajo que llevan asterisco y cuya nota no consta."""
        return tuple(r for r in (self, *self.partes) if r.con_asterisco and not r.nota)

    @property
    def verificadas(self) -> int:
        """Cuántas de sus acciones tienen una cifra que las evidencias revisadas sostienen."""
        return sum(a.verificado is not None for a in self.acciones)

    @property
    def por_alcanzar(self) -> Decimal | None:
        """Lo que falta para el cien por ciento."""
        return avance.por_alcanzar(self.cifra.porcentaje)

    @property
    def por_que(self) -> str:
        """De dónde sale lo calculado y qué se dijo de la diferencia; vacío si coinciden."""
        partes = () if self.coincide else (self.como_se_calcula, self.explicacion, self.otra_cuenta)
        return " ".join(parte for parte in partes if parte)

    @property
    def como_se_calcula(self) -> str:
        """«La media simple de 35, 10 y «en etapa…» (cuenta como 0) es 15.»; vacío en las acciones."""
        if not self.partes:
            return ""
        if self.calculado is None:
            return f"Nada de lo que la compone tiene cifra, así que aquí no se calcula ninguna{self._arriba}."
        formula = Formula(self.metodo.formula).label.lower()
        partes = enumerar([self._en_la_cuenta(renglon) for renglon in self.base])
        return f"La {formula} de {partes} es {legible(self.calculado)}."

    @property
    def _arriba(self) -> str:
        """Con cuánto entra a la cuenta del nivel de arriba quien no tiene cifra; vacío si no entra."""
        es_eje = "." not in self.codigo
        entra = self.codigo and (not es_eje or self.metodo.base == Base.EJES)
        if not entra or self.cifra.porcentaje is not None:
            return ""
        cuanto = "cuenta como 0" if self.metodo.trato == Trato.CERO else "no cuenta"
        return f"; en la cuenta {'del plan' if es_eje else 'de su eje'} {cuanto}"

    def _en_la_cuenta(self, parte: "Renglon") -> str:
        """La cifra, con cuánto cuenta si se dijo con palabras y, si la fórmula pondera, su peso."""
        cifra, cuenta = parte.cifra, ""
        if cifra.porcentaje is None:
            cuenta = "cuenta como 0" if self.metodo.trato == Trato.CERO else "no cuenta"
        entre_parentesis = ", ".join(filter(None, (cuenta, parte.pesa)))
        return f"{cifra} ({entre_parentesis})" if entre_parentesis else str(cifra)


@dataclass(frozen=True)
class Cuadro:
    """El corte completo: sus datos, los del plan y, en `total`, ejes, compromisos y acciones."""

    plan: Mapping[str, Any]
    corte: Mapping[str, Any]
    total: Renglon

    @property
    def ejes(self) -> tuple[Renglon, ...]:
        """Los ejes, en orden."""
        return self.total.partes

    @property
    def compromisos(self) -> tuple[Renglon, ...]:
        """Los compromisos de todos los ejes, en orden."""
        return _abajo(self.ejes)

    @property
    def acciones(self) -> tuple[Renglon, ...]:
        """Las acciones de todos los compromisos, en orden."""
        return _abajo(self.compromisos)

    @property
    def cuentas(self) -> str:
        """«33 acciones · 13 compromisos · 7 ejes»."""
        cuantos = ((self.acciones, "acción", "acciones"), (self.compromisos, "compromiso", "compromisos"))
        todos = (*cuantos, (self.ejes, "eje", "ejes"))
        return " · ".join(f"{len(r)} {uno if len(r) == 1 else varios}" for r, uno, varios in todos)

    @property
    def discrepancias(self) -> tuple[Renglon, ...]:
        """Los renglones donde lo declarado no es lo que resulta de la fórmula."""
        todos = (*self.compromisos, *self.ejes, self.total)
        return tuple(renglon for renglon in todos if not renglon.coincide)

    @property
    def con_asterisco(self) -> tuple[Renglon, ...]:
        """Las acciones que el documento de origen marca con nota aclaratoria."""
        return tuple(accion for accion in self.acciones if accion.con_asterisco)

    @property
    def renglones(self) -> "tuple[Renglon, ...]":
        """Todos, de lo general a lo particular: el plan, y cada eje con sus compromisos y acciones."""
        return tuple(_con_los_suyos(self.total))

    @property
    def verificadas(self) -> int:
        """Cuántas acciones tienen cifra verificada; si ninguna, la tercera columna no se muestra."""
        return self.total.verificadas

    @property
    def editados(self) -> "tuple[Renglon, ...]":
        """Los renglones que el personal cambió."""
        return tuple(r for r in self.renglones if r.ediciones)

    @property
    def con_nota(self) -> "tuple[Renglon, ...]":
        """Los renglones con nota aclaratoria."""
        return tuple(r for r in self.renglones if r.nota)

    @property
    def sin_su_nota(self) -> "tuple[Renglon, ...]":
        """Las acciones con asterisco cuya nota no consta."""
        return tuple(accion for accion in self.con_asterisco if not accion.nota)

    @property
    def con_respaldo(self) -> "tuple[Renglon, ...]":
        """Los renglones con evidencias o ligas."""
        return tuple(r for r in self.renglones if r.evidencias or r.ligas)

    @property
    def con_evidencias(self) -> bool:
        """Si algo se respalda con evidencias del portal, que llevan huella."""
        return any(r.evidencias for r in self.renglones)

    @property
    def con_ligas(self) -> bool:
        """Si se citan direcciones ajenas, que no la llevan."""
        return any(r.ligas for r in self.renglones)

    @property
    def sin_nada(self) -> "tuple[Renglon, ...]":
        """Las acciones de las que nadie declaró nada."""
        return tuple(a for a in self.acciones if a.declarado is None and not a.textual)

    @property
    def incompletos(self) -> "tuple[Renglon, ...]":
        """Los compromisos que aún no llegan al cien por ciento."""
        return tuple(c for c in self.compromisos if c.por_alcanzar != 0)

    @property
    def por_base(self) -> Iterator[tuple[str, Decimal | None]]:
        """El global según cada base posible: ejes, compromisos y acciones."""
        for base, nombre in BASES.items():
            yield nombre, self.total.metodo.calcular(de_base(base, self.ejes))

    @property
    def base_del_global(self) -> str:
        """«los ejes»."""
        return BASES[Base(self.total.metodo.base)]

    def de(self, codigo: str) -> Renglon | None:
        """El renglón de ese eje, compromiso o acción; con "", el plan."""
        return next((r for r in self.renglones if r.codigo == codigo), None)


def de_base(base: str, ejes: Sequence[Renglon]) -> tuple[Renglon, ...]:
    """Los renglones del nivel pedido, a partir de los ejes."""
    match base:
        case Base.COMPROMISOS:
            return _abajo(ejes)
        case Base.ACCIONES:
            return _abajo(_abajo(ejes))
    return tuple(ejes)


def _con_los_suyos(renglon: Renglon) -> "Iterator[Renglon]":
    yield renglon
    for parte in renglon.partes:
        yield from _con_los_suyos(parte)


def _abajo(renglones: Sequence[Renglon]) -> tuple[Renglon, ...]:
    return tuple(parte for renglon in renglones for parte in renglon.partes)
