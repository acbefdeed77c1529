"""Cómo quiere cada quien cada clase de mensaje: enseguida, en un resumen diario o no recibirla.

Se resuelve al enviar, por la dirección a la que va: lo que alguien eligió ayer vale para lo que ya estaba en
la fila. Quien no tiene cuenta no elige aquí: deja de seguir con la liga de su correo.
"""

from collections.abc import Callable, Iterable, Mapping

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from .clases import CLASES
from .models import Modo, Preferencia

# De menos a más: si dos cuentas reciben en el mismo buzón, vale lo de quien quiere más.
ORDEN = (Modo.NO, Modo.RESUMEN, Modo.ENSEGUIDA)

# Cada función dice de qué cuentas (claves primarias) es un correo que no es con el que entran. Se apuntan con
# `stl_portal.publico.registro.apuntar`.
DE_QUIEN_ES: list[Callable[[str], Iterable[int]]] = []


def modo_de(clase: str, correo: str) -> Modo:
    """Cómo se manda ese mensaje a esa dirección; lo que no se elige, enseguida."""
    conocida = CLASES.get(clase)
    if conocida is None or not conocida.se_elige:
        return Modo.ENSEGUIDA
    cuentas = cuentas_de(correo)
    if not cuentas:
        return Modo.ENSEGUIDA
    filas = Preferencia.objects.filter(usuario__in=cuentas, clase=clase)
    elegidos = {cuenta: Modo(modo) for cuenta, modo in filas.values_list("usuario", "modo")}
    return max((elegidos.get(cuenta, Modo.ENSEGUIDA) for cuenta in cuentas), key=ORDEN.index)


def cuentas_de(correo: str) -> set[int]:
    """Las cuentas activas que reciben en esa dirección."""
    cuentas = get_user_model()._default_manager.filter(is_active=True)
    propias = set(cuentas.filter(email=correo.lower()).values_list("pk", flat=True))
    otras = {pk for fuente in DE_QUIEN_ES for pk in fuente(correo.lower())} - propias
    return propias | (set(cuentas.filter(pk__in=otras).values_list("pk", flat=True)) if otras else set())


def de(usuario: int) -> dict[str, Modo]:
    """Lo que esa cuenta eligió, de todo lo que se elige."""
    filas = Preferencia.objects.filter(usuario=usuario).values_list("clase", "modo")
    elegidos = {clase: Modo(modo) for clase, modo in filas}
    return {clave: elegidos.get(clave, Modo.ENSEGUIDA) for clave, clase in CLASES.items() if clase.se_elige}


def guardar(usuario: int, elegidos: Mapping[str, str]) -> None:
    """Guarda lo elegido, todo o nada; lo que no se elige o no existe no se guarda."""
    filas = [
        Preferencia(usuario_id=usuario, clase=clave, modo=modo)
        for clave, modo in elegidos.items()
        if clave in CLASES and CLASES[clave].se_elige and modo != Modo.ENSEGUIDA
    ]
    with transaction.atomic():
        de_la_cuenta = Preferencia.objects.filter(usuario=usuario)
        de_la_cuenta.exclude(clase__in=[fila.clase for fila in filas]).delete()
        Preferencia.objects.bulk_create(
            filas, update_conflicts=True, unique_fields=("usuario", "clase"), update_fields=("modo",)
        )


def hora_del_resumen() -> str:
    """A qué hora sale el resumen, como se dice: «8:00»."""
    return f"{settings.RESUMEN_HORA}:00"
