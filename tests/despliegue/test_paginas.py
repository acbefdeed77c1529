"""Las páginas públicas con nginx enfrente: se repiten unos segundos y sobreviven al portal."""

import gzip
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from bench import enfrente
from sesiones import models as m
from stl_portal.participacion import atender
from tests import servidor
from tests.fabricas import crear_en_curso
from tests.participacion import fabricas
from tests.participacion.conftest import crear_plan
from tests.participacion.fabricas import objeto_de
from tests.personas import Reparto, crear_reparto

pytestmark = pytest.mark.apariencia
LISTA = "/sesiones/"
VENCIDA = 3.2  # segundos: nginx los cuenta enteros, uno la repite y otro la da mientras pregunta


@dataclass
class Dicho:
    """Una respuesta."""

    estado: int
    cabeceras: HTTPMessage
    cuerpo: bytes

    @property
    def guardada(self) -> str | None:
        """Qué hizo nginx con su caché."""
        return self.cabeceras["X-Cache-Status"]


@dataclass
class Sitio:
    """El portal detrás de nginx, que se puede apagar y volver a encender."""

    reparto: Reparto
    carpeta: Path
    puerto: int = 0
    portal: int = 0
    encendido: ExitStack = field(default_factory=ExitStack)

    def encender(self) -> None:
        """Granian, siempre en el mismo puerto."""
        entorno = servidor.entorno()
        servido = enfrente.granian("stl_portal.wsgi:application", entorno, hilos=2, puerto=self.portal)
        self.portal = self.encendido.enter_context(servido)

    def pedir(self, direccion: str = LISTA, metodo: str = "GET", **cabeceras: str) -> Dicho:
        """Lo que contesta nginx."""
        with closing(HTTPConnection("127.0.0.1", self.puerto, timeout=30)) as conexion:
            conexion.request(
                metodo, direccion, headers={n.replace("_", "-"): v for n, v in cabeceras.items()}
            )
            respuesta = conexion.getresponse()
            return Dicho(respuesta.status, respuesta.headers, respuesta.read())


def _sitio(carpeta: Path, ritmo: int) -> Iterator[Sitio]:
    reparto = crear_reparto()
    crear_en_curso(reparto)
    uno, archivos = Sitio(reparto, carpeta), Path(settings.MEDIA_ROOT)
    archivos.mkdir(parents=True, exist_ok=True)
    with uno.encendido:
        uno.encender()
        with enfrente.nginx(carpeta, portal=uno.portal, archivos=archivos, ritmo=ritmo) as uno.puerto:
            yield uno
    connection.close()


@pytest.fixture
def sitio(transactional_db: None, tmp_path: Path) -> Iterator[Sitio]:
    """Sin tope que estorbe a quien prueba."""
    yield from _sitio(tmp_path, ritmo=10_000)


@pytest.fixture
def sitio_con_tope(transactional_db: None, tmp_path: Path) -> Iterator[Sitio]:
    """Con el tope de peticiones en lo mínimo."""
    yield from _sitio(tmp_path, ritmo=1)


def hasta(listo: Callable[[], bool], segundos: float) -> bool:
    """Si ocurre antes de ese tiempo."""
    limite = time.monotonic() + segundos
    while not listo():
        if time.monotonic() > limite:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.ambas_bases
def test_la_repite_uno_o_dos_segundos_y_despues_pregunta_si_cambio(sitio: Sitio) -> None:
    primera, segunda = sitio.pedir(), sitio.pedir()
    assert (primera.estado, primera.guardada, segunda.guardada) == (200, "MISS", "HIT")
    assert segunda.cuerpo == primera.cuerpo
    time.sleep(VENCIDA)
    tercera = sitio.pedir()
    assert (tercera.guardada, tercera.cuerpo) == ("REVALIDATED", primera.cuerpo)
    assert sitio.pedir().guardada == "HIT"
    for nombre in ("Content-Security-Policy", "ETag", "Cache-Control", "Vary", "X-Frame-Options"):
        assert segunda.cabeceras[nombre] == primera.cabeceras[nombre] is not None
    con_numero = [sitio.pedir(X_Request_ID=numero) for numero in ("el-suyo-1234", "no vale", "")]
    numeros = [d.cabeceras.get_all("X-Request-ID") or [] for d in (primera, segunda, tercera, *con_numero)]
    assert [len(suyos) for suyos in numeros] == [1] * 6  # uno cada quien, y de nadie más
    assert len({suyos[0] for suyos in numeros}) == 6
    assert [suyos[0] == "el-suyo-1234" for suyos in numeros[3:]] == [True, False, False]


@pytest.mark.ambas_bases
def test_lo_publicado_se_ve_enseguida(sitio: Sitio) -> None:
    assert b"Otro nombre" not in sitio.pedir().cuerpo
    for nombre in ("Otro nombre", "Y otro"):
        m.Denominacion.objects.update(nombre_corto=nombre)
        assert hasta(lambda: nombre.encode() in sitio.pedir().cuerpo, segundos=4) is True  # noqa: B023


def test_lo_que_nadie_habia_visitado_en_mucho_tiempo_no_sale_viejo(sitio: Sitio) -> None:
    sitio.pedir()
    m.Denominacion.objects.update(nombre_corto="Otro nombre")
    time.sleep(VENCIDA)
    assert b"Otro nombre" in sitio.pedir().cuerpo  # la primera después de publicar


def test_quien_ya_la_tiene_no_la_baja_otra_vez(sitio: Sitio) -> None:
    etiqueta = sitio.pedir().cabeceras["ETag"]
    for _ in range(2):
        otra = sitio.pedir(If_None_Match=etiqueta)
        assert (otra.estado, otra.cuerpo) == (304, b"")
        time.sleep(VENCIDA)


def test_comprimida_y_sin_comprimir_son_la_misma(sitio: Sitio) -> None:
    llana = sitio.pedir()
    apretadas = [sitio.pedir(Accept_Encoding="br;q=1, gzip") for _ in range(2)]
    assert [a.guardada for a in apretadas] == ["MISS", "HIT"]
    for apretada in apretadas:
        assert apretada.cabeceras["Content-Encoding"] == "gzip"
        assert gzip.decompress(apretada.cuerpo) == llana.cuerpo
    assert sitio.pedir().cabeceras["Content-Encoding"] is None


def test_preguntar_por_ella_no_trae_cuerpo(sitio: Sitio) -> None:
    entera = sitio.pedir()
    sola = sitio.pedir(metodo="HEAD")
    assert (sola.estado, sola.cuerpo, sola.guardada) == (200, b"", "HIT")
    assert sola.cabeceras["ETag"] == entera.cabeceras["ETag"]


@pytest.mark.ambas_bases
def test_si_el_portal_cae_se_sigue_leyendo_y_despues_se_recupera(sitio: Sitio) -> None:
    antes = sitio.pedir()
    sitio.encendido.close()
    time.sleep(VENCIDA)
    for _ in range(3):
        sin_portal = sitio.pedir()
        assert (sin_portal.estado, sin_portal.guardada, sin_portal.cuerpo) == (200, "STALE", antes.cuerpo)
    nunca_vista = sitio.pedir("/acuerdos/")
    assert (nunca_vista.estado, nunca_vista.cabeceras["Retry-After"]) == (502, "30")
    assert "El portal no contesta" in nunca_vista.cuerpo.decode()
    assert f"Número de referencia: {nunca_vista.cabeceras['X-Request-ID']}\n" in nunca_vista.cuerpo.decode()
    m.Denominacion.objects.update(nombre_corto="De vuelta")
    sitio.encender()
    assert hasta(lambda: b"De vuelta" in sitio.pedir().cuerpo, segundos=15) is True
    assert sitio.pedir("/acuerdos/").estado == 200


@pytest.mark.ambas_bases
def test_lo_retirado_no_reaparece_cuando_el_portal_cae(sitio: Sitio) -> None:
    plan = crear_plan(sitio.reparto)
    pregunta = fabricas.publicada(objeto_de("compromiso", f"{plan.clave}/1.1"), texto="Vive en Pirul 5")
    suya, del_organo = pregunta.get_absolute_url(), "/sesiones/prueba/"
    se_muda = "/integrantes/?organo=prueba"
    antes = [sitio.pedir(direccion) for direccion in (suya, del_organo)]
    assert [(d.estado, d.guardada) for d in antes] == [(200, "MISS")] * 2
    assert "Pirul 5" in antes[0].cuerpo.decode()
    assert [sitio.pedir(se_muda).guardada for _ in range(2)] == ["MISS", "HIT"]
    atender.retirar(pregunta, sitio.reparto.cuentas["facilitadora"], "Un domicilio.", timezone.now())
    m.Organo.objects.update(clave="otra")
    time.sleep(VENCIDA)
    debido = {suya: 410, del_organo: 404, se_muda: 404}
    assert {direccion: sitio.pedir(direccion).estado for direccion in debido} == debido
    time.sleep(VENCIDA)
    assert {direccion: sitio.pedir(direccion).estado for direccion in debido} == debido
    sitio.encendido.close()
    time.sleep(VENCIDA)
    despues = {direccion: sitio.pedir(direccion) for direccion in debido}
    assert {direccion: dicho.estado for direccion, dicho in despues.items()} == debido
    assert b"Pirul 5" not in b"".join(dicho.cuerpo for dicho in despues.values())


def test_lo_de_una_cuenta_ni_se_guarda_ni_se_le_cambia_por_lo_de_otros(sitio: Sitio) -> None:
    publica = sitio.pedir().cuerpo
    galletas = {papel: servidor.galleta(cuenta) for papel, cuenta in sitio.reparto.cuentas.items()}
    for galleta in galletas.values():
        for direccion in (LISTA, "/mi/"):
            suya = sitio.pedir(direccion, Cookie=f"otra=1; {galleta}")
            assert (suya.guardada, suya.cabeceras["Cache-Control"]) == ("BYPASS", "no-store, private")
            assert b"Salir de la cuenta" in suya.cuerpo
        assert sitio.pedir().cuerpo == publica
    sin_entrar = sitio.pedir("/mi/")
    assert (sin_entrar.estado, sin_entrar.guardada) == (302, "MISS")
    guardado = b"".join(a.read_bytes() for a in (sitio.carpeta / "guardado").rglob("*") if a.is_file())
    assert b"Salir de la cuenta" not in guardado
    assert b"KEY: http" in guardado


def test_lo_que_lleva_ficha_no_se_guarda(sitio: Sitio) -> None:
    for direccion in ("/entrar/", "/seguir/", "/verificar/"):
        fichas = {sitio.pedir(direccion).cabeceras["Set-Cookie"] for _ in range(3)}
        assert len(fichas) == 3
        assert sitio.pedir(direccion).guardada == "MISS"


def test_a_quien_insiste_demasiado_se_le_pide_calma(sitio_con_tope: Sitio) -> None:
    dichos = [sitio_con_tope.pedir() for _ in range(140)]
    frenados = [d for d in dichos if d.estado == 429]
    assert 10 < len(frenados) < 20  # caben 120 de golpe y una por segundo
    assert frenados[0].cabeceras["Retry-After"] == "10"
    assert "Espera diez segundos" in frenados[0].cuerpo.decode()
    assert {d.estado for d in dichos} == {200, 429}
