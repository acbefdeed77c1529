"""Lo que las páginas de sesiones dicen de sí con schema.org, tomado del contexto con que se pintan."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from sesiones.estados import EstadoSesion, Modalidad
from sesiones.models import Organo, Sesion
from stl_portal.avisos.envio import liga
from stl_portal.datos.licencia import LICENCIA
from stl_portal.publico.enlazada import (
    HECHOS_DE,
    IDIOMA,
    Hechos,
    momento,
    organizacion,
    persona,
)
from stl_portal.texto import a_llano

NO_HUBO = (EstadoSesion.CANCELADA, EstadoSesion.NO_CELEBRADA)
ASISTENCIA = {
    Modalidad.PRESENCIAL: "OfflineEventAttendanceMode",
    Modalidad.REMOTA: "OnlineEventAttendanceMode",
    Modalidad.HIBRIDA: "MixedEventAttendanceMode",
}


def de_organo(organo: Organo, nombre: str) -> Hechos:
    """El órgano con el nombre que se lee en la página; si es ficticio, lo dice."""
    aviso = "Órgano ficticio, de demostración." if organo.ficticio else ""
    return organizacion(nombre, reverse("sesiones:organo", args=(organo.clave,)), description=aviso)


def del_organo(contexto: Any) -> Iterator[Hechos]:
    """La página de un órgano."""
    yield de_organo(contexto["organo"], contexto["denominacion"].nombre)


def de_sesion(contexto: Any) -> Iterator[Hechos]:
    """Una sesión: cuándo, dónde, de quién y si se canceló."""
    sesion: Sesion = contexto["sesion"]
    modo = ASISTENCIA.get(Modalidad(sesion.modalidad)) if sesion.modalidad else ""
    yield {
        "@type": "Event",
        "name": sesion.designacion,
        "url": liga(sesion.get_absolute_url()),
        "startDate": momento(sesion.fecha, _hora(sesion, concluida=contexto["concluida"])),
        "endDate": momento(sesion.fecha, sesion.cierre) if contexto["concluida"] and sesion.cierre else "",
        "eventStatus": f"https://schema.org/Event{'Cancelled' if sesion.estado in NO_HUBO else 'Scheduled'}",
        "eventAttendanceMode": f"https://schema.org/{modo}" if modo else "",
        "location": _donde(sesion),
        "description": sesion.objetivo,
        "organizer": de_organo(contexto["organo"], contexto["denominacion"].nombre),
        "inLanguage": IDIOMA,
    }


def _hora(sesion: Sesion, *, concluida: bool) -> Any:
    """La que se lee: a la que de verdad empezó o, si no consta, a la que se citó."""
    return sesion.inicio if concluida and sesion.inicio else sesion.hora


def _donde(sesion: Sesion) -> Hechos:
    return {"@type": "Place", "name": sesion.lugar, "address": sesion.domicilio} if sesion.lugar else {}


def de_acta(contexto: Any) -> Iterator[Hechos]:
    """Un acta publicada: quién la publica, cuándo, con qué código, quién la firmó y en qué formas está."""
    sesion, sello = contexto["sesion"], contexto["sello"]
    lugar = (contexto["organo"].clave, sesion.clave)
    acta = liga(reverse("sesiones:acta", args=lugar)) + contexto["consulta"]
    yield {
        "@type": "DigitalDocument",
        "name": contexto["titulo"],
        "url": acta,
        "identifier": sello.codigo,
        "datePublished": sello.publicacion.publicada_el.isoformat(),
        "version": str(contexto["acta"].version),
        "inLanguage": IDIOMA,
        "license": LICENCIA,
        "publisher": de_organo(contexto["organo"], contexto["contenido"]["sesion"]["organo"]),
        "about": {
            "@type": "Event",
            "name": contexto["contenido"]["sesion"]["designacion"],
            "url": liga(sesion.get_absolute_url()),
        },
        "contributor": [
            persona(f.lugar.nombre, f.lugar.cargo, f.lugar.institucion)
            for f in contexto["firmas"]
            if f.estado == "Firmó"
        ],
        "encoding": [
            {
                "@type": "MediaObject",
                "encodingFormat": tipo,
                "contentUrl": liga(reverse(f"sesiones:acta_{forma}", args=lugar)) + contexto["consulta"],
            }
            for forma, tipo in (
                ("pdf", "application/pdf"),
                ("json", "application/json"),
                ("xml", "application/akn+xml"),
            )
        ],
    }


def de_acuerdo(contexto: Any) -> Iterator[Hechos]:
    """Un acuerdo: lo que se decidió, quién y cuándo."""
    acuerdo, sesion = contexto["a"], contexto["sesion"]
    yield {
        "@type": "Legislation",
        "name": f"Acuerdo {acuerdo.ordinal.lower()} de la {sesion.designacion}",
        "url": liga(acuerdo.get_absolute_url()),
        "text": a_llano(acuerdo.texto),
        "legislationType": "Acuerdo",
        "legislationDate": momento(sesion.fecha),
        "legislationPassedBy": de_organo(contexto["organo"], contexto["denominacion"].nombre),
        "isPartOf": {"@type": "Event", "name": sesion.designacion, "url": liga(sesion.get_absolute_url())},
        "inLanguage": IDIOMA,
    }


def de_integrantes(contexto: Any) -> Iterator[Hechos]:
    """El órgano y quienes ocupan sus asientos, con el nombre y el cargo que se leen."""
    organo = contexto.get("organo")
    if organo is None:
        return
    lugares = contexto.get("lugares") or []
    miembros = [
        persona(lugar.titular.persona.formal, lugar.titular.cargo, lugar.asiento.institucion.nombre)
        for lugar in lugares
        if lugar.titular
    ]
    yield de_organo(organo, contexto["denominacion"].nombre) | {"member": miembros}


def registrar() -> None:
    """Se llama desde `SesionesConfig.ready()`; repetirlo no duplica nada."""
    HECHOS_DE.update(
        {
            "sesiones:organo": del_organo,
            "sesiones:detalle": de_sesion,
            "sesiones:acta": de_acta,
            "sesiones:acuerdo": de_acuerdo,
            "sesiones:integrantes_de": de_integrantes,
        }
    )
