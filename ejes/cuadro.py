"""El cuadro de un corte: cada acción, compromiso, eje y el plan, con lo declarado y lo calculado lado a lado.

Lo calculado de un renglón sale de las cifras del nivel de abajo con la fórmula del plan. Cuando no dice
lo mismo que lo declarado, el renglón explica con qué números se calculó y qué dijo quien declaró.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from ejes import avance
from ejes.avance import Base, Cifra, Formula, Nivel, Trato, legible
from ejes.models import Accion, Compromiso, Corte, Eje, Figura, Plan
from stl_portal.espanol import enumerar

DE_QUE = {Base.EJES: "los ejes", Base.COMPROMISOS: "los compromisos", Base.ACCIONES: "las acciones"}


@dataclass(frozen=True)
class Renglon:
    """Una acción, un compromiso, un eje o el plan en el corte. `partes` es su nivel de abajo."""

    cosa: Any
    figura: Figura | None
    plan: Plan
    partes: "tuple[Renglon, ...]" = ()
    base: "tuple[Renglon, ...]" = ()  # de dónde sale lo calculado, si no es de `partes`

    @property
    def declarado(self) -> Decimal | None:
        """El porcentaje declarado; None si se dijo con palabras o no se dijo."""
        return self.figura.declarado if self.figura else None

    @property
    def calculado(self) -> Decimal | None:
        """Lo que resulta de la fórmula del plan; None en las acciones, que no se calculan."""
        return avance.calcular(self._cifras, self.plan.formula, self.plan.trato)

    @property
    def cifra(self) -> Cifra:
        """Con lo que entra al cálculo del nivel de arriba: lo declarado o, si nadie declaró, lo calculado."""
        peso: Decimal = getattr(self.cosa, "peso", Decimal(1))
        if self.figura and (self.figura.declarado is not None or self.figura.textual):
            return Cifra(self.figura.declarado, self.figura.textual, peso)
        return Cifra(self.calculado, peso=peso)

    @property
    def coincide(self) -> bool:
        """Si lo declarado es lo que resulta de la fórmula; las acciones siempre: no se calculan."""
        return not self._cifras or avance.coincide(self.declarado, self.calculado)

    @property
    def nivel(self) -> Nivel:
        """Nivel de terminación según lo declarado o, si nadie declaró, lo calculado."""
        return avance.nivel(self.cifra.porcentaje, self.plan.umbrales)

    @property
    def por_alcanzar(self) -> Decimal | None:
        """Lo que falta para el cien por ciento."""
        return avance.por_alcanzar(self.cifra.porcentaje)

    @property
    def por_que(self) -> str:
        """De dónde sale lo calculado y qué se dijo de la diferencia; vacío si coinciden."""
        if self.coincide:
            return ""
        dicho = self.figura.explicacion if self.figura else ""
        return f"{self.como_se_calcula} {dicho}".strip()

    @property
    def como_se_calcula(self) -> str:
        """«La media simple de 35, 10, 100 y «en etapa…» (cuenta como 0) es 36.25.»"""
        if not self._cifras:
            return ""
        formula = Formula(self.plan.formula).label.lower()
        partes = enumerar([self._en_la_cuenta(cifra) for cifra in self._cifras])
        resulta = "no da cifra" if self.calculado is None else f"es {legible(self.calculado)}"
        return f"La {formula} de {partes} {resulta}."

    def _en_la_cuenta(self, cifra: Cifra) -> str:
        """La cifra y, si se dijo con palabras, con cuánto cuenta."""
        if cifra.porcentaje is not None:
            return legible(cifra.porcentaje)
        return f"{cifra} ({'cuenta como 0' if self.plan.trato == Trato.CERO else 'no cuenta'})"

    @property
    def _cifras(self) -> list[Cifra]:
        return [parte.cifra for parte in self.base or self.partes]


@dataclass(frozen=True)
class Cuadro:
    """El corte completo: el renglón del plan y, dentro, ejes, compromisos y acciones."""

    corte: Corte
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
    def discrepancias(self) -> tuple[Renglon, ...]:
        """Los renglones donde lo declarado no es lo que resulta de la fórmula."""
        todos = (*self.compromisos, *self.ejes, self.total)
        return tuple(renglon for renglon in todos if not renglon.coincide)

    def por_base(self) -> Iterator[tuple[str, Decimal | None]]:
        """El global según cada base posible: ejes, compromisos y acciones."""
        plan = self.total.plan
        for base in Base:
            cifras = [renglon.cifra for renglon in _base(base, self.ejes)]
            yield DE_QUE[base], avance.calcular(cifras, plan.formula, plan.trato)

    def de(self, cosa: Any) -> Renglon | None:
        """El renglón de ese eje o compromiso."""
        return next((r for r in (*self.ejes, *self.compromisos) if r.cosa == cosa), None)


def cuadro(corte: Corte) -> Cuadro:
    """Arma el cuadro en un número fijo de consultas; `corte.plan` ya traído."""
    plan = corte.plan
    figuras = {_clave(f): f for f in corte.figuras.prefetch_related("ligas")}
    ejes = tuple(_del_eje(eje, figuras, plan) for eje in con_todo(plan))
    base = () if plan.base == Base.EJES else _base(plan.base, ejes)
    return Cuadro(corte, Renglon(plan, figuras.get(("plan", 0)), plan, ejes, base))


def con_todo(plan: Plan) -> list[Eje]:
    """Los ejes con sus compromisos y acciones; cada uno ya sabe de quién es parte."""
    acciones = Accion.objects.order_by("numero")
    compromisos = (
        Compromiso.objects.select_related("responsable__institucion")
        .order_by("numero")
        .prefetch_related(Prefetch("acciones", acciones))
    )
    ejes = list(plan.ejes.prefetch_related(Prefetch("compromisos", compromisos)))
    for eje in ejes:
        eje.plan = plan
    return ejes


def _del_eje(eje: Eje, figuras: dict[Any, Figura], plan: Plan) -> Renglon:
    partes = tuple(_del_compromiso(c, figuras, plan) for c in eje.compromisos.all())
    return Renglon(eje, figuras.get(("eje", eje.pk)), plan, partes)


def _del_compromiso(compromiso: Compromiso, figuras: dict[Any, Figura], plan: Plan) -> Renglon:
    partes = tuple(Renglon(a, figuras.get(("accion", a.pk)), plan) for a in compromiso.acciones.all())
    return Renglon(compromiso, figuras.get(("compromiso", compromiso.pk)), plan, partes)


def _clave(figura: Figura) -> tuple[str, int]:
    for nivel in ("accion", "compromiso", "eje"):
        pk = getattr(figura, f"{nivel}_id")
        if pk:
            return nivel, pk
    return "plan", 0


def _base(base: str, ejes: Sequence[Renglon]) -> tuple[Renglon, ...]:
    """Los renglones del nivel pedido."""
    match base:
        case Base.COMPROMISOS:
            return _abajo(ejes)
        case Base.ACCIONES:
            return _abajo(_abajo(ejes))
    return tuple(ejes)


def _abajo(renglones: Sequence[Renglon]) -> tuple[Renglon, ...]:
    return tuple(parte for renglon in renglones for parte in renglon.partes)
