"""Comparar dos cortes municipales: cuántos antes y después, y qué municipio avanzó, retrocedió o se supo.

Aquí no hay base de datos: entran dos cortes leídos de sus bytes y sale su comparación.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import TextChoices

from municipios.avance import retrocede
from municipios.documento import CorteLeido, EtapaLeida, SituacionLeida
from municipios.estados import Avance


class Rumbo(TextChoices):
    """Qué pasó con un municipio en una etapa. Saber algo nuevo no es lo mismo que avanzar."""

    AVANZA = "avanza", "Avanza"
    RETROCEDE = "retrocede", "Retrocede"
    YA_SE_SABE = "ya_se_sabe", "Ahora hay información"
    YA_NO_SE_SABE = "ya_no_se_sabe", "Se quedó sin información"
    CAMBIA = "cambia", "Cambia sin avanzar ni retroceder"
    IGUAL = "igual", "Sigue igual"


DICHO = {
    Rumbo.AVANZA: ("avanza", "avanzan"),
    Rumbo.RETROCEDE: ("retrocede", "retroceden"),
    Rumbo.YA_SE_SABE: ("ahora tiene información", "ahora tienen información"),
    Rumbo.YA_NO_SE_SABE: ("se queda sin información", "se quedan sin información"),
    Rumbo.CAMBIA: ("cambia sin avanzar ni retroceder", "cambian sin avanzar ni retroceder"),
    Rumbo.IGUAL: ("sigue igual", "siguen igual"),
}


@dataclass(frozen=True)
class DeSituacion:
    """Una situación y cuántos municipios había y hay en ella; None en el corte que no trae la etapa."""

    clave: str
    nombre: str
    avance: str
    antes: int | None
    despues: int | None

    @property
    def diferencia(self) -> int | None:
        """Municipios de más (o de menos, en negativo); None si falta un lado."""
        if self.antes is None or self.despues is None:
            return None
        return self.despues - self.antes

    @property
    def con_signo(self) -> str:
        """«+3», «−2», «0»; vacío si falta un lado."""
        if self.diferencia is None:
            return ""
        return f"{self.diferencia:+d}".replace("-", "−") if self.diferencia else "0"


@dataclass(frozen=True)
class Movimiento:
    """Un municipio en una etapa, antes y después; None si ese corte no trae al municipio.

    `motivo` es por qué retrocede, si el segundo corte lo dice.
    """

    clave: str
    nombre: str
    antes: SituacionLeida | None
    despues: SituacionLeida | None
    motivo: str = ""

    @cached_property
    def rumbo(self) -> Rumbo:
        """Qué pasó con él."""
        antes, despues = _avance(self.antes), _avance(self.despues)
        if antes == despues:
            return Rumbo.IGUAL if _clave(self.antes) == _clave(self.despues) else Rumbo.CAMBIA
        if antes == Avance.SIN_INFORMACION:
            return Rumbo.YA_SE_SABE
        if despues == Avance.SIN_INFORMACION:
            return Rumbo.YA_NO_SE_SABE
        return Rumbo.RETROCEDE if retrocede(antes, despues) else Rumbo.AVANZA

    @property
    def retrocede(self) -> bool:
        """Si baja, aunque sea a no saberse: entonces su motivo explica algo."""
        return self.rumbo in (Rumbo.RETROCEDE, Rumbo.YA_NO_SE_SABE)


@dataclass(frozen=True)
class DeEtapa:
    """Una etapa en los dos cortes; el que no la trae es None."""

    antes: EtapaLeida | None
    despues: EtapaLeida | None
    situaciones: tuple[DeSituacion, ...]
    municipios: tuple[Movimiento, ...]

    @property
    def etapa(self) -> EtapaLeida:
        """La más nueva de las dos: la que da el nombre."""
        etapa = self.despues or self.antes
        if etapa is None:
            raise ValueError("Una etapa comparada está al menos en un corte.")
        return etapa

    @property
    def en_ambos(self) -> bool:
        """Si los dos cortes la traen."""
        return self.antes is not None and self.despues is not None

    @property
    def solo_totales(self) -> bool:
        """Si de alguno de los dos solo se conoce el total: no se sabe qué municipio se movió."""
        return any(e is not None and e.solo_total for e in (self.antes, self.despues))

    @property
    def cambia(self) -> bool:
        """Si algún total o algún municipio no es el mismo en los dos cortes."""
        return bool(self.movidos) or any(s.diferencia != 0 for s in self.situaciones)

    @property
    def movidos(self) -> tuple[Movimiento, ...]:
        """Los municipios que no siguen igual, en el orden del corte."""
        return tuple(m for m in self.municipios if m.rumbo != Rumbo.IGUAL)

    def con_rumbo(self, rumbo: str) -> tuple[Movimiento, ...]:
        """Los municipios a los que les pasó eso."""
        return tuple(m for m in self.municipios if m.rumbo == rumbo)

    @property
    def dicho(self) -> str:
        """«2 avanzan · 1 retrocede · 43 siguen igual», o por qué no se puede decir."""
        if not self.en_ambos:
            return "Solo está en el segundo corte." if self.antes is None else "Solo está en el primer corte."
        if self.solo_totales:
            return "Solo se comparan los totales: al menos un corte no dice qué municipios son."
        cuantos = Counter(m.rumbo for m in self.municipios)
        return " · ".join(f"{n} {DICHO[r][n != 1]}" for r in DICHO if (n := cuantos[r]))


@dataclass(frozen=True)
class Comparacion:
    """Todas las etapas de los dos cortes, cada una una vez: primero las del más nuevo, en su orden."""

    antes: CorteLeido
    despues: CorteLeido
    etapas: tuple[DeEtapa, ...]

    def etapa(self, clave: str) -> DeEtapa:
        """La que tiene esa clave; lanza `KeyError` si ninguno la trae."""
        return {e.etapa.clave: e for e in self.etapas}[clave]


def comparar(antes: CorteLeido, despues: CorteLeido) -> Comparacion:
    """Qué cambió del primero al segundo; etapas, situaciones y municipios se reconocen por su clave."""
    viejas = {e.clave: e for e in antes.etapas}
    nuevas = {e.clave: e for e in despues.etapas}
    claves = [*nuevas, *(c for c in viejas if c not in nuevas)]
    etapas = tuple(_etapa(antes, despues, viejas.get(c), nuevas.get(c)) for c in claves)
    return Comparacion(antes, despues, etapas)


def _etapa(
    antes: CorteLeido, despues: CorteLeido, vieja: EtapaLeida | None, nueva: EtapaLeida | None
) -> DeEtapa:
    con_desglose = vieja and nueva and not (vieja.solo_total or nueva.solo_total)
    movimientos = tuple(_movimientos(antes, despues, vieja, nueva)) if con_desglose else ()
    return DeEtapa(vieja, nueva, tuple(_situaciones(vieja, nueva)), movimientos)


def _situaciones(vieja: EtapaLeida | None, nueva: EtapaLeida | None) -> Iterator[DeSituacion]:
    habia = {s.clave: s for s in vieja.situaciones} if vieja else {}
    hay = {s.clave: s for s in nueva.situaciones} if nueva else {}
    for clave in [*hay, *(c for c in habia if c not in hay)]:
        una = hay.get(clave) or habia[clave]
        yield DeSituacion(
            clave, una.nombre, una.avance, _cuantos(vieja, habia, clave), _cuantos(nueva, hay, clave)
        )


def _cuantos(etapa: EtapaLeida | None, situaciones: dict[str, SituacionLeida], clave: str) -> int | None:
    """Sin la etapa no se sabe; con la etapa y sin esa situación, ninguno."""
    if etapa is None:
        return None
    return situaciones[clave].municipios if clave in situaciones else 0


def _movimientos(
    antes: CorteLeido, despues: CorteLeido, vieja: EtapaLeida | None, nueva: EtapaLeida | None
) -> Iterator[Movimiento]:
    if vieja is None or nueva is None:
        return
    nombres = {**antes.nombres, **despues.nombres}
    for clave in sorted(nombres):
        hay = despues.situacion_de(clave, nueva)
        motivo = despues.casillas.get((clave, nueva.clave), {}).get("motivo", "")
        yield Movimiento(clave, nombres[clave], antes.situacion_de(clave, vieja), hay, motivo)


def _avance(situacion: SituacionLeida | None) -> str:
    """El municipio que un corte no trae cuenta como «sin información»."""
    return situacion.avance if situacion else Avance.SIN_INFORMACION


def _clave(situacion: SituacionLeida | None) -> str:
    return situacion.clave if situacion else ""
