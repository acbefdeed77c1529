"""A quién se refiere un nombre escrito: la persona o la institución registrada, o las que se le parecen.

Solo se reconoce sin preguntar lo que está escrito igual (sin contar acentos ni mayúsculas) que un nombre
o un alias de una sola. Lo parecido se ofrece; nada se crea.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from sesiones.models import AliasPersona, Institucion, Persona

from .lectura.letras import clave
from .models import AliasInstitucion

OFRECIDAS = 8
PARECIDO = 0.55


@dataclass(frozen=True)
class Conocidas:
    """Nombres por id, y las formas en que cada una se ha escrito."""

    nombres: dict[int, str]
    formas: dict[str, frozenset[int]]

    def exacta(self, escrito: str) -> int | None:
        """La única que se escribe así; None si ninguna o más de una."""
        iguales = self.formas.get(clave(escrito), frozenset())
        return next(iter(iguales)) if len(iguales) == 1 else None

    def parecidas(self, escrito: str) -> list[tuple[int, str]]:
        """Las que más se parecen, la mejor primero; también las que se escriben igual."""
        suya = clave(escrito)
        palabras = set(suya.split())
        puntos: dict[int, float] = {}
        for forma, cuales in self.formas.items():
            if not palabras & set(forma.split()) and forma[:4] != suya[:4]:
                continue
            parecido = SequenceMatcher(None, suya, forma, autojunk=False).ratio()
            for cual in cuales:
                puntos[cual] = max(puntos.get(cual, 0), parecido)
        mejores = sorted((-p, self.nombres[n], n) for n, p in puntos.items() if p >= PARECIDO)
        return [(n, nombre) for _, nombre, n in mejores[:OFRECIDAS]]


def personas() -> Conocidas:
    """Todas las registradas, con sus alias, en dos consultas."""
    return _conocidas(
        Persona.objects.values_list("pk", "nombre"),
        AliasPersona.objects.values_list("persona", "texto"),
    )


def instituciones() -> Conocidas:
    """Todas las registradas, con sus siglas y sus alias, en dos consultas."""
    filas = list(Institucion.objects.values_list("pk", "nombre", "siglas"))
    siglas = [(pk, siglas) for pk, _, siglas in filas if siglas]
    alias = [*siglas, *AliasInstitucion.objects.values_list("institucion", "texto")]
    return _conocidas([(pk, nombre) for pk, nombre, _ in filas], alias)


def _conocidas(nombres: Iterable[tuple[int, str]], alias: Iterable[tuple[int, str]]) -> Conocidas:
    por_id = dict(nombres)
    formas: dict[str, set[int]] = defaultdict(set)
    for cual, forma in [*por_id.items(), *alias]:
        formas[clave(forma)].add(cual)
    return Conocidas(por_id, {forma: frozenset(cuales) for forma, cuales in formas.items() if forma})
