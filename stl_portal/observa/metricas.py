"""Todas las cifras en el formato de Prometheus: las que sumó cada proceso y las que se calculan ahora."""

from collections.abc import Iterator
from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from . import estado

TIPO = CONTENT_TYPE_LATEST


def escritas(carpeta: Path) -> bytes:
    """Las de todos los procesos y las que se cuentan en la base, para Prometheus."""
    registro = CollectorRegistry()
    if carpeta.is_dir():
        MultiProcessCollector(registro, path=str(carpeta))  # type: ignore[no-untyped-call]
    registro.register(_Calculadas())
    return generate_latest(registro)


class _Calculadas(Collector):
    """Lo que está en la base o en el disco y no depende de qué proceso contesta."""

    def collect(self) -> Iterator[Metric]:
        """Cada cifra con lo que significa."""
        for nombre, significado, etiquetas, valores in estado.cifras():
            familia = GaugeMetricFamily(nombre, significado, labels=etiquetas)
            for cuales, valor in valores:
                familia.add_metric(cuales, valor)
            yield familia
