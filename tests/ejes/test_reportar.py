"""Reportar: a quién le toca, qué falta y el envío."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.utils import timezone

from ejes import datos_sellados, permisos
from ejes.cortes import editar_corte
from ejes.cortes.publicar import publicar
from ejes.models import Accion, Bimestre, Figura, Reporte
from ejes.reportes import llenado, reportar
from sesiones.models import Asiento, Organo
from stl_portal.avisos.models import Aviso
from stl_portal.sello import canonico
from stl_portal.transiciones import TransicionInvalida
from tests.ejes.fabricas import crear_bimestre, crear_plan, crear_reporte
from tests.ejes.llenados import crear_lleno, crear_suplente, enviado, observar
from tests.ejes.publicados import cortar
from tests.personas import Reparto

HOY = timezone.localdate


def test_reporta_quien_responde_por_el_eje_y_por_cada_compromiso(reparto: Reparto) -> None:
    plan = crear_plan(reparto.organo)
    eje = plan.ejes.get()
    eje.responsable = reparto.asientos["civil"]
    eje.save()
    eje.compromisos.create(numero=2, nombre="De otra", responsable=reparto.asientos["academia"])
    eje.compromisos.create(numero=3, nombre="Suyo", responsable=reparto.asientos["civil"])
    leido = reportar.ejes_con_responsables([plan]).get()
    assert reportar.quienes_responden(leido) == [reparto.asientos["civil"], reparto.asientos["academia"]]


def test_sin_responsable_del_eje_reportan_los_de_sus_compromisos(reparto: Reparto) -> None:
    plan = crear_plan(reparto.organo)
    plan.ejes.get().compromisos.create(numero=2, nombre="De otra", responsable=reparto.asientos["academia"])
    leido = reportar.ejes_con_responsables([plan]).get()
    assert reportar.quienes_responden(leido) == [reparto.asientos["academia"]]


def test_iniciar_dos_veces_es_el_mismo(reparto: Reparto) -> None:
    reporte = crear_reporte(reparto)
    otra_vez = reportar.iniciar(reporte.bimestre, reporte.eje, reporte.asiento, HOY())
    assert otra_vez == reporte


def test_no_se_inicia_antes_de_que_abra_ni_el_eje_de_otra_institucion(reparto: Reparto) -> None:
    reporte = crear_reporte(reparto)
    despues = crear_bimestre(reporte.eje.plan, HOY() + dt.timedelta(days=60), numero=2)
    with pytest.raises(ValidationError, match="se abre el"):
        reportar.iniciar(despues, reporte.eje, reporte.asiento, HOY())
    with pytest.raises(ValidationError, match="no reporta ese eje"):
        reportar.iniciar(reporte.bimestre, reporte.eje, reparto.asientos["academia"], HOY())


def test_vacio_le_falta_todo_y_dice_donde(reparto: Reparto) -> None:
    faltan = [f for f in llenado.lo_que_falta_para_enviar(crear_reporte(reparto)) if not f.hecha]
    assert len(faltan) == 8 + 1
    assert faltan[0].url.endswith("/indicadores/#r1")
    assert faltan[-1].texto == "1.1.1 Abrir"


@pytest.mark.parametrize(
    ("cambio", "falta"),
    [
        ({"valor": None}, "escribe el número de personas"),
        ({"texto": ""}, ""),
        ({"texto": "", "valor": None}, "responde o di por qué no aplica"),
        ({"texto": "", "valor": None, "no_aplica": True}, "responde o di por qué no aplica"),
        ({"texto": "", "valor": None, "no_aplica": True, "motivo": "No hubo"}, ""),
    ],
)
def test_que_le_falta_a_un_renglon_con_numero(
    reparto: Reparto, cambio: dict[str, object], falta: str
) -> None:
    reporte = crear_lleno(reparto)
    reporte.respuestas.filter(renglon__orden=2).update(**cambio)
    filas = llenado.filas(reporte, llenado.antecedentes(reporte))
    assert filas[1].falta == falta


def test_palabras_en_vez_de_porcentaje_bastan(reparto: Reparto) -> None:
    reporte = crear_lleno(reparto)
    reporte.avances.update(declarado=None, textual="en etapa de diseño")
    assert all(f.hecha for f in llenado.lo_que_falta_para_enviar(reporte))


def test_enviar_guarda_los_bytes_su_huella_y_quien(reparto: Reparto) -> None:
    entrega = enviado(reparto)
    reporte = entrega.reporte
    assert (reporte.estado, reporte.tardio, entrega.numero) == ("enviado", False, 1)
    assert reporte.limite == reporte.bimestre.entrega
    assert entrega.huella == canonico.huella(bytes(entrega.documento))
    assert entrega.firma == "Darío Vega Cruz, Titular de prueba"
    datos = datos_sellados.leer(entrega)
    assert [r["texto"] for r in datos["renglones"]][:2] == ["Respuesta 1", "Respuesta 2"]
    assert datos["avances"][0]["declarado"] == "45"
    assert reporte.historia.get().por == reparto.cuentas["integrante"]


def test_enviar_escribe_a_quienes_conducen_y_acusa_a_quien_prepara(reparto: Reparto) -> None:
    entrega = enviado(reparto)
    acuse = Aviso.objects.get(motivo__contains=":acuse:")
    assert acuse.para == reparto.personas["civil"].correo
    assert f"Huella SHA-256 de lo enviado: {entrega.huella}" in acuse.cuerpo
    avisos = Aviso.objects.filter(motivo=f"reporte:{entrega.reporte_id}:1")
    assert set(avisos.values_list("para", flat=True)) == {
        reparto.cuentas[papel].email for papel in ("facilitadora", "colega", "administradora")
    }
    assert "/reportes/revision/" in avisos[0].cuerpo


def test_incompleto_no_se_envia_y_dice_que_falta(reparto: Reparto) -> None:
    reporte = crear_lleno(reparto)
    reporte.respuestas.filter(renglon__orden=1).delete()
    with pytest.raises(ValidationError) as rechazo:
        reportar.enviar(reporte, reparto.cuentas["integrante"], timezone.now())
    assert rechazo.value.messages == ["1. Indicador 1: responde o di por qué no aplica"]
    reporte.refresh_from_db()
    assert (reporte.estado, reporte.entregas.count()) == ("borrador", 0)


def test_quien_suple_no_envia(reparto: Reparto) -> None:
    reporte, suplente = crear_lleno(reparto), crear_suplente(reparto)
    with pytest.raises(PermissionDenied, match="titular"):
        reportar.enviar(reporte, suplente, timezone.now())
    assert reporte.entregas.count() == 0


@pytest.mark.parametrize("fin", ["el asiento", "la cuenta"])
def test_sin_asiento_vigente_o_sin_cuenta_activa_nadie_envia(reparto: Reparto, fin: str) -> None:
    reporte, cuenta = crear_lleno(reparto), reparto.cuentas["integrante"]
    if fin == "el asiento":
        Asiento.objects.filter(pk=reporte.asiento_id).update(vigente_hasta=HOY() - dt.timedelta(days=1))
    else:
        cuenta.is_active = False
    with pytest.raises(PermissionDenied, match="titular"):
        reportar.enviar(reporte, cuenta, timezone.now())
    assert not permisos.envia(cuenta, reporte.asiento, HOY())


def test_dos_envios_seguidos_son_una_entrega(reparto: Reparto) -> None:
    reporte = enviado(reparto).reporte
    with pytest.raises(TransicionInvalida):
        reportar.enviar(reporte, reparto.cuentas["integrante"], timezone.now())
    assert reporte.entregas.count() == 1


def test_despues_del_limite_se_recibe_tarde(reparto: Reparto) -> None:
    reporte = crear_lleno(reparto)
    bimestre = reporte.bimestre
    bimestre.entrega = HOY() - dt.timedelta(days=1)
    bimestre.save()
    reportar.enviar(reporte, reparto.cuentas["integrante"], timezone.now())
    assert (reporte.tardio, reporte.limite) == (True, bimestre.entrega)


def test_se_congela_el_plazo_y_el_formato_que_rigen_al_enviar(reparto: Reparto) -> None:
    reporte = crear_lleno(reparto)
    assert reporte.bimestre.formato
    otro = reporte.eje.plan.formatos.create(version=2, nombre="El que se usa")
    ayer = HOY() - dt.timedelta(days=1)
    Bimestre.objects.update(entrega=ayer, formato=otro)  # mientras la página estaba abierta
    entrega = reportar.enviar(reporte, reparto.cuentas["integrante"], timezone.now())
    assert (reporte.limite, reporte.tardio) == (ayer, True)
    assert datos_sellados.leer(entrega)["renglones"] == []


def test_al_enviar_se_bloquea_el_organo_antes_que_el_reporte(reparto: Reparto) -> None:
    reporte = crear_lleno(reparto)
    bloqueadas: list[type[Model]] = []
    mira = QuerySet.select_for_update

    def apuntar(filas: "QuerySet[Model]", *args: Any, **kwargs: Any) -> "QuerySet[Model]":
        bloqueadas.append(filas.model)
        return mira(filas, *args, **kwargs)

    with pytest.MonkeyPatch.context() as poner:
        poner.setattr(QuerySet, "select_for_update", apuntar)
        reportar.enviar(reporte, reparto.cuentas["integrante"], timezone.now())
    assert bloqueadas[:2] == [Organo, Reporte]


def test_corregir_despues_del_limite_no_lo_hace_tardio(reparto: Reparto) -> None:
    primera = enviado(reparto)
    reporte = primera.reporte
    observar(primera, reparto.cuentas["colega"])
    reporte.bimestre.entrega = HOY() - dt.timedelta(days=1)
    reporte.bimestre.save()
    segunda = reportar.enviar(reporte, reparto.cuentas["integrante"], timezone.now())
    assert (segunda.numero, reporte.tardio) == (2, False)


def test_lo_observado_va_en_su_renglon_con_lo_que_cambio(reparto: Reparto) -> None:
    entrega = enviado(reparto)
    observar(entrega, reparto.cuentas["colega"])
    reporte = entrega.reporte
    reporte.respuestas.filter(renglon__orden=1).update(texto="Respuesta 1 con doce")
    filas = llenado.filas(reporte, llenado.antecedentes(reporte))
    assert [f.observacion.nota if f.observacion else "" for f in filas[:2]] == ["Falta decir cuántas.", ""]
    cambios = [(t.clase, t.texto) for t in filas[0].cambios]
    assert cambios == [("igual", "Respuesta 1"), ("entra", " con doce")]


def test_lo_del_bimestre_anterior_va_al_lado(reparto: Reparto) -> None:
    anterior = enviado(reparto).reporte
    siguiente = crear_bimestre(anterior.eje.plan, HOY(), numero=2)
    reporte = reportar.iniciar(siguiente, anterior.eje, anterior.asiento, HOY())
    antes = llenado.antecedentes(reporte)
    filas = llenado.filas(reporte, antes)
    assert [f.anterior["texto"] for f in filas[:2] if f.anterior] == ["Respuesta 1", "Respuesta 2"]
    assert filas[7].anterior is not None
    assert filas[7].anterior["motivo"] == "Empieza en 2027"
    assert llenado.acciones(reporte, antes)[0].anterior["declarado"] == "45"  # type: ignore[index]


def test_cada_institucion_reporta_sus_compromisos(reparto: Reparto) -> None:
    reporte = crear_reporte(reparto)
    otro = reporte.eje.compromisos.create(
        numero=2, nombre="De otra", responsable=reparto.asientos["academia"]
    )
    Accion.objects.create(compromiso=otro, numero=1, texto="Ajena")
    suyas = llenado.acciones(reporte, llenado.antecedentes(reporte))
    assert [f.titulo for f in suyas] == ["1.1.1 Abrir"]


def test_sin_bimestre_anterior_va_lo_del_ultimo_corte_publicado(reparto: Reparto) -> None:
    reporte = crear_reporte(reparto)
    anterior = llenado.acciones(reporte, llenado.antecedentes(reporte))[0].anterior
    assert anterior == {"de": "Primer Informe", "declarado": "30", "textual": "", "nota": ""}


def test_corregir_un_corte_viejo_no_tapa_al_mas_nuevo(reparto: Reparto) -> None:
    reporte = crear_reporte(reparto)
    plan, primero = reporte.eje.plan, reporte.eje.plan.cortes.get()
    cortar(plan, 1)
    corregido = editar_corte.corregir(primero, "Era 25.")
    corregido.figuras.filter(accion__isnull=False).update(declarado=25)
    publicar(corregido, None, timezone.now())
    anterior = llenado.acciones(reporte, llenado.antecedentes(reporte))[0].anterior
    assert anterior is not None
    assert (anterior["de"], anterior["declarado"]) == ("Informe 2", "32")


def test_lo_del_ultimo_corte_es_lo_que_se_publico(reparto: Reparto) -> None:
    reporte = crear_reporte(reparto)
    Figura.objects.update(declarado=99)
    anterior = llenado.acciones(reporte, llenado.antecedentes(reporte))[0].anterior
    assert anterior is not None
    assert anterior["declarado"] == "30"
