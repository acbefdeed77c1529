"""Leer lo que se pide de un conjunto: qué filtros, con qué valores, y qué filas pasan.

Es lo mismo para las descargas, la página del conjunto y la interfaz de lectura.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice

from django.http import QueryDict

from stl_portal.espanol import citado

from .registro import Catalogo, Conjunto, Fila, Filtro, Primaria, Tipo, Valor

TEXTO_MAXIMO = 200
CABEN = 12  # valores que se nombran al decir cuáles se admiten
ENTERO_MAXIMO = 2**31 - 1  # el mayor que guardan las columnas por las que se filtra
_ENTERO = re.compile(r"[0-9]{1,10}")
_FECHA = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AJENO = re.compile(r"utm_\w+|fbclid|gclid|msclkid")  # lo que las redes agregan a toda liga compartida
SI_NO = {"true": True, "false": False}


class FiltroMalo(Exception):
    """Lo pedido no se entiende: `campo` es el filtro y `frase` lo que se le dice a quien lo pidió.

    `donde` es la página donde se ve qué se puede pedir; vacía si la frase lo dice todo.
    """

    def __init__(self, campo: str, frase: str, donde: str = "") -> None:
        """El mensaje de la excepción es la frase."""
        super().__init__(frase)
        self.campo = campo
        self.frase = frase
        self.donde = donde


@dataclass(frozen=True)
class Seleccion:
    """Las filas de un conjunto que cumplen los `valores` pedidos, ya leídos; sin ninguno, todas."""

    conjunto: Conjunto
    valores: Mapping[str, Valor] = field(default_factory=dict)

    @property
    def por_columna(self) -> bool:
        """Si algo de lo pedido se compara fila por fila y no en la base."""
        return any(f.columna and f.nombre in self.valores for f in self.conjunto.filtros)

    def filas(self) -> Iterator[Fila]:
        """Cada fila, por lotes."""
        return (fila for _, fila in self.por_objeto())

    def por_objeto(self, desde: Primaria | None = None, lote: int = 0) -> Iterator[tuple[Primaria, Fila]]:
        """Cada fila con la clave primaria de su objeto, a partir de `desde` (`Conjunto.por_objeto`)."""
        todas = self.conjunto.por_objeto(self.conjunto.buscar(self.valores), desde, lote)
        if not self.por_columna:
            return todas
        cumple = self.conjunto.criterio(self.valores)
        return ((pk, fila) for pk, fila in todas if cumple(fila))


def leer(conjunto: Conjunto, pedido: QueryDict, ademas: tuple[str, ...] = ()) -> Seleccion:
    """Lo que se pide en la dirección; un valor vacío es como no pedirlo.

    `ademas` son otros nombres que quien llama admite. Lanza `FiltroMalo` ante un nombre desconocido (pedir
    `?anoi=2020` y recibirlo todo engañaría), repetido o con un valor que no se entiende.
    """
    filtros = {f.nombre: f for f in conjunto.filtros}
    valores = {}
    for nombre, dichos in pedido.lists():
        if nombre in ademas or not any(dichos) or _AJENO.fullmatch(nombre):
            continue
        if nombre not in filtros:
            raise FiltroMalo(nombre, _desconocido(nombre, filtros))
        if len(dichos) > 1:
            raise FiltroMalo(nombre, f"«{nombre}» viene más de una vez; se filtra por un solo valor.")
        valores[nombre] = valor(filtros[nombre], dichos[0])
    return Seleccion(conjunto, valores)


def _desconocido(nombre: str, filtros: Mapping[str, Filtro]) -> str:
    hay = f"Se puede filtrar por: {', '.join(filtros)}." if filtros else "Este conjunto no tiene filtros."
    return f"No hay un filtro «{citado(nombre)}». {hay}"


def valor(filtro: Filtro, dicho: str) -> Valor:
    """El valor pedido, del tipo del filtro. Lanza `FiltroMalo`."""
    leido = _LEER.get(filtro.tipo, _texto)(filtro, dicho.strip())
    if filtro.valores and dicho.strip() not in dict(filtro.valores):
        admite = ", ".join(clave for clave, _ in filtro.valores)
        raise FiltroMalo(filtro.nombre, f"«{filtro.nombre}» solo puede ser: {admite}.")
    if filtro.catalogo and not filtro.catalogo.tiene(str(leido)):
        raise _desconocido_en(filtro.catalogo, filtro.nombre, str(leido))
    return leido


def _desconocido_en(catalogo: Catalogo, nombre: str, dicho: str) -> FiltroMalo:
    """Con los que hay, si son pocos; si no, con la página donde se ven."""
    claves = [clave for clave, _ in islice(catalogo.opciones(), CABEN + 1)]
    if not claves:
        return FiltroMalo(nombre, f"«{nombre}» no puede ser «{citado(dicho)}»: todavía no hay ninguno.")
    if len(claves) <= CABEN:
        return FiltroMalo(nombre, f"«{nombre}» solo puede ser: {', '.join(claves)}.", catalogo.donde)
    frase = f"«{nombre}» no puede ser «{citado(dicho)}»: los que hay se ven en {catalogo.donde}"
    return FiltroMalo(nombre, frase, catalogo.donde)


def _texto(filtro: Filtro, dicho: str) -> Valor:
    if "\x00" in dicho or len(dicho) > TEXTO_MAXIMO:
        raise FiltroMalo(filtro.nombre, f"«{filtro.nombre}» es un texto de hasta {TEXTO_MAXIMO} caracteres.")
    return dicho


def _entero(filtro: Filtro, dicho: str) -> Valor:
    minimo, maximo = rango(filtro)
    if not _ENTERO.fullmatch(dicho) or not minimo <= int(dicho) <= maximo:
        ejemplo = "un año de cuatro cifras, como 2026" if es_de_anio(filtro) else "un número entero, como 3"
        raise FiltroMalo(filtro.nombre, f"«{filtro.nombre}» debe ser {ejemplo}.")
    return int(dicho)


def rango(filtro: Filtro) -> tuple[int, int]:
    """Entre qué enteros, inclusive. De un año, los que caben en el calendario de la base.

    El 9999 no: su último día, en la hora de México, ya es el año 10 000 en UTC.
    """
    return (1, 9998) if es_de_anio(filtro) else (0, ENTERO_MAXIMO)


def es_de_anio(filtro: Filtro) -> bool:
    """Si lo que se pide es un año."""
    return filtro.tipo is Tipo.ENTERO and (filtro.nombre == "anio" or "__year" in filtro.busca)


def _fecha(filtro: Filtro, dicho: str) -> Valor:
    try:
        if _FECHA.fullmatch(dicho):
            return dt.date.fromisoformat(dicho)
    except ValueError:
        pass
    raise FiltroMalo(filtro.nombre, f"«{filtro.nombre}» debe ser una fecha AAAA-MM-DD, como 2026-03-31.")


def _numero(filtro: Filtro, dicho: str) -> Valor:
    if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", dicho):
        raise FiltroMalo(filtro.nombre, f"«{filtro.nombre}» debe ser un número, como 42.5.")
    return Decimal(dicho)


def _si_no(filtro: Filtro, dicho: str) -> Valor:
    if dicho not in SI_NO:
        raise FiltroMalo(filtro.nombre, f"«{filtro.nombre}» solo puede ser true o false.")
    return SI_NO[dicho]


_LEER: dict[Tipo, Callable[[Filtro, str], Valor]] = {
    Tipo.ENTERO: _entero,
    Tipo.NUMERO: _numero,
    Tipo.FECHA: _fecha,
    Tipo.SI_NO: _si_no,
}
