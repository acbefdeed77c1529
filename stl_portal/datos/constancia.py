"""Lo que de las versiones de datos dice el registro público, y cómo se comprueba y se reconoce."""

import gzip
import hashlib
import zlib
from collections.abc import Collection, Iterator, Mapping

from django.urls import reverse

from stl_portal.archivo import almacen
from stl_portal.sello.constancia import contra_su_eslabon, sin_fila
from stl_portal.sello.lectura import leidas
from stl_portal.sello.registro import (
    NOMBRES,
    PAGINAS,
    RECONOCEDORES,
    VERIFICADORES,
    Falla,
    Reconocido,
    apuntar,
)

from .models import VersionDeDatos
from .registro import CONJUNTOS
from .versiones import TIPO, lo_que_consta, objeto

CLASE = "datos"  # con que el registro nombra un conjunto: «datos:acuerdos/3»


def fallas() -> Iterator[Falla]:
    """Las versiones que ya no dicen lo que consta, o cuyo archivo no es el que se publicó."""
    for leida in leidas(VersionDeDatos.objects.select_related("archivo")):
        hallado = [*leida.fallas(), *(_de_la_fila(leida.fila) if leida.fila else ())]
        yield from (Falla(f"versión de datos {leida.pk}", que) for que in hallado)
    yield from sin_fila(VersionDeDatos, TIPO)


def _de_la_fila(fila: VersionDeDatos) -> Iterator[str]:
    yield from contra_su_eslabon(fila.eslabon, TIPO, objeto(fila), [lo_que_consta(fila)])
    try:
        huella = _huella(fila)
    except (OSError, EOFError, zlib.error) as error:
        yield f"su archivo no se puede leer ({type(error).__name__})"
        return
    if huella != fila.huella:
        yield "el archivo no da su huella"


def _huella(fila: VersionDeDatos) -> str:
    """La del CSV, descomprimido al paso."""
    suma = hashlib.sha256()
    with almacen.abrir(fila.archivo) as crudo, gzip.open(crudo) as abierto:
        while bloque := abierto.read(64 * 1024):
            suma.update(bloque)
    return suma.hexdigest()


def version(huella: str) -> Reconocido | None:
    """La versión con esa huella; None si ninguna la tiene."""
    fila = VersionDeDatos.objects.filter(huella=huella).order_by("numero").last()
    if fila is None or fila.conjunto not in CONJUNTOS:
        return None
    return Reconocido(
        "alerta" if fila.retirada_el else "exito",
        "Es una versión de los datos abiertos" + (" que después se retiró" if fila.retirada_el else ""),
        fila.motivo or f"Es idéntica, byte por byte, al CSV de la versión {fila.numero}.",
        documento=f"{CONJUNTOS[fila.conjunto].titulo}, versión {fila.numero}",
        url=reverse("datos:versiones", args=(fila.conjunto,)),
        eslabon=fila.eslabon,
    )


def paginas(claves: Collection[str]) -> Mapping[str, str]:
    """De «acuerdos/3», la página de las versiones de ese conjunto."""
    return {
        clave: reverse("datos:versiones", args=(conjunto,))
        for clave in claves
        if (conjunto := clave.rpartition("/")[0]) in CONJUNTOS
    }


def nombres(claves: Collection[str]) -> Mapping[str, str]:
    """De «acuerdos/3», «Datos de Acuerdos, versión 3»."""
    dichos = {}
    for clave in claves:
        conjunto, _, numero = clave.rpartition("/")
        if conjunto in CONJUNTOS:
            dichos[clave] = f"Datos abiertos: {CONJUNTOS[conjunto].titulo}, versión {numero}"
    return dichos


def registrar() -> None:
    """Se llama desde `DatosConfig.ready()`; repetirlo no duplica nada."""
    apuntar(VERIFICADORES, fallas)
    apuntar(RECONOCEDORES, version)
    PAGINAS[CLASE] = paginas
    NOMBRES[CLASE] = nombres
