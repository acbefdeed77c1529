"""Sumar cantidades cuando algunas son aproximadas: lo seguro se suma y se dice cuánto es. Reglas puras.

«Más de 100» y 12 son «más de 112»; con algo que no se sabe, 12 son «al menos 12».
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

SIN_DATO = "sin dato"
MAS_DE = "más de"


@dataclass(frozen=True)
class Cantidad:
    """Un número seguro y, si es aproximado, cómo se dijo («más de 100»); sin número, no se sabe."""

    numero: int | None
    literal: str = ""

    @property
    def exacta(self) -> bool:
        """Si se sabe cuánto es."""
        return self.numero is not None and not self.literal

    @property
    def se_queda_corta(self) -> bool:
        """Si se dijo que es «más de» su número."""
        return self.numero is not None and self.literal.casefold().startswith(MAS_DE)

    def dicha(self, uno: str, varios: str) -> str:
        """«1 persona», «1,250 personas», «más de 100 personas» o «sin dato»."""
        if self.numero is None:
            return SIN_DATO
        unidad = uno if self.numero == 1 and not self.literal else varios
        return f"{self.literal or f'{self.numero:,}'} {unidad}"


@dataclass(frozen=True)
class Suma:
    """Lo que con seguridad se reúne; `exacta` dice si no hay más y `mas`, si consta que sí lo hay."""

    numero: int
    exacta: bool
    mas: bool = False

    def dicha(self, uno: str, varios: str) -> str:
        """«117 personas», «más de 117 personas», «al menos 17 personas»; «sin dato» si nada se sabe."""
        if not self.exacta and self.numero == 0:
            return SIN_DATO
        cuanto = f"{self.numero:,} {uno if self.numero == 1 else varios}"
        if self.exacta:
            return cuanto
        return f"{MAS_DE} {cuanto}" if self.mas else f"al menos {cuanto}"


def sumar(cantidades: Iterable[Cantidad]) -> Suma:
    """Suma lo seguro: con una «más de» el total también lo es; con otra incierta, «al menos»."""
    todas = list(cantidades)
    seguro = sum(c.numero or 0 for c in todas)
    return Suma(seguro, all(c.exacta for c in todas), any(c.se_queda_corta for c in todas))


def distintos(grupos: Iterable[tuple[Collection[str], int | None]]) -> Suma:
    """Cuántos municipios distintos hay entre varios grupos: los que se sabe cuáles son, o solo cuántos.

    De los que solo se sabe cuántos no se sabe si son los mismos: con más de un grupo el total es «al menos».
    """
    todos = list(grupos)
    conocidos = {clave for claves, _ in todos for clave in claves}
    mayor = max((cuantos or 0 for claves, cuantos in todos if not claves), default=0)
    sin_lista = [cuantos for claves, cuantos in todos if not claves]
    exacta = not sin_lista or (len(todos) == 1 and sin_lista[0] is not None)
    return Suma(max(len(conocidos), mayor), exacta)
