"""Con nginx enfrente, tal como se despliega: lo privado lo autoriza el portal, lo público se guarda."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from django.conf import settings as ajustes
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from pytest_django import Settings

from bench import enfrente
from sesiones import models as m
from stl_portal.archivo import almacen
from stl_portal.archivo.models import Archivo
from tests.personas import Reparto, crear_reparto
from tests.vida.momentos import publicada


@dataclass
class Sitio:
    """El portal completo en un puerto, y una cuenta que lee la mesa."""

    puerto: int
    galleta: str
    sello: m.Sello

    def pedir(self, archivo: Archivo, **cabeceras: str) -> tuple[HTTPResponse, bytes]:
        """La respuesta y su cuerpo."""
        return self.en(f"/archivos/{archivo.huella}/{archivo.nombre}", **cabeceras)

    def en(self, direccion: str, **cabeceras: str) -> tuple[HTTPResponse, bytes]:
        """Lo que contesta esa dirección."""
        with closing(HTTPConnection("127.0.0.1", self.puerto, timeout=30)) as conexion:
            conexion.request("GET", direccion, headers=cabeceras)
            respuesta = conexion.getresponse()
            return respuesta, respuesta.read()

    def dentro(self, archivo: Archivo, **cabeceras: str) -> tuple[HTTPResponse, bytes]:
        """Como quien integra el órgano."""
        return self.pedir(archivo, Cookie=self.galleta, **cabeceras)


@pytest.fixture
def sitio(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[Sitio]:
    """Granian y nginx sobre la base de esta prueba, con un acta publicada."""
    reparto = crear_reparto()
    sello = publicada(reparto)
    entorno = {
        "DJANGO_SETTINGS_MODULE": "stl_portal.settings",
        "DATABASE_URL": _direccion_de_la_base(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "ENTREGA_INTERNA": enfrente.INTERNA,
        "ALLOWED_HOSTS": "127.0.0.1",
    }
    archivos = Path(settings.MEDIA_ROOT)
    with (
        enfrente.granian("stl_portal.wsgi:application", entorno) as portal,
        enfrente.nginx(tmp_path, portal=portal, archivos=archivos) as puerto,
    ):
        yield Sitio(puerto, _galleta(reparto), sello)
    connection.close()


def _direccion_de_la_base() -> str:
    base = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{base['NAME']}"
    quien = f"{base['USER']}:{base['PASSWORD']}@{base['HOST']}:{base['PORT']}"
    return f"postgres://{quien}/{base['NAME']}"


def _galleta(reparto: Reparto) -> str:
    """Una sesión ya abierta de quien integra el órgano."""
    usuario, sesion = reparto.cuentas["integrante"], SessionStore()
    sesion[SESSION_KEY] = str(usuario.pk)
    sesion[BACKEND_SESSION_KEY] = ajustes.AUTHENTICATION_BACKENDS[0]
    sesion[HASH_SESSION_KEY] = usuario.get_session_auth_hash()
    sesion.save()
    return f"{ajustes.SESSION_COOKIE_NAME}={sesion.session_key}"


def test_lo_privado_lo_envia_nginx_si_el_portal_lo_autoriza(sitio: Sitio) -> None:
    privado = sitio.sello.pdf
    todo = almacen.leer(privado)
    entero, cuerpo = sitio.dentro(privado)
    assert (entero.status, cuerpo) == (200, todo)
    assert entero.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert entero.headers["Cache-Control"] == "private, no-cache"
    assert entero.headers["X-Accel-Redirect"] is None
    parte, cuerpo = sitio.dentro(privado, Range="bytes=10-19")
    assert (parte.status, cuerpo) == (206, todo[10:20])
    sin_cambio, cuerpo = sitio.dentro(privado, **{"If-None-Match": entero.headers["ETag"]})
    assert (sin_cambio.status, cuerpo) == (304, b"")
    assert sitio.pedir(privado)[0].status == 302  # sin entrar, a la puerta


def test_el_almacen_no_tiene_entrada_directa(sitio: Sitio) -> None:
    assert sitio.en(f"{enfrente.INTERNA}{sitio.sello.pdf.ruta}")[0].status == 404


def test_lo_publicado_queda_guardado_en_nginx(sitio: Sitio, settings: Settings) -> None:
    publicado = sitio.sello.publicacion.pdf
    todo = almacen.leer(publicado)
    primero, cuerpo = sitio.pedir(publicado)
    assert (primero.status, cuerpo) == (200, todo)
    assert primero.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    almacen.ruta_de(publicado).rename(almacen.ruta_de(publicado).with_suffix(".fuera"))
    segundo, cuerpo = sitio.dentro(publicado)  # también a quien trae sesión
    assert (segundo.status, cuerpo, segundo.headers["ETag"]) == (200, todo, f'"{publicado.huella}"')
    parte, cuerpo = sitio.pedir(publicado, Range="bytes=-7")
    assert (parte.status, cuerpo) == (206, todo[-7:])
    sin_cambio, _ = sitio.pedir(publicado, **{"If-None-Match": f'"{publicado.huella}"'})
    assert sin_cambio.status == 304
