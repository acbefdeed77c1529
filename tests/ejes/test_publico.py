"""El plan para cualquiera: lo publicado, con su explicación, y nada de lo que se prepara."""

import datetime as dt
import gzip
import hashlib
from decimal import Decimal

import pytest
from django.test import Client
from lxml import html
from pytest_django import DjangoAssertNumQueries

from ejes.ciudadania.preguntado import preguntado
from ejes.cortes.publicar import leido
from ejes.models import Compromiso, Corte, Eje, Formato, Plan, Pregunta
from sesiones.models import Organo
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


def test_sin_respuestas_se_lee_el_formato_que_se_le_pregunto(client: Client, planes: None) -> None:
    respuesta = client.get("/plan/2019-2020/eje/3/")
    formato = Formato.objects.get(plan__clave="2019-2020")
    assert [p.renglon.orden for p in respuesta.context["preguntado"]] == list(range(1, 9))
    texto = visible(respuesta)
    for renglon in formato.renglones.all():
        assert renglon.categoria in texto
        assert f"{renglon.orden}. {renglon.indicador}" in texto
    propias = Pregunta.objects.filter(renglon__formato=formato, eje__numero=3)
    assert propias
    assert all(pregunta.texto in texto for pregunta in propias)
    assert "Se cuenta en " in texto


def test_el_formato_de_un_eje_se_trae_en_dos_consultas(
    planes: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    eje = Eje.objects.get(plan__clave="2019-2020", numero=3)
    formato = Formato.objects.get(plan=eje.plan)
    for renglones in (8, 108):
        with django_assert_num_queries(2):
            assert [p.unidad for p in preguntado(eje, formato)][8:] == [""] * (renglones - 8)
        for orden in range(9, 109):
            formato.renglones.get_or_create(orden=orden, indicador=f"Otro {orden}")


def test_la_linea_de_base_y_la_meta_de_la_pregunta_se_leen(client: Client, planes: None) -> None:
    pregunta = Pregunta.objects.filter(eje__plan__clave="2019-2020", eje__numero=3).earliest("pk")
    pregunta.linea_base, pregunta.meta = Decimal("0.5"), Decimal(1500)
    pregunta.save()
    texto = visible(client.get("/plan/2019-2020/eje/3/"))
    assert "Línea de base: 0.5. Meta: 1500." in texto


def test_el_formato_de_un_bimestre_que_no_ha_abierto_no_se_muestra(client: Client, planes: None) -> None:
    plan = Plan.objects.get(clave="2019-2020")
    nuevo = plan.formatos.create(version=2, nombre="En preparación")
    nuevo.renglones.create(orden=1, categoria="Por decidir", indicador="Por decidir")
    plan.bimestres.create(numero=90, nombre="Por abrir", formato=nuevo, abre=dt.date(2999, 1, 1))
    respuesta = client.get("/plan/2019-2020/eje/3/")
    assert respuesta.context["formato"].version == 1
    assert "Por decidir" not in visible(respuesta)


@pytest.mark.parametrize("pagina", PAGINAS[1:5])
def test_un_plan_en_borrador_no_existe_para_nadie(client: Client, planes: None, pagina: str) -> None:
    Plan.objects.update(estado="borrador")
    assert client.get(pagina).status_code == 404


def test_el_informe_se_descarga_como_se_publico(client: Client, corte: Corte) -> None:
    publicado = corte.publicacion
    assert client.get("/plan/2022-2024/informe/1.json").content == bytes(publicado.documento)
    pdf = b"".join(client.get("/plan/2022-2024/informe/1.pdf", follow=True))
    assert hashlib.sha256(pdf).hexdigest() == publicado.pdf.huella


def test_el_informe_en_la_pagina_dice_lo_mismo_que_el_impreso(client: Client, corte: Corte) -> None:
    respuesta = client.get("/plan/2022-2024/informe/1/")
    cuadro, texto = leido(corte.publicacion), visible(respuesta)
    assert len(cuadro.acciones) == 33
    for accion in cuadro.acciones:
        assert " ".join(str(accion).split()) in texto
        assert accion.textual in texto
    for compromiso in cuadro.compromisos:
        assert f"Responde {compromiso.responsable}" in texto
        assert all(liga in texto for liga in compromiso.ligas)
    assert "Falta por alcanzar" in texto
    assert texto.count("* Ver las notas aclaratorias") == len(cuadro.con_asterisco) > 0
    assert all(" ".join(r.nota.split()) in texto for r in cuadro.con_nota)


@pytest.mark.parametrize("pagina", ["/plan/2022-2024/", "/plan/2022-2024/informe/1/"])
def test_el_indice_lleva_a_cada_parte_y_ningun_lugar_se_repite(
    client: Client, planes: None, pagina: str
) -> None:
    arbol = html.fromstring(client.get(pagina).content.decode())
    lugares = arbol.xpath("//@id")
    assert len(lugares) == len(set(lugares))
    destinos = arbol.xpath("//nav[@aria-labelledby='t-indice']//a/@href")
    assert destinos[:7] == [f"#eje-{n}" for n in range(1, 8)]
    assert {destino[1:] for destino in destinos} <= set(lugares)


def test_la_pagina_del_informe_no_pesa(client: Client, planes: None) -> None:
    pagina = client.get("/plan/2022-2024/informe/1/").content
    assert len(gzip.compress(pagina)) < 30_000


def test_las_novedades_traen_los_informes_y_no_los_que_se_preparan(client: Client, corte: Corte) -> None:
    Corte.objects.create(
        plan=corte.plan, numero=2, nombre="En preparación", desde="2023-12-01", hasta="2024-03-31"
    )
    canal = client.get("/plan/novedades.atom").content.decode()
    assert "Primer Informe Parcial, Plan de Acción Local de Estado Abierto 2022-2024" in canal
    assert f"corte:{corte.publicacion.huella}" in canal
    assert "/plan/2022-2024/informe/1/" in canal
    assert "En preparación" not in canal
    Plan.objects.update(estado="borrador")
    assert "Primer Informe" not in client.get("/plan/novedades.atom").content.decode()


@pytest.mark.parametrize("pagina", ["/plan/2022-2024/", "/plan/2019-2020/", "/plan/2022-2024/informe/1/"])
def test_cada_plan_ofrece_seguirlo_con_su_tema_elegido(client: Client, planes: None, pagina: str) -> None:
    arbol = html.fromstring(client.get(pagina).content.decode())
    (seguir,) = arbol.xpath("//main//a[normalize-space()='Seguir este plan por correo']/@href")
    assert seguir == f"/seguir/?tema=plan:{pagina.split('/')[2]}"
    elegidos = html.fromstring(client.get(seguir).content.decode()).xpath("//input[@checked]/@value")
    assert elegidos == [seguir.partition("=")[2]]
    assert arbol.xpath("//main//a[@href='/plan/novedades.atom']")


@pytest.mark.apariencia
@pytest.mark.parametrize("pagina", ["/plan/2022-2024/compromiso/1.5/", "/plan/2022-2024/accion/1.5.1/"])
def test_quien_llega_a_media_pagina_puede_seguir_su_eje(client: Client, planes: None, pagina: str) -> None:
    """Quien cae desde un buscador en un compromiso o una acción no tiene que hallar el eje para seguirlo."""
    arbol = html.fromstring(client.get(pagina).content.decode())
    (seguir,) = arbol.xpath("//main//a[normalize-space()='Seguir su eje por correo']/@href")
    elegidos = html.fromstring(client.get(seguir).content.decode()).xpath("//input[@checked]/@value")
    assert (seguir, elegidos) == ("/seguir/?tema=eje:2022-2024/1", ["eje:2022-2024/1"])
    assert arbol.xpath("//link[@rel='alternate'][@type='application/atom+xml']/@href")[-1] == (
        "/plan/novedades.atom"
    )


def test_los_planes_dicen_su_ultimo_avance_y_los_reales_van_primero(client: Client, plan: Plan) -> None:
    ficticio = Organo.objects.create(clave="inventado", ficticio=True)
    Plan.objects.create(
        organo=ficticio, clave="despues", nombre="Otro", inicio=2030, fin=2031, estado="publicado"
    )
    respuesta = client.get("/plan/")
    claves = [p.clave for p, _ in respuesta.context["planes"]]
    assert claves == ["2022-2024", "2019-2020", "despues"]
    tarjetas = html.fromstring(respuesta.content.decode()).xpath("//div[@class='rejilla']/article")
    assert ["Ficticio" in tarjeta.text_content() for tarjeta in tarjetas] == [False, False, True]
    texto = visible(respuesta)
    assert "Avance declarado: 42 % al 30 de noviembre de 2023, según su Primer Informe Parcial." in texto
    assert texto.count("Sin informes de avance publicados.") == 2


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


def test_la_accion_lleva_el_asterisco_y_lo_que_su_compromiso_dice_por_ella(
    client: Client, planes: None
) -> None:
    texto = visible(client.get("/plan/2022-2024/accion/7.1.1/"))
    for frase in (
        "Declarado * 45 %",
        "* El informe la marca con una nota aclaratoria que no reproduce.",
        "Responde Mtro. José Cristian Urrutia Negrete",
        "las ligas que cita su compromiso",
    ):
        assert frase in texto
    assert "Ningún reporte publicado trae evidencias" not in texto
    assert "compromiso/7.1/#t-evidencia" in client.get("/plan/2022-2024/accion/7.1.1/").content.decode()


def test_la_accion_sin_asterisco_ni_ligas_no_los_inventa(client: Client, planes: None) -> None:
    texto = visible(client.get("/plan/2022-2024/accion/1.5.4/"))
    assert "Declarado *" not in texto
    assert "las ligas que cita" not in texto
    assert "Ningún reporte publicado trae evidencias de esta acción." in texto


def test_el_compromiso_dice_quienes_lo_crearon_y_a_que_abona(client: Client, plan: Plan) -> None:
    compromiso = Compromiso.objects.get(eje__plan=plan, eje__numero=1, numero=5)
    compromiso.partes.create(nombre="Colectivo Ficticio", sector="sociedad_civil", le_toca="Vigilar")
    compromiso.alineaciones.create(objetivo=11, meta="11.6")
    texto = visible(client.get("/plan/2022-2024/compromiso/1.5/"))
    assert "Colectivo Ficticio (sociedad civil): Vigilar" in texto
    assert "11. Ciudades y comunidades sostenibles (meta 11.6)" in texto
