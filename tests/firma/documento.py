"""Un acta de muestra con sus espacios de firma, y cómo la firma alguien de estas pruebas."""

import re
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf

from stl_portal.documentos.pdf import producir
from stl_portal.firma import certificados, ensayo, pades
from stl_portal.firma.certificados import Confianza
from tests.documentos.muestra import COPIA_JSON, COPIA_XML, FECHA, NOMBRES, TITULO, html_de_muestra
from tests.firma.pki import AHORA, Autoridad, Emitido

RAZON = "Firma del acta de la tercera sesión ordinaria"


@cache
def acta() -> bytes:
    """El acta de ocho páginas con un espacio por firmante (`firma-1`…) y el del sello."""
    return componer()


def componer() -> bytes:
    """Lo mismo, compuesto otra vez."""
    personas = [
        {"nombre": nombre, "cargo": cargo, "dependencia": dependencia, "campo": f"firma-{n}"}
        for n, (nombre, cargo, dependencia, _) in enumerate(NOMBRES, start=1)
    ]
    html = html_de_muestra(firmantes=personas, rubricas=[], sello="sello")
    return producir(
        html, titulo=TITULO, fecha=FECHA, adjuntos=[COPIA_JSON, COPIA_XML], renglones=True
    ).contenido


def confianza(autoridad: Autoridad, quien: ensayo.Emitido, **cambios: Any) -> Confianza:
    """El certificado de alguien, ya comprobado contra su autoridad."""
    leido = certificados.leer(quien.cer)
    opciones: dict[str, Any] = {"al": AHORA, "raices": autoridad.raices, "intermedios": autoridad.intermedios}
    return certificados.comprobar(leido, **(opciones | {"rfc": leido.rfc} | cambios))


def firmar(pdf: bytes, campo: str, autoridad: Autoridad, quien: Emitido) -> bytes:
    """El PDF con la firma de esa persona en su espacio."""
    preparacion = pades.preparar(pdf, campo, confianza(autoridad, quien), ahora=AHORA, razon=RAZON)
    return pades.terminar(pdf, preparacion, quien.firmar(preparacion.atributos))


def firmada_por_todas(autoridad: Autoridad, personas: dict[str, Emitido]) -> bytes:
    """El acta con las tres firmas, una tras otra."""
    pdf = acta()
    for n, quien in enumerate(personas.values(), start=1):
        pdf = firmar(pdf, f"firma-{n}", autoridad, quien)
    return pdf


def widgets(pdf: bytes) -> list[dict[str, Any]]:
    """Cada campo de firma: su nombre, su rótulo, su tamaño y las letras de su apariencia."""
    with pikepdf.open(BytesIO(pdf)) as abierto:
        return [_descrito(campo) for campo in abierto.Root.AcroForm.Fields]


def _descrito(campo: pikepdf.Object) -> dict[str, Any]:
    izquierda, abajo, derecha, arriba = map(float, campo.Rect)
    apariencia = campo.AP.N
    recursos: Any = apariencia.get("/Resources", pikepdf.Dictionary())
    letras: Any = recursos.get("/Font", pikepdf.Dictionary())
    return {
        "nombre": str(campo.T),
        "rotulo": str(campo.TU),
        "tipo": str(campo.FT),
        "ancho": derecha - izquierda,
        "alto": arriba - abajo,
        "impreso": bool(int(campo.F) & 4),
        "dibujo": apariencia.read_bytes(),
        "incrustadas": [_incrustada(letra) for letra in letras.values()],
    }


def _incrustada(letra: Any) -> bool:
    descriptor = letra.DescendantFonts[0].FontDescriptor
    return any(clave in descriptor for clave in ("/FontFile2", "/FontFile3")) and "/ToUnicode" in letra


def huecos(pdf: bytes) -> list[tuple[int, int]]:
    """Dónde está la firma (en hexadecimal) de cada revisión: lo único que su `ByteRange` no cubre."""
    rangos = re.findall(rb"/ByteRange ?\[\s*(\d+) (\d+) (\d+) (\d+)", pdf)
    return [(int(a) + int(b), int(c)) for a, b, c, _ in rangos]
