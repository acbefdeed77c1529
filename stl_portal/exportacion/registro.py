"""Lo que va en la copia y ninguna página enlaza: cada aplicación apunta sus direcciones."""

from collections.abc import Callable, Iterable

# Direcciones desde «/», en un orden que no cambia.
SEMILLAS: list[Callable[[], Iterable[str]]] = []
