"""Lo que se escribe a quienes preparan un reporte: que se recibió, se devolvió, se publicó o se abrió."""

from django.utils import timezone

from ejes import mensajes
from ejes.models import Entrega
from ejes.reportes.quienes_preparan import quienes_preparan
from sesiones.asuntos import asunto
from stl_portal.avisos import envio
from stl_portal.avisos.clases import Clase
from stl_portal.avisos.envio import Mensaje
from stl_portal.espanol import con_articulo


def recibido(entrega: Entrega) -> None:
    """El acuse: qué se recibió, cuándo y con qué huella."""
    _escribir(entrega, "acuse", mensajes.ACUSE, "")


def publicado(entrega: Entrega) -> None:
    """Lo enviado ya es público."""
    _escribir(entrega, "publicacion", mensajes.PUBLICADO, "")


def devuelto(entrega: Entrega) -> None:
    """Hay observaciones que atender en lo que se envió."""
    _escribir(entrega, "observaciones", mensajes.OBSERVADO, "")


def abierto_para_corregir(entrega: Entrega, motivo: str) -> None:
    """El reporte publicado o validado se abrió para corregirlo."""
    _escribir(entrega, "correccion", mensajes.ABIERTO, motivo)


def _escribir(entrega: Entrega, acto: str, clase: Clase, motivo: str) -> None:
    reporte = entrega.reporte
    hoy = timezone.localdate()
    contexto = {
        "reporte": reporte,
        "entrega": entrega,
        "acto": acto,
        "motivo_dicho": motivo,
        "del_organo": con_articulo(reporte.asiento.organo.denominacion(hoy).nombre, "de"),
        "liga": envio.liga(reporte.url_de_trabajo),
        "liga_publica": envio.liga(reporte.get_absolute_url()),
    }
    titulo = asunto(clase.titulo(bimestre=reporte.bimestre), hoy, reporte.asiento.organo)
    cartas = [
        Mensaje(correo, titulo, clase.texto(contexto | {"nombre": nombre}), nombre)
        for correo, nombre in quienes_preparan([reporte.asiento_id], hoy)[reporte.asiento_id]
    ]
    envio.encolar(clase, f"reporte:{reporte.pk}:{acto}:{entrega.numero}", cartas)
