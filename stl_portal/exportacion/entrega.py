"""La copia terminada: su manifiesto, sus huellas y su lugar. O queda entera o no queda.

Se hace en una carpeta provisional junto a la definitiva y se le cambia el nombre al final: una corrida que se
interrumpe no deja media copia ni toca la anterior.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from .copia import Copia

FORMATO = "copia-del-sitio/1"
MANIFIESTO, HUELLAS, LEEME = "MANIFIESTO.json", "SHA256SUMS", "LEEME.txt"


class NoEsUnaCopia(Exception):
    """La carpeta ya tiene otra cosa: no se escribe sobre ella."""


@contextmanager
def carpeta_provisional(destino: Path) -> Iterator[Path]:
    """Dónde hacerla; al salir bien toma el lugar de `destino`, y al salir mal desaparece.

    Lanza `NoEsUnaCopia` si en `destino` hay algo que no es una copia anterior, entera y sin nada agregado.
    """
    exigir_lugar(destino)
    destino.parent.mkdir(parents=True, exist_ok=True)
    provisional = Path(tempfile.mkdtemp(prefix=f".{destino.name}-a-medias-", dir=destino.parent))
    provisional.chmod(0o755)
    try:
        yield provisional
        _poner(provisional, destino)
    finally:
        shutil.rmtree(provisional, ignore_errors=True)


def exigir_lugar(destino: Path) -> None:
    """Lanza `NoEsUnaCopia` si ahí no se puede escribir sin perder algo."""
    if not destino.exists():
        return
    if not destino.is_dir() or destino.is_symlink():
        raise NoEsUnaCopia(f"{destino} no es una carpeta.")
    hay = set(archivos(destino))
    if hay and hay != {*listados(destino), HUELLAS}:
        raise NoEsUnaCopia(f"{destino} tiene archivos que no son de una copia anterior.")


def listados(carpeta: Path) -> dict[str, str]:
    """La huella de cada archivo, según `SHA256SUMS`; vacío si no es una copia de las nuestras."""
    try:
        leido = json.loads((carpeta / MANIFIESTO).read_text(encoding="utf-8"))
        renglones = (carpeta / HUELLAS).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    if not isinstance(leido, dict) or leido.get("formato") != FORMATO:
        return {}
    pares = (renglon.split("  ", 1) for renglon in renglones)
    return {ruta: huella for huella, ruta in pares}


def archivos(carpeta: Path) -> Iterator[str]:
    """Todo lo que hay dentro, con diagonales y en orden."""
    return (ruta.relative_to(carpeta).as_posix() for ruta in sorted(carpeta.rglob("*")) if not ruta.is_dir())


def terminar(copia: Copia) -> None:
    """Agrega el LEEME, el manifiesto y las huellas."""
    carpeta = copia.carpeta
    contexto = {"al": copia.al, "sitio": settings.SITIO, "cuantos": len(copia.piezas), "huellas": HUELLAS}
    texto = render_to_string("exportacion/LEEME.txt", contexto)
    (carpeta / LEEME).write_text(texto, encoding="utf-8")
    escrito = json.dumps(_manifiesto(copia), ensure_ascii=False, indent=1)
    (carpeta / MANIFIESTO).write_text(f"{escrito}\n", encoding="utf-8")
    huellas = "".join(f"{huella_de(carpeta / ruta)}  {ruta}\n" for ruta in archivos(carpeta))
    (carpeta / HUELLAS).write_text(huellas, encoding="utf-8")


def huella_de(archivo: Path) -> str:
    """SHA-256 del archivo, sin leerlo entero en memoria."""
    with archivo.open("rb") as abierto:
        return file_digest(abierto, "sha256").hexdigest()


def _manifiesto(copia: Copia) -> dict[str, Any]:
    """De cada archivo, de qué dirección salió; y lo que no se pudo copiar."""
    return {
        "formato": FORMATO,
        "sitio": settings.SITIO,
        "al": copia.al,
        "archivos": [
            {
                "ruta": pieza.ruta,
                "direccion": pieza.direccion,
                "tipo": pieza.tipo,
                "bytes": (copia.carpeta / pieza.ruta).stat().st_size,
                "sha256": huella_de(copia.carpeta / pieza.ruta),
            }
            for pieza in sorted(copia.piezas.values(), key=lambda pieza: pieza.ruta)
        ],
        "no_se_copio": [
            {"direccion": falla.direccion, "motivo": falla.motivo, "desde": falla.desde}
            for falla in copia.fallas
        ],
    }


def _poner(provisional: Path, destino: Path) -> None:
    """Un solo cambio de nombre; la copia anterior se borra cuando la nueva ya está."""
    exigir_lugar(destino)  # pudo aparecer algo mientras se hacía
    anterior = provisional.with_name(f"{provisional.name}-anterior")
    if destino.exists():
        destino.rename(anterior)
    try:
        provisional.rename(destino)
    except OSError:
        if anterior.exists():
            anterior.rename(destino)
        raise
    _sincronizar(destino.parent)
    shutil.rmtree(anterior, ignore_errors=True)


def _sincronizar(carpeta: Path) -> None:
    """Que el cambio de nombre sobreviva a un apagón."""
    descriptor = os.open(carpeta, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
