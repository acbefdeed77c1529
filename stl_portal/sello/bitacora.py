"""Anotar en el registro público, dentro de la misma transacción que el acto que se anota.

Lo anotado es público y permanente: `datos` lleva huellas, folios y nombres de cargos públicos; nunca
datos personales que mañana haya que borrar.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from .canonico import canonico, huella, normalizado
from .models import PRIMERO, Eslabon, hash_de_eslabon

CANDADO = 727001  # clave del candado de PostgreSQL que forma a quienes anotan


def anotar(tipo: str, datos: Mapping[str, Any], *, objeto: str = "") -> Eslabon:
    """Agrega un eslabón y lo devuelve; si la transacción de quien llama se deshace, nunca existió.

    `tipo` dice qué pasó («acta-sellada») y `objeto` a qué («acta:12»). Quien anota espera a que
    termine la transacción de quien anotó antes. Lanza `ValueError` si `datos` no tiene forma canónica.
    """
    with transaction.atomic():
        esperar_turno()
        ultimo = Eslabon.objects.order_by("-n").only("n", "hash").first()
        return _eslabon_tras(ultimo, tipo, objeto, datos)


def esperar_turno() -> None:
    """Un solo escritor a la vez. En SQLite ya lo garantiza la transacción IMMEDIATE."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CANDADO])


def _eslabon_tras(ultimo: Eslabon | None, tipo: str, objeto: str, datos: Mapping[str, Any]) -> Eslabon:
    """El que sigue al último, ya guardado."""
    ahora, tipo, objeto = timezone.now(), normalizado(tipo), normalizado(objeto)
    contenido = contenido_canonico(tipo, objeto, ahora, datos)
    prev, suma = ultimo.hash if ultimo else PRIMERO, huella(contenido)
    return Eslabon.objects.create(
        n=ultimo.n + 1 if ultimo else 1,
        prev=prev,
        tipo=tipo,
        objeto=objeto,
        payload=contenido.decode(),
        payload_sha256=suma,
        hash=hash_de_eslabon(prev, suma),
        creado_el=ahora,
    )


def contenido_canonico(tipo: str, objeto: str, cuando: dt.datetime, datos: Mapping[str, Any]) -> bytes:
    """Los bytes que la cadena cubre."""
    return canonico({"tipo": tipo, "objeto": objeto, "creado_el": instante(cuando), "datos": dict(datos)})


def instante(cuando: dt.datetime) -> str:
    """RFC 3339 en UTC, con sus microsegundos."""
    return cuando.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
