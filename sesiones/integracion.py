"""Cómo está integrado un órgano en una fecha: cada asiento con quien lo ocupa, o vacante."""

import datetime as dt
from dataclasses import dataclass

from sesiones.models import Asiento, Nombramiento, Organo, Suplencia


@dataclass(frozen=True)
class Lugar:
    """Un asiento en una fecha, con su titular y sus suplentes permanentes."""

    asiento: Asiento
    titular: Nombramiento | None
    suplentes: list[Suplencia]

    @property
    def vacante(self) -> bool:
        """Nadie es titular ese día."""
        return self.titular is None


def integracion(organo: Organo, al: dt.date) -> list[Lugar]:
    """Los asientos del órgano que rigen en la fecha, en su orden, con consultas fijas."""
    asientos = organo.asientos.vigentes(al).con_ocupantes()
    return [Lugar(a, a.titular(al), a.suplentes(al)) for a in asientos]


def vacantes(lugares: list[Lugar]) -> int:
    """Cuántos asientos no tienen titular."""
    return sum(lugar.vacante for lugar in lugares)
