"""La cita de calendario: zona horaria de entonces, identidad estable y texto que no se sale de su lugar."""

import datetime as dt
from typing import Any

import pytest
from icalendar import Calendar, Event
from pytest_django import Settings

from sesiones import cita
from stl_portal.calendario.registro import Cita

EMITIDO = dt.datetime(2020, 7, 1, 15, 30, 45, 999, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _sitio(settings: Settings) -> None:
    settings.SITIO = "https://portal.example"


def una_cita(fecha: dt.date, **cambios: str) -> Calendar:
    """El calendario, ya leído, de una sesión a las diez."""
    datos: dict[str, Any] = {"titulo": "XXI Sesión Ordinaria", "lugar": "Sala"} | cambios
    nombre = datos.pop("nombre", "Ana Ruiz")
    contenido = cita.calendario(
        Cita(
            identidad="sesion-7",
            clase="Sesión",
            dia=fecha,
            hora=dt.time(10, 0),
            url="/sesiones/stl/xxi/",
            modificada=EMITIDO,
            secuencia=3,
            **datos,
        ),
        descripcion="Orden del día\nI Lista; quórum, y más",
        organiza=("Secretariado", "portal@portal.example"),
        asiste=(nombre, "ana@prueba.example"),
    )
    assert b"\n" not in contenido.replace(b"\r\n", b"")
    assert max(len(renglon) for renglon in contenido.split(b"\r\n")) <= 75
    return Calendar.from_ical(contenido)


@pytest.mark.parametrize(
    ("fecha", "horas"),
    [
        (dt.date(2020, 1, 18), -6),  # la XVIII, en invierno
        (dt.date(2020, 7, 10), -5),  # la XXI, con horario de verano
        (dt.date(2026, 7, 10), -6),  # ya no hay horario de verano
    ],
)
def test_la_zona_incluida_da_la_hora_que_regia(fecha: dt.date, horas: int) -> None:
    zona = una_cita(fecha).timezones[0]
    assert zona.tz_name == "America/Mexico_City"
    diez = dt.datetime.combine(fecha, dt.time(10))
    assert zona.to_tz().utcoffset(diez) == dt.timedelta(hours=horas)


def test_identidad_y_tiempos() -> None:
    evento = una_cita(dt.date(2020, 7, 10)).events[0]
    assert (evento["UID"], evento["SEQUENCE"]) == ("sesion-7@portal.example", 3)
    assert evento["DTSTAMP"].to_ical() == b"20200701T153045Z"
    horas = [f"{instante:%Y-%m-%d %H:%M %Z}" for instante in (evento.start, evento.end)]
    assert horas == ["2020-07-10 10:00 CDT", "2020-07-10 12:00 CDT"]
    assert evento["DESCRIPTION"] == "Orden del día\nI Lista; quórum, y más"


@pytest.mark.parametrize(
    "hostil",
    [
        "Ana\r\nATTENDEE:mailto:otra@prueba.example",
        'Ana";MEMBER="mailto:otra@prueba.example',
        "Ana;CN=Otra:x",
    ],
)
def test_un_nombre_hostil_no_agrega_nada(hostil: str) -> None:
    evento = una_cita(dt.date(2020, 7, 10), nombre=hostil, titulo=hostil, lugar=hostil).events[0]
    assert _campos(evento) == _campos(una_cita(dt.date(2020, 7, 10)).events[0])
    assert evento["ATTENDEE"] == "mailto:ana@prueba.example"
    assert sorted(evento["ATTENDEE"].params) == ["CN", "PARTSTAT", "RSVP"]


def _campos(evento: Event) -> list[str]:
    """Nombres de sus propiedades, repetidas incluidas."""
    return [nombre for nombre, _ in evento.property_items(recursive=False)]
