"""El extracto público de un acuerdo: lo que de él dice el acta publicada, con qué comprobarlo.

Sale del documento que cualquiera recibe (sin lo testado, si se testó) y de ninguna otra fila. No lleva
firma: la certificación firmada la expide quien facilita las sesiones, desde la mesa.
"""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from sesiones.acta.documento import bloques_de
from sesiones.acta.imprenta import Original
from sesiones.models import Sello
from sesiones.numeracion import ordinal_acuerdo
from sesiones.publica import Publico
from stl_portal.documentos.qr import qr_svg
from stl_portal.espanol import con_articulo, fecha_larga
from stl_portal.sello.canonico import canonico


def numeros(publico: Publico) -> list[int]:
    """Los acuerdos que el acta dice, por su número."""
    return [acuerdo["numero"] for acuerdo in publico.contenido["sesion"].get("acuerdos", [])]


def partes(publico: Publico, numero: int) -> bytes:
    """De qué documento es y, renglón por renglón, los pedazos suyos que se transcriben, byte por byte.

    Cada uno se busca tal cual en `acta.json`. `StopIteration` si el acta no tiene ese acuerdo.
    """
    de_quien = {"acta": publico.huella, "acuerdo": numero}
    renglones = [de_quien, *_bloques(publico.contenido, numero)]
    return b"".join(canonico(renglon) + b"\n" for renglon in renglones)


def _bloques(contenido: dict[str, Any], numero: int) -> list[dict[str, Any]]:
    """El del acuerdo y los de sus votaciones nominales, como van en el documento."""
    acuerdo = next(uno for uno in contenido["sesion"]["acuerdos"] if uno["numero"] == numero)
    nominales = (f"votos-{v['clave'].rpartition('-')[2]}" for v in acuerdo["votaciones"])
    claves = {acuerdo["clave"], *nominales}
    return [bloque for bloque in contenido["bloques"] if bloque["clave"] in claves]


def extracto(sello: Sello, publico: Publico, numero: int) -> Original:
    """El PDF, con sus partes dentro. `StopIteration` si el acta no tiene ese acuerdo."""
    contenido, sesion = publico.contenido, sello.acta.sesion
    claves = {bloque["clave"] for bloque in _bloques(contenido, numero)}
    organo, designacion = contenido["sesion"]["organo"], contenido["sesion"]["designacion"]
    titulo = f"Extracto del acuerdo {ordinal_acuerdo(numero).lower()} de la {designacion}"
    direccion = urljoin(settings.SITIO, reverse("verificar:codigo", args=(sello.codigo,)))
    contexto = {
        "titulo": titulo,
        "documento": titulo,
        "organo": {"nombre": organo, "sede": _rotulo(contenido)},
        "del_organo": con_articulo(organo, "de"),
        "designacion": designacion,
        "ordinal": ordinal_acuerdo(numero).lower(),
        "version_publica": publico.version is not None,
        "publicada": fecha_larga(timezone.localdate(publico.desde)),
        "bloques": [bloque for bloque in bloques_de(contenido) if bloque.clave in claves],
        "codigo": sello.codigo,
        "huella": publico.huella,
        "direccion": direccion,
        "qr": qr_svg(direccion, titulo=f"Código QR para verificar el acta {sello.codigo}"),
    }
    nombre = f"acuerdo-{numero}"
    return Original(
        html=render_to_string("documentos/sesiones/extracto.html", contexto),
        titulo=titulo,
        nombre=f"{nombre}.pdf",
        sesion=sesion,
        datos={"organo": organo},
        adjuntos=((f"{nombre}.jsonl", partes(publico, numero), "Lo que se transcribe, como va en el acta"),),
    )


def _rotulo(contenido: dict[str, Any]) -> str:
    return "Órgano ficticio: datos de demostración" if contenido["ficticio"] else ""
