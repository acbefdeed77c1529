"""Lo que WeasyPrint no declara y PDF/UA-1 pide, añadido antes de escribir el archivo.

WeasyPrint acepta una sola variante; aquí se produce PDF/A-3a y se declara también PDF/UA-1,
se da alcance a los encabezados de tabla y coordenadas de página a las figuras. Trabajar sobre
los objetos aún sin escribir evita volver a leer el PDF: es más barato y siempre igual.
"""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint import Document
from weasyprint.pdf.metadata import DocumentMetadata

from stl_portal.documentos import campos

# PDF/A exige describir todo espacio de nombres ajeno al estándar (ISO 19005-3, 6.6.2.3.1).
DECLARACION_UA = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>\
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"\
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"\
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property>\
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


class Metadatos(DocumentMetadata):
    """Metadatos XMP que además de PDF/A-3a declaran PDF/UA-1."""

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
        """El RDF de WeasyPrint con la declaración de PDF/UA-1 dentro."""
        rdf: bytes = super().generate_rdf_metadata(variant, version, conformance)
        return rdf.replace(b"</rdf:RDF>", DECLARACION_UA + b"</rdf:RDF>")


def completar(_documento: Document, pdf: pydyf.PDF) -> None:
    """Da alcance (`/Scope`) a los encabezados, coloca figuras y firmas, y nombra una vez cada adjunto."""
    if "AF" in pdf.catalog:  # WeasyPrint 70 los anota dos veces
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    for encabezado in _estructuras(pdf, "/TH"):
        encabezado["A"]["Scope"] = "/Column" if _en_cabecera(pdf, encabezado) else "/Row"
    for figura in _estructuras(pdf, "/Figure"):
        _situar(pdf, figura)
    campos.convertir(pdf)


def _estructuras(pdf: pydyf.PDF, tipo: str) -> Iterator[Any]:
    return (objeto for objeto in pdf.objects if isinstance(objeto, dict) and objeto.get("S") == tipo)


def _objeto(pdf: pydyf.PDF, referencia: bytes) -> Any:
    return pdf.objects[int(referencia.split()[0])]


def _en_cabecera(pdf: pydyf.PDF, celda: Any) -> bool:
    fila = _objeto(pdf, celda["P"])
    return bool(_objeto(pdf, fila["P"])["S"] == "/THead")


def _situar(pdf: pydyf.PDF, figura: Any) -> None:
    """WeasyPrint deja la caja en píxeles desde arriba; el PDF la quiere en puntos desde abajo."""
    alto = _objeto(pdf, figura["Pg"])["MediaBox"][3]
    izquierda, arriba, derecha, abajo = (lado * 0.75 for lado in figura["A"]["BBox"])
    figura["A"]["BBox"] = pydyf.Array((izquierda, alto - abajo, derecha, alto - arriba))
