"""Pedir, avisar y darse de baja al mismo tiempo: un correo, y ninguno después de la baja."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from sesiones.mensajes import de_quien_sigue
from stl_portal.avisos import envio, seguidores
from stl_portal.avisos.models import Aviso, Suscripcion
from tests.avisos.conftest import PARQUE, seguir

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("lugares")]
ANA = "ana@prueba.example"
HILOS = 6


def a_la_vez(acto: Callable[[int], object]) -> None:
    """Lo hacen todos los hilos en cuanto están todos."""
    salida = Barrier(HILOS)

    def correr(n: int) -> None:
        salida.wait()
        try:
            acto(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(HILOS) as hilos:
        list(hilos.map(correr, range(HILOS)))


def test_pedir_lo_mismo_a_la_vez_manda_un_correo() -> None:
    a_la_vez(lambda n: seguidores.pedir(ANA, [PARQUE], timezone.now()))
    assert Suscripcion.objects.count() == 1
    assert [c.to for c in mail.outbox] == [[ANA]]


def test_avisar_del_mismo_acto_a_la_vez_manda_un_correo() -> None:
    seguir(ANA, PARQUE)
    mail.outbox.clear()
    a_la_vez(lambda n: seguidores.avisar(de_quien_sigue.ACTA, PARQUE, "obra:1", "Hay obra", "x"))
    assert [c.subject for c in mail.outbox] == ["Hay obra"]


def test_nada_llega_despues_de_darse_de_baja() -> None:
    (fila,) = seguir(ANA, PARQUE)

    def acto(n: int) -> None:
        if n == 0:
            seguidores.dar_de_baja(fila.clave)
        else:
            seguidores.avisar(de_quien_sigue.ACTA, PARQUE, f"obra:{n}", "Hay obra", "x")

    a_la_vez(acto)
    mail.outbox.clear()
    envio.enviar()
    seguidores.limpiar(timezone.now())
    assert mail.outbox == []
    assert not Aviso.objects.filter(para=ANA).exists()
