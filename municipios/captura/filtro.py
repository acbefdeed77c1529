"""Qué parte de la matriz se mira: por nombre, una sola etapa o los que están en una situación.

Llega por la dirección y así viaja al guardar. Lo que no se mira no se pinta a la vista, pero sigue en la
página: con JavaScript se muestra sin volver a pedirla (js/municipios/filtro.js, la misma regla).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from municipios.cuadro import Casilla
from municipios.estados import Avance
from municipios.models import Etapa, Municipio
from sesiones.busqueda import dicen, patrones

NOMBRE_MAXIMO = 100


@dataclass(frozen=True)
class Filtro:
    """Lo elegido; vacío no filtra.

    `etapa` es su clave. `situacion` es un avance («sin_informacion»), que se busca en las etapas que se
    miran, o «etapa:situación», por sus claves.
    """

    q: str = ""
    etapa: str = ""
    situacion: str = ""

    @property
    def activo(self) -> bool:
        """Si algo queda fuera."""
        return bool(self.q or self.etapa or self.situacion)

    @property
    def consulta(self) -> str:
        """Como va en la dirección, con «&» delante; vacía si no filtra."""
        elegidos = {nombre: valor for nombre, valor in vars(self).items() if valor}
        return f"&{urlencode(elegidos)}" if elegidos else ""

    def etapa_a_la_vista(self, etapa: Etapa) -> bool:
        """Si su columna se muestra."""
        return self.etapa in ("", etapa.clave)

    def a_la_vista(self, municipio: Municipio, casillas: Iterable[Casilla]) -> bool:
        """Si su renglón se muestra."""
        nombrado = dicen(f"{municipio.nombre}\n{municipio.clave}", patrones(self.q))
        return nombrado and (not self.situacion or any(map(self._esta, casillas)))

    def _esta(self, casilla: Casilla) -> bool:
        etapa, _, situacion = self.situacion.rpartition(":")
        if etapa:
            return (casilla.etapa.clave, casilla.vale.situacion) == (etapa, situacion)
        return casilla.vale.avance == situacion and self.etapa_a_la_vista(casilla.etapa)


def leer(parametros: Mapping[str, str], etapas: Sequence[Etapa]) -> Filtro:
    """El filtro pedido; lo que no se entiende se ignora."""
    posibles = {valor for _, opciones in situaciones(etapas) for valor, _ in opciones}
    etapa, situacion = parametros.get("etapa", ""), parametros.get("situacion", "")
    return Filtro(
        " ".join(parametros.get("q", "").replace("\x00", "").split())[:NOMBRE_MAXIMO],
        etapa if etapa in {e.clave for e in etapas} else "",
        situacion if situacion in posibles else "",
    )


def situaciones(etapas: Iterable[Etapa]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Lo que se ofrece en la lista, por grupo: los avances y las situaciones de cada etapa."""
    de_etapas = [
        (e.nombre, [(f"{e.clave}:{s.clave}", s.nombre) for s in e.situaciones.all()]) for e in etapas
    ]
    return [("En alguna etapa", [(a.value, a.label) for a in Avance]), *de_etapas]
