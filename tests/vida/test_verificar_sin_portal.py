"""El ZIP de la comprobación: siempre el mismo, y sus órdenes se ejecutan con `sha256sum` y `openssl`."""

import html
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.test import Client

from sesiones import firmar
from sesiones import models as m
from stl_portal.sello import puntos
from tests.personas import Reparto
from tests.vida.conftest import JUEVES
from tests.vida.momentos import METODO, dar_cuenta_a
from tests.vida.publicas import marcada, publicar_sin_firmas
from tests.vida.verificando import publicada_sin_firmas

# Lo único que hay en la máquina de quien comprueba: ni Python ni el portal.
PROGRAMAS = ("bash", "sha256sum", "openssl", "cut", "sed", "grep", "base64", "tail")


@pytest.fixture
def descargado(client: Client, reparto: Reparto) -> dict[str, bytes]:
    """La página y el ZIP de un acta publicada, como los recibe cualquiera."""
    codigo = publicada_sin_firmas(reparto).codigo
    direccion = f"/verificar/{codigo.lower()}/comprobacion.zip"
    sin_punto = client.get(direccion)
    puntos.publicar()
    uno, otro = client.get(direccion), client.get(direccion)
    return {
        "codigo": codigo.encode(),
        "sin_punto": str(sin_punto.status_code).encode(),
        "pagina": client.get(f"/verificar/{codigo}/").content,
        "zip": uno.content,
        "otra_vez": otro.content,
    }


def ordenes_publicadas(pagina: bytes) -> str:
    """Las que muestra la página."""
    hallado = re.search(r'<pre[^>]*id="ordenes"[^>]*>(.*?)</pre>', pagina.decode(), flags=re.DOTALL)
    assert hallado
    return html.unescape(hallado[1])


def pegar(ordenes: str, carpeta: Path, programas: Path) -> str:
    """Lo que dicen las órdenes pegadas en una terminal que solo tiene esos programas."""
    programas.mkdir(exist_ok=True)
    for nombre in PROGRAMAS:
        origen = shutil.which(nombre, path="/usr/bin:/bin")
        assert origen, f"Falta {nombre}"
        (programas / nombre).unlink(missing_ok=True)
        (programas / nombre).symlink_to(origen)
    hecho = subprocess.run(
        ["/bin/bash", "-c", ordenes],
        cwd=carpeta,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": str(programas)},
    )
    return hecho.stdout + hecho.stderr


def desempacar(contenido: bytes, carpeta: Path) -> Path:
    """La carpeta con lo que trae el ZIP."""
    with zipfile.ZipFile(io.BytesIO(contenido)) as paquete:
        paquete.extractall(carpeta)
    return carpeta


def test_se_comprueba_sin_el_portal_y_se_nota_cualquier_cambio(
    descargado: dict[str, bytes], tmp_path: Path
) -> None:
    assert descargado["sin_punto"] == b"404"
    assert descargado["zip"] == descargado["otra_vez"]
    ordenes, programas = ordenes_publicadas(descargado["pagina"]), tmp_path / "programas"
    assert len(ordenes.strip().splitlines()) <= 10

    carpeta = desempacar(descargado["zip"], tmp_path / "entera")
    salida = pegar(ordenes, carpeta, programas)
    assert salida.count(" consta: ") == 3, salida
    assert salida.count("Consta en el registro: ") == 2, salida
    assert salida.count("Signature Verified Successfully") == 2, salida
    codigo = descargado["codigo"].decode()
    assert f'"codigo":"{codigo}"\n"acta":"{codigo}"\n' in salida
    assert "NO CONSTA" not in salida
    assert ordenes in (carpeta / "LEEME.txt").read_text(encoding="utf-8")

    for nombre in ("acta.json", "acta.xml", "acta.pdf"):
        contenido = bytearray((carpeta / nombre).read_bytes())
        contenido[len(contenido) // 2] ^= 1
        (carpeta / nombre).write_bytes(contenido)
        assert f"{nombre} NO CONSTA" in pegar(ordenes, carpeta, programas)
    for nombre, de, a in (
        ("sellada/contenido.json", b'"tipo"', b'"tIpo"'),
        ("publicada/prueba.txt", b"a", b"b"),
        ("publicada/punto-de-control.txt", b"fecha 20", b"fecha 21"),
    ):
        carpeta = desempacar(descargado["zip"], tmp_path / nombre.replace("/", "-"))
        original = (carpeta / nombre).read_bytes()
        assert de in original
        (carpeta / nombre).write_bytes(original.replace(de, a, 1))
        salida = pegar(ordenes, carpeta, programas)
        verificadas = salida.count("Signature Verified Successfully")
        assert ("NO CONSTA" in salida or verificadas < 2, nombre) == (True, nombre)


def test_de_una_version_publica_se_comprueba_lo_que_consta_de_cada_firma(
    client: Client, reparto: Reparto, tmp_path: Path
) -> None:
    sello, cuenta = marcada(reparto), reparto.cuentas["extrana"]
    dar_cuenta_a(reparto, "presidencia")
    firmar.negarse(sello.lugares.get(orden=1), cuenta, JUEVES, motivo="No estuve.")
    firmar.simple(m.LugarDeFirma.objects.get(orden=1), cuenta, JUEVES, metodo=METODO)
    publicar_sin_firmas(reparto, sello)
    puntos.publicar()
    pagina = client.get(f"/verificar/{sello.codigo}/").content
    carpeta = desempacar(
        client.get(f"/verificar/{sello.codigo.lower()}/comprobacion.zip").content, tmp_path / "zip"
    )
    negada, firmada = m.Firma.objects.values_list("eslabon", flat=True)
    suyas = {f"negativa-{negada}": "acta-firma-negada", f"firma-{firmada}": "acta-firmada"}
    for nombre, tipo in suyas.items():
        assert json.loads((carpeta / nombre / "contenido.json").read_bytes())["tipo"] == tipo
    leeme = (carpeta / "LEEME.txt").read_text(encoding="utf-8")
    assert "por cada una de las 5 carpetas" in leeme
    assert "por cada una de las 5 carpetas" in pagina.decode()
    assert "solo se ve el sello del órgano" in leeme
    assert "Fuera del portal nadie puede comprobarlo" in leeme.partition("Qué no prueba esto")[2]

    ordenes, programas = ordenes_publicadas(pagina), tmp_path / "programas"
    salida = pegar(ordenes, carpeta, programas)
    assert (salida.count(" consta: "), salida.count("Consta en el registro: ")) == (4, 5), salida
    assert salida.count("Signature Verified Successfully") == 5, salida
    assert salida.count(f'"{sello.codigo}"') == 5
    assert "NO CONSTA" not in salida
    contenido = carpeta / f"firma-{firmada}" / "contenido.json"
    contenido.write_bytes(contenido.read_bytes().replace(b'"simple"', b'"avanzada"'))
    assert "NO CONSTA" in pegar(ordenes, carpeta, programas)


def test_tambien_con_python(descargado: dict[str, bytes], tmp_path: Path) -> None:
    carpeta = desempacar(descargado["zip"], tmp_path / "entera")
    hecho = subprocess.run(
        [sys.executable, "-I", "verificar.py", "publicada/eslabon.json", "publicada/clave.pub", "acta.pdf"],
        cwd=carpeta,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin"},
    )
    assert (hecho.returncode, hecho.stdout.count("bien:")) == (0, 4), hecho.stdout + hecho.stderr
