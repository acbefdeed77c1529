"""Cambiar de lugar un punto de la plantilla o una frase del órgano, entre lo que se está viendo."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from sesiones.models import Frase, Organo, PuntoPlantilla

SUBIR, BAJAR = "subir", "bajar"


def mover(organo: Organo, fila: PuntoPlantilla | Frase, hacia: str, a_la_vista: Collection[int]) -> None:
    """Lo pasa al otro lado de su vecino a la vista; en la orilla no se mueve.

    `a_la_vista` son las claves primarias de lo que se mostraba: lo que solo sale en otras sesiones no cuenta
    como vecino y conserva su lugar. Se llama con permiso de conducir el órgano.
    """
    with transaction.atomic():
        Organo.objects.select_for_update().get(pk=organo.pk)
        todas: list[Any] = list(type(fila)._default_manager.filter(organo=organo))
        nuevas = _en_su_nuevo_lugar([f.pk for f in todas], fila.pk, hacia, a_la_vista)
        lugares = {pk: lugar for lugar, pk in enumerate(nuevas, start=1)}
        movidas = [f for f in todas if f.orden != lugares[f.pk]]
        for movida in movidas:
            movida.orden = lugares[movida.pk]
        type(fila)._default_manager.bulk_update(movidas, ["orden"])


def _en_su_nuevo_lugar(todas: list[int], cual: int, hacia: str, a_la_vista: Collection[int]) -> list[int]:
    visibles = [pk for pk in todas if pk in a_la_vista or pk == cual]
    vecino = visibles.index(cual) + (-1 if hacia == SUBIR else 1)
    if not 0 <= vecino < len(visibles):
        return todas
    resto = [pk for pk in todas if pk != cual]
    lugar = resto.index(visibles[vecino]) + (hacia == BAJAR)
    return [*resto[:lugar], cual, *resto[lugar:]]
