"""Cuánto tarda una búsqueda con cien veces lo publicado, contra lo que se promete: 50 ms de mediana.

Los lugares se hacen con los de la demostración, repetidos en otros órganos y otros años, y se meten por
lotes: publicar cuatro mil actas tardaría días. Cada uno lleva además palabras propias, para que también
haya raras.
"""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from bench.medida import Medida, segundos

LUGARES = 250_000  # 4 000 actas de treinta párrafos, sus acuerdos y 100 000 evidencias
ORGANOS = 100
ANIOS = range(2015, 2025)
LOTE = 5_000
PROMETIDO = 0.05
VECES = 9
# Lo que está en casi todo, lo que está en poco, frases, palabras a medias, filtros y lo que no está.
BUSQUEDAS: Sequence[tuple[str, dict[str, str | int]]] = (
    ("sesión", {}),
    ("acuerdos", {}),
    ("transparencia", {}),
    ("sesión ordinaria quórum", {}),
    ('"orden del día"', {}),
    ("municip", {}),
    ("propia77777", {}),
    ("sesión propia123", {}),
    ("acuerdos", {"clase": "acuerdo"}),
    ("sesión", {"clase": "municipio"}),
    ("sesión", {"organo": "ensayo-7"}),
    ("sesión", {"anio": 2017}),
    ("datos abiertos", {"organo": "ensayo-7", "anio": 2020}),
    ("no está en ningún lado", {}),
)


def medir() -> dict[str, Medida]:
    """La mediana de las búsquedas y la más lenta, y la página completa."""
    from django.test import Client
    from django.test.utils import setup_test_environment

    setup_test_environment()
    llenar()
    tiempos = {f"{q} {filtros or ''}".strip(): _mediana(q, filtros) for q, filtros in BUSQUEDAS}
    lenta = max(tiempos, key=lambda cual: tiempos[cual])
    nota = f"la más lenta, {lenta}: {tiempos[lenta] * 1000:.0f} ms"
    client = Client()
    pagina = median(segundos(lambda: client.get("/buscar/?q=acuerdos")) for _ in range(VECES))
    que, contra = f"buscar entre {LUGARES} lugares", "50 ms"
    return {
        "p50": Medida(que, contra, median(tiempos.values()) / PROMETIDO, 1, nota=nota),
        "la_mas_lenta": Medida(que, contra, tiempos[lenta] / PROMETIDO, 1, nota=lenta),
        "pagina": Medida("la página de resultados", contra, pagina / PROMETIDO, 2),
    }


def _mediana(q: str, filtros: dict[str, str | int]) -> float:
    from stl_portal.buscador.buscar import buscar
    from stl_portal.buscador.coincidencias import Filtros
    from stl_portal.buscador.consulta import leer

    elegidos = Filtros(**filtros)  # type: ignore[arg-type]  # cada uno con su tipo
    buscar(leer(q), elegidos)
    return median(segundos(lambda: buscar(leer(q), elegidos)) for _ in range(VECES))


def llenar() -> None:
    """Mete los lugares sin el índice y lo pone después: así tarda un minuto y no una hora."""
    from django.db import connection

    from stl_portal.buscador import indice
    from stl_portal.buscador.models import Hallable

    modelos = list(Hallable.objects.all())
    with connection.cursor() as cursor:
        for orden in _sin_indice(connection.vendor):
            cursor.execute(orden)
    lote: list[Hallable] = []
    for fila in _lugares(modelos, random.Random(7)):
        lote.append(fila)
        if len(lote) == LOTE:
            Hallable.objects.bulk_create(lote)
            lote.clear()
    Hallable.objects.bulk_create(lote)
    indice.al_migrar()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # en producción lo hace solo el vaciado automático


def _sin_indice(motor: str) -> Iterator[str]:
    from stl_portal.buscador.indice import DE_SQLITE, TABLA, TEXTO

    if motor == "postgresql":
        yield f'DROP INDEX IF EXISTS "{TEXTO}"'
        yield f'ALTER TABLE "{TABLA}" DROP COLUMN IF EXISTS vector'
        return
    yield from (f'DROP TRIGGER "{nombre}"' for nombre in DE_SQLITE if nombre != TEXTO)
    yield f'DROP TABLE "{TEXTO}"'


def _lugares(modelos: Sequence[Any], azar: random.Random) -> Iterator[Any]:
    """Cada lugar de la demostración, en otro órgano y otro día, con dos palabras propias."""
    from copy import copy

    from stl_portal.buscador.numero import numero

    for n in range(LUGARES):
        fila = copy(modelos[n % len(modelos)])
        propias = f"propia{azar.randrange(LUGARES)} propia{azar.randrange(1000)}"
        fila.clave, fila.grupo = f"{fila.clave}~{n}", f"{fila.grupo}~{n % 4000}"
        fila.organo, fila.ficticio = f"ensayo-{azar.randrange(ORGANOS)}", False
        fila.fecha = dt.date(azar.choice(ANIOS), azar.randrange(1, 13), azar.randrange(1, 28))
        fila.numero = numero(fila.clave, fila.fecha, ficticio=False)
        fila.raices_texto = f"{fila.raices_texto} {propias}"
        yield fila
