"""Varias personas anotan la misma casilla al mismo tiempo: queda una y a las demás se les muestra."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from municipios.models import Anotacion, Etapa
from tests.municipios.fabricas import LEON, crear_etapas
from tests.personas import crear_reparto

HILOS = 6

pytestmark = pytest.mark.django_db(transaction=True)


def a_la_vez(etapa: Etapa, situacion: Callable[[int], str]) -> Counter[int]:
    """Qué se contesta a seis envíos simultáneos, todos sobre la casilla vacía."""
    usuario = etapa.organo.roles.get(tipo="facilitadora").usuario
    opciones = dict(etapa.situaciones.values_list("clave", "pk"))
    hoy, salida = timezone.localdate().isoformat(), Barrier(HILOS)

    def anotar(n: int) -> int:
        client = Client(headers={"X-Autoguardado": "1"})
        client.force_login(usuario)
        datos = {"situacion": opciones[situacion(n)], "fecha": hoy, "al": hoy, "version": 0}
        salida.wait()
        estado = client.post(f"/gestion/municipios/prueba/{LEON}/{etapa.clave}/", datos).status_code
        connection.close()
        return estado

    with ThreadPoolExecutor(HILOS) as hilos:
        return Counter(hilos.map(anotar, range(HILOS)))


def test_de_varias_distintas_queda_una_y_nadie_pisa_a_nadie() -> None:
    etapa = crear_etapas(crear_reparto().organo)[0]
    estados = a_la_vez(etapa, lambda n: "cumplido" if n % 2 else "en_proceso")
    assert Anotacion.objects.count() == 1
    assert estados == {200: HILOS // 2, 409: HILOS // 2}  # quien quería lo mismo que quedó ya lo tiene


def test_el_mismo_envio_repetido_se_anota_una_vez() -> None:
    etapa = crear_etapas(crear_reparto().organo)[0]
    assert a_la_vez(etapa, lambda n: "cumplido") == {200: HILOS}
    assert Anotacion.objects.count() == 1
