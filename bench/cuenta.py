"""Lo que pasó en un ensayo: respuestas por clase y código, cuánto tardaron y qué falló."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import quantiles

from bench.navegante import Respuesta


@dataclass
class Cuenta:
    """De todas las personas a la vez; solo la tocan ellas, en un mismo hilo."""

    codigos: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    segundos: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errores: Counter[str] = field(default_factory=Counter)

    def anotar(
        self, clase: str, ruta: str, respuesta: Respuesta, *, admite: tuple[int, ...] = (200, 304)
    ) -> bool:
        """Si fue como debía."""
        self.codigos[clase][respuesta.codigo] += 1
        self.segundos[clase].append(respuesta.segundos)
        if respuesta.codigo in admite:
            return True
        self.fallo(f"{respuesta.codigo} en {ruta}")
        return False

    def fallo(self, que: str) -> None:
        """Algo que no debió pasar."""
        self.errores[que] += 1

    def percentiles(self, clases: Iterable[str] | None = None) -> tuple[float, float, float]:
        """p50, p95 y p99 de esas clases (o de todas), en milisegundos."""
        elegidas = self.segundos if clases is None else clases
        tiempos = [1000 * s for clase in elegidas for s in self.segundos[clase]]
        if len(tiempos) < 2:
            return (0.0, 0.0, 0.0)
        cortes = quantiles(tiempos, n=100)
        return cortes[49], cortes[94], cortes[98]

    def renglones(self) -> list[str]:
        """Un renglón por clase y, si los hubo, uno por error."""
        lista = []
        for clase in sorted(self.codigos):
            p50, p95, p99 = self.percentiles([clase])
            codigos = ", ".join(f"{n} de {c}" for c, n in sorted(self.codigos[clase].items()))
            lista.append(f"  {clase:12} p50 {p50:6.0f}  p95 {p95:6.0f}  p99 {p99:6.0f} ms   {codigos}")
        return lista + [f"  ✗ {veces} veces: {que}" for que, veces in self.errores.most_common(20)]
