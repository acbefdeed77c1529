"""Quien sigue las convocatorias de un órgano las recibe, con sus cambios y su cita, y nada reservado."""

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
from stl_portal.avisos.models import Aviso, Suscripcion
from stl_portal.avisos.registro import temas
from tests import fabricas
from tests.calendario.lector import Agenda, eventos
from tests.personas import Reparto

HOY = timezone.localdate()
EN_UN_MES = HOY + dt.timedelta(days=30)
VECINA, DE_ACTAS = "vecina@ejemplo.mx", "actas@ejemplo.mx"


@pytest.fixture
def sesion(reparto: Reparto) -> m.Sesion:
    """Por convocar; la siguen una vecina, un integrante, quien no confirmó y quien solo sigue las actas."""
    integrante = reparto.personas["civil"].correo
    quienes = (
        (VECINA, "citas:prueba", True),
        (integrante, "citas:prueba", True),
        (DE_ACTAS, "organo:prueba", True),
        ("sin@ejemplo.mx", "citas:prueba", False),
        ("otra@ejemplo.mx", "citas:prueba-otra", True),
    )
    for n, (correo, tema, confirmo) in enumerate(quienes):
        cuando = timezone.now() if confirmo else None
        Suscripcion.objects.create(correo=correo, tema=tema, clave=f"clave-{n}", confirmada_el=cuando)
    sesion = fabricas.crear_sesion(
        reparto, fecha=EN_UN_MES, lugar="Sala uno", liga="https://reservada.example/sala"
    )
    fabricas.crear_punto(sesion, "Presupuesto abierto")
    return sesion


def test_son_un_tema_aparte_de_las_actas(reparto: Reparto, client: Client) -> None:
    suyos = {clave: str(tema) for clave, tema in temas(HOY).items() if clave.endswith(":prueba")}
    assert list(suyos) == ["organo:prueba", "citas:prueba"]
    assert "convocatorias, cambios de fecha y cancelaciones" in suyos["citas:prueba"]
    pagina = client.get("/seguir/?tema=organo:prueba&tema=citas:prueba").content.decode()
    assert pagina.count(" checked") == 2


def test_llega_cada_paso_publico_con_su_cita_y_nada_reservado(
    client: Client,
    reparto: Reparto,
    sesion: m.Sesion,
    mailoutbox: list[Correo],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    por, agenda, asuntos = reparto.cuentas["facilitadora"], Agenda(), []

    def suyos(acto: Any) -> list[Correo]:
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            acto()
        llegaron = [correo for correo in mailoutbox if correo.to == [VECINA]]
        ajenos = {DE_ACTAS, "sin@ejemplo.mx", "otra@ejemplo.mx"} & {c.to[0] for c in mailoutbox}
        de_integrante = [c for c in mailoutbox if c.to == [reparto.personas["civil"].correo]]
        assert (ajenos, len(de_integrante)) == (set(), 1)
        return llegaron

    def enmendar(**campos: Any) -> None:
        sesion.refresh_from_db()
        sesion.corregir_datos(sesion.version, por=por, **campos)
        convocar.enmendar(sesion, por, timezone.now(), motivo="Motivo secreto")

    pasos: list[Any] = [
        lambda: convocar.convocar(sesion, por, timezone.now()),
        lambda: enmendar(fecha=EN_UN_MES + dt.timedelta(days=1)),
        lambda: convocar.cancelar(sesion, por, timezone.now(), motivo="Motivo secreto"),
    ]
    for paso in pasos:
        (correo,) = suyos(paso)
        asuntos.append(correo.subject.partition(":")[0])
        entero = correo.message().as_string() + str(correo.body)
        assert [s for s in ("reservada", "secreto", "prueba.example") if s in entero] == []
        assert correo.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        leida = _cita(correo)
        publica = eventos(client.get("/calendario.ics"))[f"sesion-{sesion.pk}"]
        assert [leida[c] for c in ("UID", "SEQUENCE", "STATUS")] == [
            publica[c] for c in ("UID", "SEQUENCE", "STATUS")
        ]
        agenda.importar([leida])
    assert asuntos == ["Se convocó", "Cambió la convocatoria", "Se canceló"]
    assert [(e.start.day, str(e["STATUS"])) for e in agenda.eventos.values()] == [
        ((EN_UN_MES + dt.timedelta(days=1)).day, "CANCELLED")
    ]


def test_lo_que_no_se_publica_no_avisa_y_darse_de_baja_es_un_clic(
    client: Client, reparto: Reparto, sesion: m.Sesion
) -> None:
    por = reparto.cuentas["facilitadora"]
    convocar.convocar(sesion, por, timezone.now())
    suyos = Aviso.objects.filter(para=VECINA)
    cuerpo = suyos.get().cuerpo
    assert "Presupuesto abierto" in cuerpo
    assert "Sala uno" in cuerpo
    sesion.refresh_from_db()
    sesion.corregir_datos(sesion.version, por=por, liga="https://reservada.example/otra")
    convocar.enmendar(sesion, por, timezone.now(), motivo="Otra liga")
    assert suyos.count() == 1
    clave = Suscripcion.objects.get(correo=VECINA).clave
    assert client.post(f"/seguir/baja/{clave}/", {"List-Unsubscribe": "One-Click"}).status_code == 200
    convocar.cancelar(sesion, por, timezone.now(), motivo="No habrá")
    assert not suyos.exists()


def _cita(correo: Correo) -> Any:
    """La que trae adjunta."""
    (parte,) = [p for p in correo.message().walk() if p.get_content_type() == "text/calendar"]
    contenido = parte.get_payload(decode=True)
    assert isinstance(contenido, bytes)
    return Calendar.from_ical(contenido).events[0]
