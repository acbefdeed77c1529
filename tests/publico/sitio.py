"""Un sitio con una cosa pública de cada clase, y mucho que podría filtrarse, para recorrerlo entero."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from ejes.models import Plan
from municipios.models import InformeTrimestral
from sesiones import models as m
from sesiones.estados import PUBLICAS
from tests.permisos.mundo import crear_mundo
from tests.personas import crear_reparto

SITIO = "https://portal.ejemplo.mx"
ANFITRIONES = ["portal.ejemplo.mx", "testserver", "localhost"]


def dar_historia() -> None:
    """El mundo arma sus sesiones de un tirón: aquí todas tienen historia, y cada informe es de su órgano."""
    for sesion in m.Sesion.objects.publicas().exclude(historia__a__in=PUBLICAS):
        sesion.historia.create(verbo="convocar", de="", a=sesion.estado, cuando=timezone.now())
    for informe in InformeTrimestral.objects.exclude(anexo=None).select_related("anexo__sesion"):
        suya = informe.anexo.sesion  # type: ignore[union-attr]  # se excluyó lo que no tiene anexo
        InformeTrimestral.objects.filter(pk=informe.pk).update(organo=suya.organo_id)


@contextmanager
def sitio_de_prueba(archivos: Path) -> Iterator[None]:
    """Lo crea, y al salir no queda nada. Cada órgano y cada plan tiene su nombre, como en la realidad."""
    ajustes = {"SITIO": SITIO, "ALLOWED_HOSTS": ANFITRIONES, "MEDIA_ROOT": archivos}
    with override_settings(WHITENOISE_AUTOREFRESH=True, **ajustes), transaction.atomic():
        crear_mundo(crear_reparto())
        for organo in m.Organo.objects.all():
            organo.denominaciones.update(nombre=f"Órgano {organo}", nombre_corto=f"Órgano {organo}")
        for plan in Plan.objects.all():
            Plan.objects.filter(pk=plan.pk).update(nombre=f"Plan {plan.clave}")
        dar_historia()
        yield
        transaction.set_rollback(True)
