"""Un respaldo completo o ninguno: cortes, disco lleno, llaves, permisos y lo que no debe llevar."""

import datetime as dt
import os
import signal
import sqlite3
import stat
import warnings
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from stl_portal.respaldo import carpeta as carpetas
from stl_portal.respaldo import cifra, hacer, paquete, sin_datos, volcado
from stl_portal.respaldo.comprobar import comprobar
from stl_portal.respaldo.errores import Danado, NoSePudo
from stl_portal.respaldo.management.commands import respaldar as orden
from stl_portal.respaldo.models import Clase, Corrida
from stl_portal.respaldo.retencion import Cuantos

from .conftest import Llaves

pytestmark = pytest.mark.django_db
AHORA = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


def en(carpeta: Path) -> list[str]:
    """Lo que quedó en la carpeta, también lo escondido."""
    return sorted(ruta.name for ruta in carpeta.iterdir() if ruta.name != ".candado")


def test_queda_uno_cifrado_que_solo_lee_su_duena_y_se_anota(carpeta: Path, llaves: Llaves) -> None:
    call_command("respaldar")
    (ruta,) = carpeta.glob("*.age")
    assert en(carpeta) == [ruta.name]
    assert stat.S_IMODE(ruta.stat().st_mode) == 0o600
    assert stat.S_IMODE(carpeta.stat().st_mode) == 0o700
    assert ruta.read_bytes().startswith(cifra.MARCA)
    corrida = Corrida.objects.get()
    assert (corrida.clase, corrida.bien, corrida.archivo) == (Clase.RESPALDO, True, str(ruta))
    assert corrida.tamano == ruta.stat().st_size
    dicho = comprobar(ruta, llaves.privada)
    assert dicho.motor == connection.vendor
    assert {"sello_eslabon", "django_session"} <= set(dicho.tablas)


def test_un_byte_cambiado_en_lo_cifrado_se_detecta_y_se_localiza(carpeta: Path, llaves: Llaves) -> None:
    ruta = hacer.respaldar(carpeta, [llaves.publica], AHORA).ruta
    bueno = ruta.read_bytes()
    for lugar in (5, 40, 120, 180, 205, len(bueno) // 2, len(bueno) - 1):
        ruta.write_bytes(bueno[:lugar] + bytes([bueno[lugar] ^ 1]) + bueno[lugar + 1 :])
        with pytest.raises(NoSePudo, match=r"encabezado|byte") as dicho:
            comprobar(ruta, llaves.privada)
        if lugar == len(bueno) // 2:
            assert "base/000001" in str(dicho.value)
    for otro in (bueno[:-1], bueno[: len(bueno) // 2], bueno + b"x"):
        ruta.write_bytes(otro)
        with pytest.raises(Danado):
            comprobar(ruta, llaves.privada)


def test_sin_la_llave_no_se_abre_y_se_dice_cual_falta(
    carpeta: Path, llaves: Llaves, tmp_path: Path, settings: Settings
) -> None:
    ruta = hacer.respaldar(carpeta, [llaves.publica], AHORA).ruta
    (tmp_path / "otra").write_text(llaves.publica)
    for llave, frase in (
        ("", "RESPALDO_LLAVE"),
        ("/no/hay", "No se puede leer"),
        (str(tmp_path / "otra"), "No se puede leer"),
    ):
        settings.RESPALDO = replace(settings.RESPALDO, llave=llave)
        with pytest.raises(CommandError, match=frase):
            call_command("comprobar_respaldo", str(ruta))
    with pytest.raises(NoSePudo, match="No existe el respaldo"):
        comprobar(carpeta / "otro.tar.age", llaves.privada)


def test_sin_llave_publica_solo_fuera_de_produccion_y_lo_dice(
    carpeta: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.RESPALDO = replace(settings.RESPALDO, para=())
    call_command("respaldar")
    assert orden.SIN_CIFRAR in capsys.readouterr().err
    (ruta,) = carpeta.glob("*.tar")
    assert comprobar(ruta, "").faltan == []
    settings.PRODUCCION = True
    with pytest.raises(CommandError) as dicho:
        call_command("respaldar")
    assert str(dicho.value) == orden.EN_PRODUCCION
    assert Corrida.objects.filter(bien=False, dicho=orden.EN_PRODUCCION).count() == 1
    assert en(carpeta) == [ruta.name]


@pytest.mark.parametrize("donde", ["agregar", "cerrar"])
def test_un_corte_a_la_mitad_no_deja_algo_que_parezca_un_respaldo(
    carpeta: Path, llaves: Llaves, donde: str
) -> None:
    """Se mata de verdad al proceso que respalda, sin que pueda limpiar nada."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # el hijo no usa los hilos de quien prueba
        hijo = os.fork()
    if not hijo:
        signal.alarm(60)
        setattr(paquete.Escritor, donde, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        hacer.respaldar(carpeta, [llaves.publica], AHORA)
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(hijo, 0)[1]) == signal.SIGKILL
    assert carpetas.hechos(carpeta) == {}
    hecho = hacer.respaldar(carpeta, [llaves.publica], AHORA)  # y el siguiente barre lo que quedó
    assert en(carpeta) == [hecho.ruta.name]


@pytest.mark.parametrize("cifrado", [True, False])
def test_con_el_disco_lleno_lo_dice_y_no_queda_nada(
    carpeta: Path, llaves: Llaves, monkeypatch: pytest.MonkeyPatch, cifrado: bool
) -> None:
    anterior = hacer.respaldar(carpeta, [llaves.publica], AHORA - dt.timedelta(days=1)).ruta
    # En lugar del archivo nuevo, un disco en el que de verdad no cabe nada.
    lleno = SimpleNamespace(**(vars(os) | {"open": lambda *_: os.open("/dev/full", os.O_WRONLY)}))
    monkeypatch.setattr(cifra, "os", lleno)
    with pytest.raises(NoSePudo, match=f"No queda espacio en «{carpeta}»"):
        hacer.respaldar(carpeta, [llaves.publica] if cifrado else [], AHORA)
    assert en(carpeta) == [anterior.name]


def test_una_llave_publica_que_no_sirve_o_un_programa_que_falta(
    carpeta: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NoSePudo, match="RESPALDO_PARA"):
        hacer.respaldar(carpeta, ["age1mal"], AHORA)
    monkeypatch.setenv("PATH", "/no/hay")
    with pytest.raises(NoSePudo, match="Falta instalar el programa"):
        hacer.respaldar(carpeta, ["age1mal"], AHORA)
    assert en(carpeta) == []


def test_dos_a_la_vez_no(carpeta: Path, llaves: Llaves) -> None:
    with carpetas.a_solas(carpeta), pytest.raises(NoSePudo, match="Ya se está haciendo"):
        hacer.respaldar(carpeta, [llaves.publica], AHORA)


def test_programado_aplica_la_retencion_y_no_toca_lo_ajeno(carpeta: Path, settings: Settings) -> None:
    settings.RESPALDO = replace(settings.RESPALDO, cuantos=Cuantos(2, 0, 0))
    viejos = [carpetas.nombre(AHORA - dt.timedelta(days=400 + n), cifrado=True) for n in range(3)]
    carpeta.mkdir()
    for nombre in (*viejos, "notas.txt", "respaldo-a-mano.tar"):
        (carpeta / nombre).touch()
    call_command("respaldar")
    assert set(viejos) < set(en(carpeta))  # a mano no borra nada
    for hecho in carpetas.hechos(carpeta).values():
        if hecho.name not in viejos:
            hecho.rename(carpeta / carpetas.nombre(AHORA - dt.timedelta(days=300), cifrado=True))
    call_command("respaldar", "--programado")
    assert {"notas.txt", "respaldo-a-mano.tar"} < set(en(carpeta))
    assert len(carpetas.hechos(carpeta)) == 2
    assert not set(viejos) & set(en(carpeta))


def test_lo_que_va_vacio_no_le_falta_a_nadie() -> None:
    vacias = {apps.get_model(modelo) for modelo in sin_datos.modelos()}
    apuntan = {
        f"{modelo._meta.label}.{campo.name}"
        for modelo in apps.get_models(include_auto_created=True)
        for campo in modelo._meta.concrete_fields
        if modelo not in vacias and campo.related_model in vacias
    }
    assert apuntan == set()


def test_de_la_copia_se_borran_tambien_los_bytes(tmp_path: Path) -> None:
    """Una sesión borrada con DELETE seguiría escrita en las páginas libres del archivo."""
    ruta = tmp_path / "copia.sqlite3"
    base = sqlite3.connect(ruta, isolation_level=None)
    base.execute("CREATE TABLE django_session (session_key, session_data)")
    base.executemany(
        "INSERT INTO django_session VALUES (?, ?)", [(f"clave-{n}", "secreta" * 900) for n in range(9)]
    )
    volcado._vaciar(base)
    base.close()
    assert b"secreta" not in ruta.read_bytes()
    assert b"clave-" not in ruta.read_bytes()
