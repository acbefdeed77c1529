"""Las hojas de estilo: contraste de cada par de colores, peso y una sola fuente de color."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

CSS: Path = settings.BASE_DIR / "static" / "css"
PLANTILLAS: Path = settings.BASE_DIR / "templates"
TOKENS = (CSS / "tokens.css").read_text()

# (tinta, fondo): todo lo que se lee sobre cada fondo. WCAG 1.4.3 pide 4.5.
TEXTOS = [
    *[
        (tinta, fondo)
        for tinta in ("tinta", "tinta-suave", "enlace")
        for fondo in ("papel", "superficie", "hundido")
    ],
    *[("tinta", f"{tono}-tenue") for tono in ("exito", "alerta", "error", "info", "primario")],
    *[(tono, f"{tono}-tenue") for tono in ("exito", "alerta", "error", "info", "primario")],
    *[
        (tono, fondo)
        for tono in ("exito", "alerta", "error", "info", "primario")
        for fondo in ("papel", "superficie")
    ],
    ("enlace-visitado", "papel"),
    ("enlace-visitado", "superficie"),
    ("enlace", "primario-tenue"),
    ("tinta-suave", "primario-tenue"),
    ("primario-hondo", "primario-tenue"),
    ("sobre-primario", "primario"),
    ("sobre-primario", "primario-hondo"),
    ("sobre-cabecera", "cabecera"),
    ("sobre-cabecera", "cabecera-honda"),
    ("papel", "tinta-suave"),
    ("superficie", "error"),
]
# Bordes de controles y formas con significado: WCAG 1.4.11 pide 3.
FORMAS = [
    (borde, fondo)
    for borde in ("linea-fuerte", "primario", "error")
    for fondo in ("papel", "superficie", "hundido")
]


def _bloque(selector: str) -> dict[str, str]:
    """Colores declarados en el bloque que abre con ese selector."""
    cuerpo = TOKENS.split(selector, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,6});", cuerpo))


CLARO = _bloque('[data-tema="claro"] {')
OSCURO = CLARO | _bloque('\n  [data-tema="oscuro"] {')


def _luminancia(color: str) -> float:
    """Luminancia relativa según WCAG 2.2."""
    cifras = color.lstrip("#")
    cifras = "".join(c * 2 for c in cifras) if len(cifras) == 3 else cifras
    canales = [int(cifras[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    lineales = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canales]
    return 0.2126 * lineales[0] + 0.7152 * lineales[1] + 0.0722 * lineales[2]


def contraste(uno: str, otro: str) -> float:
    """Razón de contraste entre dos colores, de 1 a 21."""
    claro, oscuro = sorted((_luminancia(uno), _luminancia(otro)), reverse=True)
    return (claro + 0.05) / (oscuro + 0.05)


def test_la_medida_de_contraste_es_la_de_wcag() -> None:
    assert contraste("#000", "#fff") == pytest.approx(21)
    assert contraste("#777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("tinta", "fondo"), TEXTOS)
@pytest.mark.parametrize("paleta", [CLARO, OSCURO], ids=["claro", "oscuro"])
def test_todo_texto_se_lee(paleta: dict[str, str], tinta: str, fondo: str) -> None:
    assert contraste(paleta[tinta], paleta[fondo]) >= 4.5


@pytest.mark.parametrize(("borde", "fondo"), FORMAS)
@pytest.mark.parametrize("paleta", [CLARO, OSCURO], ids=["claro", "oscuro"])
def test_los_bordes_con_significado_se_ven(paleta: dict[str, str], borde: str, fondo: str) -> None:
    assert contraste(paleta[borde], paleta[fondo]) >= 3


@pytest.mark.parametrize("fondo", ["papel", "superficie", "hundido", "cabecera", "primario", "alerta-tenue"])
@pytest.mark.parametrize("paleta", [CLARO, OSCURO], ids=["claro", "oscuro"])
def test_uno_de_los_dos_colores_del_foco_siempre_se_ve(paleta: dict[str, str], fondo: str) -> None:
    assert max(contraste(paleta[foco], paleta[fondo]) for foco in ("foco", "foco-halo")) >= 3


def test_lo_oscuro_es_igual_por_preferencia_que_por_eleccion() -> None:
    assert _bloque(':root:not([data-tema="claro"]) {') == _bloque('\n  [data-tema="oscuro"] {')


def test_los_colores_solo_se_escriben_en_los_tokens() -> None:
    """Fuera de tokens: negro y blanco del papel impreso, y la tinta fija del resaltado y del salto."""
    permitidos = {"#fff", "#000", "#333", "#555", "#999", "#ffe08a", "#1b2422"}
    for hoja in CSS.glob("*.css"):
        if hoja.name != "tokens.css":
            assert set(re.findall(r"#[0-9a-fA-F]{3,6}\b", hoja.read_text())) <= permitidos, hoja.name


def test_toda_variable_usada_existe() -> None:
    texto = "".join(hoja.read_text() for hoja in CSS.glob("*.css"))
    declaradas = set(re.findall(r"(--[\w-]+)\s*:", texto))
    assert set(re.findall(r"var\((--[\w-]+)\)", texto)) <= declaradas


def _hojas_de(plantilla: str) -> set[str]:
    """Las hojas que pide la página: las suyas y las de las plantillas que extiende."""
    texto = (PLANTILLAS / plantilla).read_text()
    propias = set(re.findall(r"(?<!unfold/)css/(\w+\.css)", texto))  # lo de django-unfold no es nuestro
    base = re.search(r'{% extends "([^"]+)"', texto)
    return propias | (_hojas_de(base[1]) if base else set())


def test_ninguna_pagina_pide_mas_de_20_kb_de_estilos() -> None:
    """experiencia.md: unos 20 KB comprimidos; en 3G lenta la página se pinta en menos de un segundo."""
    peso = {hoja.name: len(gzip.compress(hoja.read_bytes(), 9)) for hoja in CSS.glob("*.css")}
    paginas = {str(p.relative_to(PLANTILLAS)) for p in PLANTILLAS.rglob("*.html")} - {"publico/estilo.html"}
    pedido = {pagina: sum(peso[hoja] for hoja in _hojas_de(pagina)) for pagina in paginas}
    assert {pagina: total for pagina, total in pedido.items() if total > 20 * 1024} == {}
    assert max(pedido.values()) > 10 * 1024  # de verdad se están contando


def test_toda_hoja_se_escribe_en_capas() -> None:
    for hoja in CSS.glob("*.css"):
        assert "@layer" in hoja.read_text(), hoja.name


def test_en_papel_la_respuesta_no_se_parte_ni_se_separa_de_quien_responde() -> None:
    impresas = (CSS / "preguntas.css").read_text().partition("@media print")[2]
    assert ".respuesta { break-inside: avoid; }" in impresas
    assert ".pregunta__meta, .pregunta__titulo, .respuesta__quien { break-after: avoid; }" in impresas
