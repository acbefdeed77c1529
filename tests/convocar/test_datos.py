"""Los datos de la convocatoria se guardan solos por el mismo camino que con el botón."""

from typing import Any

import pytest
from django.test import Client

from sesiones import models as m
from tests.personas import Reparto

CABECERA = {"X-Autoguardado": "1"}


@pytest.fixture
def mesa(client: Client, reparto: Reparto) -> Client:
    """El navegador de la facilitadora."""
    client.force_login(reparto.cuentas["facilitadora"])
    return client


def datos(sesion: m.Sesion, **cambios: Any) -> dict[str, Any]:
    """Lo que la forma trae en pantalla, con los cambios de la persona."""
    campos = {
        "modalidad": sesion.modalidad,
        "fecha": sesion.fecha.isoformat(),
        "hora": f"{sesion.hora:%H:%M}",
        "lugar": sesion.lugar,
        "domicilio": "",
        "liga": sesion.liga,
        "objetivo": "",
        "publico": "",
        "version": sesion.version,
    }
    return campos | cambios


def direccion(sesion: m.Sesion) -> str:
    return f"{sesion.paso_url('convocatoria')}datos/"


def test_se_guarda_y_responde_la_version(mesa: Client, sesion: m.Sesion) -> None:
    envio = datos(sesion, lugar="Auditorio")
    primero = mesa.post(direccion(sesion), envio, headers=CABECERA)
    repetido = mesa.post(direccion(sesion), envio, headers=CABECERA)
    assert [(r.status_code, r.json()) for r in (primero, repetido)] == [(200, {"version": 2})] * 2
    sesion.refresh_from_db()
    assert (sesion.lugar, sesion.version) == ("Auditorio", 2)


def test_sobre_una_version_vieja_responde_ambos_valores(mesa: Client, sesion: m.Sesion) -> None:
    otra = m.Sesion.objects.get(pk=sesion.pk)
    otra.guardar_sobre(1, lugar="Auditorio", modalidad="hibrida")
    envio = datos(sesion, lugar="Biblioteca")
    respuesta = mesa.post(direccion(sesion), envio, headers=CABECERA)
    assert respuesta.status_code == 409
    cuerpo = respuesta.json()
    assert (cuerpo["error"], cuerpo["version"], cuerpo["quien"]) == ("version", 2, "Otra persona")
    comparados = [(c["etiqueta"], c["tuyo_dicho"], c["guardado_dicho"]) for c in cuerpo["campos"]]
    assert comparados == [
        ("Modalidad", "Presencial", "Híbrida"),
        ("Sede o plataforma", "Biblioteca", "Auditorio"),
    ]
    sesion.refresh_from_db()
    assert sesion.lugar == "Auditorio"


def test_sin_javascript_se_comparan_con_sus_nombres_y_se_decide(mesa: Client, sesion: m.Sesion) -> None:
    m.Sesion.objects.get(pk=sesion.pk).guardar_sobre(1, fecha=sesion.fecha.replace(day=20))
    respuesta = mesa.post(direccion(sesion), datos(sesion))
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 409
    assert "18 de marzo de 2026" not in pagina.split('id="datos-de-arriba"')[1].split("</p>")[0]
    assert '<th scope="row">Fecha</th><td>20 de marzo de 2026</td>' in pagina
    assert '<th scope="row">Hora de inicio</th>' not in pagina  # igual: no se compara
    decidido = mesa.post(direccion(sesion), datos(sesion, version=2))
    assert decidido.status_code == 302


def test_lo_que_no_se_admite_dice_en_que_dato(mesa: Client, sesion: m.Sesion) -> None:
    respuesta = mesa.post(direccion(sesion), datos(sesion, lugar="", fecha="0002-03-18"), headers=CABECERA)
    assert (respuesta.status_code, respuesta.json()) == (
        422,
        {
            "error": "texto",
            "mensaje": "Fecha: Revisa el año: 2 no puede ser. Sede o plataforma: Este campo es obligatorio.",
        },
    )
    sesion.refresh_from_db()
    assert (sesion.lugar, sesion.version) == ("Sala de prueba", 1)


def test_iniciada_la_sesion_ya_no_cambian(mesa: Client, sesion: m.Sesion) -> None:
    m.Sesion.objects.filter(pk=sesion.pk).update(estado="en_curso")
    respuesta = mesa.post(direccion(sesion), datos(sesion, lugar="Otra"), headers=CABECERA)
    assert respuesta.status_code == 422
    assert respuesta.json()["mensaje"].startswith("La sesión ya inició")


def test_sin_entrar_responde_401(client: Client, sesion: m.Sesion) -> None:
    respuesta = client.post(direccion(sesion), datos(sesion), headers=CABECERA)
    assert (respuesta.status_code, respuesta.json()["error"]) == (401, "entrar")
