"""`/api/`: la interfaz explicada a personas, con ejemplos que se pueden copiar y que las pruebas ejecutan."""

import shlex
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stl_portal.avisos.envio import liga
from stl_portal.datos import licencia
from stl_portal.datos.api import rutas
from stl_portal.datos.api.errores import RAIZ
from stl_portal.datos.api.esquemas import LIMITE, LIMITE_MAXIMO
from stl_portal.datos.registro import CONJUNTOS, Conjunto

TANDA = 20  # objetos que se traen para hallar una fila: casi siempre basta el primero


@dataclass(frozen=True)
class Ejemplo:
    """Una orden de curl: para qué sirve y cómo se escribe."""

    para: str
    orden: str


def ejemplos() -> list[Ejemplo]:
    """Con los conjuntos que haya; los de acuerdos, que son los que más se piden, primero."""
    clave = "acuerdos" if "acuerdos" in CONJUNTOS else next(iter(CONJUNTOS))
    acuerdos = f"{RAIZ}{clave}/"
    return [
        Ejemplo("Qué conjuntos hay", _curl(RAIZ)),
        Ejemplo("Los primeros cinco acuerdos", _curl(f"{acuerdos}?limite=5")),
        Ejemplo(
            "Los que se cumplieron, sin los órganos de demostración",
            _curl(f"{acuerdos}?estado=cumplido&ficticio=false"),
        ),
        Ejemplo("Todo en una sola descarga, para una hoja de cálculo", _curl(f"/datos/{clave}.csv", "-OJ")),
        Ejemplo("Las cabeceras de una respuesta, con su ETag", _curl(acuerdos, "-I")),
    ]


def _curl(ruta: str, *banderas: str) -> str:
    return shlex.join(["curl", *banderas, liga(ruta)])


@require_safe
def pagina(request: HttpRequest) -> HttpResponse:
    """La documentación."""
    veces, ventana, _ = settings.ACCOUNT_RATE_LIMITS["api"].split("/")
    contexto = {
        "raiz": RAIZ,
        "version": rutas.VERSION,
        "ejemplos": ejemplos(),
        "conjuntos": [_en_la_pagina(conjunto) for conjunto in CONJUNTOS.values()],
        "limite": LIMITE,
        "limite_maximo": LIMITE_MAXIMO,
        "veces": veces,
        "minutos": ventana.removesuffix("m"),
        "licencia": licencia,
    }
    return render(request, "datos/api.html", contexto)


def _en_la_pagina(conjunto: Conjunto) -> dict[str, object]:
    return {
        "conjunto": conjunto,
        "direccion": f"{RAIZ}{conjunto.clave}/",
        "fila": una_fila(conjunto),
        "filtros": ", ".join(filtro.nombre for filtro in conjunto.filtros),
    }


def una_fila(conjunto: Conjunto) -> str:
    """Dónde se lee la primera fila publicada del conjunto; vacía si todavía no hay ninguna."""
    primera = next(conjunto.por_objeto(lote=TANDA), None)
    return f"{RAIZ}{conjunto.clave}/{quote(str(primera[1][0]))}/" if primera else ""
