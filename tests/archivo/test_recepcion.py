"""Lo que llega por la red: nunca ocupa más del máximo ni tira la petición si el disco se llena."""

import os
from io import FileIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from stl_portal.archivo import almacen
from stl_portal.archivo.recepcion import ConTope
from stl_portal.archivo.veredicto import ArchivoRechazado
from tests.fabricas import crear_punto, crear_sesion
from tests.personas import Reparto


def recibir(pedazos: list[bytes]) -> ConTope:
    """Un receptor al que ya le llegaron esos pedazos."""
    receptor = ConTope()
    receptor.new_file("archivo", "acta.pdf", "application/pdf", None)
    lugar = 0
    for pedazo in pedazos:
        receptor.receive_data_chunk(pedazo, lugar)
        lugar += len(pedazo)
    return receptor


def test_deja_de_escribir_al_pasar_del_maximo_y_dice_cuanto_pesaba(settings: Settings) -> None:
    settings.ARCHIVO_MAXIMO = 1_000
    receptor = recibir([b"a" * 600] * 50)
    with receptor.file as subido:
        assert receptor.file_complete(30_000) is subido
        assert (subido.size, os.path.getsize(subido.temporary_file_path())) == (30_000, 1_200)
        with pytest.raises(ArchivoRechazado, match="El archivo pesa 29"):
            almacen.guardar(subido)


def test_con_el_disco_lleno_el_campo_lo_dice() -> None:
    receptor = recibir([])
    with (
        FileIO("/dev/full", "w") as disco_lleno,
        receptor.file as subido,
    ):  # cada escritura: «no queda espacio»
        temporal, subido.file = subido.file, disco_lleno
        receptor.receive_data_chunk(b"a" * 10, 0)
        subido.file = temporal
        assert receptor.file_complete(10) is subido
        with pytest.raises(ArchivoRechazado, match="No queda espacio"):
            almacen.guardar(subido)


def test_un_anexo_muy_grande_se_rechaza_en_la_mesa_sin_perder_el_titulo(
    client: Client, reparto: Reparto, settings: Settings
) -> None:
    settings.ARCHIVO_MAXIMO = 1_000
    punto = crear_punto(crear_sesion(reparto))
    client.force_login(reparto.cuentas["facilitadora"])
    enviado = {
        "titulo": "Presentación del eje",
        "archivo": SimpleUploadedFile("acta.pdf", b"%PDF-" + b"a" * 90_000),
    }
    respuesta = client.post(f"/mesa/prueba/{punto.sesion.clave}/desahogo/{punto.pk}/anexo/", enviado)
    pagina = respuesta.content.decode().replace("\xa0", " ")
    assert respuesta.status_code == 422
    assert "El archivo pesa 87.9 KB; el máximo es 1000 bytes." in pagina
    assert 'value="Presentación del eje"' in pagina
    assert list(punto.anexos.all()) == []
