"""Un reporte devuelto con observaciones, su evidencia y un encargo, para las direcciones de `reportes:`."""

from django.utils import timezone

from ejes.models import Encargo, Plan, Reporte
from ejes.reportes import evidencias
from ejes.reportes.reportar import Casilla
from stl_portal.archivo import almacen
from stl_portal.sello.canonico import huella
from tests.ejes.fabricas import crear_bimestre
from tests.personas import Reparto

DEL_REPORTE = """
    reporte enviar indicadores guardar_indicadores avances guardar_avances guardar_fila evidencias subir ligar
    reusar evidencia editar_evidencia sustituir quitar
"""
# De qué habla cada argumento de esas direcciones.
DE_QUE = {
    **{
        f"reportes:{nombre}": {
            "pk": "r_reporte",
            "evidencia": "r_evidencia",
            "paso": "r_paso",
            "clave": "r_clave",
        }
        for nombre in DEL_REPORTE.split()
    },
    "reportes:iniciar": {"bimestre": "r_bimestre", "eje": "r_eje", "asiento": "r_asiento"},
    "reportes:encargar": {"asiento": "r_asiento"},
    "reportes:terminar_encargo": {"pk": "r_encargo"},
}


def reportado(reparto: Reparto, clave: str) -> dict[str, str | int]:
    """El reporte de la asociación civil en otro bimestre del plan: ya se envió una vez y se devolvió."""
    plan, civil = Plan.objects.get(clave=clave), reparto.asientos["civil"]
    eje = plan.ejes.get(numero=1)
    eje.responsable = civil
    eje.save()
    casilla = Casilla(crear_bimestre(plan, timezone.localdate(), numero=90), eje, civil)
    reporte = Reporte.objects.create(bimestre=casilla.bimestre, eje=eje, asiento=civil)
    archivo = almacen.guardar_propio(b"una evidencia", "evidencia.txt")
    ahora, cuenta = timezone.now(), reparto.cuentas["integrante"]
    evidencia = evidencias.agregar(reporte, evidencias.Respaldo(), cuenta, ahora, archivo=archivo)
    documento = b'{"avances":[],"renglones":[]}'
    reporte.entregas.create(
        numero=1, documento=documento, huella=huella(documento), enviada_el=ahora, firma="Darío Vega"
    )
    reporte.cambiar("enviar", cuenta)
    reporte.cambiar("devolver", reparto.cuentas["colega"])
    encargo = Encargo.objects.create(
        asiento=civil, usuario=reparto.cuentas["colega"], vigente_desde=ahora.date()
    )
    filas = {"r_reporte": reporte, "r_evidencia": evidencia, "r_bimestre": casilla.bimestre, "r_eje": eje}
    pks: dict[str, str | int] = {nombre: fila.pk for nombre, fila in filas.items()}
    return pks | {"r_asiento": civil.pk, "r_encargo": encargo.pk, "r_paso": "indicadores", "r_clave": "r1"}
