"""El acta publicada la abre cualquiera; la que se firma, quien lee la mesa; el escaneo, quien conduce."""

from django.contrib.auth.models import AnonymousUser

from sesiones import models as m
from sesiones.archivos import puede_abrir
from tests.personas import Reparto
from tests.vida.momentos import publicada


def test_quien_abre_cada_pdf(reparto: Reparto) -> None:
    sello = publicada(reparto)
    escaneo = m.Firma.objects.earliest("pk").escaneo
    assert escaneo is not None
    quienes = (AnonymousUser(), *(reparto.cuentas[p] for p in ("extrana", "integrante", "facilitadora")))
    abren = [
        [puede_abrir(quien, archivo) for quien in quienes]
        for archivo in (sello.publicacion.pdf, sello.pdf, escaneo)
    ]
    assert abren == [
        [True, True, True, True],
        [False, False, True, True],
        [False, False, False, True],
    ]
