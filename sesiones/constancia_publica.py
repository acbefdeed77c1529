"""Lo que de un acta queda en el registro público, y volver a comprobarlo contra sus filas.

Cada acto anota los mismos datos que guarda su fila: al revisar se vuelven a armar desde la fila y se
comparan con los del eslabón, así que cambiar cualquiera de las dos se nota y se dice cuál es.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from sesiones.acta.documento import codigo_de
from sesiones.models import Acta, Firma, LugarDeFirma, Publicacion, Sello
from stl_portal.sello import bitacora
from stl_portal.sello.bitacora import instante
from stl_portal.sello.models import Eslabon
from stl_portal.sello.registro import Falla

SELLADA, FIRMADA, PUBLICADA, SUSTITUIDA = "acta-sellada", "acta-firmada", "acta-publicada", "acta-sustituida"


def anotar(fila: Sello | Firma | Publicacion) -> None:
    """Anota el acto y deja su número en la fila, que se guarda después. La transacción es de quien llama."""
    tipo, codigo, datos = _que_consta(fila)
    fila.eslabon = bitacora.anotar(tipo, datos, objeto=f"acta:{codigo}").n


def anotar_sustitucion(anterior: Sello, nueva: Sello, motivo: str) -> None:
    """Deja dicho qué versión sustituye a cuál y por qué."""
    datos = {"acta": anterior.codigo, "por": nueva.codigo, "motivo": motivo}
    bitacora.anotar(SUSTITUIDA, datos, objeto=f"acta:{anterior.codigo}")


def _que_consta(fila: Sello | Firma | Publicacion) -> tuple[str, str, dict[str, Any]]:
    """Tipo de eslabón, código del acta y datos, según el acto."""
    if isinstance(fila, Sello):
        return SELLADA, fila.codigo, _del_sello(fila)
    if isinstance(fila, Firma):
        return FIRMADA, fila.lugar.sello.codigo, _de_la_firma(fila)
    return PUBLICADA, fila.sello.codigo, _de_la_publicacion(fila)


def _del_sello(sello: Sello) -> dict[str, Any]:
    sesion = sello.acta.sesion
    return {
        "acta": f"{sesion.organo.clave}/{sesion.clave}/{sello.acta.version}",
        "codigo": sello.codigo,
        "huella": sello.huella,
        "xml": hashlib.sha256(bytes(sello.xml)).hexdigest(),
        "pdf": sello.pdf.huella,
        "cuando": instante(sello.sellado_el),
        "cuenta": sello.sellado_por_id,
    }


def _de_la_firma(firma: Firma) -> dict[str, Any]:
    """Sin nombres: la hoja de firmas, que sí los lleva, está en el documento sellado."""
    return {
        "acta": firma.lugar.sello.codigo,
        "lugar": firma.lugar.orden,
        "clase": firma.clase,
        "motivo": firma.motivo,
        "escaneo": firma.escaneo.huella if firma.escaneo else "",
        "pdf": firma.pdf.huella,
        "detalle": firma.detalle,
        "cuando": instante(firma.cuando),
        "cuenta": firma.por_id,
    }


def _de_la_publicacion(publicacion: Publicacion) -> dict[str, Any]:
    return {
        "acta": publicacion.sello.codigo,
        "pdf": publicacion.pdf.huella,
        "cuando": instante(publicacion.publicada_el),
        "cuenta": publicacion.publicada_por_id,
    }


def fallas() -> Iterator[Falla]:
    """Todo lo que no cuadra entre las actas selladas y el registro; no se detiene en lo primero."""
    sellos = Sello.objects.select_related("acta__sesion__organo", "pdf").order_by("pk")
    for sello in sellos.prefetch_related("lugares"):
        yield from _del_contenido(sello)
        yield from _contra_su_eslabon(sello, f"acta {sello.codigo}")
    firmas = Firma.objects.select_related("lugar__sello", "pdf", "escaneo").order_by("pk")
    for firma in firmas:
        yield from _contra_su_eslabon(
            firma, f"acta {firma.lugar.sello.codigo}, firma {firma.pk} del lugar {firma.lugar.orden}"
        )
    for publicacion in Publicacion.objects.select_related("sello", "pdf").order_by("pk"):
        yield from _contra_su_eslabon(publicacion, f"acta {publicacion.sello.codigo}, publicación")
    yield from _sin_fila()


def _del_contenido(sello: Sello) -> Iterator[Falla]:
    """Que los bytes den su huella, la huella su código, y las filas digan lo que dice el documento."""
    donde = f"acta {sello.codigo}"
    documento = bytes(sello.documento)
    if hashlib.sha256(documento).hexdigest() != sello.huella:
        yield Falla(donde, "el documento no da su huella (documento, huella)")
        return
    if codigo_de(sello.huella) != sello.codigo:
        yield Falla(donde, "el código no es el de su huella (codigo)")
    contenido = json.loads(documento)
    if _hoja(sello.lugares.all()) != contenido["firmantes"]:
        yield Falla(donde, "los lugares de firma no son los de la hoja sellada")
    if _del_acta(sello.acta) != _segun_documento(contenido):
        yield Falla(donde, "la fila del acta no dice lo que dice el documento")


def _hoja(lugares: Iterable[LugarDeFirma]) -> list[dict[str, str]]:
    return [
        {"espacio": x.campo, "nombre": x.nombre, "cargo": x.cargo, "institucion": x.institucion}
        for x in lugares
    ]


def _del_acta(acta: Acta) -> tuple[Any, ...]:
    fecha = acta.aprobada_el.isoformat() if acta.aprobada_el else None
    return acta.version, acta.via, fecha, acta.motivo


def _segun_documento(contenido: dict[str, Any]) -> tuple[Any, ...]:
    aprobacion, sustituye = contenido["aprobacion"], contenido["sustituye"] or {}
    return contenido["version"], aprobacion["via"], aprobacion["fecha"], sustituye.get("motivo", "")


def _contra_su_eslabon(fila: Sello | Firma | Publicacion, donde: str) -> Iterator[Falla]:
    """Que el eslabón que la fila cita exista y diga exactamente lo mismo."""
    tipo, codigo, datos = _que_consta(fila)
    eslabon = Eslabon.objects.filter(n=fila.eslabon).first()
    if eslabon is None:
        yield Falla(donde, f"cita el eslabón {fila.eslabon}, que no existe")
        return
    anotado = json.loads(eslabon.payload)
    if (anotado["tipo"], anotado["objeto"]) != (tipo, f"acta:{codigo}"):
        yield Falla(donde, f"el eslabón {eslabon.n} es de otro acto")
        return
    distintos = [campo for campo, valor in datos.items() if anotado["datos"].get(campo) != valor]
    if distintos:
        yield Falla(donde, f"no dice lo que anotó el eslabón {eslabon.n} ({', '.join(distintos)})")


def _sin_fila() -> Iterator[Falla]:
    """Actos que constan en el registro y cuya fila desapareció."""
    for tipo, filas in ((SELLADA, Sello), (FIRMADA, Firma), (PUBLICADA, Publicacion)):
        citados = set(filas.objects.values_list("eslabon", flat=True))
        for n in Eslabon.objects.filter(tipo=tipo).exclude(n__in=citados).values_list("n", flat=True):
            yield Falla(f"eslabón {n}", f"consta «{tipo}» y su fila ya no está")
