"""El catálogo, el esquema y lo que leen los buscadores dicen lo mismo que los conjuntos declarados."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from stl_portal.datos import catalogo, esquema, formas, versiones
from stl_portal.datos.registro import CONJUNTOS, Columna, Conjunto, Tipo
from tests.datos.muestra import crear

# Lo que Table Schema admite (https://specs.frictionlessdata.io/table-schema/).
TIPOS = {"string", "integer", "number", "boolean", "date", "time", "datetime"}
FORMATOS = {
    "string": {"default", "uri"},
    "date": {"default"},
    "time": {"%H:%M"},
    "datetime": {"any"},
    **{tipo: {"default"} for tipo in ("integer", "number", "boolean")},
}


def _en_jsonld(cuerpo: bytes) -> dict[str, Any]:
    return json.loads(cuerpo)


@pytest.mark.parametrize("clave", [*CONJUNTOS, "muestra"])
def test_el_esquema_de_cada_conjunto_es_un_table_schema(
    client: Client, muestra: Conjunto, clave: str
) -> None:
    dicho = client.get(f"/datos/{clave}.esquema.json").json()
    conjunto = CONJUNTOS[clave]
    assert [c["name"] for c in dicho["fields"]] == list(conjunto.nombres)
    assert len(set(conjunto.nombres)) == len(conjunto.nombres)
    assert dicho["primaryKey"] == ["id"]
    assert dicho["fields"][0]["constraints"] == {"required": True, "unique": True}
    for campo in dicho["fields"]:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", campo["name"])
        assert campo["type"] in TIPOS
        assert campo["format"] in FORMATOS[campo["type"]]
        assert len(campo["description"]) > 5
        assert set(campo.get("constraints", {})) <= {"required", "unique", "enum"}


def test_el_esquema_dice_tipos_limites_unidad_y_ejemplo() -> None:
    conjunto = Conjunto(
        **{
            **vars(CONJUNTOS["acuerdos"]),
            "columnas": (
                Columna("id", Tipo.TEXTO, "Id", "Cuál es.", ejemplo="a/1"),
                Columna("clase", Tipo.TEXTO, "Clase", "De qué.", True, (("a", "Una"), ("b", "Otra"))),
                Columna("peso", Tipo.NUMERO, "Peso", "Cuánto.", unidad="kilos"),
                Columna("liga", Tipo.LIGA, "Liga", "Dónde."),
            ),
        }
    )
    campos = esquema.table_schema(conjunto)["fields"]
    assert campos[0]["example"] == "a/1"
    assert campos[1]["constraints"] == {"required": True, "enum": ["a", "b"]}
    assert (campos[2]["type"], campos[2]["unit"]) == ("number", "kilos")
    assert (campos[3]["type"], campos[3]["format"]) == ("string", "uri")


def test_el_catalogo_lleva_cada_conjunto_con_todas_sus_formas(client: Client, muestra: Conjunto) -> None:
    crear(2)
    version = versiones.guardar(muestra, timezone.now())
    assert version
    respuesta = client.get("/datos/catalogo.jsonld")
    dicho = _en_jsonld(respuesta.content)
    assert respuesta["Content-Type"] == "application/ld+json"
    assert dicho["@type"] == "dcat:Catalog"
    por_clave = {d["dct:identifier"]: d for d in dicho["dcat:dataset"]}
    assert set(por_clave) >= set(CONJUNTOS)
    suyo = por_clave["muestra"]
    assert suyo["dct:license"] == {"@id": "https://datos.gob.mx/libreusomx"}
    assert suyo["dct:accrualPeriodicity"] == "R/P2M"
    assert suyo["dct:publisher"]["foaf:name"]["@value"] == "Quien prueba"
    assert suyo["dct:modified"]["@value"] == timezone.localdate(version.publicada_el).isoformat()
    assert suyo["dcat:hasCurrentVersion"] == {"@id": "http://127.0.0.1:8000/datos/muestra/versiones/1.csv"}
    for clave, conjunto in CONJUNTOS.items():
        distribuciones = por_clave[clave]["dcat:distribution"]
        esperadas = [f"http://127.0.0.1:8000/datos/{clave}.{f}" for f in formas.formas_de(conjunto)]
        assert [d["dcat:downloadURL"]["@id"] for d in distribuciones] == esperadas
    csv = suyo["dcat:distribution"][0]
    assert csv["dcat:mediaType"] == {"@id": "https://www.iana.org/assignments/media-types/text/csv"}
    assert csv["dcat:byteSize"]["@value"] == str(version.pesos["csv"])


def test_el_catalogo_cuesta_lo_mismo_con_muchas_versiones(
    muestra: Conjunto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(4):
        crear(1, desde=n)
        versiones.guardar(muestra, timezone.now())
    with django_assert_num_queries(1):
        dicho = catalogo.dcat()
    (suyo,) = [d for d in dicho["dcat:dataset"] if d["dct:identifier"] == "muestra"]
    assert suyo["dcat:version"] == "4"


def test_la_pagina_lleva_su_dataset_y_nada_puede_cerrar_el_bloque(
    client: Client, muestra: Conjunto, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostil = "</script><script>alert(1)</script>"
    monkeypatch.setitem(CONJUNTOS, "muestra", Conjunto(**{**vars(muestra), "descripcion": hostil}))
    crear(2)
    versiones.guardar(CONJUNTOS["muestra"], timezone.now())
    pagina = client.get("/datos/muestra/").content.decode()
    (bloque,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', pagina, re.DOTALL)
    (suyo,) = [d for d in json.loads(bloque)["@graph"] if d["@type"] == "Dataset"]
    assert suyo["description"] == hostil
    assert suyo["url"] == "http://127.0.0.1:8000/datos/muestra/"
    assert suyo["identifier"] == "http://127.0.0.1:8000/datos/muestra/versiones/1.csv"
    assert [d["encodingFormat"] for d in suyo["distribution"]][:2] == ["text/csv", "application/json"]
    assert [v["name"] for v in suyo["variableMeasured"]] == list(muestra.nombres)
    assert hostil not in pagina


def test_una_version_retirada_no_es_la_vigente(client: Client, muestra: Conjunto) -> None:
    crear(1)
    primera = versiones.guardar(muestra, timezone.now())
    crear(1, desde=1)
    segunda = versiones.guardar(muestra, timezone.now())
    assert primera
    assert segunda
    assert catalogo.ultimas()["muestra"] == segunda
    versiones.retirar(segunda, "Llevaba un dato personal.", timezone.now())
    assert catalogo.ultimas()["muestra"] == primera
    assert client.get("/datos/muestra/").context["vigente"] == primera
    assert segunda.get_absolute_url() not in client.get("/datos/catalogo.jsonld").content.decode()
    versiones.retirar(primera, "También.", timezone.now())
    assert client.get("/datos/muestra/").context["vigente"] is None
