"""Sin un secreto, o con el de un ejemplo, en producción no se arranca; y se dice cuál."""

import base64
import os
import subprocess
import sys

import pytest

from bench.enfrente import RAIZ
from stl_portal import secretos

BUENOS = {
    "SECRET_KEY": "k7" * 30,
    "BITACORA_CLAVE": base64.b64encode(bytes(range(32))).decode(),
    "DATABASE_URL": "postgres://portal:8f3ac1@127.0.0.1/portal",
}


def test_con_secretos_propios_no_hay_objeciones() -> None:
    assert secretos.objeciones(BUENOS) == []
    sin_contrasena = BUENOS | {"DATABASE_URL": "postgres://portal@127.0.0.1/portal"}
    assert secretos.objeciones(sin_contrasena) == []


@pytest.mark.parametrize(
    ("cambio", "dice"),
    [
        ({"SECRET_KEY": ""}, "falta SECRET_KEY"),
        ({"SECRET_KEY": secretos.DE_DESARROLLO}, "SECRET_KEY trae un valor de desarrollo o de ejemplo"),
        (
            {"SECRET_KEY": "django-insecure-abc"},
            "SECRET_KEY trae un valor de desarrollo o de ejemplo",
        ),
        ({"SECRET_KEY": "…"}, "SECRET_KEY trae un valor de desarrollo o de ejemplo"),
        ({"SECRET_KEY": "corta"}, "SECRET_KEY mide 5 caracteres y debe medir 50 o más"),
        ({"BITACORA_CLAVE": ""}, "falta BITACORA_CLAVE"),
        (
            {"BITACORA_CLAVE": "ñandú"},
            "BITACORA_CLAVE debe ser 32 bytes en base64 (openssl rand -base64 32)",
        ),
        ({"DATABASE_URL": ""}, "falta DATABASE_URL"),
        (
            {"DATABASE_URL": "postgres://portal:clave@127.0.0.1/portal"},
            "DATABASE_URL trae una contraseña de ejemplo",
        ),
        ({"SELLO_PKCS12": "/srv/sello.p12"}, "falta SELLO_CLAVE, que SELLO_PKCS12 necesita"),
        ({"EMAIL_HOST_USER": "portal"}, "falta EMAIL_HOST_PASSWORD, que EMAIL_HOST_USER necesita"),
    ],
)
def test_lo_que_falta_o_es_de_ejemplo_se_nombra(cambio: dict[str, str], dice: str) -> None:
    assert secretos.objeciones(BUENOS | cambio) == [dice]


def test_se_nombran_todos_de_una_vez() -> None:
    assert secretos.objeciones({}) == ["falta SECRET_KEY", "falta BITACORA_CLAVE", "falta DATABASE_URL"]


@pytest.mark.apariencia
def test_la_configuracion_no_se_deja_leer_sin_ellos() -> None:
    """En un proceso como el del servidor; y con todos, usa el fondo de conexiones sin que nadie lo pida."""
    programa = "import stl_portal.settings as s; print(s.DATABASES['default']['OPTIONS']['pool'])"
    limpio = {"PATH": os.environ["PATH"], "PRODUCCION": "1"} | BUENOS
    bien = subprocess.run(
        [sys.executable, "-c", programa], cwd=RAIZ, env=limpio, capture_output=True, text=True, check=True
    )
    assert bien.stdout.strip() == "{'min_size': 1, 'max_size': 4, 'timeout': 2, 'reconnect_timeout': 1}"
    sin = subprocess.run(
        [sys.executable, "-c", programa],
        cwd=RAIZ,
        env=limpio | {"SECRET_KEY": "", "EMAIL_HOST": "correo.institucion.mx"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert sin.returncode == 1
    assert sin.stderr.strip().endswith(
        "El portal no arranca: falta SECRET_KEY; EMAIL_HOST es otra máquina y falta EMAIL_USE_TLS=1 "
        "(o EMAIL_USE_SSL=1, si usa el puerto 465)."
    )
