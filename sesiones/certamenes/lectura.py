"""Lo que cualquiera lee de las convocatorias: solo publicadas, y de quien postuló, solo lo reconocido."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from .dictaminar import reconocidas
from .estados import E, EstadoCertamen
from .models import Certamen, Resultado
from .ventana import Fase


@dataclass(frozen=True)
class Leida:
    """Una convocatoria publicada con lo que de ella se dice en ese momento."""

    certamen: Certamen
    ahora: dt.datetime

    @property
    def organo(self) -> str:
        """El nombre de hoy del órgano que convoca."""
        return self.certamen.organo.denominacion(self.ahora.date()).nombre

    @property
    def abierta(self) -> bool:
        """Si ya se puede postular y todavía."""
        return self.certamen.recibe(self.ahora)

    @property
    def cuenta(self) -> str:
        """Cuánto falta, o cuándo cerró."""
        return self.certamen.ventana.cuenta(self.ahora)

    @property
    def etiqueta(self) -> tuple[str, str]:
        """Cómo se dice en qué va y con qué tono."""
        estado = self.certamen.estado
        if estado == EstadoCertamen.PUBLICADA:
            fase = self.certamen.ventana.fase(self.ahora)
            return {
                Fase.ANTES: ("Abre pronto", "info"),
                Fase.ABIERTA: ("Abierta", "exito"),
                Fase.DESPUES: ("Cerrada", "neutro"),
            }[fase]
        return {
            E.CON_RESULTADOS: ("Con resultados", "exito"),
            E.DESIERTA: ("Desierta", "neutro"),
        }.get(E(estado), ("En dictamen", "curso"))

    @property
    def resultados(self) -> list[Resultado]:
        """Lo reconocido, si ya se publicó."""
        return reconocidas(self.certamen) if self.certamen.estado == E.CON_RESULTADOS else []

    @property
    def comite(self) -> list[str]:
        """Las instituciones del comité, sin repetir; de sus personas no se dice nada."""
        return list(dict.fromkeys(uno.institucion for uno in self.certamen.comite.all()))


def leidas(certamenes: Iterable[Certamen], ahora: dt.datetime) -> list[Leida]:
    """Cada una como se lee en ese momento."""
    return [Leida(certamen, ahora) for certamen in certamenes]
