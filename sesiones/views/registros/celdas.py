"""Casillas que se repiten en las listas de los registros."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.utils import timezone

from stl_portal.espanol import fecha_larga
from stl_portal.vigencia import ConVigencia

from .declaracion import Celda


def periodo(desde: dt.date | None, hasta: dt.date | None) -> str:
    """«Del 18 de enero de 2020 al 9 de julio de 2020», «Desde…», «Hasta…» o «Sin fechas registradas»."""
    if desde and hasta:
        return f"Del {fecha_larga(desde)} al {fecha_larga(hasta)}"
    if desde:
        return f"Desde el {fecha_larga(desde)}"
    return f"Hasta el {fecha_larga(hasta)}" if hasta else "Sin fechas registradas"


def situacion(fila: ConVigencia, al: dt.date) -> tuple[str, str]:
    """Si rige, ya terminó o todavía no empieza, con su tono."""
    if fila.vigente(al):
        return "Vigente", "exito"
    if fila.vigente_hasta and fila.vigente_hasta < al:
        return "Terminó", "neutro"
    return "Por iniciar", "info"


def vigencia(fila: Any, organo: Any) -> Celda:
    """Situación de hoy con su periodo debajo."""
    texto, tono = situacion(fila, timezone.localdate())
    return Celda(texto, tono=tono, nota=periodo(fila.vigente_desde, fila.vigente_hasta))


def representacion(fila: Any, organo: Any) -> Celda:
    """La vigencia de un nombramiento; si no tiene fin escrito, cuándo vence según las reglas."""
    celda = vigencia(fila, organo)
    return replace(celda, nota=f"{celda.nota}{vencimiento(fila)}")


def vencimiento(fila: Any) -> str:
    """«; vence el 17 de enero de 2022», o vacío si el fin ya está escrito o nadie lo fija."""
    fin = None if fila.vigente_hasta else fila.vence()
    if fin is None:
        return ""
    verbo = "venció" if fin < timezone.localdate() else "vence"
    return f"; {verbo} el {fecha_larga(fin)}"


def si_no(valor: bool) -> str:
    """Sí o no."""
    return "Sí" if valor else "No"
