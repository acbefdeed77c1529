"""El orden del día con el que nace una sesión: plantilla o copia, acta anterior y acuerdos pendientes."""

from collections.abc import Iterable

from django.db import transaction

from sesiones.estados import Resultado, TipoPunto
from sesiones.models import Acuerdo, Punto, Sesion
from stl_portal.espanol import fecha_larga
from stl_portal.texto import a_llano

ACTA_APROBADA = (Resultado.UNANIMIDAD, Resultado.MAYORIA, Resultado.CONSENSO)


def actas_por_aprobar(sesion: Sesion) -> list[Sesion]:
    """Sesiones anteriores cuya acta nadie ha aprobado, de la más antigua a la más reciente."""
    previas = Sesion.objects.anteriores_a(sesion).order_by("fecha")
    en_otra = previas.filter(se_aprueba_en__resultado__in=ACTA_APROBADA)
    en_la_misma = previas.filter(puntos__tipo=TipoPunto.ACTA, puntos__resultado__in=ACTA_APROBADA)
    return list(previas.exclude(pk__in=en_otra).exclude(pk__in=en_la_misma))


def formar_orden(sesion: Sesion, *, copiar_de: Sesion | None, acuerdos: Iterable[Acuerdo]) -> None:
    """Pone los puntos: plantilla (o copia), y dentro de los asuntos, actas y acuerdos pendientes."""
    with transaction.atomic():
        if copiar_de:
            copiar_puntos(copiar_de, sesion)
        else:
            for fila in sesion.organo.plantilla.filter(tipo_sesion__in=("", sesion.tipo)):
                Punto.agregar(sesion, fila.titulo, tipo=fila.tipo)
        asuntos = sesion.puntos.filter(tipo=TipoPunto.GRUPO).first()
        for previa in actas_por_aprobar(sesion):
            titulo = (
                f"Aprobación del acta de la {previa.designacion}, celebrada el {fecha_larga(previa.fecha)}"
            )
            Punto.agregar(sesion, titulo, padre=asuntos, tipo=TipoPunto.ACTA_ANTERIOR, acta_de=previa)
        for acuerdo in acuerdos:
            titulo = f"Seguimiento del {str(acuerdo)[:1].lower()}{str(acuerdo)[1:]}: {a_llano(acuerdo.texto)}"
            punto = Punto.agregar(sesion, titulo[:300], padre=asuntos)
            punto.refiere_a.add(acuerdo)


def copiar_puntos(origen: Sesion, destino: Sesion) -> None:
    """Copia títulos y anidado; nunca lo desahogado ni lo que se agregó sobre la marcha."""
    nuevos: dict[int, Punto] = {}
    for punto in origen.puntos.en_arbol():
        if punto.en_sesion or punto.tipo == TipoPunto.ACTA_ANTERIOR or punto.refiere_a.exists():
            continue
        padre = nuevos.get(punto.padre_id) if punto.padre_id else None
        if punto.padre_id and padre is None:
            continue
        nuevos[punto.pk] = Punto.agregar(destino, punto.titulo, padre=padre, tipo=punto.tipo)
