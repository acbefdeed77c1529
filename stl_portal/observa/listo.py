"""Si el portal puede dar servicio entero: base, almacén, colas, migraciones y disco."""

import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import Any, ClassVar

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor

from stl_portal.archivo import almacen, antivirus

from . import colas

NO_SE_SABE = "no se sabe: la base no contesta"
SE_REPITE = 5.0  # segundos; a desconocidos no se les hace escribir en el almacén cada vez que preguntan


@dataclass(frozen=True)
class Parte:
    """Una de las cosas que hacen falta: si está bien y con qué cifra."""

    bien: bool
    dicho: str


def partes() -> dict[str, Parte]:
    """Cada una, revisada ahora."""
    return {
        "base": _revisar(_base),
        "migraciones": _revisar(_migraciones),
        "almacen": _revisar(_almacen),
        **_de_las_colas(),
        "disco": _revisar(_disco),
        **({"antivirus": _revisar(_antivirus)} if antivirus.hay() else {}),
    }


def informe(todas: dict[str, Parte]) -> dict[str, Any]:
    """Lo que ve quien opera el portal."""
    return {"listo": estan(todas), "partes": {nombre: asdict(parte) for nombre, parte in todas.items()}}


def estan(todas: dict[str, Parte]) -> bool:
    """Si no falta ninguna."""
    return all(parte.bien for parte in todas.values())


class Reciente:
    """La última respuesta de este proceso a un desconocido."""

    hasta: ClassVar[float] = 0.0
    listo: ClassVar[bool] = False

    @classmethod
    def preguntar(cls) -> bool:
        """La de hace poco o, si ya pasó, la de ahora."""
        if monotonic() >= cls.hasta:
            cls.listo = estan(partes())
            cls.hasta = monotonic() + SE_REPITE
        return cls.listo


def _revisar(una: Callable[[], Parte]) -> Parte:
    """Si revisarla falla, falta; se dice con qué clase de error y nada más."""
    try:
        return una()
    except Exception as error:  # base, disco o almacén ajeno: cada uno falla a su manera
        return Parte(False, type(error).__name__)


def _base() -> Parte:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Parte(True, connection.vendor)


class _SinMigrar:
    """Mientras el proceso vive su código no cambia: si ya no le falta ninguna, no le faltará."""

    ninguna: ClassVar[bool] = False


def _migraciones() -> Parte:
    if _SinMigrar.ninguna:
        return Parte(True, "0 pendientes")
    ejecutor = MigrationExecutor(connection)
    pendientes = len(ejecutor.migration_plan(ejecutor.loader.graph.leaf_nodes()))
    _SinMigrar.ninguna = pendientes == 0
    return Parte(pendientes == 0, f"{pendientes} pendientes")


def _almacen() -> Parte:
    """Se escribe, se lee y se borra un archivo de unos bytes, donde esperan los que están llegando."""
    vuelve = almacen.responde()
    return Parte(vuelve, "se escribe y se lee" if vuelve else "devuelve otra cosa")


def _de_las_colas() -> dict[str, Parte]:
    """Cada cola, al día si lo más viejo espera menos que `REZAGO_MAXIMO`."""
    try:
        return {f"cola_{cola.nombre}": _al_dia(cola) for cola in colas.todas()}
    except (DatabaseError, InterfaceError):
        return {f"cola_{nombre}": Parte(False, NO_SE_SABE) for nombre in ("avisos", "tareas")}


def _al_dia(cola: colas.Cola) -> Parte:
    bien = cola.rezago <= settings.REZAGO_MAXIMO
    return Parte(bien, f"{cola.esperan} esperan; {cola.rezago:.0f} s lo más viejo; {cola.fallidos} fallidos")


def _disco() -> Parte:
    """Lo libre donde el portal escribe; en la subida, lo mismo impide recibir más (`DISCO_LIBRE`)."""
    carpetas = (settings.VAR, _existente(settings.MEDIA_ROOT))
    libre = min(shutil.disk_usage(carpeta).free for carpeta in carpetas)
    return Parte(libre >= settings.DISCO_LIBRE, f"{libre // 1024**2} MB libres")


def _antivirus() -> Parte:
    """Contesta, y dice de cuándo son sus firmas; sin él no se recibe ningún archivo."""
    return Parte(True, antivirus.version())


def _existente(carpeta: Path) -> Path:
    """Ella o la primera de arriba que ya existe."""
    return next(donde for donde in (Path(carpeta), *Path(carpeta).parents) if donde.exists())
