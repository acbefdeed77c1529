"""El PDF se archiva, se lee en voz alta y sale igual siempre."""

import datetime as dt
import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pytest

from stl_portal.documentos.pdf import Documento, producir
from tests.documentos.lector import a_la_vista, en_voz_alta
from tests.documentos.muestra import (
    COPIA_JSON,
    COPIA_XML,
    FECHA,
    NOMBRES,
    RAIZ,
    TEMAS,
    TITULO,
    breve,
    html_de_muestra,
)

ENCABEZADOS = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})


def acta(**cambios: Any) -> Documento:
    """El acta de muestra con todo lo que el motor sabe poner."""
    opciones: dict[str, Any] = {
        "titulo": TITULO,
        "autor": "Secretariado Técnico de Ejemplo",
        "asunto": "Sesión del 14 de marzo de 2031",
        "fecha": FECHA,
        "adjuntos": [COPIA_JSON, COPIA_XML],
        "renglones": True,
        "marca": "BORRADOR",
    }
    return producir(html_de_muestra(), **(opciones | cambios))


@pytest.fixture(scope="module")
def documento() -> Documento:
    return acta()


@pytest.fixture
def pdf(documento: Documento) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(documento.contenido)) as abierto:
        yield abierto


def elementos(nodo: Any) -> Iterator[Any]:
    """El árbol de etiquetas, en orden de lectura."""
    if isinstance(nodo, pikepdf.Array):
        for hijo in nodo:
            yield from elementos(hijo)
    elif isinstance(nodo, pikepdf.Dictionary):
        if "/S" in nodo:
            yield nodo
        yield from elementos(nodo.get("/K"))


def estructuras(pdf: pikepdf.Pdf, tipo: str) -> list[Any]:
    """Los elementos de esa clase."""
    return [nodo for nodo in elementos(pdf.Root.StructTreeRoot.K) if str(nodo.S) == tipo]


# --- Siempre los mismos bytes ---


def test_dos_veces_el_mismo_contenido_da_los_mismos_bytes(documento: Documento) -> None:
    assert acta().contenido == documento.contenido


def test_otro_proceso_y_otro_huso_dan_los_mismos_bytes() -> None:
    guion = "import sys; from tests.documentos.muestra import breve; sys.stdout.buffer.write(breve())"
    entorno = os.environ | {"PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    orden = [sys.executable, "-c", guion]
    otro = subprocess.run(orden, cwd=RAIZ, env=entorno, capture_output=True, check=True)
    assert otro.stdout == breve()


def test_varios_hilos_a_la_vez_dan_los_mismos_bytes() -> None:
    with ThreadPoolExecutor(4) as hilos:
        futuros = [hilos.submit(breve, titulo=f"Oficio {n % 2}") for n in range(8)]
    obtenidos = [futuro.result() for futuro in futuros]
    assert obtenidos == [breve(titulo="Oficio 0"), breve(titulo="Oficio 1")] * 4


@pytest.mark.parametrize(
    "cambio",
    [
        {"marca": None},
        {"titulo": "Otro oficio"},
        {"fecha": FECHA + dt.timedelta(seconds=1)},
        {"renglones": False},
        {"adjuntos": [COPIA_JSON, COPIA_XML]},
    ],
    ids=lambda cambio: next(iter(cambio)),
)
def test_cualquier_cambio_da_otros_bytes(cambio: dict[str, Any]) -> None:
    assert breve(**cambio) != breve()


# --- Para archivarse ---


def test_declara_archivo_y_accesibilidad(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "A")
        assert xmp["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert xmp["dc:title"] == TITULO
        assert xmp["dc:creator"] == ["Secretariado Técnico de Ejemplo"]
        assert xmp["dc:description"] == "Sesión del 14 de marzo de 2031"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
    assert b"pdfaExtension:schemas" in pdf.Root.Metadata.read_bytes()


def test_ningun_hallazgo_de_accesibilidad(documento: Documento, tmp_path: Path) -> None:
    archivo = tmp_path / "acta.pdf"
    archivo.write_bytes(documento.contenido)
    informe = pdfua.validate(str(archivo))
    assert len(informe.outcomes) - len(informe.skipped) > 10
    assert [f"{h.rule_id}: {h.message}" for h in informe.findings] == []


def test_todas_las_letras_van_dentro_y_son_las_del_paquete(pdf: pikepdf.Pdf) -> None:
    fuentes = [f for pagina in pdf.pages for f in pagina.Resources.Font.values()]
    assert fuentes
    for fuente in fuentes:
        descriptor = fuente.DescendantFonts[0].FontDescriptor
        assert len(descriptor.FontFile2.read_bytes()) > 1000
        assert "Source-S" in str(descriptor.FontName)
        assert "/ToUnicode" in fuente


def test_no_hay_mapas_de_bits_ni_codigo(pdf: pikepdf.Pdf) -> None:
    assert not [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
    assert "/OpenAction" not in pdf.Root
    assert "/AA" not in pdf.Root
    assert not [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/JavaScript"]


def test_la_fecha_es_la_del_contenido_y_no_la_de_hoy(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20310314180000")
    assert pdf.docinfo["/ModDate"] == pdf.docinfo["/CreationDate"]


def test_sin_fecha_no_se_inventa_una() -> None:
    sin_fecha = producir(html_de_muestra(), titulo=TITULO)
    with pikepdf.open(BytesIO(sin_fecha.contenido)) as pdf:
        assert "/CreationDate" not in pdf.docinfo


def test_los_datos_viajan_dentro_y_se_recuperan(pdf: pikepdf.Pdf) -> None:
    assert pdf.attachments["acta.json"].get_file().read_bytes() == COPIA_JSON.contenido
    assert pdf.attachments["acta.xml"].get_file().read_bytes() == COPIA_XML.contenido
    assert [str(a.AFRelationship) for a in pdf.Root.AF] == ["/Data", "/Source"]
    assert [str(a.Desc) for a in pdf.Root.AF] == [COPIA_JSON.descripcion, COPIA_XML.descripcion]


# --- Para leerse ---


def test_dice_su_idioma_y_su_titulo(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.Root.Lang) == "es-MX"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_el_idioma_se_puede_cambiar() -> None:
    otro = producir("<html><body><h1>Jñatjo</h1></body></html>", titulo="Jñatjo", idioma="maz")
    with pikepdf.open(BytesIO(otro.contenido)) as pdf:
        assert str(pdf.Root.Lang) == "maz"


def test_los_marcadores_siguen_los_encabezados(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as indice:
        (raiz,) = indice.root
        secciones = {s.title: [p.title for p in s.children] for s in raiz.children}
    assert raiz.title == TITULO
    assert list(secciones) == [
        "Asistentes",
        "Orden del día",
        "Desahogo de la sesión",
        "Firmas",
        "Por la Secretaría",
    ]
    assert [p.split(". ", 1)[1] for p in secciones["Desahogo de la sesión"]] == TEMAS


def test_cada_pagina_dice_cual_es_y_de_cuantas(documento: Documento) -> None:
    for numero, ornato in enumerate(a_la_vista(documento.contenido), start=1):
        assert f"Página {numero} de {documento.paginas}" in " ".join(ornato)


def test_encabezado_y_pie_se_ven_en_cada_pagina_y_no_se_leen(documento: Documento) -> None:
    for ornato in a_la_vista(documento.contenido):
        assert "Órgano ficticio para pruebas" in ornato
        assert "7K2M-QX4D" in " ".join(ornato)
    leido = en_voz_alta(documento.contenido)
    assert "Órgano ficticio para pruebas" not in leido
    assert "Página 1 de" not in leido


def test_todo_lo_demas_se_lee_y_en_orden(documento: Documento) -> None:
    leido = en_voz_alta(documento.contenido)
    lugares = [leido.index(texto) for texto in (TITULO, NOMBRES[0][0], TEMAS[0], "Primer", "Fin de texto")]
    assert lugares == sorted(lugares)
    for nombre, *_ in NOMBRES:
        assert nombre in leido


def test_los_encabezados_de_tabla_dicen_a_que_encabezan(pdf: pikepdf.Pdf) -> None:
    alcances = [str(th.A.Scope) for th in estructuras(pdf, "/TH")]
    columnas = 3 + 2 + 3  # asistentes, votación y firmas
    assert alcances.count("/Column") == columnas
    assert alcances.count("/Row") == 5 + len(NOMBRES) + 7 + len(NOMBRES)


def test_los_encabezados_no_saltan_niveles(pdf: pikepdf.Pdf) -> None:
    niveles = [int(str(h.S)[2:]) for h in elementos(pdf.Root.StructTreeRoot.K) if str(h.S)[1:] in ENCABEZADOS]
    assert niveles[0] == 1
    assert all(siguiente <= nivel + 1 for nivel, siguiente in itertools.pairwise(niveles))


def test_las_figuras_tienen_texto_alternativo_y_caen_dentro_de_la_hoja(pdf: pikepdf.Pdf) -> None:
    figuras = estructuras(pdf, "/Figure")
    assert figuras
    for figura in figuras:
        assert "portal.ejemplo.mx" in str(figura.Alt)
        izquierda, abajo, derecha, arriba = (float(x) for x in figura.A.BBox)
        assert 0 <= izquierda < derecha <= 612
        assert 0 <= abajo < arriba <= 792


def test_un_acta_de_ocho_paginas(documento: Documento, pdf: pikepdf.Pdf) -> None:
    assert documento.paginas == len(pdf.pages) == 8
    assert len(documento.contenido) < 200_000


# --- Lo que se rechaza ---


@pytest.mark.parametrize(
    ("opciones", "dice"),
    [
        ({"titulo": " "}, "título"),
        ({"titulo": "Acta", "fecha": dt.datetime(2031, 3, 14)}, "zona horaria"),
        ({"titulo": "Acta", "adjuntos": [COPIA_JSON]}, "fecha"),
    ],
)
def test_lo_que_falta_se_dice(opciones: dict[str, Any], dice: str) -> None:
    with pytest.raises(ValueError, match=dice):
        producir("<p>Hola</p>", **opciones)
