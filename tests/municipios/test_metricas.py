"""Métricas externas: se pegan por año, se comprueban y se leen con su fuente."""

import csv
import datetime as dt
import io
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from municipios import carga
from municipios.eventos import medir
from municipios.models import Metrica, Municipio
from sesiones.models import Organo
from tests.municipios.fabricas import crear_municipal
from tests.personas import Reparto, crear_reparto

pytestmark = pytest.mark.django_db
FUENTE = "https://ejemplo.example/indice-2025"
AUTOR = "Instituto de Prueba"


@pytest.fixture
def estatal() -> Reparto:
    """El secretariado que registra las métricas."""
    carga.cargar()
    return crear_reparto("estatal")


@pytest.fixture
def metrica(estatal: Reparto) -> Metrica:
    """Un índice de 0 a 100."""
    return Metrica.objects.create(
        organo=estatal.organo, clave="indice", nombre="Índice de apertura", autor=AUTOR, minimo=0, maximo=100
    )


@pytest.fixture
def facilitadora(estatal: Reparto, client: Client) -> Client:
    """Quien captura, ya dentro."""
    client.force_login(estatal.cuentas["facilitadora"])
    return client


def pegar(
    client: Client, metrica: Metrica, renglones: str, *, visto: str | None = None, anio: int = 2025
) -> Any:
    datos = {"anio": str(anio), "fuente": FUENTE, "renglones": renglones}
    if visto is not None:
        datos |= {"visto": visto, "aplicar": "1"}
    return client.post(reverse("gestion_municipios:valores", args=(metrica.pk,)), datos)


def visto_en(html: str) -> str:
    hallado = re.search(r'name="visto" value="([0-9a-f]+)"', html)
    assert hallado
    return hallado[1]


def test_se_ve_que_cambia_y_solo_entonces_se_guarda(facilitadora: Client, metrica: Metrica) -> None:
    renglones = "11020;61.870\nsilao de la victoria ; 58\n\nSan Miguel de Allende\t70.5"
    previa = pegar(facilitadora, metrica, renglones)
    html = previa.content.decode()
    assert previa.status_code == 200
    assert html.count("<td>Nuevo</td>") == 3
    assert not metrica.valores.exists()
    guardado = pegar(facilitadora, metrica, renglones, visto=visto_en(html))
    assert guardado.headers["Location"] == "/municipios/metricas/estatal/indice/"
    leon = metrica.valores.get(municipio="11020")
    assert (leon.valor, leon.literal, leon.dicho, leon.fuente) == (
        Decimal("61.87"),
        "61.870",
        "61.870",
        FUENTE,
    )
    assert metrica.valores.get(municipio__nombre="Silao de la Victoria").literal == ""


@pytest.mark.parametrize(
    ("renglon", "frase"),
    [
        ("Silao;50", "¿Quisiste decir Silao de la Victoria"),
        ("99999;50", "No hay un municipio con la clave"),
        ("11020", "Falta el valor."),
        ("11020;61,87", "Los decimales van con punto: 61.87."),
        ("11020;muchos", "«muchos» no es un número"),
        ("11020;101", "El máximo de esta métrica es 100."),
        ("11020;-1", "El mínimo de esta métrica es 0."),
        ("11001;1\n11020;50\nLeón;51", "León ya está en el renglón 2."),
    ],
)
def test_el_renglon_que_no_se_entiende_se_dice_y_no_se_guarda_ninguno(
    facilitadora: Client, metrica: Metrica, renglon: str, frase: str
) -> None:
    previa = pegar(facilitadora, metrica, renglon)
    assert (previa.status_code, frase in previa.content.decode()) == (422, True)
    vacio = medir.huella_de({}, 2025, FUENTE, [])
    assert pegar(facilitadora, metrica, f"11044;5\n{renglon}", visto=vacio).status_code == 422
    assert not metrica.valores.exists()


def test_si_alguien_guardo_despues_de_la_vista_previa_no_se_pisa(
    facilitadora: Client, metrica: Metrica
) -> None:
    visto = visto_en(pegar(facilitadora, metrica, "11020;50").content.decode())
    metrica.valores.create(municipio=Municipio.objects.get(pk="11020"), anio=2025, valor=40, fuente=FUENTE)
    choque = pegar(facilitadora, metrica, "11020;50", visto=visto)
    assert (choque.status_code, "Antes: 40" in choque.content.decode()) == (409, True)
    assert metrica.valores.get().valor == 40
    otra_vez = pegar(facilitadora, metrica, "11020;50", visto=visto_en(choque.content.decode()))
    assert otra_vez.status_code == 302
    assert metrica.valores.get().valor == 50


@pytest.mark.parametrize(
    "cambio", [{"renglones": "11020;51"}, {"anio": "2024"}, {"fuente": "https://ejemplo.example/otra"}]
)
def test_solo_se_guarda_lo_que_se_vio(facilitadora: Client, metrica: Metrica, cambio: dict[str, str]) -> None:
    visto = visto_en(pegar(facilitadora, metrica, "11020;50").content.decode())
    datos = {"anio": "2025", "fuente": FUENTE, "renglones": "11020;50", "visto": visto, "aplicar": "1"}
    url = reverse("gestion_municipios:valores", args=(metrica.pk,))
    choque = facilitadora.post(url, datos | cambio)
    assert (choque.status_code, "ya no es lo que se mostró" in choque.content.decode()) == (409, True)
    assert not metrica.valores.exists()
    assert facilitadora.post(url, datos).status_code == 302


@pytest.mark.parametrize(
    ("literal", "codigo"), [("61.870", 302), ("61.87 %", 302), ("", 302), ("68.17", 422), ("61,87", 422)]
)
def test_lo_que_escribe_la_fuente_y_el_valor_son_el_mismo_numero(
    facilitadora: Client, metrica: Metrica, literal: str, codigo: int
) -> None:
    url = reverse("registros:nuevo", args=(metrica.organo.clave, "valores-de-metricas"))
    datos = {"municipio": "11020", "anio": "2025", "valor": "61.87", "literal": literal, "fuente": FUENTE}
    respuesta = facilitadora.post(f"{url}?metrica={metrica.pk}", datos)
    assert respuesta.status_code == codigo
    assert metrica.valores.exists() == (codigo == 302)


def test_un_negativo_sale_como_numero_en_el_csv(client: Client, metrica: Metrica) -> None:
    for clave, valor in (("11020", Decimal("-5.5")), ("11001", Decimal("60"))):
        metrica.valores.create(
            municipio=Municipio.objects.get(pk=clave), anio=2025, valor=valor, fuente=FUENTE
        )
    cuerpo = client.get("/municipios/metricas/estatal/indice.csv").content.decode("utf-8-sig")
    assert [r["valor"] for r in csv.DictReader(io.StringIO(cuerpo))] == ["60", "-5.5"]


def test_un_ano_que_no_ha_empezado_o_sin_fuente_se_rechaza(facilitadora: Client, metrica: Metrica) -> None:
    futuro = pegar(facilitadora, metrica, "11020;50", anio=dt.date.today().year + 1)
    assert (futuro.status_code, "todavía no empieza" in futuro.content.decode()) == (422, True)
    url = reverse("gestion_municipios:valores", args=(metrica.pk,))
    sin_fuente = facilitadora.post(url, {"anio": "2025", "renglones": "11020;50"})
    assert "Escribe de qué página se tomaron." in sin_fuente.content.decode()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_cualquier_texto_se_lee_o_se_rechaza_con_frase(metrica: Metrica, pegado: str) -> None:
    for renglon in medir.leer(metrica, 2025, pegado):
        assert bool(renglon.error) != (renglon.municipio is not None)


def test_la_gente_de_un_municipio_no_pega_ni_ve_la_pagina(client: Client, metrica: Metrica) -> None:
    client.force_login(crear_municipal(metrica.organo).cuentas["facilitadora"])
    assert client.get(reverse("gestion_municipios:valores", args=(metrica.pk,))).status_code == 404
    assert pegar(client, metrica, "11020;50").status_code == 404


def test_la_tabla_publica_se_ordena_por_ano_y_lo_que_falta_va_al_final(
    client: Client, metrica: Metrica
) -> None:
    url = metrica.get_absolute_url()
    assert client.get(url).status_code == 404  # sin valores todavía no es pública
    for clave, anio, valor in (
        ("11020", 2024, 50),
        ("11020", 2025, 70),
        ("11001", 2025, 60),
        ("11007", 2024, 90),
    ):
        municipio = Municipio.objects.get(pk=clave)
        metrica.valores.create(municipio=municipio, anio=anio, valor=valor, fuente=FUENTE)

    def nombres(orden: str) -> list[str]:
        html = client.get(url, {"orden": orden}).content.decode()
        return re.findall(r'<th scope="row"><a href="/municipios/(\d+)/">', html)

    assert nombres("") == ["11001", "11007", "11020"]
    assert nombres("-2025") == ["11020", "11001", "11007"]
    assert nombres("2024") == ["11020", "11007", "11001"]
    assert nombres("=1") == ["11001", "11007", "11020"]
    assert FUENTE in client.get(url).content.decode()


def test_el_csv_trae_un_renglon_por_municipio_y_ano(client: Client, metrica: Metrica) -> None:
    leon = Municipio.objects.get(pk="11020")
    metrica.valores.create(municipio=leon, anio=2025, valor=Decimal("61.87"), literal="61.870", fuente=FUENTE)
    cuerpo = client.get("/municipios/metricas/estatal/indice.csv").content.decode("utf-8-sig")
    (renglon,) = csv.DictReader(io.StringIO(cuerpo))
    assert (renglon["clave_inegi"], renglon["anio"]) == ("11020", "2025")
    assert (renglon["valor"], renglon["literal"], renglon["fuente"]) == ("61.87", "61.870", FUENTE)
    assert (renglon["metrica"], renglon["organo"]) == (metrica.nombre, "estatal")
    assert renglon["organo_ficticio"] == "no"
    Organo.objects.filter(pk=metrica.organo_id).update(ficticio=True)
    cuerpo = client.get("/municipios/metricas/estatal/indice.csv").content.decode("utf-8-sig")
    assert [r["organo_ficticio"] for r in csv.DictReader(io.StringIO(cuerpo))] == ["sí"]


def test_la_tabla_cuesta_lo_mismo_con_uno_que_con_los_46(
    client: Client, metrica: Metrica, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for municipio in Municipio.objects.all():
        metrica.valores.create(municipio=municipio, anio=2025, valor=50, fuente=FUENTE)
        if municipio.clave in ("11001", "11046"):
            client.get(metrica.get_absolute_url())
            with django_assert_num_queries(2):
                client.get(metrica.get_absolute_url())
