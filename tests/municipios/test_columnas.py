"""Las mismas columnas al exportar, importar y pegar: lo exportado vuelve a entrar sin cambiar nada."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from municipios.captura import celdas
from municipios.captura.columnas import Columnas, de_cuadro
from municipios.captura.hoja import Hoja, repartir
from municipios.captura.nombres import Nombres
from municipios.captura.pegar import Revision
from municipios.cuadro import tomar
from municipios.models import Situacion
from sesiones import models as m
from tests.municipios.fabricas import LEON, anotar, crear_etapas, crear_municipal
from tests.personas import DIA, Reparto

pytestmark = pytest.mark.django_db
FORMULAS = ("=1+1", "+52 477", "-pendiente", "@aviso", "'=ya neutra", 'Con, coma; y «comillas» "dobles"')


@pytest.fixture
def seguimiento(reparto: Reparto) -> m.Organo:
    """Con tres etapas, una con situaciones que parecen fórmulas y dos que se llaman igual."""
    crear_etapas(reparto.organo, "convocatoria", "instalacion", "nota")
    rara = reparto.organo.etapas_municipales.get(clave="instalacion")
    for orden, nombre in enumerate((*FORMULAS, "Repetida", "repetida"), start=10):
        Situacion.objects.create(
            etapa=rara, clave=f"rara-{orden}", nombre=nombre, avance="en_proceso", orden=orden
        )
    return reparto.organo


@pytest.fixture
def anotado(seguimiento: m.Organo) -> m.Organo:
    """Cada situación rara, en un municipio; y una anotada común."""
    etapas = {e.clave: e for e in seguimiento.etapas_municipales.all()}
    for numero, situacion in enumerate(etapas["instalacion"].situaciones.filter(clave__startswith="rara"), 1):
        anotar(etapas["instalacion"], f"110{numero:02}", situacion.clave)
    anotar(etapas["convocatoria"], LEON, "cumplido")
    anotar(etapas["nota"], LEON, "en_proceso")
    return seguimiento


def columnas_de(organo: m.Organo) -> Columnas:
    cuadro = tomar(organo, DIA)
    return Columnas(cuadro.etapas, cuadro.municipios)


def leida(organo: m.Organo, leidas: celdas.Celdas) -> Hoja:
    return repartir(leidas, columnas_de(organo), Nombres(tomar(organo, DIA).municipios))


def revisada(reparto: Reparto, leidas: celdas.Celdas) -> Revision:
    cuadro = tomar(reparto.organo, DIA)
    informa = [municipio.clave for municipio in cuadro.municipios]
    hoja = leida(reparto.organo, leidas)
    return Revision(reparto.cuentas["facilitadora"], cuadro, hoja, informa, DIA)


def del_archivo(nombre: str, contenido: bytes, tipo: str) -> celdas.Celdas:
    """Lo que se lee de un archivo como llega al portal: en un temporal."""
    with TemporaryUploadedFile(nombre, tipo, len(contenido), None) as archivo:
        archivo.write(contenido)
        archivo.flush()
        return celdas.de_archivo(archivo)


def test_las_columnas(seguimiento: m.Organo) -> None:
    assert list(columnas_de(seguimiento).fields) == [
        *("clave_inegi", "municipio", "convocatoria", "instalacion", "etapa_nota", "fecha", "motivo", "nota")
    ]


def test_lo_que_vale_de_cada_municipio(anotado: m.Organo) -> None:
    cuadro = tomar(anotado, DIA)
    filas = list(csv.DictReader(io.StringIO(de_cuadro(cuadro, cuadro.municipios).export("csv"))))
    assert len(filas) == 46
    assert filas[19] == {
        "clave_inegi": "11020",
        "municipio": "León",
        "convocatoria": "Cumplido",
        "instalacion": "Sin información",
        "etapa_nota": "En proceso",
        "fecha": "",
        "motivo": "",
        "nota": "",
    }
    raras = [fila["instalacion"] for fila in filas[:8]]
    assert raras == [
        "'=1+1",
        "'+52 477",
        "'-pendiente",
        "'@aviso",
        "''=ya neutra",
        FORMULAS[5],
        "rara-16",
        "rara-17",
    ]


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_lo_exportado_vuelve_a_entrar_sin_cambiar_nada(
    reparto: Reparto, anotado: m.Organo, client: Client, extension: str
) -> None:
    client.force_login(reparto.cuentas["facilitadora"])
    respuesta = client.get(
        reverse(f"gestion_municipios:{extension}", args=(anotado.clave,)), {"al": DIA.isoformat()}
    )
    assert respuesta["Content-Disposition"] == f'attachment; filename="avance-prueba-2026-03-18.{extension}"'
    leidas = del_archivo(f"avance.{extension}", respuesta.content, respuesta["Content-Type"])
    revision = revisada(reparto, leidas)
    assert (len(revision.iguales), revision.cambios, revision.por_corregir) == (46, [], [])
    assert (revision.avisos, revision.faltan, revision.vacias) == ([], [], 0)


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("al", "motivo"),
    [("2199-01-01", "todavía no llega"), ("ayer", "no se entiende"), ("2026-02-30", "no se")],
)
def test_no_se_baja_lo_de_hoy_en_lugar_del_dia_que_se_pidio(
    reparto: Reparto, anotado: m.Organo, client: Client, extension: str, al: str, motivo: str
) -> None:
    client.force_login(reparto.cuentas["facilitadora"])
    direccion = reverse(f"gestion_municipios:{extension}", args=(anotado.clave,))
    respuesta = client.get(direccion, {"al": al})
    assert (respuesta.status_code, respuesta.has_header("Content-Disposition")) == (422, False)
    assert f"Esa fecha {motivo}" in respuesta.text
    assert client.get(direccion)["Content-Disposition"].startswith("attachment")


def test_pegado_con_tabuladores_tambien(reparto: Reparto, anotado: m.Organo) -> None:
    cuadro = tomar(anotado, DIA)
    pegado = de_cuadro(cuadro, cuadro.municipios).export("tsv")
    revision = revisada(reparto, celdas.de_texto(pegado))
    assert (len(revision.iguales), revision.cambios, revision.avisos) == (46, [], [])


def test_el_csv_lleva_marca_de_utf8_y_el_xlsx_ninguna_formula(
    reparto: Reparto, anotado: m.Organo, client: Client
) -> None:
    client.force_login(reparto.cuentas["facilitadora"])
    texto = client.get(
        reverse("gestion_municipios:csv", args=(anotado.clave,)), {"al": DIA.isoformat()}
    ).content
    assert texto.startswith(b"\xef\xbb\xbfclave_inegi,municipio,")
    libro = client.get(
        reverse("gestion_municipios:xlsx", args=(anotado.clave,)), {"al": DIA.isoformat()}
    ).content
    hoja = openpyxl.load_workbook(io.BytesIO(libro)).worksheets[0]
    assert "f" not in {celda.data_type for fila in hoja.iter_rows() for celda in fila}
    assert hoja["D2"].value == "'=1+1"
    assert hoja["A21"].value == "11020"


@pytest.mark.parametrize(
    ("escribir", "avisos"),
    [
        (lambda texto: texto.encode("utf-8-sig"), []),
        (lambda texto: texto.replace(",", ";").encode(), []),
        (
            lambda texto: texto.encode("cp1252"),
            ["El texto no está en UTF-8: se leyó como Windows-1252 (Latin-1)."],
        ),
        (lambda texto: texto.replace("\n", "\r\n").encode(), []),
    ],
)
def test_como_guarda_cada_programa_un_csv(
    reparto: Reparto, seguimiento: m.Organo, escribir: Callable[[str], bytes], avisos: list[str]
) -> None:
    texto = "clave_inegi,municipio,convocatoria\n11020,León,Cumplido\n11002,Acámbaro,En proceso\n"
    revision = revisada(reparto, del_archivo("a.csv", escribir(texto), "text/csv"))
    assert [(str(c.municipio), str(c.situacion)) for c in revision.cambios] == [
        ("León", "Cumplido"),
        ("Acámbaro", "En proceso"),
    ]
    assert revision.avisos == avisos


def libro(ruta: Path, filas: list[list[object]], combinar: str = "", antes: int = 0) -> celdas.Celdas:
    hoja_de = openpyxl.Workbook()
    hoja = hoja_de.worksheets[0]
    for _ in range(antes):
        hoja.append(["Avance de los municipios"])
    for fila in filas:
        hoja.append(fila)
    if combinar:
        hoja.merge_cells(combinar)
    hoja_de.save(ruta)
    tipo = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return del_archivo("avance.xlsx", ruta.read_bytes(), tipo)


def test_las_celdas_combinadas_de_un_libro_se_preguntan(
    reparto: Reparto, seguimiento: m.Organo, tmp_path: Path
) -> None:
    filas: list[list[object]] = [
        ["Clave INEGI", "Municipio", "Convocatoria"],
        [11020, "León", "Cumplido"],
        [11002, "Acámbaro", None],
        [11003, "San Miguel de Allende", None],
    ]
    revision = revisada(reparto, libro(tmp_path / "a.xlsx", filas, combinar="C4:C6", antes=2))
    assert [(f.pegado.numero, str(f.municipio), set(f.errores)) for f in revision.por_corregir] == [
        (5, "Acámbaro", {"convocatoria"}),
        (6, "San Miguel de Allende", {"convocatoria"}),
    ]
    assert "combinada" in revision.por_corregir[0].errores["convocatoria"].frase
    assert [str(c.municipio) for c in revision.cambios] == ["León"]
    assert revision.avisos == ["Se saltó lo que venía antes de los encabezados: 2 renglones."]


def test_las_fechas_y_claves_de_un_libro_se_leen_como_tales(
    reparto: Reparto, seguimiento: m.Organo, tmp_path: Path
) -> None:
    filas: list[list[object]] = [["clave", "convocatoria", "fecha"], [11020, "cumplido", DIA.replace(day=2)]]
    [cambio] = revisada(reparto, libro(tmp_path / "a.xlsx", filas)).cambios
    assert (cambio.municipio.clave, cambio.situacion.clave, cambio.fecha.day) == (LEON, "cumplido", 2)


@pytest.mark.parametrize(("papel", "cuantos"), [("facilitadora", 46), ("colega", 46), ("auditora", 46)])
def test_quien_lee_el_avance_descarga_los_46(
    reparto: Reparto, seguimiento: m.Organo, client: Client, papel: str, cuantos: int
) -> None:
    client.force_login(reparto.cuentas[papel])
    texto = client.get(reverse("gestion_municipios:csv", args=(seguimiento.clave,))).content.decode()
    assert len(texto.splitlines()) == cuantos + 1


def test_quien_informa_de_un_municipio_descarga_solo_el_suyo(seguimiento: m.Organo, client: Client) -> None:
    client.force_login(crear_municipal(seguimiento).cuentas["facilitadora"])
    texto = client.get(reverse("gestion_municipios:csv", args=(seguimiento.clave,))).content.decode()
    assert [fila[:2] for fila in csv.reader(io.StringIO(texto))][1:] == [["11020", "León"]]


def test_exportar_consulta_lo_mismo_con_una_anotacion_que_con_muchas(
    reparto: Reparto,
    seguimiento: m.Organo,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(reparto.cuentas["facilitadora"])
    etapa = seguimiento.etapas_municipales.get(clave="convocatoria")
    url = reverse("gestion_municipios:csv", args=(seguimiento.clave,))
    anotar(etapa, LEON, "cumplido")
    with django_assert_num_queries(CONSULTAS):
        client.get(url)
    for numero in range(1, 46):
        anotar(etapa, f"110{numero:02}", "en_proceso")
    with django_assert_num_queries(CONSULTAS):
        client.get(url)


CONSULTAS = 11
