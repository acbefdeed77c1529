"""La vitrina: los PDF públicos que el servidor de enfrente entrega solo, sin preguntar al portal.

Cada uno es una liga en `publicos/` hacia su lugar en el almacén. El portal la pone la primera vez que lo
entrega y la quita antes de que deje de ser público; si falta, lo entrega el portal. Por eso una liga de
menos solo es más lenta y una de más sería una fuga: ante la duda, se quita.
"""

import logging
from contextlib import suppress
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from . import almacen
from .models import Archivo
from .permisos import puede_abrir

bitacora = logging.getLogger(__name__)
PUBLICOS = "publicos"
PDF = "application/pdf"
NOMBRE_MAXIMO = 255  # bytes; lo que admite un sistema de archivos


def es_publico(archivo: Archivo) -> bool:
    """Si lo abre cualquiera, sin entrar."""
    return puede_abrir(AnonymousUser(), archivo)


def exponer(archivo: Archivo) -> None:
    """Pone la liga de un PDF público; repetirlo no cambia nada. Sin servidor de enfrente no hace falta.

    Se pregunta otra vez con la liga puesta: si lo retiraron en ese instante, no se queda.
    """
    liga = _liga(archivo)
    if not settings.ENTREGA_INTERNA or archivo.tipo != PDF or not _cabe(liga) or liga.is_symlink():
        return
    if not es_publico(archivo):
        return
    try:
        liga.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            liga.symlink_to(Path("..") / archivo.ruta)
    except OSError as motivo:  # disco lleno, sin permiso: lo seguirá entregando el portal
        bitacora.warning("No se pudo exponer %s (%s).", archivo.huella, motivo)
    if not es_publico(archivo):
        _quitar(liga)


def retirar(archivo: Archivo) -> None:
    """Quita la liga: se llama en la transacción en que el archivo deja de ser público.

    Se quita antes de confirmar (un corte no la deja puesta) y otra vez después, por si alguien lo pidió en
    medio. Lanza `OSError` si no se puede: entonces nada se retira.
    """
    liga = _liga(archivo)
    _quitar(liga)
    transaction.on_commit(partial(_quitar, liga))


def conciliar() -> int:
    """Quita toda liga que no sea la de un archivo público. Devuelve cuántas quitó."""
    sobran = [liga for liga in (almacen.raiz() / PUBLICOS).glob("*") if not _debida(liga)]
    for liga in sobran:
        _quitar(liga)
    return len(sobran)


def _debida(liga: Path) -> bool:
    archivo = Archivo.objects.filter(huella=liga.name.partition("-")[0]).first()
    return archivo is not None and liga == _liga(archivo) and es_publico(archivo)


def _liga(archivo: Archivo) -> Path:
    """Lleva el nombre: nginx solo entrega con el que el archivo tiene, no con el que alguien escriba."""
    return almacen.raiz() / PUBLICOS / f"{archivo.huella}-{archivo.nombre}"


def _cabe(liga: Path) -> bool:
    return len(liga.name.encode()) <= NOMBRE_MAXIMO


def _quitar(liga: Path) -> None:
    if _cabe(liga):
        liga.unlink(missing_ok=True)
