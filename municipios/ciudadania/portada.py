"""Lo que los municipios aportan a la portada: encontrar el propio y el último corte."""

import datetime as dt

from django.http import HttpRequest

from municipios.ciudadania import publicados
from municipios.models import Municipio
from stl_portal.espanol import llano
from stl_portal.publico import registro
from stl_portal.publico.registro import Bloque, apuntar


def mi_municipio(request: HttpRequest, al: dt.date) -> Bloque:
    """La caja para elegir un municipio y de cuándo es lo último que se sabe de ellos."""
    municipios = sorted(Municipio.objects.all(), key=lambda m: llano(m.nombre))
    reales = publicados.filas().prefetch_related(None).filter(corte__organo__ficticio=False)
    contexto = {"municipios": municipios, "ultimo": reales.order_by("corte__fecha", "corte__numero").last()}
    return Bloque("municipios/_portada.html", contexto, orden=20, lateral=True)


def registrar() -> None:
    """Se llama desde `MunicipiosConfig.ready()`; repetirlo no duplica nada."""
    apuntar(registro.PORTADA, mi_municipio)
