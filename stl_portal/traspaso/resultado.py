"""Lo que hizo, o haría, una importación: cuántos, cuáles cambian, de qué a qué y cuáles no pueden."""

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

NUEVA, CAMBIA, COMPLETA, RECHAZADA = "nueva", "cambia", "completa", "rechazada"
DICHAS = {NUEVA: "nuevo", CAMBIA: "cambia", RECHAZADA: "con error"}
POR_TANDA = 500


class Suceso(NamedTuple):
    """Lo que pasó con un renglón del archivo. Los que quedan igual solo se cuentan.

    `celdas` es, columna por columna, lo de antes y lo de ahora; en un rechazo, la columna y su razón.
    `antes` son los valores crudos que cambió, por `attname`, y `firma` cómo quedó: con eso se deshace.
    """

    recurso: str
    renglon: int
    que: str
    nombre: Sequence[str] = ()
    pk: Any = None
    celdas: Sequence[Sequence[str]] = ()
    antes: Mapping[str, str | None] = MappingProxyType({})
    firma: str = ""

    @property
    def dicho(self) -> str:
        """«nuevo», «cambia» o «con error»."""
        return DICHAS.get(self.que, self.que)

    @property
    def llamado(self) -> str:
        """El nombre del renglón, en una línea."""
        return " · ".join(parte for parte in self.nombre if parte)


@dataclass
class Cuenta:
    """Cuántos renglones de un recurso."""

    clave: str
    nombre: str
    nuevas: int = 0
    cambian: int = 0
    iguales: int = 0
    rechazadas: int = 0


class Resultado:
    """Se llena renglón por renglón; los sucesos quedan comprimidos, por tandas, y la memoria no crece."""

    def __init__(self) -> None:
        """Vacío."""
        self.cuentas: dict[str, Cuenta] = {}
        self.tandas: list[bytes] = []
        self.cortado_en = ""  # dónde se dejó de revisar, si hubo demasiados errores
        self._por_escribir: list[Suceso] = []
        self._huella = hashlib.sha256()

    def cuenta(self, recurso: Any) -> Cuenta:
        """La del recurso, aunque su archivo venga sin renglones."""
        return self.cuentas.setdefault(recurso.clave, Cuenta(recurso.clave, recurso.nombre))

    def anotar(self, suceso: Suceso) -> None:
        """Agrega uno."""
        self._por_escribir.append(suceso)
        dicho = (suceso.recurso, suceso.renglon, suceso.que, suceso.nombre, suceso.celdas)
        self._huella.update(repr(dicho).encode())
        if len(self._por_escribir) >= POR_TANDA:
            self.cerrar()

    def cerrar(self) -> None:
        """Comprime lo que falte."""
        if self._por_escribir:
            self.tandas.append(comprimir(self._por_escribir))
            self._por_escribir = []

    @property
    def huella(self) -> str:
        """La misma si la importación haría exactamente lo mismo."""
        return hashlib.sha256(self._huella.digest() + json.dumps(self.resumen()).encode()).hexdigest()

    @property
    def rechazadas(self) -> int:
        """Cuántos renglones no pueden entrar: con uno, no entra ninguno."""
        return sum(cuenta.rechazadas for cuenta in self.cuentas.values())

    @property
    def cambia_algo(self) -> bool:
        """Si hay algo que guardar."""
        return any(cuenta.nuevas or cuenta.cambian for cuenta in self.cuentas.values())

    def resumen(self) -> list[dict[str, Any]]:
        """Las cuentas, para guardarlas."""
        return [asdict(cuenta) for cuenta in self.cuentas.values()]


def comprimir(sucesos: list[Suceso]) -> bytes:
    """Una tanda, como se guarda."""
    dicho = json.dumps(sucesos, ensure_ascii=False, separators=(",", ":"), default=dict)
    return zlib.compress(dicho.encode(), 1)


def descomprimir(tanda: bytes) -> Iterator[Suceso]:
    """Los sucesos de una tanda."""
    for fila in json.loads(zlib.decompress(tanda)):
        yield Suceso(*fila)
