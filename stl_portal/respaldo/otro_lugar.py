"""Llevar el respaldo a otra parte: el que se queda en el mismo disco se pierde con él."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from stl_portal.archivo import almacen
from stl_portal.archivo.disco import asentar_carpetas

from .errores import NoSePudo, con_frase

MARCA = "{archivo}"
NO_ESTA = "No existe la carpeta de copias «{}». ¿Se desmontó? No se crea sola para no copiar al mismo disco."
MISMO_DISCO = "La carpeta de copias «{}» está en el mismo disco que los respaldos. ¿Se desmontó?"


def a_la_carpeta(ruta: Path, carpeta: Path, *, otro_disco: bool) -> Path:
    """Copia a una carpeta montada y comprueba la copia, byte por byte, antes de darle su nombre."""
    if not carpeta.is_dir():
        raise NoSePudo(NO_ESTA.format(carpeta))
    if otro_disco and carpeta.stat().st_dev == ruta.stat().st_dev:
        raise NoSePudo(MISMO_DISCO.format(carpeta))
    destino, provisional = carpeta / ruta.name, carpeta / f".{ruta.name}.provisional"
    with con_frase(carpeta):
        try:
            provisional.unlink(missing_ok=True)
            provisional.touch(mode=0o600)
            with ruta.open("rb") as origen, provisional.open("r+b") as copiado:
                shutil.copyfileobj(origen, copiado)
                copiado.flush()
                os.fsync(copiado.fileno())
            if almacen.huella_de(provisional) != almacen.huella_de(ruta):
                raise NoSePudo(f"La copia en «{carpeta}» no salió igual: el disco de copias falla.")
            provisional.rename(destino)
            asentar_carpetas(carpeta)
        finally:
            provisional.unlink(missing_ok=True)
    return destino


def con_orden(ruta: Path, orden: str) -> None:
    """Ejecuta la orden configurada con la ruta en lugar de {archivo}, o al final si no lo dice."""
    partes = shlex.split(orden)
    if not any(MARCA in parte for parte in partes):
        partes.append(MARCA)
    dada = [parte.replace(MARCA, str(ruta)) for parte in partes]
    try:
        hecho = subprocess.run(dada, capture_output=True, check=False)  # noqa: S603  # la da quien administra
    except OSError as error:
        raise NoSePudo(
            f"No se pudo ejecutar la orden de RESPALDO_COPIA_ORDEN: no existe «{dada[0]}»."
        ) from error
    if hecho.returncode:
        dicho = hecho.stderr.decode(errors="replace").strip().splitlines()
        raise NoSePudo(f"La orden de RESPALDO_COPIA_ORDEN falló: {dicho[-1] if dicho else hecho.returncode}")
