"""Ninguna importación se queda sin salida: se repite o se descarta, y nada se hace dos veces."""

import uuid
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks import default_task_backend

from sesiones import models as m
from stl_portal.cuentas.models import Usuario
from stl_portal.transiciones import TransicionInvalida
from stl_portal.traspaso import avance, mudanza, registro, tareas
from stl_portal.traspaso import importar as pasos
from stl_portal.traspaso.models import Importacion
from tests.gestion.quien import entrar
from tests.personas import Reparto

from .recursos import TODOS, Personas
from .test_pantallas import csv_de, hacer, subir, una_persona

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _solo_los_de_prueba(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registro, "RECURSOS", TODOS)
    monkeypatch.setattr(registro, "AL_TERMINAR", [])


@pytest.fixture
def quien(reparto: Reparto) -> Client:
    return entrar(reparto)


@pytest.fixture
def en_fila(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Todo va a la fila, y nadie la atiende."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    monkeypatch.setattr(pasos, "AL_MOMENTO", -1)


def formadas() -> int:
    return len(default_task_backend.results)  # type: ignore[attr-defined]  # el de mentira los guarda


def la_hecha(quien: Client, nombre: str) -> Importacion:
    subir(quien, "personas", una_sola(nombre))
    suya = Importacion.objects.latest("pk")
    hacer(quien, "confirmar", suya, visto=suya.huella_de_lo_visto)
    return Importacion.objects.get(pk=suya.pk)


def una_sola(nombre: str) -> bytes:
    return csv_de(Personas).splitlines(keepends=True)[0] + una_persona(nombre)


def test_con_atras_otro_archivo_es_otra_importacion(quien: Client) -> None:
    clave = uuid.uuid4()
    lugares = [
        subir(quien, "personas", una_sola(nombre), clave=clave)["Location"] for nombre in ("A", "A", "B")
    ]
    assert (lugares[0] == lugares[1], Importacion.objects.count()) == (True, 2)
    assert lugares[2] == Importacion.objects.latest("pk").get_absolute_url()
    hacer(quien, "descartar", Importacion.objects.earliest("pk"))
    subir(quien, "personas", una_sola("A"), clave=clave)  # lo descartado ya no es a donde se vuelve
    assert [i.estado for i in Importacion.objects.order_by("pk")] == ["descartada", "revisada", "revisada"]
    assert list(avance.ruta("x", "y").parent.glob("*.subiendo")) == []


def test_lo_que_perdio_su_turno_se_repite_o_se_descarta(
    quien: Client, en_fila: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    subir(quien, "personas", una_sola("Zoila Nueva"))
    suya = Importacion.objects.get()
    assert (suya.estado, formadas()) == ("recibida", 1)
    assert hacer(quien, "repetir", suya).status_code == 409  # acaba de formarse
    with monkeypatch.context() as mucho_despues:
        mucho_despues.setattr(pasos, "SIN_TURNO", 0)
        pagina = quien.get(suya.get_absolute_url()).text
        dichos = ("Lleva mucho en espera", "Repetir", "Descartar")
        assert [dicho for dicho in dichos if dicho not in pagina] == []
        hacer(quien, "repetir", suya)
    assert formadas() == 2
    pasos.atender(suya.pk)
    suya.refresh_from_db()

    def sin_fila(*_: Any) -> None:
        raise OSError("sin fila")

    with monkeypatch.context() as se_cae:  # no queda esperando un turno que nadie le dio
        se_cae.setattr(type(tareas.atender), "enqueue", sin_fila)
        with pytest.raises(OSError, match="sin fila"):
            pasos.confirmar(suya, suya.por, suya.huella_de_lo_visto)
    suya.refresh_from_db()
    assert suya.estado == "revisada"
    hacer(quien, "confirmar", suya, visto=suya.huella_de_lo_visto)
    monkeypatch.setattr(pasos, "SIN_TURNO", 0)
    hacer(quien, "repetir", suya)
    assert (Importacion.objects.get().estado, formadas()) == ("por_importar", 4)
    hacer(quien, "descartar", suya)
    pasos.atender(suya.pk)  # su lugar en la fila llega tarde
    assert Importacion.objects.get().estado == "descartada"
    assert not m.Persona.objects.filter(nombre="Zoila Nueva").exists()


def test_la_orden_no_pasa_por_la_fila(db: None, en_fila: None, tmp_path: Path) -> None:
    from stl_portal.traspaso import escritura

    por = Usuario.objects.create_user("a@prueba.example", nombre="A")
    with (tmp_path / mudanza.COMPRIMIDO).open("wb") as destino:
        escritura.en_zip(destino)
    m.Persona.objects.create(nombre="Otra")
    vista = mudanza.revisar(tmp_path, por, timezone.now())
    assert (vista.estado, mudanza.confirmar(vista, por).estado, formadas()) == ("revisada", "hecha", 0)


def test_lo_hecho_conserva_con_que_deshacerse_y_en_su_orden(quien: Client) -> None:
    primera, segunda = la_hecha(quien, "Zoila"), la_hecha(quien, "Yolanda")
    repetida = Importacion.objects.get(pk=segunda.pk)
    repetida.estado = "importando"  # lo que creía otro trabajador que iba atrás
    with pytest.raises(TransicionInvalida):
        pasos._importar(repetida)
    with pytest.raises(TransicionInvalida):
        pasos._rechazar(repetida, "tarde")
    assert segunda.tandas.exists()
    Importacion.objects.filter(pk=primera.pk).update(estado="por_deshacer")
    pasos.atender(primera.pk)  # se pidió justo cuando la segunda terminaba
    primera.refresh_from_db()
    assert (primera.estado, primera.motivo) == ("hecha", pasos.OTRA_DESPUES)
    for suya in (segunda, primera):
        hacer(quien, "deshacer", suya)
    assert {i.estado for i in Importacion.objects.all()} == {"deshecha"}
    assert not m.Persona.objects.filter(nombre__in=("Zoila", "Yolanda")).exists()


def test_lo_que_se_dice_se_puede_hacer(quien: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as se_cae:
        se_cae.setattr(pasos, "_correr", lambda _: 1 / 0)
        subir(quien, "personas", una_sola("Zoila"))
    suya = Importacion.objects.get()
    assert (suya.estado, suya.motivo) == ("con_errores", pasos.FALLO)
    assert "Revisar otra vez" in quien.get(suya.get_absolute_url()).text
    hacer(quien, "repetir", suya)
    suya.refresh_from_db()
    assert (suya.estado, suya.motivo) == ("revisada", "")
    m.Persona.objects.create(nombre="Zoila", tratamiento="Dra.", pk=10**6)
    subir(quien, "personas", csv_de(Personas).replace(b"1000000,", b",", 1).replace(b"Zoila", b"Zoe"))
    otra = Importacion.objects.latest("pk")
    m.Persona.objects.filter(pk=10**6).update(nombre="Zoe")
    hacer(quien, "confirmar", otra, visto=otra.huella_de_lo_visto)
    otra.refresh_from_db()
    assert (otra.estado, otra.motivo) == ("revisada", pasos.CAMBIO_Y_NADA)
    avance.borrar(suya.clave)
    hacer(quien, "repetir", suya)
    suya.refresh_from_db()
    assert (suya.estado, suya.motivo) == ("con_errores", pasos.PERDIDO)
