"""Qué direcciones van en la copia, cómo se escriben siempre igual y en qué archivo queda cada una."""

import mimetypes
import posixpath
import re
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

from django.conf import settings

from stl_portal.publico.parametros import es_otra_pagina

# Los que solo dicen cómo entregar lo mismo.
NO_CUENTAN = frozenset({"ver"})
# Lo que necesita un servidor o una cuenta.
SOLO_EN_EL_PORTAL = re.compile(
    r"/(api|avisos|buscar|contrasena|correo|cuenta|entrar|estilo|gestion|mesa|mi|reportes|salir|salud|seguir)/"
    r"|/convocatorias/(recibida|postulacion)/|/convocatorias/.+/postular/"
    r"|/preguntas/(recibida|confirmar)/|/preguntas/.+/nueva/|/sesiones/actas\.zip"
)
EXTENSIONES = {
    "application/atom+xml": ".atom",
    "application/json": ".json",
    "application/ld+json": ".jsonld",
    "application/xml": ".xml",
    "image/webp": ".webp",
    "text/calendar": ".ics",
    "text/html": ".html",
    "text/plain": ".txt",
}
# Lo que algún sistema de archivos no admite en un nombre.
_PROHIBIDO = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]')
LARGO = 120  # letras de cada parte de una ruta; el tope usual es de 255 bytes


@dataclass(frozen=True)
class Liga:
    """A dónde lleva una liga: dirección sin su nombre de sitio, y el lugar dentro de la página.

    `interna` es falso si sale del portal; `filtra`, si pide la misma página de otro modo.
    """

    direccion: str
    ancla: str = ""
    interna: bool = True
    filtra: bool = False


def leer(liga: str, desde: str) -> Liga:
    """La liga tal como se escribió en la página `desde`."""
    completa = urlsplit(urljoin(urljoin(settings.SITIO, desde), liga.strip()))
    sitio = urlsplit(settings.SITIO)
    if completa.scheme not in ("http", "https") or completa.netloc != sitio.netloc:
        return Liga(liga, interna=False)
    pares = sorted(p for p in parse_qsl(completa.query, keep_blank_values=True) if p[0] not in NO_CUENTAN)
    pares = [par for par in pares if par != ("page", "1")]
    ruta = quote(unquote(completa.path or "/"), safe="/~:@!$&'()*+,;=-._")
    consulta = f"?{urlencode(pares)}" if pares else ""
    filtra = bool(pares) and not es_otra_pagina(unquote(completa.path), [clave for clave, _ in pares])
    return Liga(ruta + consulta, completa.fragment, filtra=filtra)


def se_copia(direccion: str) -> bool:
    """Si no es de las que solo funcionan en el portal."""
    return SOLO_EN_EL_PORTAL.match(direccion) is None


def archivo(direccion: str, tipo: str) -> str:
    """En qué archivo queda, con diagonales y sin salir de la carpeta: `/a/b/` → `a/b/index.html`."""
    ruta, _, consulta = direccion.partition("?")
    *carpetas, nombre = unquote(ruta).lstrip("/").split("/")
    base, extension = posixpath.splitext(nombre)
    if not extension or extension == nombre:
        base, extension = nombre or "index", _extension(tipo)
    if consulta:
        base = f"{base}__{_de_consulta(consulta)}"
    return "/".join([*map(_admisible, carpetas), _admisible(base) + extension])


def relativa(de: str, a: str, ancla: str = "") -> str:
    """La liga de un archivo de la copia a otro."""
    camino = posixpath.relpath(a, posixpath.dirname(de) or ".")
    return quote(camino, safe="/~._-") + (f"#{quote(unquote(ancla), safe='~._-:')}" if ancla else "")


def _extension(tipo: str) -> str:
    return EXTENSIONES.get(tipo) or mimetypes.guess_extension(tipo) or ".bin"


def _de_consulta(consulta: str) -> str:
    """«page=2» → «page-2»; si trae algo raro o es larga, su huella."""
    legible = consulta.replace("=", "-").replace("&", "_")
    if re.fullmatch(r"[A-Za-z0-9._-]{1,60}", legible):
        return legible
    return sha256(consulta.encode()).hexdigest()[:16]


def _admisible(parte: str) -> str:
    """Una parte de la ruta que cualquier sistema acepta; «..» deja de serlo."""
    limpia = _PROHIBIDO.sub(lambda m: f"_{ord(m[0]):02x}", parte).rstrip(" .") or "_"
    if len(limpia) <= LARGO:
        return limpia
    return f"{limpia[: LARGO - 9]}-{sha256(parte.encode()).hexdigest()[:8]}"
