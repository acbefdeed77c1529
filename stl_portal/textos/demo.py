"""Lo que la demostración enseña de los textos: un anuncio vigente y un texto cambiado, con su historia."""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from stl_portal.cuentas.models import Usuario

from .models import Anuncio, Texto
from .registro import TEXTOS

ANUNCIO = "Esto es un anuncio de ejemplo (ficticio): quien administra lo escribe y dice hasta qué día se ve."
BAJADA = (
    "Cuándo se reúne cada órgano, cuándo vencen los reportes y qué capacitaciones hay. Puedes verlo también "
    "desde tu propio calendario."
)


def cargar(decir: Callable[[str], None]) -> None:
    """Deja los dos si nadie ha escrito ninguno."""
    quien = Usuario.objects.filter(is_staff=True).order_by("pk").first()
    if quien is None or Anuncio.objects.exists() or Texto.objects.exists():
        return
    hoy = timezone.localdate()
    anuncio = Anuncio(
        texto=ANUNCIO,
        donde="privado",
        desde=hoy,
        hasta=hoy + dt.timedelta(days=365),
        accion="Ver la ayuda",
        liga="/ayuda/",
    )
    anuncio.full_clean()
    anuncio.save()
    Texto.cambiar(TEXTOS["seccion.calendario"], "", escrito=BAJADA, version=1, por=quien)
    decir("Un anuncio y un texto cambiado, de ejemplo")
