"""Lo que está en el almacén y ningún renglón nombra: se aparta una semana después y se borra al mes.

Un corte entre darle su nombre definitivo al archivo y confirmar su renglón lo deja ahí para siempre. Se
aparta antes de borrarlo por si lo que está mal es la base (se restauró una de antes): lo que vuelva a tener
renglón regresa solo a su lugar.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from . import almacen
from .models import Archivo, Subida

CARPETA = "sobrantes"
# Desde que llegó al disco: antes, puede faltar nada más que se confirme o que se importe su renglón.
ESPERA = dt.timedelta(days=7)
GUARDA = dt.timedelta(days=30)  # desde que se apartó


def barrer(ahora: dt.datetime) -> int:
    """Devuelve lo que ya tiene renglón, aparta lo que sobra y borra lo viejo. Dice cuántos apartó."""
    carpeta().mkdir(parents=True, exist_ok=True)
    for archivo in _perdidos():
        devolver(archivo.huella)
    apartados = sum(_apartar(ruta) for ruta in sin_renglon() if _desde(ruta) < ahora - ESPERA)
    for ruta in list(carpeta().glob("*")):
        if _desde(ruta) < ahora - GUARDA:
            ruta.unlink(missing_ok=True)
    return apartados


def sin_renglon() -> list[Path]:
    """Los del almacén que nada nombra: ni un archivo ni una subida que todavía puede terminar."""
    # Primero el disco: lo que llegue mientras se lee la base no está en esta lista.
    en_disco = {ruta.name: ruta for ruta in almacen.raiz().glob("[0-9a-f][0-9a-f]/*")}
    nombrados = {*Archivo.objects.values_list("huella", flat=True), *_por_terminar()}
    return [en_disco[huella] for huella in sorted(en_disco.keys() - nombrados)]


def devolver(huella: str) -> bool:
    """Regresa a su lugar lo apartado, si está y da su huella."""
    apartado = carpeta() / huella
    if not apartado.is_file() or almacen.huella_de(apartado) != huella:
        return False
    almacen.lugar_de(huella).parent.mkdir(exist_ok=True)
    apartado.replace(almacen.lugar_de(huella))
    return True


def carpeta() -> Path:
    """Donde espera lo apartado."""
    return almacen.raiz() / CARPETA


def _apartar(ruta: Path) -> bool:
    """Lo saca del almacén; si entretanto alguien lo subió otra vez, lo regresa."""
    ruta.replace(carpeta() / ruta.name)
    vuelve = Archivo.objects.filter(huella=ruta.name).exists() or ruta.name in _por_terminar()
    return not (vuelve and devolver(ruta.name))


def _perdidos() -> Iterator[Archivo]:
    """Los renglones cuyo archivo se apartó."""
    huellas = [ruta.name for ruta in carpeta().glob("*")]
    return (a for a in Archivo.objects.filter(huella__in=huellas) if not almacen.ruta_de(a).is_file())


def _por_terminar() -> set[str]:
    return set(Subida.objects.filter(archivo=None).values_list("huella", flat=True))


def _desde(ruta: Path) -> dt.datetime:
    """Cuándo llegó ahí. No es cuándo se escribió, que una copia conserva (`cp -a`): eso no dice nada."""
    return dt.datetime.fromtimestamp(ruta.stat().st_ctime, dt.UTC)
