"""Guardar una versión de cada conjunto que cambió, y decir en qué se distingue de la anterior.

La huella es la del CSV: si no cambia, no hay versión nueva. Cada versión se anota en el registro público,
así que nadie puede decir después que los datos de ese día eran otros.
"""

import csv
import datetime as dt
import gzip
import hashlib
import io
import tempfile
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from stl_portal.archivo import almacen
from stl_portal.sello import bitacora
from stl_portal.sello.models import Eslabon

from . import esquema, formas
from .filtros import Seleccion
from .grafica import Cuenta, Par
from .models import DatoQuitado, VersionDeDatos
from .registro import CONJUNTOS, Conjunto

TIPO = "version-de-datos"
RETIRADA = "version-de-datos-retirada"
GZIP = "application/gzip"
INTENTOS = 5  # veces que se vuelve a escribir si mientras tanto se quitó un dato o alguien guardó otra


@dataclass(frozen=True)
class Leido:
    """Lo que se supo al escribir el CSV: todo de la misma foto de la base."""

    huella: str
    pesos: dict[str, int]
    filas: int
    grafica: list[Par]
    hasta: int
    anterior: VersionDeDatos | None
    quitado: int  # `DatoQuitado.ultimo` cuando se leyó

    @property
    def sin_cambios(self) -> bool:
        """Si es lo que ya dice la última."""
        return self.anterior is not None and self.anterior.huella == self.huella


class YaNoVale(Exception):
    """Lo escrito ya no se puede anotar: se quitó un dato o alguien guardó otra versión."""


def guardar_todas(ahora: dt.datetime) -> list[VersionDeDatos]:
    """Una versión de cada conjunto cuyo contenido cambió; las nuevas."""
    hechas = (guardar(conjunto, ahora) for conjunto in CONJUNTOS.values())
    return [version for version in hechas if version is not None]


def guardar_primeras(ahora: dt.datetime) -> list[VersionDeDatos]:
    """La primera de cada conjunto que todavía no tiene ninguna."""
    con_version = set(VersionDeDatos.objects.values_list("conjunto", flat=True))
    hechas = (guardar(c, ahora) for clave, c in CONJUNTOS.items() if clave not in con_version)
    return [version for version in hechas if version is not None]


def guardar(conjunto: Conjunto, ahora: dt.datetime) -> VersionDeDatos | None:
    """La versión nueva; None si el contenido es el de la última, o si no deja de cambiar: será mañana.

    Mientras se escribe nadie espera: solo al final, para numerarla y anotarla, se toma el turno de escribir.
    Lanza `ArchivoRechazado` si no queda espacio; entonces no queda nada anotado.
    """
    for _ in range(INTENTOS):
        try:
            return _guardar(conjunto, ahora)
        except YaNoVale:
            continue
    return None


def _guardar(conjunto: Conjunto, ahora: dt.datetime) -> VersionDeDatos | None:
    with tempfile.TemporaryFile() as temporal:
        leido = _escribir(conjunto, temporal)
        if leido.sin_cambios:
            return None
        cambios = _cambios(leido.anterior, temporal) if leido.anterior else {}
        temporal.seek(0)
        fila = VersionDeDatos(
            conjunto=conjunto.clave,
            publicada_el=ahora,
            hasta=leido.hasta,
            huella=leido.huella,
            filas=leido.filas,
            pesos=leido.pesos,
            grafica=leido.grafica,
            esquema=esquema.table_schema(conjunto),
            cambios=cambios,
        )
        with almacen.escrito(temporal) as archivo:
            return _anotar(fila, leido, archivo)


def ultima(clave: str) -> VersionDeDatos | None:
    """La más reciente de ese conjunto."""
    return VersionDeDatos.objects.filter(conjunto=clave).order_by("numero").last()


@transaction.atomic
def _anotar(fila: VersionDeDatos, leido: Leido, archivo: almacen.Escrito) -> VersionDeDatos:
    """La numera, la anota y la guarda. Lanza `YaNoVale` si lo leído ya no es lo que debe publicarse."""
    bitacora.esperar_turno()  # quien esté quitando un dato termina antes, y aquí ya se nota
    if ultima(fila.conjunto) != leido.anterior or DatoQuitado.ultimo() != leido.quitado:
        raise YaNoVale
    fila.archivo = almacen.guardar_escrito(archivo, f"{fila.conjunto}.csv.gz", GZIP)
    fila.numero = leido.anterior.numero + 1 if leido.anterior else 1
    fila.eslabon = bitacora.anotar(TIPO, lo_que_consta(fila), objeto=objeto(fila)).n
    fila.save(force_insert=True)
    return fila


def objeto(fila: VersionDeDatos) -> str:
    """Como la nombra el registro público: «datos:acuerdos/3»."""
    return f"datos:{fila.conjunto}/{fila.numero}"


def lo_que_consta(fila: VersionDeDatos) -> dict[str, Any]:
    """Lo que de ella se anota."""
    return {
        "conjunto": fila.conjunto,
        "numero": fila.numero,
        "filas": fila.filas,
        "huella": fila.huella,
        "hasta": fila.hasta,
    }


@transaction.atomic
def retirar(fila: VersionDeDatos, motivo: str, ahora: dt.datetime) -> None:
    """Deja de entregarse, porque la ley lo exige; consta que existió, su huella y por qué se retiró."""
    fila.retirada_el, fila.motivo = ahora, motivo
    fila.save(update_fields=["retirada_el", "motivo"])
    datos = {"conjunto": fila.conjunto, "numero": fila.numero, "motivo": motivo}
    bitacora.anotar(RETIRADA, datos, objeto=objeto(fila))


@transaction.atomic
def retirar_las_que_dicen(
    mencion: str,
    lo_dice: Callable[[list[str]], bool],
    motivo: str,
    ahora: dt.datetime,
    conjuntos: Collection[str] | None = None,
) -> list[VersionDeDatos]:
    """Retira cada versión con una fila que lleva `mencion` tal cual en una celda y cumple `lo_dice`.

    Sirve para que lo que se quita del portal no se siga descargando de sus versiones. Si el archivo de una
    no se puede leer, también se retira: no hay cómo saber que no lo dice. Sin `conjuntos`, de todos.
    """
    bitacora.esperar_turno()  # la que se esté anotando termina antes, y también se revisa
    DatoQuitado.objects.create(quitado_el=ahora, motivo=motivo)  # la que se esté escribiendo, ya no se anota
    entregadas = VersionDeDatos.objects.filter(retirada_el=None).select_related("archivo")
    if conjuntos is not None:
        entregadas = entregadas.filter(conjunto__in=conjuntos)
    retiradas = [fila for fila in entregadas.iterator(chunk_size=100) if _alguna(fila, mencion, lo_dice)]
    for fila in retiradas:
        retirar(fila, motivo, ahora)
    return retiradas


def _alguna(version: VersionDeDatos, mencion: str, lo_dice: Callable[[list[str]], bool]) -> bool:
    try:
        with almacen.abrir(version.archivo) as comprimido, _leido(comprimido) as lector:
            return any(any(mencion in celda for celda in fila) and lo_dice(fila) for fila in lector)
    except (OSError, EOFError, zlib.error, csv.Error):
        return True


def _escribir(conjunto: Conjunto, temporal: BinaryIO) -> Leido:
    """El CSV, comprimido, en el archivo temporal, que queda al principio."""
    cuenta, suma, peso = Cuenta(conjunto), hashlib.sha256(), 0
    with una_sola_foto():
        anterior, quitado = ultima(conjunto.clave), DatoQuitado.ultimo()
        hasta = Eslabon.objects.order_by("-n").values_list("n", flat=True).first() or 0
        # Sin fecha ni nombre dentro: el mismo contenido comprimido da los mismos bytes.
        with gzip.GzipFile(filename="", mode="wb", fileobj=temporal, mtime=0) as comprimido:
            for trozo in formas.en_csv(conjunto, cuenta.de(Seleccion(conjunto).filas())):
                suma.update(trozo)
                peso += comprimido.write(trozo)
        huella = suma.hexdigest()
        cambio = anterior is None or anterior.huella != huella
        pesos = _pesos(conjunto, peso) if cambio else {}
    temporal.seek(0)
    return Leido(huella, pesos, cuenta.filas, cuenta.pares, hasta, anterior, quitado)


@contextmanager
def una_sola_foto() -> Iterator[None]:
    """Lo que se lee adentro es de un mismo instante, aunque alguien publique mientras tanto, y nadie espera.

    Dentro de otra transacción vale la foto de ella.
    """
    empieza = not connection.in_atomic_block
    with _sin_candado() if empieza else nullcontext(), transaction.atomic():
        if empieza and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


@contextmanager
def _sin_candado() -> Iterator[None]:
    """En SQLite toda transacción empieza con el candado de escritura; quien solo lee no lo necesita."""
    connection.ensure_connection()  # al conectarse se vuelve a poner el modo de siempre
    actual: Any = connections[DEFAULT_DB_ALIAS]
    if actual.vendor != "sqlite":
        yield
        return
    modo, actual.transaction_mode = actual.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        actual.transaction_mode = modo


def _pesos(conjunto: Conjunto, del_csv: int) -> dict[str, int]:
    """Cuántos bytes pesa cada forma."""
    otras = {clave: forma for clave, forma in formas.formas_de(conjunto).items() if clave != "csv"}
    medidas = {
        clave: sum(map(len, forma.escribir(conjunto, Seleccion(conjunto).filas())))
        for clave, forma in otras.items()
    }
    return {"csv": del_csv, **medidas}


def _cambios(anterior: VersionDeDatos, temporal: BinaryIO) -> dict[str, Any]:
    """Filas de más, de menos y distintas, por `id`, y si cambiaron las columnas."""
    with almacen.abrir(anterior.archivo) as viejo:
        antes, columnas_de_antes = _por_id(viejo)
    ahora, columnas = _por_id(temporal)
    comunes = antes.keys() & ahora.keys()
    return {
        "mas": len(ahora) - len(comunes),
        "menos": len(antes) - len(comunes),
        "distintas": sum(antes[clave] != ahora[clave] for clave in comunes),
        "columnas": columnas_de_antes != columnas,
    }


def _por_id(comprimido: BinaryIO) -> tuple[Mapping[str, bytes], list[str]]:
    """De cada `id`, un resumen de su fila, que es lo que queda en la memoria; y las columnas."""
    with _leido(comprimido) as lector:
        columnas = next(lector)
        return {
            fila[0]: hashlib.blake2b(repr(fila).encode(), digest_size=16).digest() for fila in lector
        }, columnas


@contextmanager
def _leido(comprimido: BinaryIO) -> Iterator[Iterator[list[str]]]:
    """Sus líneas; la primera, las columnas."""
    with gzip.open(comprimido, "rb") as crudo, io.TextIOWrapper(crudo, "utf-8-sig", newline="") as texto:
        yield csv.reader(texto)
