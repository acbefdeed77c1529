"""Algo publicado de cada clase, y a su lado lo que todavía no lo es."""

import datetime as dt

import pytest
from django.utils import timezone

from ejes.ciudadania.preguntas import COMPROMISO
from ejes.cortes import editar_corte
from ejes.models import Eje
from municipios.cortes import preparar
from municipios.cortes import publicar as municipales
from sesiones import anexos, convocar
from sesiones import models as m
from stl_portal.archivo import almacen
from tests import fabricas
from tests.certamenes import fabricas as certamenes
from tests.ejes.entregas import crear_entrega, publicar
from tests.ejes.fabricas import crear_reporte
from tests.eventos import fabricas as de_la_agenda
from tests.informe_anual import fabricas as informes_anuales
from tests.municipios.fabricas import LEON, anotar, crear_etapas
from tests.municipios.informes.llenar import publicado as con_informe
from tests.participacion import fabricas as de_preguntas
from tests.personas import DIA, Reparto
from tests.publico.test_calendario import acordar
from tests.vida.archivadas import archivada

SECRETOS = ("secreto", "SECRETO", "reservada.example", "@prueba.example")
AHORA = timezone.now()


@pytest.fixture
def de_todo(reparto: Reparto) -> m.Sesion:
    """Una novedad de cada clase, ahora; devuelve la sesión convocada."""
    con_informe(reparto, sesion=_acta_con_anexo(reparto))
    publicado = publicar(crear_entrega(reparto, crear_reporte(reparto)))
    _por_publicar(reparto, publicado.reporte.eje.plan)
    _municipal(reparto)
    _calendario(reparto)
    _preguntas(publicado.reporte.eje)
    de_la_agenda.publicado(reparto, titulo="Panel abierto")
    de_la_agenda.guardado(reparto)
    certamenes.abierta(reparto.organo)
    certamenes.en_preparacion(reparto.organo, titulo="Premio secreto")
    informes_anuales.para_la_matriz(reparto, AHORA)
    return _convocada(reparto)


def _acta_con_anexo(reparto: Reparto) -> m.Sesion:
    sello = archivada(reparto)
    archivo = almacen.guardar_propio(b"texto publicado", "anexo.txt")
    anexo = m.Anexo.objects.create(sesion=sello.acta.sesion, titulo="Programa", archivo=archivo)
    m.Anexo.objects.create(sesion=sello.acta.sesion, titulo="Anexo secreto", archivo=archivo)
    anexos.publicar_completo(anexo, None, AHORA)
    sesion: m.Sesion = sello.acta.sesion
    return sesion


def _preguntas(eje: Eje) -> None:
    """Una respondida; y sin confirmar, por moderar, rechazada y retirada, que no se cuentan."""
    compromiso = eje.compromisos.first() or eje.compromisos.create(numero=1, nombre="Abrir datos")
    objeto = COMPROMISO.por_pk([compromiso.pk])[compromiso.pk]
    de_preguntas.respondida(objeto, AHORA, texto="Se abren **mañana**.")
    de_preguntas.crear_pregunta(objeto, texto="Sin confirmar, secreto")
    de_preguntas.confirmada(objeto, AHORA, texto="Por moderar, secreto")
    de_preguntas.confirmada(objeto, AHORA, texto="Ajena, secreto").rechazar(None, "ajena", "secreto", AHORA)
    retirada = de_preguntas.respondida(objeto, AHORA, texto="Retirada, secreto")
    retirada.retirar(None, "Traía un teléfono secreto", AHORA)


def _por_publicar(reparto: Reparto, plan: object) -> None:
    """Otro corte y otro reporte que se preparan, y una sesión que nadie ha convocado."""
    editar_corte.abrir(plan, nombre="Corte secreto", desde=DIA, hasta=DIA + dt.timedelta(days=60))  # type: ignore[arg-type]
    fabricas.crear_sesion(reparto, fecha=dt.date(2099, 1, 7), designacion="Sesión secreto", lugar="SECRETO")


def _municipal(reparto: Reparto) -> None:
    etapas = crear_etapas(reparto.organo)
    anotar(etapas[0], LEON, "cumplido", cuando=AHORA - dt.timedelta(days=1))
    municipales.publicar(preparar.abrir(reparto.organo, nombre="Corte municipal", fecha=DIA), None, AHORA)
    preparar.abrir(reparto.organo, nombre="Municipal secreto", fecha=DIA + dt.timedelta(days=1))


def _calendario(reparto: Reparto) -> None:
    calendario = m.Calendario.objects.create(organo=reparto.organo, anio=2027)
    calendario.fechas.create(fecha=dt.date(2027, 2, 3))
    calendario.aprobar(None, acuerdo=acordar(reparto, dt.date(2026, 4, 15)))
    propuesto = m.Calendario.objects.create(organo=reparto.organo, anio=2031)
    propuesto.fechas.create(fecha=dt.date(2031, 2, 3))


def _convocada(reparto: Reparto) -> m.Sesion:
    """Convocada hoy para dentro de un mes, con algo que no es público en su convocatoria."""
    sesion = fabricas.crear_sesion(
        reparto,
        designacion="La convocada",
        fecha=timezone.localdate() + dt.timedelta(days=30),
        liga="https://reservada.example/sala",
    )
    fabricas.crear_punto(sesion)
    convocar.convocar(sesion, reparto.cuentas["facilitadora"], AHORA)
    return sesion
