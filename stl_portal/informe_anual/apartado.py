"""Lo que lleva un apartado del informe: hechos en palabras, tablas, gráficas y de dónde salen.

Lo arma cada aplicación con sus filas publicadas; al publicarse el informe se vuelve datos y de ahí se lee.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stl_portal.datos.grafica import Grafica, legible
from stl_portal.espanol import fecha_larga

NO_CONSTA = "—"
BREVE = 12  # filas que caben juntas en una página, con holgura


@dataclass(frozen=True)
class Periodo:
    """De qué día a qué día se informa, los dos incluidos."""

    desde: dt.date
    hasta: dt.date

    def __str__(self) -> str:
        """«del 1 de enero al 31 de diciembre de 2026»; con dos años, cada fecha dice el suyo."""
        desde = fecha_larga(self.desde)
        if self.desde.year == self.hasta.year:
            desde = desde.removesuffix(f" de {self.desde.year}")
        return f"del {desde} al {fecha_larga(self.hasta)}"

    @property
    def dias(self) -> tuple[dt.date, dt.date]:
        """Para preguntar por lo que cae dentro: `fecha__range=periodo.dias`."""
        return self.desde, self.hasta


@dataclass(frozen=True)
class Liga:
    """Una celda que lleva a otra página; la dirección, desde «/» si es del portal."""

    texto: str
    url: str


Celda = str | int | Liga | None


@dataclass(frozen=True)
class Escrita:
    """Una celda como se lee en su tabla."""

    texto: str
    url: str
    numero: bool


@dataclass(frozen=True)
class Tabla:
    """Una tabla; la primera celda de cada fila es su encabezado. `None` es lo que no consta."""

    titulo: str
    columnas: tuple[str, ...]
    filas: tuple[tuple[Celda, ...], ...]

    @property
    def de_numeros(self) -> list[bool]:
        """De cada columna, si todo lo que consta en ella son números."""
        return [
            any(isinstance(fila[n], int) for fila in self.filas)
            and all(fila[n] is None or isinstance(fila[n], int) for fila in self.filas)
            for n in range(len(self.columnas))
        ]

    @property
    def breve(self) -> bool:
        """Si conviene que en papel no se parta."""
        return len(self.filas) <= BREVE

    @property
    def encabezados(self) -> list[Escrita]:
        """Los nombres de las columnas, y si llevan números."""
        return [Escrita(c, "", n) for c, n in zip(self.columnas, self.de_numeros, strict=True)]

    @property
    def escritas(self) -> list[list[Escrita]]:
        """Las filas como se leen."""
        numeros = self.de_numeros
        return [[_escrita(c, n) for c, n in zip(fila, numeros, strict=True)] for fila in self.filas]


def _escrita(celda: Celda, numero: bool) -> Escrita:
    if isinstance(celda, Liga):
        return Escrita(celda.texto, celda.url, numero)
    if isinstance(celda, int):
        return Escrita(legible(celda), "", numero)
    return Escrita(celda or NO_CONSTA, "", numero)


@dataclass(frozen=True)
class Dibujo(Grafica):
    """Una gráfica; con `sola` no lleva su tabla al lado, porque la del apartado ya dice lo mismo."""

    sola: bool = False


@dataclass(frozen=True)
class Apartado:
    """Un apartado armado. `hechos` son párrafos escritos por reglas; `notas`, de dónde sale y qué no dice."""

    hechos: tuple[str, ...]
    tablas: tuple[Tabla, ...] = ()
    graficas: tuple[Dibujo, ...] = ()
    notas: tuple[str, ...] = ()


def grafica(
    titulo: str, de_que: str, cuanto: str, pares: Sequence[tuple[str, float]], *, sola: bool = False
) -> tuple[Dibujo, ...]:
    """La gráfica de esas cuentas, o ninguna si no hay al menos dos que comparar."""
    con_algo = [par for par in pares if par[1]]
    return (Dibujo(titulo, (de_que, f"{cuanto}:"), tuple(pares), sola),) if len(con_algo) > 1 else ()


def como_datos(apartado: Apartado) -> dict[str, Any]:
    """El apartado como se sella."""
    return {
        "hechos": list(apartado.hechos),
        "tablas": [
            {"titulo": t.titulo, "columnas": list(t.columnas), "filas": [_en_datos(f) for f in t.filas]}
            for t in apartado.tablas
        ],
        "graficas": [
            {
                "titulo": g.titulo,
                "columnas": list(g.columnas),
                "pares": [[nombre, cuanto] for nombre, cuanto in g.pares],
                "sola": g.sola,
            }
            for g in apartado.graficas
        ],
        "notas": list(apartado.notas),
    }


def _en_datos(fila: Sequence[Celda]) -> list[Any]:
    return [{"texto": c.texto, "url": c.url} if isinstance(c, Liga) else c for c in fila]


def de_datos(datos: Mapping[str, Any]) -> Apartado:
    """El apartado que dicen los datos sellados."""
    return Apartado(
        tuple(datos["hechos"]),
        tuple(
            Tabla(t["titulo"], tuple(t["columnas"]), tuple(_de_datos(f) for f in t["filas"]))
            for t in datos["tablas"]
        ),
        tuple(
            Dibujo(
                g["titulo"],
                (g["columnas"][0], g["columnas"][1]),
                tuple((nombre, cuanto) for nombre, cuanto in g["pares"]),
                g["sola"],
            )
            for g in datos["graficas"]
        ),
        tuple(datos["notas"]),
    )


def _de_datos(fila: Sequence[Any]) -> tuple[Celda, ...]:
    return tuple(Liga(c["texto"], c["url"]) if isinstance(c, dict) else c for c in fila)
