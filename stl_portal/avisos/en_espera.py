"""Lo que de los correos se ve en el tablero: los que esperan salir y los que no salieron."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse

from stl_portal.gestion.registro import ESPERAN, Espera
from stl_portal.publico.registro import apuntar

from .de_nadie import de_nadie
from .models import Aviso, EstadoAviso, Rebote


def correos(al: dt.date) -> Iterator[Espera]:
    """La fila y lo que falló después del último intento."""
    lista = reverse("admin:avisos_aviso_changelist")
    cuentas = Aviso.objects.aggregate(
        pendientes=Count("pk", Q(estado=EstadoAviso.PENDIENTE)),
        fallidos=Count("pk", Q(estado=EstadoAviso.FALLIDO)),
    )
    yield Espera(
        que="correos que no salieron",
        detalle="Se intentó varias veces; revisa por qué y vuelve a enviarlos.",
        url=f"{lista}?estado__exact={EstadoAviso.FALLIDO}",
        accion="Ver por qué",
        cuantas=cuentas["fallidos"],
        orden=10,
        grave=True,
    )
    yield Espera(
        que="correos por salir",
        detalle="Están en la fila; los manda «manage.py enviar_avisos».",
        url=f"{lista}?estado__exact={EstadoAviso.PENDIENTE}",
        accion="Ver la fila",
        cuantas=cuentas["pendientes"],
        orden=90,
    )


def rebotes(al: dt.date) -> Iterator[Espera]:
    """Las direcciones a las que no se escribe porque rebotan."""
    lista = reverse("admin:avisos_rebote_changelist")
    marcas = Rebote.objects.marcan()
    ficticias = marcas.filter(de_nadie("correo"))
    reales = marcas.exclude(de_nadie("correo"))
    yield Espera(
        que="correos que rebotan",
        detalle="No se les escribe. Corrige la dirección de la persona o, si ya sirve, levanta la marca.",
        url=f"{lista}?permanente__exact=1&levantado_el__isempty=1",
        accion="Ver cuáles",
        cuantas=reales.values("correo").distinct().count(),
        ficticias=ficticias.values("correo").distinct().count(),
        orden=20,
        grave=True,
    )


def registrar() -> None:
    """Se llama desde `AvisosConfig.ready()`."""
    apuntar(ESPERAN, correos)
    apuntar(ESPERAN, rebotes)
