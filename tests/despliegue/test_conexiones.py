"""En producción no se arranca si algo saldría de la máquina sin cifrar; y se dice qué variable."""

import ssl

import pytest
from django.core.mail.backends.smtp import EmailBackend

from stl_portal import conexiones

pytestmark = pytest.mark.apariencia
BASE = "DATABASE_URL va a otra máquina y debe terminar con ?sslmode=verify-full"
CORREO = "EMAIL_HOST es otra máquina y falta EMAIL_USE_TLS=1 (o EMAIL_USE_SSL=1, si usa el puerto 465)"
CACHE = "CACHE_URL va a otra máquina y debe empezar con rediss://"


@pytest.mark.parametrize(
    ("entorno", "dice"),
    [
        ({}, []),
        ({"DATABASE_URL": "postgres://portal:x@127.0.0.1/portal", "EMAIL_HOST": "localhost"}, []),
        ({"DATABASE_URL": "postgres://portal@%2Fvar%2Frun%2Fpostgresql/portal"}, []),
        ({"DATABASE_URL": "postgres:///portal", "CACHE_URL": "redis://127.0.0.1:6379/1"}, []),
        ({"DATABASE_URL": "postgres://portal:x@base.mx/portal"}, [BASE]),
        ({"DATABASE_URL": "postgres://portal:x@base.mx/portal?sslmode=require"}, [BASE]),
        ({"DATABASE_URL": "postgres://portal:x@base.mx/portal?sslmode=verify-full"}, []),
        ({"EMAIL_HOST": "correo.mx"}, [CORREO]),
        ({"EMAIL_HOST": "correo.mx", "EMAIL_USE_TLS": "0"}, [CORREO]),
        ({"EMAIL_HOST": "correo.mx", "EMAIL_USE_TLS": "1"}, []),
        ({"EMAIL_HOST": "correo.mx", "EMAIL_USE_SSL": "True"}, []),
        ({"EMAIL_HOST": "correo.mx", "EMAIL_BACKEND": "otra.manera.Backend"}, []),
        ({"CACHE_URL": "redis://cache.mx/1"}, [CACHE]),
        ({"CACHE_URL": "rediss://cache.mx/1"}, []),
        (
            {
                "DATABASE_URL": "postgres://a@b.mx/c",
                "EMAIL_HOST": "d.mx",
                "CACHE_URL": "rediscache://e.mx/1",
            },
            [BASE, CORREO, CACHE],
        ),
    ],
)
def test_lo_que_saldria_sin_cifrar_se_nombra(entorno: dict[str, str], dice: list[str]) -> None:
    assert conexiones.objeciones(entorno) == dice


def test_el_correo_comprueba_el_certificado_de_quien_contesta() -> None:
    contexto = EmailBackend(use_tls=True).ssl_context
    assert contexto.verify_mode == ssl.CERT_REQUIRED
    assert contexto.check_hostname is True
