"""La guía de estilo y las páginas de error, como las recibe una persona."""

import os
import re
import subprocess
import sys
from http import HTTPStatus

import pytest
from django.conf import settings as ajustes
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from pytest_django import Settings

from stl_portal.publico import errores
from tests.personas import Reparto


@pytest.mark.django_db
def test_la_guia_esta_en_la_demostracion_sin_liga_en_el_pie(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    pagina = client.get("/estilo/")
    assert pagina.status_code == HTTPStatus.OK
    assert 'href="/estilo/"' not in client.get("/no-hay-tal-lugar/").content.decode()
    assert "Guía de estilo" in pagina.content.decode()


@pytest.mark.django_db
def test_fuera_de_la_demostracion_la_guia_no_existe(client: Client, settings: Settings) -> None:
    settings.DEMO = settings.DEBUG = False
    assert client.get("/estilo/").status_code == HTTPStatus.NOT_FOUND
    assert 'href="/estilo/"' not in client.get("/no-hay-tal-lugar/").content.decode()


def test_en_produccion_ni_siquiera_tiene_direccion() -> None:
    """Con la configuración de producción la ruta no se registra, aunque alguien pida DEMO=1."""
    programa = (
        "import django; django.setup()\n"
        "from django.urls import reverse, NoReverseMatch\n"
        "try: print(reverse('estilo'))\n"
        "except NoReverseMatch: print('no existe')"
    )
    entorno = os.environ | {
        "DJANGO_SETTINGS_MODULE": "stl_portal.settings",
        "PRODUCCION": "1",
        "DEMO": "1",
        "DEBUG": "1",
        "BITACORA_CLAVE": "A" * 43 + "=",
        "SECRET_KEY": "solo-para-esta-prueba-" * 3,
        "DATABASE_URL": "sqlite://:memory:",
    }
    salida = subprocess.run(
        [sys.executable, "-c", programa],
        cwd=ajustes.BASE_DIR,
        env=entorno,
        capture_output=True,
        text=True,
        check=True,
    )
    assert salida.stdout.strip() == "no existe"


@pytest.mark.django_db
def test_la_guia_no_repite_identificadores(client: Client) -> None:
    """Un identificador repetido rompe etiquetas, ayudas y ligas del resumen de errores."""
    ids = re.findall(r'\sid="([^"]+)"', client.get("/estilo/").content.decode())
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.django_db
def test_404_dice_que_hacer_y_como_salir(client: Client) -> None:
    pagina = client.get("/no-hay-tal-lugar/")
    assert pagina.status_code == HTTPStatus.NOT_FOUND
    texto = pagina.content.decode()
    assert "No encontramos esta página" in texto
    assert "Ir a la portada" in texto


def test_500_no_necesita_base_de_datos_ni_contexto() -> None:
    """Sin marca django_db, cualquier consulta reventaría esta prueba."""
    assert "Algo falló de nuestro lado" in render_to_string("500.html")
    respuesta = errores.fallo(RequestFactory().get("/"))
    assert respuesta.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "Ir a la portada" in respuesta.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("plantilla", "frase"),
    [
        ("400.html", "No entendimos lo que llegó"),
        ("403.html", "no tiene permiso"),
        ("404.html", "No encontramos"),
        ("409.html", "Ese paso no se puede dar ahora"),
        ("413.html", "demasiado grande"),
    ],
)
def test_cada_error_se_explica_sin_tecnicismos(client: Client, plantilla: str, frase: str) -> None:
    peticion = client.get("/no-hay-tal-lugar/").wsgi_request
    texto = render_to_string(plantilla, {}, request=peticion)
    assert frase in texto
    assert 'class="boton' in texto, "hay por dónde salir"
    assert not re.search(r"\b(Error \d{3}|Forbidden|Not Found|Traceback)\b", texto)


class TestReponer:
    """Un formulario con la ficha o la entrada caducadas devuelve lo escrito."""

    TEXTO = "La suscrita da cuenta del oficio.\n\n«Cita literal» con <marcas> & signos."

    def _enviar(self, cliente: Client, **datos: object) -> str:
        respuesta = cliente.post("/entrar/", datos)
        assert respuesta.status_code == HTTPStatus.FORBIDDEN
        return respuesta.content.decode()

    @pytest.mark.django_db
    def test_devuelve_lo_escrito_completo_y_escapado(self) -> None:
        texto = self._enviar(Client(enforce_csrf_checks=True), desahogo=self.TEXTO)
        assert "«Cita literal» con &lt;marcas&gt; &amp; signos." in texto
        assert re.search(r'<textarea[^>]*name="desahogo"[^>]*readonly', texto)

    @pytest.mark.django_db
    def test_conserva_todas_las_opciones_marcadas(self) -> None:
        texto = self._enviar(Client(enforce_csrf_checks=True), oficios=["4", "9"])
        assert texto.count('name="oficios"') == 2

    @pytest.mark.django_db
    def test_nunca_muestra_contrasenas_ni_la_ficha_vieja(self) -> None:
        secretos = {"password": "secreto-1", "password1": "secreto-2", "oldpassword": "secreto-3"}
        texto = self._enviar(
            Client(enforce_csrf_checks=True), csrfmiddlewaretoken="vieja", login="a@b.mx", **secretos
        )
        assert "secreto" not in texto
        assert 'value="vieja"' not in texto
        assert 'value="a@b.mx"' in texto

    @pytest.mark.django_db
    def test_lleva_la_version_leida(self) -> None:
        assert 'name="version" value="7"' in self._enviar(
            Client(enforce_csrf_checks=True), a="b", version="7"
        )

    @pytest.mark.django_db
    def test_lo_enviado_desde_otro_sitio_no_se_repone(self) -> None:
        cliente = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "cross-site"})
        texto = self._enviar(cliente, desahogo=self.TEXTO)
        assert "Cita literal" not in texto
        assert "Enviar de nuevo" not in texto

    @pytest.mark.django_db
    def test_la_ficha_nueva_sirve_para_enviarlo(self, reparto: Reparto) -> None:
        cliente = Client(enforce_csrf_checks=True)
        texto = self._enviar(cliente, login="nadie@ejemplo.mx")
        ficha = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', texto)
        assert ficha
        otra = cliente.post("/entrar/", {"csrfmiddlewaretoken": ficha[1], "login": "nadie@ejemplo.mx"})
        assert otra.status_code == HTTPStatus.OK

    @pytest.mark.django_db
    def test_quien_no_ha_entrado_tiene_donde_entrar(self) -> None:
        assert 'href="/entrar/" target="_blank"' in self._enviar(Client(enforce_csrf_checks=True), a="b")
