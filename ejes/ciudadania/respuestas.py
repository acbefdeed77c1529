"""Lo que una institución ha respondido a cada indicador, bimestre a bimestre."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ejes.ciudadania import grafica
from ejes.ciudadania.grafica import Grafica
from ejes.ciudadania.lectura import Datos, Leido

Respondida = tuple[Leido, Datos]


@dataclass(frozen=True)
class Indicador:
    """Un renglón del formato con sus respuestas, de la más vieja a la más nueva."""

    institucion: str
    respuestas: tuple[Respondida, ...]

    @property
    def ultima(self) -> Datos:
        """La pregunta, la unidad, la línea de base y la meta que valen son las últimas."""
        return self.respuestas[-1][1]

    @property
    def unidad(self) -> str:
        """En qué se cuenta; vacía si se responde con texto."""
        return str(self.ultima["unidad"])

    @property
    def titulo(self) -> str:
        """«Personal involucrado, en personas»."""
        nombre = self.ultima["indicador"]
        return f"{nombre}, en {self.unidad}" if self.unidad else str(nombre)

    @property
    def comparables(self) -> list[Respondida]:
        """Las que se contaron en la misma unidad que la última: lo demás no se compara."""
        return [par for par in self.respuestas if par[1]["unidad"] == self.unidad]

    @property
    def referencias(self) -> Mapping[str, Decimal]:
        """La línea de base y la meta, si las tiene."""
        nombres = {"Línea de base": "linea_base", "Meta": "meta"}
        return {n: self.ultima[campo] for n, campo in nombres.items() if self.ultima[campo] is not None}

    @property
    def grafica(self) -> Grafica | None:
        """Las respuestas con número, como columnas; None si ninguna lo tiene."""
        if not self.unidad:
            return None
        valores = [dicha["valor"] for _, dicha in self.comparables]
        return grafica.columnas(
            valores, [f"Bim. {leido.numero}" for leido, _ in self.comparables], self.referencias
        )


@dataclass(frozen=True)
class DeInstitucion:
    """Todo lo que una institución ha respondido de un eje."""

    nombre: str
    indicadores: tuple[Indicador, ...]


def respuestas(reportes: Iterable[Leido]) -> list[DeInstitucion]:
    """Por institución, cada indicador que ha contestado; los reportes vienen por bimestre.

    Dos renglones son el mismo indicador si se llaman igual, aunque el formato los haya movido.
    """
    por_institucion: dict[str, dict[str, list[Any]]] = {}
    for leido in reportes:
        indicadores = por_institucion.setdefault(leido.institucion, {})
        for renglon in leido.renglones:
            indicadores.setdefault(renglon["indicador"], []).append((leido, renglon))
    return [
        DeInstitucion(nombre, tuple(Indicador(nombre, tuple(dichas)) for dichas in indicadores.values()))
        for nombre, indicadores in por_institucion.items()
        if indicadores
    ]
