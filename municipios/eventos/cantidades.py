"""Sumar cantidades cuando algunas son aproximadas: lo seguro se suma y se dice «al menos». Reglas puras."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

SIN_DATO = "sin dato"


@dataclass(frozen=True)
class Cantidad:
    """Un número seguro y, si es aproximado, cómo se dijo («más de 100»); sin número, no se sabe."""

    numero: int | None
    literal: str = ""

    @property
    def exacta(self) -> bool:
        """Si se sabe cuánto es."""
        return self.numero is not None and not self.literal

    def dicha(self, uno: str, varios: str) -> str:
        """«1 persona», «1,250 personas», «más de 100 personas» o «sin dato»."""
        if self.numero is None:
            return SIN_DATO
        unidad = uno if self.numero == 1 and not self.literal else varios
        return f"{self.literal or f'{self.numero:,}'} {unidad}"


@dataclass(frozen=True)
class Suma:
    """Lo que con seguridad se reúne; `exacta` dice si no hay más."""

    numero: int
    exacta: bool

    def dicha(self, uno: str, varios: str) -> str:
        """«117 personas», «al menos 117 personas»; «sin dato» si nada se sabe."""
        if not self.exacta and self.numero == 0:
            return SIN_DATO
        cuanto = f"{self.numero:,} {uno if self.numero == 1 else varios}"
        return cuanto if self.exacta else f"al menos {cuanto}"


def sumar(cantidades: Iterable[Cantidad]) -> Suma:
    """Suma lo seguro; basta una aproximada o desconocida para que el total sea «al menos»."""
    todas = list(cantidades)
    return Suma(sum(c.numero or 0 for c in todas), all(c.exacta for c in todas))


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
