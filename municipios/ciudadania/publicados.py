"""Los cortes municipales que cualquiera puede leer: cuáles hay, cuál rige y cuál se pidió."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from municipios.documento import CorteLeido, leer
from municipios.estados import EstadoCorte
from municipios.models import CorteMunicipal, CorteMunicipalPublicado
from sesiones.estados import ACTA_PUBLICA
from sesiones.models import Acta, Organo

DONDE = "corte__punto__sesion__organo"  # la sesión donde se presentó


@dataclass(frozen=True)
class Seguimiento:
    """Un órgano que sigue a los municipios y lo que ha publicado, del corte más viejo al más nuevo."""

    organo: Organo
    publicados: Sequence[Any]  # `CorteMunicipalPublicado`, como los trae `filas`

    @property
    def cortes(self) -> list[CorteMunicipalPublicado]:
        """Los que rigen, que es `CorteMunicipal.objects.vigentes()` quien lo dice."""
        return [fila for fila in self.publicados if fila.rige]

    @property
    def ultimo(self) -> CorteMunicipalPublicado:
        """El más reciente de los que rigen; siempre hay uno, porque el que corrige también se publicó."""
        return self.cortes[-1]

    def anterior_a(self, fila: CorteMunicipalPublicado) -> CorteMunicipalPublicado | None:
        """Con el que se compara si no se dice otro; None si es el primero."""
        previo = CorteMunicipal.objects.anterior_a(fila.corte)
        return next((otra for otra in self.publicados if previo and otra.corte_id == previo.pk), None)

    def con_numero(self, numero: str) -> CorteMunicipalPublicado:
        """El publicado con ese número, aunque se haya corregido. `Http404` si no está."""
        pedido: CorteMunicipalPublicado | None = next(
            (fila for fila in self.publicados if str(fila.corte.numero) == numero), None
        )
        if pedido is None:
            raise Http404("Ese corte no existe o no se ha publicado.")
        return pedido


def filas() -> QuerySet[Any]:
    """Todos los publicados, también los corregidos, sin sus bytes, con lo que sus páginas nombran.

    Cada uno dice en `rige` si ninguna corrección publicada lo sustituyó y en `con_acta`, si cualquiera lee
    aquí el acta de la sesión donde se presentó.
    """
    vigente = CorteMunicipal.objects.vigentes().filter(pk=OuterRef("corte"))
    publicados = CorteMunicipalPublicado.objects.filter(corte__estado=EstadoCorte.PUBLICADO)
    actas = Acta.objects.filter(sesion=OuterRef("corte__punto__sesion"), estado__in=ACTA_PUBLICA)
    publicados = publicados.annotate(rige=Exists(vigente), con_acta=Exists(actas))
    con_todo = publicados.select_related("corte__organo", "corte__corrige", "corte__correccion", DONDE)
    return (
        con_todo.prefetch_related("corte__organo__denominaciones")
        .defer("documento")
        .order_by("corte__organo__ficticio", "corte__organo__clave", "corte__fecha", "corte__numero")
    )


def seguimientos() -> list[Seguimiento]:
    """Los que ya publicaron algo: primero los reales."""
    por_organo: dict[int, list[CorteMunicipalPublicado]] = {}
    for fila in filas():
        por_organo.setdefault(fila.corte.organo_id, []).append(fila)
    return [Seguimiento(cortes[0].corte.organo, cortes) for cortes in por_organo.values()]


def elegir(todos: Sequence[Seguimiento], clave: str) -> Seguimiento | None:
    """El de la clave o, sin clave, el primero; None si no hay ninguno. `Http404` si la clave no está."""
    if not clave:
        return todos[0] if todos else None
    elegido = next((s for s in todos if s.organo.clave == clave), None)
    if elegido is None:
        raise Http404("Ese órgano no ha publicado cortes.")
    return elegido


def pedido(organo: str, numero: int) -> CorteMunicipalPublicado:
    """El publicado con ese número, aunque ya se haya corregido, con sus bytes. `Http404` si no lo hay."""
    con_bytes = filas().defer(None)
    fila: CorteMunicipalPublicado = get_object_or_404(
        con_bytes, corte__organo__clave=organo, corte__numero=numero
    )
    return fila


def leido(fila: CorteMunicipalPublicado) -> CorteLeido:
    """Lo que dicen sus bytes sellados."""
    return leer(bytes(fila.documento))


def correccion(fila: CorteMunicipalPublicado) -> CorteMunicipal | None:
    """El corte publicado que lo sustituyó, si lo hay."""
    siguiente = getattr(fila.corte, "correccion", None)
    if siguiente is None or siguiente.estado != EstadoCorte.PUBLICADO:
        return None
    siguiente.organo = fila.corte.organo
    corte: CorteMunicipal = siguiente
    return corte
