"""Qué del plan se cambia con un archivo y qué no: lo cerrado solo cambia con su verbo."""

import datetime as dt
import hashlib
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone

from ejes import models as e
from ejes.recursos import calendario, coherencia, cortes, evidencias, plan, reportes
from sesiones.models import Acuerdo
from stl_portal.traspaso import registro
from stl_portal.traspaso.colgado import Colgado
from tests.ejes.entregas import SECRETO, crear_entrega, publicar
from tests.ejes.fabricas import crear_plan, crear_reporte
from tests.fabricas import crear_en_curso
from tests.personas import Reparto
from tests.traspaso.alterar import importar, razones, renglones

CERRADO = "ya está en el portal"


def test_cada_tabla_viaja_o_dice_por_que_no() -> None:
    viajan = {recurso.modelo for recurso in registro.RECURSOS}
    for app, se_quedan in (("ejes", {e.Encargo}), ("municipios", set())):
        modelos = set(apps.get_app_config(app).get_models(include_auto_created=True))
        assert modelos - viajan == se_quedan
    assert "Encargos de preparar reportes" in registro.NO_VIAJAN


@pytest.mark.django_db
def test_solo_entra_lo_abierto_y_lo_publicado_entero(reparto: Reparto) -> None:
    """Un reporte y un corte publicados; imprimirlos es lo que tarda, y lo comparten todas."""
    suyo = crear_plan(reparto.organo)
    publicado = publicar(crear_entrega(reparto, crear_reporte(reparto, plan=suyo)))
    _lo_cerrado_no_cambia()
    _lo_acordado_y_lo_usado_se_conserva(publicado, reparto)
    _lo_publicado_trae_lo_suyo(publicado)
    _lo_abierto_si_entra()


def _lo_cerrado_no_cambia() -> None:
    for recurso, columna in (
        *((reportes.Respuestas, "texto"), (reportes.Avances, "nota"), (cortes.Figuras, "nota")),
        *((calendario.Renglones, "indicador"), (calendario.Preguntas, "texto")),
        *((reportes.Dictamenes, "nota"), (reportes.HistoriaDeReportes, "nota")),
    ):
        assert issubclass(recurso, Colgado)
        fila = renglones(recurso)[0]
        (razon,) = razones(recurso, fila | {columna: "Otra cosa"})
        assert CERRADO in razon, recurso.clave
        assert razones(recurso, fila) == []
    entrega = renglones(reportes.Entregas)[0]
    otra = {"numero": "9", "documento": "e30=", "huella": hashlib.sha256(b"{}").hexdigest()}
    assert CERRADO in razones(reportes.Entregas, entrega | otra)[0]
    ajena = razones(reportes.Entregas, entrega | otra | {"huella": "0" * 64})
    assert "documento: El documento no da la huella que dice: no es el que se selló." in ajena
    dictamen = renglones(evidencias.DictamenesDeEvidencias)[0]
    assert CERRADO in razones(evidencias.DictamenesDeEvidencias, dictamen | {"n": ""})[0]
    evidencia = renglones(evidencias.Evidencias)[0]
    assert razones(evidencias.Evidencias, evidencia | {"titulo": "Otro"}) == [
        f"titulo: Ya existe y esto no cambia: {evidencias.NO_SE_CAMBIA}"
    ]
    de_corte = renglones(cortes.Cortes)[0]
    assert "su verbo" in razones(cortes.Cortes, de_corte | {"estado": "borrador"})[0]
    (razon,) = razones(cortes.Cortes, de_corte | {"nombre": "Otro nombre"})
    assert razon.startswith("nombre: ")
    assert "está «publicado»" in razon.lower()
    reporte = renglones(reportes.Reportes)[0]
    assert "su número es el" in razones(reportes.Reportes, reporte | {"id": "999"})[0]


def _lo_acordado_y_lo_usado_se_conserva(publicado: e.ReportePublicado, reparto: Reparto) -> None:
    bimestre = publicado.reporte.bimestre
    sesion = crear_en_curso(reparto)
    acuerdo = Acuerdo.agregar(sesion.puntos.get(), texto="Dar más tiempo")
    assert bimestre.entrega
    bimestre.prorrogas.create(entrega=bimestre.entrega + dt.timedelta(days=9), acuerdo=acuerdo)
    (fila,) = [f for f in renglones(calendario.Bimestres) if f["numero"] == str(bimestre.numero)]
    despues = str(bimestre.entrega + dt.timedelta(days=1))
    assert razones(calendario.Bimestres, fila | {"entrega": despues}) == [
        f"entrega: {calendario.CON_PRORROGA}"
    ]
    sin_formato = {"formato.plan": "", "formato.version": ""}
    assert razones(calendario.Bimestres, fila | sin_formato) == [f"formato.plan: {calendario.CON_REPORTES}"]
    assert razones(calendario.Bimestres, fila | {"nombre": "Otro nombre"}) == []


def _lo_abierto_si_entra() -> None:
    eje = renglones(plan.Ejes)[0]
    assert importar(plan.Ejes, eje | {"nombre": "=Datos"}).cuentas["ejes"].cambian == 1
    assert e.Eje.objects.get().nombre == "=Datos"
    accion = renglones(plan.Acciones)[0]
    nueva = importar(plan.Acciones, accion | {"numero": "7", "texto": "Nueva"})
    assert nueva.cuentas["acciones"].nuevas == 1
    (razon,) = razones(plan.Acciones, accion | {"compromiso.numero": "8"})
    assert razon == "compromiso.eje.plan: No existe «prueba · 1 · 8» en Compromisos: impórtalo antes."
    ods = dict.fromkeys(plan.Alineaciones.encabezados(), "") | {"objetivo": "16", "meta": "17.1"}
    de_eje = {"eje.plan": "prueba", "eje.numero": "1"}
    assert razones(plan.Alineaciones, ods | de_eje | {"meta": "16.6"}) == []
    assert len(razones(plan.Alineaciones, ods | de_eje)) == 1  # la meta es de otro objetivo
    assert len(razones(plan.Alineaciones, ods | {"meta": ""})) == 1  # no es de nadie


def _terminar(recurso: Any, fila: Any) -> list[str]:
    """Lo que se dice al terminar si esa fila acabara de llegar."""
    return list(coherencia.al_terminar(SimpleNamespace(nacidas={recurso: [fila.pk]})))  # type: ignore[arg-type]


def _lo_publicado_trae_lo_suyo(publicado: e.ReportePublicado) -> None:
    corte = renglones(cortes.Cortes)[0]
    (razon,) = razones(cortes.Cortes, corte | {"numero": "50", "nombre": "Inventado"})
    assert razon == "«Inventado» dice estar publicado y no viene lo que se publicó de él."
    original = e.CortePublicado.objects.earliest("pk")
    assert _terminar(cortes.CortesPublicados, original) == []
    ajeno = e.Corte.objects.create(
        plan=original.corte.plan, numero=51, nombre="Ajeno", desde="2026-01-01", hasta="2026-02-01"
    )
    copia = e.CortePublicado.objects.create(
        corte=ajeno,
        documento=original.documento,
        huella="5" * 64,
        pdf=original.pdf,
        publicado_el=timezone.now(),
        eslabon=1,
    )
    assert _terminar(cortes.CortesPublicados, copia) == [
        "El documento publicado de «Ajeno» es de otro corte."
    ]
    copia.documento = b"[]"
    assert coherencia._leida(coherencia._del_corte, copia) == [
        f"«{copia}»: su documento no tiene la forma que debe."
    ]
    assert _terminar(reportes.ReportesPublicados, publicado) == []
    assert _terminar(evidencias.EvidenciasPublicadas, e.EvidenciaPublicada.objects.earliest("pk")) == []
    suelta = publicado.reporte.usos.earliest("pk").evidencia
    with transaction.atomic():
        suelta.entregas.clear()
        (dicho,) = _terminar(evidencias.EvidenciasPublicadas, suelta.publicacion)
        transaction.set_rollback(True)
    assert dicho == f"La evidencia «{suelta}» dice ser pública y ningún reporte publicado la trae."
    assert SECRETO in dicho
