"""La sesión en el calendario: la misma cita que se mandó por correo, y se actualiza sola."""

import datetime as dt
from typing import Any

import pytest
from django.core.mail import EmailMessage as Correo
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from pytest_django import DjangoCaptureOnCommitCallbacks

from sesiones import convocar
from sesiones import models as m
from sesiones.cierre import cerrar
from tests import fabricas
from tests.calendario.lector import Agenda, eventos
from tests.personas import Reparto

HOY = timezone.localdate()
EN_UN_MES = HOY + dt.timedelta(days=30)
CAMPOS = ("UID", "SEQUENCE", "STATUS", "SUMMARY", "LOCATION", "URL", "DTSTART", "DTEND")


@pytest.fixture
def sesion(reparto: Reparto) -> m.Sesion:
    """Programada para dentro de un mes, con su liga reservada."""
    sesion = fabricas.crear_sesion(
        reparto, fecha=EN_UN_MES, lugar="Sala; uno, dos", liga="https://reservada.example/sala"
    )
    fabricas.crear_punto(sesion)
    return sesion


def publica(client: Client, sesion: m.Sesion) -> Any:
    """Lo que de ella dice la suscripción."""
    return eventos(client.get("/calendario.ics"))[f"sesion-{sesion.pk}"]


def por_correo(correos: list[Correo]) -> Any:
    """La cita del último correo."""
    partes = [p for p in correos[-1].message().walk() if p.get_content_type() == "text/calendar"]
    contenido = partes[0].get_payload(decode=True)
    assert isinstance(contenido, bytes)
    return Calendar.from_ical(contenido).events[0]


def dicho(evento: Any) -> Any:
    """Los campos que hacen que dos eventos sean el mismo."""
    return {campo: getattr(evento[campo], "dt", evento[campo]) for campo in CAMPOS}


def test_el_del_correo_y_el_publico_son_el_mismo_en_cada_paso(
    client: Client,
    reparto: Reparto,
    sesion: m.Sesion,
    mailoutbox: list[Correo],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    por, agenda, vistos = reparto.cuentas["facilitadora"], Agenda(), []

    def comparar() -> None:
        evento = publica(client, sesion)
        assert dicho(evento) == dicho(por_correo(mailoutbox))
        agenda.importar([evento])
        assert len(agenda.eventos) == 1
        guardado = next(iter(agenda.eventos.values()))
        vistos.append((guardado["SEQUENCE"], guardado["STATUS"], guardado.start.day))

    with django_capture_on_commit_callbacks(execute=True):
        convocar.convocar(sesion, por, timezone.now())
    comparar()
    otra = EN_UN_MES + dt.timedelta(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        sesion.refresh_from_db()
        sesion.corregir_datos(sesion.version, por=por, fecha=otra)
        convocar.enmendar(sesion, por, timezone.now(), motivo="Cambió el día")
    comparar()
    with django_capture_on_commit_callbacks(execute=True):
        convocar.cancelar(sesion, por, timezone.now(), motivo="No habrá")
    comparar()
    assert vistos == [
        (0, "CONFIRMED", EN_UN_MES.day),
        (1, "CONFIRMED", otra.day),
        (2, "CANCELLED", otra.day),
    ]


def test_lo_que_se_prepara_no_sale_hasta_que_se_avisa(
    client: Client, reparto: Reparto, sesion: m.Sesion
) -> None:
    assert f"sesion-{sesion.pk}" not in eventos(client.get("/calendario.ics"))
    fabricas.avisar(sesion)
    antes = client.get("/calendario.ics").content
    m.Sesion.objects.filter(pk=sesion.pk).update(
        fecha=EN_UN_MES + dt.timedelta(days=3), lugar="Sede secreta", designacion="Nombre secreto"
    )
    assert client.get("/calendario.ics").content == antes


def test_la_liga_para_conectarse_no_sale(client: Client, sesion: m.Sesion) -> None:
    fabricas.avisar(sesion)
    evento = publica(client, sesion)
    assert evento["LOCATION"] == "Sala; uno, dos"
    for direccion in ("/calendario.ics", "/calendario/prueba.ics", f"{sesion.get_absolute_url()}cita.ics"):
        assert b"reservada" not in client.get(direccion).content.replace(b"\r\n ", b"")


def test_cada_paso_que_cambia_la_cita_sube_la_secuencia(
    client: Client, reparto: Reparto, sesion: m.Sesion
) -> None:
    por = reparto.cuentas["facilitadora"]
    convocar.convocar(sesion, por, timezone.now())
    fabricas.pasar_lista(reparto, sesion)
    m.Quorum.declarar(sesion, por, hora=fabricas.HORA)
    assert publica(client, sesion)["SEQUENCE"] == 1
    sesion.refresh_from_db()
    cerrar(sesion, por, cierre=dt.time(11), sin_tratar="Se agotó el tiempo")
    evento = publica(client, sesion)
    assert (evento["SEQUENCE"], evento["STATUS"]) == (2, "CONFIRMED")


def test_de_una_sesion_sin_historia_se_dice_cuando_fue(client: Client, sesion: m.Sesion) -> None:
    m.Sesion.objects.update(estado="concluida")
    evento = publica(client, sesion)
    assert (evento["SEQUENCE"], evento["LAST-MODIFIED"].dt) == (0, sesion.cuando)


def test_sola_y_de_su_organo_dicen_lo_mismo(client: Client, sesion: m.Sesion) -> None:
    direccion = f"{sesion.get_absolute_url()}cita.ics"
    assert client.get(direccion).status_code == 404
    fabricas.avisar(sesion)
    sola = eventos(client.get(direccion))
    assert list(sola) == [f"sesion-{sesion.pk}"]
    assert sola == eventos(client.get("/calendario/prueba.ics"))
    assert client.get("/calendario/no-hay.ics").status_code == 404


def test_lo_ya_bajado_no_se_baja_otra_vez(client: Client, sesion: m.Sesion) -> None:
    fabricas.avisar(sesion)
    etiqueta = client.get("/calendario.ics")["ETag"]
    repetida = client.get("/calendario.ics", headers={"If-None-Match": etiqueta})
    assert (repetida.status_code, repetida.content) == (304, b"")
    m.Sesion.objects.filter(pk=sesion.pk).update(estado="cancelada")
    assert client.get("/calendario.ics", headers={"If-None-Match": etiqueta}).status_code == 200
