"""Lo que comparten las pruebas de pegar el avance: qué se pega y qué devuelve la vista previa."""

import html
import re
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from municipios.carga import leer
from sesiones import models as m

HOY = timezone.localdate()
FILAS = [(r["clave"], r["nombre"]) for r in leer()]
ENCABEZADO = "clave_inegi\tmunicipio\tconvocatoria\tinstalacion"


def url(organo: m.Organo) -> str:
    return reverse("gestion_municipios:pegar", args=(organo.clave,))


def pegar(captura: Client, organo: m.Organo, *renglones: str, **datos: Any) -> Any:
    pegado = "\n".join(renglones)
    return captura.post(url(organo), {"celdas": pegado, "fecha": HOY.isoformat()} | datos)


def ocultos(respuesta: Any) -> dict[str, str]:
    """Lo que la vista previa vuelve a enviar."""
    pagina = respuesta.content.decode()
    campos = re.findall(r'<input type="hidden" name="(hoja|envio)" value="([^"]*)"', pagina)
    return {"fecha": HOY.isoformat()} | {nombre: html.unescape(valor) for nombre, valor in campos}


def los_46(situacion: str) -> list[str]:
    return [ENCABEZADO, *(f"{clave}\t{nombre}\t{situacion}\t" for clave, nombre in FILAS)]


def cambios(respuesta: Any) -> list[tuple[str, str, str]]:
    """Qué anotaría la vista previa: municipio, etapa y situación."""
    return [
        (str(c.municipio), c.etapa.clave, c.situacion.clave) for c in respuesta.context["revision"].cambios
    ]
