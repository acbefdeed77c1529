"""Las preguntas como datos: con las columnas y los filtros de los demás conjuntos, y sin ningún correo."""

from collections.abc import Sequence

import pytest
from django.test import Client

from sesiones import models as m
from stl_portal.participacion.conjunto import PREGUNTAS
from stl_portal.participacion.models import Pregunta
from stl_portal.participacion.registro import Objeto
from tests.datos.api.lector import RAIZ, leer
from tests.datos.tabla import tabla
from tests.participacion import fabricas
from tests.participacion.conftest import crear_plan
from tests.participacion.fabricas import objeto_de
from tests.personas import Reparto, crear_reparto

pytestmark = pytest.mark.django_db


def _ids(client: Client, consulta: str) -> Sequence[str]:
    return [fila["id"] for fila in leer(client, f"{RAIZ}preguntas/?{consulta}")["filas"]]


def test_se_filtran_por_organo_y_por_si_es_ficticio_como_los_demas(
    client: Client, compromiso: Objeto
) -> None:
    real = fabricas.publicada(compromiso)
    otro: Reparto = crear_reparto("otro")
    m.Organo.objects.filter(pk=otro.organo.pk).update(ficticio=True)
    ficticia = fabricas.publicada(objeto_de("compromiso", f"{crear_plan(otro, 'otro').clave}/1.1"))
    fabricas.crear_pregunta(compromiso)
    assert _ids(client, "organo=prueba") == _ids(client, "ficticio=false") == [real.folio]
    assert _ids(client, "organo=otro") == _ids(client, "ficticio=true&organo=otro") == [ficticia.folio]
    assert _ids(client, "organo=prueba&ficticio=true&tipo=comentario") == []
    fila = tabla(PREGUNTAS)[str(ficticia.folio)]
    assert (fila["organo"], fila["ficticio"]) == ("otro", True)
    assert fila["direccion"] == f"http://127.0.0.1:8000{ficticia.get_absolute_url()}"
    assert fabricas.CORREO not in str(tabla(PREGUNTAS).values())
    assert Pregunta.objects.count() == 3
