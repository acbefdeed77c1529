"""Un reporte con todo lo que hace falta para enviarse, y la gente que tiene que ver con él."""

import datetime as dt

from django.utils import timezone

from ejes import permisos
from ejes.estados import Veredicto
from ejes.models import Entrega, Reporte
from ejes.reportes import evidencias, llenado, reportar
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


def devuelto(reporte: Reporte, por: Usuario, revisa: Usuario) -> Reporte:
    """El mismo con una liga de evidencia, enviado por su titular y devuelto con el renglón 1 observado."""
    ahora, liga = timezone.now(), "https://datos.example.org/acta"
    evidencias.agregar(reporte, evidencias.Respaldo(), por, ahora, liga=liga, titulo="Acta")
    entrega = reportar.enviar(reporte, por, ahora)
    observar(entrega, revisa)
    return reporte


def observar(entrega: Entrega, revisa: Usuario) -> None:
    """La revisión observa el primer renglón y devuelve el reporte."""
    reporte = entrega.reporte
    entrega.dictamenes.create(
        renglon=reporte.bimestre.formato.renglones.get(orden=1),  # type: ignore[union-attr]
        veredicto=Veredicto.OBSERVADO,
        nota="Falta decir cuántas.",
        por=revisa,
        cuando=timezone.now(),
    )
    reporte.cambiar("devolver", revisa)


def devuelto_en_la_demostracion() -> Reporte:
    """El del primer bimestre ficticio, que su titular no había empezado."""
    titular = Usuario.objects.get(email="titular@demo.example")
    hoy = timezone.localdate()
    asientos = permisos.asientos_que_prepara(titular, hoy)
    libre = next(c for c in reportar.de_los_asientos(asientos, hoy) if c.reporte is None)
    reporte = reportar.iniciar(libre.bimestre, libre.eje, libre.asiento, hoy)
    for fila in llenado.filas(reporte, llenado.antecedentes(reporte)):
        reporte.respuestas.create(renglon=fila.renglon, texto="Sí", valor=3 if fila.unidad else None)
    for accion in llenado.acciones(reporte, llenado.antecedentes(reporte)):
        reporte.avances.create(accion=accion.accion, textual="en etapa de diseño")
    return devuelto(reporte, titular, Usuario.objects.get(email="tecnica@demo.example"))
