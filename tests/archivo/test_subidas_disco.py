"""El disco se llena a media subida: se dice, lo confirmado sigue ahí y después se termina donde iba."""

import errno
import os

import pytest
from django.test import Client

from stl_portal.archivo import almacen, fichas
from tests.personas import Reparto

from . import tus

TEXTO = b"Asistieron doce personas al taller.\n" * 100
CONFIRMADO = 1000


@pytest.fixture
def quien(client: Client, reparto: Reparto) -> tus.Quien:
    """Con la primera parte ya confirmada."""
    client.force_login(reparto.cuentas["integrante"])
    uno = tus.Quien(client)
    uno.empezar(TEXTO)
    assert uno.enviar(0, CONFIRMADO).status_code == 204
    return uno


def llenar(monkeypatch: pytest.MonkeyPatch, falla: int) -> None:
    """Al asentar por `falla`-ésima vez lo escrito, el sistema dice que ya no cupo."""
    asentar, veces = os.fsync, iter(range(1, 100))

    def asentar_si_cabe(descriptor: int) -> None:
        if next(veces) >= falla:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        asentar(descriptor)

    monkeypatch.setattr(os, "fsync", asentar_si_cabe)


@pytest.mark.parametrize("hasta", [2000, None], ids=["a la mitad", "con la última parte"])
def test_la_parte_que_no_cupo_no_se_cuenta_y_lo_confirmado_no_se_repite(
    quien: tus.Quien, monkeypatch: pytest.MonkeyPatch, hasta: int | None
) -> None:
    with monkeypatch.context() as lleno:
        llenar(lleno, 1)
        assert tus.dicho(quien.enviar(CONFIRMADO, hasta)) == (507, almacen.NO_CABE)
        assert quien.va() == CONFIRMADO
    archivo = fichas.tomar(quien.enviar(CONFIRMADO).headers["Archivo-Ficha"])
    assert archivo is not None
    assert almacen.leer(archivo) == TEXTO


def test_si_ya_llego_todo_y_no_cabe_al_guardarlo_no_se_sube_otra_vez(
    quien: tus.Quien, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as lleno:
        llenar(lleno, 2)
        assert tus.dicho(quien.enviar(CONFIRMADO)) == (507, almacen.NO_CABE)
        assert quien.va() == len(TEXTO)
    archivo = fichas.tomar(quien.enviar(len(TEXTO)).headers["Archivo-Ficha"])
    assert archivo is not None
    assert almacen.leer(archivo) == TEXTO
