"""El manifiesto: lo último del paquete, que dice qué lleva, cuánto pesa, su huella y qué era el portal."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from stl_portal.sello.canonico import canonico

from .errores import Danado, NoSePudo
from .paquete import Cosa

NOMBRE = "manifiesto.json"
VERSION = 1
CAMBIO = "cambió «manifiesto.json», que dice cómo era todo lo demás"


@dataclass(frozen=True)
class Contenido:
    """Lo que una tabla tiene: cuántos renglones y una huella de todos ellos."""

    renglones: int
    huella: str


@dataclass(frozen=True)
class Registro:
    """El registro público en ese instante."""

    tamano: int
    raiz: str


@dataclass(frozen=True)
class Manifiesto:
    """Lo que el respaldo lleva.

    `motor` es el de la base; `esquema`, la última migración de cada aplicación; `sin_datos`, las tablas que
    van vacías a propósito; `faltan` y `alterados`, las huellas de los archivos que al respaldar ya no estaban
    o ya no la daban.
    """

    hecho_el: str
    motor: str
    esquema: Mapping[str, str]
    registro: Registro
    tablas: Mapping[str, Contenido]
    sin_datos: Sequence[str]
    cosas: Sequence[Cosa]
    faltan: Sequence[str] = ()
    alterados: Sequence[str] = ()
    version: int = field(default=VERSION)

    def bytes(self) -> bytes:
        """Como se guarda: JSON canónico con su propia huella, que lo cubre entero."""
        dicho = _llano(asdict(self))
        return canonico(dicho | {"huella": _huella(dicho)})

    def diferencias(self, halladas: Sequence[tuple[Cosa, int]]) -> Iterator[str]:
        """Lo que no coincide con lo hallado (cada cosa y el byte donde empieza), con su lugar."""
        esperadas = {cosa.nombre: cosa for cosa in self.cosas}
        for cosa, desde in halladas:
            debida = esperadas.pop(cosa.nombre, None)
            if debida is None:
                yield f"sobra «{cosa.nombre}» (byte {desde})"
            elif debida != cosa:
                yield f"cambió «{cosa.nombre}» (entre los bytes {desde} y {desde + cosa.tamano})"
        for nombre in esperadas:
            yield f"falta «{nombre}»"


def leer(crudo: bytes) -> Manifiesto:
    """El manifiesto escrito así. Lanza `Danado` si cambió y `NoSePudo` si no se conoce su versión."""
    try:
        dicho = json.loads(crudo)
        huella = dicho.pop("huella")
    except (ValueError, AttributeError, KeyError) as error:
        raise Danado(CAMBIO) from error
    if huella != _huella(dicho) or canonico(dicho | {"huella": huella}) != crudo:
        raise Danado(CAMBIO)
    if dicho["version"] != VERSION:
        raise NoSePudo("El respaldo lo hizo una versión posterior del portal: restáuralo con ella.")
    dicho["registro"] = Registro(**dicho["registro"])
    dicho["tablas"] = {nombre: Contenido(**tabla) for nombre, tabla in dicho["tablas"].items()}
    dicho["cosas"] = [Cosa(**cosa) for cosa in dicho["cosas"]]
    return Manifiesto(**dicho)


def _huella(dicho: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonico(dicho)).hexdigest()


def _llano(dicho: dict[str, Any]) -> dict[str, Any]:
    """Con listas, que es lo que se lee de regreso."""
    return {clave: list(valor) if isinstance(valor, tuple) else valor for clave, valor in dicho.items()}
