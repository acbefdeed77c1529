"""La puerta de la mesa: quien no tiene nada que ver no sabe que existe; quien lee no captura."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from tests.fabricas import crear_en_curso, crear_punto, crear_sesion
from tests.personas import Reparto, crear_reparto

from .conftest import url

PASOS = ("convocatoria", "asistencia", "orden", "desahogo", "cierre")
Como = Callable[[str], Client]


@pytest.mark.parametrize("paso", PASOS)
def test_sin_entrar_lleva_a_entrar(reparto: Reparto, client: Client, paso: str) -> None:
    direccion = url(crear_sesion(reparto), paso)
    respuesta = client.get(direccion)
    assert (respuesta.status_code, respuesta["Location"]) == (302, f"/entrar/?next={direccion}")


@pytest.mark.parametrize("paso", PASOS)
def test_una_extrana_recibe_404_sin_pistas(reparto: Reparto, como: Como, paso: str) -> None:
    sesion = crear_sesion(reparto, lugar="Sala secreta 77")
    respuesta = como("extrana").get(url(sesion, paso))
    assert respuesta.status_code == 404
    assert "Sala secreta 77" not in respuesta.content.decode()


@pytest.mark.parametrize("papel", ["auditora", "integrante"])
def test_quien_lee_ve_pero_no_captura(reparto: Reparto, como: Como, papel: str) -> None:
    sesion = crear_sesion(reparto)
    crear_punto(sesion, "Punto visible")
    cliente = como(papel)
    pagina = cliente.get(url(sesion, "orden"))
    assert pagina.status_code == 200
    assert "Punto visible" in pagina.content.decode()
    assert "Agregar el punto" not in pagina.content.decode()
    respuesta = cliente.post(url(sesion, "agregar_punto"), {"titulo": "Colado"})
    assert respuesta.status_code == 403
    assert [p.titulo for p in sesion.puntos.all()] == ["Punto visible"]


def test_conducir_un_organo_no_abre_la_mesa_de_otro(reparto: Reparto, mesa: Client) -> None:
    ajena = crear_sesion(crear_reparto("ajeno"))
    assert mesa.get(url(ajena, "orden")).status_code == 404


def test_un_punto_de_otra_sesion_no_se_toca_por_direccion_ajena(reparto: Reparto, mesa: Client) -> None:
    una, otra = crear_en_curso(reparto), crear_en_curso(reparto, tipo="extraordinaria")
    punto = otra.puntos.get()
    assert mesa.post(url(una, "quitar_punto", punto.pk)).status_code == 404
    assert otra.puntos.count() == 1


def test_toda_accion_es_post(reparto: Reparto, mesa: Client) -> None:
    sesion = crear_en_curso(reparto)
    punto = sesion.puntos.get()
    assert mesa.get(url(sesion, "quitar_punto", punto.pk)).status_code == 405
    assert mesa.get(url(sesion, "cerrar")).status_code == 405


def test_a_quien_lee_se_le_ofrecen_sus_correos_y_no_los_de_todos(reparto: Reparto, como: Como) -> None:
    sesion = crear_sesion(reparto)
    sesion.convocatorias.create(emitida_el=timezone.now(), contenido={})
    de_quien_lee = como("integrante").get(url(sesion, "convocatoria")).content.decode()
    assert "Ver los correos que se te enviaron" in de_quien_lee
    assert "Ver a quién se avisó" not in de_quien_lee
    assert "Cambiar el orden del día" not in de_quien_lee
    assert "Ver a quién se avisó" in como("facilitadora").get(url(sesion, "convocatoria")).content.decode()
