"""Las páginas del calendario: cada mes en la suya, y ninguna sin salida."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from municipios.models import Evento
from sesiones import models as m
from stl_portal.calendario.mes import Mes
from tests import fabricas
from tests.ejes.lectura import visible
from tests.personas import Reparto, crear_reparto

HOY = timezone.localdate()
MARZO = "/calendario/2026/3/"


def avisada(reparto: Reparto, fecha: dt.date, **cambios: str) -> m.Sesion:
    sesion = fabricas.crear_sesion(reparto, fecha=fecha, **cambios)
    fabricas.avisar(sesion)
    return sesion


def ligas(client: Client, direccion: str) -> dict[str, str]:
    """A dónde llevan «anterior» y «siguiente»."""
    arbol = html.fromstring(client.get(direccion).content)
    return {str(a.get("rel")): str(a.get("href")) for a in arbol.xpath("//nav[@class='mes']//a")}


def test_el_mes_sabe_de_anios() -> None:
    assert (Mes(2026, 1).anterior, Mes(2026, 12).siguiente) == (Mes(2025, 12), Mes(2027, 1))
    assert (Mes(2028, 2).ultimo, str(Mes(2026, 11))) == (dt.date(2028, 2, 29), "noviembre de 2026")
    semanas = Mes(2026, 3).semanas([])
    assert [len(semana) for semana in semanas] == [7] * 6
    assert (semanas[0][0].dia, semanas[0][0].del_mes) == (dt.date(2026, 2, 23), False)


def test_cada_cita_esta_en_la_tabla_y_en_la_lista(client: Client, reparto: Reparto) -> None:
    sesion = avisada(reparto, dt.date(2026, 3, 18))
    arbol = html.fromstring(client.get(MARZO).content)
    for donde in ("//table[@class='rejilla']//a", "//div[@id='dia-18']//a"):
        assert [a.get("href") for a in arbol.xpath(donde)] == [sesion.get_absolute_url()]
    assert len(arbol.xpath("//table[@class='rejilla']//th[@scope='col']")) == 7
    assert "miércoles 18" in visible(client.get(MARZO))


def test_el_inicio_es_el_mes_en_que_estamos(client: Client, reparto: Reparto) -> None:
    avisada(reparto, HOY)
    pagina = visible(client.get("/calendario/"))
    assert str(Mes.de(HOY)) in pagina
    assert "I Sesión Ordinaria" in pagina


def test_un_mes_sin_nada_lo_dice_y_lleva_al_siguiente_y_al_anterior(client: Client, reparto: Reparto) -> None:
    avisada(reparto, dt.date(2026, 1, 14))
    avisada(reparto, dt.date(2026, 5, 20))
    respuesta = client.get(MARZO)
    pagina = visible(respuesta)
    assert "No hay nada en marzo de 2026" in pagina
    arbol = html.fromstring(respuesta.content)
    assert [a.get("href") for a in arbol.xpath("//div[@class='vacio']//a")] == [
        "/calendario/2026/5/",
        "/calendario/2026/1/",
    ]


def test_sin_ninguna_fecha_tambien_se_explica(client: Client, reparto: Reparto) -> None:
    assert "Todavía no hay ninguna fecha pública" in visible(client.get(MARZO))


def test_no_se_avanza_sin_fin(client: Client, reparto: Reparto) -> None:
    lejos = HOY.replace(day=1) + dt.timedelta(days=62)
    avisada(reparto, lejos)
    assert ligas(client, Mes.de(HOY).url) == {"next": Mes.de(HOY).siguiente.url}
    assert ligas(client, Mes.de(lejos).url) == {"prev": Mes.de(lejos).anterior.url}


@pytest.mark.parametrize(
    "direccion",
    ["2026/0", "2026/13", "1999/12", f"{HOY.year + 6}/1", "9999/12", "0/1", "99999999999999/1", "2026/abc"],
)
def test_una_fecha_disparatada_no_existe(client: Client, db: None, direccion: str) -> None:
    assert client.get(f"/calendario/{direccion}/").status_code == 404


def test_se_filtra_por_organo(client: Client, reparto: Reparto) -> None:
    otro = crear_reparto("otro")
    avisada(reparto, dt.date(2026, 3, 18), designacion="La de prueba")
    avisada(otro, dt.date(2026, 3, 19), designacion="La del otro")
    pagina = client.get(f"{MARZO}?organo=otro").content.decode()
    assert ("La de prueba" in pagina, "La del otro" in pagina) == (False, True)
    assert "/calendario/otro.ics" in pagina
    assert "/calendario/2026/2/?organo=otro" not in pagina  # antes no hay nada de ese órgano


def test_un_organo_que_no_existe_se_explica_y_no_es_que_no_haya_nada(
    client: Client, reparto: Reparto
) -> None:
    avisada(reparto, dt.date(2026, 3, 18))
    respuesta = client.get(f"{MARZO}?organo=%3Cb%3E")
    assert respuesta.status_code == 422
    assert "No hay un órgano con esa clave" in visible(respuesta)
    assert "I Sesión Ordinaria" in visible(respuesta)


def test_cancelada_sigue_a_la_vista_y_lo_dice_con_palabras(client: Client, reparto: Reparto) -> None:
    sesion = avisada(reparto, dt.date(2026, 3, 18))
    m.Sesion.objects.filter(pk=sesion.pk).update(estado="cancelada")
    assert "Se canceló." in visible(client.get(MARZO))


def test_lo_que_dura_varios_meses_esta_en_todos(client: Client, reparto: Reparto) -> None:
    Evento.objects.create(
        organo=reparto.organo,
        titulo="Curso largo",
        desde=dt.date(2026, 2, 10),
        hasta=dt.date(2026, 4, 10),
        publico=True,
    )
    for mes, esta in ((1, False), (2, True), (3, True), (4, True), (5, False)):
        arbol = html.fromstring(client.get(f"/calendario/2026/{mes}/").content)
        assert bool(arbol.xpath("//h4[contains(., 'Curso largo')]")) is esta
