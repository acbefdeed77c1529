"""Lo que la ciudadanía lee de una sesión convocada: lo que se avisó, no lo que se está preparando.

Mientras se prepara una enmienda, la fecha, la sede y el orden del día en la base ya cambiaron; lo
público sigue siendo la última convocatoria emitida. Iniciada la sesión, lo público son los hechos.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Case, DateField, F, Field, OuterRef, QuerySet, Subquery, TimeField, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from sesiones.estados import EDITABLES, EstadoSesion
from sesiones.models import Convocatoria, Sesion

CON_HECHOS = (EstadoSesion.EN_CURSO, EstadoSesion.CONCLUIDA)
TEXTOS = ("modalidad", "lugar", "domicilio", "objetivo", "publico")


class PuntoAvisado(NamedTuple):
    """Renglón del orden del día tal como se convocó."""

    nivel: int
    etiqueta: str
    titulo: str


def contenido(sesion: Sesion) -> dict[str, Any]:
    """Lo que dice su última convocatoria; vacío si no se ha emitido ninguna."""
    emitidas = list(sesion.convocatorias.all())  # ya vienen traídas y en orden
    avisado: dict[str, Any] = emitidas[-1].contenido if emitidas else {}
    return avisado


def como_se_aviso(sesion: Sesion) -> Sesion:
    """La sesión con los datos de su última convocatoria; sin convocatoria, sin esos datos.

    Cambia la fila en memoria, que solo se muestra: no se guarda.
    """
    return sesion if sesion.estado in CON_HECHOS else segun_su_aviso(sesion)


def segun_su_aviso(sesion: Sesion) -> Sesion:
    """Lo mismo, aunque la sesión ya haya empezado: lo que se avisó no cambia con lo que pasó."""
    avisado = contenido(sesion)
    sesion.designacion = avisado.get("designacion", sesion.designacion)
    for campo in TEXTOS:
        setattr(sesion, campo, avisado.get(campo, ""))
    cuando: Any = (None, None)  # una sesión que nadie convocó no anuncia fecha
    if avisado:
        cuando = dt.date.fromisoformat(avisado["fecha"]), dt.time.fromisoformat(avisado["hora"])
    sesion.fecha, sesion.hora = cuando
    return sesion


def todas(sesiones: Iterable[Sesion]) -> list[Sesion]:
    """Varias, con sus convocatorias ya traídas (`prefetch_related`)."""
    return [como_se_aviso(sesion) for sesion in sesiones]


def puntos(sesion: Sesion) -> list[Any]:
    """El orden del día público: el que se avisó o, con la sesión en curso, el que se desahoga."""
    if sesion.estado in CON_HECHOS:
        return sesion.puntos.only("titulo", "orden", "padre_id", "sesion_id", "tipo").en_arbol()
    return avisados(sesion)


def avisados(sesion: Sesion) -> list[PuntoAvisado]:
    """El orden del día como se convocó."""
    return [PuntoAvisado(*renglon) for renglon in contenido(sesion).get("puntos", [])]


def _avisado_o_hecho(campo: str, tipo: "Field[Any, Any]") -> Case:
    """El dato de la fila si la sesión ya empezó; si no, el de su última convocatoria, o nulo."""
    ultima = Convocatoria.objects.filter(sesion=OuterRef("pk")).order_by("-secuencia")
    avisado = Subquery(ultima.values(dicho=KT(f"contenido__{campo}"))[:1])
    return Case(When(estado__in=CON_HECHOS, then=F(campo)), default=Cast(avisado, tipo), output_field=tipo)


def fechadas(sesiones: QuerySet[Sesion]) -> QuerySet[Any]:
    """Anota `dia` y `a_las`, la fecha y la hora que se publican: con ellas se filtra y se ordena."""
    return sesiones.annotate(
        dia=_avisado_o_hecho("fecha", DateField()), a_las=_avisado_o_hecho("hora", TimeField())
    )


def por_celebrar(sesiones: QuerySet[Sesion], al: dt.date) -> QuerySet[Any]:
    """Las que vienen según lo que se avisó, de la más próxima a la más lejana."""
    return fechadas(sesiones).filter(estado__in=EDITABLES, dia__gte=al).order_by("dia", "a_las", "pk")
