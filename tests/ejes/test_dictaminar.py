"""Lo que se dice de cada parte de un reporte, lo que se hereda y lo que hace falta para seguir."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ejes.estados import EstadoReporte
from ejes.models import Accion, Dictamen, Entrega, Evidencia, Reporte
from ejes.revision import dictaminar
from ejes.revision.partes import ACCION, DE_TODO, RENGLON, Clave, diferencias
from stl_portal.avisos.models import Aviso
from stl_portal.transiciones import TransicionInvalida
from tests.ejes.entregas import SECRETO, contestar, crear_entrega, enviar
from tests.ejes.fabricas import crear_bimestre, crear_reporte
from tests.personas import Reparto

UNO, DOS, LA_ACCION = (RENGLON, "1"), (RENGLON, "2"), (ACCION, "1.1.1")


@pytest.fixture
def entrega(reparto: Reparto) -> Entrega:
    return crear_entrega(reparto)


@pytest.fixture
def por(reparto: Reparto) -> object:
    return reparto.cuentas["facilitadora"]


def decir(entrega: Entrega, clave: Clave, veredicto: str, nota: str = "", **mas: object) -> Dictamen:
    return dictaminar.dictaminar(
        entrega,
        clave,
        veredicto,
        nota=nota,
        por=None,
        cuando=timezone.now(),
        **mas,  # type: ignore[arg-type]
    )


def devuelta_y_corregida(entrega: Entrega) -> Entrega:
    """Se observa el renglón 2, se valida el 1, se devuelve y se envía con el 2 corregido."""
    decir(entrega, UNO, "validado")
    decir(entrega, DOS, "observado", "Falta el desglose.")
    dictaminar.devolver(entrega, None, timezone.now())
    entrega.reporte.respuestas.filter(renglon__orden=2).update(texto="Respuesta 2 con desglose")
    return enviar(entrega.reporte)


def test_se_revisan_los_ocho_renglones_y_la_accion(entrega: Entrega) -> None:
    revision = dictaminar.revision_de(entrega)
    assert list(revision.partes) == [*((RENGLON, str(n)) for n in range(1, 9)), LA_ACCION]
    assert revision.sin_revisar == list(revision.partes)


def test_observar_sin_decir_que_falta_no_se_puede(entrega: Entrega) -> None:
    with pytest.raises(ValidationError, match="Di qué falta"):
        decir(entrega, UNO, "observado")
    assert not entrega.dictamenes.exists()


def test_verificar_otra_cifra_que_la_declarada_pide_decir_por_que(entrega: Entrega) -> None:
    with pytest.raises(ValidationError, match="di por qué"):
        decir(entrega, LA_ACCION, "validado", verificado=Decimal(30))
    dicho = decir(entrega, LA_ACCION, "validado", "Solo hay evidencia de dos.", verificado=Decimal(30))
    assert (dicho.verificado, dicho.accion and dicho.accion.codigo) == (Decimal(30), "1.1.1")
    assert decir(entrega, LA_ACCION, "validado", verificado=Decimal(45)).nota == ""


def test_no_se_valida_mientras_falte_o_haya_algo_observado(entrega: Entrega) -> None:
    decir(entrega, DOS, "observado", "Falta el desglose.")
    decir(entrega, DE_TODO, "observado", "Faltan las ligas.")
    with pytest.raises(ValidationError) as error:
        dictaminar.validar(entrega, None, timezone.now())
    assert error.value.messages == [
        "Falta revisar: renglones 1, 3, 4, 5, 6, 7 y 8; acción 1.1.1.",
        "Está observado: renglón 2. Devuelve el reporte o valídalo.",
        "Hay una observación sobre todo el reporte. Devuélvelo o retírala.",
    ]
    decir(entrega, DE_TODO, "validado")
    decir(entrega, DOS, "validado")
    assert dictaminar.validar_el_resto(entrega, None, timezone.now()) == 8
    dictaminar.validar(entrega, None, timezone.now())
    entrega.reporte.refresh_from_db()
    assert entrega.reporte.estado == EstadoReporte.VALIDADO


def test_de_todo_el_reporte_la_base_guarda_un_solo_dictamen(entrega: Entrega) -> None:
    decir(entrega, DE_TODO, "validado")
    assert decir(entrega, DE_TODO, "observado", "Faltan las ligas.").veredicto == "observado"
    with pytest.raises(IntegrityError), transaction.atomic():
        entrega.dictamenes.create(veredicto="validado", cuando=timezone.now())
    assert entrega.dictamenes.get().nota == "Faltan las ligas."


def test_de_lo_que_ya_no_esta_en_el_plan_se_dice_en_vez_de_fallar(entrega: Entrega) -> None:
    Accion.objects.update(numero=9)
    for hacer in (
        lambda: decir(entrega, LA_ACCION, "validado"),
        lambda: dictaminar.validar_el_resto(entrega, None, timezone.now()),
    ):
        with pytest.raises(ValidationError, match=r"acción 1\.1\.1") as error:
            hacer()
        assert error.value.code == "estado"
    assert not entrega.dictamenes.exists()


def test_validar_el_resto_hace_las_mismas_consultas_con_una_accion_o_con_cuarenta(
    reparto: Reparto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    reporte = crear_reporte(reparto)
    otro = Reporte.objects.create(
        bimestre=crear_bimestre(reporte.eje.plan, timezone.localdate(), numero=2),
        eje=reporte.eje,
        asiento=reporte.asiento,
    )
    compromiso = reporte.eje.compromisos.get()
    for envio, partes in ((reporte, 9), (otro, 48)):
        entrega = enviar(contestar(envio))
        with django_assert_num_queries(10):
            assert dictaminar.validar_el_resto(entrega, None, timezone.now()) == partes
        for numero in range(2, 41):
            compromiso.acciones.get_or_create(numero=numero, texto="Otra")


def test_validar_de_una_vez_no_da_por_verificado_ningun_avance(entrega: Entrega) -> None:
    dictaminar.validar_el_resto(entrega, None, timezone.now())
    assert set(entrega.dictamenes.values_list("verificado", "veredicto")) == {(None, "validado")}


def test_no_se_devuelve_sin_nada_observado_y_con_una_evidencia_observada_si(entrega: Entrega) -> None:
    with pytest.raises(ValidationError, match="no hay nada observado"):
        dictaminar.devolver(entrega, None, timezone.now())
    fila = Evidencia.objects.exclude(archivo=None).get()
    ahora = timezone.now()
    with pytest.raises(ValidationError, match="por qué"):
        dictaminar.dictaminar_evidencia(entrega, fila, "observada", por=None, cuando=ahora)
    dictaminar.dictaminar_evidencia(entrega, fila, "observada", motivo="No abre.", por=None, cuando=ahora)
    dictaminar.devolver(entrega, None, ahora)
    assert entrega.reporte.estado == EstadoReporte.OBSERVADO


def test_al_devolverlo_se_escribe_a_quien_lo_prepara_sin_copiar_el_contenido(
    entrega: Entrega, reparto: Reparto
) -> None:
    reparto.personas["civil"].refresh_from_db()
    decir(entrega, DOS, "observado", f"Falta {SECRETO}")
    dictaminar.devolver(entrega, None, timezone.now())
    (aviso,) = Aviso.objects.filter(motivo=f"reporte:{entrega.reporte_id}:observaciones:1")
    assert aviso.para == reparto.personas["civil"].correo
    assert f"/reportes/{entrega.reporte_id}/" in aviso.cuerpo
    assert SECRETO not in aviso.cuerpo


def test_lo_que_no_cambio_conserva_lo_dicho_y_lo_que_cambio_se_revisa_otra_vez(entrega: Entrega) -> None:
    primera = decir(entrega, UNO, "validado")
    segunda = devuelta_y_corregida(entrega)
    revision = dictaminar.revision_de(segunda)
    assert revision.dictamenes.keys() == {UNO}
    assert revision.heredado(UNO)
    assert not segunda.dictamenes.exists()  # mirar no escribe
    decir(segunda, LA_ACCION, "validado")
    heredado = segunda.dictamenes.get(renglon__orden=1)
    assert heredado.cuando > primera.cuando
    assert heredado.cuando < segunda.enviada_el


def test_lo_observado_que_nadie_corrigio_sigue_observado(entrega: Entrega) -> None:
    decir(entrega, DOS, "observado", "Falta el desglose.")
    dictaminar.devolver(entrega, None, timezone.now())
    segunda = enviar(entrega.reporte)
    assert dictaminar.revision_de(segunda).con("observado") == [DOS]
    dictaminar.devolver(segunda, None, timezone.now())
    assert segunda.dictamenes.get().nota == "Falta el desglose."


def test_cambiar_solo_la_evidencia_tambien_pide_revisarlo_otra_vez(entrega: Entrega) -> None:
    decir(entrega, UNO, "validado")
    decir(entrega, DOS, "observado", "Falta.")
    dictaminar.devolver(entrega, None, timezone.now())
    entrega.reporte.usos.filter(renglon__orden=1).delete()
    assert UNO not in dictaminar.revision_de(enviar(entrega.reporte)).dictamenes


def test_lo_que_cambio_se_dice_palabra_por_palabra(entrega: Entrega) -> None:
    segunda = devuelta_y_corregida(entrega)
    antes, ahora = dictaminar.revision_de(entrega).partes, dictaminar.revision_de(segunda).partes
    ((clave, dif),) = diferencias(antes, ahora).items()
    assert clave == DOS
    assert "".join(t.texto for t in dif.tramos if t.clase != "sale") == ahora[DOS].dicho
    assert "".join(t.texto for t in dif.tramos if t.clase != "entra") == antes[DOS].dicho
    assert any(t.clase == "entra" and "desglose" in t.texto for t in dif.tramos)


def test_nadie_decide_sobre_lo_que_ya_no_es_lo_ultimo(entrega: Entrega) -> None:
    devuelta_y_corregida(entrega)
    with pytest.raises(ValidationError, match="otra versión") as error:
        decir(entrega, DOS, "validado")
    assert error.value.code == "estado"


def test_nadie_pisa_lo_que_otra_persona_acaba_de_decir(entrega: Entrega) -> None:
    dicho = decir(entrega, UNO, "observado", "No coincide.", visto="")
    with pytest.raises(ValidationError, match="Otra persona"):
        decir(entrega, UNO, "validado", visto="")
    assert decir(entrega, UNO, "validado", visto=dictaminar.momento_de(dicho)).veredicto == "validado"


def test_validado_ya_no_se_dictamina_ni_se_devuelve(entrega: Entrega) -> None:
    dictaminar.validar_el_resto(entrega, None, timezone.now())
    dictaminar.validar(entrega, None, timezone.now())
    for hacer in (
        lambda: decir(entrega, UNO, "observado", "Tarde."),
        lambda: dictaminar.devolver(entrega, None, timezone.now()),
        lambda: dictaminar.validar(entrega, None, timezone.now()),
    ):
        with pytest.raises((ValidationError, TransicionInvalida), match="Validado"):
            hacer()
    assert set(entrega.dictamenes.values_list("veredicto", flat=True)) == {"validado"}
