"""Comparar dos cortes del plan: qué subió, qué bajó, qué aparece y qué pasó de palabras a cifra.

Se compara la cifra con que cada renglón cuenta: la declarada o, si nadie declaró, la calculada; el
renglón dice cuál fue en cada corte. Aquí no hay base de datos: entran dos cuadros y sale su comparación.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import TextChoices

from ejes.avance import legible
from ejes.cortes.cuadro import Cuadro, Renglon


class Rumbo(TextChoices):
    """Qué pasó con un renglón entre dos cortes."""

    SUBIO = "subio", "Subió"
    BAJO = "bajo", "Bajó"
    IGUAL = "igual", "Sin cambio"
    A_CIFRA = "a_cifra", "De palabras a cifra"
    A_PALABRAS = "a_palabras", "De cifra a palabras"
    OTRAS_PALABRAS = "otras_palabras", "Se dice con otras palabras"
    YA_SE_SABE = "ya_se_sabe", "Antes no tenía avance"
    YA_NO_SE_SABE = "ya_no_se_sabe", "Se quedó sin avance"
    APARECE = "aparece", "Nuevo en el plan"
    DESAPARECE = "desaparece", "Ya no está en el plan"


DICHO = {
    Rumbo.SUBIO: ("sube", "suben"),
    Rumbo.BAJO: ("baja", "bajan"),
    Rumbo.A_CIFRA: ("pasa de palabras a cifra", "pasan de palabras a cifra"),
    Rumbo.A_PALABRAS: ("pasa de cifra a palabras", "pasan de cifra a palabras"),
    Rumbo.OTRAS_PALABRAS: ("se dice con otras palabras", "se dicen con otras palabras"),
    Rumbo.YA_SE_SABE: ("ya tiene avance", "ya tienen avance"),
    Rumbo.YA_NO_SE_SABE: ("se queda sin avance", "se quedan sin avance"),
    Rumbo.APARECE: ("es nueva", "son nuevas"),
    Rumbo.DESAPARECE: ("ya no está", "ya no están"),
    Rumbo.IGUAL: ("sigue igual", "siguen igual"),
}


@dataclass(frozen=True)
class Diferencia:
    """Un renglón en los dos cortes; el que no estaba en uno de ellos es None ahí."""

    codigo: str
    antes: Renglon | None
    ahora: Renglon | None

    def __str__(self) -> str:
        return str(self.ahora or self.antes)

    @cached_property
    def rumbo(self) -> Rumbo:
        """Qué pasó con él."""
        if self.antes is None:
            return Rumbo.APARECE
        if self.ahora is None:
            return Rumbo.DESAPARECE
        return _rumbo(_estado(self.antes), _estado(self.ahora))

    @property
    def puntos(self) -> Decimal | None:
        """Puntos porcentuales ganados (o perdidos, en negativo); None si no hay dos cifras."""
        if self.antes is None or self.ahora is None:
            return None
        antes, ahora = self.antes.cifra.porcentaje, self.ahora.cifra.porcentaje
        return None if antes is None or ahora is None else ahora - antes

    @property
    def dicho(self) -> str:
        """«Subió 12 puntos», «De palabras a cifra»."""
        if not self.puntos:
            return self.rumbo.label
        cuantos = legible(abs(self.puntos))
        return f"{self.rumbo.label} {cuantos} {'punto' if cuantos == '1' else 'puntos'}"

    @property
    def dicho_antes(self) -> str:
        """«30 %», «44.57 % calculado», «En diseño»."""
        return dicho_de(self.antes)

    @property
    def dicho_ahora(self) -> str:
        """Lo mismo, en el corte más nuevo."""
        return dicho_de(self.ahora)

    @property
    def otra_redaccion(self) -> bool:
        """Si entre un corte y otro cambió lo que el renglón promete."""
        return bool(self.antes and self.ahora and self.antes.titulo != self.ahora.titulo)


@dataclass(frozen=True)
class Comparacion:
    """Todos los renglones de dos cortes, cada uno una vez, en el orden del plan; el global al final."""

    antes: Cuadro
    ahora: Cuadro
    diferencias: tuple[Diferencia, ...]

    @property
    def total(self) -> Diferencia:
        """El avance global."""
        return self.diferencias[-1]

    @property
    def acciones(self) -> tuple[Diferencia, ...]:
        """Las de las acciones."""
        return self._de_nivel(2)

    @property
    def compromisos(self) -> tuple[Diferencia, ...]:
        """Las de los compromisos."""
        return self._de_nivel(1)

    @property
    def ejes(self) -> tuple[Diferencia, ...]:
        """Las de los ejes."""
        return self._de_nivel(0)

    @property
    def cambiadas(self) -> tuple[Diferencia, ...]:
        """Las acciones que no siguen igual, o que prometen otra cosa."""
        return tuple(d for d in self.acciones if d.rumbo != Rumbo.IGUAL or d.otra_redaccion)

    @property
    def cuentas(self) -> str:
        """«De 33 acciones, 12 suben, 1 baja y 20 siguen igual.»"""
        cuantas = Counter(d.rumbo for d in self.acciones)
        partes = [f"{n} {DICHO[r][n != 1]}" for r in DICHO if (n := cuantas[r])]
        total = len(self.acciones)
        sujeto = f"De {total} acciones" if total != 1 else "De una acción"
        return f"{sujeto}, {' · '.join(partes)}." if partes else "Ningún corte tiene acciones."

    def _de_nivel(self, puntos: int) -> tuple[Diferencia, ...]:
        return tuple(d for d in self.diferencias if d.codigo and d.codigo.count(".") == puntos)


def comparar(antes: Cuadro, ahora: Cuadro) -> Comparacion:
    """Qué cambió de un corte al otro; los renglones se reconocen por su código."""
    viejos, nuevos = _por_codigo(antes.renglones), _por_codigo(ahora.renglones)
    codigos = sorted(viejos.keys() | nuevos.keys(), key=_orden)
    return Comparacion(antes, ahora, tuple(Diferencia(c, viejos.get(c), nuevos.get(c)) for c in codigos))


def dicho_de(renglon: Renglon | None) -> str:
    """Con qué cuenta el renglón, en palabras; vacío si no estaba."""
    if renglon is None:
        return ""
    if renglon.textual:
        return renglon.textual
    if renglon.cifra.porcentaje is None:
        return "Sin avance"
    calculado = " calculado" if renglon.declarado is None else ""
    return f"{legible(renglon.cifra.porcentaje)} %{calculado}"


def _por_codigo(renglones: Iterable[Renglon]) -> dict[str, Renglon]:
    return {r.codigo: r for r in renglones}


def _orden(codigo: str) -> tuple[bool, list[int]]:
    """El del plan: 1, 1.1, 1.1.1, 1.1.2, 1.2…; el global al final."""
    return (not codigo, [int(n) for n in codigo.split(".")] if codigo else [])


def _estado(renglon: Renglon) -> Decimal | str:
    """La cifra con que cuenta o, si no la hay, las palabras; vacío si no se dijo nada."""
    porcentaje = renglon.cifra.porcentaje
    return renglon.textual if porcentaje is None else porcentaje


def _rumbo(antes: Decimal | str, ahora: Decimal | str) -> Rumbo:
    if isinstance(antes, Decimal) and isinstance(ahora, Decimal):
        return Rumbo.IGUAL if antes == ahora else Rumbo.SUBIO if ahora > antes else Rumbo.BAJO
    if antes == ahora:
        return Rumbo.IGUAL
    if antes == "":
        return Rumbo.YA_SE_SABE
    if ahora == "":
        return Rumbo.YA_NO_SE_SABE
    if isinstance(ahora, Decimal):
        return Rumbo.A_CIFRA
    return Rumbo.A_PALABRAS if isinstance(antes, Decimal) else Rumbo.OTRAS_PALABRAS
