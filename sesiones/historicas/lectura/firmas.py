"""Quiénes firman: la tabla o los renglones de la hoja de firmas."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from . import nombres
from .hallado import Confianza, Firmante, Hallado
from .letras import clave, llano
from .partes import Parte, Partido
from .renglones import Parrafo, Renglon


def proponer(partido: Partido, cierre: Sequence[int]) -> list[Hallado[Firmante]]:
    """De la parte de firmas; si no tiene título, de lo que sigue al renglón del cierre."""
    del_titulo = partido.de[Parte.FIRMAS]
    if del_titulo:
        return _sin_repetir(_de(del_titulo, Confianza.ALTA))
    ultimo = max(cierre, default=0)
    cola = [
        p for p in partido.todos(Parte.DESAHOGO, Parte.ACUERDOS, Parte.ENCABEZADO) if p.renglones[0] > ultimo
    ]
    return _sin_repetir(_de(cola, Confianza.MEDIA)) if ultimo else []


def _de(parrafos: Iterable[Parrafo], confianza: Confianza) -> list[Hallado[Firmante]]:
    filas: list[Hallado[Firmante]] = []
    for renglon in (r for p in parrafos for r in p.partes):
        if filas and _PORQUE.match(llano(renglon.texto)):
            filas[-1] = _explicada(filas[-1], renglon)
        filas += _del_renglon(renglon, confianza)
    return filas


_PORQUE = re.compile(
    r"\W*(?:firma (?:por|en|como)|quien firma|por (?:ausencia|acuerdo)|en (?:suplencia|ausencia))\b"
)


def _explicada(fila: Hallado[Firmante], renglon: Renglon) -> Hallado[Firmante]:
    """Con lo que su renglón siguiente dice de por qué firma: quizá no asistió."""
    porque = renglon.texto.strip(" .|_()*")[:300]
    return replace(
        fila,
        valor=replace(fila.valor, explicacion=porque),
        renglones=(*fila.renglones, renglon.numero),
    )


def _del_renglon(renglon: Renglon, confianza: Confianza) -> list[Hallado[Firmante]]:
    """Los nombres que ocupan una celda entera; lo demás del renglón es su cargo."""
    celdas = renglon.texto.split("|")
    if len(celdas) == 1 and "," in renglon.texto:
        celdas = [renglon.texto.partition(",")[0], renglon.texto.partition(",")[2]]
    personas = [p for celda in celdas if (p := nombres.solo(_sin_numero(celda)))]
    resto = " ".join(c.strip(" _") for c in celdas if not nombres.solo(_sin_numero(c)))
    cargo = resto if len(personas) == 1 else ""
    return [
        Hallado(Firmante(p.nombre, p.tratamiento, cargo[:250].strip(" /,;")), (renglon.numero,), confianza)
        for p in personas
    ]


def _sin_numero(celda: str) -> str:
    """«1. Lic. Fulana» firma igual que «Lic. Fulana»."""
    return celda.strip().lstrip("0123456789.)- ")


def _sin_repetir(filas: Iterable[Hallado[Firmante]]) -> list[Hallado[Firmante]]:
    return list({clave(fila.valor.nombre): fila for fila in reversed(list(filas))}.values())[::-1]
