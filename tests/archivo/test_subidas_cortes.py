"""Se mata al servidor de producción y a quien sube: lo confirmado sigue ahí y no se envía otra vez."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from bench.subida import CORTES, Servidor, subir_con_cortes, video
from stl_portal.archivo import almacen, fichas, subidas
from stl_portal.archivo.models import Subida
from tests.personas import crear_reparto
from tests.servidor import entorno, galleta

BYTES = 25 * 1024 * 1024


@pytest.fixture
def servidor(transactional_db: None) -> Iterator[Servidor]:
    """Granian con la base y los archivos de la prueba."""
    uno = Servidor(entorno())
    yield uno
    uno.matar()
    connection.close()


def test_tres_muertes_y_ni_un_byte_confirmado_se_repite(servidor: Servidor, tmp_path: Path) -> None:
    archivo = tmp_path / "taller.mp4"
    video(archivo, BYTES)
    quien = galleta(crear_reparto().cuentas["facilitadora"])
    corrida = subir_con_cortes(servidor, quien, archivo)
    assert (corrida.cortes, corrida.repetidos) == (len(CORTES), 0)
    guardado = fichas.tomar(corrida.ficha)
    assert guardado is not None
    assert (guardado.tipo, guardado.tamano) == ("video/mp4", BYTES)
    assert almacen.leer(guardado) == archivo.read_bytes()
    assert Subida.objects.get().archivo == guardado
    assert list(subidas.carpeta().glob("*")) == []
