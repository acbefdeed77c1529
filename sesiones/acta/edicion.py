"""El acta como la verá quien la lea: lo redactado con los datos y, encima, lo editado a mano.

Una edición nunca se pierde: si los datos cambian, el párrafo lo dice y muestra ambos textos; si la
fila de donde salía ya no existe, la edición queda aparte hasta que una persona decida.
"""

from dataclasses import dataclass, replace
from typing import Any

from sesiones.acta.bloques import Bloque
from sesiones.acta.estilos import redactar
from sesiones.acta.hechos import hechos_de
from sesiones.acta.piezas import Hechos
from sesiones.models import Acta, ParrafoEditado, Sesion


@dataclass(frozen=True)
class Parrafo:
    """Un bloque del acta: `bloque` es el que se lee; `generado`, el que dan los datos ahora."""

    bloque: Bloque
    generado: str
    edicion: ParrafoEditado | None = None

    @property
    def editado(self) -> bool:
        """Una persona lo reescribió."""
        return self.edicion is not None

    @property
    def cambiaron_los_datos(self) -> bool:
        """Los datos ya no dicen lo que decían cuando se editó."""
        return self.edicion is not None and self.edicion.base != self.generado

    @property
    def version(self) -> int:
        """La que hay que enviar al guardar; 0 si nadie lo ha editado."""
        return self.edicion.version if self.edicion else 0


@dataclass(frozen=True)
class Borrador:
    """El acta completa, con sus hechos y las ediciones cuyo dato ya no existe."""

    sesion: Sesion
    estilo: str
    hechos: Hechos
    parrafos: tuple[Parrafo, ...]
    huerfanas: tuple[ParrafoEditado, ...]

    @property
    def bloques(self) -> list[Bloque]:
        """Los bloques tal como se leen."""
        return [p.bloque for p in self.parrafos]

    @property
    def desfasados(self) -> list[Parrafo]:
        """Párrafos editados a mano cuyos datos cambiaron después."""
        return [p for p in self.parrafos if p.cambiaron_los_datos]

    def parrafo(self, clave: str) -> Parrafo | None:
        """El párrafo editable con esa clave."""
        return next((p for p in self.parrafos if p.bloque.clave == clave and p.bloque.editable), None)


def borrador(sesion: Sesion, estilo: str = "") -> Borrador:
    """El acta como está en este momento, en el estilo de la sesión o en otro."""
    hechos = hechos_de(sesion)
    acta = Acta.objects.filter(sesion=sesion).last()
    filas = ParrafoEditado.objects.filter(acta=acta).select_related("editado_por").order_by("pk")
    ediciones = {fila.clave: fila for fila in filas}
    estilo = estilo or sesion.estilo
    parrafos = tuple(
        _con_edicion(bloque, ediciones.pop(bloque.clave, None) if bloque.editable else None)
        for bloque in redactar(hechos, estilo)
    )
    return Borrador(sesion, estilo, hechos, parrafos, tuple(ediciones.values()))


def _con_edicion(bloque: Bloque, edicion: ParrafoEditado | None) -> Parrafo:
    """El bloque con el texto de la persona, si lo hay."""
    if edicion is None:
        return Parrafo(bloque, bloque.texto)
    return Parrafo(replace(bloque, texto=edicion.texto), bloque.texto, edicion)


def editar(
    sesion: Sesion, clave: str, *, texto: str, base: str, version: int, por: Any
) -> ParrafoEditado | None:
    """Guarda el texto de una persona; si es igual al de los datos, deshace la edición.

    `base` es el texto generado que esa persona tenía a la vista. Lanza `VersionRancia`.
    """
    acta = Acta.de(sesion)
    if texto == base:
        ParrafoEditado.restaurar(acta, clave, version=version)
        return None
    return ParrafoEditado.escribir(acta, clave, texto=texto, base=base, version=version, por=por)


def restaurar(sesion: Sesion, clave: str, *, version: int) -> None:
    """Devuelve el párrafo a lo que dicen los datos. Lanza `VersionRancia`."""
    acta = Acta.de(sesion)
    ParrafoEditado.restaurar(acta, clave, version=version)
