"""La lista de municipios y la página de cada uno. Solo muestran lo que el portal sabe."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.generic import ListView

from sesiones.busqueda import que_contiene, sin_acentos
from sesiones.models import Organo

from .models import Municipio

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


class Lista(ListView[Municipio]):
    """Los 46, con búsqueda sin acentos y columnas que se ordenan; cabe en una página."""

    model = Municipio
    template_name = "municipios/lista.html"
    context_object_name = "municipios"

    @property
    def buscado(self) -> str:
        """Lo que se escribió en la caja de búsqueda, en un renglón."""
        return " ".join(self.request.GET.get("q", "").replace("\x00", "").split())[:BUSQUEDA_MAXIMA]

    @property
    def orden(self) -> str:
        """Columna pedida, con «-» si va de mayor a menor; por nombre si no se entiende."""
        pedido = self.request.GET.get("orden", "nombre")
        return pedido if pedido.removeprefix("-") in COLUMNAS else "nombre"

    def get_queryset(self) -> QuerySet[Municipio]:
        """Los que contienen lo buscado en su nombre, cabecera o clave."""
        return Municipio.objects.filter(que_contiene(self.buscado, "nombre", "cabecera", "clave"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ordena aquí: la base no alfabetiza los acentos igual en SQLite que en PostgreSQL."""
        campo = self.orden.removeprefix("-")
        filas = sorted(
            self.get_queryset(), key=lambda m: sin_acentos(getattr(m, campo)), reverse=self.orden[0] == "-"
        )
        columnas = [Columna.hacer(c, self.orden, self.request.GET) for c in COLUMNAS]
        contexto = {"municipios": filas, "columnas": columnas, "buscado": self.buscado}
        return super().get_context_data(object_list=filas, **contexto, **kwargs)


def detalle(request: HttpRequest, clave: str) -> HttpResponse:
    """Un municipio, con su secretariado si este portal lo aloja."""
    municipio = get_object_or_404(Municipio, clave=clave)
    organo = Organo.objects.secretariados().con_nombre().filter(clave_municipio=clave).first()
    denominacion = organo.denominacion(timezone.localdate()) if organo else None
    contexto = {"municipio": municipio, "organo": organo, "denominacion": denominacion}
    return render(request, "municipios/detalle.html", contexto)
