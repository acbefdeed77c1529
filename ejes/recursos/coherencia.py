"""Al terminar de importar: que lo que dice estar publicado trae qué se publicó, y que es lo suyo."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ejes import models as e
from ejes.datos_sellados import leer
from ejes.estados import EstadoCorte, EstadoReporte
from ejes.revision.publicar_reporte import como_se_envio, huella_de
from stl_portal.sello.canonico import canonico

from .cortes import Cortes, CortesPublicados
from .evidencias import EvidenciasPublicadas
from .reportes import Reportes, ReportesPublicados

if TYPE_CHECKING:
    from stl_portal.traspaso.motor import Motor

DE_UN_REPORTE = ("entrega", "reporte__eje__plan", "reporte__bimestre")


def al_terminar(motor: "Motor") -> Iterator[str]:
    """Por qué no puede entrar lo que no cuadra; solo mira lo que llegó."""
    yield from _sin_publicar(motor)
    for corte in _nacidos(motor, CortesPublicados, "corte__plan"):
        yield from _leida(_del_corte, corte)
    for publicado in _nacidos(motor, ReportesPublicados, *DE_UN_REPORTE):
        yield from _leida(_del_reporte, publicado)
    for evidencia in _nacidos(motor, EvidenciasPublicadas, "evidencia__archivo"):
        yield from _de_la_evidencia(evidencia)


def _nacidos(motor: "Motor", recurso: Any, *relaciones: str) -> Iterable[Any]:
    filas = recurso.modelo._base_manager.select_related(*relaciones)
    return (fila for fila in filas.in_bulk(motor.nacidas.get(recurso, [])).values())


def _sin_publicar(motor: "Motor") -> Iterator[str]:
    """Un corte o un reporte no puede decir que se publicó y no traer qué se publicó."""
    cortes = e.Corte.objects.filter(estado=EstadoCorte.PUBLICADO, publicacion=None)
    reportes = e.Reporte.objects.filter(estado=EstadoReporte.PUBLICADO, publicaciones=None)
    for recurso, filas in ((Cortes, cortes), (Reportes, reportes)):
        suyas = set(motor.nacidas.get(recurso, []))
        for fila in filas.filter(pk__in=suyas):
            yield f"«{fila}» dice estar publicado y no viene lo que se publicó de él."


def _leida(comprobar: Callable[[Any], Iterator[str]], fila: Any) -> list[str]:
    """Lo que no cuadra de un documento, que puede no ser lo que dice aunque dé su huella."""
    try:
        return list(comprobar(fila))
    except (ValueError, KeyError, TypeError):
        return [f"«{fila}»: su documento no tiene la forma que debe."]


def _del_corte(fila: e.CortePublicado) -> Iterator[str]:
    if leer(fila)["identificador"] != f"{fila.corte.plan.clave}/{fila.corte.numero}":
        yield f"El documento publicado de «{fila.corte}» es de otro corte."
    elif fila.corte.estado != EstadoCorte.PUBLICADO:
        yield f"«{fila.corte}» no dice estar publicado y viene lo que se publicó de él."


def _del_reporte(fila: e.ReportePublicado) -> Iterator[str]:
    documento, reporte = leer(fila), fila.reporte
    dice = (documento["plan"]["clave"], documento["eje"]["numero"], documento["bimestre"]["numero"])
    if dice != (reporte.eje.plan.clave, reporte.eje.numero, reporte.bimestre.numero):
        yield f"{reporte}: su documento publicado es de otro reporte."
    elif canonico(como_se_envio(documento)) != bytes(fila.entrega.documento):
        yield f"{reporte}: lo que se publicó no es lo que se envió."


def _de_la_evidencia(fila: e.EvidenciaPublicada) -> Iterator[str]:
    if huella_de(fila.evidencia) != fila.huella:
        yield f"La evidencia «{fila.evidencia}» no es la que se publicó: su huella es otra."
    elif not fila.evidencia.entregas.filter(publicacion__isnull=False).exists():
        yield f"La evidencia «{fila.evidencia}» dice ser pública y ningún reporte publicado la trae."
