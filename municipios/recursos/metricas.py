"""Las calificaciones que otros hacen de los municipios, por año y con su fuente."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from municipios import models as m
from stl_portal.traspaso.recurso import Recurso

if TYPE_CHECKING:
    from stl_portal.traspaso.motor import Motor


class Metricas(Recurso):
    """Quién mide y en qué unidad."""

    clave = "metricas"
    nombre = "Métricas"
    descripcion = "Una medición externa: de quién es, en qué unidad y entre qué valores."
    modelo = m.Metrica
    llave = ("organo", "clave")


class Valores(Recurso):
    """Lo que cada municipio obtuvo."""

    clave = "metricas-valores"
    nombre = "Valores de las métricas"
    descripcion = "Lo que un municipio obtuvo un año en una métrica."
    modelo = m.ValorDeMetrica
    llave = ("metrica", "municipio", "anio")

    def preparar(self, motor: "Motor") -> None:
        """Entre qué valores va cada métrica."""
        super().preparar(motor)
        self._metricas = m.Metrica.objects.in_bulk()

    def objetar(self, antes: Mapping[str, Any] | None, ahora: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Uno fuera del rango de su métrica se escribió mal."""
        yield from super().objetar(antes, ahora)
        if frase := self._metricas[ahora["metrica_id"]].fuera_de_rango(ahora["valor"]):
            yield "valor", frase


RECURSOS = (Metricas, Valores)
