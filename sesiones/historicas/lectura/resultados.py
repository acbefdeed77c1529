"""Cómo terminó cada punto: lo que se votó o, si no se votó, lo que el desahogo dice."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from . import etiquetas
from .alineado import Ruta
from .frases import partir
from .hallado import Confianza, Hallado, Punto, Voto
from .renglones import Parrafo

_DICHOS = (
    (
        "pospuesto",
        r"\bse (?:pospone|pospuso|difiere|difirio|aplaza|aplazo)\b"
        r"|queda pendiente para la (?:siguiente|proxima)",
    ),
    ("retirado", r"\bse (?:retira|retiro) (?:el punto|del orden)|punto (?:fue )?retirado"),
    ("da_cuenta", r"\bse da cuenta\s*\.?\s*$"),
    (
        "consenso",
        r"cuenta con la aprobacion|estan de acuerdo|por consenso|hubo consenso|manifiestan su conformidad",
    ),
    ("dispensado", r"obvia lectura|se dispensa (?:la|su) lectura|dispensa de (?:la )?lectura"),
    ("da_cuenta", r"\bda(?:n|ra)? cuenta\b|\bdio cuenta\b"),
    (
        "presentado",
        r"\b(?:present|expo[nu]|expus|explic|inform[aoeó]\b|da a conocer|dio a conocer|detall)",
    ),
)
_DICHO = [(resultado, re.compile(patron)) for resultado, patron in _DICHOS]
_QUORUM = re.compile(
    r"\b(?:hay|existe\w*|declar\w+|se cuenta con|verific\w+)\b[^.;]{0,60}\bquorum\b|\bquorum legal\b"
)
_DE_VOTO = {"unanimidad": "unanimidad", "mayoria": "mayoria", "no_aprobado": "no_aprobado"}
SIN_DESAHOGO = frozenset({"grupo", "propuestas", "acta"})


def aplicar(
    puntos: Sequence[Hallado[Punto]],
    votos: Sequence[Hallado[Voto]],
    parrafos: Sequence[Parrafo],
    rutas: Sequence[Ruta],
    todos: Sequence[Parrafo],
) -> list[Hallado[Punto]]:
    """Los puntos con su resultado, su motivo y lo que se dijo en ellos."""
    de_voto = _de_votos(votos)
    hubo_quorum = any(_QUORUM.search(p.llano) for p in todos)
    return [_con_resultado(p, de_voto, parrafos, rutas, hubo_quorum=hubo_quorum) for p in puntos]


def _de_votos(votos: Sequence[Hallado[Voto]]) -> Mapping[Ruta, str]:
    """El resultado que da la última votación de cada punto."""
    dados = {}
    for voto in votos:
        conteo = voto.valor.conteo
        if conteo and voto.valor.forma != "no_aprobado":
            favor, contra, abstencion = conteo
            dado = "no_aprobado" if favor <= contra else "mayoria" if contra or abstencion else "unanimidad"
        else:
            dado = _DE_VOTO[voto.valor.forma]
        dados[voto.valor.punto] = dado
    return dados


def _con_resultado(
    punto: Hallado[Punto],
    de_voto: Mapping[Ruta, str],
    parrafos: Sequence[Parrafo],
    rutas: Sequence[Ruta],
    *,
    hubo_quorum: bool,
) -> Hallado[Punto]:
    valor = punto.valor
    suyos = [p for p, ruta in zip(parrafos, rutas, strict=True) if ruta == valor.ruta]
    resultado, motivo, lugares = de_voto.get(valor.ruta, ""), "", suyos
    if not resultado and valor.tipo == "lista" and hubo_quorum:
        resultado = "desahogado"
    elif not resultado and valor.tipo not in SIN_DESAHOGO:
        resultado, motivo = _dicho(suyos)
    desahogo = "\n\n".join(_sin_vineta(p.texto) for p in suyos)
    renglones = (*punto.renglones, *(n for p in lugares for n in p.renglones))
    nuevo = replace(valor, resultado=resultado, motivo=motivo, desahogo=desahogo)
    seguro = punto.confianza if valor.ruta in de_voto or not resultado else Confianza.MEDIA
    return Hallado(nuevo, tuple(dict.fromkeys(renglones)), seguro)


def _sin_vineta(texto: str) -> str:
    """Lo dicho, sin el asterisco que lo abría."""
    etiqueta = etiquetas.leer(texto)
    return texto[etiqueta.fin :] if etiqueta and etiqueta.clase == "vineta" else texto


def _dicho(parrafos: Sequence[Parrafo]) -> tuple[str, str]:
    """El resultado que más pesa de los que se dicen, y el motivo si se retira o pospone."""
    for resultado, patron in _DICHO:
        for parrafo in parrafos:
            for desde, hasta in partir(parrafo.texto):
                if patron.search(parrafo.llano[desde:hasta]):
                    motivo = parrafo.texto[desde:hasta] if resultado in ("pospuesto", "retirado") else ""
                    return resultado, motivo[:500]
    return "", ""
