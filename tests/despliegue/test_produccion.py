"""Lo que en producción queda puesto sin que nadie lo pida: galletas, cabeceras y el sitio de nginx."""

import json
import os
import re
import subprocess
import sys

import pytest

from tests.despliegue.test_secretos import BUENOS
from tests.portal.test_arquitectura import RAIZ

pytestmark = pytest.mark.apariencia
NGINX = (RAIZ / "deploy" / "nginx.conf").read_text(encoding="utf-8")


def test_la_configuracion_de_produccion() -> None:
    """Aunque el entorno pida lo contrario: `DEBUG` y `DEMO` no se encienden."""
    esperado = {
        "DEBUG": False,
        "DEMO": False,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_NAME": "__Host-sesion",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
    }
    leidos = f"{{n: getattr(s, n) for n in {list(esperado)}}}"
    programa = f"import json, stl_portal.settings as s; print(json.dumps({leidos}))"
    entorno = {"PATH": os.environ["PATH"], "PRODUCCION": "1", "DEBUG": "1", "DEMO": "1"} | BUENOS
    hecho = subprocess.run(
        [sys.executable, "-c", programa], cwd=RAIZ, env=entorno, capture_output=True, text=True, check=True
    )
    assert json.loads(hecho.stdout) == esperado


def test_toda_galleta_lleva_prefijo_y_nginx_las_reconoce() -> None:
    """Las que dicen de quién es la página: con ellas nginx ni guarda ni repite."""
    programa = (
        "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'stl_portal.settings'; django.setup(); "
        "from stl_portal import galletas; from stl_portal.cuentas import aparatos; "
        "print(galletas.DeMensajes.cookie_name, aparatos.GALLETA)"
    )
    entorno = {"PATH": os.environ["PATH"], "PRODUCCION": "1"} | BUENOS
    hecho = subprocess.run(
        [sys.executable, "-c", programa], cwd=RAIZ, env=entorno, capture_output=True, text=True, check=True
    )
    mensajes, aparato = hecho.stdout.split()
    assert (mensajes, aparato) == ("__Host-messages", "__Secure-aparato")
    (reconocidas,) = re.findall(r"\(\^\|;\\s\*\)\(([^)]+)\)=", NGINX)
    assert {"__Host-sesion", mensajes} <= set(reconocidas.split("|"))


def test_nginx_cifra_solo_con_lo_que_hoy_se_recomienda() -> None:
    (protocolos,) = re.findall(r"ssl_protocols (.+);", NGINX)
    (cifras,) = re.findall(r"ssl_ciphers (.+);", NGINX)
    assert protocolos.split() == ["TLSv1.2", "TLSv1.3"]
    assert all(
        re.fullmatch(r"ECDHE-(ECDSA|RSA)-(AES\d+-GCM-SHA\d+|CHACHA20-POLY1305)", c) for c in cifras.split(":")
    )
    assert "ssl_session_tickets off;" in NGINX


def test_nginx_no_ensena_carpetas_ni_version_y_dice_el_quien_pide_es_suyo() -> None:
    assert "autoindex" not in NGINX
    assert NGINX.count("server_tokens off;") == NGINX.count("\nserver {")
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in NGINX
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in NGINX


def test_lo_que_nginx_contesta_solo_lleva_las_cabeceras_del_portal() -> None:
    """Estáticos, almacén, vitrina y sus propios errores: donde hay `add_header`, nginx no hereda ninguno."""
    bloques = re.findall(r"\n    location ([^\n]+?) \{\n(.*?)\n    \}", NGINX, flags=re.DOTALL)
    solos = {
        nombre: cuerpo for nombre, cuerpo in bloques if "proxy_pass" not in cuerpo and "add_header" in cuerpo
    }
    assert len(solos) == 5
    for nombre, cuerpo in solos.items():
        assert "add_header X-Content-Type-Options nosniff" in cuerpo, nombre
        assert "add_header Strict-Transport-Security" in cuerpo, nombre
        assert "add_header Content-Security-Policy" in cuerpo, nombre
    assert "frame-ancestors 'none'" in solos["/static/"]


def test_sin_cifrar_se_redirige_a_la_gente_y_a_los_programas_se_les_niega() -> None:
    (puerto_80,) = re.findall(r"server \{\s*listen 80;.*?\n\}\n", NGINX, flags=re.DOTALL)
    negadas, redirigidas = re.findall(r"location ([^{]+) \{\s*return (\d+)", puerto_80)
    assert negadas == ("~ ^/(api|metricas|salud)/", "403")
    assert redirigidas == ("/", "301")
