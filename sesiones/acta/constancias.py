"""La prosa de la convocatoria y de la certificación de un acuerdo."""

from collections.abc import Iterator
from dataclasses import dataclass

from sesiones.acta import formulas
from sesiones.acta.palabras import con_fundamento, concordar, frase, llano, sin_punto
from sesiones.acta.piezas import Convocatoria, Hechos
from sesiones.acta.redaccion import donde
from sesiones.estados import Modalidad
from sesiones.integracion import Lugar, integracion
from sesiones.models import Sesion
from stl_portal.espanol import (
    con_articulo,
    fecha_en_palabras,
    fecha_larga,
    hora_numerica,
    mayuscula_inicial,
)

DE_QUE_MANERA = {
    Modalidad.PRESENCIAL: "de manera presencial",
    Modalidad.REMOTA: "a distancia",
    Modalidad.HIBRIDA: "de manera presencial y a distancia",
}


@dataclass(frozen=True)
class Suscribe:
    """Quien firma un documento que no es el acta."""

    nombre: str
    cargo: str
    dependencia: str
    sexo: str


def convocadas(sesion: Sesion) -> tuple[list[tuple[str, ...]], Suscribe | None]:
    """Instituciones con su titular y suplente en la fecha, y la persona facilitadora que convoca."""
    lugares = integracion(sesion.organo, sesion.fecha)
    filas: list[tuple[str, ...]] = [
        (
            lugar.asiento.institucion.nombre,
            lugar.titular.persona.formal if lugar.titular else "Lugar vacante",
            "; ".join(s.persona.formal for s in lugar.suplentes),
        )
        for lugar in lugares
    ]
    return filas, next(
        (_suscribe(lugar) for lugar in lugares if lugar.asiento.facilita and lugar.titular), None
    )


def _suscribe(lugar: Lugar) -> Suscribe | None:
    titular = lugar.titular
    if titular is None:
        return None
    nombre = f"{titular.tratamiento or titular.persona.tratamiento} {titular.persona.nombre}".strip()
    return Suscribe(nombre, titular.cargo, lugar.asiento.institucion.nombre, titular.persona.sexo)


def convoca(h: Hechos) -> str:
    """A quiénes se convoca, a qué, cuándo, cómo y dónde."""
    valores = {
        "organo": con_articulo(h.organo),
        "sesion": h.designacion,
        "manera": DE_QUE_MANERA[Modalidad(h.modalidad)],
        "cuando": f"el {fecha_larga(h.fecha, con_dia=True)}, a las {hora_numerica(h.hora)}",
        "sede": donde(h),
        "fundamento": con_fundamento(h.citas.get("convocatoria", "")),
    }
    return formulas.oracion(h, formulas.CONVOCA, valores)


def leyendas(h: Hechos) -> dict[str, str]:
    """Lo que se aclara del orden del día y de la suplencia; vacío, no se imprime."""
    cita = h.citas.get("suplencia", "")
    suplencia = {"fundamento": f"({cita})" if cita else ""}
    return {
        "del_orden": formulas.oracion(h, formulas.ORDEN, {}),
        "de_suplencia": formulas.oracion(h, formulas.SUPLENCIA, suplencia),
    }


def enmienda(h: Hechos, emite: Convocatoria | None) -> str:
    """Qué convocatoria sustituye y por qué, si ya se había emitido una."""
    if not h.convocatorias:
        return ""
    primera = fecha_larga(h.convocatorias[0].emitida)
    motivo = frase("Motivo:", sin_punto(emite.motivo)) if emite and emite.motivo else ""
    return f"Esta convocatoria enmienda la emitida el {primera}. {motivo}".strip()


def ficha_de_convocatoria(h: Hechos, emite: Convocatoria | None) -> Iterator[tuple[str, str]]:
    """Fecha, hora, modalidad, sede, objetivo, si el público puede asistir y emisión."""
    yield "Fecha", mayuscula_inicial(fecha_larga(h.fecha, con_dia=True))
    yield "Hora", hora_numerica(h.hora)
    yield "Modalidad", str(Modalidad(h.modalidad).label)
    yield "Sede", ". ".join(llano(parte).rstrip(".") for parte in (h.lugar, h.domicilio) if parte)
    if h.objetivo:
        yield "Objetivo", llano(h.objetivo)
    if h.publico:
        yield "Público", llano(h.publico)
    if emite:
        yield "Se emite", fecha_larga(emite.emitida)


def quien_certifica(h: Hechos) -> Suscribe | None:
    """La persona facilitadora de esa sesión; si no asistió, quien presidió."""
    persona = h.facilitadora or h.presidencia
    if persona is None:
        return None
    return Suscribe(persona.formal, persona.cargo, persona.institucion, persona.sexo)


def certifica(h: Hechos, firma: Suscribe | None) -> str:
    """Quién certifica, con qué fundamento y de qué sesión es el acuerdo."""
    quien = "Se certifica"
    if firma:
        suscribe = concordar(firma.sexo, "La suscrita", "El suscrito", "Quien suscribe")
        quien = ", ".join(p for p in (suscribe, firma.nombre, firma.cargo) if p) + ", certifica"
    cita = con_fundamento(h.citas.get("certificacion", ""))
    sesion = (
        f"en la {h.designacion} {con_articulo(h.organo, 'de')}, celebrada el {fecha_en_palabras(h.fecha)}"
    )
    return (
        frase(
            f"{quien}{f', {cita},' if cita else ''} que {sesion}, se tomó el siguiente acuerdo"
        ).removesuffix(".")
        + ":"
    )
