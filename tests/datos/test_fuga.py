"""Con algo sin publicar de cada clase, nada de ello sale en ningún archivo ni página de los datos."""

import gzip

import pytest
from django.test import Client
from django.utils import timezone

from stl_portal.archivo import almacen
from stl_portal.datos import formas, versiones
from stl_portal.datos.models import VersionDeDatos
from stl_portal.datos.registro import CONJUNTOS, SUELTOS
from tests.datos.fuga import fugas, mundo_con_secretos
from tests.personas import Reparto


@pytest.mark.apariencia
def test_nada_sin_publicar_sale_en_los_datos(client: Client, reparto: Reparto) -> None:
    mundo_con_secretos(reparto)
    versiones.guardar_todas(timezone.now())
    direcciones = [
        "/datos/",
        "/datos/catalogo.jsonld",
        *(f"/datos/{suelto}" for suelto in SUELTOS),
        *(f"/datos/{clave}{fin}" for clave in CONJUNTOS for fin in ("/", "/versiones/", ".esquema.json")),
        *(
            f"/datos/{clave}.{f}"
            for clave, c in CONJUNTOS.items()
            for f in formas.formas_de(c)
            if f != "xlsx"
        ),
    ]
    halladas = {url: fugas(_cuerpo(client, url)) for url in direcciones}
    assert {url: dicho for url, dicho in halladas.items() if dicho} == {}
    for version in VersionDeDatos.objects.all():
        assert fugas(gzip.decompress(almacen.leer(version.archivo)).decode()) == []


def _cuerpo(client: Client, url: str) -> str:
    respuesta = client.get(url)
    assert respuesta.status_code == 200, url
    return b"".join(respuesta).decode()


@pytest.mark.apariencia
def test_quien_entra_recibe_lo_mismo_que_cualquiera(client: Client, reparto: Reparto) -> None:
    mundo_con_secretos(reparto)
    direcciones = [f"/datos/{clave}.json" for clave in CONJUNTOS]
    de_cualquiera = [_cuerpo(client, url) for url in direcciones]
    client.force_login(reparto.cuentas["administradora"])
    assert [_cuerpo(client, url) for url in direcciones] == de_cualquiera
