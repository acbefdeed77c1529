"""Un byte cambiado en cualquier fila del registro o en un archivo se detecta y se localiza.

Sin `MUTACIONES` se prueban unos cientos de lugares al azar; `make mutaciones` prueba diez mil.
"""

import os
import random
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction

from stl_portal.archivo import almacen
from stl_portal.archivo.models import Archivo
from stl_portal.sello import puntos
from stl_portal.sello.bitacora import anotar
from stl_portal.sello.models import Eslabon, PuntoDeControl
from stl_portal.sello.verificacion import verificar
from tests.en_disco import ruta_de
from tests.quitar_guardas import quitar_las_de_lo_sellado

CUANTAS = int(os.environ.get("MUTACIONES", "300"))
NUMEROS = {"n", "tamano"}
IMPRIMIBLES = bytes(range(32, 127))


@dataclass(frozen=True)
class Lugar:
    """Dónde se va a cambiar un byte y cómo debe llamarlo la comprobación."""

    tabla: str
    columna: str
    pk: int
    nombre: str


@pytest.fixture
def _registro(db: None) -> None:
    """Treinta eslabones con acentos, tres puntos de control y dos archivos; sin guardas."""
    for numero in range(30):
        anotar("prueba", {"título": f"Sesión {numero}", "sha256": "ab" * 32}, objeto=f"cosa:{numero}")
        if numero % 10 == 9:
            puntos.publicar()
    for numero in range(2):
        almacen.guardar_propio(f"Contenido del archivo {numero}. ".encode() * 20, f"{numero}.txt")
    quitar_las_de_lo_sellado(connection)


def lugares() -> list[Lugar]:
    """Todas las columnas de todas las filas."""
    return [
        Lugar(modelo._meta.db_table, campo.column, fila.pk, nombre.format(fila.pk))
        for modelo, nombre in ((Eslabon, "eslabón {}"), (PuntoDeControl, "punto de control {}"))
        for fila in modelo._default_manager.all()
        for campo in modelo._meta.concrete_fields
        if campo.column
    ]


def alterar(lugar: Lugar, azar: random.Random) -> str:
    """Cambia un byte de esa columna, saltándose el portal; devuelve qué nombre debe salir acusado."""
    pk = "n" if lugar.tabla == Eslabon._meta.db_table else "tamano"
    if lugar.columna in NUMEROS:
        _ejecutar(f"UPDATE {lugar.tabla} SET {pk} = {pk} + 4096 WHERE {pk} = {lugar.pk}")
        return lugar.nombre.replace(str(lugar.pk), str(lugar.pk + 4096))
    leer = f"SELECT {_como_bytes(lugar.columna)} FROM {lugar.tabla} WHERE {pk} = {lugar.pk}"
    valor, forma = _otro_valor(lugar, _ejecutar(leer), azar)
    _ejecutar(f"UPDATE {lugar.tabla} SET {lugar.columna} = {forma} WHERE {pk} = {lugar.pk}", valor)
    return lugar.nombre


def _ejecutar(orden: str, *parametros: Any) -> Any:
    """Manda la orden; si es una pregunta, el valor que contesta."""
    with connection.cursor() as cursor:
        cursor.execute(orden, parametros or None)
        return cursor.fetchone()[0] if cursor.description else None


def _como_bytes(columna: str) -> str:
    """Cómo se leen los bytes de la columna. PostgreSQL guarda la hora como microsegundos."""
    if connection.vendor == "sqlite":
        return f"CAST({columna} AS BLOB)"
    return "NULL" if columna == "creado_el" else f"convert_to({columna}, 'UTF8')"


def _otro_valor(lugar: Lugar, original: bytes | None, azar: random.Random) -> tuple[Any, str]:
    """El valor alterado y la forma de SQL que lo escribe."""
    if original is None:
        return azar.choice([-1, 1]) * 2 ** azar.randrange(30), "creado_el + %s * interval '1 microsecond'"
    if connection.vendor == "sqlite":
        return _otro_byte(original, azar, bytes(range(256))), "CAST(%s AS TEXT)"
    return _otro_byte(bytes(original), azar, IMPRIMIBLES).decode(), "%s"


def _otro_byte(original: bytes, azar: random.Random, alfabeto: bytes) -> bytes:
    """El mismo contenido con un byte distinto del alfabeto; si estaba vacío, con uno de más."""
    cambiables = [i for i, b in enumerate(original) if b in alfabeto]
    lugar = azar.choice(cambiables) if cambiables else 0
    nuevo = azar.choice([b for b in alfabeto if b not in original[lugar : lugar + 1]])
    return original[:lugar] + bytes([nuevo]) + original[lugar + 1 :]


def acusados() -> set[str]:
    """Lo que la comprobación señala, sin contar las guardas que estas pruebas quitaron."""
    return {f.donde for f in verificar()[0] if not f.donde.startswith("guarda ")}


@pytest.mark.usefixtures("_registro")
def test_todo_byte_cambiado_en_una_fila_se_localiza() -> None:
    assert acusados() == set()
    azar, todos, sin_localizar = random.Random(CUANTAS), lugares(), []
    for _ in range(CUANTAS):
        lugar = azar.choice(todos)
        with transaction.atomic():
            acusado = alterar(lugar, azar)
            if acusado not in acusados():
                sin_localizar.append(lugar)
            transaction.set_rollback(True)
    assert sin_localizar == []
    assert acusados() == set()
    print(f"{CUANTAS} bytes cambiados en el registro, todos localizados")


@pytest.mark.usefixtures("_registro")
def test_todo_byte_cambiado_en_un_archivo_se_localiza() -> None:
    azar, archivos = random.Random(CUANTAS), list(Archivo.objects.order_by("pk"))
    for _ in range(max(CUANTAS // 10, 20)):
        archivo = azar.choice(archivos)
        ruta = ruta_de(archivo)
        original = ruta.read_bytes()
        ruta.write_bytes(_otro_byte(original, azar, bytes(range(256))))
        assert acusados() == {f"archivo {archivo.huella}"}
        ruta.write_bytes(original)


@pytest.mark.usefixtures("_registro")
def test_un_archivo_perdido_se_nombra() -> None:
    archivo = Archivo.objects.earliest("pk")
    ruta_de(archivo).unlink()
    assert acusados() == {f"archivo {archivo.huella}"}
