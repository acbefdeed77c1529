"""Presionar dos veces el mismo botón crea una sola cosa y lleva dos veces al mismo lugar."""

import datetime as dt
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sesiones import models as m
from tests.fabricas import crear_en_curso
from tests.personas import DIA, Reparto, crear_reparto

from .conftest import url

FICHA = re.compile(r'name="envio" value="([0-9a-f]{32})"')

# Acción, la página donde está su forma y lo que se escribe en ella; el modelo dice cuántos quedan.
EN_EL_PUNTO: dict[str, tuple[Any, dict[str, object]]] = {
    "acordar": (m.Acuerdo, {"texto": "Se acuerda."}),
    "intervenir": (m.Intervencion, {"quien": "Inés Gil", "texto": "dijo algo."}),
    "plazo": (m.Plazo, {"concepto": "Entregar el informe", "literal": "diez días"}),
    "anexar": (m.Anexo, {"titulo": "Informe"}),
    "votar": (m.Votacion, {"forma": "unanimidad"}),
}
EN_LA_SESION: dict[str, tuple[str, Any, dict[str, object]]] = {
    "agregar_punto": ("orden", m.Punto, {"titulo": "Punto repetido", "tipo": "asunto"}),
    "receso": ("cierre", m.Receso, {"inicio": "10:30", "fin": "10:40"}),
    "agregar_firmante": ("cierre", m.Firmante, {"nombre_completo": "Inés Gil", "explicacion": "Estuvo"}),
    "invitada": ("asistencia", m.Asistencia, {"nombre_completo": "Inés Gil", "calidad": "ponente"}),
    "salida": ("asistencia", m.Movimiento, {"hora": "10:30"}),
}


def ficha_de(mesa: Client, pagina: str, accion: str) -> str:
    """La ficha que la página puso en la forma de esa acción."""
    html = mesa.get(pagina).content.decode()
    hallada = FICHA.search(html, html.index(f'action="{accion}"'))
    assert hallada
    return hallada[1]


def dos_veces(mesa: Client, accion: str, datos: dict[str, object]) -> None:
    """Manda lo mismo dos veces y exige la misma respuesta."""
    primera, segunda = mesa.post(accion, datos), mesa.post(accion, datos)
    assert (primera.status_code, segunda.status_code) == (302, 302), primera.content.decode()[:2000]
    assert primera["Location"] == segunda["Location"]


@pytest.mark.parametrize("nombre", EN_EL_PUNTO)
def test_lo_que_se_agrega_a_un_punto(reparto: Reparto, mesa: Client, nombre: str) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    modelo, datos = EN_EL_PUNTO[nombre]
    accion = url(punto.sesion, nombre, punto.pk)
    ficha = ficha_de(mesa, url(punto.sesion, "punto", punto.pk), accion)
    dos_veces(mesa, accion, {**datos, "envio": ficha})
    assert modelo.objects.count() == 1


@pytest.mark.parametrize("nombre", EN_LA_SESION)
def test_lo_que_se_agrega_a_la_sesion(reparto: Reparto, mesa: Client, nombre: str) -> None:
    sesion = crear_en_curso(reparto)
    pagina, modelo, datos = EN_LA_SESION[nombre]
    if nombre == "salida":
        datos = datos | {"asistencia": sesion.asistencias.presentes()[0].pk, "punto": sesion.puntos.get().pk}
    antes = modelo.objects.count()
    ficha = ficha_de(mesa, url(sesion, pagina), url(sesion, nombre))
    dos_veces(mesa, url(sesion, nombre), {**datos, "envio": ficha})
    assert modelo.objects.count() == antes + 1


def test_una_sesion_nueva(reparto: Reparto, mesa: Client) -> None:
    direccion = reverse("mesa:nueva", args=(reparto.organo.clave,))
    hallada = FICHA.search(mesa.get(direccion).content.decode())
    assert hallada
    datos = {"tipo": "ordinaria", "numero": 1, "fecha": DIA.isoformat(), "hora": "10:00"}
    dos_veces(mesa, direccion, {**datos, "modalidad": "presencial", "lugar": "Sala", "envio": hallada[1]})
    assert [s.numero for s in m.Sesion.objects.all()] == [1]


def test_sin_ficha_cada_envio_cuenta(reparto: Reparto, mesa: Client) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    for _ in range(2):
        mesa.post(url(punto.sesion, "acordar", punto.pk), {"texto": "Se acuerda."})
    assert punto.acuerdos.count() == 2


def test_otro_texto_con_la_misma_ficha_no_se_pierde(reparto: Reparto, mesa: Client) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    for texto in ("Uno.", "Dos.", "Dos."):
        mesa.post(url(punto.sesion, "acordar", punto.pk), {"texto": texto, "envio": "a" * 32})
    assert [a.texto for a in punto.acuerdos.all()] == ["Uno.", "Dos."]


def test_la_ficha_de_una_persona_no_estorba_a_otra(
    reparto: Reparto, mesa: Client, como: Callable[[str], Client]
) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    for cliente in (mesa, como("administradora")):
        cliente.post(url(punto.sesion, "acordar", punto.pk), {"texto": "Se acuerda.", "envio": "a" * 32})
    assert punto.acuerdos.count() == 2


def test_lo_rechazado_se_puede_mandar_otra_vez(reparto: Reparto, mesa: Client) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    accion = url(punto.sesion, "resultado", punto.pk)
    datos = {"resultado": "unanimidad", "envio": "a" * 32}
    assert mesa.post(accion, datos).status_code == 422
    m.Votacion.registrar(punto, asunto="Lo votado", forma="unanimidad")
    assert mesa.post(accion, {"resultado": "presentado", "envio": "a" * 32}).status_code == 302
    assert m.Envio.objects.count() == 1


def test_los_envios_viejos_se_olvidan(reparto: Reparto, mesa: Client) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    viejo = timezone.now() - dt.timedelta(days=8)
    m.Envio.objects.create(huella="vieja", destino="/mi/", cuando=viejo)
    mesa.post(url(punto.sesion, "acordar", punto.pk), {"texto": "Se acuerda.", "envio": "a" * 32})
    assert [e.destino for e in m.Envio.objects.all()] == [f"{punto.sesion.punto_url(punto.pk)}#acuerdos"]


@pytest.mark.django_db(transaction=True)
def test_dos_envios_al_mismo_tiempo() -> None:
    reparto, barrera = crear_reparto(), Barrier(2)
    punto = crear_en_curso(reparto).puntos.get()
    accion = url(punto.sesion, "acordar", punto.pk)

    def enviar(_: int) -> str:
        cliente = Client()
        cliente.force_login(reparto.cuentas["facilitadora"])
        barrera.wait(timeout=60)
        try:
            return cliente.post(accion, {"texto": "Se acuerda.", "envio": "a" * 32})["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as hilos:
        destinos = set(hilos.map(enviar, range(2)))
    assert destinos == {f"{punto.sesion.punto_url(punto.pk)}#acuerdos"}
    assert punto.acuerdos.count() == 1
