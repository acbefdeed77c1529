"""Lo restaurado es lo mismo, byte por byte, aunque se respalde mientras otros escriben."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from pytest_django import Settings

from stl_portal.archivo import almacen
from stl_portal.archivo.models import Archivo
from stl_portal.respaldo import carga, restaurar, simulacro
from stl_portal.respaldo import carpeta as carpetas
from stl_portal.respaldo.comprobar import comprobar
from stl_portal.respaldo.errores import NoSePudo
from stl_portal.respaldo.hacer import ARCHIVOS
from stl_portal.respaldo.informe import Informe
from stl_portal.respaldo.management.commands import simulacro as orden_simulacro
from stl_portal.respaldo.manifiesto import Manifiesto, Registro
from stl_portal.respaldo.models import Clase, Corrida
from stl_portal.sello.bitacora import anotar
from stl_portal.sello.models import Eslabon
from tests.en_disco import ruta_de
from tests.personas import crear_reparto
from tests.vida.momentos import sellada

from .conftest import Llaves


@pytest.fixture
def como_migrada(transactional_db: None, settings: Settings) -> Iterator[None]:
    """Las tablas de las pruebas no salen de migraciones; `migrate`, en otro proceso, querría crearlas."""
    settings.MIGRATION_MODULES = {}
    registro = MigrationRecorder(connection)
    registro.ensure_schema()
    registro.Migration.objects.bulk_create(
        registro.Migration(app=app, name=nombre) for app, nombre in MigrationLoader(None).disk_migrations
    )
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(registro.Migration)


@contextmanager
def escribiendo() -> Iterator[None]:
    """Alguien sube archivos y anota en el registro público todo el tiempo; falla si no alcanzó a hacerlo."""
    empezo, basta = threading.Event(), threading.Event()
    hechos: list[int] = []

    def escribir() -> None:
        try:
            while not basta.wait(0.01):
                almacen.guardar_propio(f"{len(hechos)} ".encode() * 999, f"{len(hechos)}.txt")
                anotar("prueba", {"n": len(hechos)})
                hechos.append(1)
                empezo.set()
        finally:
            connection.close()

    hilo = threading.Thread(target=escribir)
    hilo.start()
    try:
        assert empezo.wait(30)
        yield
    finally:
        basta.set()
        hilo.join()
    assert len(hechos) > 5


@pytest.mark.usefixtures("como_migrada")
def test_ida_y_vuelta_con_el_portal_escribiendo(
    carpeta: Path, llaves: Llaves, monkeypatch: pytest.MonkeyPatch
) -> None:
    sello = sellada(crear_reparto())
    for n in range(20):
        almacen.guardar_propio(f"evidencia {n}".encode() * 50_000, f"evidencia-{n}.txt")
    Session.objects.create(session_key="clave-de-alguien", session_data="x", expire_date=timezone.now())
    with escribiendo():
        call_command("respaldar")
        en_el_respaldo = comprobar(carpetas.ultimo(carpeta), llaves.privada)
        call_command("simulacro")
    assert en_el_respaldo.tablas[sello._meta.db_table].renglones == 1
    _cuadra(en_el_respaldo)
    anotado = Corrida.objects.get(clase=Clase.SIMULACRO)
    assert anotado.bien
    assert "FALLA" not in anotado.informe
    assert en_el_respaldo.registro.raiz in anotado.informe
    (guardado,) = (carpeta.parent / "simulacros").glob("simulacro-*.txt")
    assert guardado.read_text(encoding="utf-8").strip() == anotado.informe
    _se_nota_si_el_portal_cambio(carpeta, llaves, monkeypatch)


def _cuadra(dicho: Manifiesto) -> None:
    """La base del respaldo nombra justo los archivos que lleva, aunque después hubo otros."""
    archivos = [c for c in dicho.cosas if c.nombre.startswith(ARCHIVOS)]
    assert dicho.tablas["archivo_archivo"].renglones == len(archivos) >= 20
    assert dicho.tablas["sello_eslabon"].renglones == dicho.registro.tamano > 1
    assert dicho.tablas["django_session"].renglones == 0
    assert (dicho.faltan, dicho.alterados) == ([], [])
    assert Archivo.objects.count() > len(archivos)
    assert Eslabon.objects.count() > dicho.registro.tamano


def _se_nota_si_el_portal_cambio(carpeta: Path, llaves: Llaves, monkeypatch: pytest.MonkeyPatch) -> None:
    """Después del respaldo, un archivo cambia y otro se pierde: el simulacro no pasa y nombra a los dos."""
    restaurados, ruta = carpeta.parent / "restaurados", carpetas.ultimo(carpeta)
    shutil.copytree(almacen.raiz(), restaurados)
    uno, otro = Archivo.objects.filter(nombre__startswith="evidencia").order_by("pk")[:2]
    with ruta_de(uno).open("r+b") as abierto:
        abierto.seek(70_000)
        abierto.write(b"#")
    ruta_de(otro).unlink()
    informe = Informe()
    simulacro._comparar(informe, ruta, llaves.privada, restaurados)
    monkeypatch.setattr(orden_simulacro, "ensayar", lambda *_: informe)
    with pytest.raises(CommandError, match="NO PASÓ"):
        call_command("simulacro")
    dicho = Corrida.objects.filter(clase=Clase.SIMULACRO, bien=False).get().informe
    assert f"{uno.huella}: no es igual desde el byte 70000" in dicho
    assert f"{otro.huella}: el portal ya no lo tiene" in dicho
    assert dicho.count("FALLA  ") == 1


@pytest.mark.django_db(transaction=True)
def test_lo_que_ya_estaba_mal_se_respalda_y_se_dice(carpeta: Path, llaves: Llaves) -> None:
    falta, cambiado = (almacen.guardar_propio(b"acta %d" % n, f"{n}.txt") for n in (1, 2))
    ruta_de(falta).unlink()
    ruta_de(cambiado).write_bytes(b"otra cosa")
    with pytest.raises(CommandError, match="2 archivos ya faltaban o estaban cambiados"):
        call_command("respaldar")
    dicho = comprobar(carpetas.ultimo(carpeta), llaves.privada)
    assert (dicho.faltan, dicho.alterados) == ([falta.huella], [cambiado.huella])
    assert not Corrida.objects.get().bien


@pytest.mark.django_db
def test_se_restaura_solo_sobre_lo_vacio_lo_igual_y_lo_conocido(
    carpeta: Path, llaves: Llaves, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("respaldar")
    ruta = carpetas.ultimo(carpeta)
    with pytest.raises(CommandError) as dicho:
        call_command("restaurar", str(ruta))
    assert str(dicho.value) == restaurar.BASE_CON_ALGO
    monkeypatch.setattr(carga, "esta_vacia", lambda: True)
    almacen.guardar_propio(b"algo", "algo.txt")
    with pytest.raises(NoSePudo, match="El almacén de archivos no está vacío"):
        restaurar.restaurar(ruta, llaves.privada)
    otro = Manifiesto("", connection.vendor, {"sesiones": "9999_futura"}, Registro(0, ""), {}, [], [])
    with pytest.raises(NoSePudo, match=r"migración sesiones\.9999_futura"):
        restaurar._exigir_que_corresponda(otro)
    with pytest.raises(NoSePudo, match="El respaldo es de oracle"):
        restaurar._exigir_que_corresponda(Manifiesto(**(vars(otro) | {"motor": "oracle"})))
