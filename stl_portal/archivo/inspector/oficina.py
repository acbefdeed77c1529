"""Qué debe y qué no debe haber dentro de un documento de Office o de LibreOffice."""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.etree import ElementTree as ET

from stl_portal.archivo.veredicto import ArchivoRechazado

from . import frases

Partes = Mapping[str, bytes]  # nombre → contenido de las partes XML (vacío en las demás)

OTRO_DENTRO = "El documento lleva dentro otro documento (por ejemplo, los datos de una gráfica)."
_PRINCIPAL = {
    "wordprocessingml.document": ("word/document.xml", "wordprocessingml.document.main+xml"),
    "spreadsheetml.sheet": ("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
}
_MACROS = re.compile(
    r"vbaProject|vbaData|activeX|^Basic/|^Scripts/|macrosheets/|\.(exe|dll|js|vbs|bat|cmd|ps1|jar)$",
    re.IGNORECASE,
)
_OBJETOS = re.compile(r"embeddings/.*\.bin$|^Object [^/]*$|^ObjectReplacements/.*\.(bin|exe)$", re.I)
# Campos de Word que al abrir el documento ejecutan un programa o se traen algo de fuera.
_CAMPO_DDE = re.compile(r"(?:^|\s)DDE(?:AUTO)?\s", re.I)
_CAMPO_AJENO = re.compile(
    r"(?:INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK)\s[^\x13\x14\x15]{0,300}?(?:https?:|ftp:|\\\\)", re.I
)
_ODF_EXTERNOS = {"dde-source", "dde-link", "dde-connection", "cell-range-source", "table-source"}
_ODF_INCRUSTADOS = {"image", "object", "object-ole", "plugin", "applet", "floating-frame", "event-listener"}
_EN_DISCO = re.compile(r"^(?:file:///)?[a-z]:[\\/][^\\/]", re.I)
_CON_ESQUEMA = re.compile(r"^(?:[a-z][a-z0-9+.\-]*:|//|\.\./)", re.I)


def leer_ooxml(partes: Partes, mime: str, nombre: str) -> Iterator[str]:
    """Advertencias de un DOCX o XLSX. Lanza `ArchivoRechazado`."""
    _exigir_inocuo(partes)
    parte, tipo_parte = _PRINCIPAL[mime.removeprefix("application/vnd.openxmlformats-officedocument.")]
    tipos = partes.get("[Content_Types].xml", b"").decode("utf-8", "replace")
    if "macroenabled" in tipos.casefold():
        raise ArchivoRechazado(frases.MACROS)
    if parte not in partes or tipo_parte not in tipos:
        raise ArchivoRechazado(frases.OTRA_COSA.format(nombre=nombre))
    _exigir_sin_datos_ajenos(partes)
    for _ in _elementos(partes[parte]):
        pass  # basta con que se pueda leer completa
    for ruta, contenido in partes.items():
        if ruta.endswith(".rels"):
            _exigir_relaciones(contenido)
        elif ruta.startswith("word/"):
            _exigir_campos(contenido)
    if any("/embeddings/" in p for p in partes):
        yield OTRO_DENTRO


def _exigir_sin_datos_ajenos(partes: Partes) -> None:
    """Un libro no toma datos de otro ni de una base de datos."""
    rutas = [ruta.casefold() for ruta in partes]
    if any(ruta.startswith("xl/externallinks/") for ruta in rutas):
        raise ArchivoRechazado(frases.VINCULO_EXCEL)
    if any(ruta == "xl/connections.xml" or ruta.startswith("xl/querytables/") for ruta in rutas):
        raise ArchivoRechazado(frases.VINCULO)


def _exigir_campos(contenido: bytes) -> None:
    """Los campos de Word, juntando lo que venga partido en varios tramos."""
    if b"instr" not in contenido:
        return
    instrucciones = []
    for elemento in _elementos(contenido):
        if elemento.tag.endswith("}instrText"):
            instrucciones.append(elemento.text or "")
        instrucciones += [f" {v} " for k, v in elemento.attrib.items() if k.endswith("}instr")]
    dicho = "".join(instrucciones) + " "
    if _CAMPO_DDE.search(dicho):
        raise ArchivoRechazado(frases.MACROS)
    if _CAMPO_AJENO.search(dicho):
        raise ArchivoRechazado(frases.VINCULO)


def _exigir_relaciones(contenido: bytes) -> None:
    """Fuera del documento solo se admiten hipervínculos, que nadie abre sin querer."""
    for relacion in _elementos(contenido):
        externa = relacion.get("TargetMode", "").casefold() == "external"
        if externa and not _es_inofensiva(relacion.get("Type", ""), relacion.get("Target", "")):
            raise ArchivoRechazado(frases.VINCULO)


def _es_inofensiva(tipo: str, destino: str) -> bool:
    """Hipervínculo, o el nombre de la plantilla membretada en el disco de quien lo escribió.

    Word anota siempre esa ruta; en otra máquina no lleva a nada. Una plantilla en la red, sí.
    """
    plantilla_local = tipo.endswith("/attachedTemplate") and _EN_DISCO.match(destino)
    return tipo.endswith("/hyperlink") or bool(plantilla_local)


def leer_odf(partes: Partes, mime: str, nombre: str) -> Iterator[str]:
    """Advertencias de un ODT u ODS. Lanza `ArchivoRechazado`."""
    _exigir_inocuo(partes)
    if next(iter(partes)) != "mimetype" or partes["mimetype"].decode("ascii", "replace").strip() != mime:
        raise ArchivoRechazado(frases.OTRA_COSA.format(nombre=nombre))
    manifiesto = partes.get("META-INF/manifest.xml", b"")
    if "content.xml" not in partes or not manifiesto:
        raise ArchivoRechazado(f"El archivo dice ser {nombre} pero le faltan partes.")
    if b"encryption-data" in manifiesto:
        raise ArchivoRechazado(frases.CONTRASENA)
    for ruta in ("content.xml", "styles.xml"):
        for elemento in _elementos(partes.get(ruta, b"<vacio/>")):
            _exigir_odf_propio(elemento)
    if any(p.startswith("Object ") for p in partes):
        yield OTRO_DENTRO


def _exigir_odf_propio(elemento: ET.Element) -> None:
    """Nada que se traiga de fuera ni que se ejecute al abrir."""
    etiqueta = elemento.tag.rpartition("}")[2]
    if etiqueta in _ODF_EXTERNOS:
        raise ArchivoRechazado(frases.VINCULO)
    if etiqueta not in _ODF_INCRUSTADOS:
        return
    destino = elemento.get("{http://www.w3.org/1999/xlink}href", "")
    if destino.casefold().startswith("vnd.sun.star.script:"):
        raise ArchivoRechazado(frases.MACROS)
    if _CON_ESQUEMA.match(destino):
        raise ArchivoRechazado(frases.VINCULO)


def _exigir_inocuo(partes: Partes) -> None:
    """Macros, objetos incrustados y entidades XML: nunca."""
    if any(_MACROS.search(ruta) for ruta in partes):
        raise ArchivoRechazado(frases.MACROS)
    if any(_OBJETOS.search(ruta) for ruta in partes):
        raise ArchivoRechazado(frases.OBJETO)
    for contenido in partes.values():
        # Sin ceros, también se ve lo escrito en UTF-16.
        llano = contenido.replace(b"\x00", b"").upper()
        if b"<!DOCTYPE" in llano or b"<!ENTITY" in llano:
            raise ArchivoRechazado(frases.ENTIDADES)


def _elementos(contenido: bytes) -> Iterator[ET.Element]:
    """Recorre un XML sin guardarlo entero. Ya se comprobó que no define entidades."""
    try:
        for _, elemento in ET.iterparse(BytesIO(contenido)):  # noqa: S314 -- sin entidades
            yield elemento
            elemento.clear()
    except ET.ParseError as error:
        raise ArchivoRechazado(frases.DANADO) from error
