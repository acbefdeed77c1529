"""En qué páginas está el archivo de una evidencia, para volver a ellas desde el visor."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from ejes import permisos
from ejes.models import Evidencia, Reporte
from stl_portal.archivo.models import Archivo
from stl_portal.archivo.procedencia import Lugar


def de_la_evidencia(usuario: Any, archivo: Archivo) -> Iterator[Lugar]:
    """Donde esa cuenta trabaja con ella y, si ya se publicó, su página pública."""
    filas = Evidencia.objects.filter(archivo=archivo)
    if usuario.is_authenticated:
        for evidencia in filas.select_related("asiento__organo").order_by("-pk"):
            yield from _de_trabajo(usuario, evidencia)
    # El título que se publicó está en los bytes sellados y el de la fila puede haber cambiado: no se dice.
    for publica in filas.publicadas().select_related("plan", "asiento__institucion").order_by("-pk"):
        yield Lugar(f"Evidencia de {publica.asiento.institucion}", publica.get_absolute_url())


def _de_trabajo(usuario: Any, evidencia: Evidencia) -> Iterator[Lugar]:
    """El último reporte que la usa: para quien lo prepara, sus evidencias; para quien lo lee, su revisión."""
    hoy = timezone.localdate()
    usada = Reporte.objects.filter(usos__evidencia=evidencia).select_related("bimestre__plan", "eje")
    if permisos.prepara(usuario, evidencia.asiento, hoy):
        if reporte := usada.order_by("-bimestre__numero", "-pk").first():
            yield Lugar(
                f"Evidencias de {reporte.bimestre}", reverse("reportes:evidencias", args=(reporte.pk,))
            )
    elif permisos.audita_asiento(usuario, evidencia.asiento, hoy):
        enviada = Reporte.objects.filter(entregas__evidencias=evidencia).select_related("bimestre__plan")
        if reporte := enviada.order_by("-bimestre__numero", "-pk").first():
            yield Lugar(f"Revisión de {reporte.bimestre}", reporte.url_de_revision)
