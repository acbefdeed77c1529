"""La geometría de las gráficas públicas: de cifras a puntos dentro de una caja, sin dibujar nada.

Las dibuja una plantilla (`ejes/publico/_grafica.html`) y cada una va junto a su tabla. Las bibliotecas
que dibujan SVG (pygal, matplotlib) ponen estilos en línea, y la política de contenido los rechaza.
Las unidades son las de la caja (`ANCHO` × `ALTO`); y crece hacia abajo, como en SVG.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ejes.avance import legible

ANCHO, ALTO = 420, 210
IZQUIERDA, DERECHA, ARRIBA, ABAJO = 46, 16, 24, 30  # lo que ocupan los rótulos
ROTULOS = 4  # a lo ancho caben legibles en un teléfono
GUIAS = 4
LETRA = 17  # alto de una cifra en un teléfono, donde es más grande
Serie = Sequence[Decimal | None]


@dataclass(frozen=True)
class Marca:
    """Una cifra en su lugar."""

    x: float
    y: float
    texto: str


@dataclass(frozen=True)
class Linea:
    """Una serie: su trazo, partido donde no hay cifra, y sus marcas."""

    nombre: str
    forma: int  # 1, 2 o 3: su trazo y su marca
    trazo: str
    marcas: tuple[Marca, ...]


@dataclass(frozen=True)
class Columna:
    """Una cifra como columna, del cero a su valor."""

    x: float
    y: float
    ancho: float
    alto: float
    texto: str

    @property
    def medio(self) -> float:
        """Donde se centra su rótulo."""
        return redondo(self.x + self.ancho / 2)

    @property
    def arriba(self) -> float:
        """Donde se escribe su cifra."""
        return redondo(max(self.y - 4, LETRA))


@dataclass(frozen=True)
class Rotulo:
    """Lo que se lee al pie; `ancla` lo mantiene dentro de la caja."""

    x: float
    texto: str
    ancla: str = "middle"


@dataclass(frozen=True)
class Guia:
    """Una altura con nombre: un renglón de la escala, la línea de base o la meta."""

    y: float
    texto: str


@dataclass(frozen=True)
class Grafica:
    """Todo lo que se dibuja."""

    guias: tuple[Guia, ...]
    rotulos: tuple[Rotulo, ...]
    referencias: tuple[Guia, ...] = ()
    lineas: tuple[Linea, ...] = ()
    columnas: tuple[Columna, ...] = ()
    ancho: int = ANCHO
    alto: int = ALTO

    @property
    def izquierda(self) -> int:
        """Donde empiezan las guías."""
        return IZQUIERDA

    @property
    def derecha(self) -> int:
        """Donde terminan."""
        return ANCHO - DERECHA

    @property
    def orilla(self) -> int:
        """Donde terminan los nombres de las guías."""
        return IZQUIERDA - 6

    @property
    def con_cifras(self) -> bool:
        """Si caben las cifras sobre las columnas."""
        return len(self.columnas) <= 8

    @property
    def piso(self) -> int:
        """Donde van los rótulos del pie."""
        return ALTO - 8


@dataclass(frozen=True)
class Escala:
    """De cifra a altura, con un paso que se lee bien."""

    minimo: float
    maximo: float
    paso: float

    def y(self, valor: Decimal | float) -> float:
        """La altura de una cifra que cabe en la escala."""
        parte = (float(valor) - self.minimo) / (self.maximo - self.minimo)
        return redondo(ALTO - ABAJO - parte * (ALTO - ARRIBA - ABAJO))

    @property
    def guias(self) -> tuple[Guia, ...]:
        """Los renglones de la escala, de abajo arriba."""
        cuantos = round((self.maximo - self.minimo) / self.paso)
        valores = [self.minimo + i * self.paso for i in range(cuantos + 1)]
        return tuple(Guia(self.y(v), _corto(v)) for v in valores)


PORCENTAJES = Escala(0, 100, 25)


def lineas(series: Mapping[str, Serie], rotulos: Sequence[str]) -> Grafica | None:
    """Porcentajes a lo largo del tiempo; None si en ninguna serie hay dos cifras que comparar.

    Cada serie tiene una cifra, o None, por rótulo: lanza `ValueError` si no.
    """
    if not any(_cifras(serie)[1:] for serie in series.values()):
        return None
    equis = _repartidos(len(rotulos))
    trazos = (_linea(nombre, n, series[nombre], equis) for n, nombre in enumerate(series, start=1))
    con_cifras = tuple(linea for linea in trazos if linea.marcas)
    return Grafica(PORCENTAJES.guias, _al_pie(rotulos, equis), lineas=con_cifras)


def columnas(valores: Serie, rotulos: Sequence[str], referencias: Mapping[str, Decimal]) -> Grafica | None:
    """Cantidades por periodo, con su línea de base y su meta; None si no hay ninguna cifra."""
    cifras = _cifras(valores)
    if not cifras:
        return None
    escala = escala_de([*cifras, *referencias.values()])
    paso = (ANCHO - IZQUIERDA - DERECHA) / len(valores)
    equis = [redondo(IZQUIERDA + paso * (i + 0.5)) for i in range(len(valores))]
    pares = zip(equis, valores, strict=True)
    return Grafica(
        escala.guias,
        _al_pie(rotulos, equis, orillas=False),
        tuple(Guia(escala.y(v), nombre) for nombre, v in referencias.items()),
        columnas=tuple(_columna(x, v, paso, escala) for x, v in pares if v is not None),
    )


def chispa(serie: Serie) -> str:
    """El trazo de una línea pequeña, en una caja de 100 × 24; vacío si no hay dos cifras que unir."""
    if len(_cifras(serie)) < 2:
        return ""
    paso = 96 / (len(serie) - 1)
    puntos = [(2 + paso * i, 22 - float(v) / 5) for i, v in enumerate(serie) if v is not None]
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in puntos)


def escala_de(cifras: Sequence[Decimal]) -> Escala:
    """La menor escala de pasos redondos que incluye el cero y todas las cifras."""
    bajo, alto = min(0.0, *map(float, cifras)), max(0.0, *map(float, cifras))
    paso = _paso((alto - bajo) / GUIAS)
    return Escala(math.floor(bajo / paso) * paso, max(math.ceil(alto / paso), 1) * paso, paso)


def _paso(bruto: float) -> float:
    """1, 2 o 5 por una potencia de diez, el primero que no sea menor."""
    if bruto <= 0:
        return 1.0
    potencia: float = 10.0 ** math.floor(math.log10(bruto))
    return next((potencia * n for n in (1, 2, 5) if potencia * n >= bruto), potencia * 10)


def _cifras(serie: Serie) -> list[Decimal]:
    return [valor for valor in serie if valor is not None]


def _repartidos(cuantos: int) -> list[float]:
    """A la misma distancia, de orilla a orilla; uno solo, al centro."""
    util = ANCHO - IZQUIERDA - DERECHA
    if cuantos == 1:
        return [IZQUIERDA + util / 2]
    return [redondo(IZQUIERDA + util * i / (cuantos - 1)) for i in range(cuantos)]


def _linea(nombre: str, forma: int, serie: Serie, equis: Sequence[float]) -> Linea:
    marcas = [
        None if valor is None else Marca(x, PORCENTAJES.y(valor), legible(valor))
        for x, valor in zip(equis, serie, strict=True)
    ]
    return Linea(nombre, forma, _trazo(marcas), tuple(m for m in marcas if m))


def _trazo(marcas: Sequence[Marca | None]) -> str:
    """«M 46 120 L 80 90»; donde falta una cifra se levanta la pluma."""
    pasos, pluma = [], "M"
    for marca in marcas:
        if marca is not None:
            pasos.append(f"{pluma} {marca.x:g} {marca.y:g}")
        pluma = "M" if marca is None else "L"
    return " ".join(pasos)


def _columna(x: float, valor: Decimal, paso: float, escala: Escala) -> Columna:
    ancho = min(paso * 0.6, 56)
    arriba, abajo = sorted((escala.y(valor), escala.y(0)))
    return Columna(
        redondo(x - ancho / 2), arriba, redondo(ancho), redondo(abajo - arriba), _corto(float(valor))
    )


def _al_pie(rotulos: Sequence[str], equis: Sequence[float], *, orillas: bool = True) -> tuple[Rotulo, ...]:
    """Los que caben: el último siempre, y los demás a la misma distancia."""
    salto = math.ceil(len(rotulos) / ROTULOS)
    ultimo = len(rotulos) - 1
    visibles = [i for i in range(len(rotulos)) if (ultimo - i) % salto == 0]
    return tuple(Rotulo(equis[i], rotulos[i], _ancla(i, ultimo) if orillas else "middle") for i in visibles)


def _ancla(i: int, ultimo: int) -> str:
    if ultimo == 0:
        return "middle"
    return {0: "start", ultimo: "end"}.get(i, "middle")


def _corto(valor: float) -> str:
    """«0.5», «1500», «15 mil», «2.5 M»: cabe en la orilla; la cifra exacta está en la tabla."""
    for desde, entre, dicho in ((1e6, 1e6, " M"), (1e4, 1e3, " mil")):
        if abs(valor) >= desde:
            return f"{valor / entre:.4g}{dicho}"
    return f"{valor:.4g}"


def redondo(valor: float) -> float:
    """A un decimal: en pantalla no se distingue más."""
    return round(valor, 1)
