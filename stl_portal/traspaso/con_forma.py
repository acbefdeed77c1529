"""Lo que trae datos con estructura: una página que los lee no debe encontrarse otra cosa."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from .recurso import Recurso

OTRA_FORMA = "No tiene la forma de este dato; se deja como salió al exportar."
# Si el valor tiene la forma debida, visto el renglón entero; un error al mirarlo es que no.
Forma = Callable[[Any, Mapping[str, Any]], bool]


class ConForma(Recurso):
    """Base de lo que trae datos con estructura."""

    formas: ClassVar[Mapping[str, Forma]] = {}

    def objetar(self, antes: Mapping[str, Any] | None, ahora: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Cada dato con estructura, con la suya."""
        yield from super().objetar(antes, ahora)
        for campo, debida in self.formas.items():
            if not _la_tiene(debida, ahora[campo], ahora):
                yield campo, OTRA_FORMA


def _la_tiene(debida: Forma, valor: Any, ahora: Mapping[str, Any]) -> bool:
    try:
        return debida(valor, ahora)
    except (AttributeError, LookupError, TypeError, ValueError):
        return False


def lista_de(**campos: type) -> Forma:
    """Una lista de objetos con esos campos, cada uno de su tipo."""
    return lambda valor, _: isinstance(valor, list) and all(objeto(uno, campos) for uno in valor)


def objeto(valor: Any, campos: Mapping[str, type]) -> bool:
    """Si es un objeto que tiene al menos esos campos, cada uno de su tipo."""
    return isinstance(valor, dict) and all(isinstance(valor[c], tipo) for c, tipo in campos.items())
