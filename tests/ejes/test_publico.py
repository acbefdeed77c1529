"""El plan para cualquiera: lo publicado, con su explicación, y nada de lo que se prepara."""

import hashlib

import pytest
from django.test import Client

from ejes.models import Compromiso, Corte, Plan
from tests.ejes.lectura import visible

PAGINAS = (
    "/plan/",
    "/plan/2022-2024/",
    "/plan/2022-2024/informe/1/",
    "/plan/2022-2024/eje/1/",
    "/plan/2022-2024/compromiso/1.5/",
    "/plan/2019-2020/",
    "/plan/2019-2020/eje/3/",
)


@pytest.mark.parametrize("pagina", PAGINAS)
def test_cada_pagina_se_lee(client: Client, planes: None, pagina: str) -> None:
    assert client.get(pagina).status_code == 200


@pytest.mark.parametrize(
    "pagina",
    [
        "/plan/otro/",
        "/plan/2022-2024/eje/8/",
        "/plan/2022-2024/compromiso/1.6/",
        "/plan/2022-2024/informe/2/",
    ],
)
def test_lo_que_no_hay_es_404(client: Client, planes: None, pagina: str) -> None:
    assert client.get(pagina).status_code == 404


def test_el_plan_muestra_las_cuatro_diferencias_y_las_tres_bases(client: Client, planes: None) -> None:
    texto = visible(client.get("/plan/2022-2024/"))
    for frase in (
        "33 acciones · 13 compromisos · 7 ejes",
        "declarado 23 %, calculado 36.25 %.",
        "declarado 35 %, calculado 33.5 %.",
        "declarado 42 %, calculado 46.25 %.",
        "declarado 42 %, calculado 44.57 %.",
        "Los compromisos 49.54 %",
        "Las acciones 50.48 %",
    ):
        assert frase in texto


def test_la_ficha_de_2020_dice_su_meta_su_responsable_y_sus_ods(client: Client, planes: None) -> None:
    texto = visible(client.get("/plan/2019-2020/eje/3/"))
    for frase in (
        "Juzgar con Perspectiva de Género",
        "Poder Judicial",
        "5. Igualdad de género",
        "infografías",
    ):
        assert frase in texto


@pytest.mark.parametrize("pagina", PAGINAS[1:5])
def test_un_plan_en_borrador_no_existe_para_nadie(client: Client, planes: None, pagina: str) -> None:
    Plan.objects.update(estado="borrador")
    assert client.get(pagina).status_code == 404


def test_el_informe_se_descarga_como_se_publico(client: Client, corte: Corte) -> None:
    publicado = corte.publicacion
    assert client.get("/plan/2022-2024/informe/1.json").content == bytes(publicado.documento)
    pdf = b"".join(client.get("/plan/2022-2024/informe/1.pdf", follow=True))
    assert hashlib.sha256(pdf).hexdigest() == publicado.pdf.huella


def test_cambiar_el_plan_no_cambia_lo_publicado(client: Client, corte: Corte) -> None:
    antes = visible(client.get("/plan/2022-2024/informe/1/"))
    corte.figuras.update(nota="cambiada")
    Compromiso.objects.update(nombre="cambiado")
    assert visible(client.get("/plan/2022-2024/informe/1/")) == antes


def test_un_corte_en_preparacion_no_se_filtra(client: Client, plan: Plan) -> None:
    nuevo = Corte.objects.create(
        plan=plan, numero=2, nombre="Segundo Informe", desde="2023-12-01", hasta="2024-03-31"
    )
    nuevo.figuras.create(declarado=99)
    assert "99" not in visible(client.get("/plan/2022-2024/"))
    assert client.get("/plan/2022-2024/informe/2/").status_code == 404


def test_el_compromiso_dice_quienes_lo_crearon_y_a_que_abona(client: Client, plan: Plan) -> None:
    compromiso = Compromiso.objects.get(eje__plan=plan, eje__numero=1, numero=5)
    compromiso.partes.create(nombre="Colectivo Ficticio", sector="sociedad_civil", le_toca="Vigilar")
    compromiso.alineaciones.create(objetivo=11, meta="11.6")
    texto = visible(client.get("/plan/2022-2024/compromiso/1.5/"))
    assert "Colectivo Ficticio (sociedad civil): Vigilar" in texto
    assert "11. Ciudades y comunidades sostenibles (meta 11.6)" in texto
