"""El atajo de las páginas guardadas: lo mismo que el camino entero, y solo a quien no trae nada suyo."""

import gzip
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from sesiones import models as m
from stl_portal.publico import edicion
from stl_portal.publico.de_memoria import DeMemoria
from stl_portal.publico.paginas_guardadas import PaginasGuardadas
from tests.fabricas import crear_en_curso
from tests.personas import Reparto, crear_reparto

pytestmark = pytest.mark.django_db(transaction=True)
LISTA = "/sesiones/"


class Entrada:
    """La aplicación como la llama un servidor; cuenta las veces que el atajo no bastó."""

    def __init__(self) -> None:
        portal = get_wsgi_application()
        self.enteras = 0

        def contada(environ: dict[str, Any], start_response: Any) -> Any:
            self.enteras += 1
            return portal(environ, start_response)

        self.atajo = DeMemoria(contada, PaginasGuardadas.de_la_cadena())

    def pedir(self, direccion: str = LISTA, **meta: str) -> tuple[str, dict[str, str], bytes]:
        """Estado, cabeceras y cuerpo."""
        ruta, _, consulta = direccion.partition("?")
        environ: dict[str, Any] = {
            "PATH_INFO": ruta,
            "QUERY_STRING": consulta,
            "HTTP_HOST": "testserver",
            **meta,
        }
        setup_testing_defaults(environ)
        dicho: list[Any] = []
        partes = self.atajo(environ, lambda *lo_dicho: dicho.extend(lo_dicho))
        cuerpo = b"".join(partes)
        getattr(partes, "close", lambda: None)()
        return dicho[0], dict(dicho[1]), cuerpo


@pytest.fixture
def reparto() -> Reparto:
    """Un órgano con su gente y una sesión en curso."""
    reparto = crear_reparto()
    crear_en_curso(reparto)
    return reparto


@pytest.fixture
def entrada(reparto: Reparto) -> Entrada:
    """Con la lista ya compuesta una vez."""
    entrada = Entrada()
    entrada.pedir()
    entrada.enteras = 0
    return entrada


def test_da_lo_mismo_que_el_camino_entero_y_cuesta_una_consulta(entrada: Entrada) -> None:
    del_atajo = entrada.pedir()
    assert entrada.enteras == 0
    del_camino = entrada.pedir(HTTP_COOKIE="ajena=1")
    assert entrada.enteras == 1
    assert del_atajo == del_camino
    with CaptureQueriesContext(connection) as hechas:
        entrada.pedir()
    assert len(hechas) == 1


def test_comprimida_a_quien_la_admite(entrada: Entrada) -> None:
    estado, cabeceras, cuerpo = entrada.pedir(HTTP_ACCEPT_ENCODING="gzip")
    assert (estado, cabeceras["Content-Encoding"]) == ("200 OK", "gzip")
    assert gzip.decompress(cuerpo) == entrada.pedir()[2]
    assert entrada.enteras == 0


def test_publicar_la_hace_componer_otra_vez(entrada: Entrada) -> None:
    m.Denominacion.objects.update(nombre_corto="Con otro nombre")
    assert "Con otro nombre" in entrada.pedir()[2].decode()
    assert entrada.enteras == 1
    entrada.pedir()
    assert entrada.enteras == 1


@pytest.mark.parametrize(
    "meta",
    [
        {"HTTP_COOKIE": "sessionid=x"},
        {"HTTP_AUTHORIZATION": "Basic x"},
        {"HTTP_HX_REQUEST": "true"},
        {"HTTP_IF_NONE_MATCH": '"x"'},
        {"HTTP_RANGE": "bytes=0-1"},
        {"REQUEST_METHOD": "HEAD"},
        {"REQUEST_METHOD": "POST"},
        {"PATH_INFO": "/sesiones/ñ/"},
        {"HTTP_HOST": "otro.example"},
        {"wsgi.url_scheme": "https"},
    ],
)
def test_ante_la_duda_contesta_el_camino_entero(entrada: Entrada, meta: dict[str, str]) -> None:
    entrada.pedir(**meta)
    assert entrada.enteras == 1


def test_el_protocolo_lo_dice_solo_el_servidor_de_enfrente(entrada: Entrada, settings: Settings) -> None:
    entrada.pedir(HTTP_X_FORWARDED_PROTO="https")
    assert entrada.enteras == 0  # nadie confía en esa cabecera: es la misma página
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    entrada.pedir(HTTP_X_FORWARDED_PROTO="https")
    assert entrada.enteras == 1
    entrada.pedir(HTTP_X_FORWARDED_PROTO="https, http")
    assert entrada.enteras == 1


def test_sin_base_de_datos_que_conteste_la_aplicacion(entrada: Entrada) -> None:
    with pytest.MonkeyPatch.context() as parche:

        def caida() -> str:
            raise DatabaseError

        parche.setattr(edicion, "vigente", caida)
        assert entrada.pedir()[0] == "500 Internal Server Error"
    assert entrada.enteras == 1
