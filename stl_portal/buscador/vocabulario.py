"""Las palabras que se leen en lo publicado: de ellas sale qué se quiso escribir (`erratas.py`).

Se agregan después de publicar y solo se limpian con `manage.py reindexar`: alguna puede ya no leerse.
"""

from collections.abc import Iterable
from functools import partial

from django.db import transaction

from stl_portal.buscador import raices
from stl_portal.buscador.models import Hallable, Vocablo

LETRAS = 4  # de las más cortas casi cualquiera se parece
LOTE = 1000


def anotar(lugares: Iterable[Hallable]) -> None:
    """Agrega sus palabras al confirmarse la transacción: publicar no espera ni depende de esto."""
    nuevas = {palabra for lugar in lugares for palabra in _palabras(lugar)}
    if nuevas:
        transaction.on_commit(partial(_agregar, nuevas), robust=True)


def rehacer() -> None:
    """Deja solo las que hoy se leen."""
    hoy = {palabra for lugar in Hallable.objects.iterator(LOTE) for palabra in _palabras(lugar)}
    sobran = set(Vocablo.objects.values_list("palabra", flat=True)) - hoy
    for lote in _lotes(sorted(sobran)):
        Vocablo.objects.filter(palabra__in=lote).delete()
    _agregar(hoy)


def _agregar(nuevas: set[str]) -> None:
    """En orden: así dos que agregan a la vez no se esperan en círculo."""
    for lote in _lotes(sorted(nuevas)):
        Vocablo.objects.bulk_create([Vocablo(palabra=palabra) for palabra in lote], ignore_conflicts=True)


def _lotes(palabras: list[str]) -> Iterable[list[str]]:
    return (palabras[n : n + LOTE] for n in range(0, len(palabras), LOTE))


def _palabras(lugar: Hallable) -> Iterable[str]:
    dichas = raices.palabras(f"{lugar.titulo} {lugar.texto} {lugar.de_donde}")
    return (palabra for palabra in dichas if len(palabra) >= LETRAS and not raices.fija(palabra))
