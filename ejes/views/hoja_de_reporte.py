"""Lo que muestran las páginas de un reporte: dónde va, hasta cuándo, qué se observó y qué se puede hacer."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ejes import permisos
from ejes.models import Reporte
from ejes.reportes import llenado
from ejes.reportes.llenado import Antecedentes, Fila, FilaDeAccion, Requisito

PASOS = (
    ("indicadores", "Indicadores"),
    ("avances", "Avance de las acciones"),
    ("evidencias", "Evidencias"),
    ("reporte", "Revisar y enviar"),
)


@dataclass
class Hoja:
    """Un reporte visto por una cuenta en una fecha. Cada dato se lee una vez, cuando se pide."""

    reporte: Reporte
    usuario: Any
    hoy: dt.date

    @cached_property
    def prepara(self) -> bool:
        """Si la cuenta puede escribir en él."""
        return permisos.prepara(self.usuario, self.reporte.asiento, self.hoy)

    @cached_property
    def envia(self) -> bool:
        """Si la cuenta es de quien responde por el asiento."""
        return permisos.envia(self.usuario, self.reporte.asiento, self.hoy)

    @property
    def escribe(self) -> bool:
        """Si las páginas llevan formas."""
        return self.prepara and self.reporte.se_escribe

    @cached_property
    def antes(self) -> Antecedentes:
        """Lo enviado antes y lo observado."""
        return llenado.antecedentes(self.reporte)

    @cached_property
    def filas(self) -> list[Fila]:
        """Los renglones del formato."""
        return llenado.filas(self.reporte, self.antes)

    @cached_property
    def acciones(self) -> list[FilaDeAccion]:
        """Las acciones que reporta la institución."""
        return llenado.acciones(self.reporte, self.antes)

    @property
    def todas(self) -> "list[Fila | FilaDeAccion]":
        """Todo lo que se llena, en su orden."""
        juntas: list[Fila | FilaDeAccion] = [*self.filas]
        return juntas + self.acciones

    @cached_property
    def requisitos(self) -> list[Requisito]:
        """Lo que debe estar para enviar, esté o no."""
        return llenado.requisitos(self.todas)

    @property
    def faltan(self) -> list[Requisito]:
        """Lo que impide enviar."""
        return [r for r in self.requisitos if not r.hecha]

    @property
    def observadas(self) -> list[Fila | FilaDeAccion]:
        """Lo que la revisión observó."""
        return [f for f in self.todas if f.observacion]

    @cached_property
    def total_evidencias(self) -> int:
        """Cuántas evidencias distintas lleva."""
        return self.reporte.usos.values("evidencia").distinct().count()

    def riel(self, actual: str) -> list[dict[str, str]]:
        """Los pasos como los pinta `componentes/pasos.html`; el que no aplica no aparece."""
        partes: dict[str, list[Any]] = {"indicadores": self.filas, "avances": self.acciones}
        return [
            {
                "texto": texto,
                "url": llenado.url_de(self.reporte, clave),
                "estado": "actual" if clave == actual else self._estado(clave, partes.get(clave, [])),
                "detalle": self._detalle(clave, partes.get(clave, []), actual),
            }
            for clave, texto in PASOS
            if clave not in partes or partes[clave]
        ]

    def _estado(self, clave: str, filas: "list[Any]") -> str:
        if clave == "reporte":
            return "pendiente" if self.reporte.se_escribe else "hecho"
        hecho = self.total_evidencias if clave == "evidencias" else not any(f.falta for f in filas)
        return "hecho" if hecho else "pendiente"

    def _detalle(self, clave: str, filas: "list[Any]", actual: str) -> str:
        """«5 de 8»; en su propia página las evidencias están a la vista y cambian sin recargarla."""
        if clave == "evidencias" == actual:
            return ""
        if clave == "evidencias":
            return f"{self.total_evidencias} en el reporte"
        return _cuantas(filas)

    def hechas(self, paso: str) -> str:
        """«5 de 8»: lo que el riel dice de ese paso después de guardar un renglón."""
        return _cuantas(self.filas if paso == "indicadores" else self.acciones)

    def siguiente(self, actual: str) -> str:
        """La dirección del paso que sigue."""
        urls = [paso["url"] for paso in self.riel(actual)]
        propia = llenado.url_de(self.reporte, actual)
        return urls[min(urls.index(propia) + 1, len(urls) - 1)] if propia in urls else urls[-1]


def _cuantas(filas: "Sequence[Fila | FilaDeAccion]") -> str:
    return f"{sum(not f.falta for f in filas)} de {len(filas)}" if filas else ""


def hoja_de(request: HttpRequest, reporte: Reporte) -> Hoja:
    """La hoja para quien hace la petición, hoy."""
    return Hoja(reporte, request.user, timezone.localdate())


def pintar(
    request: HttpRequest,
    hoja: Hoja,
    paso: str,
    contexto: dict[str, Any],
    *,
    status: int = 200,
    plantilla: str = "",
) -> HttpResponse:
    """Pinta un paso del reporte con su marco; `plantilla`, si no se llama como el paso."""
    bimestre = hoja.reporte.bimestre
    marco = {
        "hoja": hoja,
        "reporte": hoja.reporte,
        "bimestre": bimestre,
        "ventana": bimestre.ventana,
        "prorroga": bimestre.ultima_prorroga,
        "faltan_dias": bimestre.ventana.faltan(hoja.hoy),
        "paso": paso,
        "pasos": hoja.riel(paso),
        "siguiente": hoja.siguiente(paso),
    }
    return render(request, f"ejes/reportes/{plantilla or paso}.html", marco | contexto, status=status)
