"""Resultado de una votación según la mayoría que pide la regla.

Cuenta votos, no personas: un asiento, un voto. La abstención no suma a favor ni en contra,
pero quien se abstiene sigue en el padrón, que es la base de las mayorías absoluta y calificada.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal, get_args

from stl_portal.espanol import enumerar

Mayoria = Literal["simple", "absoluta", "calificada", "unanimidad"]
Sentido = Literal["a_favor", "en_contra"]

DOS_TERCIOS = Fraction(2, 3)
UNANIMIDAD = "aprobado por unanimidad de votos"  # como se dice en las actas XVIII y XXI


@dataclass(frozen=True)
class Conteo:
    """Votos emitidos. Lanza `ValueError` si alguno es negativo."""

    a_favor: int
    en_contra: int
    abstenciones: int
    no_votaron: int = 0

    def __post_init__(self) -> None:
        if min(self.a_favor, self.en_contra, self.abstenciones, self.no_votaron) < 0:
            raise ValueError("Los votos no pueden ser negativos.")

    @property
    def total(self) -> int:
        """Todos los asientos contados, votaran o no."""
        return self.a_favor + self.en_contra + self.abstenciones + self.no_votaron

    def en_palabras(self) -> str:
        """«5 a favor, 1 en contra y 2 abstenciones», sin lo que es cero."""
        partes = (
            (self.a_favor, "a favor", "a favor"),
            (self.en_contra, "en contra", "en contra"),
            (self.abstenciones, "abstención", "abstenciones"),
            (self.no_votaron, "no votó", "no votaron"),
        )
        return enumerar(f"{n} {uno if n == 1 else varios}" for n, uno, varios in partes if n) or "sin votos"


@dataclass(frozen=True)
class ResultadoVoto:
    """Qué resultó. `requeridos` son los votos a favor que hacían falta."""

    aprobado: bool
    unanimidad: bool
    empate: bool
    frase: str
    requeridos: int


def resolver(
    conteo: Conteo,
    padron: int,
    mayoria: Mayoria = "simple",
    *,
    fraccion: Fraction = DOS_TERCIOS,
    voto_calidad: Sentido | None = None,
) -> ResultadoVoto:
    """Aplica la mayoría al conteo.

    `padron` es cuántos asientos podían votar en ese momento; los que no se contaron se tienen
    por no votados. Hay unanimidad cuando todo el padrón vota a favor. `voto_calidad` desempata
    y equivale a un voto más; `fraccion` solo cuenta en la mayoría calificada.
    Lanza `ValueError`, con una frase para la persona, si el conteo o el desempate no proceden.
    """
    conteo = _completar(conteo, padron)
    necesarios = requeridos(conteo, padron, mayoria, fraccion)
    empate = conteo.a_favor == conteo.en_contra > 0
    _exigir_desempate_valido(empate, mayoria, voto_calidad)
    a_favor = conteo.a_favor + (voto_calidad == "a_favor")
    aprobado = a_favor >= necesarios
    unanimidad = conteo.a_favor == padron
    frase = UNANIMIDAD if unanimidad else _frase(conteo, aprobado, mayoria, voto_calidad)
    return ResultadoVoto(aprobado, unanimidad, empate, frase, necesarios)


def requeridos(conteo: Conteo, padron: int, mayoria: Mayoria, fraccion: Fraction = DOS_TERCIOS) -> int:
    """Votos a favor que hacen falta. Lanza `ValueError` si la mayoría o la fracción no existen."""
    if mayoria == "simple":
        return conteo.en_contra + 1
    if mayoria == "absoluta":
        return padron // 2 + 1
    if mayoria == "calificada":
        if not Fraction(1, 2) < fraccion <= 1:
            raise ValueError("La fracción de la mayoría calificada va de más de la mitad a uno.")
        return ceil(padron * fraccion)
    if mayoria == "unanimidad":
        return padron
    raise ValueError(f"«{mayoria}» no es una mayoría conocida: {enumerar(get_args(Mayoria), 'o')}.")


def _completar(conteo: Conteo, padron: int) -> Conteo:
    """Anota como no votados los que faltan para el padrón; lanza `ValueError` si sobran."""
    if padron < 1:
        raise ValueError("No hay quien pueda votar.")
    if conteo.total > padron:
        raise ValueError(f"Hay {conteo.total} votos y solo {padron} integrantes con derecho a voto.")
    faltan = padron - conteo.total
    return Conteo(conteo.a_favor, conteo.en_contra, conteo.abstenciones, conteo.no_votaron + faltan)


def _exigir_desempate_valido(empate: bool, mayoria: Mayoria, voto: Sentido | None) -> None:
    """El voto de calidad solo desempata, y no forma mayorías calificadas."""
    if voto is None:
        return
    if voto not in get_args(Sentido):
        raise ValueError("El voto de calidad va a favor o en contra.")
    if not empate:
        raise ValueError("El voto de calidad solo procede cuando hay empate.")
    if mayoria in ("calificada", "unanimidad"):
        raise ValueError("El voto de calidad no sustituye a la mayoría calificada ni a la unanimidad.")


def _frase(conteo: Conteo, aprobado: bool, mayoria: Mayoria, calidad: Sentido | None) -> str:
    """Cómo se dice en el acta un resultado que no fue unánime."""
    clase = f"mayoría {mayoria}" if mayoria in ("absoluta", "calificada") else "mayoría"
    resultado = f"aprobado por {clase} de votos" if aprobado else "no aprobado"
    con_calidad = ", con el voto de calidad de la presidencia" if calidad else ""
    return f"{resultado}: {conteo.en_palabras()}{con_calidad}"
