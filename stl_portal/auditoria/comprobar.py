"""Comprobar una auditoría exportada: que nadie cambió el archivo y que la base sigue diciendo lo mismo."""

import base64
import datetime as dt
from collections.abc import Iterator
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from stl_portal.sello import clave
from stl_portal.sello.canonico import huella
from stl_portal.sello.models import Eslabon
from stl_portal.sello.puntos import claves_declaradas

from .lectura import Pedido, todos
from .models import Acto
from .paquete import CSV, FIRMA, JSON, MANIFIESTO, como_se_escribe, leer
from .registro import Alcance, Auditado

# Lo que después puede decirse con otro nombre sin que cambie lo que pasó.
NOMBRES = ("persona", "organo", "sobre")


def fallas(contenido: bytes, *, con_base: bool = True) -> Iterator[str]:
    """Cada cosa que no cuadra, dicha con palabras. Lanza `ValueError` si no es un paquete de auditoría."""
    manifiesto, filas, archivos = leer(contenido)
    if not _firmado(archivos):
        yield "la firma del manifiesto no es de una clave del registro de este portal"
    for nombre in (CSV, JSON):
        if huella(archivos[nombre]) != manifiesto["huellas"].get(nombre):
            yield f"{nombre} no es el que se exportó: su huella es otra"
    if len(filas) != manifiesto["renglones"]:
        yield f"el manifiesto dice {manifiesto['renglones']} renglones y hay {len(filas)}"
    if con_base:
        yield from _de_las_cadenas(manifiesto)
        yield from _de_la_base(manifiesto, filas)


def _firmado(archivos: dict[str, bytes]) -> bool:
    """Si lo firmó la clave vigente u otra que el registro público declaró."""
    for dicha in {*claves_declaradas(), clave.publica(clave.privada())}:
        try:
            llave = Ed25519PublicKey.from_public_bytes(base64.b64decode(dicha))
            llave.verify(archivos[FIRMA], archivos[MANIFIESTO])
        except InvalidSignature:
            continue
        return True
    return False


def _de_las_cadenas(manifiesto: dict[str, Any]) -> Iterator[str]:
    """Si los eslabones que el manifiesto cita siguen diciendo lo mismo."""
    for nombre, modelo, llave in (
        ("el registro público", Eslabon, "registro_publico"),
        ("la cadena de actos", Acto, "actos"),
    ):
        n, dicho = manifiesto[llave] or (0, "")
        if n and not modelo._default_manager.filter(n=n, hash=dicho).exists():
            yield f"{nombre} ya no tiene el eslabón {n} que el manifiesto cita"


def _de_la_base(manifiesto: dict[str, Any], filas: list[dict[str, Any]]) -> Iterator[str]:
    """Lo que hoy responde la misma pregunta, renglón por renglón."""
    antes = {(f["tipo"], f["numero"]): f for f in filas}
    ahora = {(r.tipo, r.numero): como_se_escribe(r) for r in todos(pedido_de(manifiesto))}
    for tipo, numero in antes.keys() | ahora.keys():
        donde = f"{tipo} {numero}"
        if (tipo, numero) not in ahora:
            yield f"{donde}: estaba y ya no está en la base"
        elif (tipo, numero) not in antes:
            yield f"{donde}: no estaba y hoy aparece con fecha anterior"
        elif cambiados := _cambiados(antes[tipo, numero], ahora[tipo, numero]):
            yield f"{donde}: hoy dice otra cosa ({', '.join(cambiados)})"


def _cambiados(antes: dict[str, Any], ahora: dict[str, Any]) -> list[str]:
    return [campo for campo in ahora if campo not in NOMBRES and antes.get(campo) != ahora[campo]]


def pedido_de(manifiesto: dict[str, Any]) -> Pedido:
    """La misma pregunta que se hizo al exportar."""
    filtro = manifiesto["filtro"]
    alcance = Alcance(tuple(Auditado(**organo) for organo in manifiesto["organos"]), manifiesto["portal"])
    desde = dt.datetime.fromisoformat(filtro["desde"]) if filtro["desde"] else None
    hasta = dt.datetime.fromisoformat(filtro["hasta"])
    return Pedido(alcance, filtro["tipo"], filtro["persona"], desde, hasta)
