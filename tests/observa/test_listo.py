"""`/salud/listo/`: qué falta para dar servicio, y a quién se le dice."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max
from pytest_django import Settings

from stl_portal.avisos.models import Aviso, EstadoAviso
from stl_portal.observa import listo

pytestmark = pytest.mark.django_db
FICHA = "una-ficha-de-prueba-bastante-larga"
PARTES = ["base", "migraciones", "almacen", "cola_avisos", "cola_tareas", "disco"]
DE_FUERA: dict[str, Any] = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture(autouse=True)
def _sin_recuerdos(settings: Settings) -> Iterator[None]:
    """Cada prueba pregunta de nuevo, y el disco de esta máquina no decide."""
    settings.DISCO_LIBRE, settings.FICHA_DE_OPERACION = 0, FICHA
    listo.Reciente.hasta, listo._SinMigrar.ninguna = 0.0, False
    yield
    listo.Reciente.hasta, listo._SinMigrar.ninguna = 0.0, False


def detalle(client: Client) -> dict[str, bool]:
    """Cada parte, como la ve quien opera; el código dice lo mismo."""
    respuesta = client.get("/salud/listo/")
    dicho = respuesta.json()
    partes = {nombre: parte["bien"] for nombre, parte in dicho["partes"].items()}
    assert (respuesta.status_code == 200) is dicho["listo"] is all(partes.values())
    assert respuesta.status_code in (200, 503)
    return partes


def faltan(client: Client) -> list[str]:
    return [nombre for nombre, bien in detalle(client).items() if not bien]


def test_todo_bien_y_el_almacen_queda_como_estaba(client: Client) -> None:
    assert detalle(client) == dict.fromkeys(PARTES, True)
    assert default_storage.listdir("pendientes")[1] == []


@pytest.mark.parametrize(
    ("mas", "ve"),
    [
        ({}, True),  # de la máquina misma
        (DE_FUERA, False),
        ({**DE_FUERA, "HTTP_AUTHORIZATION": f"Bearer {FICHA}"}, True),
        ({**DE_FUERA, "HTTP_AUTHORIZATION": f"Basic {FICHA}"}, False),
        ({**DE_FUERA, "HTTP_AUTHORIZATION": "Bearer otra"}, False),
        ({**DE_FUERA, "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, False),  # lo dice él
        ({"HTTP_X_FORWARDED_FOR": "203.0.113.9"}, False),  # por nginx, de fuera
        ({"HTTP_X_FORWARDED_FOR": "203.0.113.9, 127.0.0.1"}, False),
        ({"HTTP_X_FORWARDED_FOR": "::1"}, True),
        ({"REMOTE_ADDR": "no es una dirección"}, False),
    ],
)
def test_el_detalle_es_de_quien_opera_y_los_demas_solo_saben_si_o_no(
    client: Client, mas: dict[str, Any], ve: bool
) -> None:
    respuesta = client.get("/salud/listo/", **mas)
    assert respuesta.status_code == 200
    assert "no-store" in respuesta.headers["Cache-Control"]
    assert sorted(respuesta.json()) == (["listo", "partes"] if ve else ["listo"])


def test_sin_ficha_en_el_entorno_ninguna_vale(client: Client, settings: Settings) -> None:
    settings.FICHA_DE_OPERACION = ""
    respuesta = client.get("/salud/listo/", HTTP_AUTHORIZATION="Bearer ", **DE_FUERA)
    assert respuesta.json() == {"listo": True}


def test_a_desconocidos_se_les_repite_la_respuesta_de_hace_poco(client: Client, settings: Settings) -> None:
    assert client.get("/salud/listo/", **DE_FUERA).status_code == 200
    settings.DISCO_LIBRE = 10**18
    assert client.get("/salud/listo/", **DE_FUERA).json() == {"listo": True}
    assert faltan(client) == ["disco"]
    listo.Reciente.hasta = 0.0
    respuesta = client.get("/salud/listo/", **DE_FUERA)
    assert (respuesta.status_code, respuesta.json()) == (503, {"listo": False})


def aviso(**datos: Any) -> Aviso:
    return Aviso.objects.create(
        motivo=f"x:{Aviso.objects.count()}", para="a@b.example", asunto="-", cuerpo="-", **datos
    )


def tarea(estado: str, pedida: dt.datetime, cuando: dt.datetime) -> None:
    hecha = DBTaskResult.objects.create(
        status=estado, args_kwargs={}, task_path="x", backend_name="default", run_after=cuando
    )
    DBTaskResult.objects.filter(pk=hecha.pk).update(enqueued_at=pedida)


def test_una_cola_atrasada_no_esta_lista_y_lo_que_espera_su_hora_no_la_atrasa(client: Client) -> None:
    ahora, hora = timezone.now(), dt.timedelta(hours=1)
    aviso(no_antes_de=ahora + hora)
    aviso(no_antes_de=ahora - hora, estado=EstadoAviso.ENVIADO)
    aviso(no_antes_de=ahora - hora, estado=EstadoAviso.FALLIDO)
    tarea(TaskResultStatus.READY, ahora - hora, ahora + hora)
    tarea(TaskResultStatus.SUCCESSFUL, ahora - hora, get_date_max())
    tarea(TaskResultStatus.READY, ahora, get_date_max())
    assert faltan(client) == []
    aviso(no_antes_de=ahora - hora)
    assert faltan(client) == ["cola_avisos"]
    tarea(TaskResultStatus.READY, ahora - hora, get_date_max())
    assert faltan(client) == ["cola_avisos", "cola_tareas"]
    dicho = client.get("/salud/listo/").json()["partes"]["cola_avisos"]["dicho"]
    assert dicho.startswith("1 esperan; 36")
    assert dicho.endswith("1 fallidos")


def test_con_migraciones_por_aplicar_no_esta_listo(client: Client, settings: Settings) -> None:
    settings.MIGRATION_MODULES = {}  # las de verdad, que en esta base no se aplicaron
    assert faltan(client) == ["migraciones"]
    dicho = client.get("/salud/listo/").json()["partes"]["migraciones"]["dicho"]
    assert int(dicho.split()[0]) > 20


def test_sin_donde_escribir_no_esta_listo(client: Client, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "ocupado").write_text("no es carpeta")
    settings.MEDIA_ROOT = tmp_path / "ocupado" / "archivos"
    respuesta = client.get("/salud/listo/")
    assert faltan(client) == ["almacen"]
    assert str(tmp_path) not in json.dumps(respuesta.json())


def test_solo_se_lee(client: Client) -> None:
    assert client.post("/salud/listo/").status_code == 405
