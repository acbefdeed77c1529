"""Lo que no se entiende se dice, en español, con el parámetro y sin inventar un resultado."""

import pytest
from django.test import Client

from sesiones import models as m
from tests import fabricas
from tests.datos.api.lector import RAIZ, leer
from tests.personas import Reparto

pytestmark = pytest.mark.django_db

MALOS = {
    "limite=0": ("limite", "«limite» debe ser un número entero de 1 a 200."),
    "limite=201": ("limite", "«limite» debe ser un número entero de 1 a 200."),
    "limite=diez": ("limite", "«limite» debe ser un número entero de 1 a 200."),
    "limite=²": ("limite", "«limite» debe ser un número entero de 1 a 200."),
    "cursor=basura": (
        "cursor",
        "Ese cursor no salió de aquí: usa el que viene en «siguiente», tal cual.",
    ),
    "cursor=0000000099999999999999999999": (
        "cursor",
        "Ese cursor no salió de aquí: usa el que viene en «siguiente», tal cual.",
    ),
    "anio=20x": ("anio", "«anio» debe ser un año de cuatro cifras, como 2026."),
    "anio=9999": ("anio", "«anio» debe ser un año de cuatro cifras, como 2026."),
    "anio=99999999": ("anio", "«anio» debe ser un año de cuatro cifras, como 2026."),
    "desde=2026-02-30": ("desde", "«desde» debe ser una fecha AAAA-MM-DD, como 2026-03-31."),
    "ficticio=quizá": ("ficticio", "«ficticio» solo puede ser true o false."),
    "estado=olvidado": (
        "estado",
        "«estado» solo puede ser: pendiente, en_proceso, cumplido, sin_efecto.",
    ),
    "organo=%00": ("organo", "«organo» es un texto de hasta 200 caracteres."),
    "organo=nadie": ("organo", "«organo» solo puede ser: prueba."),
    "organo=": ("organo", "«organo» viene vacío: dale un valor o quítalo."),
    "anio=2026&anio=2025": ("anio", "«anio» viene más de una vez."),
    "anoi=2026": (
        "anoi",
        "No hay un filtro «anoi». Se puede filtrar por: organo, ficticio, anio, desde, hasta, tipo, estado.",
    ),
}


@pytest.mark.parametrize("consulta", MALOS)
def test_un_parametro_malo_es_422_y_dice_cual(client: Client, reparto: Reparto, consulta: str) -> None:
    campo, mensaje = MALOS[consulta]
    leido = leer(client, f"{RAIZ}acuerdos/?{consulta}", 422)
    assert leido == {"error": "parametro", "mensaje": mensaje, "campo": campo}


@pytest.mark.parametrize("direccion", ["", "organos/prueba/"])
def test_donde_no_se_filtra_un_parametro_tambien_es_422(
    client: Client, reparto: Reparto, direccion: str
) -> None:
    assert leer(client, f"{RAIZ}{direccion}?anio=2026", 422)["campo"] == "anio"
    assert leer(client, f"{RAIZ}{direccion}")


@pytest.mark.parametrize(
    "id",
    ["nadie", "prueba/nada/acuerdo-1", "acuerdo-1", "a/b/c/d", "%00", "prueba%00", "é", "/", "a" * 3000],
)
@pytest.mark.parametrize(
    "conjunto", ["organos", "sesiones", "integrantes", "acuerdos", "votaciones", "votos"]
)
def test_un_id_que_no_es_de_nadie_es_404(client: Client, conjunto: str, id: str) -> None:
    assert leer(client, f"{RAIZ}{conjunto}/{id}/", 404)["error"] == "no_esta"


def test_un_acuerdo_reservado_no_existe(client: Client, reparto: Reparto) -> None:
    sesion = fabricas.crear_en_curso(reparto)
    m.Acuerdo.agregar(sesion.puntos.get(), texto="Acuerdo todavía reservado")
    direccion = f"{RAIZ}acuerdos/prueba/{sesion.clave}/acuerdo-1/"
    assert leer(client, direccion, 404)["mensaje"] == "No existe o no se ha publicado."
    m.Sesion.objects.filter(pk=sesion.pk).update(estado="concluida")
    assert leer(client, direccion)["texto"] == "Acuerdo todavía reservado"


def test_sin_la_diagonal_del_final_lleva_a_ella(client: Client) -> None:
    respuesta = client.get(f"{RAIZ}acuerdos?limite=3")
    assert (respuesta.status_code, respuesta["Location"]) == (301, f"{RAIZ}acuerdos/?limite=3")


def test_lo_que_no_es_de_ningun_conjunto_es_404_en_json(client: Client) -> None:
    assert leer(client, f"{RAIZ}nada/", 404) == {
        "error": "no_esta",
        "mensaje": "Esa dirección no existe. Lo que hay está en /api/v1/",
        "campo": None,
    }
