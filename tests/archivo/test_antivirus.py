"""Con antivirus, nada queda disponible sin su respuesta, y si no contesta nada se pierde.

Se habla con un clamd mínimo en otro proceso; `make antivirus` repite lo mismo con el de verdad.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from stl_portal.archivo import almacen, antivirus
from stl_portal.archivo.forms import CampoArchivo
from stl_portal.archivo.models import Archivo, Subida
from stl_portal.archivo.veredicto import ArchivoRechazado
from stl_portal.observa import listo
from tests.personas import Reparto

from .muestras import EICAR
from .tus import Quien, dicho

pytestmark = pytest.mark.django_db
DE_VERDAD = os.environ.get("CLAMD_DE_VERDAD", "")
AQUI = Path(__file__).parent
NO_CONTESTA = (
    "El antivirus no contesta y sin él no se recibe ningún archivo. Lo que ya llegó en partes sigue ahí; "
    "inténtalo otra vez en un momento."
)
Encender = Callable[[str], str]


@pytest.fixture
def encender(tmp_path: Path) -> Iterator[Encender]:
    """Arranca un clamd mínimo que se porta de ese modo; da su zócalo."""
    procesos = []

    def uno(modo: str) -> str:
        zocalo = str(tmp_path / f"{modo}.ctl")
        orden = [sys.executable, str(AQUI / "clamd_minimo.py"), zocalo, modo]
        procesos.append(subprocess.Popen(orden, stdout=subprocess.PIPE))
        assert procesos[-1].stdout
        assert procesos[-1].stdout.readline() == b"listo\n"
        return zocalo

    yield uno
    for proceso in procesos:
        proceso.kill()
        proceso.communicate()


def subido(contenido: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("lista.txt", contenido, "text/plain")


def test_lo_limpio_pasa_y_lo_reconocido_se_rechaza_con_su_nombre(
    encender: Encender, settings: Settings
) -> None:
    settings.ANTIVIRUS_SOCKET = DE_VERDAD or encender("bien")
    assert almacen.guardar(subido(b"Uno" * 200_000)).tamano == 600_000
    with pytest.raises(ArchivoRechazado) as rechazo:
        almacen.guardar(subido(EICAR))
    assert "El antivirus reconoció en el archivo «Eicar-Test" in rechazo.value.frase
    assert Archivo.objects.count() == 1
    parte = listo.partes()["antivirus"]
    assert (parte.bien, parte.dicho.startswith("ClamAV")) == (True, True)


def test_si_no_contesta_no_se_acepta_ni_se_pierde(
    encender: Encender, settings: Settings, reparto: Reparto, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ni apagado, ni callado, ni si el archivo es más grande que su tope."""
    monkeypatch.setattr(antivirus, "ESPERA", 0.3)
    for zocalo in ("/no/hay.ctl", "127.0.0.1:1", "sin sentido", encender("mudo"), encender("corto")):
        settings.ANTIVIRUS_SOCKET = zocalo
        with pytest.raises(ValidationError) as error:
            CampoArchivo().clean(subido(b"x" * 400_000))
        assert error.value.messages == [NO_CONTESTA]
    assert Archivo.objects.count() == 0
    settings.ANTIVIRUS_SOCKET = "/no/hay.ctl"
    assert not listo.partes()["antivirus"].bien
    client.force_login(reparto.cuentas["facilitadora"])
    quien = Quien(client)
    quien.empezar(b"Uno\n")
    respuesta = quien.enviar(0)
    assert dicho(respuesta) == (503, NO_CONTESTA)
    assert (respuesta["Retry-After"].isdigit(), quien.va(), Archivo.objects.count()) == (True, 4, 0)
    settings.ANTIVIRUS_SOCKET = DE_VERDAD or encender("bien")
    assert quien.enviar(4).status_code == 204  # no se envía otra vez ni un byte
    assert Subida.objects.get().archivo == Archivo.objects.get()


def test_sin_antivirus_no_se_pregunta(settings: Settings) -> None:
    assert settings.ANTIVIRUS_SOCKET == ""
    assert almacen.guardar(subido(b"Uno")).tamano == 3
    assert "antivirus" not in listo.partes()
