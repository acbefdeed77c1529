"""Tomar el corte: armar su cuadro con lo que hoy dicen las filas del plan y sus figuras."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet

from ejes.cuadro import Cuadro, Metodo, Renglon
from ejes.models import Accion, Compromiso, Corte, Eje, Figura, Plan

DECLARADO = (
    "declarado",
    "textual",
    "nota",
    "con_asterisco",
    "verificado",
    "explicacion",
    "responsable",
    "cargo",
)
Figuras = Mapping[tuple[str, int], Figura]


def tomar(corte: Corte) -> Cuadro:
    """El cuadro del corte, en un número fijo de consultas; `corte.plan.organo` ya traído."""
    plan = corte.plan
    metodo = Metodo(plan.formula, plan.trato, plan.base, plan.umbrales)
    figuras = {_de_que(f): f for f in corte.figuras.prefetch_related("ligas")}
    ejes = tuple(_del_eje(eje, figuras, metodo) for eje in con_todo(plan))
    total = Renglon("", plan.nombre, metodo, partes=ejes, **_dicho(figuras.get(("plan", 0))))
    return Cuadro(_datos_del_plan(plan, corte.presentado_el or corte.hasta), _datos_del_corte(corte), total)


def con_todo(plan: Plan) -> "QuerySet[Eje]":
    """Los ejes con sus compromisos y acciones."""
    acciones = Prefetch("acciones", Accion.objects.order_by("numero"))
    compromisos = Compromiso.objects.order_by("numero").prefetch_related(acciones)
    return plan.ejes.prefetch_related(Prefetch("compromisos", compromisos))


def _datos_del_plan(plan: Plan, al: dt.date) -> dict[str, Any]:
    campos = ("clave", "nombre", "inicio", "fin", "meta_al", "fuente")
    return {
        "organo": plan.organo.denominacion(al).nombre,
        "ficticio": plan.organo.ficticio,
        **{campo: getattr(plan, campo) for campo in campos},
    }


def _datos_del_corte(corte: Corte) -> dict[str, Any]:
    campos = ("numero", "nombre", "desde", "hasta", "presentado_el", "presentado_como")
    return {campo: getattr(corte, campo) for campo in campos}


def _del_eje(eje: Eje, figuras: Figuras, metodo: Metodo) -> Renglon:
    partes = tuple(_del_compromiso(c, figuras, metodo) for c in eje.compromisos.all())
    dicho = _dicho(figuras.get(("eje", eje.pk)))
    return Renglon(eje.codigo, eje.nombre, metodo, peso=eje.peso, partes=partes, **dicho)


def _del_compromiso(compromiso: Compromiso, figuras: Figuras, metodo: Metodo) -> Renglon:
    partes = tuple(
        Renglon(a.codigo, a.texto, metodo, peso=a.peso, **_dicho(figuras.get(("accion", a.pk))))
        for a in compromiso.acciones.all()
    )
    dicho = _dicho(figuras.get(("compromiso", compromiso.pk)))
    return Renglon(compromiso.codigo, compromiso.nombre, metodo, peso=compromiso.peso, partes=partes, **dicho)


def _dicho(figura: Figura | None) -> dict[str, Any]:
    """Lo declarado y sus ligas; nada, si nadie declaró."""
    if figura is None:
        return {}
    ligas = tuple(liga.direccion for liga in figura.ligas.all())
    return {campo: getattr(figura, campo) for campo in DECLARADO} | {"ligas": ligas}


def _de_que(figura: Figura) -> tuple[str, int]:
    for nivel in ("accion", "compromiso", "eje"):
        pk = getattr(figura, f"{nivel}_id")
        if pk:
            return nivel, pk
    return "plan", 0
