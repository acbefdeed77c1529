"""Lo que el plan aporta a la portada, a las páginas de los acuerdos y al registro público."""

import datetime as dt

from django.http import HttpRequest

from ejes.ciudadania import enlaces, paginas_publicas
from ejes.cortes.publicar import leido
from ejes.models import Corte, CortePublicado
from stl_portal.publico import registro
from stl_portal.publico.registro import Bloque, apuntar


def avance(request: HttpRequest, al: dt.date) -> Bloque:
    """El avance global del último corte publicado de un órgano real, con su fecha."""
    reales = Corte.objects.vigentes().filter(plan__estado="publicado", plan__organo__ficticio=False)
    filas = CortePublicado.objects.filter(corte__in=reales).select_related("corte__plan")
    ultimo = filas.order_by("corte__hasta", "corte__numero").last()
    contexto = {
        "corte": ultimo.corte if ultimo else None,
        "cuadro": leido(ultimo) if ultimo else None,
    }
    return Bloque("ejes/publico/_portada.html", contexto, orden=10)


def registrar() -> None:
    """Se llama desde `EjesConfig.ready()`; repetirlo no duplica nada."""
    apuntar(registro.PORTADA, avance)
    apuntar(registro.DE_ACUERDOS, enlaces.de_acuerdos)
    apuntar(registro.DE_PUNTOS, enlaces.de_puntos)
    paginas_publicas.registrar()
