"""Un reporte con todo lo que hace falta para enviarse, y la gente que tiene que ver con él."""

import datetime as dt

from django.utils import timezone

from ejes import reportar
from ejes.models import Entrega, Reporte
from sesiones.models import Persona, Suplencia
from stl_portal.cuentas.models import Usuario
from tests.ejes.fabricas import crear_reporte
from tests.personas import CLAVE, Reparto


def llenar(reporte: Reporte) -> Reporte:
    """Responde los ocho renglones (el 8 no aplica) y declara la única acción al 45 %."""
    for renglon in reporte.bimestre.formato.renglones.all():  # type: ignore[union-attr]
        if renglon.orden == 8:
            reporte.respuestas.create(renglon=renglon, no_aplica=True, motivo="Empieza en 2027")
            continue
        valor = 120 if renglon.unidad else None
        reporte.respuestas.create(renglon=renglon, texto=f"Respuesta {renglon.orden}", valor=valor)
    reporte.avances.create(accion=reporte.eje.compromisos.get().acciones.get(), declarado=45)
    return reporte


def crear_lleno(reparto: Reparto) -> Reporte:
    """El de `crear_reporte`, listo para enviarse."""
    return llenar(crear_reporte(reparto))


def enviado(reparto: Reparto) -> Entrega:
    """El mismo, enviado hoy por su titular."""
    reporte = crear_lleno(reparto)
    return reportar.enviar(reporte, reparto.cuentas["integrante"], timezone.now())


def crear_suplente(reparto: Reparto) -> Usuario:
    """Una cuenta que suple a la asociación civil desde ayer."""
    cuenta = Usuario.objects.create_user("suplente@prueba.example", CLAVE, nombre="Sara Suplente")
    persona = Persona.objects.create(nombre="Sara Suplente", apellidos="Suplente", usuario=cuenta)
    ayer = timezone.localdate() - dt.timedelta(days=1)
    Suplencia.objects.create(
        asiento=reparto.asientos["civil"], persona=persona, cargo="Asistente", vigente_desde=ayer
    )
    return cuenta
