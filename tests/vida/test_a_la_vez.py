"""Dos personas sellan o publican al mismo tiempo: queda un solo acto y a la otra se le dice por qué no."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from sesiones import models as m
from sesiones import publicar, sellar
from sesiones.estados import EstadoActa
from stl_portal.archivo import almacen
from stl_portal.sello.models import Eslabon
from stl_portal.sello.verificacion import verificar
from stl_portal.transiciones import TransicionInvalida
from tests.personas import Reparto, crear_reparto
from tests.vida.momentos import aprobada, firmada

HILOS = 4
LO_HIZO = "lo hizo"


def _a_la_vez(acto: Callable[[], object]) -> list[str]:
    """Lo hacen varios hilos al mismo tiempo; qué le pasó a cada uno, quien sí pudo primero."""
    salida = Barrier(HILOS)

    def intentar(_: int) -> str:
        salida.wait()
        try:
            acto()
        except (TransicionInvalida, ValidationError) as error:
            return error.frase if isinstance(error, TransicionInvalida) else " ".join(error.messages)
        finally:
            connection.close()
        return LO_HIZO

    with ThreadPoolExecutor(HILOS) as hilos:
        dichos = list(hilos.map(intentar, range(HILOS)))
    return sorted(dichos, key=lambda dicho: dicho != LO_HIZO)


def _tipos() -> list[str]:
    return list(Eslabon.objects.order_by("n").values_list("tipo", flat=True))


def _nada_a_medias() -> None:
    """El registro, las filas y los archivos cuadran entre sí."""
    assert [str(falla) for falla in verificar()[0]] == []
    assert not list((almacen.raiz() / almacen.PENDIENTES).glob("*"))


@pytest.fixture
def gente(transactional_db: None) -> Reparto:
    return crear_reparto()


def test_al_sellar_queda_un_solo_sello(gente: Reparto) -> None:
    acta = aprobada(gente)
    por = gente.cuentas["facilitadora"]
    primero, *demas = _a_la_vez(lambda: sellar.sellar(m.Acta.objects.get(pk=acta.pk), por, timezone.now()))
    assert primero == LO_HIZO
    assert len(demas) == HILOS - 1
    assert set(demas) == {_frase("sellar", acta)}
    sello = m.Sello.objects.get()
    assert (sello.acta.estado, sello.lugares.count()) == (EstadoActa.POR_FIRMAR, 5)
    assert _tipos() == ["acta-sellada"]
    _nada_a_medias()


def test_al_publicar_queda_una_sola_publicacion(gente: Reparto) -> None:
    sello = firmada(gente)
    por, acta = gente.cuentas["facilitadora"], sello.acta_id
    primero, *demas = _a_la_vez(lambda: publicar.publicar(m.Acta.objects.get(pk=acta), por, timezone.now()))
    assert primero == LO_HIZO
    assert set(demas) == {_frase("publicar", sello.acta)}
    publicacion = m.Publicacion.objects.get()
    assert (publicacion.sello, publicacion.sello.acta.estado) == (sello, EstadoActa.PUBLICADA)
    assert _tipos().count("acta-publicada") == 1
    _nada_a_medias()


def _frase(verbo: str, acta: m.Acta) -> str:
    """Lo que el portal contesta (409) a quien llega tarde."""
    with pytest.raises(TransicionInvalida) as error:
        m.Acta.objects.get(pk=acta.pk).exigir(verbo)
    assert error.value.frase
    return error.value.frase
