"""Los informes del plan publicados, reconocidos por la huella de su PDF o de sus datos."""

from django.db.models import Q

from ejes.models import Corte, CortePublicado, Plan
from stl_portal.sello.registro import Reconocido


def informe(huella: str) -> Reconocido | None:
    """El corte publicado con ese PDF o con esos datos (JSON canónico); None si no lo hay."""
    filas = CortePublicado.objects.filter(corte__plan__in=Plan.objects.publicados())
    fila = filas.filter(Q(pdf__huella=huella) | Q(huella=huella)).select_related("corte__plan").first()
    if fila is None:
        return None
    corregido = Corte.objects.publicados().filter(corrige=fila.corte_id).exists()
    return Reconocido(
        "alerta" if corregido else "exito",
        ("Son los datos de un informe" if fila.huella == huella else "Tu archivo es un informe")
        + (" que después se corrigió" if corregido else " publicado"),
        "Es idéntico, byte por byte, a lo que publicó el órgano."
        + (" Hay una corrección posterior, que se enlaza desde su página." if corregido else ""),
        documento=f"{fila.corte} · {fila.corte.plan}",
        url=fila.corte.get_absolute_url(),
        eslabon=fila.eslabon,
    )
