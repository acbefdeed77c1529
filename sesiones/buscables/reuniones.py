"""Las sesiones desde que se convocan y sus acuerdos desde que concluyen, sin lo testado en sus actas."""

from collections.abc import Iterator
from typing import Any

from sesiones import anuncio, publica
from sesiones.buscables.actas import de_ruta, ruta
from sesiones.estados import EstadoSesion
from sesiones.models import Acuerdo, Sesion
from sesiones.testar import Tachador
from stl_portal.buscador.fuentes import Clase, Fuente, Lugar
from stl_portal.texto import a_llano


def grupos() -> Iterator[str]:
    """Las sesiones que la ciudadanía puede ver."""
    for organo, sesion in Sesion.objects.publicas().values_list("organo__clave", "clave"):
        yield f"sesion:{organo}/{sesion}"


def de_sesion(grupo: str) -> Iterator[Lugar]:
    """La sesión y, si ya concluyó, cada acuerdo."""
    organo, clave = de_ruta(grupo)
    filas = Sesion.objects.publicas().select_related("organo").prefetch_related("convocatorias")
    sesion = filas.filter(organo__clave=organo, clave=clave).first()
    if sesion is None:
        return
    tachador = publica.tachadores([sesion.pk]).get(sesion.pk, publica.SIN_NADA)
    # Se lee antes de tachar: quien tacha cambia la fila en memoria.
    publica.tachar(anuncio.como_se_aviso(sesion), tachador)
    yield _lugar(sesion, grupo, _texto(sesion, tachador))
    if sesion.estado == EstadoSesion.CONCLUIDA:
        yield from (_acuerdo(acuerdo, sesion, tachador) for acuerdo in _acuerdos(sesion))


def _lugar(sesion: Sesion, clave: str, texto: str) -> Lugar:
    return Lugar(
        clave,
        "sesion",
        sesion.designacion,
        sesion.get_absolute_url(),
        texto,
        de_donde=f"Sesión {sesion.get_tipo_display().lower()}",
        organo=sesion.organo.clave,
        fecha=sesion.fecha,
        ficticio=sesion.organo.ficticio,
        objeto=sesion.pk,
    )


def _texto(sesion: Sesion, tachador: Tachador) -> str:
    """Para qué, dónde y de qué trata."""
    titulos = [tachador(titulo) for titulo in _orden_del_dia(sesion)]
    lugar = ", ".join(filter(None, (sesion.lugar, sesion.domicilio)))
    return " · ".join(filter(None, [sesion.objetivo, lugar, *titulos]))


def _orden_del_dia(sesion: Sesion) -> list[str]:
    """El que se avisó, mientras se desahoga; cambia punto por punto y se fija al concluir."""
    if sesion.estado == EstadoSesion.EN_CURSO:
        return [renglon[2] for renglon in anuncio.contenido(sesion).get("puntos", [])]
    return [punto.titulo for punto in anuncio.puntos(sesion)]


def _acuerdos(sesion: Sesion) -> Iterator[Acuerdo]:
    filas = sesion.acuerdos.select_related("responsable_asiento__institucion")
    for acuerdo in filas.order_by("numero"):
        acuerdo.sesion = sesion
        yield acuerdo


def _acuerdo(acuerdo: Any, sesion: Sesion, tachador: Tachador) -> Lugar:
    publica.tachar(acuerdo, tachador)
    responde = f" Responde: {acuerdo.quien_responde}." if acuerdo.quien_responde else ""
    return Lugar(
        f"acuerdo:{ruta(sesion)}/{acuerdo.numero}",
        "acuerdo",
        f"Acuerdo {acuerdo.ordinal.lower()} de la {sesion.designacion}",
        acuerdo.get_absolute_url(),
        f"{a_llano(acuerdo.texto)}{responde}",
        organo=sesion.organo.clave,
        fecha=sesion.fecha,
        ficticio=sesion.organo.ficticio,
        objeto=acuerdo.pk,
    )


def de_la_sesion(sesion: Sesion) -> list[str]:
    """El grupo de una sesión."""
    return [f"sesion:{ruta(sesion)}"]


CLASES = {"sesion": Clase("Sesión", "Sesiones"), "acuerdo": Clase("Acuerdo", "Acuerdos")}
FUENTE = Fuente("sesion", CLASES, grupos, de_sesion)
