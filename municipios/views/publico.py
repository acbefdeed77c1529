"""La lista de municipios y la página de cada uno. Solo muestran lo que el portal sabe."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from municipios.models import Municipio
from sesiones.busqueda import que_contiene, sin_acentos
from sesiones.models import Organo

COLUMNAS = {"nombre": "Municipio", "clave": "Clave INEGI", "cabecera": "Cabecera"}
BUSQUEDA_MAXIMA = 100


@dataclass(frozen=True)
class Columna:
    """Encabezado de la tabla: su texto, a dónde lleva y cómo está ordenada (para `aria-sort`)."""

    texto: str
    url: str
    orden: str

    @classmethod
    def hacer(cls, campo: str, actual: str, parametros: QueryDict) -> "Columna":
        """Liga que ordena por el campo; si ya se ordena por él, invierte el sentido."""
        consulta = parametros.copy()
        consulta["orden"] = f"-{campo}" if actual == campo else campo
        orden = {campo: "ascending", f"-{campo}": "descending"}.get(actual, "none")
        return cls(COLUMNAS[campo], f"?{consulta.urlencode()}", orden)


def lista(request: HttpRequest) -> HttpResponse:
    """Los 46, con búsqueda sin acentos y columnas que se ordenan; caben en una página.

    Se ordena aquí porque SQLite y PostgreSQL no alfabetizan igual los acentos.
    """
    buscado, orden = _buscado(request.GET), _orden(request.GET)
    campo = orden.removeprefix("-")
    encontrados = Municipio.objects.filter(que_contiene(buscado, "nombre", "cabecera", "clave"))
    contexto = {
        "municipios": sorted(
            encontrados, key=lambda m: sin_acentos(getattr(m, campo)), reverse=orden.startswith("-")
        ),
        "columnas": [Columna.hacer(columna, orden, request.GET) for columna in COLUMNAS],
        "buscado": buscado,
    }
    return render(request, "municipios/lista.html", contexto)


def _buscado(parametros: QueryDict) -> str:
    """Lo que se escribió en la caja de búsqueda, en un renglón."""
    return " ".join(parametros.get("q", "").replace("\x00", "").split())[:BUSQUEDA_MAXIMA]


def _orden(parametros: QueryDict) -> str:
    """Columna pedida, con «-» si va al revés; por nombre si no se entiende."""
    pedido = parametros.get("orden", "")
    return pedido if pedido.removeprefix("-") in COLUMNAS else "nombre"


def detalle(request: HttpRequest, clave: str) -> HttpResponse:
    """Un municipio, con su secretariado si este portal lo aloja."""
    municipio = get_object_or_404(Municipio, clave=clave)
    organo = Organo.objects.secretariados().con_nombre().filter(clave_municipio=clave).first()
    denominacion = organo.denominacion(timezone.localdate()) if organo else None
    contexto = {
        "municipio": municipio,
        "organo": organo,
        "denominacion": denominacion,
        "migas": [("Municipios", reverse("municipios:lista"))],
    }
    return render(request, "municipios/detalle.html", contexto)
