"""Con nginx enfrente, tal como se despliega: lo privado lo autoriza el portal; lo público no lo espera."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from bench import enfrente
from sesiones import models as m
from stl_portal.archivo import almacen, vitrina
from stl_portal.archivo.models import Archivo
from tests import servidor
from tests.personas import crear_reparto
from tests.quitar_guardas import quitar_las_de_lo_sellado
from tests.vida.momentos import publicada

# Lo que hace nginx no depende de la base; con una prueba en PostgreSQL basta.
pytestmark = pytest.mark.apariencia

# Lo que pone cada servidor o cambia al pasar de uno a otro.
DEL_TRAYECTO = {
    "server",
    "date",
    "content-length",
    "connection",
    "x-accel-redirect",
    "etag",
    "content-disposition",
    "vary",
    "x-request-id",
}


@dataclass
class Sitio:
    """El portal completo en un puerto, y una cuenta que lee la mesa."""

    puerto: int
    portal: int
    galleta: str
    sello: m.Sello
    apagar_portal: Callable[[], None]

    def pedir(self, archivo: Archivo, **cabeceras: str) -> tuple[HTTPResponse, bytes]:
        """La respuesta y su cuerpo."""
        return self.en(f"/archivos/{archivo.huella}/{quote(archivo.nombre)}", 0, **cabeceras)

    def en(self, direccion: str, puerto: int = 0, **cabeceras: str) -> tuple[HTTPResponse, bytes]:
        """Lo que contesta esa dirección; sin decir puerto, nginx."""
        with closing(HTTPConnection("127.0.0.1", puerto or self.puerto, timeout=30)) as conexion:
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
    entorno = servidor.entorno() | {"ENTREGA_INTERNA": enfrente.INTERNA}
    archivos = Path(settings.MEDIA_ROOT)
    with ExitStack() as encendido:
        portal = encendido.enter_context(enfrente.granian("stl_portal.wsgi:application", entorno))
        with enfrente.nginx(tmp_path, portal=portal, archivos=archivos) as puerto:
            galleta = servidor.galleta(reparto.cuentas["integrante"])
            yield Sitio(puerto, portal, galleta, sello, encendido.close)
    connection.close()


@pytest.mark.ambas_bases
def test_lo_privado_lo_envia_nginx_si_el_portal_lo_autoriza(sitio: Sitio) -> None:
    privado = sitio.sello.pdf
    todo = almacen.leer(privado)
    entero, cuerpo = sitio.dentro(privado)
    assert (entero.status, cuerpo) == (200, todo)
    assert entero.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert entero.headers["Cache-Control"] == "private, no-cache"
    assert entero.headers["X-Accel-Redirect"] is None
    parte, cuerpo = sitio.dentro(privado, Range="bytes=10-19")
    assert (parte.status, cuerpo) == (206, todo[10:20])
    sin_cambio, cuerpo = sitio.dentro(privado, **{"If-None-Match": entero.headers["ETag"]})
    assert (sin_cambio.status, cuerpo) == (304, b"")
    assert sitio.pedir(privado)[0].status == 302  # sin entrar, a la puerta


def test_el_almacen_no_tiene_entrada_directa(sitio: Sitio) -> None:
    assert sitio.en(f"{enfrente.INTERNA}{sitio.sello.pdf.ruta}")[0].status == 404


def test_lo_publicado_lo_entrega_nginx_sin_el_portal(sitio: Sitio) -> None:
    publicado = sitio.sello.publicacion.pdf
    todo = almacen.leer(publicado)
    primero, cuerpo = sitio.pedir(publicado)  # lo autoriza el portal, que lo pone en la vitrina
    assert (primero.status, cuerpo) == (200, todo)
    sitio.apagar_portal()
    for como in (sitio.pedir, sitio.dentro):  # también a quien trae sesión
        otra, cuerpo = como(publicado)
        assert (otra.status, cuerpo, otra.headers["ETag"]) == (200, todo, primero.headers["ETag"])
    parte, cuerpo = sitio.pedir(publicado, Range="bytes=-7")
    assert (parte.status, cuerpo) == (206, todo[-7:])
    reanudada, cuerpo = sitio.pedir(publicado, **{"Range": "bytes=5-", "If-Range": primero.headers["ETag"]})
    assert (reanudada.status, cuerpo) == (206, todo[5:])
    sin_cambio, cuerpo = sitio.pedir(publicado, **{"If-None-Match": primero.headers["ETag"]})
    assert (sin_cambio.status, cuerpo) == (304, b"")
    assert sitio.en(f"/archivos/{publicado.huella}/otro-nombre.pdf")[0].status == 502  # solo con su nombre
    assert sitio.dentro(sitio.sello.pdf)[0].status == 502  # lo privado sigue dependiendo del portal


@pytest.mark.parametrize("consulta", ["", "?ver=1"])
def test_la_vitrina_dice_lo_mismo_que_el_portal(sitio: Sitio, consulta: str) -> None:
    publicado = sitio.sello.publicacion.pdf
    direccion = f"/archivos/{publicado.huella}/{quote(publicado.nombre)}{consulta}"
    del_portal, _ = sitio.en(direccion, puerto=sitio.portal)
    de_nginx, cuerpo = sitio.en(direccion)
    enviado, _ = sitio.en(direccion.replace(".pdf", ".PDF"))  # con otro nombre, lo autoriza el portal
    assert cuerpo == almacen.leer(publicado)
    iguales = [nombre for nombre in del_portal.headers if nombre.lower() not in DEL_TRAYECTO]
    for respuesta in (de_nginx, enviado):
        assert {n: respuesta.headers[n] for n in iguales} == {n: del_portal.headers[n] for n in iguales}
    assert "content-security-policy" in map(str.lower, iguales)
    modo, nombre = de_nginx.headers["Content-Disposition"].split("; filename*=UTF-8''")
    assert (modo, unquote(nombre)) == ("inline" if consulta else "attachment", publicado.nombre)


def test_lo_retirado_deja_de_servirse_al_momento(sitio: Sitio) -> None:
    publicado = sitio.sello.publicacion.pdf
    assert [sitio.pedir(publicado)[0].status for _ in range(3)] == [200] * 3
    quitar_las_de_lo_sellado(connection)
    with transaction.atomic():
        m.Publicacion.objects.all().delete()
        vitrina.retirar(publicado)
    assert sitio.pedir(publicado)[0].status == 302
    assert sitio.dentro(publicado)[0].status == 404
