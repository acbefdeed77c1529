"""Lee los avisos de rebote que llegan al buzón del remitente y marca las direcciones que no reciben."""

import logging
import mailbox
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stl_portal.avisos import rebotes

registro = logging.getLogger(__name__)


class Command(BaseCommand):
    """`manage.py anotar_rebotes BUZÓN`."""

    help = (
        "Lee avisos de rebote (RFC 3464) de un Maildir, un mbox, un mensaje suelto o, con «-», de la "
        "entrada. No borra ni cambia el buzón: leer dos veces lo mismo no lo anota dos veces."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("buzon", help="carpeta Maildir, archivo mbox o mensaje, o «-» para la entrada")

    def handle(self, *args: Any, **opciones: Any) -> None:
        """Anota y dice cuántos: los que marcan, los que no, los repetidos o no creídos, y los ilegibles."""
        leidos = fallidos = ilegibles = 0
        anotados = []
        for crudo in _mensajes(opciones["buzon"]):
            leidos += 1
            try:
                fallos = rebotes.leer(crudo)
                anotados += rebotes.anotar(fallos)
            except Exception as error:  # uno mal formado no detiene a los que siguen
                registro.warning("No se pudo leer el mensaje %s: %s", leidos, type(error).__name__)
                ilegibles += 1
                continue
            fallidos += len(fallos)
        permanentes = sum(rebote.permanente for rebote in anotados)
        self.stdout.write(
            f"Mensajes leídos: {leidos}. Direcciones marcadas: {permanentes}. "
            f"Anotados sin marcar: {len(anotados) - permanentes}. "
            f"Ya anotados o de direcciones a las que no se escribió: {fallidos - len(anotados)}."
        )
        if ilegibles:
            self.stderr.write(f"Mensajes mal formados, que se dejaron donde están: {ilegibles}.")


def _mensajes(buzon: str) -> Iterator[bytes]:
    """Los mensajes que hay ahí, sin interpretar. Lanza `CommandError` si no existe o no se puede leer."""
    if buzon == "-":
        yield from _de_bytes(sys.stdin.buffer.read())
        return
    ruta = Path(buzon)
    try:
        if ruta.is_dir():
            if not (ruta / "cur").is_dir() or not (ruta / "new").is_dir():
                raise CommandError(f"«{ruta}» no es un Maildir: le faltan «cur» o «new».")
            carpeta = mailbox.Maildir(ruta, create=False)
            yield from (carpeta.get_bytes(clave) for clave in carpeta.iterkeys())
        else:
            yield from _de_bytes(ruta.read_bytes())
    except OSError as error:
        raise CommandError(f"No se puede leer «{ruta}»: {error.strerror}.") from error


def _de_bytes(contenido: bytes) -> Iterator[bytes]:
    """Un mbox, si empieza con «From »; si no, un solo mensaje. Vacío, nada."""
    if not contenido.strip():
        return
    if not contenido.startswith(b"From "):
        yield contenido
        return
    inicios = [0] + [i + 2 for i in _donde(contenido, b"\n\nFrom ")]
    inicios += [i + 4 for i in _donde(contenido, b"\r\n\r\nFrom ")]
    inicios = [*sorted(inicios), len(contenido)]
    for desde, hasta in pairwise(inicios):
        yield contenido[desde:hasta].partition(b"\n")[2]


def _donde(contenido: bytes, aguja: bytes) -> Iterator[int]:
    donde = contenido.find(aguja)
    while donde >= 0:
        yield donde
        donde = contenido.find(aguja, donde + 1)
