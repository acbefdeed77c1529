"""Un lector de iCalendar que además exige lo que la norma pide de los bytes."""

from collections.abc import Iterable
from typing import Any

from icalendar import Calendar

OBLIGATORIAS = ("UID", "DTSTAMP", "DTSTART", "SEQUENCE", "LAST-MODIFIED", "STATUS", "SUMMARY", "URL")


def leer(contenido: bytes) -> Any:
    """El calendario, con renglones de a lo más 75 octetos terminados en CRLF y sin el correo de nadie."""
    assert b"\n" not in contenido.replace(b"\r\n", b"")
    assert max(len(renglon) for renglon in contenido.split(b"\r\n")) <= 75
    assert b"mailto:" not in contenido.lower()
    leido: Any = Calendar.from_ical(contenido)
    assert (leido["VERSION"], "METHOD" in leido) == ("2.0", False)
    uids = [evento["UID"] for evento in leido.events]
    assert len(uids) == len(set(uids))
    for evento in leido.events:
        assert [nombre for nombre in OBLIGATORIAS if nombre not in evento] == []
    return leido


def eventos(respuesta: Any) -> dict[str, Any]:
    """Los eventos de una respuesta, por la parte de su UID que va antes de la arroba."""
    assert respuesta.status_code == 200
    assert respuesta["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(e["UID"]).partition("@")[0]: e for e in leer(respuesta.content).events}


class Agenda:
    """Una agenda que importa varias veces, como manda RFC 5546: gana la secuencia mayor."""

    def __init__(self) -> None:
        """Empieza vacía."""
        self.eventos: dict[str, Any] = {}

    def importar(self, nuevos: Iterable[Any]) -> None:
        """Lo nuevo se agrega; lo conocido se actualiza solo si su secuencia es mayor."""
        for evento in nuevos:
            anterior = self.eventos.get(str(evento["UID"]))
            if anterior is None or evento["SEQUENCE"] > anterior["SEQUENCE"]:
                self.eventos[str(evento["UID"])] = evento
