"""Lo que toca con los informes: en «Mi portal» y por correo."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from municipios.informes import pendientes, recordatorios
from municipios.informes.existencia import existen_desde
from municipios.informes.trimestres import Trimestre, por_empezar
from sesiones import models as m
from sesiones.estados import TipoRol
from stl_portal.avisos.models import Aviso
from stl_portal.cuentas.models import Usuario
from tests.fabricas import crear_sesion
from tests.municipios.fabricas import crear_municipal
from tests.personas import DESDE, Reparto

from .llenar import entregado, escrito, municipal

pytestmark = pytest.mark.django_db
PRIMERO_DE_OCTUBRE = dt.date(2026, 10, 1)


@pytest.fixture
def leon() -> Reparto:
    """El secretariado municipal."""
    return municipal()


def titulos(reparto: Reparto, quien: str, al: dt.date) -> list[str]:
    return [p.titulo for p in pendientes.de_quien_informa(reparto.cuentas[quien], al)]


def test_toca_desde_que_el_trimestre_termina_hasta_que_se_entrega(leon: Reparto) -> None:
    empieza = "Empieza el informe de julio a septiembre de 2026"
    assert titulos(leon, "facilitadora", dt.date(2026, 9, 30)) == [
        "Empieza el informe de abril a junio de 2026"
    ]
    assert titulos(leon, "facilitadora", PRIMERO_DE_OCTUBRE) == [empieza]
    informe = escrito(leon)
    (pendiente,) = pendientes.de_quien_informa(leon.cuentas["facilitadora"], PRIMERO_DE_OCTUBRE)
    assert pendiente.titulo == "Termina el informe de julio a septiembre de 2026"
    assert pendiente.url.endswith(f"/{informe.numero}/escribir/")
    assert not pendiente.urgente
    (tarde,) = pendientes.de_quien_informa(leon.cuentas["facilitadora"], dt.date(2026, 10, 10))
    assert tarde.urgente


def test_entregado_le_toca_presentarlo_a_quien_conduce_y_no_al_enlace(leon: Reparto) -> None:
    enlace = Usuario.objects.create_user("enlace@prueba.example")
    m.Rol.objects.create(usuario=enlace, organo=leon.organo, tipo=TipoRol.ENLACE, vigente_desde=DESDE)
    entregado(leon)
    assert titulos(leon, "facilitadora", PRIMERO_DE_OCTUBRE) == [
        "Presenta en sesión el informe trimestral 1, julio a septiembre de 2026"
    ]
    assert list(pendientes.de_quien_informa(enlace, PRIMERO_DE_OCTUBRE)) == []
    (espacio,) = pendientes.espacios(enlace, PRIMERO_DE_OCTUBRE)
    assert (espacio.url, espacio.descripcion) == ("/gestion/informes/stm-leon/", pendientes.LOS_ENTREGA)
    (otro,) = pendientes.espacios(leon.cuentas["facilitadora"], PRIMERO_DE_OCTUBRE)
    assert otro.descripcion == pendientes.LOS_PRESENTA


def test_no_se_pide_ni_se_recuerda_lo_de_antes_de_instalarse(leon: Reparto) -> None:
    crear_sesion(leon, tipo="instalacion", fecha=PRIMERO_DE_OCTUBRE)
    assert titulos(leon, "facilitadora", PRIMERO_DE_OCTUBRE) == []
    assert list(recordatorios.mensajes(Trimestre(2026, 3), dt.date(2026, 10, 10))) == []
    m.Sesion.objects.update(fecha=dt.date(2026, 9, 30))
    (pendiente,) = pendientes.de_quien_informa(leon.cuentas["facilitadora"], PRIMERO_DE_OCTUBRE)
    assert leon.organo.denominacion(PRIMERO_DE_OCTUBRE).nombre_corto in pendiente.detalle
    assert list(recordatorios.mensajes(Trimestre(2026, 3), dt.date(2026, 10, 10)))


def test_sin_instalacion_cuenta_desde_sus_reglas_o_su_nombre(leon: Reparto) -> None:
    pk = leon.organo.pk
    assert existen_desde([pk]) == {pk: leon.regla.vigente_desde}
    m.Regla.objects.update(vigente_desde=None)
    m.Denominacion.objects.update(vigente_desde=dt.date(2025, 6, 1))
    assert existen_desde([pk]) == {pk: dt.date(2025, 6, 1)}


def test_sin_nada_fechado_cuenta_desde_que_se_fundo(leon: Reparto) -> None:
    pk, fundado = leon.organo.pk, dt.date(2026, 11, 21)
    m.Regla.objects.update(vigente_desde=None)
    m.Denominacion.objects.update(vigente_desde=None)
    m.Rol.objects.update(vigente_desde=fundado)
    crear_sesion(leon, tipo="instalacion", estado="cancelada")
    assert existen_desde([pk]) == {pk: fundado}
    assert titulos(leon, "facilitadora", fundado) == []
    assert titulos(leon, "facilitadora", dt.date(2027, 1, 1)) == [
        "Empieza el informe de octubre a diciembre de 2026"
    ]
    assert por_empezar(fundado, (), fundado) == [Trimestre(2026, 4)]
    m.Rol.objects.update(vigente_desde=None)
    assert existen_desde([pk]) == {pk: None}


def test_sin_nada_fechado_una_sesion_anterior_dice_que_ya_existia(leon: Reparto) -> None:
    m.Regla.objects.update(vigente_desde=None)
    m.Denominacion.objects.update(vigente_desde=None)
    sesion = crear_sesion(leon, fecha=dt.date(2024, 5, 2))
    assert existen_desde([leon.organo.pk]) == {leon.organo.pk: sesion.fecha}


@pytest.mark.parametrize("quien", ["integrante", "auditora", "extrana"])
def test_a_quien_no_informa_no_le_toca_nada(leon: Reparto, quien: str) -> None:
    assert titulos(leon, quien, PRIMERO_DE_OCTUBRE) == []
    assert list(pendientes.espacios(leon.cuentas[quien], PRIMERO_DE_OCTUBRE)) == []


def test_cuesta_lo_mismo_con_un_secretariado_que_con_tres(
    leon: Reparto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cuenta, estatal = leon.cuentas["facilitadora"], leon.organo.acompanado_por
    assert estatal
    for clave, municipio in (("stm-silao", "11037"), ("stm-celaya", "11007")):
        with django_assert_num_queries(6):
            list(pendientes.de_quien_informa(cuenta, PRIMERO_DE_OCTUBRE))
        otro = crear_municipal(estatal, clave, municipio)
        m.Rol.objects.create(
            usuario=cuenta, organo=otro.organo, tipo=TipoRol.FACILITADORA, vigente_desde=DESDE
        )
        escrito(otro)
    assert len(titulos(leon, "facilitadora", PRIMERO_DE_OCTUBRE)) == 3


def test_se_recuerda_cinco_dias_antes_y_diez_despues_una_sola_vez(leon: Reparto) -> None:
    dias = [dt.date(2026, 9, 20) + dt.timedelta(days=n) for n in range(25)]
    con_correo = {dia: cuantos for dia in dias if (cuantos := recordatorios.enviar(dia))}
    assert con_correo == {dt.date(2026, 9, 25): 3, dt.date(2026, 10, 10): 3}
    assert recordatorios.enviar(dt.date(2026, 10, 10)) == 0
    aviso = Aviso.objects.filter(para="facilitadora.stm-leon@prueba.example").latest("pk")
    assert aviso.asunto == "Falta entregar el informe de julio a septiembre de 2026 · Secretariado"
    assert "terminó el 30 de septiembre de 2026" in aviso.cuerpo
    assert "/gestion/informes/stm-leon/" in aviso.cuerpo


def test_no_se_recuerda_a_quien_ya_entrego_ni_al_secretariado_estatal(leon: Reparto) -> None:
    entregado(leon)
    assert recordatorios.enviar(dt.date(2026, 10, 10)) == 0
    assert not Aviso.objects.exists()


def test_quien_lleva_dos_secretariados_recibe_un_solo_correo(leon: Reparto) -> None:
    estatal = leon.organo.acompanado_por
    assert estatal
    silao = crear_municipal(estatal, "stm-silao", "11037")
    cuenta = leon.cuentas["facilitadora"]
    m.Rol.objects.create(usuario=cuenta, organo=silao.organo, tipo=TipoRol.ENLACE, vigente_desde=DESDE)
    mensajes = list(recordatorios.mensajes(Trimestre(2026, 3), dt.date(2026, 10, 10)))
    (suyo,) = [mensaje for mensaje in mensajes if mensaje.para == cuenta.email]
    assert suyo.cuerpo.count("/gestion/informes/") == 2
