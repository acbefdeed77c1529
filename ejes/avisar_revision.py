"""A quién se escribe cuando un reporte se devuelve o se abre para corregirlo: a quienes lo preparan."""

import datetime as dt
from collections.abc import Iterator

from django.template.loader import render_to_string
from django.utils import timezone

from ejes.models import Encargo, Entrega
from sesiones.invitar import correo_de
from sesiones.models import Asiento
from stl_portal.avisos import envio
from stl_portal.avisos.envio import Mensaje
from stl_portal.espanol import con_articulo

PLANTILLA = "avisos/correo/reporte_devuelto.txt"


def devuelto(entrega: Entrega) -> None:
    """Hay observaciones que atender en lo que se envió."""
    _escribir(entrega, "observaciones", "Tu reporte tiene observaciones", "")


def abierto_para_corregir(entrega: Entrega, motivo: str) -> None:
    """El reporte publicado o validado se abrió para corregirlo."""
    _escribir(entrega, "correccion", "Tu reporte se abrió para corregirlo", motivo)


def _escribir(entrega: Entrega, acto: str, asunto: str, motivo: str) -> None:
    reporte = entrega.reporte
    hoy = timezone.localdate()
    contexto = {
        "reporte": reporte,
        "acto": acto,
        "motivo_dicho": motivo,
        "del_organo": con_articulo(reporte.asiento.organo.denominacion(hoy).nombre, "de"),
        "liga": envio.liga(reporte.url_de_trabajo),
    }
    mensajes = [
        Mensaje(
            correo,
            f"{asunto}: {reporte.bimestre}",
            render_to_string(PLANTILLA, contexto | {"nombre": nombre}),
            nombre,
        )
        for nombre, correo in quienes_preparan(reporte.asiento, hoy)
    ]
    envio.encolar(f"reporte:{reporte.pk}:{acto}:{entrega.numero}", mensajes)


def quienes_preparan(asiento: Asiento, al: dt.date) -> Iterator[tuple[str, str]]:
    """Nombre y correo de titular, suplentes y colegas con encargo; quien no tiene correo no aparece."""
    cuentas = ("nombramientos__persona__usuario", "suplencias__persona__usuario")
    fila = Asiento.objects.con_ocupantes().prefetch_related(*cuentas).get(pk=asiento.pk)
    for ocupante in filter(None, [fila.titular(al), *fila.suplentes(al, None)]):
        if correo := correo_de(ocupante.persona):
            yield ocupante.persona.formal, correo
    for encargo in Encargo.objects.vigentes(al).filter(asiento=asiento).select_related("usuario"):
        yield encargo.usuario.nombre, encargo.usuario.email
