"""La memoria de un proceso para páginas ya compuestas: acotada en bytes, y olvida primero lo menos pedido."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, Protocol, TypeVar


class ConTamano(Protocol):
    """Algo que dice cuántos bytes ocupa."""

    @property
    def tamano(self) -> int:
        """Bytes."""


T = TypeVar("T", bound=ConTamano)


class Memoria(Generic[T]):
    """Guarda hasta `tope` bytes; una sola cosa no puede ocupar más de una octava parte."""

    def __init__(self, tope: int) -> None:
        """Vacía."""
        self.tope = tope
        self.ocupado = 0
        self._filas: OrderedDict[str, T] = OrderedDict()
        self._candado = Lock()

    def __len__(self) -> int:
        return len(self._filas)

    def buscar(self, clave: str) -> T | None:
        """Lo guardado con esa clave, que pasa a ser lo último en olvidarse."""
        with self._candado:
            fila = self._filas.get(clave)
            if fila is not None:
                self._filas.move_to_end(clave)
            return fila

    def guardar(self, clave: str, fila: T) -> None:
        """Lo recuerda, si cabe, y olvida lo menos pedido hasta volver al tope."""
        with self._candado:
            self._quitar(clave)
            if fila.tamano * 8 > self.tope:
                return
            self._filas[clave] = fila
            self.ocupado += fila.tamano
            while self.ocupado > self.tope:
                self._quitar(next(iter(self._filas)))

    def vaciar(self) -> None:
        """Olvida todo."""
        with self._candado:
            self._filas.clear()
            self.ocupado = 0

    def _quitar(self, clave: str) -> None:
        fila = self._filas.pop(clave, None)
        if fila is not None:
            self.ocupado -= fila.tamano
