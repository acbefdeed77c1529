"""Quién puede qué con una convocatoria pública: quien conduce la lleva; el comité, y nadie más, califica."""

from typing import Any

from .estados import EstadoCertamen
from .models import Certamen, IntegranteDelComite


def integrante_de(usuario: Any, certamen: Certamen) -> IntegranteDelComite | None:
    """El lugar de la cuenta en el comité de una convocatoria ya publicada; None si no lo tiene."""
    if not usuario.is_authenticated or not usuario.is_active or not certamen.publico:
        return None
    return certamen.comite.filter(usuario=usuario).select_related("usuario").first()


def lugares_en_dictamen(usuario: Any) -> list[IntegranteDelComite]:
    """Los comités donde la cuenta está y que hoy dictaminan."""
    filas = IntegranteDelComite.objects.filter(usuario=usuario, certamen__estado=EstadoCertamen.CERRADA)
    return list(filas.select_related("certamen__organo").order_by("pk"))
