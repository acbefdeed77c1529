"""Las dos actas de referencia, capturadas a mano en la mesa con un navegador, dicen todos sus hechos."""

import os
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from sesiones import models as m
from sesiones.demo.datos import leer
from sesiones.demo.integrar import integrar
from stl_portal.cuentas.models import Usuario
from tests import turnos
from tests.hechos import cargar, faltantes
from tests.personas import CLAVE

from .grabadora import Grabadora

CORREO = "facilitadora@prueba.example"


def preparar() -> None:
    """El órgano con sus asientos, personas y oficios de 2020, y una cuenta que lo conduce."""
    organo = integrar(leer("stl")).organo
    usuario = Usuario.objects.create_user(CORREO, CLAVE, nombre="Facilitadora de prueba")
    m.Rol.objects.create(usuario=usuario, organo=organo, tipo="facilitadora")


def texto_de(pdf: bytes, carpeta: Path) -> str:
    """El texto del PDF, como lo lee quien lo copia."""
    archivo = carpeta / "acta.pdf"
    archivo.write_bytes(pdf)
    salida = subprocess.run(
        ["pdftotext", "-layout", str(archivo), "-"], capture_output=True, check=True, text=True
    )
    crudo = subprocess.run(
        ["pdftotext", "-raw", str(archivo), "-"], capture_output=True, check=True, text=True
    )
    return salida.stdout + "\n" + crudo.stdout


ACTAS = [("sesion-xxi", "acta-xxi", 60), ("sesion-xviii", "acta-xviii", 80)]


# Con PostgreSQL, las mismas sesiones y sus hechos se prueban en tests/demo, sin teclearlas.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("sesion", "hechos", "minimo"), [acta for n, acta in enumerate(ACTAS) if turnos.toca(n, len(ACTAS))]
)
def test_la_sesion_capturada_a_mano_dice_todos_sus_hechos(
    live_server: LiveServer, navegador: Browser, tmp_path: Path, sesion: str, hechos: str, minimo: int
) -> None:
    preparar()
    contexto = navegador.new_context(locale="es-MX", viewport={"width": 1280, "height": 900})
    page = contexto.new_page()
    page.set_default_timeout(20_000)
    mano, pdf = Grabadora(page, live_server.url, leer(sesion), leer("stl")), b""
    try:
        mano.entrar(Usuario.objects.get(email=CORREO), CLAVE)
        mano.programar()
        mano.armar_orden()
        mano.pasar_lista()
        mano.declarar()
        mano.desahogar()
        mano.cerrar()
        fila = m.Sesion.objects.get()
        respuesta = page.request.get(f"{live_server.url}/mesa/stl/{fila.clave}/acta.pdf")
        tipo, pdf = respuesta.headers["content-type"], respuesta.body()
    finally:
        if carpeta := os.environ.get("FOTOS"):
            page.screenshot(path=f"{carpeta}/{sesion}.png", full_page=True)
            Path(carpeta, f"{sesion}.pdf").write_bytes(pdf)
        contexto.close()
    assert tipo == "application/pdf"
    lista = cargar(hechos)
    assert len(lista) >= minimo
    assert faltantes(lista, texto_de(pdf, tmp_path)) == []
