"""El simulacro: restaurar de verdad el último respaldo, aparte, y comparar. Nada del portal se toca.

La restauración corre en otro proceso con su propia base y su propio almacén, que se borran al terminar.
"""

import base64
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import takewhile
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection

from stl_portal.archivo import almacen
from stl_portal.archivo.models import Archivo
from stl_portal.secretos import DEL_ALMACEN
from stl_portal.sello import clave, merkle, puntos

from . import informe as informes
from .comprobar import comprobar
from .errores import NoSePudo
from .hacer import ARCHIVOS
from .informe import Informe
from .manifiesto import Manifiesto
from .paquete import BLOQUE, Miembro

BASES = "simulacro_del_portal_"
SIN_PERMISO = (
    "La cuenta de la base no puede crear la del simulacro. Dale ese permiso (ALTER ROLE … CREATEDB) o haz el "
    "simulacro en otra máquina."
)


def ensayar(ruta: Path, llave: str, privada: Path) -> Informe:
    """Restaura `ruta` aparte, dentro de `privada`, y la compara con el portal. Lanza `NoSePudo`."""
    with _base_aparte(privada) as direccion:
        informe = _restaurar_aparte(ruta, direccion, privada)
        _comparar(informe, ruta, llave, privada / "archivos")
    return informe


def _restaurar_aparte(ruta: Path, direccion: str, privada: Path) -> Informe:
    dicho = privada / "informe.json"
    orden = [
        sys.executable,
        str(settings.BASE_DIR / "manage.py"),
        "restaurar",
        str(ruta),
        "--informe",
        str(dicho),
    ]
    hecho = subprocess.run(  # noqa: S603  # la propia orden del portal
        orden, env=_entorno(direccion, privada), capture_output=True, check=False, cwd=settings.BASE_DIR
    )
    if not dicho.exists():
        frase = hecho.stderr.decode(errors="replace").strip().splitlines()
        raise NoSePudo(f"No se pudo restaurar: {frase[-1] if frase else 'sin explicación'}")
    return informes.leer(dicho)


def _entorno(direccion: str, privada: Path) -> dict[str, str]:
    """El mismo portal, con otra base, otro almacén y sin manera de escribirle a nadie.

    El almacén es siempre una carpeta privada, también si el portal usa S3: el simulacro lee del cubo para
    comparar, pero lo restaurado nunca lo toca. Vacías y no ausentes: `.env` las repondría.
    """
    aparte = dict.fromkeys(DEL_ALMACEN, "")
    return (
        os.environ
        | aparte
        | {
            "DATABASE_URL": direccion,
            "VAR": str(privada / "var"),
            "MEDIA_ROOT": str(privada / "archivos"),
            "RESPALDO_LLAVE": settings.RESPALDO.llave,
            "BITACORA_CLAVE": base64.b64encode(clave.privada().private_bytes_raw()).decode(),
            "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        }
    )


def _comparar(informe: Informe, ruta: Path, llave: str, restaurados: Path) -> None:
    """Lo restaurado contra el portal: cada archivo, byte por byte, y el registro hasta donde llegaba."""
    distintos: list[str] = []
    iguales = 0

    def cotejar(miembro: Miembro) -> None:
        nonlocal iguales
        huella = miembro.nombre.removeprefix(ARCHIVOS)
        if huella == miembro.nombre:
            return
        falla = _distinto(huella, restaurados / huella[:2] / huella)
        iguales += not falla
        distintos.extend([falla] if falla else [])

    dicho = comprobar(ruta, llave, cotejar)
    informe.anotar(
        f"Archivos restaurados y del portal, comparados byte por byte: {iguales} iguales.", distintos
    )
    _comparar_registro(informe, dicho)


def _distinto(huella: str, restaurado: Path) -> str:
    """En qué se distingue del que tiene el portal; vacío si son iguales."""
    if not restaurado.is_file():
        return f"{huella}: no se restauró"
    try:
        vivo = almacen.abrir(Archivo(huella=huella))
    except FileNotFoundError:
        return f"{huella}: el portal ya no lo tiene; el respaldo sí"
    with vivo, restaurado.open("rb") as otro:
        lugar = primer_byte_distinto(vivo, otro)
    return "" if lugar is None else f"{huella}: no es igual desde el byte {lugar}"


def primer_byte_distinto(uno: IO[bytes], otro: IO[bytes]) -> int | None:
    """Dónde dejan de ser iguales; None si lo son."""
    desde = 0
    while True:
        del_uno, del_otro = uno.read(BLOQUE), otro.read(BLOQUE)
        if del_uno != del_otro:
            iguales = takewhile(lambda par: par[0] == par[1], zip(del_uno, del_otro, strict=False))
            return desde + sum(1 for _ in iguales)
        if not del_uno:
            return None
        desde += len(del_uno)


def _comparar_registro(informe: Informe, dicho: Manifiesto) -> None:
    """El registro del portal pudo crecer, pero lo que era al respaldar no pudo cambiar."""
    de = dicho.registro
    ahora = merkle.raiz(puntos.hashes(hasta=de.tamano)).hex()
    fallas = [] if ahora == de.raiz else [f"los primeros {de.tamano} eslabones del portal dan {ahora}"]
    informe.anotar(f"Registro del portal, comparado con los {de.tamano} eslabones respaldados.", fallas)


@contextmanager
def _base_aparte(privada: Path) -> Iterator[str]:
    """La dirección de una base vacía, que se borra al salir."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{privada / 'portal.sqlite3'}"
        return
    base = f"{BASES}{uuid.uuid4().hex[:12]}"
    _quitar_las_que_quedaron()
    try:
        _administrar(f'CREATE DATABASE "{base}" TEMPLATE template0')
    except DatabaseError as error:
        raise NoSePudo(SIN_PERMISO) from error
    try:
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{base}").geturl()
    finally:
        with suppress(DatabaseError):
            _administrar(f'DROP DATABASE IF EXISTS "{base}" WITH (FORCE)')


def _quitar_las_que_quedaron() -> None:
    """Las de un simulacro al que mataron; la que esté en uso no se deja borrar."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [BASES])
        viejas = [nombre for (nombre,) in cursor.fetchall()]
    for vieja in viejas:
        with suppress(DatabaseError):
            _administrar(f'DROP DATABASE "{vieja}"')


def _administrar(orden: str) -> None:
    """Crear y borrar bases no se puede dentro de una transacción."""
    otra = connection.copy()
    try:
        with otra.cursor() as cursor:
            cursor.execute(orden)
    finally:
        otra.close()
