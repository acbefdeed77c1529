"""Qué parte de la matriz se mira: por nombre, una sola etapa o los que están en una situación.

Llega por la dirección y así viaja al guardar. Lo que no se mira no se pinta a la vista, pero sigue en la
página: con JavaScript se muestra sin volver a pedirla (js/municipios/filtro.js, la misma regla).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
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
    miran, o «etapa:situación», por sus claves. `aviso` dice lo que se pidió y no puede ser.
    """

    q: str = ""
    etapa: str = ""
    situacion: str = ""
    aviso: str = ""

    @property
    def activo(self) -> bool:
        """Si algo queda fuera."""
        return bool(self.q or self.etapa or self.situacion)

    @property
    def consulta(self) -> str:
        """Como va en la dirección, con «&» delante; vacía si no filtra."""
        pedido = {"q": self.q, "etapa": self.etapa, "situacion": self.situacion}
        elegidos = {nombre: valor for nombre, valor in pedido.items() if valor}
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


class Grupo(NamedTuple):
    """Situaciones que se ofrecen juntas; `etapa` es la clave de la suya, vacía si son de cualquiera."""

    nombre: str
    etapa: str
    opciones: Sequence[tuple[str, str]]


def leer(parametros: Mapping[str, str], etapas: Sequence[Etapa]) -> Filtro:
    """El filtro pedido; lo que no se entiende se ignora, y lo que no puede ser se dice."""
    q = " ".join(parametros.get("q", "").replace("\x00", "").split())[:NOMBRE_MAXIMO]
    de_clave = {e.clave: e for e in etapas}
    etapa = de_clave.get(parametros.get("etapa", ""))
    grupo, dicha = _hallar(parametros.get("situacion", ""), situaciones(etapas))
    if etapa and grupo and grupo.etapa not in ("", etapa.clave):
        frase = f"«{dicha}» es de {grupo.nombre}, no de {etapa}: no se filtró por situación."
        return Filtro(q, etapa.clave, aviso=frase)
    return Filtro(q, etapa.clave if etapa else "", parametros.get("situacion", "") if grupo else "")


def _hallar(situacion: str, grupos: Iterable[Grupo]) -> tuple[Grupo | None, str]:
    """El grupo de una situación pedida y cómo se dice; ninguno si no se ofrece."""
    for grupo in grupos:
        if situacion in dict(grupo.opciones):
            return grupo, dict(grupo.opciones)[situacion]
    return None, ""


def situaciones(etapas: Iterable[Etapa]) -> list[Grupo]:
    """Lo que se ofrece en la lista: los avances y las situaciones de cada etapa."""
    de_etapas = [
        Grupo(e.nombre, e.clave, [(f"{e.clave}:{s.clave}", s.nombre) for s in e.situaciones.all()])
        for e in etapas
    ]
    return [Grupo("En alguna etapa", "", [(a.value, str(a.label)) for a in Avance]), *de_etapas]
