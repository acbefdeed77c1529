"""Espacios de firma: campos de firma reales, visibles y etiquetados, desde que el PDF se compone.

En la plantilla, cada espacio es

    <input type="checkbox" class="campo-firma" name="firma-3" title="Firma de Amalia Ñáñez">

`name` es el nombre del campo, único en el documento, y `title` lo que lee en voz alta un lector de
pantalla. WeasyPrint no conoce campos de firma: se le pide una casilla, que coloca, nombra y anida en
las etiquetas como `Form`, sin arrastrar letras completas; aquí se vuelve campo de firma vacío. Hacerlo
antes de escribir deja los mismos bytes siempre, y firmar es solo llenar lo que ya estaba.
"""

from collections.abc import Iterator
from typing import Any

import pydyf

CAMPO_DEL_SELLO = "sello"
HAY_FIRMAS_Y_SOLO_SE_AGREGA = 3
# De una casilla, lo que un campo de firma no lleva.
DE_CASILLA = ("AS", "V", "MK", "Border")


def convertir(pdf: pydyf.PDF) -> None:
    """Vuelve campos de firma las casillas del documento. `ValueError` si dos se llaman igual."""
    if "AcroForm" not in pdf.catalog:
        return
    nombres = set()
    for casilla in _casillas(pdf):
        _a_firma(pdf, casilla)
        nombres.add(casilla["T"].data)
    for forma in _formas(pdf):
        # Su único hijo, sin arreglo: así reconoce pyHanko que firmar no toca el árbol de etiquetas.
        (forma["K"],) = forma["K"]
    formulario = pdf.catalog["AcroForm"]
    if len(nombres) != len(formulario["Fields"]):
        raise ValueError("Cada espacio de firma del documento necesita un nombre distinto.")
    formulario["SigFlags"] = HAY_FIRMAS_Y_SOLO_SE_AGREGA
    # PDF/A-3 (6.4.1) no admite pedir al visor que dibuje; sin texto no hace falta letra del formulario.
    del formulario["NeedAppearances"], formulario["DR"]


def _casillas(pdf: pydyf.PDF) -> Iterator[Any]:
    return (o for o in pdf.objects if isinstance(o, dict) and o.get("FT") == "/Btn")


def _formas(pdf: pydyf.PDF) -> Iterator[Any]:
    return (o for o in pdf.objects if isinstance(o, dict) and o.get("S") == "/Form")


def _a_firma(pdf: pydyf.PDF, casilla: Any) -> None:
    izquierda, arriba, derecha, abajo = casilla["Rect"]
    casilla["Rect"] = pydyf.Array((izquierda, abajo, derecha, arriba))
    (palomita,) = (_objeto(pdf, ref) for ref in casilla["AP"]["N"].values())
    palomita.stream = []
    palomita.extra = {
        "Type": "/XObject",
        "Subtype": "/Form",
        "BBox": pydyf.Array((0, 0, derecha - izquierda, arriba - abajo)),
        "Resources": pydyf.Dictionary(),
    }
    casilla["AP"] = pydyf.Dictionary({"N": palomita.reference})
    casilla["FT"] = "/Sig"
    for clave in DE_CASILLA:
        del casilla[clave]
    if casilla["T"].data == pydyf.String(CAMPO_DEL_SELLO).data:
        casilla["Lock"] = _cierre(pdf)


def _cierre(pdf: pydyf.PDF) -> bytes:
    """Lo que el sello del órgano prohíbe después de él: cualquier cambio."""
    candado = pydyf.Dictionary({"Type": "/SigFieldLock", "Action": "/All", "P": 1})
    pdf.add_object(candado)
    return candado.reference


def _objeto(pdf: pydyf.PDF, referencia: bytes) -> Any:
    return pdf.objects[int(referencia.split()[0])]
