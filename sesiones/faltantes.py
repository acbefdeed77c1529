"""«Qué falta para…»: lo que impide o aconseja esperar antes de convocar, cerrar o circular el acta."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from sesiones.acta import firmas, piezas
from sesiones.acta.hechos import hechos_de
from sesiones.acta.piezas import Hechos
from sesiones.estados import ACTA_PUBLICA, EstadoSesion
from sesiones.models import Plazo, Regla, Sesion
from sesiones.plazos import aviso_plazo, plazo_convocatoria, sumar_dias_habiles
from stl_portal.espanol import fecha_larga

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
    faltas += _puntos_pendientes(sesion)
    plazos = Plazo.objects.filter(punto__sesion=sesion)
    return [*faltas, *_plazos_que_no_cuadran(sesion, ((plazo.punto_id, plazo) for plazo in plazos))]


def _puntos_pendientes(sesion: Sesion) -> Iterator[Falta]:
    """Los puntos sin resultado: los que no se alcanzaron y los que solo les falta decir cómo terminaron."""
    sin_resultado = set(sesion.puntos.sin_resultado().values_list("pk", flat=True))
    sin_tratar = set(sesion.puntos.sin_tratar().values_list("pk", flat=True))
    for punto in sesion.puntos.en_arbol():
        if punto.pk in sin_resultado:
            falta = "no se ha tratado" if punto.pk in sin_tratar else "no tiene resultado"
            texto = f"El punto {' '.join(punto.ruta)} «{punto.titulo}» {falta}."
            yield Falta(texto, f"{sesion.punto_url(punto.pk)}#resultado")


def _plazos_que_no_cuadran(
    sesion: Sesion, plazos: Iterable[tuple[int, Plazo | piezas.Plazo]]
) -> Iterator[Falta]:
    """Advertencias de los plazos (con el id de su punto) cuya fecha no es la que se dijo."""
    for punto, plazo in plazos:
        aviso = aviso_plazo(plazo.literal, plazo.fecha, sesion.fecha)
        if aviso:
            yield Falta(f"{plazo.concepto}: {aviso}", f"{sesion.punto_url(punto)}#plazos")


def para_circular(sesion: Sesion, hechos: Hechos | None = None) -> list[Falta]:
    """Antes de circular el acta a revisión. `hechos`, si ya se reunieron, ahorra volver a leerlos."""
    faltas = []
    if sesion.estado != EstadoSesion.CONCLUIDA:
        faltas.append(Falta("La sesión no se ha cerrado.", sesion.paso_url("cierre"), impide=True))
    faltas += [
        Falta(f"El anexo «{a.titulo}» no tiene archivo.", sesion.paso_url("cierre"))
        for a in sesion.anexos.filter(archivo__isnull=True)
    ]
    hechos = hechos or hechos_de(sesion)
    faltas += [Falta(texto, f"{sesion.paso_url('cierre')}#firmas") for texto in firmas_sin_explicar(hechos)]
    return [*faltas, *_plazos_que_no_cuadran(sesion, plazos_de(hechos)), *_plazo_para_publicar(sesion)]


def limite_para_publicar(sesion: Sesion, regla: Regla | None) -> dt.date | None:
    """Último día para publicar el acta: los días hábiles de la regla desde el siguiente al de la sesión.

    None si la regla no fija un plazo o si es una reunión de trabajo, cuya acta no hay que publicar.
    """
    if regla is None or regla.publicacion_dias is None or not sesion.con_quorum:
        return None
    return sumar_dias_habiles(sesion.fecha, regla.publicacion_dias)


def _plazo_para_publicar(sesion: Sesion) -> Iterator[Falta]:
    """Hasta cuándo hay para publicarla, mientras no se publique."""
    limite = limite_para_publicar(sesion, sesion.organo.reglas.vigentes(sesion.fecha).first())
    if limite and not sesion.actas.filter(estado__in=ACTA_PUBLICA).exists():
        texto = f"El acta se publica a más tardar el {fecha_larga(limite, con_dia=True)}."
        yield Falta(texto, sesion.paso_url("acta"))


def plazos_de(hechos: Hechos) -> Iterator[tuple[int, piezas.Plazo]]:
    """Los plazos de la sesión, propios y de acuerdos, con el id de su punto."""
    for punto in hechos.puntos:
        for plazo in chain(punto.plazos, *(acuerdo.plazos for acuerdo in punto.acuerdos)):
            yield punto.id, plazo


def firmas_sin_explicar(hechos: Hechos) -> list[str]:
    """Diferencias entre quienes asistieron, contaron y firman que ni las filas ni nadie explican."""
    if hechos.firmas_propuestas:
        return ["No hay lista de quienes firman."]
    return [SIN_EXPLICAR[d.tipo].format(d.nombre) for d in firmas.diferencias_de(hechos) if d.falta]
