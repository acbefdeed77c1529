"""Lo que alguien se lleva para comprobar por su cuenta que un eslabón consta en el registro."""

from dataclasses import dataclass
from typing import Any

from . import merkle, puntos
from .models import Eslabon, PuntoDeControl


@dataclass(frozen=True)
class Prueba:
    """Un eslabón y, si ya hay punto de control que lo cubra, el más reciente y el camino hasta su raíz.

    `camino` son pares (lado, huella hermana en hexadecimal), de la hoja a la raíz.
    """

    eslabon: Eslabon
    punto: PuntoDeControl | None
    camino: tuple[tuple[str, str], ...]

    @classmethod
    def de(cls, eslabon: Eslabon) -> "Prueba":
        """La del eslabón contra el último punto de control."""
        punto = PuntoDeControl.objects.filter(tamano__gte=eslabon.n).last()
        if punto is None:
            return cls(eslabon, None, ())
        hermanas = merkle.prueba_de_inclusion(puntos.hashes(punto.tamano), eslabon.n - 1)
        lados = merkle.lados(eslabon.n - 1, punto.tamano)
        return cls(eslabon, punto, tuple((lado, h.hex()) for lado, h in zip(lados, hermanas, strict=True)))

    def como_json(self) -> dict[str, Any]:
        """Para programas; `contenido` va tal cual, como texto, porque de sus bytes sale la huella."""
        eslabon, punto = self.eslabon, self.punto
        return {
            "n": eslabon.n,
            "prev": eslabon.prev,
            "contenido": eslabon.payload,
            "contenido_sha256": eslabon.payload_sha256,
            "hash": eslabon.hash,
            "tamano": punto.tamano if punto else None,
            "inclusion": [huella for _, huella in self.camino],
            "punto_de_control": punto.texto if punto else None,
        }

    def como_texto(self) -> str:
        """Para seguirla a mano, un dato por renglón."""
        renglones = [("n", str(self.eslabon.n)), ("prev", self.eslabon.prev), *self.camino]
        return "".join(f"{nombre} {valor}\n" for nombre, valor in renglones)
