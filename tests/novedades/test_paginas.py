"""«Qué cambió»: cada semana en su página, sin nada que no sea público y sin callejones."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from sesiones import models as m
from stl_portal.novedades.semana import Semana
from tests import fabricas
from tests.ejes.lectura import visible
from tests.novedades.conftest import SECRETOS
from tests.personas import Reparto, crear_reparto

HOY = Semana.de(timezone.localdate())


def avisada(reparto: Reparto, cuando: dt.datetime, **cambios: object) -> m.Sesion:
    """Una sesión convocada en ese momento."""
    sesion = fabricas.crear_sesion(reparto, **cambios)
    fabricas.avisar(sesion)
    sesion.convocatorias.update(emitida_el=cuando)
    return sesion


def instante(dia: dt.date, hora: int = 12) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(dia, dt.time(hora)))


def titulos(client: Client, direccion: str) -> list[str]:
    """Las novedades de la página, en orden."""
    arbol = html.fromstring(client.get(direccion).content)
    return [str(a.text_content()) for a in arbol.xpath("//li[@class='novedad']/h4/a")]


def test_la_semana_cruza_meses_y_anios() -> None:
    assert str(Semana(2026, 47)) == "16 al 22 de noviembre de 2026"
    assert str(Semana(2026, 40)) == "28 de septiembre al 4 de octubre de 2026"
    assert str(Semana(2026, 53)) == "28 de diciembre de 2026 al 3 de enero de 2027"
    assert (Semana(2026, 53).siguiente, Semana(2027, 1).anterior) == (Semana(2027, 1), Semana(2026, 53))


@pytest.mark.usefixtures("de_todo")
def test_esta_semana_cuenta_todo_y_nada_reservado(client: Client) -> None:
    pagina = client.get("/novedades/")
    assert "Qué cambió esta semana" in visible(pagina)
    assert {"Corte municipal", "Se publicó un anexo: Programa", "Se convocó: La convocada"} <= set(
        titulos(client, "/novedades/")
    )
    assert [secreto for secreto in SECRETOS if secreto in pagina.content.decode()] == []
    assert "/registro/eslabon/" in pagina.content.decode()


def test_lo_del_domingo_en_la_noche_es_de_esa_semana(client: Client, reparto: Reparto) -> None:
    semana = Semana(2026, 11)
    avisada(reparto, instante(semana.domingo, hora=23), designacion="La del domingo")
    avisada(reparto, instante(semana.siguiente.lunes, hora=0), designacion="La del lunes")
    assert titulos(client, semana.url) == ["Se convocó: La del domingo"]
    assert titulos(client, semana.siguiente.url) == ["Se convocó: La del lunes"]


def test_una_semana_sin_nada_lleva_a_la_ultima_con_algo(client: Client, reparto: Reparto) -> None:
    avisada(reparto, instante(dt.date(2026, 3, 11)))
    respuesta = client.get("/novedades/2026/20/")
    assert "Esta semana no se publicó nada" in visible(respuesta)
    arbol = html.fromstring(respuesta.content)
    assert [a.get("href") for a in arbol.xpath("//div[@class='vacio']//a")] == [Semana(2026, 11).url]
    assert "Tampoco antes." in visible(client.get("/novedades/2026/2/"))


def test_se_va_y_se_viene_hasta_donde_hay(client: Client, reparto: Reparto) -> None:
    avisada(reparto, instante(dt.date(2026, 3, 11)))
    arbol = html.fromstring(client.get("/novedades/2026/11/").content)
    ligas = {a.get("rel"): a.get("href") for a in arbol.xpath("//nav[@class='mes']//a")}
    assert ligas == {"prev": "/novedades/2026/10/", "next": "/novedades/2026/12/"}
    assert b'rel="prev"' not in client.get("/novedades/2026/10/").content
    assert b'rel="next"' not in client.get(HOY.url).content


@pytest.mark.parametrize(
    "direccion", ["2026/0", "2026/54", "1999/5", "0/1", "99999999/1", "2026/x", f"{HOY.anio + 1}/20"]
)
def test_una_semana_que_no_existe_o_no_llega_es_404(client: Client, db: None, direccion: str) -> None:
    assert client.get(f"/novedades/{direccion}/").status_code == 404


@pytest.mark.usefixtures("de_todo")
def test_se_filtra_por_clase_y_por_organo(client: Client) -> None:
    crear_reparto("otro")
    assert titulos(client, "/novedades/?clase=municipios") == ["Corte municipal"]
    assert titulos(client, "/novedades/?clase=municipios&organo=otro") == []
    pagina = client.get("/novedades/?clase=municipios&organo=prueba").content.decode()
    assert "/novedades/prueba.atom" in pagina
    assert "organo=prueba&amp;clase=municipios" in pagina


@pytest.mark.parametrize("consulta", ["organo=no-hay", "clase=%3Cb%3E", "clase=actas&organo='"])
def test_un_filtro_imposible_se_explica(client: Client, reparto: Reparto, consulta: str) -> None:
    respuesta = client.get(f"/novedades/?{consulta}")
    assert respuesta.status_code == 422
    assert "elige de la lista" in visible(respuesta)


@pytest.mark.usefixtures("de_todo")
def test_lo_ficticio_se_dice(client: Client) -> None:
    m.Organo.objects.update(ficticio=True)
    assert titulos(client, "/novedades/?clase=municipios") == ["Corte municipal (órgano ficticio)"]


def test_dice_lo_que_hay_esa_semana_en_el_calendario(client: Client, reparto: Reparto) -> None:
    sesion = avisada(reparto, instante(dt.date(2026, 1, 7)), fecha=dt.date(2026, 3, 18))
    arbol = html.fromstring(client.get("/novedades/2026/12/").content)
    assert arbol.xpath("//section[@aria-labelledby='t-citas']//li//a/@href") == [sesion.get_absolute_url()]
