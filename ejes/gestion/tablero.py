"""Lo que ve de un plan quien lo administra: su árbol y cómo va cada bimestre."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from ejes.estados import EstadoReporte
from ejes.models import Accion, Bimestre, Compromiso, Eje, Hito, Plan
from ejes.reportes.reportar import Casilla, casillas, ejes_con_responsables, les_toca
from sesiones import permisos


@dataclass(frozen=True)
class Situacion:
    """Cómo va el reporte de una institución: se lee el texto; el tono solo lo acompaña."""

    casilla: Casilla
    texto: str
    tono: str

    @property
    def en_revision(self) -> bool:
        """Si ya se envió y quien conduce lo puede abrir."""
        return self.casilla.reporte is not None and self.casilla.reporte.estado != EstadoReporte.BORRADOR


@dataclass(frozen=True)
class Renglon:
    """Un bimestre con lo que cada institución ha entregado."""

    bimestre: Bimestre
    situaciones: tuple[Situacion, ...]

    @property
    def resumen(self) -> list[tuple[str, str]]:
        """«Entregado: 3» y su tono, de cada situación que haya."""
        cuenta = Counter((s.texto, s.tono) for s in self.situaciones)
        return [(f"{texto}: {cuantos}", tono) for (texto, tono), cuantos in cuenta.items()]


def planes_de(usuario: Any, al: dt.date) -> "QuerySet[Plan]":
    """Los de los órganos que conduce o audita, del más nuevo al más viejo, con cuántos cortes tienen."""
    suyos = Plan.objects.filter(organo__in=permisos.organos_que_audita(usuario, al))
    return suyos.annotate(total_cortes=Count("cortes")).order_by("-inicio", "clave")


def arbol(plan: Plan) -> "QuerySet[Eje]":
    """Los ejes con sus compromisos, acciones e hitos, y quién responde, en un número fijo de consultas."""
    acciones = Prefetch("acciones", Accion.objects.order_by("numero"))
    hitos = Prefetch("hitos", Hito.objects.order_by("previsto", "pk"))
    compromisos = Compromiso.objects.order_by("numero").select_related("responsable__institucion")
    con_todo = compromisos.prefetch_related(acciones, hitos, "partes")
    ejes = plan.ejes.order_by("numero").select_related("responsable__institucion")
    return ejes.prefetch_related(Prefetch("compromisos", con_todo), "submetas", "propuestas")


def bimestres(plan: Plan, al: dt.date) -> list[Renglon]:
    """Todos los bimestres del plan con la situación de cada eje, en un número fijo de consultas."""
    filas = list(Bimestre.objects.filter(plan=plan).con_prorrogas().order_by("numero"))
    por_bimestre: dict[int, list[Situacion]] = {fila.pk: [] for fila in filas}
    for casilla in casillas(filas, ejes_con_responsables([plan])):
        por_bimestre[casilla.bimestre.pk].append(situacion(casilla, al))
    return [Renglon(fila, tuple(por_bimestre[fila.pk])) for fila in filas]


def situacion(casilla: Casilla, al: dt.date) -> Situacion:
    """Entregado, tarde, no reportó, en borrador… a esa fecha."""
    return Situacion(casilla, *_dicha(casilla, al))


def _dicha(casilla: Casilla, al: dt.date) -> tuple[str, str]:
    reporte, ventana = casilla.reporte, casilla.bimestre.ventana
    if reporte is not None and reporte.estado != EstadoReporte.BORRADOR:
        tarde = ", tarde" if reporte.tardio else ""
        return _YA_ENVIADO[reporte.estado][0] + tarde, _YA_ENVIADO[reporte.estado][1]
    if not casilla.bimestre.en_portal:
        return "No consta en este portal", "neutro"
    if casilla.vencida(al):
        return "No reportó", "error"
    if reporte is not None:
        return "En borrador", "curso"
    return ("Sin empezar", "neutro") if ventana.abierta(al) else ("Aún no se abre", "neutro")


_YA_ENVIADO = {
    EstadoReporte.ENVIADO.value: ("Entregado", "curso"),
    EstadoReporte.OBSERVADO.value: ("Con observaciones", "alerta"),
    EstadoReporte.VALIDADO.value: ("Validado", "exito"),
    EstadoReporte.PUBLICADO.value: ("Publicado", "exito"),
}


def cuentas(ejes: Iterable[Eje]) -> dict[str, int]:
    """Cuántos ejes, compromisos y acciones tiene; `ejes` viene de `arbol`."""
    filas = list(ejes)
    compromisos = [c for eje in filas for c in eje.compromisos.all()]
    acciones = sum(len(c.acciones.all()) for c in compromisos)
    return {"ejes": len(filas), "compromisos": len(compromisos), "acciones": acciones}


def del_bimestre(bimestre: Bimestre, al: dt.date) -> list[Situacion]:
    """La situación de cada institución en un bimestre; `bimestre` viene de `con_prorrogas`."""
    return [situacion(casilla, al) for casilla in les_toca(bimestre)]
