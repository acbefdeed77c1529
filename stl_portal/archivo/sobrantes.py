"""Lo que está en el almacén y ningún renglón nombra: se aparta una semana después y se borra al mes.

Un corte entre darle su nombre definitivo al archivo y confirmar su renglón lo deja ahí para siempre. Se
aparta antes de borrarlo por si lo que está mal es la base (se restauró una de antes): lo que vuelva a tener
renglón regresa solo a su lugar.
"""

import datetime as dt
from collections.abc import Iterator

from . import almacen, deposito
from .deposito import Puesto
from .models import Archivo, Subida

CARPETA = "sobrantes"
# Desde que llegó: antes, puede faltar nada más que se confirme o que se importe su renglón.
ESPERA = dt.timedelta(days=7)
GUARDA = dt.timedelta(days=30)  # desde que se apartó


def barrer(ahora: dt.datetime) -> int:
    """Devuelve lo que ya tiene renglón, aparta lo que sobra y borra lo viejo. Dice cuántos apartó."""
    for archivo in _perdidos():
        devolver(archivo.huella)
    recientes = [_apartar(puesto) for puesto in sin_renglon() if puesto.desde < ahora - ESPERA]
    for apartado in apartados():
        if apartado.desde < ahora - GUARDA:
            deposito.actual().delete(apartado.nombre)
    return sum(recientes)


def sin_renglon() -> list[Puesto]:
    """Los del almacén que nada nombra: ni un archivo ni una subida que todavía puede terminar."""
    # Primero el depósito: lo que llegue mientras se lee la base no está en esta lista.
    puestos = {puesto.propio: puesto for puesto in deposito.actual().contenidos()}
    nombrados = {*Archivo.objects.values_list("huella", flat=True), *_por_terminar()}
    return [puestos[huella] for huella in sorted(puestos.keys() - nombrados)]


def devolver(huella: str) -> bool:
    """Regresa a su lugar lo apartado, si está y da su huella."""
    suyo, apartado = deposito.actual(), f"{CARPETA}/{huella}"
    try:
        if almacen.huella_abierta(suyo.abrir(apartado)) != huella:
            return False
    except FileNotFoundError:
        return False
    suyo.mover(apartado, Archivo(huella=huella).ruta)
    return True


def apartados() -> list[Puesto]:
    """Lo que espera."""
    return list(deposito.actual().en_carpeta(CARPETA))


def _apartar(puesto: Puesto) -> bool:
    """Lo saca de su lugar; si entretanto alguien lo subió otra vez, lo regresa."""
    huella = puesto.propio
    deposito.actual().mover(puesto.nombre, f"{CARPETA}/{huella}")
    vuelve = Archivo.objects.filter(huella=huella).exists() or huella in _por_terminar()
    return not (vuelve and devolver(huella))


def _perdidos() -> Iterator[Archivo]:
    """Los renglones cuyo archivo se apartó."""
    huellas = [apartado.propio for apartado in apartados()]
    return (a for a in Archivo.objects.filter(huella__in=huellas) if almacen.pesa(a.huella) is None)


def _por_terminar() -> set[str]:
    return set(Subida.objects.filter(archivo=None).values_list("huella", flat=True))
