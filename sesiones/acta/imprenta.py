"""Del acta al papel: acta, convocatoria y certificación en PDF, con sus datos dentro.

Un mismo contenido da los mismos bytes: la fecha del documento es la de la sesión, nunca la de hoy.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.cache import cache
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import slugify

from sesiones.acta import constancias, datos, formulas, puntos
from sesiones.acta.bloques import FIRMAS, Bloque
from sesiones.acta.documento import Documento, espacio
from sesiones.acta.edicion import Borrador
from sesiones.acta.hechos import hechos_de
from sesiones.acta.piezas import Convocatoria, Hechos
from sesiones.models import Acta, Sesion
from sesiones.numeracion import ordinal_acuerdo
from stl_portal.documentos.qr import qr_svg
from stl_portal.espanol import con_articulo, fecha_larga

MARCA_BORRADOR = "BORRADOR"


@dataclass(frozen=True)
class Impreso:
    """Un PDF listo para entregarse, con su nombre de archivo y la huella de lo que contiene."""

    nombre: str
    contenido: bytes
    huella: str


@dataclass(frozen=True)
class Original:
    """Lo que se imprime: HTML, título, sesión y datos que viajan dentro."""

    html: str
    titulo: str
    nombre: str
    sesion: Sesion
    datos: dict[str, Any]
    renglones: bool = False
    marca: str = ""
    adjuntos: tuple[tuple[str, bytes, str], ...] = ()  # nombre, contenido y descripción; si no, los datos

    @property
    def huella(self) -> str:
        """SHA-256 de todo lo que decide los bytes del PDF."""
        partes = (self.html, self.titulo, _json(self.datos), str(self.renglones), self.marca)
        suma = hashlib.sha256("\0".join(partes).encode())
        for _, contenido, _ in self.adjuntos:
            suma.update(hashlib.sha256(contenido).digest())
        return suma.hexdigest()

    def copias(self) -> tuple[tuple[str, bytes, str], ...]:
        """Lo que viaja dentro del PDF para que lo lean otros programas."""
        if self.adjuntos:
            return self.adjuntos
        nombre = self.nombre.replace(".pdf", ".json")
        return ((nombre, _json(self.datos).encode(), "Lo que dice el documento, como datos"),)


def imprimir(original: Original) -> Impreso:
    """El PDF del original; si ese mismo contenido ya se imprimió, no se compone otra vez."""
    clave = f"impreso:{original.huella}"
    contenido = cache.get(clave)
    if contenido is None:
        contenido = _producir(original)
        cache.set(clave, contenido, timeout=3600)
    return Impreso(original.nombre, contenido, original.huella)


def _producir(original: Original) -> bytes:
    # Se importa al usarse: el motor de PDF tarda más en cargar que todo el portal junto.
    from stl_portal.documentos import pdf

    return pdf.producir(
        original.html,
        titulo=original.titulo,
        autor=original.datos["organo"],
        asunto=f"{original.titulo}, {fecha_larga(original.sesion.fecha)}",
        fecha=original.sesion.cuando,
        adjuntos=[pdf.Adjunto(*copia) for copia in original.copias()],
        renglones=original.renglones,
        marca=original.marca or None,
    ).contenido


def _json(datos: dict[str, Any]) -> str:
    return json.dumps(datos, ensure_ascii=False, indent=1, sort_keys=True, cls=DjangoJSONEncoder)


def _nombre(clase: str, sesion: Sesion, extra: str = "") -> str:
    """«acta-xviii-ordinaria-2020-stl.pdf»."""
    return slugify("-".join(p for p in (clase, extra, sesion.clave, sesion.organo.clave) if p)) + ".pdf"


def _html(plantilla: str, h: Hechos, titulo: str, **contexto: Any) -> str:
    sede = "Órgano ficticio: datos de demostración" if h.ficticio else ""
    marco = {
        "titulo": titulo,
        "documento": titulo,
        "organo": {"nombre": h.organo, "sede": sede},
        "del_organo": con_articulo(h.organo, "de"),
        "h": h,
    }
    return render_to_string(f"documentos/sesiones/{plantilla}.html", marco | contexto)


def acta(borrador: Borrador, *, renglones: bool | None = None) -> Original:
    """El acta en el estilo ya redactado; mientras no se apruebe, lleva la marca de borrador."""
    h, sesion = borrador.hechos, borrador.sesion
    titulo = f"Acta de la {h.designacion}"
    return Original(
        html=_html(
            "acta", h, titulo, bloques=borrador.bloques, estilo=borrador.estilo, acta=sesion.actas.last()
        ),
        titulo=titulo,
        nombre=_nombre("acta", sesion),
        sesion=sesion,
        datos=datos.del_acta(h, borrador.bloques),
        renglones=sesion.renglones if renglones is None else renglones,
        marca=_marca(h),
    )


def acta_sellada(acta: Acta, borrador: Borrador, documento: Documento, xml: bytes) -> Original:
    """El acta que se firmará: sin marca, con su código, su huella y un espacio de firma por persona.

    Dentro viajan los bytes canónicos de los que sale la huella y su versión en Akoma Ntoso.
    """
    h, sesion = borrador.hechos, borrador.sesion
    titulo = f"Acta de la {h.designacion}"
    nombre = _nombre("acta", sesion, f"v{acta.version}" if acta.version > 1 else "")
    direccion = urljoin(settings.SITIO, reverse("verificar:codigo", args=(documento.codigo,)))
    html = _html(
        "acta",
        h,
        titulo,
        bloques=[_con_espacios(b) for b in borrador.bloques],
        estilo=borrador.estilo,
        codigo=documento.codigo,
        huella=documento.huella,
        direccion=direccion,
        qr=qr_svg(direccion, titulo=f"Código QR para verificar el acta {documento.codigo}"),
        acta=acta,
        punto=json.loads(documento.canonico)["punto_de_control"],
    )
    return Original(
        html=html,
        titulo=titulo,
        nombre=nombre,
        sesion=sesion,
        datos={"organo": h.organo},
        renglones=sesion.renglones,
        adjuntos=(
            ("acta.json", documento.canonico, "El acta como datos (RFC 8785); su SHA-256 es la huella"),
            ("acta.xml", xml, "El acta en Akoma Ntoso 3.0"),
        ),
    )


def _con_espacios(bloque: Bloque) -> Bloque:
    """La hoja de firmas, con un espacio de firma electrónica por renglón."""
    if bloque.clase != FIRMAS:
        return bloque
    return replace(bloque, espacios=tuple(espacio(lugar) for lugar, _ in enumerate(bloque.filas, start=1)))


def _marca(h: Hechos) -> str:
    """El acta y lo que de ella se certifica son borrador mientras no se apruebe."""
    return "" if h.aprobada else MARCA_BORRADOR


def convocatoria(sesion: Sesion, emite: Convocatoria | None = None) -> Original:
    """La convocatoria: a quiénes, a qué, cuándo, dónde y con qué orden del día.

    `emite` es el aviso con que se emite; sin él es una previa y lleva la marca de borrador.
    """
    todo = hechos_de(sesion)
    # Se convoca a lo previsto: lo que se agregó ya en la sesión solo lo dice el acta.
    previstos = tuple(p for p in todo.puntos if not p.en_sesion)
    h = replace(
        todo, puntos=previstos, formulas=formulas.vivas(sesion.organo.clave, formulas.DE_LA_CONVOCATORIA)
    )
    titulo = f"Convocatoria a la {h.designacion}"
    filas, firma = constancias.convocadas(sesion)
    html = _html(
        "convocatoria",
        h,
        titulo,
        convoca=constancias.convoca(h),
        leyendas=constancias.leyendas(h),
        enmienda=constancias.enmienda(h, emite),
        ficha=Bloque("datos", "ficha", filas=tuple(constancias.ficha_de_convocatoria(h, emite))),
        orden=Bloque("orden", "orden", renglones=puntos.orden_del_dia(h)),
        convocadas=Bloque("convocadas", "personas", filas=(("Institución", "Titular", "Suplente"), *filas)),
        firmantes=[firma] if firma else [],
    )
    copia = datos.de_la_convocatoria(h, emite, filas, firma)
    marca = "" if emite else MARCA_BORRADOR
    return Original(html, titulo, _nombre("convocatoria", sesion), sesion, copia, marca=marca)


def certificacion(borrador: Borrador, numero: int, *, sellada: bool = False) -> Original:
    """Extracto certificado de un acuerdo, tal como lo dice el acta. `KeyError` si no existe."""
    h = borrador.hechos
    acuerdo = h.acuerdo(numero)
    titulo = f"Certificación del acuerdo {ordinal_acuerdo(numero).lower()} de la {h.designacion}"
    claves = {f"acuerdo-{acuerdo.id}", *(f"votos-{v.id}" for v in acuerdo.votaciones)}
    bloques = [b for b in borrador.bloques if b.clave in claves]
    firma = constancias.quien_certifica(h)
    html = _html(
        "certificacion",
        h,
        titulo,
        certifica=constancias.certifica(h, firma),
        bloques=bloques,
        firmantes=[firma] if firma else [],
    )
    copia = datos.de_la_certificacion(h, acuerdo, bloques)
    nombre = _nombre("certificacion", borrador.sesion, f"acuerdo-{numero}")
    return Original(html, titulo, nombre, borrador.sesion, copia, marca="" if sellada else _marca(h))
