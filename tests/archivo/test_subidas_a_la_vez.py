"""Varias cosas le pasan a la vez a las subidas de una cuenta: ninguna se pierde ni pasa del límite."""

import datetime as dt
import fcntl
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from stl_portal.archivo import subidas
from stl_portal.archivo.models import Subida
from tests.personas import Reparto, crear_reparto

from . import tus

HILOS = 6
TEXTO = b"Asistieron doce personas al taller.\n" * 100


@pytest.fixture
def caduca(client: Client, reparto: Reparto) -> Subida:
    """Una a la que le llegó una parte y caducó hace un momento."""
    client.force_login(reparto.cuentas["integrante"])
    quien = tus.Quien(client)
    quien.empezar(TEXTO)
    quien.enviar(0, 1000)
    Subida.objects.update(caduca_el=timezone.now())
    return Subida.objects.get()


def test_no_se_barre_la_que_se_esta_recibiendo(caduca: Subida) -> None:
    with (subidas.carpeta() / f"{caduca.clave}.candado").open("wb") as candado:
        fcntl.flock(candado, fcntl.LOCK_EX)
        assert subidas.barrer(timezone.now()) == 0
        assert (subidas.carpeta() / str(caduca.clave)).stat().st_size == 1000
    assert subidas.barrer(timezone.now()) == 1
    assert (Subida.objects.count(), list(subidas.carpeta().glob("*"))) == (0, [])


def test_no_se_barre_la_que_revivio_despues_de_listarla(caduca: Subida) -> None:
    Subida.objects.update(caduca_el=timezone.now() + dt.timedelta(days=7))
    assert not subidas.barrer_una(caduca.clave, timezone.now())
    assert (subidas.carpeta() / str(caduca.clave)).stat().st_size == 1000


@pytest.mark.django_db(transaction=True)
def test_abrir_muchas_a_la_vez_no_pasa_del_limite(settings: Settings) -> None:
    settings.SUBIDAS_ABIERTAS = 2
    cuenta, salida = crear_reparto().cuentas["integrante"], Barrier(HILOS)

    def abrir(_: int) -> int:
        client = Client()
        client.force_login(cuenta)
        salida.wait()
        estado = tus.Quien(client).empezar(TEXTO).status_code
        connection.close()
        return estado

    with ThreadPoolExecutor(HILOS) as hilos:
        estados = sorted(hilos.map(abrir, range(HILOS)))
    assert estados == [201] * 2 + [409] * (HILOS - 2)
    assert Subida.objects.count() == 2
