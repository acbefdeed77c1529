"""La página de un acuerdo: lo que dice, lo que calla y cuánto cuesta."""

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sesiones import models as m
from sesiones.cierre import cerrar
from tests import fabricas
from tests.personas import Reparto


def _con_acuerdos(reparto: Reparto, cuantos: int = 2) -> m.Sesion:
    sesion = fabricas.crear_en_curso(reparto, fecha=dt.date(2025, 2, 3))
    for n in range(1, cuantos + 1):
        plazo = ("dos semanas", dt.date(2025, 3, 31))
        acuerdo = m.Acuerdo.agregar(sesion.puntos.get(), texto=f"Difundir el diagnóstico {n}", plazo=plazo)
        m.Votacion.registrar(acuerdo.punto, asunto=f"Diagnóstico {n}", forma="unanimidad", acuerdo=acuerdo)
    return sesion


def _cerrar(reparto: Reparto, sesion: m.Sesion) -> None:
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11), sin_tratar="Se agotó el tiempo")


def test_dice_que_se_decidio_como_y_que_paso(client: Client, reparto: Reparto) -> None:
    sesion = _con_acuerdos(reparto)
    _cerrar(reparto, sesion)
    acuerdo = sesion.acuerdos.get(numero=1)
    acuerdo.dar_seguimiento("cumplido", "Se difundió.", por=None, fecha=dt.date(2025, 3, 1))
    assert acuerdo.get_absolute_url() == f"/acuerdos/prueba/{sesion.clave}/1/"
    texto = client.get(acuerdo.get_absolute_url()).content.decode()
    for dicho in ("Difundir el diagnóstico 1", "unanimidad", "«dos semanas»", "Se difundió.", "Cumplido"):
        assert dicho in texto
    assert "Difundir el diagnóstico 2" not in texto
    assert f'href="/acuerdos/prueba/{sesion.clave}/2/">acuerdo segundo</a>' in texto
    assert "Plazo vencido" not in texto


def test_abierto_y_con_su_plazo_pasado_lo_dice_donde_se_lea(client: Client, reparto: Reparto) -> None:
    sesion = _con_acuerdos(reparto, 1)
    _cerrar(reparto, sesion)
    for fecha in (dt.date(2025, 2, 10), dt.date(2025, 2, 17)):  # sin plazo, y más recientes
        otra = fabricas.crear_en_curso(reparto, fecha=fecha)
        for n in range(2):
            m.Acuerdo.agregar(otra.puntos.get(), texto=f"Trámite {fecha} {n}")
        _cerrar(reparto, otra)
    pagina = f"/acuerdos/prueba/{sesion.clave}/1/"
    lugares = (pagina, "/acuerdos/", "/acuerdos/?estado=vencido", "/", sesion.get_absolute_url())
    vencidos = client.get("/acuerdos/?estado=vencido").context["acuerdos"]
    assert [acuerdo.get_absolute_url() for acuerdo in vencidos] == [pagina]
    for lugar in lugares:
        assert "Plazo vencido" in client.get(lugar).content.decode()
    de_otro = client.get(f"/acuerdos/?estado=vencido&anio={sesion.fecha.year - 1}").context["acuerdos"]
    del_suyo = client.get(f"/acuerdos/?estado=vencido&anio={sesion.fecha.year}").context["acuerdos"]
    assert (list(de_otro), list(del_suyo)) == ([], list(vencidos))
    for anio in ("-5", "x", "99999", "9" * 20):
        malo = client.get("/acuerdos/", {"anio": anio})
        assert (malo.status_code, "Año" in malo.content.decode()) == (422, True)
    sesion.acuerdos.get().dar_seguimiento("cumplido", "Se hizo.", por=None, fecha=dt.date(2025, 5, 1))
    assert list(client.get("/acuerdos/?estado=vencido").context["acuerdos"]) == []
    for lugar in lugares:
        assert "Plazo vencido" not in client.get(lugar).content.decode()


def test_lo_anotado_para_una_sesion_que_no_ha_concluido_no_se_lee(client: Client, reparto: Reparto) -> None:
    sesion = _con_acuerdos(reparto)
    _cerrar(reparto, sesion)
    siguiente = fabricas.crear_en_curso(reparto, fecha=dt.date(2025, 4, 7))
    acuerdo = sesion.acuerdos.get(numero=1)
    acuerdo.dar_seguimiento(
        "cumplido", "Aún reservado", por=None, fecha=dt.date(2025, 4, 7), sesion=siguiente
    )
    texto = client.get(acuerdo.get_absolute_url()).content.decode()
    assert "Aún reservado" not in texto
    assert "Nadie ha publicado todavía" in texto


@pytest.mark.parametrize("numero", [3, 0, 99999])
def test_el_que_no_existe_es_404(client: Client, reparto: Reparto, numero: int) -> None:
    sesion = _con_acuerdos(reparto)
    _cerrar(reparto, sesion)
    assert client.get(f"/acuerdos/prueba/{sesion.clave}/{numero}/").status_code == 404


def test_el_de_una_sesion_en_curso_es_404(client: Client, reparto: Reparto) -> None:
    sesion = _con_acuerdos(reparto)
    assert client.get(f"/acuerdos/prueba/{sesion.clave}/1/").status_code == 404


@pytest.mark.parametrize("cuantos", [1, 6])
def test_mismas_consultas(
    client: Client, reparto: Reparto, django_assert_num_queries: DjangoAssertNumQueries, cuantos: int
) -> None:
    sesion = _con_acuerdos(reparto, cuantos)
    _cerrar(reparto, sesion)
    with django_assert_num_queries(16):
        assert client.get(f"/acuerdos/prueba/{sesion.clave}/1/").status_code == 200
