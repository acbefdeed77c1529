"""Deshacer una importación completa: lo que se puede, de una vez, y lo que no, dicho."""

import datetime as dt
import html
import re
from typing import Any

from django.contrib.messages import get_messages
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from municipios.cortes.publicar import publicar
from municipios.models import Anotacion, Etapa
from sesiones import models as m
from tests.municipios.fabricas import LEON, anotar, crear_corte
from tests.municipios.pegado import ENCABEZADO, HOY, los_46, ocultos, pegar, url
from tests.personas import Reparto

CELAYA = "11007"
DE_DOS = [ENCABEZADO, f"{LEON}\tLeón\tCumplido\tEn proceso", f"{CELAYA}\tCelaya\tCumplido\t"]
AYER = HOY - dt.timedelta(days=1)


def importar(captura: Client, organo: m.Organo, *renglones: str) -> Any:
    """Aplica lo pegado; devuelve la matriz a la que se llega."""
    previa = pegar(captura, organo, *renglones)
    return captura.post(url(organo), ocultos(previa) | {"aplicar": "1"}, follow=True)


def deshacer(captura: Client, organo: m.Organo, pagina: Any) -> list[str]:
    """Pulsa «Deshacer esta importación»; devuelve lo que se dice."""
    numero = re.search(r'name="deshacer" value="(\d+)"', pagina.text)
    assert numero, "la matriz no lo ofrece"
    datos = {"deshacer": numero[1], "fecha": HOY.isoformat()}
    respuesta = captura.post(url(organo), datos)
    assert respuesta.headers["Location"] == f"/gestion/municipios/prueba/?al={HOY.isoformat()}"
    dicho = [str(mensaje) for mensaje in get_messages(respuesta.wsgi_request)]
    captura.get(respuesta.headers["Location"])  # ahí se leen, y ya no se repiten
    return dicho


def en_pie() -> list[tuple[str, str, str]]:
    filas = Anotacion.objects.validas().order_by("municipio", "etapa", "pk")
    return list(filas.values_list("municipio", "etapa__clave", "situacion__clave"))


def test_se_ofrece_al_terminar_y_deja_todo_como_estaba(
    facilitadora: Client, reparto: Reparto, etapas: list[Etapa]
) -> None:
    anotar(etapas[0], LEON, "en_proceso", AYER)
    pagina = importar(facilitadora, reparto.organo, *DE_DOS)
    assert "Listo: 3 cambios en 2 municipios." in pagina.text
    assert deshacer(facilitadora, reparto.organo, pagina) == ["Se deshizo la importación: 3 cambios."]
    assert en_pie() == [(LEON, "convocatoria", "en_proceso")]
    anuladas = Anotacion.objects.filter(anulada_el__isnull=False)
    assert {fila.anulada_por for fila in anuladas} == {reparto.cuentas["facilitadora"]}
    assert deshacer(facilitadora, reparto.organo, pagina) == ["No se deshizo nada de la importación."]
    assert "data-importacion" not in facilitadora.get(pagina.redirect_chain[-1][0]).text


def test_lo_publicado_y_lo_que_tiene_algo_encima_se_quedan_y_se_dice(
    facilitadora: Client, reparto: Reparto, etapas: list[Etapa]
) -> None:
    pagina = importar(facilitadora, reparto.organo, *DE_DOS)
    corte = crear_corte(reparto.organo, fecha=HOY)
    corte.fuera.add(etapas[1])
    publicar(corte, reparto.cuentas["facilitadora"])
    anotar(etapas[1], LEON, "cumplido", HOY)
    assert deshacer(facilitadora, reparto.organo, pagina) == [
        "No se deshizo nada de la importación.",
        "No se deshicieron, porque ya están en un corte publicado: "
        "Celaya (Convocatoria) y León (Convocatoria).",
        "No se deshicieron, porque después se anotó otra cosa: León (Instalacion).",
    ]
    assert len(en_pie()) == 4


def test_lo_que_el_corte_no_dice_si_se_deshace(
    facilitadora: Client, reparto: Reparto, etapas: list[Etapa]
) -> None:
    pagina = importar(facilitadora, reparto.organo, *DE_DOS)
    corte = crear_corte(reparto.organo, fecha=HOY)
    corte.fuera.add(etapas[0])
    publicar(corte, reparto.cuentas["facilitadora"])
    dicho = deshacer(facilitadora, reparto.organo, pagina)
    assert dicho[0] == "Se deshizo la importación: 2 cambios."
    assert en_pie() == [(LEON, "instalacion", "en_proceso")]


def test_nadie_deshace_lo_que_importo_otra_cuenta(
    client: Client, facilitadora: Client, reparto: Reparto, etapas: list[Etapa]
) -> None:
    importar(facilitadora, reparto.organo, *DE_DOS)
    ultima = Anotacion.objects.latest("pk").pk
    otra = Client()
    otra.force_login(reparto.cuentas["colega"])
    assert "data-importacion" not in otra.get(f"/gestion/municipios/prueba/?importacion={ultima}").text
    otra.post(url(reparto.organo), {"deshacer": str(ultima)})
    assert len(en_pie()) == 3
    for basura in ("", "x", "9" * 40, "-1", "\x00"):
        assert facilitadora.post(url(reparto.organo), {"deshacer": basura}).status_code == 302
        assert facilitadora.get("/gestion/municipios/prueba/", {"importacion": basura}).status_code == 200
    assert len(en_pie()) == 3


def test_si_son_muchas_las_que_se_quedan_dice_las_primeras(
    facilitadora: Client, reparto: Reparto, etapas: list[Etapa]
) -> None:
    pagina = importar(facilitadora, reparto.organo, *los_46("Cumplido"))
    for clave in [f"110{n:02}" for n in range(1, 11)]:
        anotar(etapas[0], clave, "en_proceso", HOY)
    dicho = deshacer(facilitadora, reparto.organo, pagina)
    assert dicho[0] == "Se deshizo la importación: 36 cambios."
    assert html.unescape(dicho[1]).endswith("(Convocatoria) y 4 más.")


def test_deshacer_46_consulta_lo_mismo_que_una(
    facilitadora: Client,
    reparto: Reparto,
    etapas: list[Etapa],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for renglones in (los_46("Cumplido")[:2], los_46("En proceso")[:1] + los_46("Cumplido")[2:]):
        importar(facilitadora, reparto.organo, *renglones)
        datos = {"deshacer": str(Anotacion.objects.latest("pk").pk), "fecha": HOY.isoformat()}
        with django_assert_num_queries(19):
            facilitadora.post(url(reparto.organo), datos)
