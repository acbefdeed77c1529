"""Los datos abiertos de un corte: dicen lo mismo que la página, sin renglones «Total», y se piden una vez."""

import csv
import hashlib
import io
import json
from collections import Counter

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from municipios.ciudadania import descargas
from municipios.models import CorteMunicipalPublicado, Etapa
from stl_portal.sello.registro import reconocido
from tests.municipios.fabricas import LEON, anotar, crear_etapas
from tests.municipios.publicados import publicar_corte
from tests.personas import Reparto

BASE = "/municipios/cortes/prueba/1"
FORMATOS = (".json", ".csv", "-totales.csv", ".geojson")


@pytest.fixture
def etapas(reparto: Reparto) -> list[Etapa]:
    return crear_etapas(reparto.organo)


@pytest.fixture
def publicado(reparto: Reparto, etapas: list[Etapa]) -> CorteMunicipalPublicado:
    anotar(etapas[0], LEON, "en_proceso", nota='=HYPERLINK("x")', liga="https://ejemplo.mx/a?b=1")
    return publicar_corte(reparto.organo, totales={etapas[1]: {"sin_informacion": 44, "cumplido": 2}})


def renglones(client: Client, ruta: str) -> list[dict[str, str]]:
    texto = client.get(ruta).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(texto)))


def test_el_json_son_los_bytes_sellados(client: Client, publicado: CorteMunicipalPublicado) -> None:
    respuesta = client.get(f"{BASE}.json")
    assert respuesta.content == bytes(publicado.documento)
    assert respuesta["Content-Type"] == "application/json"


@pytest.mark.usefixtures("publicado")
def test_el_csv_tiene_un_renglon_por_municipio_y_etapa_con_desglose(client: Client) -> None:
    filas = renglones(client, f"{BASE}.csv")
    assert len(filas) == 46
    assert Counter(f["situacion"] for f in filas) == {"sin_informacion": 45, "en_proceso": 1}
    assert {f["etapa"] for f in filas} == {"convocatoria"}
    assert [f["clave_inegi"] for f in filas] == [str(c) for c in range(11001, 11047)]
    leon = next(f for f in filas if f["clave_inegi"] == LEON)
    assert (leon["municipio"], leon["fecha"], leon["corte_fecha"]) == ("León", "2026-03-18", "2026-03-18")
    assert leon["liga"] == "https://ejemplo.mx/a?b=1"


@pytest.mark.usefixtures("publicado")
def test_una_formula_escrita_en_una_nota_llega_como_texto(client: Client) -> None:
    leon = next(f for f in renglones(client, f"{BASE}.csv") if f["clave_inegi"] == LEON)
    assert leon["nota"] == '\'=HYPERLINK("x")'


@pytest.mark.usefixtures("publicado")
def test_los_totales_suman_46_por_etapa_y_ningun_renglon_es_un_total(client: Client) -> None:
    filas = renglones(client, f"{BASE}-totales.csv")
    assert len(filas) == 8
    suma: Counter[str] = Counter()
    for fila in filas:
        suma[fila["etapa"]] += int(fila["municipios"])
    assert suma == {"convocatoria": 46, "instalacion": 46}
    assert {f["etapa"]: f["solo_total"] for f in filas} == {"convocatoria": "no", "instalacion": "sí"}
    assert not any("total" in fila["situacion"] for fila in filas)


@pytest.mark.usefixtures("publicado")
def test_el_geojson_es_una_capa_de_puntos_con_su_atribucion(client: Client) -> None:
    respuesta = client.get(f"{BASE}.geojson")
    assert respuesta["Content-Type"] == "application/geo+json"
    capa = json.loads(respuesta.content)
    assert capa["type"] == "FeatureCollection"
    assert "GeoNames" in capa["atribucion"]
    assert "CC BY 4.0" in capa["atribucion"]
    assert len(capa["features"]) == 46
    leon = next(f for f in capa["features"] if f["id"] == LEON)
    longitud, latitud = leon["geometry"]["coordinates"]
    assert (leon["type"], leon["geometry"]["type"]) == ("Feature", "Point")
    assert -102.2 < longitud < -99.6
    assert 19.9 < latitud < 21.9
    assert leon["properties"]["etapas"] == {"convocatoria": "en_proceso"}


@pytest.mark.usefixtures("publicado")
def test_pagina_csv_y_geojson_coinciden_a_la_unidad(client: Client) -> None:
    totales = client.get("/municipios/").context["de_la_etapa"].totales
    en_la_pagina = {t.situacion.clave: t.situacion.municipios for t in totales if t.situacion.municipios}
    capa = json.loads(client.get(f"{BASE}.geojson").content)
    assert Counter(f["properties"]["etapas"]["convocatoria"] for f in capa["features"]) == en_la_pagina
    assert Counter(f["situacion"] for f in renglones(client, f"{BASE}.csv")) == en_la_pagina


@pytest.mark.usefixtures("publicado")
@pytest.mark.parametrize("formato", FORMATOS)
def test_quien_ya_lo_tiene_recibe_304(client: Client, formato: str) -> None:
    primera = client.get(BASE + formato)
    assert primera.status_code == 200
    assert primera["Link"] == '<https://datos.gob.mx/libreusomx>; rel="license"'
    assert f"corte-1{formato.replace('-', '.')}" in primera["Content-Disposition"]
    segunda = client.get(BASE + formato, headers={"if-none-match": primera["ETag"]})
    assert (segunda.status_code, segunda.content) == (304, b"")
    assert len({client.get(BASE + f)["ETag"] for f in FORMATOS}) == len(FORMATOS)


@pytest.mark.parametrize(("formato", "consultas"), [(".json", 2), (".csv", 2), (".geojson", 3)])
def test_los_datos_se_piden_en_las_mismas_consultas_con_todo_anotado(
    client: Client,
    reparto: Reparto,
    etapas: list[Etapa],
    formato: str,
    consultas: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    publicar_corte(reparto.organo)
    with django_assert_num_queries(consultas):
        client.get(BASE + formato)
    for clave in range(11001, 11047):
        anotar(etapas[0], str(clave), "cumplido", nota="Con nota")
    publicar_corte(reparto.organo)
    with django_assert_num_queries(consultas):
        client.get(f"/municipios/cortes/prueba/2{formato}")


@pytest.mark.usefixtures("publicado")
@pytest.mark.parametrize("formato", FORMATOS)
def test_lo_descargado_se_reconoce_y_si_no_es_lo_sellado_lo_dice(client: Client, formato: str) -> None:
    huella = hashlib.sha256(client.get(BASE + formato).content).hexdigest()
    for _ in ("al calcularla", "ya guardada"):
        conocido = reconocido(huella)
        assert conocido is not None
        assert (conocido.tono, conocido.url) == ("exito", f"{BASE}/")
        assert ("sellado es su JSON" in conocido.texto) == (formato != ".json")


@pytest.mark.usefixtures("publicado")
def test_con_las_huellas_guardadas_reconocer_no_vuelve_a_leer_los_cortes(
    reparto: Reparto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publicar_corte(reparto.organo)
    assert descargas.de_cual("0" * 64) is None
    with django_assert_num_queries(2):
        assert descargas.de_cual("0" * 64) is None


def test_el_registro_lo_llama_por_su_nombre(publicado: CorteMunicipalPublicado, client: Client) -> None:
    for url in ("/registro/", f"/registro/eslabon/{publicado.eslabon}/"):
        pagina = client.get(url).content.decode()
        assert f">{publicado.corte.nombre}, de los municipios</a>" in pagina
        assert "Corte-municipal prueba/1<" not in pagina
