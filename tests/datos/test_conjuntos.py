"""Todo conjunto que una aplicación apunta cumple lo que declara; con la demostración y con muchas filas."""

from collections import Counter
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils.dateparse import parse_date

from stl_portal.datos import filtros, formas
from stl_portal.datos.filtros import Seleccion
from stl_portal.datos.registro import CONJUNTOS, Columna, Conjunto, Fila, Filtro, Tipo
from tests.datos import releer

CLASES: dict[Tipo, tuple[type, ...]] = {
    Tipo.TEXTO: (str,),
    Tipo.LIGA: (str,),
    Tipo.ENTERO: (int,),
    Tipo.NUMERO: (Decimal, int),
    Tipo.SI_NO: (bool,),
}
# Los que la demostración deja vacíos, con su porqué.
SIN_FILAS: dict[str, str] = {}


@pytest.fixture(params=list(CONJUNTOS))
def conjunto(request: pytest.FixtureRequest, demostracion: None, db: None) -> Conjunto:
    """Cada conjunto apuntado."""
    return CONJUNTOS[request.param]


@pytest.fixture
def filas(conjunto: Conjunto) -> list[Fila]:
    """Las que publica la demostración."""
    return list(Seleccion(conjunto).filas())


pytestmark = pytest.mark.apariencia  # lo que depende de la base lleva además `ambas_bases`


def test_la_demostracion_trae_filas_de_cada_conjunto(conjunto: Conjunto, filas: list[Fila]) -> None:
    assert bool(filas) == (conjunto.clave not in SIN_FILAS)


def test_cada_fila_cumple_el_tipo_y_los_valores_de_sus_columnas(
    conjunto: Conjunto, filas: list[Fila]
) -> None:
    malas = {
        (columna.nombre, repr(celda)[:80])
        for fila in filas
        for columna, celda in zip(conjunto.columnas, fila, strict=True)
        if not _cumple(columna, celda)
    }
    assert malas == set()


def _cumple(columna: Columna, celda: Any) -> bool:
    if celda is None or celda == "":
        return not columna.requerida
    clases = CLASES.get(columna.tipo)
    if clases and (
        not isinstance(celda, clases) or (columna.tipo is not Tipo.SI_NO and isinstance(celda, bool))
    ):
        return False
    if columna.tipo is Tipo.LIGA and urlsplit(celda).scheme not in ("http", "https"):
        return False
    if columna.tipo is Tipo.FECHA and parse_date(celda.isoformat()) != celda:
        return False
    return not columna.valores or celda in dict(columna.valores)


@pytest.mark.ambas_bases
def test_el_identificador_es_unico_legible_y_lleva_a_su_fila(conjunto: Conjunto, filas: list[Fila]) -> None:
    repetidos = [clave for clave, veces in Counter(fila[0] for fila in filas).items() if veces > 1]
    assert repetidos == []
    assert conjunto.nombres[0] == "id"
    for fila in filas[:10]:
        assert isinstance(fila[0], str)
        assert fila[0] == fila[0].strip() != ""
        objetos = conjunto.de_id(conjunto.publicado(), fila[0])
        assert fila in list(conjunto.todas(objetos))
        assert objetos.count() <= 1
    assert list(conjunto.todas(conjunto.de_id(conjunto.publicado(), "no/existe"))) == []


@pytest.mark.ambas_bases
def test_csv_json_y_xlsx_se_releen_iguales_a_sus_filas(
    client: Client, conjunto: Conjunto, filas: list[Fila]
) -> None:
    esperadas = releer.normales(conjunto, filas)
    cuerpos = {
        forma: b"".join(client.get(f"/datos/{conjunto.clave}.{forma}")) for forma in ("csv", "json", "xlsx")
    }
    assert releer.de_csv(conjunto, cuerpos["csv"]) == esperadas
    assert releer.de_json(conjunto, cuerpos["json"]) == esperadas
    assert releer.de_xlsx(conjunto, cuerpos["xlsx"]) == releer.como_en_xlsx(esperadas)


def test_ninguna_fila_es_un_total(conjunto: Conjunto, filas: list[Fila]) -> None:
    assert [fila[0] for fila in filas if "total" in str(fila[0]).lower().split("/")[-1].split("-")] == []


@pytest.mark.ambas_bases
def test_cada_filtro_deja_filas_del_conjunto_y_ninguna_repetida(
    conjunto: Conjunto, filas: list[Fila]
) -> None:
    todas = {fila[0] for fila in filas}
    for filtro in conjunto.filtros:
        if filtro.catalogo:
            with pytest.raises(filtros.FiltroMalo) as malo:
                filtros.valor(filtro, "zzz")
            assert (malo.value.campo, malo.value.donde) == (filtro.nombre, filtro.catalogo.donde)
        for dicho in _por_probar(filtro):
            pedido = {filtro.nombre: filtros.valor(filtro, dicho)}
            claves = [fila[0] for fila in Seleccion(conjunto, pedido).filas()]
            assert len(claves) == len(set(claves)), (filtro.nombre, dicho)
            assert set(claves) <= todas


def _por_probar(filtro: Filtro) -> list[str]:
    if filtro.valores:
        return [valor for valor, _ in filtro.valores]
    if filtro.catalogo:
        return [clave for clave, _ in filtro.catalogo.opciones()]
    de_su_tipo = {
        Tipo.ENTERO: ["2020", "2026"] if filtros.es_de_anio(filtro) else ["1", "0"],
        Tipo.FECHA: ["2020-01-01", "2026-06-30"],
        Tipo.SI_NO: ["true", "false"],
        Tipo.NUMERO: ["42"],
    }
    return de_su_tipo.get(filtro.tipo, ["stl", "zzz", filtro.ejemplo or "x"])


def test_lo_que_se_declara_se_entiende(conjunto: Conjunto) -> None:
    assert conjunto.genera
    assert conjunto.tema
    assert conjunto.palabras
    assert conjunto.una_fila.startswith(("un ", "una ", "uno ", "el ", "lo ", "cuántos "))
    assert conjunto.descripcion.endswith(".")
    for columna in conjunto.columnas:
        assert columna.descripcion.endswith((".", ")", "?")), columna.nombre
        assert columna.titulo[:1].isupper()
    assert set(conjunto.grafica or ()) - {""} <= set(conjunto.nombres)
    for filtro in conjunto.filtros:
        assert bool(filtro.busca) or filtro.columna in conjunto.nombres, filtro.nombre


def test_su_pagina_se_lee(client: Client, conjunto: Conjunto) -> None:
    respuesta = client.get(f"/datos/{conjunto.clave}/")
    assert respuesta.status_code == 200
    assert f"<h1>{conjunto.titulo}</h1>" in respuesta.content.decode()


@pytest.mark.usefixtures("demostracion", "db")
def test_la_capa_de_los_municipios_es_geojson(client: Client) -> None:
    con_lugares = [clave for clave, c in CONJUNTOS.items() if c.geojson]
    assert con_lugares == ["municipios"]
    respuesta = client.get("/datos/municipios.geojson")
    assert respuesta["Content-Type"] == formas.GEOJSON.tipo
    capa = releer.json.loads(b"".join(respuesta))
    assert capa["type"] == "FeatureCollection"
    assert len(capa["features"]) == 46
    assert {f["geometry"]["type"] for f in capa["features"]} == {"Point"}
    assert all(-102.2 < f["geometry"]["coordinates"][0] < -99.5 for f in capa["features"])
    assert all(19.8 < f["geometry"]["coordinates"][1] < 22.0 for f in capa["features"])
