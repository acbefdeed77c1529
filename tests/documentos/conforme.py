"""Si un PDF cumple lo que declara: accesible (PDF/UA-1) y para archivo (PDF/A-3a)."""

from io import BytesIO
from tempfile import NamedTemporaryFile

import pdfua
import pikepdf

REGLAS = 10  # las que al menos deben haberse comprobado: si no, no se miró nada


def reparos(contenido: bytes) -> list[str]:
    """Todo lo que no cumple, dicho con la clave de su regla; vacío si cumple."""
    return [*_de_accesibilidad(contenido), *_de_archivo(contenido)]


def _de_accesibilidad(contenido: bytes) -> list[str]:
    with NamedTemporaryFile(suffix=".pdf") as archivo:
        archivo.write(contenido)
        archivo.flush()
        informe = pdfua.validate(archivo.name)
    hallados = [f"{h.rule_id}: {h.message}" for h in informe.findings]
    miradas = len(informe.outcomes) - len(informe.skipped)
    return hallados if miradas > REGLAS else [*hallados, f"solo se miraron {miradas} reglas"]


def _de_archivo(contenido: bytes) -> list[str]:
    """De lo que PDF/A-3a pide: que lo declare, su color, sus letras y sus adjuntos."""
    with pikepdf.open(BytesIO(contenido)) as pdf, pdf.open_metadata() as xmp:
        declara = (xmp.get("pdfaid:part"), xmp.get("pdfaid:conformance")) == ("3", "A")
        colores = [str(salida.S) for salida in pdf.Root.get("/OutputIntents", [])]
        fuera = sorted({f.BaseFont for p in pdf.pages for f in _letras(p) if not _va_dentro(f)})
        sueltos = [n for n, adjunto in pdf.attachments.items() if "/AFRelationship" not in adjunto.obj]
        faltas = {
            "no se declara PDF/A-3a": not declara,
            f"su perfil de color es {colores}": colores != ["/GTS_PDFA1"],
            f"letras que no van dentro: {fuera}": bool(fuera),
            f"adjuntos sin relación: {sueltos}": bool(sueltos),
            "está cifrado": pdf.is_encrypted,
            "lleva programas": "/JavaScript" in pdf.Root.get("/Names", {}) or "/AA" in pdf.Root,
        }
    return [falta for falta, es in faltas.items() if es]


def _letras(pagina: pikepdf.Page) -> list[pikepdf.Object]:
    return list(pagina.Resources.get("/Font", {}).values())


def _va_dentro(letra: pikepdf.Object) -> bool:
    return any("/FontFile2" in de.FontDescriptor for de in letra.DescendantFonts)
