"""Las páginas públicas del plan en el mapa del sitio.

Lo que se lee de un plan, de un eje, de un compromiso o de una acción cambia con cada corte: esa es su fecha.
"""

import datetime as dt
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.urls import reverse

from ejes.ciudadania import lectura
from ejes.estados import EstadoCorte
from ejes.models import Accion, Bimestre, Compromiso, CortePublicado, Eje, Evidencia, Plan
from stl_portal.publico.mapa_del_sitio import fijas
from stl_portal.publico.registro import SITIO, Direccion, Tramo, apuntar

Cuando = dt.datetime | None


def _planes() -> QuerySet[Plan, Any]:
    return Plan.objects.publicados().order_by("pk").values_list("clave", _ultimo_corte("pk"))


def _ejes() -> QuerySet[Eje, Any]:
    filas = Eje.objects.filter(plan__in=Plan.objects.publicados()).order_by("pk")
    return filas.values_list("plan__clave", "numero", _ultimo_corte("plan"))


def _compromisos() -> QuerySet[Compromiso, Any]:
    filas = Compromiso.objects.filter(eje__plan__in=Plan.objects.publicados()).order_by("pk")
    return filas.values_list("eje__plan__clave", "eje__numero", "numero", _ultimo_corte("eje__plan"))


def _acciones() -> QuerySet[Accion, Any]:
    filas = Accion.objects.filter(compromiso__eje__plan__in=Plan.objects.publicados()).order_by("pk")
    return filas.values_list(
        "compromiso__eje__plan__clave",
        "compromiso__eje__numero",
        "compromiso__numero",
        "numero",
        _ultimo_corte("compromiso__eje__plan"),
    )


def _informes() -> QuerySet[CortePublicado, Any]:
    suyos = {"corte__plan__in": Plan.objects.publicados(), "corte__estado": EstadoCorte.PUBLICADO}
    filas = CortePublicado.objects.filter(**suyos).order_by("pk")
    return filas.values_list("corte__plan__clave", "corte__numero", "publicado_el")


def _bimestres() -> QuerySet[Bimestre, Any]:
    filas = Bimestre.objects.filter(plan__in=Plan.objects.publicados()).order_by("pk")
    return filas.values_list("plan__clave", "numero")


def _reportes() -> QuerySet[Any, Any]:
    filas = lectura.vigentes().order_by("reporte")
    return filas.values_list("reporte__bimestre__plan__clave", "reporte", "publicado_el")


def _evidencias() -> QuerySet[Evidencia, Any]:
    filas = Evidencia.objects.publicadas().order_by("pk")
    return filas.values_list("plan__clave", "pk", "publicacion__publicada_el")


def _ultimo_corte(plan: str) -> Subquery:
    """Cuándo se publicó el último corte del plan que está en ese campo; nulo si no hay ninguno."""
    cortes = CortePublicado.objects.filter(corte__plan=OuterRef(plan)).order_by()
    return Subquery(cortes.values("corte__plan").annotate(el_ultimo=Max("publicado_el")).values("el_ultimo"))


def _de_plan(fila: tuple[str, Cuando]) -> Direccion:
    return Direccion(reverse("ejes:plan", args=fila[:1]), fila[1])


def _de_eje(fila: tuple[str, int, Cuando]) -> Direccion:
    return Direccion(reverse("ejes:eje", args=fila[:2]), fila[2])


def _de_compromiso(fila: tuple[str, int, int, Cuando]) -> Direccion:
    return Direccion(reverse("ejes:compromiso", args=fila[:3]), fila[3])


def _de_accion(fila: tuple[str, int, int, int, Cuando]) -> Direccion:
    plan, *codigo, cuando = fila
    return Direccion(reverse("ejes:accion", args=(plan, ".".join(map(str, codigo)))), cuando)


def _de_informe(fila: tuple[str, int, dt.datetime]) -> Direccion:
    return Direccion(reverse("ejes:informe", args=fila[:2]), fila[2])


def _de_bimestre(fila: tuple[str, int]) -> Direccion:
    return Direccion(reverse("ejes:bimestre", args=fila))


def _de_reporte(fila: tuple[str, int, dt.datetime]) -> Direccion:
    return Direccion(reverse("ejes:reporte", args=fila[:2]), fila[2])


def _de_evidencia(fila: tuple[str, int, dt.datetime]) -> Direccion:
    return Direccion(reverse("ejes:evidencia", args=fila[:2]), fila[2])


TRAMOS = (
    fijas("plan", "ejes:planes"),
    Tramo("planes", _planes, _de_plan),
    Tramo("ejes", _ejes, _de_eje),
    Tramo("compromisos", _compromisos, _de_compromiso),
    Tramo("acciones", _acciones, _de_accion),
    Tramo("informes-de-avance", _informes, _de_informe),
    Tramo("bimestres", _bimestres, _de_bimestre),
    Tramo("reportes", _reportes, _de_reporte),
    Tramo("evidencias", _evidencias, _de_evidencia),
)


def registrar() -> None:
    """Se llama desde `EjesConfig.ready()`; repetirlo no duplica nada."""
    for tramo in TRAMOS:
        apuntar(SITIO, tramo)
