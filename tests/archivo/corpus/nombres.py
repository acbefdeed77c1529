"""Nombres que engañan, se salen o no caben."""

from stl_portal.archivo.tipos import ACEPTADOS
from tests.archivo import muestras as mu

HOSTILES = {
    "exe al revés": ("acta\u202efdp.exe", mu.pdf(), f"No se aceptan archivos .exe. Se aceptan: {ACEPTADOS}."),
    "con nulo": ("acta.exe\x00", mu.pdf(), f"No se aceptan archivos .exe. Se aceptan: {ACEPTADOS}."),
    "solo terminación": (
        ".pdf",
        mu.pdf(),
        f"No se aceptan archivos sin terminación (.pdf, .docx…). Se aceptan: {ACEPTADOS}.",
    ),
}
TOLERADOS = {
    "nombre inmenso": ("a" * 240 + ".pdf", mu.pdf()),
    "nombre al revés": ("acta\u202egpj.pdf", mu.pdf()),
    "aparato de windows": ("CON.pdf", mu.pdf()),
    "carpetas en el nombre": ("../../etc/passwd.pdf", mu.pdf()),
    "nombre con html": ("<img src=x onerror=alert(1)>.pdf", mu.pdf()),
    "nombre con comillas": ("acta'; rm -rf; '.pdf", mu.pdf()),
    "mayúsculas": ("ACTA.PDF", mu.pdf()),
}
