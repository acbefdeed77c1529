"""Lo que se mide del portal sin mirar sus peticiones: base, colas, último respaldo y disco."""

import shutil
from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from stl_portal.gestion.registro import RESPALDOS

from . import colas

# Nombre, qué significa, sus etiquetas y, con ellas, cada valor.
Cifra = tuple[str, str, Sequence[str], list[tuple[Sequence[str], float]]]


def cifras() -> Iterator[Cifra]:
    """Todas; sin base, las que no la necesitan."""
    try:
        de_la_base = [*_de_las_colas(), *_de_los_respaldos()]
    except (DatabaseError, InterfaceError):
        de_la_base = []
    yield _una("portal_base_disponible", "1 si la base contesta.", float(bool(de_la_base)))
    yield from de_la_base
    libre = shutil.disk_usage(settings.VAR).free
    yield _una("portal_disco_libre_bytes", "Lo libre donde el portal escribe.", float(libre))


def _una(nombre: str, significado: str, valor: float) -> Cifra:
    return nombre, significado, (), [((), valor)]


def _varias(nombre: str, significado: str, etiqueta: str, valores: Iterable[tuple[str, float]]) -> Cifra:
    return nombre, significado, (etiqueta,), [((cual,), float(valor)) for cual, valor in valores]


def _de_las_colas() -> Iterator[Cifra]:
    todas, dicho = colas.todas(), "Segundos que lleva esperando lo más viejo."
    esperan = ((c.nombre, c.esperan) for c in todas)
    yield _varias("portal_cola_esperan", "Lo que ya podría hacerse.", "cola", esperan)
    yield _varias("portal_cola_rezago_segundos", dicho, "cola", ((c.nombre, c.rezago) for c in todas))
    yield _varias(
        "portal_cola_fallidos", "Lo que no se pudo.", "cola", ((c.nombre, c.fallidos) for c in todas)
    )


def _de_los_respaldos() -> Iterator[Cifra]:
    """El último bueno de cada clase; del que nunca se ha hecho, solo lo que urge."""
    ultimos = [ultimo for preguntar in RESPALDOS if (ultimo := preguntar())]
    if ultimos:
        hechos = ((u.que, u.hecho_el.timestamp()) for u in ultimos if u.hecho_el)
        yield _varias("portal_respaldo_ultimo_segundos", "Cuándo terminó el último bueno.", "que", hechos)
        urgen = ((u.que, len(u.avisos)) for u in ultimos)
        yield _varias("portal_respaldo_urge", "Cuántas cosas urgen de él; 0, va al día.", "que", urgen)
