"""La convocatoria que cualquiera descarga: lo que se avisó, sin nombrar a nadie.

La que se emite dice quiénes ocupan cada lugar; esta dice solo qué instituciones. Sale de lo que quedó escrito
en la última convocatoria: mientras se prepara una enmienda, lo público no cambia.
"""

from collections.abc import Iterator, Sequence

from django.template.loader import render_to_string
from django.utils import timezone

from sesiones import anuncio
from sesiones.acta.bloques import Bloque, Renglon
from sesiones.acta.imprenta import Original
from sesiones.estados import Modalidad
from sesiones.integracion import integracion
from sesiones.models import Convocatoria, Sesion
from sesiones.testar import Tachador
from stl_portal.espanol import con_articulo, fecha_larga, hora_numerica, mayuscula_inicial
from stl_portal.texto import a_llano


def convocatoria(sesion: Sesion, emitida: Convocatoria, tachador: Tachador) -> Original:
    """El PDF de la última emitida; `sesion`, ya como se avisó y sin lo testado (`anuncio`, `publica`)."""
    denominacion = sesion.organo.denominacion(sesion.fecha)
    titulo = f"Convocatoria a la {sesion.designacion}"
    puntos = [(p.nivel, p.etiqueta, tachador(a_llano(p.titulo))) for p in anuncio.avisados(sesion)]
    ficha, instituciones = tuple(_ficha(sesion, emitida)), _instituciones(sesion)
    contexto = {
        "titulo": titulo,
        "documento": f"{titulo}. Versión pública",
        "organo": {"nombre": denominacion.nombre, "sede": _rotulo(sesion)},
        "del_organo": con_articulo(denominacion.nombre, "de"),
        "enmienda": emitida.secuencia > 0,
        "ficha": Bloque("datos", "ficha", filas=ficha),
        "orden": Bloque("orden", "orden", renglones=anidados(puntos)),
        "instituciones": instituciones,
    }
    datos = {
        "organo": denominacion.nombre,
        "designacion": sesion.designacion,
        "ficha": dict(ficha),
        "puntos": [{"nivel": n, "etiqueta": e, "titulo": t} for n, e, t in puntos],
        "instituciones": instituciones,
    }
    return Original(
        html=render_to_string("documentos/sesiones/convocatoria_publica.html", contexto),
        titulo=titulo,
        nombre=f"convocatoria-{sesion.clave}-{sesion.organo.clave}.pdf",
        sesion=sesion,
        datos=datos,
    )


def _rotulo(sesion: Sesion) -> str:
    return "Órgano ficticio: datos de demostración" if sesion.organo.ficticio else ""


def _ficha(sesion: Sesion, emitida: Convocatoria) -> Iterator[tuple[str, str]]:
    """Cuándo, cómo, dónde, para qué, si el público puede asistir y cuándo se emitió."""
    yield "Fecha", mayuscula_inicial(fecha_larga(sesion.fecha, con_dia=True))
    yield "Hora", hora_numerica(sesion.hora)
    if sesion.modalidad:
        yield "Modalidad", str(Modalidad(sesion.modalidad).label)
    if sede := ". ".join(parte.rstrip(".") for parte in (sesion.lugar, sesion.domicilio) if parte):
        yield "Sede", sede
    if sesion.objetivo:
        yield "Objetivo", sesion.objetivo
    yield "Si puedes asistir", sesion.publico or "La convocatoria no lo dice: pregúntalo al secretariado."
    yield "Se emitió", fecha_larga(timezone.localdate(emitida.emitida_el))


def _instituciones(sesion: Sesion) -> list[str]:
    """Las que tienen un lugar ese día, también si está vacante; de sus personas, nada."""
    nombres = (lugar.asiento.institucion.nombre for lugar in integracion(sesion.organo, sesion.fecha))
    return list(dict.fromkeys(nombres))


def anidados(puntos: Sequence[tuple[int, str, str]]) -> tuple[Renglon, ...]:
    """El orden del día con cada punto dentro del anterior de un nivel menos."""
    hechos: list[Renglon] = []
    lugar = 0
    while lugar < len(puntos):
        nivel, etiqueta, titulo = puntos[lugar]
        fin = lugar + 1
        while fin < len(puntos) and puntos[fin][0] > nivel:
            fin += 1
        hechos.append(Renglon(etiqueta, titulo, dentro=anidados(puntos[lugar + 1 : fin])))
        lugar = fin
    return tuple(hechos)
