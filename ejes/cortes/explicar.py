"""Por qué dos cuentas de un mismo corte no dan lo mismo sin que nadie se haya equivocado."""

from ejes.avance import Formula, legible
from ejes.cortes.cuadro import Cuadro, Renglon
from stl_portal.espanol import enumerar


def por_que_varia(cuadro: Cuadro) -> str:
    """Por qué el global cambia según de qué se calcule; vacío si con todas las bases da lo mismo."""
    if len({valor for _, valor in cuadro.por_base}) == 1:
        return ""
    pondera = cuadro.total.metodo.formula == Formula.PONDERADA
    cada_eje = "según su peso" if pondera else "lo mismo que los demás"
    mas = "las tiene más numerosas o de más peso" if pondera else "tiene más"
    return (
        f"No da lo mismo con cada base porque no cuenta lo mismo: con los ejes, cada eje cuenta {cada_eje};"
        f" con las acciones todas juntas, cuenta más el eje que {mas}, y lo mismo pasa con los compromisos."
    )


def sin_nada_en_medio(cuadro: Cuadro) -> str:
    """El global desde las acciones, nivel por nivel, si difiere del que parte de lo declarado en medio."""
    total = cuadro.total
    if not total.difiere_desde_acciones or total.calculado is None or total.desde_acciones is None:
        return ""
    return (
        "Cada nivel se calcula con lo declarado en el de abajo, que puede venir redondeado. Calculado nivel"
        " por nivel desde las acciones, sin lo declarado en medio, el global es"
        f" {legible(total.desde_acciones)} % y no {legible(total.calculado)} %."
    )


def redondeados(cuadro: Cuadro) -> str:
    """Los renglones cuya cifra declarada es la calculada, ya redondeada; vacío si no hay."""
    dichos = enumerar([_dicho(renglon) for renglon in cuadro.renglones if _se_redondeo(renglon)])
    return f"Solo por el redondeo se ven distintas: {dichos}." if dichos else ""


def _se_redondeo(r: Renglon) -> bool:
    comparables = r.partes and None not in (r.declarado, r.calculado)
    return bool(comparables) and r.coincide and r.declarado != r.calculado


def _dicho(r: Renglon) -> str:
    de_que = f"en {r.codigo}" if "." in r.codigo else f"en el eje {r.codigo}" if r.codigo else "en el global"
    declarado, calculado = (legible(cifra) for cifra in (r.declarado, r.calculado) if cifra is not None)
    return f"{de_que}, {declarado} % declarado y {calculado} % calculado"
