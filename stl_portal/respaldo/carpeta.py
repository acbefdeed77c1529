"""La carpeta de los respaldos: cómo se llaman, cuál es el último, cuáles se quedan y quién la está usando."""

import datetime as dt
import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errores import NoSePudo
from .retencion import Cuantos, se_quedan

PROVISIONAL = ".provisional-"
_NOMBRE = re.compile(r"respaldo-(\d{8}T\d{6}Z)\.tar(\.age)?")
_FORMA = "%Y%m%dT%H%M%SZ"


def nombre(hecho_el: dt.datetime, *, cifrado: bool) -> str:
    """Cómo se llama el de ese instante."""
    return f"respaldo-{hecho_el.astimezone(dt.UTC).strftime(_FORMA)}.tar{'.age' if cifrado else ''}"


def hechos(carpeta: Path) -> dict[dt.datetime, Path]:
    """Los que hay, por cuándo se hicieron; lo que no se llame como un respaldo no se toca ni se cuenta."""
    return {hecho: ruta for ruta in carpeta.glob("respaldo-*") if (hecho := hecho_el(ruta))}


def hecho_el(ruta: Path) -> dt.datetime | None:
    """Cuándo se hizo, según su nombre; None si no se llama como un respaldo."""
    halla = _NOMBRE.fullmatch(ruta.name)
    return dt.datetime.strptime(halla[1], _FORMA).replace(tzinfo=dt.UTC) if halla else None


def ultimo(carpeta: Path) -> Path:
    """El más nuevo. Lanza `NoSePudo` si no hay ninguno."""
    hay = hechos(carpeta)
    if not hay:
        raise NoSePudo(f"No hay ningún respaldo en «{carpeta}»: haz uno con manage.py respaldar.")
    return hay[max(hay)]


def quitar_los_que_sobran(carpeta: Path, cuantos: Cuantos) -> list[Path]:
    """Borra los que la retención ya no pide. Los días se cuentan como los vive el portal."""
    hay = {hecho.astimezone(): ruta for hecho, ruta in hechos(carpeta).items()}
    sobran = [ruta for hecho, ruta in hay.items() if hecho not in se_quedan(hay, cuantos)]
    for ruta in sobran:
        ruta.unlink()
    return sobran


@contextmanager
def a_solas(carpeta: Path) -> Iterator[Path]:
    """Nadie más respalda ahí mientras tanto; da una carpeta privada que desaparece al salir.

    Lo que un corte haya dejado a medias se borra al entrar. Lanza `NoSePudo` si alguien ya la usa.
    """
    carpeta.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (carpeta / ".candado").open("ab") as candado:
        try:
            fcntl.flock(candado, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise NoSePudo("Ya se está haciendo un respaldo en esa carpeta; espera a que termine.") from error
        for vieja in carpeta.glob(f"{PROVISIONAL}*"):
            shutil.rmtree(vieja)
        privada = carpeta / f"{PROVISIONAL}{os.getpid()}"
        privada.mkdir(mode=0o700)
        try:
            yield privada
        finally:
            shutil.rmtree(privada, ignore_errors=True)
