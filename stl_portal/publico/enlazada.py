"""Lo que una página dice de sí a los buscadores: su dirección definitiva y sus hechos, con schema.org.

Los hechos salen del mismo contexto con que se pintó la página, ya sin lo testado: aquí no se consulta nada y
nada se dice que en ella no se lea. Cada aplicación apunta los de sus páginas en `HECHOS_DE`.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from html.parser import HTMLParser
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from stl_portal.avisos.envio import liga

from . import parametros

Hechos = dict[str, Any]
Contexto = Mapping[str, Any]

CONTEXTO = "https://schema.org"
IDIOMA = "es-MX"
# Del nombre de una dirección («sesiones:detalle»), lo que su página dice, a partir de su contexto.
HECHOS_DE: dict[str, Callable[[Any], Iterable[Hechos]]] = {}
VERSION = "version"
_PRIMERA = {"page": "1"}
# Dentro de un bloque de datos, nada puede parecer el fin del bloque ni una entidad.
_ESCAPES = {
    ord("<"): "\\u003C",
    ord(">"): "\\u003E",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def canonica(request: HttpRequest, contexto: Contexto) -> str:
    """La dirección con que se cita la página: sin filtros ni orden, y con el nombre público del sitio.

    Una versión que otra sustituyó (`vigente` en el contexto) es otro documento y conserva su número.
    """
    nombre = request.resolver_match.view_name if request.resolver_match else ""
    quedan = parametros.de(nombre) - ({VERSION} if not contexto.get("vigente") else set())
    pedidos = {clave: request.GET.get(clave, "") for clave in sorted(quedan)}
    consulta = {k: v for k, v in pedidos.items() if v and v != _PRIMERA.get(k)}
    return liga(request.path) + (f"?{urlencode(consulta)}" if consulta else "")


def hechos(contexto: Any, url: str, camino: str) -> list[Hechos]:
    """Todo lo que la página dice, en orden: lo suyo y la ruta que lleva a ella."""
    request = contexto["request"]
    de_la_pagina = HECHOS_DE.get(request.resolver_match.view_name) if request.resolver_match else None
    suyos = list(de_la_pagina(contexto)) if de_la_pagina else []
    pasos = leer_migas(camino)
    return [*map(sin_vacios, suyos), *([_ruta(pasos, url)] if pasos else [])]


def bloque(dichos: list[Hechos]) -> SafeString:
    """El bloque de datos. No es un programa: la política de contenido no lo ejecuta ni lo rechaza."""
    texto = json.dumps({"@context": CONTEXTO, "@graph": dichos}, ensure_ascii=False).translate(_ESCAPES)
    dicho = mark_safe(texto)  # noqa: S308 -- sin «<», «>» ni «&»: se escriben como los escapa JSON
    return format_html('<script type="application/ld+json">{}</script>', dicho)


def sin_vacios(dicho: Any) -> Any:
    """Sin lo que no consta: un dato vacío no se publica como si se supiera."""
    if isinstance(dicho, dict):
        limpio = {clave: sin_vacios(valor) for clave, valor in dicho.items()}
        return {clave: valor for clave, valor in limpio.items() if valor not in (None, "", [], {})}
    return [sin_vacios(valor) for valor in dicho] if isinstance(dicho, list) else dicho


def organizacion(nombre: str, url: str = "", **mas: Any) -> Hechos:
    """Un órgano o una institución, con su página aquí si la tiene."""
    return {"@type": "GovernmentOrganization", "name": nombre, "url": liga(url) if url else "", **mas}


def persona(nombre: str, cargo: str = "", institucion: str = "") -> Hechos:
    """Una persona por lo que se publica de ella: su nombre, su cargo y a quién representa."""
    de = {"@type": "Organization", "name": institucion} if institucion else {}
    return {"@type": "Person", "name": nombre, "jobTitle": cargo, "affiliation": de}


def momento(fecha: dt.date | None, hora: dt.time | None = None) -> str:
    """La fecha, y la hora con su diferencia con UTC si se sabe; vacío si no hay fecha."""
    if fecha is None:
        return ""
    if hora is None:
        return fecha.isoformat()
    return timezone.make_aware(dt.datetime.combine(fecha, hora)).isoformat()


def sitio(contexto: Any) -> Iterable[Hechos]:
    """La portada: el portal, de quién es y cómo se busca en él."""
    nombre = nombre_del_sitio(contexto)
    yield organizacion(nombre, "/")
    yield {
        "@type": "WebSite",
        "name": nombre,
        "url": liga("/"),
        "inLanguage": IDIOMA,
        "potentialAction": _buscar(),
    }


def nombre_del_sitio(contexto: Any) -> str:
    """Como se lee en la cabecera de toda página."""
    identidad = contexto.get("identidad")
    dicho = identidad.get("nombre") if isinstance(identidad, Mapping) else getattr(identidad, "nombre", "")
    return dicho or "Secretariado Técnico Local"


def registrar() -> None:
    """Se llama desde `PublicoConfig.ready()`; repetirlo no duplica nada."""
    HECHOS_DE["inicio"] = sitio


def _buscar() -> Hechos:
    try:
        caja = liga(reverse("buscar"))
    except NoReverseMatch:
        return {}
    destino = {"@type": "EntryPoint", "urlTemplate": f"{caja}?q={{search_term_string}}"}
    return {
        "@type": "SearchAction",
        "target": destino,
        "query-input": "required name=search_term_string",
    }


def _ruta(pasos: list[tuple[str, str]], url: str) -> Hechos:
    """Las migas como se ven; la última es esta página."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": texto, "item": liga(direccion) if direccion else url}
            for n, (texto, direccion) in enumerate(pasos, start=1)
        ],
    }


def leer_migas(html: str) -> list[tuple[str, str]]:
    """Los pasos de `componentes/migas.html`, o de las escritas a mano: texto y dirección."""
    lector = _Migas()
    lector.feed(html)
    return [(" ".join(texto.split()), direccion) for texto, direccion in lector.pasos if texto.strip()]


class _Migas(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pasos: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "li":
            self.pasos.append(("", ""))
        elif tag == "a" and self.pasos:
            self.pasos[-1] = ("", dict(attrs).get("href") or "")

    def handle_data(self, data: str) -> None:
        if self.pasos:
            texto, direccion = self.pasos[-1]
            self.pasos[-1] = (texto + data, direccion)
