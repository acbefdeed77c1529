"""Informes anuales listos para mirarse, y un periodo con algo de todo: lo que se cuenta y lo que no."""

import datetime as dt
from typing import Any
from unittest.mock import patch

from django.utils import timezone

from ejes.models import Alineacion
from municipios.models import Evento as ConMunicipios
from sesiones import models as m
from sesiones.cierre import cerrar
from sesiones.estados import EstadoAsistencia, SexoDeclarado
from stl_portal.informe_anual import escribir
from stl_portal.informe_anual.apartado import Periodo
from stl_portal.informe_anual.models import InformeAnual, InformePublicado
from stl_portal.informe_anual.publicar import publicar
from stl_portal.publico.registro import organos
from tests import fabricas
from tests.ejes.fabricas import crear_plan
from tests.eventos import fabricas as agenda
from tests.personas import DIA, Reparto

PERIODO = Periodo(dt.date(2026, 1, 1), dt.date(2026, 6, 30))
CUANDO = timezone.make_aware(dt.datetime(2026, 7, 1, 12))
DE_GESTION = ("informe", "guardar", "previa", "publicar", "corregir", "descartar")
DE_QUE = {
    "informe_anual:apartado": {"clave": "informe_anual", "apartado": "apartado_anual"},
    **{f"informe_anual:{nombre}": {"clave": "informe_anual"} for nombre in DE_GESTION},
    **{
        f"informes_anuales:{nombre}": {"clave": "informe_anual_publicado"}
        for nombre in ("informe", "pdf", "json")
    },
}
PASADO = Periodo(dt.date(2020, 1, 1), dt.date(2020, 12, 31))


def empezado(reparto: Reparto, periodo: Periodo = PERIODO) -> InformeAnual:
    """En preparación, sin nada escrito."""
    organo = organos(periodo.hasta)[reparto.organo.clave]
    return escribir.empezar(organo, periodo, reparto.cuentas["facilitadora"], CUANDO)


def publicado(reparto: Reparto, periodo: Periodo = PERIODO, cuando: dt.datetime = CUANDO) -> InformePublicado:
    """Uno que cualquiera lee."""
    return publicar(empezado(reparto, periodo), reparto.cuentas["facilitadora"], cuando)


def para_la_matriz(reparto: Reparto, cuando: dt.datetime = CUANDO) -> dict[str, str | int]:
    """Uno en preparación y otro publicado; lo que se imprime no se mira, y componerlo tarda."""
    with patch("stl_portal.informe_anual.impreso.imprimir", return_value=b"%PDF-1.7 de la matriz"):
        visible = publicado(reparto, PASADO, cuando).informe
    claves: dict[str, str | int] = {
        "informe_anual": empezado(reparto).clave,
        "informe_anual_publicado": visible.clave,
    }
    return claves | {"apartado_anual": "sesiones"}


def concluida(reparto: Reparto, acuerdos: int = 0, **cambios: Any) -> m.Sesion:
    """Una sesión cerrada, con sus acuerdos."""
    sesion = fabricas.crear_en_curso(reparto, **cambios)
    for numero in range(acuerdos):
        m.Acuerdo.agregar(sesion.puntos.get(), texto=f"Difundir lo {numero + 1}", responsable="La Unidad")
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11), sin_tratar="Se agotó el tiempo")
    sesion.refresh_from_db()
    return sesion


def con_de_todo(reparto: Reparto) -> None:
    """Lo que se informa, y junto a ello lo que no debe salir: sin publicar o de otro periodo."""
    _sesiones(reparto)
    _agenda(reparto)
    _redes(reparto)
    ConMunicipios.objects.create(
        organo=reparto.organo,
        titulo="Taller para enlaces",
        cuantos=2,
        hasta=DIA,
        personas=100,
        personas_literal="más de 100",
        sujetos_obligados=7,
        municipios_cuantos=5,
        publico=True,
    )
    ConMunicipios.objects.create(organo=reparto.organo, titulo="Taller secretoqx", hasta=DIA, personas=999)
    plan = crear_plan(reparto.organo)
    compromiso = plan.ejes.earliest("numero").compromisos.earliest("numero")
    Alineacion.objects.create(compromiso=compromiso, objetivo=16, meta="16.6")
    m.Persona.objects.filter(pk=reparto.personas["presidencia"].pk).update(sexo_declarado=SexoDeclarado.MUJER)
    m.Persona.objects.filter(pk=reparto.personas["poder"].pk).update(sexo_declarado=SexoDeclarado.HOMBRE)
    m.Persona.objects.filter(pk=reparto.personas["civil"].pk).update(sexo_declarado=SexoDeclarado.NO_BINARIO)


def _sesiones(reparto: Reparto) -> None:
    """Una ordinaria con acuerdos, una extraordinaria a la que alguien faltó y una mesa; y otras que no."""
    primera = concluida(reparto, acuerdos=3)
    cumplido, en_proceso, _ = primera.acuerdos.order_by("numero")
    cumplido.dar_seguimiento("cumplido", "Se hizo.", por=None, fecha=dt.date(2026, 4, 1))
    en_proceso.dar_seguimiento("en_proceso", "Va.", por=None, fecha=dt.date(2026, 4, 1))
    # Lo que se supo después de que terminó el periodo no es de este informe.
    en_proceso.dar_seguimiento("cumplido", "Se hizo después.", por=None, fecha=dt.date(2026, 8, 1))
    segunda = concluida(reparto, tipo="extraordinaria", fecha=dt.date(2026, 5, 6))
    civil = segunda.asistencias.get(asiento=reparto.asientos["civil"])
    m.Asistencia.objects.filter(pk=civil.pk).update(estado=EstadoAsistencia.JUSTIFICADA)
    mesa = fabricas.crear_sesion(reparto, tipo="trabajo", fecha=dt.date(2026, 5, 13))
    m.Sesion.objects.filter(pk=mesa.pk).update(estado="concluida")
    antes = concluida(reparto, acuerdos=1, fecha=dt.date(2025, 11, 12))
    antes.acuerdos.get().dar_seguimiento("cumplido", "Al fin.", por=None, fecha=dt.date(2026, 2, 2))
    fabricas.crear_sesion(reparto, fecha=dt.date(2026, 6, 3), lugar="Sala secretoqx")


def _agenda(reparto: Reparto) -> None:
    panel = agenda.publicado(reparto, titulo="Panel celebrado", alcance=52_000, alcance_literal="52k")
    panel.ponentes.create(nombre="Ponente de Prueba")
    panel.materiales.create(
        titulo="Guía", direccion="https://ejemplo.example/guia", participantes=40, participantes_literal=""
    )
    panel.celebrar(reparto.cuentas["facilitadora"])
    cancelado = agenda.publicado(reparto, titulo="Foro que no fue", dia=dt.date(2026, 5, 1))
    cancelado.cancelar(reparto.cuentas["facilitadora"], "Lluvia.")
    agenda.publicado(reparto, titulo="Curso sin decir", dia=dt.date(2026, 5, 2))
    agenda.crear(reparto, titulo="Borrador secretoqx", dia=dt.date(2026, 5, 3))


def _redes(reparto: Reparto) -> None:
    """Una confirmada; otra que nadie confirmó y otra cuyo periodo no cabe."""
    cifras, por = reparto.organo.cifras_de_redes, reparto.cuentas["facilitadora"]
    datos = {"red": "facebook", "medida": "alcance", "desde": DIA, "hasta": DIA}
    cifras.create(**datos, literal="61.870", valor=61_870).confirmar(por)
    cifras.create(**datos | {"medida": "visitas"}, literal="secretoqx", valor=1)
    cifras.create(**datos | {"hasta": dt.date(2027, 1, 1)}, literal="9k", valor=9000).confirmar(por)
