"""Restaurar sobre una base y un almacén vacíos, y probar que lo restaurado es lo que se respaldó.

El respaldo se comprueba entero antes de tocar nada y otra vez mientras se restaura.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from stl_portal.archivo import almacen, deposito
from stl_portal.archivo.veredicto import ArchivoRechazado
from stl_portal.espanol import peso
from stl_portal.guardas import instalacion

from . import carga
from .comprobar import comprobar
from .errores import NoSePudo, con_frase
from .foto import Foto
from .hacer import ARCHIVOS, BASE
from .informe import Informe
from .manifiesto import Manifiesto
from .paquete import Miembro

BASE_CON_ALGO = "La base de datos no está vacía: se restaura solo sobre una vacía, para no pisar nada."
ALMACEN_CON_ALGO = (
    "El almacén de archivos no está vacío: se restaura solo sobre uno vacío, para no pisar nada."
)
POSTERIOR = "El respaldo es de una versión posterior del portal (migración {}): instala esa versión."


def restaurar(ruta: Path, llave: str, copias: Sequence[Path] = ()) -> Informe:
    """Restaura y comprueba; el informe dice cómo quedó cada cosa. Lanza `NoSePudo` si no se pudo restaurar.

    `copias` son puntos de control del registro guardados fuera.
    """
    with con_frase(almacen.raiz()):
        _exigir_vacio()
    dicho = comprobar(ruta, llave)
    _exigir_que_corresponda(dicho)
    informe = Informe()
    total = sum(cosa.tamano for cosa in dicho.cosas)
    informe.anotar(
        f"El respaldo está entero: {len(dicho.cosas)} cosas, {peso(total)}, cada una con su huella."
    )
    with con_frase(almacen.raiz()):
        foto, danados = _poner(ruta, llave)
    _anotar_base(informe, dicho, foto)
    _anotar_archivos(informe, dicho, danados)
    _poner_guardas(informe)
    _correr(informe, "revisar_archivos")
    _correr(informe, "verificar_bitacora", *map(str, copias))
    return informe


def _exigir_vacio() -> None:
    if not carga.esta_vacia():
        raise NoSePudo(BASE_CON_ALGO)
    if not deposito.actual().esta_vacio():
        raise NoSePudo(ALMACEN_CON_ALGO)


def _exigir_que_corresponda(dicho: Manifiesto) -> None:
    """Un respaldo no cambia de una base a otra, ni entra en un portal más viejo que él."""
    if dicho.motor != connection.vendor:
        raise NoSePudo(
            f"El respaldo es de {dicho.motor} y esta base es {connection.vendor}. Restáuralo en una igual; "
            "para cambiar de base, exportar_todo e importar_todo."
        )
    conocidas = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    for app, ultima in dicho.esquema.items():
        if (app, ultima) not in conocidas:
            raise NoSePudo(POSTERIOR.format(f"{app}.{ultima}"))


def _poner(ruta: Path, llave: str) -> tuple[Foto, list[str]]:
    """La base y los archivos; de estos, los que no dan su huella no se ponen y se nombran."""
    entrando = carga.nueva()
    danados: list[str] = []

    def poner(miembro: Miembro) -> None:
        if miembro.nombre.startswith(BASE):
            for bloque in miembro.bloques():
                entrando.escribir(bloque)
        elif miembro.nombre.startswith(ARCHIVOS):
            danados.extend(_poner_archivo(miembro))

    try:
        comprobar(ruta, llave, poner)
        return entrando.terminar(), danados
    except BaseException:
        entrando.abandonar()
        raise


def _poner_archivo(miembro: Miembro) -> Iterator[str]:
    huella = miembro.nombre.removeprefix(ARCHIVOS)
    try:
        almacen.reponer(cast(Any, miembro), huella)
    except ArchivoRechazado as rechazo:
        if rechazo.frase == almacen.NO_CABE:
            raise NoSePudo(
                "No queda espacio para los archivos: vacía la base y el almacén y repite."
            ) from rechazo
        yield huella


def _anotar_base(informe: Informe, dicho: Manifiesto, foto: Foto) -> None:
    renglones = sum(tabla.renglones for tabla in foto.tablas.values())
    distintas = [
        f"{nombre} no es igual: {_cuenta(foto, nombre)} renglones; en el respaldo, {_cuenta(dicho, nombre)}"
        for nombre in sorted({*dicho.tablas, *foto.tablas})
        if dicho.tablas.get(nombre) != foto.tablas.get(nombre)
    ]
    informe.anotar(
        f"Base: {len(foto.tablas)} tablas y {renglones} renglones, comparados con los del respaldo.",
        distintas,
    )
    otra = [] if foto.registro == dicho.registro else [f"la raíz es {foto.registro.raiz}"]
    de = dicho.registro
    informe.anotar(f"Registro público: {de.tamano} eslabones; raíz {de.raiz}.", otra)


def _cuenta(de: Foto | Manifiesto, tabla: str) -> int | str:
    return de.tablas[tabla].renglones if tabla in de.tablas else "no existe"


def _anotar_archivos(informe: Informe, dicho: Manifiesto, danados: Sequence[str]) -> None:
    puestos = sum(cosa.nombre.startswith(ARCHIVOS) for cosa in dicho.cosas) - len(danados)
    fallas = [f"{huella}: no daba su huella al respaldarse" for huella in danados]
    fallas += [f"{huella}: ya faltaba al respaldarse" for huella in dicho.faltan]
    informe.anotar(f"Archivos: {puestos} puestos en el almacén, cada uno con su huella.", fallas)


def _poner_guardas(informe: Informe) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    faltan = [guarda.nombre for guarda in instalacion.faltantes(connection)]
    cuantas = len(instalacion.esperadas(connection))
    informe.anotar(f"Guardas: {cuantas} puestas, contra cambios a lo sellado y periodos encimados.", faltan)


def _correr(informe: Informe, orden: str, *argumentos: str) -> None:
    """Una comprobación del portal, con lo que dijo."""
    salida, errores = io.StringIO(), io.StringIO()
    fallas: list[str] = []
    correr = cast(Callable[..., Any], call_command)
    try:
        correr(orden, *argumentos, stdout=salida, stderr=errores)
    except CommandError as error:
        fallas = [*errores.getvalue().splitlines(), str(error)]
    ultimo = (salida.getvalue().strip().splitlines() or ["sin fallas"])[-1]
    informe.anotar(f"{orden}: {'hay fallas.' if fallas else ultimo}", fallas)
