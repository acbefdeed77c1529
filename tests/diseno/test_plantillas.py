"""La política de seguridad del contenido prohíbe estilos y guiones dentro de la página."""

import re

import pytest
from django.conf import settings

RAIZ = settings.BASE_DIR
PLANTILLAS = sorted(
    p
    for base in (RAIZ / "templates", RAIZ / "stl_portal")
    for p in base.rglob("*.html")
    if "documentos" not in p.relative_to(RAIZ).parts
)
PROHIBIDO = {
    "estilo en la etiqueta": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "hoja dentro de la página": re.compile(r"<style\b", re.I),
    "manejador en la etiqueta": re.compile(r"<[a-z][^>{]*\son[a-z]+\s*=", re.I),
    "guion dentro de la página": re.compile(r"<script\b(?![^>]*\ssrc=)[^>]*>", re.I),
    "dirección javascript:": re.compile(r"javascript:", re.I),
    "manejador de htmx, que necesita eval": re.compile(r"\shx-on|\shx-vals=['\"]js:", re.I),
}


def test_hay_plantillas_que_revisar() -> None:
    assert len(PLANTILLAS) > 40


@pytest.mark.parametrize("regla", PROHIBIDO)
def test_ninguna_plantilla_rompe_la_politica(regla: str) -> None:
    culpables = [str(p.relative_to(RAIZ)) for p in PLANTILLAS if PROHIBIDO[regla].search(p.read_text())]
    assert culpables == []


@pytest.mark.parametrize(
    "trampa",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        '<a onclick="x()">',
        "<script>x()</script>",
        '<a href="javascript:x()">',
        '<p hx-on:click="x()">',
    ],
)
def test_cada_regla_atrapa_lo_suyo(trampa: str) -> None:
    assert any(patron.search(trampa) for patron in PROHIBIDO.values())


def test_la_pagina_dice_en_que_idioma_esta() -> None:
    for nombre in ("base.html", "_fallo.html"):
        assert '<html lang="es-MX"' in (RAIZ / "templates" / nombre).read_text()


def test_toda_tabla_que_se_apila_declara_su_papel() -> None:
    """Al dejar de verse como tabla, algunos lectores de pantalla solo saben que lo es por su `role`."""
    etiquetas = [
        (p.name, t) for p in PLANTILLAS for t in re.findall(r"<table[^>]*tabla--apilada[^>]*>", p.read_text())
    ]
    assert etiquetas
    assert [nombre for nombre, etiqueta in etiquetas if 'role="table"' not in etiqueta] == []


def test_lo_que_se_busca_en_el_telefono_no_queda_fuera_de_la_pantalla() -> None:
    """Quién asistió, quién integra, qué consta en el registro…: fichas, con el rótulo de cada celda."""
    for nombre in (
        "sesiones/publico/_asistencia.html",
        "sesiones/publico/integrantes.html",
        "municipios/informes/publicados.html",
        "participacion/_balances.html",
        "certamenes/certamen.html",
        "sello/lista.html",
    ):
        plantilla = (RAIZ / "templates" / nombre).read_text()
        tabla = plantilla[plantilla.index("<table") : plantilla.index("</table>")]
        celdas = re.findall(r"<td\b[^>]*>", tabla)
        assert "tabla--apilada" in tabla
        assert celdas
        assert [c for c in celdas if 'role="cell"' not in c or "data-rotulo=" not in c] == [], nombre


def test_el_menu_del_telefono_se_cierra_con_un_boton_que_se_ve() -> None:
    cabecera = (RAIZ / "templates/_cabecera.html").read_text()
    abre, cierra = re.findall(r'<button[^>]*popovertarget="menu-principal"[^>]*>', cabecera)
    assert "hide" not in abre
    assert 'popovertargetaction="hide"' in cierra
    assert (
        cabecera.index('id="menu-principal"') < cabecera.index(cierra) < cabecera.index('class="menu__lista')
    )
