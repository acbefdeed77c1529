"""Cuánto se ha avanzado: lo que se declara, lo que resulta de la fórmula y el nivel de la OGP.

Declarado, calculado y verificado son tres cosas y aquí nunca se mezclan: de lo declarado en un nivel del
plan (acciones, compromisos, ejes) sale lo calculado del siguiente, con la fórmula y el trato de los
avances sin cifra que el propio plan dice. Todo es exacto (`Decimal`); se redondea solo al mostrar.

Fuente de los casos: 1° Informe Parcial del Plan de Acción Local de Estado Abierto 2022-2024.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from django.db.models import TextChoices

CIEN = Decimal(100)
CERO = Decimal(0)


class Formula(TextChoices):
    """Con qué se resumen varias cifras en una."""

    MEDIA = "media", "Media simple"
    PONDERADA = "ponderada", "Media ponderada por peso"
    MEDIANA = "mediana", "Mediana"


class Trato(TextChoices):
    """Qué vale un avance dicho con palabras («en etapa de diseño») o sin cifra."""

    CERO = "cero", "Cuenta como 0"
    OMITIR = "omitir", "No se cuenta"


class Base(TextChoices):
    """De qué se calcula el avance global."""

    EJES = "ejes", "Los ejes"
    COMPROMISOS = "compromisos", "Los compromisos"
    ACCIONES = "acciones", "Las acciones"


class Nivel(TextChoices):
    """Nivel de terminación de la Alianza para el Gobierno Abierto (OGP)."""

    NO_INICIADO = "no_iniciado", "No iniciado"
    LIMITADO = "limitado", "Limitado"
    SUSTANCIAL = "sustancial", "Sustancial"
    COMPLETADO = "completado", "Completado"


@dataclass(frozen=True)
class Cifra:
    """Un avance: porcentaje de 0 a 100, o palabras en su lugar. Lanza `ValueError` si no cabe.

    `peso` solo importa en la media ponderada.
    """

    porcentaje: Decimal | None = None
    textual: str = ""
    peso: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        if self.porcentaje is not None and not CERO <= self.porcentaje <= CIEN:
            raise ValueError("El avance va de 0 a 100.")
        if self.peso < 0:
            raise ValueError("El peso no puede ser negativo.")

    def __str__(self) -> str:
        if self.porcentaje is None:
            return f"«{self.textual}»" if self.textual else "sin cifra"
        return legible(self.porcentaje)

    def vale(self, trato: str) -> Decimal | None:
        """Con cuánto entra a la cuenta; None si no entra."""
        if self.porcentaje is None:
            return CERO if trato == Trato.CERO else None
        return self.porcentaje


@dataclass(frozen=True)
class Umbrales:
    """Desde qué porcentaje se llega a cada nivel. Lanza `ValueError` si no van en orden."""

    limitado: Decimal = Decimal(1)
    sustancial: Decimal = Decimal(50)
    completado: Decimal = CIEN

    def __post_init__(self) -> None:
        if not CERO < self.limitado < self.sustancial < self.completado <= CIEN:
            raise ValueError("Los umbrales van de menor a mayor, entre 0 y 100.")


def calcular(cifras: Iterable[Cifra], formula: str, trato: str) -> Decimal | None:
    """El avance que resulta; None si ninguna cifra es un número o si los pesos suman 0.

    Un conjunto donde todo está dicho con palabras no da 0: no da cifra.
    """
    todas = list(cifras)
    if all(cifra.porcentaje is None for cifra in todas):
        return None
    cuentan = [(vale, cifra.peso) for cifra in todas if (vale := cifra.vale(trato)) is not None]
    match formula:
        case Formula.PONDERADA:
            return _ponderada(cuentan)
        case Formula.MEDIANA:
            return median(vale for vale, _ in cuentan)
    return _ponderada([(vale, Decimal(1)) for vale, _ in cuentan])


def _ponderada(valores: Sequence[tuple[Decimal, Decimal]]) -> Decimal | None:
    total = sum((peso for _, peso in valores), CERO)
    if total == 0:
        return None
    suma = sum((vale * peso for vale, peso in valores), CERO) / total
    # La división se corta a 28 dígitos: que tres tercios de 100 no pasen de lo que sumaron.
    return min(max(suma, min(v for v, _ in valores)), max(v for v, _ in valores))


def redondear(porcentaje: Decimal, decimales: int = 0) -> Decimal:
    """Como se publica: 50.5 es 51."""
    return porcentaje.quantize(Decimal(1).scaleb(-decimales), rounding=ROUND_HALF_UP)


def legible(porcentaje: Decimal, decimales: int = 2) -> str:
    """«36.25», «30»: hasta dos decimales, sin ceros de sobra."""
    texto = f"{redondear(porcentaje, decimales):f}"
    return texto.rstrip("0").rstrip(".") if "." in texto else texto


def coincide(declarado: Decimal | None, calculado: Decimal | None) -> bool:
    """Si dicen lo mismo con los decimales con que se declaró: 33 y 33.33 sí; 35 y 33.5 no."""
    if declarado is None or calculado is None:
        return declarado is calculado
    decimales = max(0, -int(declarado.normalize().as_tuple().exponent))
    return redondear(calculado, decimales) == declarado


def nivel(porcentaje: Decimal | None, umbrales: Umbrales) -> Nivel:
    """A qué nivel de terminación corresponde; sin cifra, no iniciado."""
    if porcentaje is None or porcentaje < umbrales.limitado:
        return Nivel.NO_INICIADO
    if porcentaje < umbrales.sustancial:
        return Nivel.LIMITADO
    return Nivel.SUSTANCIAL if porcentaje < umbrales.completado else Nivel.COMPLETADO


def por_alcanzar(porcentaje: Decimal | None) -> Decimal | None:
    """Lo que falta para la meta."""
    return None if porcentaje is None else CIEN - porcentaje
