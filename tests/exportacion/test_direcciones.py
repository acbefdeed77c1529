"""Qué dirección es cada liga y en qué archivo queda: siempre el mismo, siempre dentro de la carpeta."""

import pytest
from pytest_django import Settings

from stl_portal.exportacion import direcciones
from stl_portal.exportacion.direcciones import Liga

AQUI = "/plan/2022-2024/eje/1/"


@pytest.fixture(autouse=True)
def _sitio(settings: Settings) -> None:
    settings.SITIO = "https://portal.ejemplo.mx"


@pytest.mark.parametrize(
    ("escrita", "leida"),
    [
        ("/sesiones/", Liga("/sesiones/")),
        ("../2/", Liga("/plan/2022-2024/eje/2/")),
        ("?page=2", Liga(f"{AQUI}?page=2")),
        ("?page=1", Liga(AQUI)),
        ("?ver=1&page=3#fin", Liga(f"{AQUI}?page=3", "fin")),
        ("#metas", Liga(AQUI, "metas")),
        ("https://portal.ejemplo.mx/datos/", Liga("/datos/")),
        ("https://otro.example/datos/", Liga("https://otro.example/datos/", interna=False)),
        ("//otro.example/x", Liga("//otro.example/x", interna=False)),
        ("mailto:a@b.example", Liga("mailto:a@b.example", interna=False)),
        ("webcal://portal.ejemplo.mx/c.ics", Liga("webcal://portal.ejemplo.mx/c.ics", interna=False)),
        ("?orden=nombre", Liga(f"{AQUI}?orden=nombre", filtra=True)),
        ("/acuerdos/?page=2&organo=stl", Liga("/acuerdos/?organo=stl&page=2")),
        ("/acuerdos/?organo=stl&estado=vencido", Liga("/acuerdos/?estado=vencido&organo=stl", filtra=True)),
        ("/sesiones/?estado=x", Liga("/sesiones/?estado=x", filtra=True)),
        ("/plan/a/compromiso/1.1/?preguntas=2", Liga("/plan/a/compromiso/1.1/?preguntas=2")),
        ("/no/hay/?organo=stl", Liga("/no/hay/?organo=stl", filtra=True)),
        ("/archivos/ab/Acta%20p%C3%BAblica.pdf", Liga("/archivos/ab/Acta%20p%C3%BAblica.pdf")),
        ("/archivos/ab/Acta pública.pdf", Liga("/archivos/ab/Acta%20p%C3%BAblica.pdf")),
    ],
)
def test_una_liga_se_lee_siempre_igual(escrita: str, leida: Liga) -> None:
    assert direcciones.leer(escrita, AQUI) == leida


@pytest.mark.parametrize(
    ("direccion", "tipo", "archivo"),
    [
        ("/", "text/html", "index.html"),
        ("/plan/a/", "text/html", "plan/a/index.html"),
        ("/plan/?page=2", "text/html", "plan/index__page-2.html"),
        ("/registro/punto-de-control", "text/plain", "registro/punto-de-control.txt"),
        ("/registro/clave.pub", "application/x-pem-file", "registro/clave.pub"),
        ("/archivos/ab/miniatura/", "image/webp", "archivos/ab/miniatura/index.webp"),
        ("/archivos/ab/Acta%20p%C3%BAblica.pdf", "application/pdf", "archivos/ab/Acta pública.pdf"),
        ("/a/acta.xml?version=1", "application/xml", "a/acta__version-1.xml"),
        ("/archivos/ab/a%3Ab%3F.pdf", "application/pdf", "archivos/ab/a_3ab_3f.pdf"),
        ("/%2E%2E/%2E%2E/etc/passwd", "text/plain", "_/_/etc/passwd.txt"),
        ("/x/..%2F..%2Fy.pdf", "application/pdf", "x/_/_/y.pdf"),
    ],
)
def test_cada_direccion_tiene_su_archivo(direccion: str, tipo: str, archivo: str) -> None:
    assert direcciones.archivo(direccion, tipo) == archivo


def test_un_nombre_larguisimo_cabe_y_no_se_confunde_con_otro() -> None:
    uno, otro = (direcciones.archivo(f"/archivos/{'a' * 300}{n}.pdf", "application/pdf") for n in (1, 2))
    assert uno != otro
    assert max(len(parte) for parte in uno.split("/")) <= direcciones.LARGO + len(".pdf")


@pytest.mark.parametrize(
    "direccion", ["/buscar/?q=x", "/mesa/stl/", "/mi/", "/api/v1/sesiones", "/preguntas/a/b/nueva/"]
)
def test_lo_que_pide_un_servidor_no_se_copia(direccion: str) -> None:
    assert not direcciones.se_copia(direccion)


@pytest.mark.parametrize("direccion", ["/", "/municipios/", "/mira/", "/preguntas/2026-0001/", "/api.html"])
def test_lo_demas_si(direccion: str) -> None:
    assert direcciones.se_copia(direccion)


@pytest.mark.parametrize(
    ("de", "a", "liga"),
    [
        ("index.html", "plan/index.html", "plan/index.html"),
        ("plan/a/index.html", "index.html", "../../index.html"),
        ("plan/index.html", "plan/index__page-2.html", "index__page-2.html"),
        ("a/index.html", "archivos/ab/Acta pública.pdf", "../archivos/ab/Acta%20p%C3%BAblica.pdf"),
    ],
)
def test_las_ligas_son_relativas(de: str, a: str, liga: str) -> None:
    assert direcciones.relativa(de, a) == liga
    assert direcciones.relativa(de, a, "punto-3") == f"{liga}#punto-3"
