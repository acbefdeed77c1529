"""Lee los avisos de rebote que llegan al buzón del remitente y marca las direcciones que no reciben."""

import email
import mailbox
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from email.message import Message
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stl_portal.avisos import rebotes


class Command(BaseCommand):
    """`manage.py anotar_rebotes BUZÓN`."""

    help = (
        "Lee avisos de rebote (RFC 3464) de un Maildir, un mbox, un mensaje suelto o, con «-», de la "
        "entrada. No borra ni cambia el buzón: leer dos veces lo mismo no lo anota dos veces."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("buzon", help="carpeta Maildir, archivo mbox o mensaje, o «-» para la entrada")

    def handle(self, *args: Any, **opciones: Any) -> None:
        """Anota y dice cuántos: permanentes, temporales, repetidos o que no se creen, y otros mensajes."""
        leidos = fallidos = 0
        anotados = []
        for mensaje in _mensajes(opciones["buzon"]):
            leidos += 1
            fallos = rebotes.leer(mensaje)
            fallidos += len(fallos)
            anotados += rebotes.anotar(fallos)
        permanentes = sum(rebote.permanente for rebote in anotados)
        self.stdout.write(
            f"Mensajes leídos: {leidos}. Direcciones marcadas: {permanentes}. "
            f"Fallos temporales: {len(anotados) - permanentes}. "
            f"Ya anotados o de direcciones a las que no se escribió: {fallidos - len(anotados)}."
        )


def _mensajes(buzon: str) -> Iterator[Message]:
    """Los mensajes que hay ahí. Lanza `CommandError` si no existe o no se puede leer."""
    if buzon == "-":
        yield from _de_bytes(sys.stdin.buffer.read())
        return
    ruta = Path(buzon)
    try:
        if ruta.is_dir():
            if not (ruta / "cur").is_dir() or not (ruta / "new").is_dir():
                raise CommandError(f"«{ruta}» no es un Maildir: le faltan «cur» o «new».")
            yield from mailbox.Maildir(ruta, create=False)
        else:
            yield from _de_bytes(ruta.read_bytes())
    except OSError as error:
        raise CommandError(f"No se puede leer «{ruta}»: {error.strerror}.") from error


def _de_bytes(contenido: bytes) -> Iterator[Message]:
    """Un mbox, si empieza con «From »; si no, un solo mensaje. Vacío, nada."""
    if not contenido.strip():
        return
    if not contenido.startswith(b"From "):
        yield email.message_from_bytes(contenido)
        return
    inicios = [0] + [i + 2 for i in _donde(contenido, b"\n\nFrom ")]
    inicios += [i + 4 for i in _donde(contenido, b"\r\n\r\nFrom ")]
    inicios = [*sorted(inicios), len(contenido)]
    for desde, hasta in pairwise(inicios):
        yield email.message_from_bytes(contenido[desde:hasta].partition(b"\n")[2])


def _donde(contenido: bytes, aguja: bytes) -> Iterator[int]:
    donde = contenido.find(aguja)
    while donde >= 0:
        yield donde
        donde = contenido.find(aguja, donde + 1)
