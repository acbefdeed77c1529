"""Anotar un acto detrás del último, y comprobar que la cadena sigue entera."""

from collections.abc import Iterator
from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone

from stl_portal.sello.bitacora import instante
from stl_portal.sello.canonico import canonico, huella, normalizado
from stl_portal.sello.lectura import leidas
from stl_portal.sello.models import PRIMERO
from stl_portal.sello.registro import Falla

from .models import Acto

CANDADO = 727002  # clave del candado de PostgreSQL que forma a quienes anotan
SOBRE = 300  # caracteres


def anotar(
    que: str,
    *,
    por: Any = None,
    organo: str = "",
    sobre: str = "",
    detalle: str = "",
    request: HttpRequest | None = None,
) -> Acto:
    """Lo agrega; si la transacción de quien llama se deshace, nunca existió."""
    with transaction.atomic():
        _esperar_turno()
        ultimo = Acto.objects.order_by("-n").values_list("n", "hash").first()
        n, prev = ultimo or (0, PRIMERO)
        acto = Acto(
            n=n + 1,
            prev=prev,
            cuando=timezone.now(),
            que=que,
            cuenta=getattr(por, "pk", None),
            quien=normalizado(str(por)) if por else "",
            organo=organo,
            sobre=normalizado(sobre)[:SOBRE],
            detalle=normalizado(detalle),
            direccion=_direccion(request),
        )
        acto.hash = hash_de(acto)
        acto.save(force_insert=True)
    return acto


def hash_de(acto: Acto) -> str:
    """SHA-256 del acto entero, con el hash del anterior."""
    dicho = {
        campo.name: getattr(acto, campo.name)
        for campo in Acto._meta.concrete_fields
        if campo.name not in ("hash", "cuando")
    }
    return huella(canonico({**dicho, "cuando": instante(acto.cuando)}))


def ultimo() -> tuple[int, str]:
    """El número y el hash del último acto; si no hay, el de antes del primero."""
    fila: tuple[int, str] | None = Acto.objects.order_by("-n").values_list("n", "hash").first()
    return fila or (0, PRIMERO)


def fallas() -> Iterator[Falla]:
    """Lo que no cuadra, acto por acto; lo recorre `manage.py verificar_bitacora`."""
    prev, esperado = PRIMERO, 1
    for leida in leidas(Acto.objects.all()):
        donde, acto = f"auditoría, acto {leida.pk}", leida.fila
        yield from (Falla(donde, que) for que in leida.fallas())
        if leida.pk != esperado:
            yield Falla(donde, f"falta el acto {esperado}")
        elif acto is not None and acto.prev != prev:
            yield Falla(donde, "no continúa al anterior (prev)")
        if acto is not None and acto.hash != hash_de(acto):
            yield Falla(donde, "el hash no es el de lo que dice")
        prev, esperado = (acto.hash if acto is not None else ""), leida.pk + 1


def _direccion(request: HttpRequest | None) -> str | None:
    """Desde dónde se pidió; de lo que hace el portal por su cuenta, nada."""
    if request is None or not request.META:
        return None
    direccion: str | None = get_client_ip(request)
    return direccion


def _esperar_turno() -> None:
    """Un solo escritor a la vez. En SQLite ya lo garantiza la transacción IMMEDIATE."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CANDADO])
