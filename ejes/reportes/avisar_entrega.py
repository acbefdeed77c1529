"""A quién se escribe cuando se envía un reporte, y lo que se le dice."""

from django.utils import timezone

from ejes.mensajes import RECIBIDO
from ejes.models import Entrega
from sesiones.asuntos import asunto
from sesiones.models import Rol
from sesiones.permisos import CONDUCEN
from stl_portal.avisos import envio
from stl_portal.avisos.envio import Mensaje


def avisar(entrega: Entrega) -> None:
    """Encola el correo a quienes revisan, una sola vez por envío, en la transacción de quien llama."""
    reporte = entrega.reporte
    organo = reporte.asiento.organo
    enviada = timezone.localdate(entrega.enviada_el)
    revisan = (
        Rol.objects.vigentes(enviada)
        .filter(tipo__in=CONDUCEN, organo__in=[organo.pk, organo.padre_id], usuario__is_active=True)
        .select_related("usuario")
    )
    contexto = {"entrega": entrega, "reporte": reporte, "liga": envio.liga(reporte.url_de_revision)}
    que = "Reporte corregido" if entrega.numero > 1 else "Reporte recibido"
    titulo = RECIBIDO.titulo(que=que, titulo=f"{reporte.bimestre}, {reporte.eje}")
    dicho = asunto(titulo, enviada, organo)
    mensajes = [
        Mensaje(
            rol.usuario.email,
            dicho,
            RECIBIDO.texto(contexto | {"nombre": rol.usuario.nombre}),
            rol.usuario.nombre,
        )
        for rol in revisan
    ]
    envio.encolar(RECIBIDO, f"reporte:{reporte.pk}:{entrega.numero}", mensajes)
