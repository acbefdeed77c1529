"""Qué conjuntos de datos abiertos hay: cada aplicación declara los suyos una sola vez.

De la misma declaración salen el CSV, el JSON, el XLSX, el diccionario, el Table Schema, el catálogo DCAT y
la interfaz `/api/v1/`. Un conjunto solo lee filas publicadas; una prueba de fuga comprueba que ninguna otra
sale.
"""

import datetime as dt
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Any, Literal

from django.db.models import QuerySet

Valor = str | int | Decimal | bool | dt.date | dt.time | dt.datetime | None
Fila = tuple[Valor, ...]  # en el orden de las columnas; nunca un renglón de total
Primaria = int | str  # clave primaria de un objeto: la de un municipio es texto
COMPARA = {"igual": operator.eq, "desde": operator.ge, "hasta": operator.le}
LOTE = 500  # objetos que se traen juntos: la memoria no crece con el conjunto
LOTE_DE_RENGLONES = 2000  # pesan mucho menos que los objetos


class Tipo(Enum):
    """Qué clase de valor lleva una columna: su nombre en Table Schema, su nombre para leerse."""

    TEXTO = ("string", "texto")
    ENTERO = ("integer", "número entero")
    NUMERO = ("number", "número con decimales")
    SI_NO = ("boolean", "sí o no (true, false)")
    FECHA = ("date", "fecha ISO 8601 (AAAA-MM-DD)")
    HORA = ("time", "hora ISO 8601 (HH:MM)")
    INSTANTE = ("datetime", "fecha y hora ISO 8601, con su diferencia con UTC")
    LIGA = ("uri", "dirección web")

    def __init__(self, esquema: str, dicho: str) -> None:
        """`esquema` es el de Table Schema (LIGA es un `string` con formato `uri`)."""
        self.esquema = esquema
        self.dicho = dicho


@dataclass(frozen=True)
class Columna:
    """Una columna: cómo se llama en el archivo (sin acentos), cómo se lee y qué significa.

    `valores` lista los que puede llevar, con lo que cada uno quiere decir; `unidad`, la de un número, que
    nunca va dentro de la celda.
    """

    nombre: str
    tipo: Tipo
    titulo: str
    descripcion: str
    requerida: bool = False
    valores: tuple[tuple[str, str], ...] = ()
    unidad: str = ""
    ejemplo: str = ""


@dataclass(frozen=True)
class Catalogo:
    """Los valores que un filtro admite, cuando son filas que cambian y no una lista fija.

    `tiene` dice si esa clave está entre lo que cualquiera lee; lo que no se publica no está. `opciones` da
    cada clave con su nombre, en el orden en que se ofrecen, y `donde` es la página donde se ven.
    """

    tiene: Callable[[str], bool]
    opciones: Callable[[], Iterable[tuple[str, str]]]
    donde: str


@dataclass(frozen=True)
class Filtro:
    """Por qué se puede filtrar: `busca` es la condición del ORM sobre lo que da `Conjunto.publicado`.

    Donde un objeto da varias filas y la base no sabe cuáles son (un documento sellado), `busca` va vacía y
    `columna` nombra la que se compara en cada fila: `Conjunto.buscar` aplica unas y `criterio`, las otras.
    Pasan las filas en que la celda es igual a lo pedido o, según `es`, va desde o hasta ello; un entero
    contra una fecha es su año. `valores` lista los únicos que se admiten y qué quiere decir cada uno, o los
    da `catalogo`: lo que no está ahí no se entiende, en vez de no dar ninguna fila.
    """

    nombre: str
    tipo: Tipo
    busca: str
    descripcion: str
    columna: str = ""
    es: Literal["igual", "desde", "hasta"] = "igual"
    valores: tuple[tuple[str, str], ...] = ()
    ejemplo: str = ""
    catalogo: Catalogo | None = None

    def pasa(self, celda: Any, pedido: Any) -> bool:
        """Si esa celda cumple lo pedido; la vacía no cumple nada."""
        if celda is None:
            return False
        if isinstance(celda, dt.datetime):
            celda = celda.date()
        if isinstance(celda, dt.date) and isinstance(pedido, int):
            celda = celda.year
        return bool(COMPARA[self.es](celda, pedido))


@dataclass(frozen=True)
class Conjunto:
    """Un conjunto de datos abiertos; `una_fila` dice qué es cada una: «un acuerdo de una sesión concluida».

    `publicado()` da los objetos que cualquiera puede leer, sin orden (se recorren por clave primaria);
    `filas(objetos)` convierte un lote en sus filas, en el mismo orden de los objetos: una, varias o ninguna
    por objeto, y sin consultas por objeto. La primera columna es `id`: estable, legible y única en el
    conjunto; `de_id(id)` acota `publicado()` a los objetos que podrían tenerla (para leer una sola sin
    recorrer todo). Con `campos`, lo que la base da no son objetos sino renglones con esos nombres y `pk`:
    cuesta la mitad, y vale la pena donde son muchos.
    """

    clave: str
    titulo: str
    descripcion: str
    columnas: tuple[Columna, ...]
    publicado: Callable[[], "QuerySet[Any]"]
    filas: Callable[[Sequence[Any]], Iterable[tuple[Any, Fila]]]
    de_id: Callable[["QuerySet[Any]", str], "QuerySet[Any]"]
    genera: str  # qué área genera los datos
    tema: str
    una_fila: str = ""
    campos: tuple[str, ...] = ()
    cada_cuanto: str = "R/P2M"  # ISO 8601, como lo pide DCAT
    filtros: tuple[Filtro, ...] = ()
    palabras: tuple[str, ...] = ()
    # Dos columnas que valen la pena en una gráfica: la que agrupa y, si no se cuentan filas, la que se suma.
    grafica: tuple[str, str] | None = None
    geojson: Callable[[Iterable[Fila]], Mapping[str, Any]] | None = field(default=None, compare=False)

    @property
    def nombres(self) -> tuple[str, ...]:
        """Las columnas, como van en la primera línea del CSV."""
        return tuple(c.nombre for c in self.columnas)

    def todas(self, objetos: "QuerySet[Any] | None" = None) -> Iterator[Fila]:
        """Cada fila publicada, por lotes; `objetos` es `publicado()` ya filtrado, si se quiere menos."""
        return (fila for _, fila in self.por_objeto(objetos))

    def por_objeto(
        self, objetos: "QuerySet[Any] | None" = None, desde: Primaria | None = None, lote: int = 0
    ) -> Iterator[tuple[Primaria, Fila]]:
        """Cada fila con la clave primaria del objeto que la da, a partir de `desde` (inclusive).

        Se avanza por clave primaria y no con OFFSET: la última página cuesta lo mismo que la primera.
        """
        consulta: Any = (self.publicado() if objetos is None else objetos).order_by("pk")
        lote = lote or (LOTE_DE_RENGLONES if self.campos else LOTE)
        if self.campos:
            consulta = consulta.values_list("pk", *self.campos, named=True)
        siguientes = consulta if desde is None else consulta.filter(pk__gte=desde)
        while True:
            tanda = list(siguientes[:lote])
            for objeto, fila in self.filas(tanda):
                yield objeto.pk, fila
            if len(tanda) < lote:
                return
            siguientes = consulta.filter(pk__gt=tanda[-1].pk)

    def buscar(self, pedido: Mapping[str, Valor]) -> "QuerySet[Any]":
        """Los objetos publicados que podrían cumplir lo pedido, por nombre de filtro."""
        condiciones = {f.busca: pedido[f.nombre] for f in self.filtros if f.busca and f.nombre in pedido}
        return self.publicado().filter(**condiciones)

    def criterio(self, pedido: Mapping[str, Valor]) -> Callable[[Fila], bool]:
        """Lo que dice si una fila es de lo pedido, en los filtros que se comparan por columna."""
        nombres = self.nombres  # se arma cada vez que se pide, y las filas son muchas
        por_columna = [
            (f, nombres.index(f.columna), pedido[f.nombre])
            for f in self.filtros
            if f.columna and f.nombre in pedido
        ]
        return lambda fila: all(f.pasa(fila[lugar], valor) for f, lugar, valor in por_columna)


# En el orden en que se muestran. La clave va en la dirección y no cambia: `/datos/<clave>.csv`.
CONJUNTOS: dict[str, Conjunto] = {}


def apuntar_conjunto(conjunto: Conjunto) -> None:
    """Agrega un conjunto; repetirlo no lo duplica."""
    CONJUNTOS[conjunto.clave] = conjunto


@dataclass(frozen=True)
class Suelto:
    """Un archivo abierto que no es una tabla (Popolo): se descarga en `/datos/<nombre>`, con su extensión.

    `trozos()` lo da por partes, ya en UTF-8, para que la memoria no crezca con él.
    """

    nombre: str
    titulo: str
    descripcion: str
    tipo: str  # el de HTTP: «application/json»
    trozos: Callable[[], Iterator[bytes]]
    genera: str
    tema: str


SUELTOS: dict[str, Suelto] = {}


def apuntar_suelto(suelto: Suelto) -> None:
    """Agrega un archivo que no es tabla; repetirlo no lo duplica."""
    SUELTOS[suelto.nombre] = suelto
