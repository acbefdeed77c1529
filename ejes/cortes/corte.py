"""Tomar el corte: armar su cuadro con lo que hoy dicen las filas del plan y sus figuras."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet

from ejes.ciudadania.lectura import Dictaminado, leidos, publicados
from ejes.cortes.cuadro import Citada, Cuadro, Edicion, Metodo, Renglon
from ejes.models import Accion, Compromiso, Corte, EdicionFigura, Eje, Entrega, Evidencia, Figura, Plan
from stl_portal.sello.bitacora import instante

DECLARADO = (
    "declarado",
    "textual",
    "nota",
    "con_asterisco",
    "verificado",
    "explicacion",
    "responsable",
    "cargo",
    "procedencia",
)
Dichos = Mapping[tuple[str, int], Mapping[str, Any]]  # de cada renglón, como lo identifica `de_que`
SIN_REVISAR = Dictaminado("", "")


def tomar(corte: Corte) -> Cuadro:
    """El cuadro del corte, en un número fijo de consultas; `corte.plan.organo` ya traído."""
    plan = corte.plan
    metodo = Metodo(plan.formula, plan.trato, plan.base, plan.umbrales)
    revision = _revision_publicada(corte)
    dichos = {de_que(f): _dicho(f, revision) for f in con_lo_suyo(corte)}
    ejes = tuple(_del_eje(eje, dichos, metodo) for eje in con_todo(plan))
    total = Renglon("", plan.nombre, metodo, partes=ejes, **dichos.get(("plan", 0), {}))
    al = corte.presentado_el or corte.hasta
    return Cuadro(_datos_del_plan(plan, al), _datos_del_corte(corte), total)


def con_lo_suyo(corte: Corte) -> "QuerySet[Figura]":
    """Sus figuras con ligas, cambios y las evidencias que ya son públicas: las demás no se citan."""
    publicas = Evidencia.objects.publicadas().select_related("archivo", "publicacion")
    return corte.figuras.prefetch_related(
        "ligas",
        Prefetch("ediciones", EdicionFigura.objects.select_related("por")),
        Prefetch("evidencias", publicas, to_attr="citadas"),
    )


def _revision_publicada(corte: Corte) -> dict[int, Dictaminado]:
    """Lo que el último reporte publicado dice de sus evidencias; lo que aún se revisa no se cita."""
    entregas = Entrega.objects.filter(evidencias__figuras__corte=corte)
    filas = leidos(publicados().filter(entrega__in=entregas))
    return {pk: p.dictamen or SIN_REVISAR for leido in filas for pk, p in leido.evidencias.items()}


def con_todo(plan: Plan) -> "QuerySet[Eje]":
    """Los ejes con sus compromisos y acciones."""
    acciones = Prefetch("acciones", Accion.objects.order_by("numero"))
    compromisos = Compromiso.objects.order_by("numero").prefetch_related(acciones)
    return plan.ejes.prefetch_related(Prefetch("compromisos", compromisos))


def anterior(corte: Corte) -> Corte | None:
    """El último publicado de un periodo previo, sin contar los que ya se corrigieron."""
    return corte.plan.cortes.vigentes().filter(hasta__lt=corte.hasta).last()


def para_comparar(corte: Corte) -> Corte | None:
    """Con cuál se compara si no se pide otro: el anterior, el que corrige o el que sigue; None si no hay."""
    vigentes = corte.plan.cortes.vigentes().select_related("publicacion")
    demas = [otro for otro in vigentes if otro.pk != corte.pk]
    previos = [otro for otro in demas if otro.hasta < corte.hasta]
    return previos[-1] if previos else corte.corrige or next(iter(demas), None)


def en_orden(uno: Corte, otro: Corte) -> tuple[Corte, Corte]:
    """Primero el del periodo más viejo; del mismo, el de número menor."""
    antes, despues = sorted((uno, otro), key=lambda corte: (corte.hasta, corte.numero))
    return antes, despues


def _datos_del_plan(plan: Plan, al: dt.date) -> dict[str, Any]:
    campos = ("clave", "nombre", "inicio", "fin", "meta_al", "fuente")
    return {
        "organo": plan.organo.denominacion(al).nombre,
        "ficticio": plan.organo.ficticio,
        **{campo: getattr(plan, campo) for campo in campos},
    }


def _datos_del_corte(corte: Corte) -> dict[str, Any]:
    """Sus datos; si se presentó en una sesión del portal, los de la sesión."""
    sesion, previo = corte.presentado_en, anterior(corte)
    datos = {
        **{campo: getattr(corte, campo) for campo in ("numero", "nombre", "desde", "hasta")},
        "presentado_el": sesion.fecha if sesion else corte.presentado_el,
        "presentado_como": sesion.designacion if sesion else corte.presentado_como,
    }
    if sesion and sesion.publica:
        datos["sesion"] = sesion.get_absolute_url()
    if previo:
        datos["anterior"] = _referencia(previo)
    if corte.corrige:
        datos["corrige"] = _referencia(corte.corrige) | {"que": corte.que_corrige}
    return datos


def _referencia(otro: Corte) -> dict[str, Any]:
    """A qué corte publicado se refiere, con la huella de sus datos para que no haya duda."""
    return {"numero": otro.numero, "nombre": otro.nombre, "huella": otro.publicacion.huella}


def _del_eje(eje: Eje, dichos: Dichos, metodo: Metodo) -> Renglon:
    partes = tuple(_del_compromiso(c, dichos, metodo) for c in eje.compromisos.all())
    suyo = dichos.get(("eje", eje.pk), {})
    return Renglon(eje.codigo, eje.nombre, metodo, peso=eje.peso, partes=partes, **suyo)


def _del_compromiso(compromiso: Compromiso, dichos: Dichos, metodo: Metodo) -> Renglon:
    partes = tuple(
        Renglon(a.codigo, a.texto, metodo, peso=a.peso, **dichos.get(("accion", a.pk), {}))
        for a in compromiso.acciones.all()
    )
    suyo = dichos.get(("compromiso", compromiso.pk), {})
    return Renglon(compromiso.codigo, compromiso.nombre, metodo, peso=compromiso.peso, partes=partes, **suyo)


def _dicho(figura: Figura, revision: Mapping[int, Dictaminado]) -> Mapping[str, Any]:
    """Lo declarado, lo que lo respalda y lo que se le cambió."""
    evidencias: list[Evidencia] = figura.citadas  # type: ignore[attr-defined]  # la pone `con_lo_suyo`
    return {campo: getattr(figura, campo) for campo in DECLARADO} | {
        "ligas": tuple(liga.direccion for liga in figura.ligas.all()),
        "evidencias": tuple(_citada(e, revision.get(e.pk, SIN_REVISAR)) for e in evidencias),
        "ediciones": tuple(_edicion(e) for e in figura.ediciones.all()),
    }


def _citada(fila: Evidencia, dictamen: Dictaminado) -> Citada:
    return Citada(
        id=fila.pk,
        titulo=fila.titulo,
        huella=fila.publicacion.huella,
        archivo=fila.archivo.nombre if fila.archivo else "",
        liga=fila.liga,
        revision=dictamen.veredicto,
        motivo=dictamen.nota,
    )


def _edicion(fila: EdicionFigura) -> Edicion:
    por = fila.por.nombre if fila.por else ""
    return Edicion(fila.que, fila.antes, fila.ahora, fila.motivo, por, instante(fila.cuando))


def de_que(figura: Figura) -> tuple[str, int]:
    """De qué nivel es y de cuál: («accion», 12); la global, («plan», 0)."""
    for nivel in ("accion", "compromiso", "eje"):
        pk = getattr(figura, f"{nivel}_id")
        if pk:
            return nivel, pk
    return "plan", 0
