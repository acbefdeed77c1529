"""Los datos que viajan dentro de cada PDF: lo que su página dice, y nada más.

Se escriben campo por campo. Lo que se agregue a los hechos no entra a un documento hasta que aquí se
decida; el nombre o el cargo de alguien entra solo si la página lo nombra, también si se editó a mano.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sesiones.acta import piezas
from sesiones.acta.bloques import Bloque, Renglon
from sesiones.acta.constancias import Suscribe
from sesiones.acta.palabras import llano
from sesiones.acta.piezas import Hechos

Datos = dict[str, Any]

DEL_ACTA = (
    *("organo", "clave", "designacion", "numero", "tipo", "modalidad"),
    *("fecha", "inicio", "cierre", "lugar", "domicilio"),
)
DE_LA_CITA = (
    *("organo", "clave", "designacion", "numero", "tipo", "modalidad"),
    *("fecha", "hora", "lugar", "domicilio", "objetivo"),
)
DE_LA_VOTACION = ("a_favor", "en_contra", "abstenciones", "voto_de_calidad", "aprobada", "unanime", "padron")


def del_acta(h: Hechos, bloques: list[Bloque]) -> Datos:
    """El acta: sus párrafos tal como se leen y, con las mismas claves, las cifras y fechas que dicen."""
    dicho = " ".join(_textos(bloques))
    parrafos = {b.clave: b.texto for b in bloques if b.editable}
    return _campos(h, DEL_ACTA) | {
        "quorum": [
            _campos(q, ("convocatoria", "hay", "presentes", "base", "requeridos", "hora")) for q in h.quorums
        ],
        "asistentes": [_asistente(a, dicho) for a in h.asistentes if a.presente and _dice(dicho, a.formal)],
        "puntos": [_punto(p) for p in h.puntos],
        "acuerdos": [_acuerdo(a, parrafos) for a in h.acuerdos],
        "recesos": [_campos(r, ("inicio", "fin")) for r in h.recesos],
        "anexos": [a.titulo for a in h.anexos],
        "firmas": [_campos(f, ("nombre", "cargo", "institucion")) for f in h.firmas],
        "parrafos": parrafos,
    }


def de_la_convocatoria(
    h: Hechos,
    emite: piezas.Convocatoria | None,
    convocadas: Iterable[tuple[str, ...]],
    firma: Suscribe | None,
) -> Datos:
    """La convocatoria: cuándo, dónde, con qué orden del día, a quiénes, y qué aviso es."""
    return _campos(h, DE_LA_CITA) | {
        "emision": _campos(emite, ("secuencia", "emitida", "motivo")) if emite else None,
        "puntos": [_campos(p, ("etiqueta", "nivel", "titulo")) for p in h.puntos],
        "convocadas": [
            dict(zip(("institucion", "titular", "suplente"), fila, strict=True)) for fila in convocadas
        ],
        "convoca": _campos(firma, ("nombre", "cargo", "dependencia")) if firma else None,
    }


def de_la_certificacion(h: Hechos, acuerdo: piezas.Acuerdo, bloques: list[Bloque]) -> Datos:
    """El acuerdo que se certifica y la sesión de la que es."""
    parrafos = {b.clave: b.texto for b in bloques if b.editable}
    return _campos(h, ("organo", "clave", "designacion", "fecha")) | {"acuerdo": _acuerdo(acuerdo, parrafos)}


def _campos(pieza: object, nombres: Iterable[str]) -> Datos:
    return {nombre: getattr(pieza, nombre) for nombre in nombres}


def _dice(dicho: str, texto: str) -> bool:
    """Si la página dice ese texto."""
    return bool(texto) and llano(texto) in dicho


def _asistente(a: piezas.Asistente, dicho: str) -> Datos:
    """Quién estuvo; el cargo y el oficio, si la página los dice."""
    datos = {"nombre": a.formal, "institucion": a.institucion, "calidad": a.calidad, "ocupa": a.ocupa}
    return datos | {
        campo: valor for campo, valor in _campos(a, ("cargo", "oficio")).items() if _dice(dicho, valor)
    }


def _punto(p: piezas.Punto) -> Datos:
    """El punto con sus votaciones, plazos y anexos propios; lo dicho en él está en los párrafos."""
    datos = {"clave": f"punto-{p.id}"} | _campos(p, ("etiqueta", "nivel", "titulo", "en_sesion", "resultado"))
    return datos | {
        "votaciones": [_votacion(v) for v in p.votaciones],
        "plazos": [_campos(x, ("fecha", "original")) for x in p.plazos],
        "anexos": [x.titulo for x in p.anexos],
    }


def _acuerdo(a: piezas.Acuerdo, parrafos: dict[str, str]) -> Datos:
    """El acuerdo como se lee, con su compromiso, que no se edita a mano."""
    clave = f"acuerdo-{a.id}"
    return {
        "clave": clave,
        "punto": f"punto-{a.punto}",
        "numero": a.numero,
        "texto": parrafos[clave],
        "responsable": a.responsable,
        "votaciones": [_votacion(v) for v in a.votaciones],
        "plazos": [_campos(x, ("literal", "fecha", "original")) for x in a.plazos],
        "suplencias": list(a.admite),
        "anexos": [x.titulo for x in a.anexos],
    }


def _votacion(v: piezas.Votacion) -> Datos:
    """La cuenta y, si fue nominal, la tabla que se imprime."""
    nominal = [_campos(voto, ("institucion", "nombre", "sentido")) for voto in v.nominal]
    return {"clave": f"votacion-{v.id}"} | _campos(v, DE_LA_VOTACION) | {"nominal": nominal}


def _textos(bloques: Iterable[Bloque]) -> Iterator[str]:
    """Todo lo que se lee en la página, con un solo espacio entre palabras."""
    for bloque in bloques:
        celdas = (celda for fila in bloque.filas for celda in fila)
        yield from (llano(t) for t in (bloque.rotulo, bloque.texto, *celdas))
        yield from _de_renglones(bloque.renglones)


def _de_renglones(renglones: Iterable[Renglon]) -> Iterator[str]:
    for renglon in renglones:
        yield llano(renglon.titulo)
        yield from _de_renglones(renglon.dentro)
