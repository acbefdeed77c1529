"""La interfaz y las descargas dicen lo mismo, celda por celda, de todos los conjuntos."""

import csv
import io
import json
from typing import Any

from django.core.cache import cache
from django.test import Client

from stl_portal.datos.registro import CONJUNTOS, Columna, Tipo
from tests.datos.api.lector import paginas
from tests.permisos.mundo import crear_mundo
from tests.personas import Reparto


def test_la_interfaz_y_las_descargas_dicen_lo_mismo(client: Client, reparto: Reparto) -> None:
    crear_mundo(reparto)
    for clave, conjunto in CONJUNTOS.items():
        cache.clear()  # de la cuenta de peticiones se ocupa otra prueba
        leidas = [fila for pagina in paginas(client, clave, limite=7) for fila in pagina]
        assert leidas != []
        assert json.loads(_descargado(client, f"/datos/{clave}.json")) == leidas
        texto = _descargado(client, f"/datos/{clave}.csv").decode("utf-8-sig")
        encabezado, *renglones = csv.reader(io.StringIO(texto, newline=""))
        assert encabezado == list(conjunto.nombres)
        assert renglones == [[_como_celda(c, fila[c.nombre]) for c in conjunto.columnas] for fila in leidas]


def test_cada_fila_por_su_id_es_la_misma_que_en_la_lista(client: Client, reparto: Reparto) -> None:
    crear_mundo(reparto)
    for clave in CONJUNTOS:
        cache.clear()
        for fila in paginas(client, clave, limite=200)[0][:5]:
            assert client.get(f"/api/v1/{clave}/{fila['id']}/").json() == fila


def _descargado(client: Client, direccion: str) -> bytes:
    return b"".join(client.get(direccion).streaming_content)  # type: ignore[attr-defined]


def _como_celda(columna: Columna, valor: Any) -> str:
    """El valor de JSON como se escribe en un CSV."""
    if valor is None:
        return ""
    return ("true" if valor else "false") if columna.tipo is Tipo.SI_NO else str(valor)
