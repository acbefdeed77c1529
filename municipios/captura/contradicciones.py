"""Dos etapas de un municipio que no pueden ser ciertas a la vez. Se advierte; nunca se impide capturar.

Las etapas son independientes y ninguna exige otra: de su orden no se deduce nada. Solo consta que dos hablan
de lo mismo cuando una es la que cumple la instalación (`Etapa.hecho`) y la otra se cumple con una situación
de igual clave: «Instalado» e «Integrado e instalado». Si solo una lo dice y la otra se sabe, no concuerdan.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from municipios.avance import Sabido
from municipios.estados import Avance, QueHecho
from municipios.models import Etapa


class Par(NamedTuple):
    """Dos etapas y las claves con que ambas dicen lo mismo."""

    una: Etapa
    otra: Etapa
    claves: frozenset[str]


def pares(etapas: Sequence[Etapa]) -> list[Par]:
    """Las que hablan de la instalación; `situaciones` ya traídas."""
    de_la_instalacion = [e for e in etapas if e.hecho == QueHecho.INSTALACION]
    posibles = [(una, otra) for una in de_la_instalacion for otra in etapas if una.pk != otra.pk]
    hallados = [Par(una, otra, _cumplen(una) & _cumplen(otra)) for una, otra in posibles]
    return [par for par in hallados if par.claves]


def _cumplen(etapa: Etapa) -> frozenset[str]:
    """Las claves con que se cumple; «cumplido» a secas no dice qué."""
    claves = (s.clave for s in etapa.situaciones.all() if s.avance == Avance.CUMPLIDO)
    return frozenset(claves) - set(Avance.values)


def contradicen(de_pares: Sequence[Par], valen: Mapping[int, Sabido]) -> dict[int, str]:
    """La frase que lo dice, por cada etapa que se contradice; `valen` es lo que consta de un municipio."""
    frases: dict[int, str] = {}
    for par in de_pares:
        una, otra = valen[par.una.pk], valen[par.otra.pk]
        sabidas = Avance.SIN_INFORMACION not in (una.avance, otra.avance)
        if sabidas and (una.situacion in par.claves) != (otra.situacion in par.claves):
            frase = f"{_dice(par.una, una)} {_dice(par.otra, otra)} Revisa cuál es cierta."
            frases |= {par.una.pk: frase, par.otra.pk: frase}
    return frases


def _dice(etapa: Etapa, sabido: Sabido) -> str:
    nombres = {s.clave: s.nombre for s in etapa.situaciones.all()}
    return f"{etapa} dice «{nombres.get(sabido.situacion, sabido.situacion)}»."
