"""Empezar, llenar, entregar y devolver un informe."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from municipios.informes import escribir
from municipios.informes.trimestres import Trimestre
from municipios.models import InformeTrimestral, TextoDeInforme
from sesiones import models as m
from sesiones.cierre import cerrar
from stl_portal.transiciones import TransicionInvalida
from stl_portal.versiones import VersionRancia
from tests.fabricas import crear_en_curso, crear_sesion
from tests.municipios.fabricas import crear_municipal
from tests.personas import Reparto

from .llenar import AHORA, en_blanco, entregado, escrito, municipal

pytestmark = pytest.mark.django_db


@pytest.fixture
def leon() -> Reparto:
    """El secretariado municipal."""
    return municipal()


def test_nace_con_tres_meses_de_cuatro_apartados_y_el_numero_de_la_serie(leon: Reparto) -> None:
    primero, segundo = en_blanco(leon, Trimestre(2026, 2)), en_blanco(leon)
    assert [primero.numero, segundo.numero] == [1, 2]
    assert str(segundo) == "Informe trimestral 2, julio a septiembre de 2026"
    meses = escribir.meses_de(segundo)
    assert [(str(mes), len(mes.filas)) for mes in meses] == [
        ("julio de 2026", 4),
        ("agosto de 2026", 4),
        ("septiembre de 2026", 4),
    ]
    assert [f.clave for f in meses[0].filas] == [
        "m7-actividades",
        "m7-reuniones",
        "m7-difusion",
        "m7-resultados",
    ]


def test_cada_secretariado_lleva_su_propia_cuenta(leon: Reparto) -> None:
    otro = crear_municipal(leon.organo, "stm-silao", "11037")
    en_blanco(leon)
    assert en_blanco(otro).numero == 1


def test_un_numero_dicho_se_respeta_y_la_serie_sigue_de_ahi(leon: Reparto) -> None:
    escribir.empezar(leon.organo, Trimestre(2026, 2), None, AHORA, 8)
    assert en_blanco(leon).numero == 9


def test_no_se_empieza_dos_veces_ni_con_un_numero_tomado_ni_antes_de_tiempo(leon: Reparto) -> None:
    en_blanco(leon)
    with pytest.raises(ValidationError, match="Ese trimestre ya tiene informe"):
        en_blanco(leon)
    with pytest.raises(ValidationError, match="El número 1 ya lo tiene otro informe"):
        escribir.empezar(leon.organo, Trimestre(2026, 2), None, AHORA, 1)
    with pytest.raises(ValidationError, match="todavía no empieza"):
        escribir.empezar(leon.organo, Trimestre(2027, 1), None, AHORA)
    assert m.Serie.proximo(leon.organo, escribir.SERIE) == 2  # el rechazado no gasta número


def test_el_de_un_trimestre_anterior_a_otro_dice_su_numero(leon: Reparto) -> None:
    escribir.empezar(leon.organo, Trimestre(2026, 3), None, AHORA, 8)
    with pytest.raises(ValidationError, match="escribe el número que este lleva"):
        escribir.empezar(leon.organo, Trimestre(2026, 2), None, AHORA)
    assert m.Serie.proximo(leon.organo, escribir.SERIE) == 9
    assert escribir.empezar(leon.organo, Trimestre(2026, 2), None, AHORA, 7).numero == 7
    assert en_blanco(leon, Trimestre(2026, 4)).numero == 9


def test_lo_que_se_guarda_despues_de_descartarlo_lo_dice(leon: Reparto) -> None:
    informe = en_blanco(leon)
    texto = informe.textos.earliest("pk")
    escribir.descartar(informe)
    with pytest.raises(ValidationError, match="se descartó mientras escribías"):
        escribir.guardar(texto, 1, None, "Tarde")


def test_el_dato_se_agrega_a_lo_que_otra_persona_acaba_de_guardar(leon: Reparto) -> None:
    viejo = en_blanco(leon).textos.get(mes=7, apartado="reuniones")
    escribir.guardar(TextoDeInforme.objects.get(pk=viejo.pk), 1, leon.cuentas["colega"], "Lo de la colega")
    assert escribir.insertar(viejo, "Hubo sesión.", None).texto == "Lo de la colega\n\nHubo sesión."


def test_nadie_pisa_lo_que_otra_persona_guardo(leon: Reparto) -> None:
    texto = en_blanco(leon).textos.earliest("pk")
    escribir.guardar(texto, 1, leon.cuentas["facilitadora"], "Lo primero")
    with pytest.raises(VersionRancia) as choque:
        escribir.guardar(texto, 1, leon.cuentas["colega"], "Lo segundo")
    assert choque.value.actual.texto == "Lo primero"


def test_no_se_entrega_con_un_mes_vacio_y_dice_cual(leon: Reparto) -> None:
    informe = en_blanco(leon)
    texto = informe.textos.get(mes=7, apartado="difusion")
    escribir.guardar(texto, 1, None, "Un video")
    with pytest.raises(ValidationError) as error:
        escribir.entregar(informe, None, AHORA)
    assert error.value.messages == [
        "Agosto de 2026 está vacío. Si no hubo nada que informar, dilo.",
        "Septiembre de 2026 está vacío. Si no hubo nada que informar, dilo.",
    ]
    informe.refresh_from_db()
    assert informe.estado == "borrador"


def test_entregado_ya_no_se_escribe_y_devuelto_si(leon: Reparto) -> None:
    informe = entregado(leon)
    texto = informe.textos.get(mes=7, apartado="difusion")
    with pytest.raises(ValidationError, match="ya se entregó"):
        escribir.guardar(texto, 1, None, "Tarde")
    with pytest.raises(ValidationError, match="Escribe qué hay que corregir"):
        escribir.devolver(informe, None, AHORA, " ")
    escribir.devolver(informe, None, AHORA, "Falta agosto")
    assert escribir.guardar(texto, 1, None, "A tiempo").texto == "A tiempo"
    assert [h.nota for h in informe.historia.all()] == ["", "", "Falta agosto"]
    with pytest.raises(TransicionInvalida, match="está «En preparación»"):
        escribir.devolver(informe, None, AHORA, "Otra vez")


def test_al_lado_se_lee_lo_que_se_dijo_tres_meses_antes(leon: Reparto) -> None:
    escrito(leon, Trimestre(2025, 4))
    meses = escribir.meses_de(en_blanco(leon, Trimestre(2026, 1)))
    enero = meses[0].filas[0]
    assert (enero.anterior_de, enero.anterior) == ("octubre de 2025", "Se difundió en el mes 10.")
    assert meses[0].filas[1].anterior == ""


def test_se_ofrecen_las_sesiones_que_si_se_celebraron(leon: Reparto) -> None:
    celebrada = crear_en_curso(leon, fecha=dt.date(2026, 8, 4))
    m.Acuerdo.agregar(celebrada.puntos.get(), texto="Difundir")
    celebrada.puntos.get().resolver("presentado")
    cerrar(celebrada, leon.cuentas["facilitadora"], cierre=dt.time(11, 0))
    crear_sesion(leon, fecha=dt.date(2026, 9, 9))
    informe = en_blanco(leon)
    dato = escribir.datos_de(informe)[0]
    assert [d.texto for d in escribir.datos_de(informe)] == [
        f"Se celebró la {celebrada.designacion} el 4 de agosto de 2026, con un acuerdo."
    ]
    texto = informe.textos.get(mes=8, apartado="reuniones")
    for _ in range(2):
        escribir.insertar(texto, dato.texto, None)
    assert texto.texto == dato.texto


def test_solo_se_descarta_el_ultimo_y_vacio(leon: Reparto) -> None:
    lleno, vacio = escrito(leon, Trimestre(2026, 2)), en_blanco(leon)
    with pytest.raises(ValidationError, match="mientras esté vacío"):
        escribir.descartar(lleno)
    escribir.descartar(vacio)
    assert en_blanco(leon).numero == 2


def test_la_base_no_admite_un_presentado_sin_anexo(leon: Reparto) -> None:
    informe = entregado(leon)
    with pytest.raises(IntegrityError), transaction.atomic():
        InformeTrimestral.objects.filter(pk=informe.pk).update(estado="presentado")


def test_leerlo_cuesta_lo_mismo_con_pocas_sesiones_que_con_muchas(
    leon: Reparto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    informe = en_blanco(leon)
    for dia in (4, 5, 6):
        with django_assert_num_queries(3):
            escribir.meses_de(informe)
        sesion = crear_sesion(leon, fecha=dt.date(2026, 8, dia))
        m.Sesion.objects.filter(pk=sesion.pk).update(estado="concluida")
    assert len(escribir.datos_de(informe)) == 3
