"""Dos personas capturan al mismo tiempo el mismo asiento: una guarda y a la otra se le explica."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.personas import crear_reparto

HILOS = 6


@pytest.mark.django_db(transaction=True)
def test_un_asiento_nunca_queda_con_dos_titulares() -> None:
    reparto = crear_reparto()
    asiento, salida = reparto.asientos["vacante"], Barrier(HILOS)
    url = reverse("registros:nuevo", args=("prueba", "nombramientos")) + f"?asiento={asiento.pk}"

    def capturar(n: int) -> int:
        client = Client()
        client.force_login(reparto.cuentas["facilitadora"])
        salida.wait()
        datos = {"nueva_nombre": f"Persona {n}", "cargo": "Titular", "vigente_desde": "2026-02-01"}
        estado = client.post(url, datos).status_code
        connection.close()
        return estado

    with ThreadPoolExecutor(HILOS) as hilos:
        estados = sorted(hilos.map(capturar, range(HILOS)))
    assert estados == [302] + [422] * (HILOS - 1)
    assert asiento.nombramientos.count() == 1
