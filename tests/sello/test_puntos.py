"""Los puntos de control: se firman, no contradicen al anterior y salen del portal."""

import base64
import json
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from stl_portal.sello import clave, merkle, nota, puntos, registro
from stl_portal.sello.bitacora import anotar
from stl_portal.sello.models import Eslabon, PuntoDeControl
from tests.quitar_guardas import quitar_las_de_lo_sellado


@pytest.fixture(autouse=True)
def _algo_anotado(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    for numero in range(4):
        anotar("prueba", {"numero": numero})


def test_el_texto_tiene_la_forma_c2sp_y_la_firma_es_valida() -> None:
    punto = puntos.publicar()
    cuerpo, _, firma = punto.texto.partition("\n\n")
    origen, tamano, raiz, fecha = cuerpo.split("\n")
    assert (origen, tamano) == ("127.0.0.1:8000/registro", "5")  # los cuatro y la clave declarada
    assert base64.b64decode(raiz) == merkle.raiz(puntos.hashes())
    assert fecha.startswith("fecha 20")
    assert firma.startswith(f"— {origen} ")
    assert firma.endswith("\n")
    sobre = base64.b64decode(firma.split(" ")[2])
    Ed25519PublicKey.from_public_bytes(base64.b64decode(punto.clave)).verify(
        sobre[4:], (cuerpo + "\n").encode()
    )
    assert nota.clave_de_verificacion(origen, punto.clave).split("+")[1] == sobre[:4].hex()


def test_la_clave_queda_declarada_en_el_registro_una_vez_y_al_cambiarla(settings: Settings) -> None:
    puntos.publicar()
    anotar("prueba", {})
    puntos.publicar()
    vieja = clave.publica(clave.privada())
    settings.BITACORA_CLAVE = base64.b64encode(os.urandom(32)).decode()
    puntos.publicar()
    assert puntos.claves_declaradas() == [vieja, clave.publica(clave.privada())]


def test_si_nada_crecio_es_el_mismo_punto() -> None:
    assert puntos.publicar() == puntos.publicar()
    assert PuntoDeControl.objects.count() == 1


def test_no_se_firma_lo_que_contradice_al_punto_anterior() -> None:
    puntos.publicar()
    quitar_las_de_lo_sellado(connection)
    Eslabon.objects.filter(n=2).update(hash="a" * 64)
    anotar("prueba", {})
    with pytest.raises(puntos.RegistroInconsistente, match="Los primeros 5 eslabones ya no son"):
        puntos.publicar()
    with pytest.raises(CommandError, match="verificar_bitacora"):
        call_command("punto_de_control")
    assert PuntoDeControl.objects.count() == 1


def test_no_se_firma_tras_perder_el_final_del_registro() -> None:
    puntos.publicar()
    quitar_las_de_lo_sellado(connection)
    Eslabon.objects.filter(n__gt=3).delete()
    with pytest.raises(puntos.RegistroInconsistente):
        puntos.publicar()


def test_no_se_continua_un_punto_con_firma_ajena(settings: Settings) -> None:
    punto = puntos.publicar()
    quitar_las_de_lo_sellado(connection)
    PuntoDeControl.objects.filter(pk=punto.pk).update(texto=punto.texto.replace("— ", "— x"))
    with pytest.raises(puntos.RegistroInconsistente, match="dañado"):
        puntos.publicar()


def test_la_orden_lo_deja_a_testigos_y_lo_manda_una_sola_vez(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, django_capture_on_commit_callbacks: object
) -> None:
    ana = registro.Destinatario("Ana", "ana@prueba.example")
    monkeypatch.setattr(registro, "DESTINATARIOS", [])
    monkeypatch.setattr("stl_portal.sello.envio.DESTINATARIOS", [lambda: [ana, ana], lambda: [ana]])
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            call_command("punto_de_control", verbosity=0)
    punto = PuntoDeControl.objects.get()
    assert [m.to for m in mail.outbox] == [["ana@prueba.example"]]
    assert punto.texto in mail.outbox[0].body
    assert mail.outbox[0].attachments[0].get_payload(decode=True) == punto.texto.encode()
    assert (tmp_path / "registro" / "punto-de-control-5.txt").read_text() == punto.texto


def test_la_clave_de_demostracion_se_crea_una_vez_y_nadie_mas_la_lee(
    settings: Settings, tmp_path: Path
) -> None:
    settings.BITACORA_CLAVE = ""
    assert clave.publica(clave.privada()) == clave.publica(clave.privada())
    assert [r.name for r in tmp_path.glob("*clave*")] == ["bitacora.clave"]
    assert (tmp_path / "bitacora.clave").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("mala", ["corta", "AAAA", "no es base64 ñ"])
def test_una_clave_mal_escrita_dice_como_hacer_una(settings: Settings, mala: str) -> None:
    settings.BITACORA_CLAVE = mala
    with pytest.raises(ImproperlyConfigured, match="openssl rand -base64 32"):
        clave.privada()


def test_los_datos_de_la_clave_declarada_no_la_revelan() -> None:
    puntos.publicar()
    declarada = json.loads(Eslabon.objects.get(tipo=puntos.CLAVE_DECLARADA).payload)["datos"]
    assert declarada == {"algoritmo": "Ed25519", "clave": clave.publica(clave.privada())}
