"""Formatos de indicadores, bimestres y prórrogas."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from ejes.forms.calendario import FormaBimestre, FormaFormato, FormaProrroga
from ejes.gestion.versiones_del_formato import siguiente_version
from ejes.models import Bimestre, Entrega, Formato, Plan, Prorroga, Reporte
from sesiones.models import Organo
from sesiones.views.registros.declaracion import Celda, Padre, Registro
from stl_portal.espanol import fecha_larga
from stl_portal.templatetags.portal import fecha

from .constancia import anotar
from .plan import PRIMERO_UN_PLAN, con_organo, del_plan, siguiente, tablero

SELLADO = "Ya se envió un reporte con este formato: para cambiarlo, haz una versión nueva."
DE_PLAN = Padre(
    "plan",
    "¿De qué plan?",
    lambda organo: organo.planes.order_by("-inicio"),
    busca=("nombre", "clave"),
    falta=PRIMERO_UN_PLAN,
    antes="planes",
)


def editor(formato: Formato) -> str:
    """Página donde se escriben los renglones y las preguntas."""
    return reverse("gestion:formato", args=(formato.plan.clave, formato.version))


def pagina(bimestre: Bimestre) -> tuple[str, str]:
    """Nombre y dirección de la página del bimestre."""
    return bimestre.nombre, reverse("gestion:bimestre", args=(bimestre.plan.clave, bimestre.numero))


def nuevo_bimestre(plan: Plan) -> Bimestre:
    """El que sigue, con el último formato del plan."""
    return Bimestre(plan=plan, numero=siguiente(plan.bimestres.all()), formato=plan.formatos.last())


def _bimestres(organo: Organo) -> "QuerySet[Bimestre]":
    filas = Bimestre.objects.filter(plan__organo=organo).con_prorrogas()
    ordenados: QuerySet[Bimestre] = filas.order_by("-plan__inicio", "plan", "numero")
    return ordenados


def _entrega(bimestre: Bimestre, organo: Organo) -> Celda | str:
    """El límite que rige y, con prórroga, el original."""
    rige, original = bimestre.ventana.entrega, bimestre.entrega
    if rige is None:
        return "Sin fecha"
    nota = f"Prórroga; antes, {fecha_larga(original)}" if original and rige != original else ""
    return Celda(fecha_larga(rige), nota=nota)


def _formatos(organo: Organo) -> "QuerySet[Formato]":
    """Los formatos del órgano, y si cada uno ya se usó en un envío."""
    enviados = Entrega.objects.filter(reporte__bimestre__formato=OuterRef("pk"))
    filas = Formato.objects.filter(plan__organo=organo).select_related("plan")
    return filas.annotate(en_uso=Exists(enviados)).order_by("-plan__inicio", "plan", "version")


def _formato_se_queda(formato: Formato, organo: Organo) -> str:
    """El que un reporte usa, aunque sea en borrador, o un bimestre ya tiene elegido."""
    if Reporte.objects.filter(bimestre__formato=formato).exists():
        return "Hay reportes que usan este formato: se conserva."
    if formato.bimestres.exists():
        return "Hay un bimestre que usa este formato: elige antes otro en él."
    return ""


def _formato_sellado(formato: Any, organo: Organo) -> str:
    return SELLADO if formato.en_uso else ""


def _prorrogas(organo: Organo) -> "QuerySet[Prorroga]":
    """Las prórrogas del órgano, y si cada una ya se aplicó o tiene otra después."""
    del_bimestre = Prorroga.objects.filter(bimestre=OuterRef("bimestre"))
    enviados = Reporte.objects.filter(bimestre=OuterRef("bimestre"), limite=OuterRef("entrega"))
    filas = Prorroga.objects.filter(bimestre__plan__organo=organo)
    con_todo = filas.select_related("bimestre__plan", "punto__sesion__organo", "acuerdo__sesion__organo")
    return con_todo.annotate(
        superada=Exists(del_bimestre.filter(entrega__gt=OuterRef("entrega"))), aplicada=Exists(enviados)
    ).order_by("-entrega", "-pk")


def _bimestre_se_queda(bimestre: Bimestre, organo: Organo) -> str:
    return "Ya tiene reportes y no se quita." if bimestre.reportes.exists() else ""


def _prorroga_se_queda(prorroga: Any, organo: Organo) -> str:
    """Lo que ya se aplicó a un envío, o tiene otra después, es parte de la historia."""
    if prorroga.superada:
        return "Hay una prórroga posterior: esta se conserva como se concedió."
    if prorroga.aplicada:
        return "Ya se enviaron reportes con este plazo: se conserva como se concedió."
    return ""


def _donde(prorroga: Prorroga, organo: Organo) -> Celda:
    """La sesión que la concedió."""
    donde: Any = prorroga.acuerdo or prorroga.punto
    nota = "" if prorroga.acuerdo else str(donde.sesion)
    return Celda(str(donde), donde.sesion.get_absolute_url(), nota=nota)


FORMATOS = Registro(
    clave="formatos",
    titulo="Formatos de indicadores",
    uno="formato de indicadores",
    agregar="Crear un formato",
    ayuda="Qué se pregunta cada bimestre, por versiones y con las preguntas de cada eje.",
    forma=FormaFormato,
    filas=_formatos,
    nace=lambda organo, plan: Formato(plan=plan, version=siguiente_version(plan)),
    padre=DE_PLAN,
    argumentos=con_organo,
    candado=_formato_sellado,
    casa=lambda fila, organo: tablero(fila.plan),
    al_guardar=lambda fila, organo: editor(fila),
    borrable=True,
    no_se_quita=_formato_se_queda,
    anota=anotar(del_plan),
    columnas=(
        ("Formato", lambda f, organo: Celda(str(f), editor(f))),
        ("Plan", lambda f, organo: f.plan.nombre),
        ("Fuente", lambda f, organo: f.fuente or "—"),
    ),
)

BIMESTRES = Registro(
    clave="bimestres",
    titulo="Bimestres",
    uno="bimestre",
    agregar="Agregar un bimestre",
    ayuda="Qué periodo se reporta, desde cuándo y hasta cuándo se entrega, y cuándo se hace público.",
    forma=FormaBimestre,
    filas=_bimestres,
    nace=lambda organo, plan: nuevo_bimestre(plan),
    padre=DE_PLAN,
    busca=("nombre", "plan__nombre", "plan__clave"),
    casa=lambda fila, organo: pagina(fila) if fila.pk else tablero(fila.plan),
    borrable=True,
    no_se_quita=_bimestre_se_queda,
    anota=anotar(del_plan),
    columnas=(
        ("Bimestre", lambda b, organo: Celda(b.nombre, pagina(b)[1])),
        ("Plan", lambda b, organo: b.plan.nombre),
        ("Entrega", _entrega),
    ),
)

PRORROGAS = Registro(
    clave="prorrogas",
    titulo="Prórrogas",
    uno="prórroga",
    agregar="Registrar una prórroga",
    ayuda="Más tiempo para entregar, concedido en una sesión. La fecha original se conserva y se ve.",
    forma=FormaProrroga,
    filas=_prorrogas,
    nace=lambda organo, bimestre: Prorroga(bimestre=bimestre),
    padre=Padre(
        "bimestre",
        "¿De qué bimestre?",
        _bimestres,
        busca=("nombre", "plan__nombre"),
        falta="Primero registra los bimestres del plan.",
        antes="bimestres",
    ),
    argumentos=con_organo,
    candado=_prorroga_se_queda,
    casa=lambda fila, organo: pagina(fila.bimestre),
    borrable=True,
    anota=anotar(lambda fila: fila.bimestre.plan),
    columnas=(
        ("Bimestre", lambda p, organo: Celda(p.bimestre.nombre, pagina(p.bimestre)[1])),
        ("Nueva entrega", lambda p, organo: fecha_larga(p.entrega)),
        ("Original", lambda p, organo: fecha(p.bimestre.entrega) or "Sin fecha"),
        ("Se concedió en", _donde),
    ),
)
