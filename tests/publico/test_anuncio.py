"""Mientras se prepara una enmienda, la ciudadanía lee la última convocatoria, no el borrador."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from sesiones import convocar
from sesiones import models as m
from sesiones.cierre import cerrar
from stl_portal.buscador import reindexar
from tests import fabricas
from tests.personas import Reparto

NUEVO = (
    "Puertas sin avisar",
    "Punto sin avisar",
    "Sede sin avisar",
    "Domicilio sin avisar",
    "8 de enero de 2099",
    "17:45",
)
AVISADO = ("Puertas abiertas al público", "Punto avisado", "Sala avisada", "7 de enero de 2099", "10:00")


def _convocada(reparto: Reparto) -> m.Sesion:
    """Una sesión convocada que luego se cambió sin enmendar todavía la convocatoria."""
    por = reparto.cuentas["facilitadora"]
    sesion = fabricas.crear_sesion(
        reparto, fecha=dt.date(2099, 1, 7), lugar="Sala avisada", publico="Puertas abiertas al público"
    )
    fabricas.crear_punto(sesion, "Punto avisado")
    convocar.convocar(sesion, por, timezone.now())
    _cambiar(sesion, reparto)
    return sesion


def _cambiar(sesion: m.Sesion, reparto: Reparto) -> None:
    sesion.refresh_from_db()
    sesion.corregir_datos(
        sesion.version,
        por=reparto.cuentas["facilitadora"],
        fecha=dt.date(2099, 1, 8),
        hora=dt.time(17, 45),
        lugar="Sede sin avisar",
        domicilio="Domicilio sin avisar",
        publico="Puertas sin avisar",
    )
    fabricas.crear_punto(sesion, "Punto sin avisar")


def _todo(client: Client, sesion: m.Sesion) -> dict[str, str]:
    paginas = {
        "detalle": sesion.get_absolute_url(),
        "lista": reverse("sesiones:lista"),
        "organo": reverse("sesiones:organo", args=("prueba",)),
        "portada": reverse("inicio"),
    }
    return {nombre: client.get(url).content.decode() for nombre, url in paginas.items()}


@pytest.mark.parametrize("estado", ["convocada", "sin_quorum"])
def test_se_lee_lo_que_se_aviso(client: Client, reparto: Reparto, estado: str) -> None:
    sesion = _convocada(reparto)
    if estado == "sin_quorum":
        fabricas.pasar_lista(reparto, sesion, presentes=())
        fabricas.pasar_lista(reparto, sesion, ())
        m.Quorum.declarar_falta(sesion, reparto.cuentas["facilitadora"], hora=dt.time(10))
    textos = _todo(client, sesion)
    assert [(p, nuevo) for p, texto in textos.items() for nuevo in NUEVO if nuevo in texto] == []
    assert [avisado for avisado in AVISADO if avisado not in textos["detalle"]] == []
    for pagina in ("lista", "organo", "portada"):
        assert "7 de enero de 2099" in textos[pagina]
        assert "Sala avisada" in textos[pagina]


def test_si_la_convocatoria_no_dice_del_publico_se_dice_a_quien_preguntar(
    client: Client, reparto: Reparto
) -> None:
    sesion = fabricas.crear_sesion(reparto, fecha=dt.date(2099, 1, 7))
    fabricas.crear_punto(sesion)
    aviso = "La convocatoria no lo dice: pregúntalo al secretariado."
    assert aviso not in client.get(sesion.get_absolute_url()).content.decode()
    convocar.convocar(sesion, reparto.cuentas["facilitadora"], timezone.now())
    assert aviso in client.get(sesion.get_absolute_url()).content.decode()


def _encontradas(client: Client, **consulta: str) -> list[str]:
    """Las sesiones que contesta la lista a una búsqueda, en su orden."""
    return [s.designacion for s in client.get(reverse("sesiones:lista"), consulta).context["sesiones"]]


def test_se_busca_en_lo_avisado_y_no_en_lo_que_se_prepara(client: Client, reparto: Reparto) -> None:
    sesion = _convocada(reparto)
    for palabras in ("PUNTO avisado", "sala", "sala punto ordinaria"):
        assert _encontradas(client, q=palabras) == [sesion.designacion]
    for palabras in ("sede", "domicilio", "avisado nunca"):
        assert _encontradas(client, q=palabras) == []


def test_de_lo_que_concluyo_se_busca_en_los_hechos(client: Client, reparto: Reparto) -> None:
    sesion = fabricas.crear_en_curso(reparto, lugar="Auditorio Mayor", puntos=3)
    fabricas.crear_punto(sesion, "Difusión del número ocho")
    preparada = fabricas.crear_sesion(reparto, lugar="Auditorio Secreto", fecha=dt.date(2099, 3, 3))
    fabricas.crear_punto(preparada, "Difusión secreta")
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11), sin_tratar="Se agotó el tiempo")
    for palabras in ("auditorio", "difusion", "numero MAYOR prueba", "difusión asunto auditorio"):
        assert _encontradas(client, q=palabras) == [sesion.designacion]
    assert _encontradas(client, q="secreta") == []


def test_se_filtra_y_se_ordena_por_la_fecha_avisada(client: Client, reparto: Reparto) -> None:
    por = reparto.cuentas["facilitadora"]
    primera = _convocada(reparto)  # avisada para el 7 de enero de 2099
    segunda = fabricas.crear_sesion(reparto, fecha=dt.date(2099, 2, 7))
    fabricas.crear_punto(segunda)
    convocar.convocar(segunda, por, timezone.now())
    primera.refresh_from_db()
    primera.corregir_datos(primera.version, por=por, fecha=dt.date(2100, 3, 1))
    nombres = [segunda.designacion, primera.designacion]
    assert _encontradas(client) == nombres
    assert _encontradas(client, anio="2099") == nombres
    assert _encontradas(client, anio="2100") == []
    portada = client.get("/").content.decode()
    assert portada.index(primera.designacion) < portada.index(segunda.designacion)  # la más próxima primero


@pytest.mark.parametrize("cuantas", [1, 6])
def test_buscar_pide_lo_mismo_con_una_o_muchas(
    client: Client, reparto: Reparto, django_assert_num_queries: DjangoAssertNumQueries, cuantas: int
) -> None:
    for n in range(cuantas):
        sesion = fabricas.crear_sesion(reparto, fecha=dt.date(2099, 1, 7) + dt.timedelta(days=n))
        fabricas.crear_punto(sesion, "Punto avisado")
        fabricas.avisar(sesion)
    reindexar.rehacer(f"sesion:prueba/{clave}" for clave in m.Sesion.objects.values_list("clave", flat=True))
    reindexar.al_dia()
    with django_assert_num_queries(10 if connection.vendor == "postgresql" else 9):
        assert len(client.get(reverse("sesiones:lista"), {"q": "punto"}).context["sesiones"]) == cuantas


def test_al_enmendar_se_lee_lo_nuevo(client: Client, reparto: Reparto) -> None:
    sesion = _convocada(reparto)
    convocar.enmendar(sesion, reparto.cuentas["facilitadora"], timezone.now(), motivo="Cambió la sede")
    textos = _todo(client, sesion)
    assert [nuevo for nuevo in NUEVO if nuevo not in textos["detalle"]] == []
    assert "Sede sin avisar" in textos["lista"]


def test_cancelada_no_publica_lo_que_nunca_se_aviso(client: Client, reparto: Reparto) -> None:
    sesion = fabricas.crear_sesion(reparto, fecha=dt.date(2099, 1, 7))
    _cambiar(sesion, reparto)
    sesion.cancelar(reparto.cuentas["facilitadora"], motivo="Ya no hizo falta")
    textos = _todo(client, sesion)
    assert sesion.designacion in textos["lista"]
    assert [(p, nuevo) for p, texto in textos.items() for nuevo in NUEVO if nuevo in texto] == []
