"""Planes, ejes, compromisos, acciones e hitos."""

from typing import Any

from django.db.models import Count, Max, QuerySet
from django.urls import reverse
from django.utils import timezone

from ejes.estados import EstadoPlan
from ejes.forms.registros import FormaAccion, FormaCompromiso, FormaEje, FormaHito, FormaPlan
from ejes.models import Accion, Compromiso, Eje, Hito, Plan
from sesiones.models import Organo
from sesiones.views.registros.declaracion import Celda, Padre, Registro
from stl_portal.espanol import fecha_larga
from stl_portal.templatetags.portal import tono

from .constancia import anotar

PUBLICADO = "El plan ya se publicó: esto se corrige, pero no se quita."
LOS_PLANES = "Planes de acción"
PRIMERO_UN_PLAN = "Primero registra el plan."


def tablero(plan: Plan) -> tuple[str, str]:
    """Nombre y dirección de la página donde se administra el plan."""
    return plan.nombre, reverse("gestion:plan", args=(plan.clave,))


def siguiente(filas: "QuerySet[Any]") -> int:
    """El número que sigue."""
    return (filas.aggregate(n=Max("numero"))["n"] or 0) + 1


def con_organo(organo: Organo, hoy: Any) -> dict[str, Any]:
    """Las formas del plan ofrecen solo asientos y acuerdos del órgano."""
    return {"organo": organo}


def del_plan(fila: Any) -> Plan:
    """El plan de un eje, un bimestre o un formato."""
    plan: Plan = fila.plan
    return plan


def del_compromiso(fila: Any) -> Plan:
    """El plan de una acción o un hito."""
    plan: Plan = fila.compromiso.eje.plan
    return plan


def institucion(fila: Any, organo: Organo) -> str:
    """Quién responde."""
    return fila.responsable.institucion.nombre if fila.responsable else "Sin responsable"


def _donde_se_administra(plan: Plan, organo: Organo) -> tuple[str, str]:
    """Su página; mientras no se guarda, la lista de planes."""
    return (
        tablero(plan) if plan.pk else (LOS_PLANES, reverse("registros:lista", args=(organo.clave, "planes")))
    )


def _plan_se_queda(plan: Plan, organo: Organo) -> str:
    if plan.estado == EstadoPlan.PUBLICADO:
        return "El plan ya se publicó y no se quita."
    return "Tiene ejes: quítalos primero." if plan.ejes.exists() else ""


def _eje_se_queda(eje: Eje, organo: Organo) -> str:
    if eje.plan.estado == EstadoPlan.PUBLICADO:
        return PUBLICADO
    return "Tiene compromisos: quítalos primero." if eje.compromisos.exists() else ""


def _compromiso_se_queda(compromiso: Compromiso, organo: Organo) -> str:
    if compromiso.eje.plan.estado == EstadoPlan.PUBLICADO:
        return PUBLICADO
    return "Tiene acciones: quítalas primero." if compromiso.acciones.exists() else ""


def _accion_se_queda(accion: Accion, organo: Organo) -> str:
    return PUBLICADO if del_compromiso(accion).estado == EstadoPlan.PUBLICADO else ""


def _planes(organo: Organo) -> "QuerySet[Plan]":
    return organo.planes.annotate(cuantos=Count("ejes")).order_by("-inicio", "clave")


def _ejes(organo: Organo) -> "QuerySet[Eje]":
    filas = Eje.objects.filter(plan__organo=organo).select_related("plan", "responsable__institucion")
    return filas.order_by("-plan__inicio", "plan", "numero")


def _compromisos(organo: Organo) -> "QuerySet[Compromiso]":
    filas = Compromiso.objects.filter(eje__plan__organo=organo)
    con_todo = filas.select_related("eje__plan", "responsable__institucion")
    return con_todo.order_by("-eje__plan__inicio", "eje__plan", "eje__numero", "numero")


def _acciones(organo: Organo) -> "QuerySet[Accion]":
    filas = Accion.objects.filter(compromiso__eje__plan__organo=organo)
    orden = ("-compromiso__eje__plan__inicio", "compromiso__eje__plan", "compromiso__eje__numero")
    return filas.select_related("compromiso__eje__plan").order_by(*orden, "compromiso__numero", "numero")


def _hitos(organo: Organo) -> "QuerySet[Hito]":
    filas = Hito.objects.filter(compromiso__eje__plan__organo=organo)
    return filas.select_related("compromiso__eje__plan", "accion__compromiso__eje").order_by("previsto", "pk")


def _cumplido(hito: Hito, organo: Organo) -> Celda:
    if hito.cumplido:
        return Celda("Cumplido", tono="exito", nota=fecha_larga(hito.cumplido))
    atrasado = hito.atrasado(timezone.localdate())
    return Celda("Atrasado", tono="alerta") if atrasado else Celda("Por cumplir", tono="neutro")


PLANES = Registro(
    clave="planes",
    titulo=LOS_PLANES,
    uno="plan de acción",
    agregar="Crear un plan",
    ayuda="El periodo, los ejes y compromisos, los bimestres en que se reporta y los informes de avance.",
    forma=FormaPlan,
    filas=_planes,
    nace=lambda organo, padre: Plan(
        organo=organo, inicio=timezone.localdate().year, fin=timezone.localdate().year + 1
    ),
    argumentos=con_organo,
    casa=_donde_se_administra,
    borrable=True,
    no_se_quita=_plan_se_queda,
    anota=anotar(lambda plan: plan),
    columnas=(
        ("Plan", lambda p, organo: Celda(p.nombre, tablero(p)[1])),
        ("Periodo", lambda p, organo: f"{p.inicio}-{p.fin}"),
        ("Estado", lambda p, organo: Celda(p.get_estado_display(), tono=tono(p.estado))),
        ("Ejes", lambda p, organo: str(p.cuantos)),
    ),
)

EJES = Registro(
    clave="ejes",
    titulo="Ejes del plan",
    uno="eje",
    agregar="Agregar un eje",
    ayuda="Cada eje con su meta verificable, quién lo reporta, las propuestas ciudadanas y su difusión.",
    forma=FormaEje,
    filas=_ejes,
    nace=lambda organo, plan: Eje(plan=plan, numero=siguiente(plan.ejes)),
    padre=Padre(
        "plan",
        "¿De qué plan?",
        lambda organo: organo.planes.order_by("-inicio"),
        busca=("nombre", "clave"),
        falta=PRIMERO_UN_PLAN,
        antes="planes",
    ),
    argumentos=con_organo,
    busca=("nombre", "plan__nombre", "plan__clave", "responsable__institucion__nombre"),
    casa=lambda eje, organo: tablero(eje.plan),
    borrable=True,
    no_se_quita=_eje_se_queda,
    anota=anotar(del_plan),
    columnas=(
        ("Eje", lambda e, organo: str(e)),
        ("Plan", lambda e, organo: Celda(e.plan.nombre, tablero(e.plan)[1])),
        ("Responde", institucion),
    ),
)

COMPROMISOS = Registro(
    clave="compromisos",
    titulo="Compromisos",
    uno="compromiso",
    agregar="Agregar un compromiso",
    ayuda="Lo que gobierno y sociedad harán juntos, quién responde y qué le toca a cada parte.",
    forma=FormaCompromiso,
    filas=_compromisos,
    nace=lambda organo, eje: Compromiso(eje=eje, numero=siguiente(eje.compromisos)),
    padre=Padre(
        "eje",
        "¿De qué eje?",
        _ejes,
        busca=("nombre", "plan__nombre"),
        falta="Primero registra los ejes del plan.",
        antes="ejes",
    ),
    argumentos=con_organo,
    busca=("nombre", "eje__nombre", "eje__plan__nombre", "responsable__institucion__nombre"),
    casa=lambda fila, organo: tablero(fila.eje.plan),
    borrable=True,
    no_se_quita=_compromiso_se_queda,
    anota=anotar(lambda fila: fila.eje.plan),
    columnas=(
        ("Compromiso", lambda c, organo: str(c)),
        ("Eje", lambda c, organo: Celda(str(c.eje), nota=c.eje.plan.nombre)),
        ("Responde", institucion),
    ),
)

DE_COMPROMISO = Padre(
    "compromiso",
    "¿De qué compromiso?",
    _compromisos,
    busca=("nombre", "eje__nombre", "eje__plan__nombre"),
    falta="Primero registra los compromisos del plan.",
    antes="compromisos",
)

ACCIONES = Registro(
    clave="acciones",
    titulo="Acciones",
    uno="acción",
    agregar="Agregar una acción",
    ayuda="Lo verificable que se hará para cumplir cada compromiso.",
    forma=FormaAccion,
    filas=_acciones,
    nace=lambda organo, compromiso: Accion(compromiso=compromiso, numero=siguiente(compromiso.acciones)),
    padre=DE_COMPROMISO,
    argumentos=con_organo,
    busca=("texto", "compromiso__nombre", "compromiso__eje__nombre", "compromiso__eje__plan__nombre"),
    casa=lambda fila, organo: tablero(del_compromiso(fila)),
    borrable=True,
    no_se_quita=_accion_se_queda,
    anota=anotar(del_compromiso),
    columnas=(
        ("Acción", lambda a, organo: str(a)),
        ("Compromiso", lambda a, organo: Celda(str(a.compromiso), nota=del_compromiso(a).nombre)),
    ),
)

HITOS = Registro(
    clave="hitos",
    titulo="Hitos",
    uno="hito",
    agregar="Agregar un hito",
    ayuda="Qué debe haber ocurrido a qué fecha. Así se ve si un compromiso va como se previó.",
    forma=FormaHito,
    filas=_hitos,
    nace=lambda organo, compromiso: Hito(compromiso=compromiso),
    padre=DE_COMPROMISO,
    busca=("nombre", "compromiso__nombre", "compromiso__eje__plan__nombre"),
    casa=lambda fila, organo: tablero(del_compromiso(fila)),
    borrable=True,
    anota=anotar(del_compromiso),
    columnas=(
        ("Hito", lambda h, organo: h.nombre),
        ("De", lambda h, organo: Celda(str(h.accion or h.compromiso), nota=del_compromiso(h).nombre)),
        ("Previsto", lambda h, organo: fecha_larga(h.previsto)),
        ("Cómo va", _cumplido),
    ),
)
