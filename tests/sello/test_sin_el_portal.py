"""Las instrucciones publicadas se ejecutan tal cual, con `sha256sum` y `openssl`, y con `verificar.py`."""

import html
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from stl_portal.sello import puntos
from stl_portal.sello.bitacora import anotar
from stl_portal.sello.canonico import huella

DOCUMENTO = "El acta, tal como se publicó.".encode()
EN_TEXTO = {"contenido": "contenido.json", "prueba": "prueba.txt"}


@pytest.fixture(params=[1, 4, 6])
def n(request: pytest.FixtureRequest, db: None) -> int:
    """Un eslabón al principio, en medio o al final de un registro de siete."""
    for _ in range(6):
        anotar("acta-publicada", {"pdf_sha256": huella(DOCUMENTO), "título": "sesión"}, objeto="acta:1")
    puntos.publicar()
    numero: int = request.param
    return numero


@pytest.fixture
def carpeta(client: Client, n: int, tmp_path: Path) -> Path:
    """Lo que una persona descarga de la página del eslabón, y nada más."""
    pagina = client.get(f"/registro/eslabon/{n}/").content.decode()
    for direccion in re.findall(r'href="([^"]+)" download', pagina):
        respuesta = client.get(direccion)
        nombre = respuesta["Content-Disposition"].split('"')[1]
        (tmp_path / nombre).write_bytes(respuesta.content)
    (tmp_path / "verificar.py").write_bytes(client.get("/registro/verificar.py").content)
    (tmp_path / "acta.pdf").write_bytes(DOCUMENTO)
    return tmp_path


def ordenes_publicadas(client: Client) -> str:
    """Las que muestra la página de instrucciones."""
    pagina = client.get("/registro/comprobar/").content.decode()
    hallado = re.search(r'<pre[^>]*id="ordenes"[^>]*>(.*?)</pre>', pagina, flags=re.DOTALL)
    assert hallado
    return html.unescape(hallado[1])


def pegar(ordenes: str, carpeta: Path) -> subprocess.CompletedProcess[str]:
    """Como pegarlas en una terminal, sin Python ni el portal a la mano."""
    return subprocess.run(
        ["bash", "-c", ordenes],
        cwd=carpeta,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin"},
    )


def con_python(carpeta: Path, *argumentos: str, ruta: str = "/usr/bin:/bin") -> tuple[int, str]:
    """Ejecuta `verificar.py`, aislado del entorno del portal."""
    hecho = subprocess.run(
        [sys.executable, "-I", "verificar.py", *argumentos],
        cwd=carpeta,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": ruta},
    )
    return hecho.returncode, hecho.stdout + hecho.stderr


def cambiar(ruta: Path, de: str, a: str) -> None:
    """Altera un archivo descargado."""
    texto = ruta.read_text(encoding="utf-8")
    assert de in texto
    ruta.write_text(texto.replace(de, a, 1), encoding="utf-8")


def test_con_sha256sum_y_openssl(client: Client, carpeta: Path) -> None:
    hecho = pegar(ordenes_publicadas(client), carpeta)
    assert hecho.returncode == 0, hecho.stderr
    assert "Consta en el registro" in hecho.stdout
    assert "Signature Verified Successfully" in hecho.stdout


@pytest.mark.parametrize(
    ("archivo", "de", "a"),
    [
        ("contenido.json", "sesión", "sesion"),
        ("prueba.txt", "a", "b"),
        ("punto-de-control.txt", "fecha 20", "fecha 21"),
        ("punto-de-control.txt", "/registro\n", "/registra\n"),
    ],
)
def test_a_mano_se_nota_un_solo_cambio(client: Client, carpeta: Path, archivo: str, de: str, a: str) -> None:
    cambiar(carpeta / archivo, de, a)
    assert pegar(ordenes_publicadas(client), carpeta).returncode != 0


def test_con_python_y_con_el_documento(n: int, carpeta: Path) -> None:
    salida, texto = con_python(carpeta, f"eslabon-{n}.json", "clave.pub", "acta.pdf")
    assert (salida, texto.count("bien:")) == (0, 4), texto


@pytest.mark.parametrize("campo", ["contenido", "prev", "hash", "punto_de_control", "n"])
def test_con_python_se_nota_un_solo_cambio(n: int, carpeta: Path, campo: str) -> None:
    ruta = carpeta / f"eslabon-{n}.json"
    datos = json.loads(ruta.read_text(encoding="utf-8"))
    alterado = {"prev": "f" * 64, "hash": "0" * 64, "n": n + 1}.get(campo)
    datos[campo] = alterado or datos[campo].replace("o", "0", 1)
    ruta.write_text(json.dumps(datos), encoding="utf-8")
    salida, texto = con_python(carpeta, ruta.name, "clave.pub")
    assert (salida, "NO CUADRA" in texto) == (1, True), texto


def test_un_documento_ajeno_no_pasa(n: int, carpeta: Path) -> None:
    (carpeta / "acta.pdf").write_bytes(DOCUMENTO + b" ")
    assert con_python(carpeta, f"eslabon-{n}.json", "clave.pub", "acta.pdf")[0] == 1


def test_sin_openssl_se_dice_lo_que_no_se_comprobo(n: int, carpeta: Path) -> None:
    salida, texto = con_python(carpeta, f"eslabon-{n}.json", "clave.pub", ruta=str(carpeta))
    assert (salida, "sin comprobar: la firma" in texto) == (2, True)


def test_sin_argumentos_se_explica(carpeta: Path) -> None:
    salida, texto = con_python(carpeta)
    assert (salida, "python3 verificar.py eslabon-12.json clave.pub" in texto) == (2, True)
