"""Tras cada acto que publica algo, lo guardado es byte por byte lo que se compondría sin guardar nada."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from ejes.models import Plan, Reporte
from municipios.informes.trimestres import Trimestre
from sesiones import anexos, testados
from sesiones import models as m
from sesiones.cierre import cerrar
from stl_portal.sello import puntos
from tests import turnos
from tests.ejes import entregas
from tests.ejes.fabricas import crear_plan, crear_reporte
from tests.ejes.publicados import cortar
from tests.fabricas import avisar, crear_sesion
from tests.municipios.fabricas import crear_municipal
from tests.municipios.informes import llenar
from tests.municipios.publicados import publicar_corte
from tests.permisos.mundo import crear_mundo
from tests.personas import Reparto, crear_reparto
from tests.velocidad.paginas import guardables, leidas
from tests.vida.archivadas import archivada, corregida

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.apariencia]


def _convocar(reparto: Reparto) -> None:
    avisar(crear_sesion(reparto, fecha=dt.date(2099, 3, 4)))


def _cerrar(reparto: Reparto) -> None:
    cerrar(m.Sesion.objects.filter(estado="en_curso").latest("pk"), None, cierre=dt.time(12))


def _corregir_acta(reparto: Reparto) -> None:
    """Otro órgano: en el de las demás pruebas hay actas por aprobar que estorban."""
    otro = crear_reparto("otro")
    corregida(otro, archivada(otro, fecha=dt.date(2026, 2, 4)))


def _testar(reparto: Reparto) -> None:
    sello = m.Acta.objects.filter(estado="publicada", sesion__organo=reparto.organo).latest("pk").sello
    dato = {"texto": "Celia Mora", "motivo": "Nombre", "fundamento": "Artículo 3, fracción IX"}
    testados.marcar(sello, reparto.cuentas["facilitadora"], timezone.now(), por_que="Lo pidió.", **dato)


def _retirar_anexo(reparto: Reparto) -> None:
    anexos.retirar(m.AnexoPublicado.objects.earliest("pk").anexo, None, timezone.now(), "Se veía un dato.")


def _plan(reparto: Reparto) -> None:
    Plan.objects.update(nombre="Plan de Acción Local con otro nombre")


def _corte(reparto: Reparto) -> None:
    cortar(Plan.objects.get(clave="prueba"), 1)


def _reporte(reparto: Reparto) -> None:
    plan = crear_plan(reparto.organo, "otro")
    entregas.publicar(entregas.crear_entrega(reparto, crear_reporte(reparto, plan=plan)))


def _corregir_reporte(reparto: Reparto) -> None:
    entregas.corregir_y_publicar(Reporte.objects.exclude(publicaciones=None).earliest("pk"))


def _corte_municipal(reparto: Reparto) -> None:
    publicar_corte(reparto.organo, dt.date(2026, 5, 5))


def _informe(reparto: Reparto) -> None:
    otro = crear_municipal(reparto.organo, "stm-otro", "11020")
    llenar.publicado(otro, Trimestre(2026, 2), m.Sello.objects.latest("pk").acta.sesion)


def _integrante(reparto: Reparto) -> None:
    nueva = m.Persona.objects.create(nombre="Nadia Nueva Paz", apellidos="Nueva Paz")
    m.Nombramiento.objects.create(
        asiento=reparto.asientos["vacante"], persona=nueva, cargo="Titular", vigente_desde=dt.date(2025, 1, 1)
    )


def _seguimiento(reparto: Reparto) -> None:
    acuerdo = m.Acuerdo.objects.de_sesiones_publicas().latest("pk")
    acuerdo.dar_seguimiento("cumplido", nota="Se difundió.", por=None, fecha=timezone.localdate())


ACTOS: dict[str, Callable[[Reparto], Any]] = {
    "convocar una sesión": _convocar,
    "publicar un acta": lambda r: archivada(r, fecha=dt.date(2026, 1, 7)),
    "corregir un acta publicada": _corregir_acta,
    "testar un acta publicada": _testar,
    "retirar un anexo": _retirar_anexo,
    "cambiar un plan": _plan,
    "publicar un corte": _corte,
    "publicar un reporte": _reporte,
    "corregir un reporte": _corregir_reporte,
    "publicar un corte municipal": _corte_municipal,
    "publicar un informe trimestral": _informe,
    "un integrante nuevo": _integrante,
    "dar seguimiento a un acuerdo": _seguimiento,
    "firmar un punto de control": lambda r: puntos.publicar(),
}
# Tras cada acto se componen dos veces todas las páginas que se guardan: con cada cambio se prueba la mitad
# de los actos, la otra al día siguiente; `make turnos` los prueba todos.


def _de_hoy() -> dict[str, Callable[[Reparto], Any]]:
    """Los actos que toca probar, en su orden."""
    return {acto: hacer for n, (acto, hacer) in enumerate(ACTOS.items()) if turnos.toca(n, 2)}


def test_tras_cada_acto_lo_guardado_es_lo_que_se_compondria(settings: Settings) -> None:
    reparto = crear_reparto()
    direcciones = guardables(crear_mundo(reparto))
    guarda = Client()
    settings.PAGINAS_EN_MEMORIA = 64 * 1024 * 1024
    guarda.get("/")  # arma su memoria
    settings.PAGINAS_EN_MEMORIA = 0
    compone = Client()
    compone.get("/")
    antes = leidas(guarda, direcciones)
    sin_cambio: list[str] = []
    distintas: dict[tuple[str, str, str], int] = {}
    for acto, hacer in _de_hoy().items():
        hacer(reparto)
        despues = leidas(compone, direcciones)
        for vez in ("primera", "segunda"):
            leido = leidas(guarda, direcciones)
            distintas |= {(acto, vez, d): leido[d][0] for d in direcciones if leido[d] != despues[d]}
        if despues == antes:
            sin_cambio.append(acto)
        antes = despues
    assert distintas == {}
    assert sin_cambio == []  # si un acto no cambiara nada, esta prueba no probaría nada de él
