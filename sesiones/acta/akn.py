"""El acta en Akoma Ntoso 3.0 (OASIS LegalDocML): el formato abierto de los parlamentos.

Se deriva del documento sellado y de nada más, así que a la misma huella corresponden los mismos bytes.
Valida contra el esquema oficial; cada bloque conserva su clave como `eId`, para citarlo.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from sesiones.acta.bloques import Bloque, Renglon
from sesiones.acta.documento import bloques_de
from stl_portal.texto import a_llano

ESPACIO = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
E = ElementMaker(namespace=ESPACIO, nsmap={None: ESPACIO})
FUENTE = "#portal"


def acta_xml(contenido: dict[str, Any], huella: str) -> bytes:
    """El XML del documento sellado con esa huella, listo para guardarse."""
    cuerpo = E.mainBody(*(_parte(bloque) for bloque in bloques_de(contenido)))
    raiz = E.akomaNtoso(E.doc(_meta(contenido, huella), cuerpo, name="acta"))
    return bytes(etree.tostring(raiz, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _meta(contenido: dict[str, Any], huella: str) -> Any:
    """Identificación (obra, expresión y manifestación) y a quiénes se refiere."""
    sesion = contenido["sesion"]
    obra = f"/akn/mx/doc/acta/{sesion['fecha']}/{contenido['identificador'].replace('/', '-')}"
    expresion = f"{obra}/spa@{contenido['aprobacion']['fecha'] or sesion['fecha']}"
    return E.meta(
        E.identification(
            E.FRBRWork(*_frbr(obra, sesion["fecha"], "celebracion"), E.FRBRcountry(value="mx")),
            E.FRBRExpression(
                *_frbr(expresion, contenido["aprobacion"]["fecha"] or sesion["fecha"], "aprobacion"),
                E.FRBRlanguage(language="spa"),
            ),
            E.FRBRManifestation(*_manifestacion(f"{expresion}/{huella[:16]}.xml", contenido)),
            source=FUENTE,
        ),
        E.references(
            E.TLCOrganization(eId="organo", href="/ontology/organization/mx/organo", showAs=sesion["organo"]),
            E.TLCOrganization(eId="portal", href="/ontology/organization/mx/portal", showAs="Portal"),
            *_personas(contenido),
            source=FUENTE,
        ),
    )


def _manifestacion(direccion: str, contenido: dict[str, Any]) -> Iterator[Any]:
    """La del archivo; el original lleva su sal, para que de su huella tampoco se adivine lo testado."""
    partes = list(_frbr(direccion, contenido["sesion"]["fecha"], "celebracion"))
    sal = contenido.get("sal")
    yield from [*partes[:2], *([E.FRBRalias(value=sal, name="sal")] if sal else []), *partes[2:]]


def _frbr(direccion: str, fecha: str, nombre: str) -> Iterator[Any]:
    """Lo que las tres identificaciones llevan igual, en el orden que pide el esquema."""
    yield E.FRBRthis(value=f"{direccion}/!main")
    yield E.FRBRuri(value=direccion)
    yield E.FRBRdate(date=dt.date.fromisoformat(fecha).isoformat(), name=nombre)
    yield E.FRBRauthor(href="#organo")


def _personas(contenido: dict[str, Any]) -> Iterator[Any]:
    """Quienes firman, por su lugar en la hoja."""
    for firmante in contenido["firmantes"]:
        eid = firmante["espacio"]
        yield E.TLCPerson(eId=eid, href=f"/ontology/person/mx/{eid}", showAs=firmante["nombre"])


def _parte(bloque: Bloque) -> Any:
    """Un bloque del acta; la prosa va en párrafos, las filas en una tabla."""
    contenido = [E.p(linea) for linea in _parrafos(bloque.texto)]
    if bloque.filas:
        contenido.append(E.table(*(E.tr(*(E.td(E.p(a_llano(c))) for c in fila)) for fila in bloque.filas)))
    contenido += [E.p(linea) for linea in _renglones(bloque.renglones)]
    encabezado = [E.heading(a_llano(bloque.rotulo))] if bloque.rotulo else []
    return E.hcontainer(
        *encabezado, E.content(*(contenido or [E.p()])), name=bloque.clase, eId=f"acta-{bloque.clave}"
    )


def _parrafos(texto: str) -> list[str]:
    """El texto sin marcas, un renglón por párrafo."""
    return [limpio for parte in texto.split("\n\n") if (limpio := a_llano(parte))]


def _renglones(renglones: tuple[Renglon, ...], sangria: str = "") -> Iterator[str]:
    for renglon in renglones:
        yield f"{sangria}{renglon.etiqueta} {a_llano(renglon.titulo)}".rstrip()
        yield from _renglones(renglon.dentro, f"{sangria}— ")
