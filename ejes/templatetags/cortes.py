"""Cómo se dicen los renglones de un corte: de dónde salió cada cifra, con qué se respalda y qué cambió."""

from django import template
from django.utils.text import Truncator

from ejes.cortes.comparar import Diferencia, Rumbo
from ejes.cortes.cuadro import Renglon

register = template.Library()

LARGO = 110
TONOS = {
    Rumbo.SUBIO: "exito",
    Rumbo.BAJO: "alerta",
    Rumbo.A_CIFRA: "info",
    Rumbo.A_PALABRAS: "alerta",
    Rumbo.YA_SE_SABE: "info",
    Rumbo.YA_NO_SE_SABE: "alerta",
    Rumbo.APARECE: "info",
}


@register.filter
def recortado(cosa: Renglon | Diferencia) -> str:
    """Su nombre, a lo más en un par de renglones."""
    return Truncator(str(cosa)).chars(LARGO, truncate="…")


@register.filter
def de_donde(renglon: Renglon) -> str:
    """De qué reporte se tomó, o que la escribió el personal; «Nadie reportó» si no hay nada."""
    del_personal = any(e.que == "avance" for e in renglon.ediciones)
    if del_personal:
        antes = f"; antes, {renglon.procedencia[:1].lower()}{renglon.procedencia[1:]}"
        return f"Escrita por el personal técnico{antes if renglon.procedencia else ''}"
    if renglon.procedencia:
        return renglon.procedencia
    dicho = renglon.declarado is not None or renglon.textual
    if renglon.partes:
        return "Declarado en el informe" if dicho else "Sale de la fórmula"
    return "Capturada con el corte" if dicho else "Nadie reportó"


@register.filter
def de_sus_partes(eje: Renglon) -> str:
    """Qué trae su tabla: «Compromisos y acciones del Eje 1. Gobierno Abierto»."""
    return f"Compromisos y acciones del {eje}"


@register.filter
def respaldos(renglon: Renglon) -> str:
    """«2 evidencias y 1 liga»."""
    cuantos = ((len(renglon.evidencias), "evidencia"), (len(renglon.ligas), "liga"))
    return " y ".join(f"{n} {que}{'' if n == 1 else 's'}" for n, que in cuantos if n)


@register.filter
def tono_del_cambio(diferencia: Diferencia) -> str:
    """Tono de la etiqueta; el color solo refuerza lo que ya dicen las palabras."""
    return TONOS.get(diferencia.rumbo, "neutro")
