"""El mismo texto del mensaje, como HTML: párrafos, listas y la liga principal como botón.

El asunto y el texto son la fuente; aquí no se agrega ni se quita nada de lo dicho. Sin imágenes ni nada que
se pida fuera: abrir un correo no le avisa a nadie. El estilo viaja dentro porque un correo no puede pedirlo.

Solo una liga del portal se vuelve botón o se esconde detrás de un texto: la de cualquier otro sitio se lee
entera, y lo que escribió otra persona va citado y sin ligas.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join, urlize
from django.utils.safestring import SafeString, mark_safe

from .clases import CLASES

SEPARADOR = "—"
CITA = re.compile(r"^> ?")
LISTA = re.compile(r"^\s*- ")
SOLO_LIGA = re.compile(r"^https?://\S+$")
TERMINA_EN_LIGA = re.compile(r"^(?P<antes>.*?)\s*(?P<liga>https?://\S+)$")


@dataclass(frozen=True)
class Trozo:
    """Una parte del mensaje: `parrafo`, `cita`, `lista`, `boton` o `raya`, con su contenido ya en HTML."""

    clase: str
    renglones: tuple[SafeString, ...] = ()
    liga: str = ""


def html(asunto: str, cuerpo: str, clase: str = "") -> str:
    """La versión HTML de un mensaje de esa clase."""
    conocida = CLASES.get(clase)
    trozos = list(_trozos(cuerpo, conocida.boton if conocida else "Abrir en el portal"))
    raya = max((i for i, trozo in enumerate(trozos) if trozo.clase == "raya"), default=len(trozos))
    contexto = {
        "asunto": asunto,
        "de": settings.IDENTIDAD.nombre or "Portal del Secretariado Técnico Local",
        "trozos": trozos[:raya],
        "pie": trozos[raya + 1 :],
        "estilo": format_html("<style>{}</style>", mark_safe(estilo())),  # noqa: S308 -- archivo del portal
    }
    return render_to_string("avisos/html/envoltura.html", contexto)


@cache
def estilo() -> str:
    """Las reglas de estilo de todo correo."""
    return render_to_string("avisos/html/correo.css").strip()


def politica_de_estilo() -> str:
    """Con qué permite una política de contenido ese estilo y ningún otro."""
    huella = base64.b64encode(hashlib.sha256(estilo().encode()).digest()).decode()
    return f"'sha256-{huella}'"


def _trozos(cuerpo: str, boton: str) -> Iterator[Trozo]:
    """Párrafo por párrafo; la primera liga al portal que termina un renglón es el botón."""
    falta_boton = True
    for parrafo in _parrafos(cuerpo):
        if parrafo == [SEPARADOR]:
            yield Trozo("raya")
            continue
        if CITA.match(parrafo[0]):
            yield Trozo("cita", tuple(format_html("{}", CITA.sub("", renglon)) for renglon in parrafo))
            continue
        for trozo in _del_parrafo(parrafo, boton if falta_boton else ""):
            falta_boton = falta_boton and trozo.clase != "boton"
            yield trozo


def _parrafos(cuerpo: str) -> Iterator[list[str]]:
    """Los renglones, juntos los que no separa uno vacío; la raya va sola y lo citado, aparte."""
    junto: list[str] = []
    for renglon in [*cuerpo.strip().splitlines(), ""]:
        if junto and renglon.strip() and bool(CITA.match(renglon)) != bool(CITA.match(junto[0])):
            yield junto
            junto = []
        if renglon.strip() and renglon.strip() != SEPARADOR:
            junto.append(renglon.rstrip())
            continue
        if junto:
            yield junto
            junto = []
        if renglon.strip() == SEPARADOR:
            yield [SEPARADOR]


def _del_parrafo(parrafo: list[str], boton: str) -> Iterator[Trozo]:
    """Lo dicho, las listas y el botón, en su orden."""
    sueltos: list[str] = []
    puntos: list[list[str]] = []
    for renglon in parrafo:
        if LISTA.match(renglon):
            yield from _sueltos(sueltos)
            sueltos = []
            puntos.append([LISTA.sub("", renglon)])
        elif puntos and renglon.startswith("  "):
            puntos[-1].append(renglon.strip())
        else:
            yield from _lista(puntos)
            puntos = []
            liga = TERMINA_EN_LIGA.match(renglon) if boton else None
            if liga and _del_portal(liga["liga"]):
                yield from _sueltos([*sueltos, *filter(None, [liga["antes"].strip()])])
                yield Trozo("boton", (format_html("{}", boton),), liga["liga"])
                sueltos, boton = [], ""
            else:
                sueltos.append(renglon)
    yield from _lista(puntos)
    yield from _sueltos(sueltos)


def _sueltos(renglones: Iterable[str]) -> Iterator[Trozo]:
    escritos = tuple(_renglon(renglon) for renglon in renglones)
    if escritos:
        yield Trozo("parrafo", escritos)


def _renglon(renglon: str) -> SafeString:
    """Con su sangría, si la trae: así se distinguen los incisos del orden del día."""
    escrito = _con_ligas(renglon.strip())
    return format_html('<span class="dentro">{}</span>', escrito) if renglon.startswith("   ") else escrito


def _lista(puntos: Iterable[list[str]]) -> Iterator[Trozo]:
    """Si el último renglón de un punto es una liga del portal, el punto entero lleva a ella."""
    escritos = tuple(_punto(punto) for punto in puntos)
    if escritos:
        yield Trozo("lista", escritos)


def _punto(punto: list[str]) -> SafeString:
    *dicho, ultimo = punto
    if dicho and SOLO_LIGA.match(ultimo) and _del_portal(ultimo):
        return format_html('<a href="{}">{}</a>', ultimo, " ".join(dicho))
    return format_html_join(SafeString("<br>"), "{}", ((_con_ligas(renglon),) for renglon in punto))


def _con_ligas(renglon: str) -> SafeString:
    return mark_safe(urlize(renglon, autoescape=True))  # noqa: S308 -- escapa lo que no es liga


def _del_portal(liga: str) -> bool:
    """Si lleva a este portal: mismo esquema y mismo sitio, no solo el mismo principio."""
    try:
        suya = urlsplit(liga)
    except ValueError:
        return False
    portal = urlsplit(settings.SITIO)
    return (suya.scheme, suya.netloc.lower()) == (portal.scheme, portal.netloc.lower())
