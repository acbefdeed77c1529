"""El documento «corte/1»: el cuadro como los datos que se publican, y de regreso.

Lo ya publicado se sigue leyendo: las claves que un documento no trae quedan vacías.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from ejes import avance
from ejes.avance import Umbrales
from ejes.cortes.cuadro import Citada, Cuadro, Edicion, Metodo, Renglon

ESQUEMA = "corte/1"
FECHAS = ("desde", "hasta", "presentado_el")
TEXTOS = ("textual", "nota", "explicacion", "responsable", "cargo", "procedencia")
SIEMPRE = ("codigo", "titulo", "declarado", "calculado")


def documento_de(cuadro: Cuadro) -> dict[str, Any]:
    """El cuadro como datos que se sellan: porcentajes como números, fechas ISO 8601, sin lo vacío."""
    metodo = cuadro.total.metodo
    umbrales = {n: _numero(getattr(metodo.umbrales, n)) for n in ("limitado", "sustancial", "completado")}
    medida = {"formula": metodo.formula, "trato": metodo.trato, "base": metodo.base, "umbrales": umbrales}
    corte = {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in cuadro.corte.items()}
    return {
        "esquema": ESQUEMA,
        "identificador": f"{cuadro.plan['clave']}/{cuadro.corte['numero']}",
        "plan": dict(cuadro.plan) | {"medida": medida},
        "corte": corte,
        "total": _como_datos(cuadro.total),
    }


def _como_datos(r: Renglon) -> dict[str, Any]:
    datos = {
        "codigo": r.codigo,
        "titulo": r.titulo,
        "peso": _numero(r.peso),
        "declarado": _numero(r.declarado),
        "calculado": _numero(r.calculado),
        "verificado": _numero(r.verificado),
        **{campo: getattr(r, campo) for campo in TEXTOS},
        "con_asterisco": r.con_asterisco,
        "ligas": list(r.ligas),
        "evidencias": [_sin_vacios(asdict(e)) for e in r.evidencias],
        "ediciones": [asdict(e) for e in r.ediciones],
        "partes": [_como_datos(parte) for parte in r.partes],
    }
    return _sin_vacios(datos)


def _sin_vacios(datos: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in datos.items() if v not in (None, "", False, []) or k in SIEMPRE}


def _numero(valor: Decimal | None) -> int | float | None:
    """Con dos decimales cuando los tiene: 30, 36.25."""
    if valor is None:
        return None
    redondo = avance.redondear(valor, 2)
    return int(redondo) if redondo == redondo.to_integral_value() else float(redondo)


def cuadro_de(documento: Mapping[str, Any]) -> Cuadro:
    """El cuadro de un documento publicado; lo calculado se vuelve a calcular."""
    plan = dict(documento["plan"])
    medida = plan.pop("medida")
    umbrales = Umbrales(**{nivel: Decimal(str(desde)) for nivel, desde in medida["umbrales"].items()})
    metodo = Metodo(medida["formula"], medida["trato"], medida["base"], umbrales)
    fechas = {k: dt.date.fromisoformat(v) for k, v in documento["corte"].items() if v and k in FECHAS}
    return Cuadro(plan, dict(documento["corte"]) | fechas, _renglon(documento["total"], metodo))


def _renglon(datos: Mapping[str, Any], metodo: Metodo) -> Renglon:
    return Renglon(
        codigo=datos["codigo"],
        titulo=datos["titulo"],
        metodo=metodo,
        declarado=_decimal(datos.get("declarado")),
        verificado=_decimal(datos.get("verificado")),
        peso=Decimal(str(datos.get("peso", 0))),
        con_asterisco=datos.get("con_asterisco", False),
        ligas=tuple(datos.get("ligas", ())),
        evidencias=tuple(Citada(**e) for e in datos.get("evidencias", ())),
        ediciones=tuple(Edicion(**e) for e in datos.get("ediciones", ())),
        partes=tuple(_renglon(parte, metodo) for parte in datos.get("partes", ())),
        **{campo: datos.get(campo, "") for campo in TEXTOS},
    )


def _decimal(valor: float | None) -> Decimal | None:
    return None if valor is None else Decimal(str(valor))
