"""Cómo está integrado un órgano en una fecha: cada asiento con quien lo ocupa, o vacante."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from sesiones.models import Asiento, Nombramiento, Organo, Refrendo, Regla, Suplencia


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


def por_vencer(organos: Iterable[Organo], al: dt.date, limite: dt.date) -> list[tuple[Nombramiento, dt.date]]:
    """Titulares de hoy cuya representación termina a más tardar en `limite`, lo primero antes."""
    filas = Nombramiento.objects.vigentes(al).filter(_terminan(limite), asiento__organo__in=organos)
    con_todo = filas.select_related("persona", "asiento__institucion", "asiento__organo").prefetch_related(
        "refrendos", "asiento__organo__reglas"
    )
    fines = [(fila, fin) for fila in con_todo if (fin := fila.vence()) and fin <= limite]
    return sorted(fines, key=lambda par: (par[1], par[0].pk))


def _terminan(limite: dt.date) -> Q:
    """Las que podrían terminar para ese día: con fecha final, o con inicio y reglas que las limitan."""
    con_inicio = Q(vigente_desde__isnull=False) | Q(
        pk__in=Refrendo.objects.filter(fecha__isnull=False).values("nombramiento")
    )
    con_duracion = Regla.objects.filter(representacion_meses__isnull=False).values("organo")
    sin_final = Q(vigente_hasta=None, asiento__organo__in=con_duracion)
    return Q(vigente_hasta__lte=limite) | (sin_final & con_inicio)


def vacantes(lugares: list[Lugar]) -> int:
    """Cuántos asientos no tienen titular."""
    return sum(lugar.vacante for lugar in lugares)
