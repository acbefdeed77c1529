"""Guardar lo que se llena: renglón por renglón, sobre la versión que cada quien leyó."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from ejes.models import AvanceReportado, Reporte, Respuesta
from ejes.reportes.llenado import Fila, FilaDeAccion
from stl_portal.transiciones import TransicionInvalida

YA_SE_ENVIO = "El reporte ya se envió: mientras se revisa no se puede cambiar."


def exigir_abierto(reporte: Reporte) -> None:
    """Lanza `TransicionInvalida` si quien lo prepara ya no puede cambiarlo.

    Bloquea la fila hasta que termine la transacción: lo que se guarda no se cruza con un envío.
    """
    actual = Reporte.objects.select_for_update().get(pk=reporte.pk)
    if not actual.se_escribe:
        raise TransicionInvalida(YA_SE_ENVIO)


def guardar(
    reporte: Reporte, fila: "Fila | FilaDeAccion", version: int, por: Any, campos: dict[str, Any]
) -> "Respuesta | AvanceReportado":
    """La fila guardada. Lanza `VersionRancia`, `TransicionInvalida` o `ValidationError`."""
    with transaction.atomic():
        exigir_abierto(reporte)
        guardada = fila.guardada if fila.guardada.pk else _crear(reporte, fila)
        actual: Respuesta | AvanceReportado = guardada.guardar_sobre(version, por=por, **campos)
        return actual


def _crear(reporte: Reporte, fila: "Fila | FilaDeAccion") -> "Respuesta | AvanceReportado":
    """La fila vacía sobre la que se guarda por primera vez; si otra persona la creó antes, esa."""
    if isinstance(fila, Fila):
        return reporte.respuestas.get_or_create(renglon=fila.renglon)[0]
    return reporte.avances.get_or_create(accion=fila.accion)[0]


def usar_lo_anterior(fila: Fila) -> dict[str, Any]:
    """Los campos con la respuesta del bimestre anterior; lo ya escrito se queda y lo anterior va después.

    Lanza `ValidationError` si no hay anterior.
    """
    antes, guardada = fila.anterior, fila.guardada
    if antes is None:
        raise ValidationError("De ese renglón no hay respuesta anterior.")
    if guardada.vacia and antes["motivo"]:
        return {"texto": "", "valor": None, "motivo": antes["motivo"], "no_aplica": True}
    textos = [guardada.texto] + [antes["texto"]] * (antes["texto"] != guardada.texto)
    valor = antes["valor"] if guardada.valor is None and fila.unidad else guardada.valor
    return {"texto": "\n\n".join(filter(None, textos)), "valor": valor, "motivo": "", "no_aplica": False}
