"""«Qué falta para…»: lo que impide o aconseja esperar antes de convocar, cerrar o circular el acta."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sesiones.estados import EstadoSesion, Resultado, TipoPunto
from sesiones.models import Firmante, Punto, Sesion
from sesiones.plazos import plazo_convocatoria

SIN_DESAHOGO = frozenset(
    {TipoPunto.GRUPO, TipoPunto.LISTA, TipoPunto.PROPUESTAS, TipoPunto.GENERALES, TipoPunto.ACTA}
)


@dataclass(frozen=True)
class Falta:
    """Algo por hacer, con la dirección donde se arregla. `impide` = sin eso no se puede."""

    texto: str
    url: str
    impide: bool = False


def para_convocar(sesion: Sesion) -> list[Falta]:
    """Antes de emitir la convocatoria."""
    faltas = []
    if not sesion.puntos.exists():
        faltas.append(Falta("El orden del día está vacío.", sesion.paso_url("orden"), impide=True))
    if not sesion.lugar:
        faltas.append(Falta("Falta la sede o plataforma.", sesion.paso_url("convocatoria"), impide=True))
    return faltas


def aviso_de_plazo(sesion: Sesion, emision: dt.date) -> str:
    """Frase sobre los días de aviso si se emitiera en esa fecha."""
    regla = sesion.regla
    return plazo_convocatoria(
        emision, sesion.fecha, regla.dias_de_aviso(sesion.tipo), habiles=regla.aviso_habiles
    ).frase


def para_cerrar(sesion: Sesion) -> list[Falta]:
    """Antes de cerrar la sesión."""
    faltas = []
    if sesion.estado != EstadoSesion.EN_CURSO:
        texto = "Falta declarar el quórum." if sesion.con_quorum else "Falta iniciar la reunión."
        faltas.append(Falta(texto, sesion.paso_url("asistencia"), impide=True))
    faltas += [
        Falta(f"El punto {p.etiqueta} «{p.titulo}» no tiene resultado.", url_de_punto(p))
        for p in puntos_sin_resultado(sesion)
    ]
    return faltas


def para_circular(sesion: Sesion) -> list[Falta]:
    """Antes de circular el acta a revisión."""
    faltas = []
    if sesion.estado != EstadoSesion.CONCLUIDA:
        faltas.append(Falta("La sesión no se ha cerrado.", sesion.paso_url("cierre"), impide=True))
    faltas += [
        Falta(f"El anexo «{a.titulo}» no tiene archivo.", sesion.paso_url("cierre"))
        for a in sesion.anexos.filter(archivo__isnull=True)
    ]
    faltas += [Falta(texto, sesion.paso_url("cierre")) for texto in firmas_sin_explicar(sesion)]
    return faltas


def puntos_sin_resultado(sesion: Sesion) -> Iterator[Punto]:
    """Puntos que debieron desahogarse y siguen pendientes."""
    for punto in sesion.puntos.en_arbol():
        if punto.resultado == Resultado.PENDIENTE and punto.tipo not in SIN_DESAHOGO:
            yield punto


def url_de_punto(punto: Punto) -> str:
    """Dirección del desahogo de un punto."""
    return f"{punto.sesion.paso_url('desahogo')}{punto.pk}/"


def firmas_sin_explicar(sesion: Sesion) -> list[str]:
    """Diferencias entre quienes asistieron y quienes firman que nadie ha explicado."""
    firmantes = list(sesion.firmantes.select_related("asistencia"))
    if not firmantes:
        return ["No hay lista de quienes firman."]
    firmadas = {f.asistencia_id for f in firmantes}
    faltas = [
        f"{f.nombre} firma sin haber asistido: explica por qué."
        for f in firmantes
        if f.asistencia_id is None and not f.explicacion
    ]
    asistentes = sesion.asistencias.de_asientos().presentes().filter(ocupa_asiento=True, en_quorum=True)
    esperados = {f.asistencia_id for f in Firmante.segun_regla(sesion)}
    faltas += [
        f"{a.formal} asistió y no firma: explica por qué en sus datos."
        for a in asistentes
        if a.pk not in firmadas and a.pk in esperados and not a.sin_firma
    ]
    return faltas
