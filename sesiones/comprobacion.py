"""Lo que alguien se lleva para comprobar un acta sin el portal: documento, pruebas e instrucciones."""

import json
import zipfile
from collections.abc import Iterator
from functools import cache
from importlib import resources
from io import BytesIO
from itertools import chain

from django.template.loader import render_to_string

from sesiones import publica
from sesiones.estados import ClaseFirma
from sesiones.models import Firma, Sello
from sesiones.publica import Publico
from stl_portal.archivo import almacen
from stl_portal.sello import clave
from stl_portal.sello.models import Eslabon
from stl_portal.sello.prueba import Prueba

PERMISOS = 0o644 << 16
UNIX = 3


def ordenes(publico: Publico) -> str:
    """Los renglones que se pegan en una terminal: solo piden `sha256sum` y `openssl`."""
    return _propio("sesiones", "comprobar_version_publica.sh" if publico.version else "comprobar_acta.sh")


def ultimo_eslabon(sello: Sello, publico: Publico) -> int:
    """Lo último que un punto de control debe cubrir para que todo se pueda comprobar."""
    return publico.version.eslabon if publico.version else sello.publicacion.eslabon


def actos(sello: Sello, publico: Publico) -> dict[str, int]:
    """Por carpeta del ZIP, el eslabón de cada acto que se comprueba.

    En una versión pública no van las firmas, que están en el PDF reservado: va lo que de ellas consta.
    """
    citados = {"sellada": sello.eslabon, "publicada": sello.publicacion.eslabon}
    if publico.version is None:
        return citados
    for n, clase in Firma.objects.filter(lugar__sello=sello).values_list("eslabon", "clase"):
        citados[f"{'negativa' if clase == ClaseFirma.NEGADA else 'firma'}-{n}"] = n
    return citados | {"version-publica": publico.version.eslabon}


def _pruebas(sello: Sello, publico: Publico) -> dict[str, Prueba]:
    """Por carpeta, la prueba de cada acto."""
    citados = actos(sello, publico)
    eslabones = Eslabon.objects.in_bulk(citados.values())
    return {carpeta: Prueba.de(eslabones[n]) for carpeta, n in citados.items()}


def paquete(sello: Sello) -> bytes | None:
    """El ZIP de un acta publicada; None si aún no hay punto de control que la cubra.

    Con el mismo punto de control sale siempre idéntico: nada en él depende de cuándo se pide. Lanza
    `FileNotFoundError` si el PDF no está en el disco.
    """
    publico = publica.lo_publico(sello)
    pruebas = _pruebas(sello, publico)
    if any(prueba.punto is None for prueba in pruebas.values()):
        return None
    salida = BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_STORED) as zip_:
        for nombre, contenido in _contenido(sello, publico, pruebas):
            zip_.writestr(_ficha(nombre, publico), contenido)
    return salida.getvalue()


def archivos(sello: Sello, publico: Publico) -> tuple[Iterator[tuple[str, bytes]], bool]:
    """Los del acta para llevarse junto con otras, y si van sus pruebas: sin punto de control, todavía no."""
    pruebas = _pruebas(sello, publico)
    if any(prueba.punto is None for prueba in pruebas.values()):
        return _del_acta(publico), False
    ordenes_de_esta = "comprobar-acta.sh", ordenes(publico).encode()
    return chain(_contenido(sello, publico, pruebas), [ordenes_de_esta]), True


def _del_acta(publico: Publico) -> Iterator[tuple[str, bytes]]:
    """El acta, en sus tres formas."""
    yield "acta.json", publico.documento
    yield "acta.xml", publico.xml
    yield "acta.pdf", almacen.leer(publico.pdf)


def _contenido(sello: Sello, publico: Publico, pruebas: dict[str, Prueba]) -> Iterator[tuple[str, bytes]]:
    """Cada archivo y sus bytes, siempre en el mismo orden."""
    yield "LEEME.txt", _leeme(sello, publico).encode()
    yield from _del_acta(publico)
    yield "comprobar.sh", _propio("stl_portal.sello", "comprobar.sh").encode()
    yield "verificar.py", _propio("stl_portal.sello", "verificar.py").encode()
    for carpeta, prueba in pruebas.items():
        for nombre, texto in _de_la_prueba(prueba):
            yield f"{carpeta}/{nombre}", texto.encode()


def _de_la_prueba(prueba: Prueba) -> Iterator[tuple[str, str]]:
    """Lo que pide `comprobar.sh` y, para `verificar.py`, el eslabón entero."""
    yield "contenido.json", prueba.eslabon.payload
    yield "prueba.txt", prueba.como_texto()
    yield "eslabon.json", json.dumps(prueba.como_json(), ensure_ascii=False)
    if prueba.punto:
        yield "punto-de-control.txt", prueba.punto.texto
        yield "clave.pub", clave.pem(prueba.punto.clave)


def _leeme(sello: Sello, publico: Publico) -> str:
    contexto = {
        "sello": sello,
        "publico": publico,
        "titulo": publico.contenido["titulo"],
        "ordenes": ordenes(publico),
        "actos": len(actos(sello, publico)),
    }
    return render_to_string("verificar/leeme.txt", contexto)


def _ficha(nombre: str, publico: Publico) -> zipfile.ZipInfo:
    """Fechado el día en que se publicó y legible en cualquier sistema."""
    cuando = publico.desde.timetuple()[:6]
    ficha = zipfile.ZipInfo(nombre, date_time=cuando)
    ficha.create_system, ficha.external_attr = UNIX, PERMISOS
    return ficha


@cache
def _propio(paquete_de: str, nombre: str) -> str:
    """Un archivo del portal que se entrega tal cual."""
    return (resources.files(paquete_de) / nombre).read_text(encoding="utf-8")
