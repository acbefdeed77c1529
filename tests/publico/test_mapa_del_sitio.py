"""El mapa del sitio: todo lo público, nada más, en partes que no se recorren juntas."""

import datetime as dt
import re

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from ejes.models import Plan
from sesiones.estados import EstadoSesion
from stl_portal.publico import mapa_del_sitio
from stl_portal.publico.registro import SITIO
from tests import fabricas
from tests.permisos.mundo import crear_mundo
from tests.personas import Reparto
from tests.publico.sitio import dar_historia

pytestmark = pytest.mark.apariencia

INDICE = reverse("mapa_del_sitio")
# Lo que el mundo de prueba tiene publicado: si falta una clase, alguien dejó de apuntarla.
CLASES = {
    *("registro", "eslabones", "textos", "listas", "organos", "sesiones", "actas", "plan", "planes"),
    *("integracion", "datos", "conjuntos", "lista-de-preguntas"),
    *("ejes", "compromisos", "acciones", "informes-de-avance", "bimestres", "reportes", "evidencias"),
    *("avance-municipal", "municipios", "cortes-municipales", "informes-trimestrales", "metricas"),
}


def _locs(client: Client, url: str) -> list[str]:
    respuesta = client.get(url)
    assert respuesta.status_code == 200
    assert respuesta["Content-Type"] == "application/xml; charset=utf-8"
    return re.findall(r"<loc>(.+?)</loc>", respuesta.content.decode())


def _todas(client: Client, settings: Settings) -> list[str]:
    """Las direcciones de todas las partes, sin el nombre del sitio."""
    partes = [loc.removeprefix(settings.SITIO) for loc in _locs(client, INDICE)]
    return [loc.removeprefix(settings.SITIO) for parte in partes for loc in _locs(client, parte)]


def test_estan_todas_las_clases_y_cada_pagina_se_abre_sin_entrar(
    client: Client, reparto: Reparto, settings: Settings
) -> None:
    settings.SITIO = "https://portal.ejemplo.mx"
    crear_mundo(reparto)
    dar_historia()
    partes = _locs(client, INDICE)
    assert all(parte.startswith("https://portal.ejemplo.mx/sitemap/") for parte in partes)
    clases = {re.sub(r"-\d+\.xml$", "", parte.rpartition("/")[2]) for parte in partes}
    assert CLASES - clases == set()
    todas = _todas(client, settings)
    assert len(todas) == len(set(todas))
    assert [(url, client.get(url).status_code) for url in todas if client.get(url).status_code != 200] == []


def test_lo_que_no_se_ha_publicado_no_esta(client: Client, reparto: Reparto, settings: Settings) -> None:
    mundo = crear_mundo(reparto)
    antes = _todas(client, settings)
    secreta = fabricas.crear_sesion(reparto, fecha=dt.date(2099, 1, 7))
    assert secreta.estado == EstadoSesion.PROGRAMADA
    Plan.objects.create(organo=reparto.organo, clave="secreto", nombre="Secreto", inicio=2030, fin=2031)
    assert _todas(client, settings) == antes
    en_curso = f"/acuerdos/prueba/{mundo['sesion']}/"  # hasta que concluya, sus acuerdos no son públicos
    assert [url for url in antes if url.startswith(en_curso)] == []
    Plan.objects.filter(clave=mundo["plan"]).update(estado="borrador")
    assert [url for url in _todas(client, settings) if f"/plan/{mundo['plan']}/" in url] == []


@pytest.mark.parametrize("veces", [1, 12])
def test_cada_parte_es_una_sola_consulta_con_una_o_muchas(
    client: Client, reparto: Reparto, django_assert_num_queries: DjangoAssertNumQueries, veces: int
) -> None:
    for dia in range(veces):
        fabricas.crear_en_curso(reparto, fecha=dt.date(2025, 2, 3) + dt.timedelta(days=7 * dia))
    client.get(INDICE)  # lo que se lee una sola vez por proceso
    with django_assert_num_queries(23):  # la edición de lo público y cuántas hay de cada clase
        client.get(INDICE)
    parte = reverse("parte_del_mapa", args=("sesiones", 1))
    with django_assert_num_queries(2):  # cuántas, y las de esta parte
        assert client.get(parte).content.count(b"<url>") == veces


def test_una_clase_con_muchas_se_reparte(
    client: Client, reparto: Reparto, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for dia in range(5):
        fabricas.crear_en_curso(reparto, fecha=dt.date(2025, 2, 3) + dt.timedelta(days=7 * dia))
    entera = _todas(client, settings)
    monkeypatch.setattr(mapa_del_sitio, "POR_PARTE", 2)
    de_sesiones = [loc for loc in _locs(client, INDICE) if "/sesiones-" in loc]
    assert [loc.rpartition("/")[2] for loc in de_sesiones] == [f"sesiones-{n}.xml" for n in (1, 2, 3)]
    assert _todas(client, settings) == entera
    assert [d.url for d in mapa_del_sitio.direcciones()] == entera


@pytest.mark.parametrize(
    "mala", ["/sitemap/sesiones-2.xml", "/sitemap/nada-1.xml", "/sitemap/acuerdos-1.xml"]
)
def test_una_parte_que_no_existe_es_404(client: Client, reparto: Reparto, mala: str) -> None:
    fabricas.crear_en_curso(reparto)
    assert client.get(mala).status_code == 404


def test_la_fecha_de_una_sesion_es_la_de_su_ultimo_cambio_publico(client: Client, reparto: Reparto) -> None:
    sesion = fabricas.crear_en_curso(reparto)
    cuando = dt.datetime(2026, 5, 6, 18, 30, tzinfo=dt.UTC)
    sesion.historia.update(cuando=cuando)
    sesion.convocatorias.update(emitida_el=cuando - dt.timedelta(days=3))
    parte = client.get(reverse("parte_del_mapa", args=("sesiones", 1))).content.decode()
    assert "<lastmod>2026-05-06T12:30:00-06:00</lastmod>" in parte


def test_ninguna_clase_se_apunta_dos_veces() -> None:
    claves = [tramo.clave for tramo in SITIO]
    assert len(claves) == len(set(claves))


def test_a_los_buscadores_no_se_les_nombra_lo_privado(client: Client, db: None, settings: Settings) -> None:
    settings.SITIO, settings.DEMO = "https://portal.ejemplo.mx", False
    mapa = "https://portal.ejemplo.mx/sitemap.xml"
    robots = client.get("/robots.txt")
    assert robots["Content-Type"] == "text/plain; charset=utf-8"
    assert robots.content.decode() == f"User-agent: *\nDisallow: /buscar/\n\nSitemap: {mapa}\n"
    settings.DEMO = True
    assert client.get("/robots.txt").content.decode().splitlines()[1] == "Disallow: /"


def test_a_quien_se_avisa_de_una_falla(
    client: Client, db: None, rf: RequestFactory, settings: Settings
) -> None:
    url = f"/{mapa_del_sitio.SEGURIDAD}"
    assert client.get(url).status_code == 404  # sin nadie a quien avisar no existe
    settings.SITIO = "https://portal.ejemplo.mx"
    settings.CONTACTO_DE_SEGURIDAD = "mailto:seguridad@ejemplo.mx"
    texto = mapa_del_sitio.seguridad(rf.get(url)).content.decode()
    campos = dict(linea.split(": ", 1) for linea in texto.splitlines())
    vence = dt.datetime.fromisoformat(campos.pop("Expires"))
    assert dt.timedelta(days=170) < vence - dt.datetime.now(dt.UTC) < dt.timedelta(days=181)
    assert campos == {
        "Contact": "mailto:seguridad@ejemplo.mx",
        "Preferred-Languages": "es",
        "Canonical": "https://portal.ejemplo.mx/.well-known/security.txt",
    }
