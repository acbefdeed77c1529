"""Comparar una fila con el eslabón que cita: lo que anotó al nacer, lo vuelve a decir.

Cada aplicación arma otra vez los datos desde su fila; aquí está lo que todas comprueban igual.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import models

from .models import Eslabon
from .registro import Falla


def contra_su_eslabon(n: int, tipo: str, objeto: str, posibles: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Que el eslabón exista, sea de ese acto y diga exactamente lo mismo que alguno de los `posibles`."""
    eslabon = Eslabon.objects.filter(n=n).first()
    if eslabon is None:
        yield f"cita el eslabón {n}, que no existe"
        return
    anotado = json.loads(eslabon.payload)
    if (anotado["tipo"], anotado["objeto"]) != (tipo, objeto):
        yield f"el eslabón {n} es de otro acto"
        return
    distintos = min((_distintos(datos, anotado["datos"]) for datos in posibles), key=len)
    if distintos:
        yield f"no dice lo que anotó el eslabón {n} ({', '.join(distintos)})"


def _distintos(datos: Mapping[str, Any], anotado: Mapping[str, Any]) -> list[str]:
    return [campo for campo, valor in datos.items() if anotado.get(campo) != valor]


def sin_fila(modelo: type[models.Model], *tipos: str) -> Iterator[Falla]:
    """Actos de esos tipos que constan en el registro y cuya fila desapareció."""
    citados = set(modelo._default_manager.values_list("eslabon", flat=True))
    anotados = Eslabon.objects.filter(tipo__in=tipos).exclude(n__in=citados)
    for n, tipo in anotados.values_list("n", "tipo"):
        yield Falla(f"eslabón {n}", f"consta «{tipo}» y su fila ya no está")
