"""Lo que la ciudadanía lee de una sesión convocada: lo que se avisó, no lo que se está preparando.

Mientras se prepara una enmienda, la fecha, la sede y el orden del día en la base ya cambiaron; lo
público sigue siendo la última convocatoria emitida. Iniciada la sesión, lo público son los hechos.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Case, DateField, F, Field, OuterRef, Q, QuerySet, Subquery, TimeField, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from sesiones import busqueda, publica
from sesiones.estados import EDITABLES, EstadoSesion
from sesiones.models import Convocatoria, Punto, Sesion

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
    if sesion.estado in CON_HECHOS:
        return sesion
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


def que_dicen(texto: str) -> Q:
    """Condición: cada palabra está en el nombre, la sede, el objetivo o el orden del día que son públicos.

    De las que ya empezaron se busca en sus filas; de las demás, en su última convocatoria.
    """
    expresiones = busqueda.patrones(texto)
    if not expresiones:
        return Q()
    # De las que tienen algo testado se busca en lo que se lee: la base no puede decir si un dato estaba.
    condicion = Q(estado__in=CON_HECHOS) & ~publica.con_testados()
    for expresion in expresiones:
        en_puntos = Punto.objects.filter(titulo__iregex=expresion).values("sesion")
        condicion &= busqueda.en_alguno(expresion, "designacion", *TEXTOS[1:]) | Q(pk__in=en_puntos)
    return condicion | Q(pk__in=[*_avisadas_que_dicen(expresiones), *_testadas_que_dicen(expresiones)])


def _testadas_que_dicen(expresiones: list[str]) -> list[int]:
    """Las que tienen un acta con datos testados y lo dicen sin ellos."""
    filas = Sesion.objects.publicas().filter(publica.con_testados(), estado__in=CON_HECHOS)
    sesiones = list(filas.prefetch_related("puntos"))
    por_sesion = publica.tachadores(sesion.pk for sesion in sesiones)
    return [s.pk for s in sesiones if busqueda.dicen(_hechos(s, por_sesion[s.pk]), expresiones)]


def _hechos(sesion: Sesion, tachador: publica.Tachador) -> str:
    """Todo lo que se busca de una sesión que ya empezó, sin lo testado."""
    publica.tachar(sesion, tachador)
    titulos = [tachador(punto.titulo) for punto in sesion.puntos.all()]
    return "\n".join([sesion.designacion, *(getattr(sesion, campo) for campo in TEXTOS[1:]), *titulos])


def _avisadas_que_dicen(expresiones: list[str]) -> list[int]:
    """Las que no han empezado y lo dicen en lo avisado; se lee aquí porque es un texto congelado en JSON."""
    sin_hechos = Sesion.objects.publicas().exclude(estado__in=CON_HECHOS).prefetch_related("convocatorias")
    return [sesion.pk for sesion in sin_hechos if busqueda.dicen(_legible(sesion), expresiones)]


def _legible(sesion: Sesion) -> str:
    """Todo lo que la ciudadanía lee de una sesión que no ha empezado, en renglones."""
    avisada = como_se_aviso(sesion)
    titulos = [punto.titulo for punto in puntos(avisada)]
    return "\n".join([avisada.designacion, *(getattr(avisada, campo) for campo in TEXTOS[1:]), *titulos])
