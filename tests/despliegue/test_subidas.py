"""Las subidas en partes con nginx enfrente: pasan conforme llegan y un corte conserva lo que viajó."""

import hashlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from bench import enfrente
from bench.subida import FICHA, Cliente
from stl_portal.archivo import almacen
from stl_portal.archivo.models import Archivo, Subida
from tests import servidor
from tests.archivo import medios
from tests.personas import crear_reparto

BYTES = 30 * 1024 * 1024  # más que lo que nginx admite en cualquier otra dirección


@pytest.fixture
def cliente(transactional_db: None, tmp_path: Path) -> Iterator[Cliente]:
    """Quien sube, a través de nginx."""
    galleta = servidor.galleta(crear_reparto().cuentas["facilitadora"])
    archivos = Path(settings.MEDIA_ROOT)
    archivos.mkdir()
    with (
        enfrente.granian("stl_portal.wsgi:application", servidor.entorno(), hilos=2) as portal,
        enfrente.nginx(tmp_path, portal=portal, archivos=archivos) as puerto,
    ):
        uno = Cliente(puerto, galleta)
        yield uno
        uno.conexion.close()
    connection.close()


def cortar_a_la_mitad(cliente: Cliente, direccion: str, contenido: bytes) -> None:
    """Anuncia una parte, manda menos y cuelga, como un teléfono que pierde la señal."""
    cabeza = (
        f"PATCH {direccion} HTTP/1.1\r\nHost: 127.0.0.1\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
        f"Content-Type: application/offset+octet-stream\r\nContent-Length: {2 * len(contenido)}\r\n"
        f"Cookie: {cliente.galleta}; csrftoken={FICHA}\r\nX-CSRFToken: {FICHA}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", cliente.puerto)) as enchufe:
        enchufe.sendall(cabeza.encode() + contenido)
        time.sleep(0.5)


def recibido() -> int:
    """Lo que el portal asentó, cuando se entera del corte."""
    for _ in range(100):
        if Subida.objects.get().recibido:
            break
        time.sleep(0.1)
    return Subida.objects.get().recibido


def test_un_corte_conserva_lo_que_viajo_y_lo_demas_llega_despues(cliente: Cliente, tmp_path: Path) -> None:
    archivo = tmp_path / "taller.mp4"
    archivo.write_bytes(medios.mp4(datos=BYTES))
    huella = hashlib.sha256(archivo.read_bytes()).hexdigest()
    direccion = cliente.empezar(archivo, huella)
    cortar_a_la_mitad(cliente, direccion, archivo.read_bytes()[: 2 * 1024 * 1024])
    llegado = recibido()
    assert 0 < llegado <= 2 * 1024 * 1024
    resto = archivo.read_bytes()[llegado:]  # todo lo que falta en una sola petición
    tipo = "application/offset+octet-stream"
    va = cliente.pedir("PATCH", direccion, resto, Upload_Offset=str(llegado), Content_Type=tipo)
    assert (va["Upload-Offset"], Archivo.objects.get().huella) == (str(archivo.stat().st_size), huella)
    assert almacen.leer(Archivo.objects.get()) == archivo.read_bytes()
