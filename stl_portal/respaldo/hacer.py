"""Respaldar con el portal en uso: la base de un instante, los archivos que ella nombra y el manifiesto.

El orden importa: un archivo está completo en el almacén antes de que exista su renglón y no se sobrescribe,
así que leído después siempre está. El paquete se escribe con nombre provisional y recibe el suyo al final: un
corte no deja nada que parezca un respaldo.
"""

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stl_portal.archivo import almacen
from stl_portal.archivo.disco import asentar_carpetas
from stl_portal.archivo.models import Archivo

from . import carpeta as carpetas
from . import cifra, manifiesto, sin_datos, volcado
from .errores import NoSePudo, con_frase
from .foto import Foto
from .manifiesto import Manifiesto
from .paquete import BLOQUE, Cosa, Escritor

PARTE = 8 * 1024 * 1024  # la base va en partes de este tamaño: su peso no se sabe hasta el final
BASE = "base/"
ARCHIVOS = "archivos/"


@dataclass(frozen=True)
class Hecho:
    """Un respaldo completo: dónde quedó, cuánto pesa, su huella y qué lleva."""

    ruta: Path
    tamano: int
    huella: str
    manifiesto: Manifiesto

    @property
    def completo(self) -> bool:
        """Si ningún archivo faltaba o estaba cambiado al respaldar."""
        return not self.manifiesto.faltan and not self.manifiesto.alterados


def respaldar(carpeta: Path, para: Sequence[str], ahora: dt.datetime) -> Hecho:
    """Hace un respaldo, cifrado para esas llaves públicas. Lanza `NoSePudo`; entonces no queda nada."""
    with con_frase(carpeta), carpetas.a_solas(carpeta) as privada:
        destino = carpeta / carpetas.nombre(ahora, cifrado=bool(para))
        if destino.exists():
            raise NoSePudo(f"Ya existe «{destino}».")
        provisional = privada / destino.name
        with volcado.abrir(privada) as base, cifra.hacia(provisional, para) as abierto:
            dicho = _empacar(Escritor(abierto), base, ahora)
        huella, tamano = almacen.huella_de(provisional), provisional.stat().st_size
        provisional.rename(destino)
        asentar_carpetas(carpeta)
    return Hecho(destino, tamano, huella, dicho)


def _empacar(escritor: Escritor, base: volcado.Volcado, ahora: dt.datetime) -> Manifiesto:
    cosas = [
        escritor.agregar(f"{BASE}{n:06}", len(parte), [parte])
        for n, parte in enumerate(_en_partes(base.bloques()), start=1)
    ]
    faltan, alterados = [], []
    for huella, _tamano in base.foto.archivos:
        cosa = _agregar_archivo(escritor, huella)
        if cosa is None:
            faltan.append(huella)
            continue
        cosas.append(cosa)
        if cosa.huella != huella:
            alterados.append(huella)
    dicho = _manifiesto(base.foto, cosas, faltan, alterados, ahora)
    crudo = dicho.bytes()
    escritor.agregar(manifiesto.NOMBRE, len(crudo), [crudo])
    escritor.cerrar()
    return dicho


def _en_partes(bloques: Iterable[bytes]) -> Iterator[bytes]:
    """Los mismos bytes, en partes iguales salvo la última."""
    llevados = bytearray()
    for bloque in bloques:
        llevados += bloque
        while len(llevados) >= PARTE:
            yield bytes(llevados[:PARTE])
            del llevados[:PARTE]
    if llevados:
        yield bytes(llevados)


def _agregar_archivo(escritor: Escritor, huella: str) -> Cosa | None:
    """Lo guarda tal como está, aunque ya no dé su huella; None si no está."""
    try:
        abierto = almacen.abrir(Archivo(huella=huella))
    except FileNotFoundError:
        return None
    with abierto:
        tamano = abierto.seek(0, io.SEEK_END)
        abierto.seek(0)
        return escritor.agregar(f"{ARCHIVOS}{huella}", tamano, iter(lambda: abierto.read(BLOQUE), b""))


def _manifiesto(
    foto: Foto, cosas: list[Cosa], faltan: list[str], alterados: list[str], ahora: dt.datetime
) -> Manifiesto:
    return Manifiesto(
        hecho_el=ahora.astimezone(dt.UTC).isoformat(timespec="seconds"),
        motor=foto.motor,
        esquema=foto.esquema,
        registro=foto.registro,
        tablas=foto.tablas,
        sin_datos=sin_datos.tablas(),
        cosas=cosas,
        faltan=faltan,
        alterados=alterados,
    )
