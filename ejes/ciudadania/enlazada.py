"""Lo que las páginas del plan dicen de sí con schema.org, tomado del contexto con que se pintan."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.urls import reverse

from ejes.avance import CIEN
from stl_portal.avisos.envio import liga
from stl_portal.datos.licencia import LICENCIA
from stl_portal.publico.enlazada import HECHOS_DE, IDIOMA, Hechos

_ESTADO = "https://schema.org/{}ActionStatus"


def de_plan(contexto: Any) -> Iterator[Hechos]:
    """El plan, con los años que abarca."""
    yield _plan(contexto["plan"])


def _plan(plan: Any) -> Hechos:
    return {
        "@type": "CreativeWork",
        "name": plan.nombre,
        "url": liga(plan.get_absolute_url()),
        "inLanguage": IDIOMA,
    }


def de_informe(contexto: Any) -> Iterator[Hechos]:
    """Un corte publicado: de qué periodo es y en qué formas está."""
    plan, corte = contexto["plan"], contexto["cuadro"].corte
    lugar = (plan.clave, contexto["publicado"].corte.numero)
    yield {
        "@type": "Report",
        "name": corte["nombre"],
        "url": liga(reverse("ejes:informe", args=lugar)),
        "temporalCoverage": f"{corte['desde'].isoformat()}/{corte['hasta'].isoformat()}",
        "isPartOf": _plan(plan),
        "inLanguage": IDIOMA,
        "license": LICENCIA,
        "encoding": [
            {
                "@type": "MediaObject",
                "encodingFormat": tipo,
                "contentUrl": liga(reverse(f"ejes:informe_{forma}", args=lugar)),
            }
            for forma, tipo in (("pdf", "application/pdf"), ("json", "application/json"))
        ],
    }


def de_eje(contexto: Any) -> Iterator[Hechos]:
    """Un eje del plan y quién responde por él."""
    eje = contexto["eje"]
    yield {
        "@type": "Project",
        "name": str(eje),
        "url": liga(eje.get_absolute_url()),
        "description": eje.descripcion,
        "member": _institucion(eje.responsable),
        "subjectOf": _plan(contexto["plan"]),
    }


def de_compromiso(contexto: Any) -> Iterator[Hechos]:
    """Un compromiso, quiénes lo crearon y cada acción con cómo va según el último corte."""
    compromiso, plan, renglon = contexto["compromiso"], contexto["plan"], contexto["renglon"]
    partes = [
        {"@type": "Organization", "name": parte.nombre}
        for parte in compromiso.partes.all()  # ya traídas
    ]
    yield {
        "@type": "Project",
        "name": compromiso.nombre,
        "identifier": compromiso.codigo,
        "url": liga(compromiso.get_absolute_url()),
        "member": partes,
        "subjectOf": _plan(plan),
        "potentialAction": [_accion_del_corte(plan, a) for a in renglon.partes] if renglon else [],
    }


def _accion_del_corte(plan: Any, renglon: Any) -> Hechos:
    return {
        "@type": "Action",
        "name": renglon.titulo,
        "url": liga(reverse("ejes:accion", args=(plan.clave, renglon.codigo))),
        "actionStatus": _estado(renglon.declarado),
    }


def de_accion(contexto: Any) -> Iterator[Hechos]:
    """Una acción: quién responde y cómo va según lo último que se publicó de ella."""
    accion, responde, ultimo = contexto["accion"], contexto["responde"], contexto["historia"].ultimo
    nombrado = contexto["dicho"]
    yield {
        "@type": "Action",
        "name": accion.texto,
        "identifier": accion.codigo,
        "url": liga(reverse("ejes:accion", args=(contexto["plan"].clave, accion.codigo))),
        "actionStatus": _estado(ultimo.declarado) if ultimo else "",
        "agent": _organizacion(nombrado.responsable) if nombrado else _institucion(responde),
        "object": _plan(contexto["plan"]),
    }


def _estado(declarado: Decimal | None) -> str:
    """Lo que la cifra declarada significa; sin cifra no se dice nada."""
    if declarado is None:
        return ""
    if declarado >= CIEN:
        return _ESTADO.format("Completed")
    return _ESTADO.format("Active" if declarado > 0 else "Potential")


def _institucion(asiento: Any) -> Hechos:
    return _organizacion(asiento.institucion.nombre) if asiento else {}


def _organizacion(nombre: str) -> Hechos:
    return {"@type": "Organization", "name": nombre}


def de_reporte(contexto: Any) -> Iterator[Hechos]:
    """Un reporte publicado: de quién, cuándo y en qué formas está."""
    leido, plan, consulta = contexto["leido"], contexto["plan"], contexto["consulta"]
    lugar, eje = (plan.clave, leido.fila.reporte_id), leido.documento["eje"]
    yield {
        "@type": "Report",
        "name": f"Reporte bimestral: {leido.bimestre}",
        "about": {"@type": "Thing", "name": f"Eje {eje['numero']}. {eje['nombre']}"},
        "url": liga(leido.direccion) + consulta,
        "author": _organizacion(leido.institucion),
        "datePublished": leido.fila.publicado_el.isoformat(),
        "isPartOf": _plan(plan),
        "inLanguage": IDIOMA,
        "license": LICENCIA,
        "encoding": [
            {
                "@type": "MediaObject",
                "encodingFormat": tipo,
                "contentUrl": liga(reverse(f"ejes:reporte_{forma}", args=lugar)) + consulta,
            }
            for forma, tipo in (("pdf", "application/pdf"), ("json", "application/json"))
        ],
    }


def registrar() -> None:
    """Se llama desde `EjesConfig.ready()`; repetirlo no duplica nada."""
    HECHOS_DE.update(
        {
            "ejes:plan": de_plan,
            "ejes:informe": de_informe,
            "ejes:eje": de_eje,
            "ejes:compromiso": de_compromiso,
            "ejes:accion": de_accion,
            "ejes:reporte": de_reporte,
        }
    )
