"""«Mi portal» de quien conduce: lo que a cada acta sellada o corregida le falta para publicarse."""

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from sesiones import fe_de_erratas, firmar, pedir_firmas, pendientes
from sesiones import models as m
from stl_portal.archivo import almacen
from tests.fabricas import crear_sesion
from tests.personas import Reparto
from tests.vida.archivadas import archivada
from tests.vida.conftest import JUEVES
from tests.vida.momentos import sellada

DIA = JUEVES.date()
CONSULTAS = 2  # las actas de sus órganos, y las reglas


def titulos(reparto: Reparto, papel: str = "facilitadora") -> list[str]:
    return [p.titulo for p in pendientes.de_actas(reparto.cuentas[papel], DIA)]


def test_de_las_firmas_que_faltan_a_publicarla(reparto: Reparto) -> None:
    sello = sellada(reparto)
    sesion, por = sello.acta.sesion, reparto.cuentas["facilitadora"]
    (pendiente,) = pendientes.de_actas(por, DIA)
    assert pendiente.titulo == f"Faltan 5 firmas del acta de la {sesion}"
    assert pendiente.url == pedir_firmas.url_de_firma(sesion)
    assert titulos(reparto, "integrante") == []
    *menos_una, ultima = sello.lugares.all()
    hoja = almacen.guardar_propio(b"hoja", "hoja.pdf")
    for lugar in menos_una:
        firmar.autografa(lugar, por, JUEVES, hoja)
    assert titulos(reparto) == [f"Falta una firma del acta de la {sesion}"]
    m.Regla.objects.update(publica_sin_firmas=True)
    (publicable,) = pendientes.de_actas(por, DIA)
    assert publicable.titulo == f"Publica el acta de la {sesion}"
    assert publicable.detalle == "Falta una firma; las reglas permiten publicarla así"
    firmar.autografa(ultima, por, JUEVES, hoja)
    assert titulos(reparto) == [f"Publica el acta de la {sesion}"]


def test_la_publicada_no_se_nombra_y_su_fe_de_erratas_si(reparto: Reparto) -> None:
    sello = archivada(reparto)
    assert titulos(reparto) == []
    fe_de_erratas.abrir(sello.acta, reparto.cuentas["facilitadora"], motivo="Dice 2025 y es 2026.")
    (pendiente,) = pendientes.de_actas(reparto.cuentas["facilitadora"], DIA)
    assert pendiente.titulo == f"Termina la fe de erratas del acta de la {sello.acta.sesion}"
    assert "Dice 2025 y es 2026." in pendiente.detalle


def test_con_plazo_se_dice_una_sola_vez(reparto: Reparto) -> None:
    m.Regla.objects.update(publicacion_dias=3)
    sesion = crear_sesion(reparto, fecha=dt.date(2025, 9, 12), estado="concluida")
    m.Acta.objects.filter(pk=m.Acta.de(sesion).pk).update(estado="firmada")
    cuenta, hoy = reparto.cuentas["facilitadora"], timezone.localdate()
    todos = [*pendientes.de_quien_conduce(cuenta, hoy), *pendientes.de_actas(cuenta, hoy)]
    (publica,) = [p for p in todos if p.titulo.startswith("Publica el acta")]
    assert (publica.vence, publica.urgente) == (dt.date(2025, 9, 18), True)


@pytest.mark.parametrize("cuantas", [1, 12])
def test_cuestan_lo_mismo_una_y_muchas(
    reparto: Reparto, django_assert_num_queries: DjangoAssertNumQueries, cuantas: int
) -> None:
    for dia in range(1, cuantas + 1):
        sesion = crear_sesion(reparto, fecha=dt.date(2026, 1, dia), estado="concluida")
        m.Acta.objects.filter(pk=m.Acta.de(sesion).pk).update(estado="firmada")
    with django_assert_num_queries(CONSULTAS):
        assert len(titulos(reparto)) == cuantas
