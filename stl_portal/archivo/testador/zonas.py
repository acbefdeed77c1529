"""Los rectángulos que se tapan: dónde caen en una imagen y cómo se pintan sobre ella."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor

from PIL import Image, ImageDraw, ImageFont

NEGRO, BLANCO = (0, 0, 0), (255, 255, 255)
LETRA_MENOR, LETRA_MAYOR = 9, 32  # píxeles


@dataclass(frozen=True)
class Zona:
    """Un rectángulo de una página, de 0 a 1 desde su esquina superior izquierda tal como se ve."""

    numero: int
    pagina: int  # desde 1
    x: float
    y: float
    ancho: float
    alto: float

    @property
    def etiqueta(self) -> str:
        """Lo que lee en su lugar quien no ve la página."""
        return f"[testado {self.numero}]"

    def en(self, ancho: float, alto: float) -> tuple[float, float, float, float]:
        """Izquierda, arriba, derecha y abajo en una página de ese tamaño."""
        return (
            self.x * ancho,
            self.y * alto,
            (self.x + self.ancho) * ancho,
            (self.y + self.alto) * alto,
        )

    def en_pixeles(self, ancho: int, alto: int) -> tuple[int, int, int, int]:
        """Como `en`, hacia afuera: un píxel tocado es un píxel tapado, y siempre se tapa alguno."""
        x0, y0, x1, y1 = self.en(ancho, alto)
        izquierda, arriba = min(max(0, floor(x0)), ancho - 1), min(max(0, floor(y0)), alto - 1)
        derecha, abajo = min(ancho, ceil(x1)), min(alto, ceil(y1))
        return izquierda, arriba, max(izquierda + 1, derecha), max(arriba + 1, abajo)


def tapar(imagen: Image.Image, zonas: Iterable[Zona]) -> None:
    """Pinta cada zona de negro, con su número en blanco si cabe. Cambia la imagen recibida (RGB)."""
    pincel = ImageDraw.Draw(imagen)
    for zona in zonas:
        izquierda, arriba, derecha, abajo = zona.en_pixeles(*imagen.size)
        pincel.rectangle((izquierda, arriba, derecha - 1, abajo - 1), fill=NEGRO)
        _numerar(pincel, zona, (izquierda, arriba, derecha, abajo))


def _numerar(pincel: ImageDraw.ImageDraw, zona: Zona, caja: tuple[int, int, int, int]) -> None:
    izquierda, arriba, derecha, abajo = caja
    letra = ImageFont.load_default(min(LETRA_MAYOR, max(LETRA_MENOR, int((abajo - arriba) * 0.6))))
    x0, y0, x1, y1 = pincel.textbbox((0, 0), str(zona.numero), font=letra)
    ancho, alto = x1 - x0, y1 - y0
    if ancho + 4 > derecha - izquierda or alto + 2 > abajo - arriba:
        return
    lugar = ((izquierda + derecha - ancho) / 2 - x0, (arriba + abajo - alto) / 2 - y0)
    pincel.text(lugar, str(zona.numero), font=letra, fill=BLANCO)
