"""Hojas de cálculo y documentos de verdad, los mínimos que un programa de oficina abre."""

from collections.abc import Mapping, Sequence

from . import muestras as mu

NS = "http://schemas.openxmlformats.org/"
HOJA = f"{NS}spreadsheetml/2006/main"
RELACION = f"{NS}officeDocument/2006/relationships"
Celdas = Sequence[Sequence[str | float]]


def _celda(valor: str | float) -> str:
    """Texto, número o, si empieza con «=», una fórmula cuyo último resultado fue 7."""
    if isinstance(valor, str) and valor.startswith("="):
        return f"<c><f>{valor[1:]}</f><v>7</v></c>"
    if isinstance(valor, str):
        escapado = valor.replace("&", "&amp;").replace("<", "&lt;")
        return f'<c t="inlineStr"><is><t>{escapado}</t></is></c>'
    return f"<c><v>{valor}</v></c>"


def _relaciones(dentro: str) -> str:
    return f'<Relationships xmlns="{NS}package/2006/relationships">{dentro}</Relationships>'


def xlsx(hojas: Mapping[str, Celdas], oculta: str = "") -> bytes:
    """Un libro con esas hojas; la que se llame como `oculta` no se muestra."""
    partes: dict[str, bytes | str] = {}
    lista, relaciones = [], []
    for numero, (nombre, celdas) in enumerate(hojas.items(), start=1):
        filas = "".join(f"<row>{''.join(_celda(v) for v in fila)}</row>" for fila in celdas)
        partes[f"xl/worksheets/s{numero}.xml"] = (
            f'<worksheet xmlns="{HOJA}"><sheetData>{filas}</sheetData></worksheet>'
        )
        estado = ' state="hidden"' if nombre == oculta else ""
        lista.append(f'<sheet name="{nombre}" sheetId="{numero}"{estado} r:id="r{numero}"/>')
        destino = f'Type="{RELACION}/worksheet" Target="worksheets/s{numero}.xml"'
        relaciones.append(f'<Relationship Id="r{numero}" {destino}/>')
    parte, tipo = mu.PRINCIPAL["xlsx"]
    de_todo = {
        "[Content_Types].xml": f'<Types><Override PartName="/{parte}" ContentType="{tipo}"/></Types>',
        "_rels/.rels": _relaciones(
            f'<Relationship Id="r1" Type="{RELACION}/officeDocument" Target="{parte}"/>'
        ),
        parte: f'<workbook xmlns="{HOJA}" xmlns:r="{RELACION}"><sheets>{"".join(lista)}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relaciones("".join(relaciones)),
    }
    return mu.paquete({**de_todo, **partes})


def ods(celdas: Celdas) -> bytes:
    """Una hoja de LibreOffice."""
    filas = "".join(
        "<table:table-row>" + "".join(_celda_odf(v) for v in fila) + "</table:table-row>" for fila in celdas
    )
    office = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
    espacios = " ".join(f'xmlns:{n}="{office.format(n)}"' for n in ("office", "table", "text"))
    tabla = f'<table:table table:name="Hoja 1">{filas}</table:table>'
    return mu.odf(
        f"<office:document-content {espacios}><office:body><office:spreadsheet>{tabla}"
        "</office:spreadsheet></office:body></office:document-content>",
        mime="spreadsheet",
    )


def _celda_odf(valor: str | float) -> str:
    if isinstance(valor, str):
        return f'<table:table-cell office:value-type="string"><text:p>{valor}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{valor}"/>'


def docx(*parrafos: str) -> bytes:
    """Un documento de Word; una tabulación o un salto van como él los escribe."""
    tramos = (p.replace("\t", "</w:t><w:tab/><w:t>").replace("\n", "</w:t><w:br/><w:t>") for p in parrafos)
    cuerpo = "".join(f"<w:p><w:r><w:t>{tramo}</w:t></w:r></w:p>" for tramo in tramos)
    borrado = "<w:p><w:del><w:r><w:delText>borrado</w:delText></w:r></w:del></w:p>"
    espacio = f'xmlns:w="{NS}wordprocessingml/2006/main"'
    parte, tipo = mu.PRINCIPAL["docx"]
    return mu.paquete(
        {
            "[Content_Types].xml": f'<Types><Override PartName="/{parte}" ContentType="{tipo}"/></Types>',
            parte: f"<w:document {espacio}><w:body>{cuerpo}{borrado}</w:body></w:document>",
        }
    )


def odt(*parrafos: str) -> bytes:
    """Un texto de LibreOffice."""
    texto = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    return mu.odf(f"<raiz {texto}>" + "".join(f"<text:p>{p}</text:p>" for p in parrafos) + "</raiz>")
