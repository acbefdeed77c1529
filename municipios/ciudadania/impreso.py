"""La ficha de un municipio en papel: una sola página, aunque lo que consta sea largo."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.text import Truncator, slugify

from municipios.ciudadania import ficha as de_municipio
from municipios.ciudadania.ficha import Estado, Momento
from municipios.documento import EtapaLeida
from municipios.models import Municipio, ValorDeMetrica
from stl_portal.documentos.qr import qr_svg
from stl_portal.espanol import con_articulo, enumerar
from stl_portal.sello.canonico import canonico, huella

FORMA = 4  # de la hoja impresa: al cambiarla, cada ficha se compone otra vez
GUARDADA = 30 * 24 * 3600  # segundos


@dataclass(frozen=True)
class Medida:
    """Cuánto se imprime de lo que puede ser largo: letras de cada nota y renglones de cada lista."""

    nota: int
    lista: int
    clase: str = ""


# De la más amplia a la más breve: se usa la primera con la que todo cabe en una página.
MEDIDAS = (
    Medida(320, 6),
    Medida(150, 4),
    Medida(150, 4, "apretada"),
    Medida(0, 3, "apretada"),
    Medida(0, 1, "apretada menor"),
)


@dataclass(frozen=True)
class Hoja:
    """Lo que dice la ficha: de estos datos, y de nada más, sale el PDF."""

    datos: Mapping[str, Any]
    fecha: dt.datetime | None

    @property
    def huella(self) -> str:
        """De los datos y de la forma de la hoja."""
        return huella(canonico({"forma": FORMA, **self.datos}))


def nombre(municipio: Municipio) -> str:
    """«leon-11020.pdf»."""
    return f"{slugify(municipio.nombre)}-{municipio.clave}.pdf"


def hoja_de(municipio: Municipio, momento: Momento | None, al: dt.date) -> Hoja:
    """Lo que hoy consta del municipio; la fecha es la del corte, no la de hoy."""
    datos = {
        "municipio": {"clave": municipio.clave, "nombre": municipio.nombre, "cabecera": municipio.cabecera},
        "corte": _corte(momento, al) if momento else None,
        "etapas": [_etapa(estado) for estado in momento.estados if estado] if momento else [],
        "secretariados": [
            {
                "nombre": s.nombre,
                "sesiones": s.sesiones,
                "asientos": s.asientos,
                "ficticio": s.organo.ficticio,
            }
            for s in de_municipio.secretariados(municipio, al)
        ],
        "asientos": [a.organo.denominacion(al).nombre for a in de_municipio.asientos_en_otros(municipio, al)],
        "capacitaciones": [
            {"titulo": e.titulo, "hasta": e.hasta.isoformat(), "ficticio": e.organo.ficticio}
            for e in de_municipio.capacitaciones(municipio)
        ],
        "informes": [
            {"nombre": str(informe), "ficticio": informe.organo.ficticio}
            for informe in de_municipio.informes(municipio)
        ],
        "metricas": _metricas(de_municipio.metricas(municipio)),
    }
    return Hoja(datos, momento.publicado.publicado_el if momento else None)


def _corte(momento: Momento, al: dt.date) -> dict[str, Any]:
    corte, organo = momento.leido, momento.publicado.corte.organo
    entonces, hoy = (organo.denominacion(dia).nombre for dia in (corte.fecha, al))
    return {
        "nombre": corte.nombre,
        "fecha": corte.fecha.isoformat(),
        "fuente": corte.fuente,
        "organo": entonces,
        "hoy": hoy if hoy != entonces else "",
        "ficticio": organo.ficticio,
        "huella": momento.publicado.huella,
        "consulta": de_municipio.en_la_liga(organo),
    }


def _etapa(estado: Estado) -> dict[str, Any]:
    if estado.casilla is None:
        return {
            "nombre": estado.etapa.nombre,
            "situacion": f"Solo se conoce el total: {_totales(estado.etapa)}",
            "avance": "sin_desglose",
        }
    datos = estado.casilla.datos
    return {
        "nombre": estado.etapa.nombre,
        "situacion": estado.casilla.situacion.nombre,
        "avance": estado.casilla.situacion.avance,
        "fecha": datos["fecha"],
        "nota": datos["nota"],
        "dicho": datos["dicho"],
    }


def _totales(etapa: EtapaLeida) -> str:
    """Las situaciones que tienen algún municipio, con cuántos."""
    return enumerar(f"{s.municipios} en «{s.nombre}»" for s in etapa.situaciones if s.municipios)


def _metricas(valores: Sequence[ValorDeMetrica]) -> list[dict[str, Any]]:
    """El año más reciente de cada una; vienen por métrica y año."""
    ultimos = {valor.metrica_id: valor for valor in valores}
    return [
        {
            "nombre": v.metrica.nombre,
            "autor": v.metrica.autor,
            "anio": v.anio,
            "valor": v.dicho,
            "unidad": v.metrica.unidad,
            "ficticio": v.metrica.organo.ficticio,
        }
        for v in ultimos.values()
    ]


def ficha(hoja: Hoja) -> bytes:
    """El PDF; con los mismos datos se compone una sola vez."""
    clave = f"ficha-municipal:{hoja.huella}"
    contenido: bytes | None = cache.get(clave)
    if contenido is None:
        contenido = _componer(hoja)
        cache.set(clave, contenido, timeout=GUARDADA)
    return contenido


def _componer(hoja: Hoja) -> bytes:
    """Con la medida más amplia que quepa en una página; si ni la más breve cabe, sigue en otra."""
    # Se importa al usarse: el motor de PDF tarda más en cargar que todo el portal junto.
    from stl_portal.documentos import pdf

    titulo = f"{hoja.datos['municipio']['nombre']}: ficha municipal"
    adjunto = pdf.Adjunto("ficha.json", canonico(hoja.datos), "Lo que dice la ficha, como datos (RFC 8785)")
    hechas = []
    for medida in MEDIDAS:
        hechas.append(
            pdf.producir(
                render_to_string("documentos/municipios/ficha.html", contexto(hoja, medida, titulo)),
                titulo=titulo,
                autor=(hoja.datos["corte"] or {}).get("organo", ""),
                asunto="Avance hacia su secretariado técnico municipal",
                fecha=hoja.fecha,
                adjuntos=[adjunto] if hoja.fecha else [],
            )
        )
        if hechas[-1].paginas == 1:
            break
    return hechas[-1].contenido


def contexto(hoja: Hoja, medida: Medida, titulo: str) -> dict[str, Any]:
    """Lo que recibe la plantilla, recortado a esa medida."""
    datos = hoja.datos
    corte = datos["corte"] or {}
    camino = f"/municipios/{datos['municipio']['clave']}/{corte.get('consulta', '')}"
    direccion = urljoin(settings.SITIO, camino)
    return {
        **datos,
        "titulo": titulo,
        "documento": titulo,
        "organo": {
            "nombre": corte.get("organo", "Municipios de Guanajuato"),
            "sede": "Órgano ficticio: datos de demostración" if corte.get("ficticio") else "",
        },
        "del_organo": con_articulo(corte.get("organo", ""), "de"),
        "etapas": [_recortada(etapa, medida) for etapa in datos["etapas"]],
        "al": dt.date.fromisoformat(corte["fecha"]) if corte else None,
        "medida": medida,
        "direccion": direccion,
        "qr": qr_svg(direccion, titulo="Código QR que lleva a la página del municipio en el portal"),
        **{lista: _las_que_caben(datos[lista], medida) for lista in ("capacitaciones", "metricas")},
        "informe": datos["informes"][0] if datos["informes"] else None,
    }


def _recortada(etapa: Mapping[str, Any], medida: Medida) -> dict[str, Any]:
    dicho = " ".join(filter(None, (etapa.get("dicho"), etapa.get("nota"))))
    fecha = etapa.get("fecha")
    return {
        **etapa,
        "nota": Truncator(dicho).chars(medida.nota) if medida.nota else "",
        "fecha": dt.date.fromisoformat(fecha) if fecha else None,
    }


def _las_que_caben(lista: Sequence[Mapping[str, Any]], medida: Medida) -> dict[str, Any]:
    """Las primeras y cuántas son en total; las ficticias se cuentan aparte."""
    ficticias = sum(1 for fila in lista if fila["ficticio"])
    return {
        "filas": lista[: medida.lista],
        "cuantas": len(lista),
        "reales": len(lista) - ficticias,
        "ficticias": ficticias,
        "faltan": len(lista) > medida.lista,
    }
