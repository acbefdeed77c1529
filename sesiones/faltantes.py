"""«Qué falta para…»: lo que impide o aconseja esperar antes de convocar, cerrar o circular el acta."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sesiones.acta import firmas
from sesiones.acta.hechos import hechos_de
from sesiones.acta.piezas import Hechos
from sesiones.estados import EstadoSesion, Resultado, TipoPunto
from sesiones.models import Punto, Sesion
from sesiones.plazos import plazo_convocatoria

SIN_DESAHOGO = frozenset(
    {TipoPunto.GRUPO, TipoPunto.LISTA, TipoPunto.PROPUESTAS, TipoPunto.GENERALES, TipoPunto.ACTA}
)

SIN_EXPLICAR = {
    firmas.NO_ASISTIO: "{} firma sin haber asistido: explica por qué.",
    firmas.DESPUES: "{} firma y no contó en el quórum: explica por qué.",
    firmas.NO_FIRMA: "{} asistió y no firma: explica por qué.",
}


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


def para_circular(sesion: Sesion, hechos: Hechos | None = None) -> list[Falta]:
    """Antes de circular el acta a revisión. `hechos`, si ya se reunieron, ahorra volver a leerlos."""
    faltas = []
    if sesion.estado != EstadoSesion.CONCLUIDA:
        faltas.append(Falta("La sesión no se ha cerrado.", sesion.paso_url("cierre"), impide=True))
    faltas += [
        Falta(f"El anexo «{a.titulo}» no tiene archivo.", sesion.paso_url("cierre"))
        for a in sesion.anexos.filter(archivo__isnull=True)
    ]
    faltas += [
        Falta(texto, sesion.paso_url("cierre")) for texto in firmas_sin_explicar(hechos or hechos_de(sesion))
    ]
    return faltas


def puntos_sin_resultado(sesion: Sesion) -> Iterator[Punto]:
    """Puntos que debieron desahogarse y siguen pendientes."""
    for punto in sesion.puntos.en_arbol():
        if punto.resultado == Resultado.PENDIENTE and punto.tipo not in SIN_DESAHOGO:
            yield punto


def url_de_punto(punto: Punto) -> str:
    """Dirección del desahogo de un punto."""
    return f"{punto.sesion.paso_url('desahogo')}{punto.pk}/"


def firmas_sin_explicar(hechos: Hechos) -> list[str]:
    """Diferencias entre quienes asistieron, contaron y firman que ni las filas ni nadie explican."""
    if hechos.firmas_propuestas:
        return ["No hay lista de quienes firman."]
    return [SIN_EXPLICAR[d.tipo].format(d.nombre) for d in firmas.diferencias_de(hechos) if d.falta]
