"""Las listas públicas que filtran por palabras: con el índice del buscador y su misma regla.

Así encuentran lo mismo que `/buscar/` y no recorren todo lo publicado.
"""

from django.db.models import Q
from django.db.models.expressions import RawSQL

from stl_portal.buscador import reindexar
from stl_portal.buscador.coincidencias import Filtros, cuantas, objetos, todos_los_objetos
from stl_portal.buscador.consulta import leer


def que_dicen(texto: str, clase: str) -> Q:
    """Condición: las filas de esa clase de lugar («sesion», «acuerdo») que dicen todas las palabras.

    Un texto vacío no filtra; uno de puros signos no encuentra nada.
    """
    consulta = leer(texto)
    if not consulta:
        return Q(pk__in=()) if consulta.escrito else Q()
    reindexar.al_dia()
    orden, valores = todos_los_objetos(consulta, clase)
    return Q(pk__in=RawSQL(orden, valores))  # noqa: S611 -- solo nombres del modelo; lo buscado va como valor


class Hallados:
    """Las claves primarias de lo que dice todas las palabras, para paginarlas: solo se leen las de la página.

    En el orden del buscador: lo real antes que lo ficticio y, de ello, lo más reciente.
    """

    def __init__(self, texto: str, filtros: Filtros) -> None:
        """`filtros` dice la clase de lugar y, si se quiere, su órgano y su año."""
        reindexar.al_dia()
        self.consulta = leer(texto)
        self.filtros = filtros

    def __len__(self) -> int:
        """Cuántas son, sin traerlas."""
        return cuantas(self.consulta, self.filtros) if self.consulta else 0

    def __getitem__(self, cuales: slice) -> list[int]:
        """Las de una página."""
        return objetos(self.consulta, self.filtros, cuales.stop)[cuales] if self.consulta else []
