"""Cantidades como las dicen las fuentes: leer su número y sumarlas aunque sean aproximadas. Reglas puras.

«Más de 100» y 12 son «más de 112»; con algo que no se sabe, 12 son «al menos 12». «52k» son 52,000, y
«61.870» puede ser 61,870 o 61.87: se dan las dos lecturas, la más probable primero, y una persona confirma.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

SIN_DATO = "sin dato"
MAS_DE = "más de"
_NUMERO = re.compile(r"(?P<cifras>\d[\d.,' \u00a0]*)(?P<por>millones|millón|mil|[km])?(?![a-záéíóúñ])")
_MILLARES = re.compile(r"\d{1,3}([.,' \u00a0])\d{3}(?:\1\d{3})*")
_VECES = {"k": 1_000, "mil": 1_000, "m": 1_000_000, "millón": 1_000_000, "millones": 1_000_000}


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


def lecturas(literal: str) -> list[Decimal]:
    """Los números que puede decir el texto, el más probable primero; vacía si no dice ninguno, o varios.

    Con punto o coma y tres cifras detrás («61.870») son millares; podría ser una fracción, y va después.
    """
    hallados = list(_NUMERO.finditer(literal.casefold().strip()))
    if len(hallados) != 1:
        return []
    cifras = hallados[0]["cifras"].strip(" \u00a0.,'")
    veces = _VECES.get(hallados[0]["por"] or "", 1)
    return [numero * veces for numero in _de_cifras(cifras)]


def _de_cifras(cifras: str) -> list[Decimal]:
    solas = re.sub(r"\D", "", cifras)
    signos = {c for c in cifras if not c.isdigit()}
    if not signos:
        return [Decimal(solas)]
    if _MILLARES.fullmatch(cifras):
        entero = [Decimal(solas)]
        return [*entero, _con_decimales(cifras)] if re.fullmatch(r"\d+[.,]\d+", cifras) else entero
    # «1,250.5»: el último signo separa los decimales y los demás, los millares.
    signo = cifras[_ultimo_signo(cifras)]
    miles, _, _ = cifras.rpartition(signo)
    if signo not in ".," or not (miles.isdigit() or _MILLARES.fullmatch(miles)):
        return []
    return [_con_decimales(cifras)]


def _ultimo_signo(cifras: str) -> int:
    return max(n for n, c in enumerate(cifras) if not c.isdigit())


def _con_decimales(cifras: str) -> Decimal:
    donde = _ultimo_signo(cifras)
    enteros = re.sub(r"\D", "", cifras[:donde])
    return Decimal(f"{enteros}.{cifras[donde + 1 :]}")
