"""El catálogo para otros catálogos (DCAT, en JSON-LD) y lo que de cada conjunto leen los buscadores.

DCAT: https://www.w3.org/TR/vocab-dcat-3/. schema.org: https://schema.org/Dataset.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from stl_portal.avisos.envio import liga

from . import formas
from .licencia import LICENCIA
from .models import VersionDeDatos
from .registro import CONJUNTOS, SUELTOS, Conjunto, Suelto

CONTEXTO = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
IDIOMA = "http://publications.europa.eu/resource/authority/language/SPA"
GUANAJUATO = "http://sws.geonames.org/4005267/"
MEDIOS = "https://www.iana.org/assignments/media-types/"


def dcat() -> dict[str, Any]:
    """El catálogo entero, con la versión vigente de cada conjunto."""
    vigentes = ultimas()
    conjuntos = [_dataset(c, vigentes.get(c.clave)) for c in CONJUNTOS.values()]
    return {
        "@context": CONTEXTO,
        "@id": liga(reverse("datos:catalogo")),
        "@type": "dcat:Catalog",
        "dct:title": _en_espanol("Datos abiertos del portal"),
        "dct:description": _en_espanol("Sesiones, acuerdos, plan de acción y municipios, como datos."),
        "dct:language": {"@id": IDIOMA},
        "dct:license": {"@id": LICENCIA},
        "dct:publisher": _quien("Secretariado Técnico Local"),
        "foaf:homepage": {"@id": liga(reverse("datos:inicio"))},
        "dcat:dataset": [*conjuntos, *map(_de_suelto, SUELTOS.values())],
    }


def ultimas() -> dict[str, VersionDeDatos]:
    """La última versión de cada conjunto que todavía se entrega; una consulta."""
    entregadas = VersionDeDatos.objects.filter(retirada_el=None)
    cuales = entregadas.order_by().values("conjunto").annotate(ultima=Max("pk")).values("ultima")
    filas = VersionDeDatos.objects.filter(pk__in=cuales).defer("esquema", "grafica")
    return {fila.conjunto: fila for fila in filas}


def _dataset(conjunto: Conjunto, version: VersionDeDatos | None) -> dict[str, Any]:
    pagina = liga(reverse("datos:conjunto", args=(conjunto.clave,)))
    return {
        "@id": pagina,
        "@type": "dcat:Dataset",
        "dct:identifier": conjunto.clave,
        "dct:title": _en_espanol(conjunto.titulo),
        "dct:description": _en_espanol(conjunto.descripcion),
        "dct:publisher": _quien(conjunto.genera),
        "dct:language": {"@id": IDIOMA},
        "dct:license": {"@id": LICENCIA},
        "dct:spatial": {"@id": GUANAJUATO},
        "dct:accrualPeriodicity": conjunto.cada_cuanto,
        "dcat:theme": _en_espanol(conjunto.tema),
        "dcat:keyword": [_en_espanol(palabra) for palabra in conjunto.palabras],
        "dcat:landingPage": {"@id": pagina},
        "dct:conformsTo": {"@id": liga(reverse("datos:archivo", args=(conjunto.clave, "esquema.json")))},
        **(_de_la_version(version) if version else {}),
        "dcat:distribution": [
            _distribucion(conjunto, f, version) for f in formas.formas_de(conjunto).values()
        ],
    }


def _de_la_version(version: VersionDeDatos) -> dict[str, Any]:
    """Cuándo cambió, hasta dónde llega y su identificador permanente."""
    dia = {"@value": timezone.localdate(version.publicada_el).isoformat(), "@type": "xsd:date"}
    return {
        "dct:modified": dia,
        "dct:temporal": {"@type": "dct:PeriodOfTime", "dcat:endDate": dia},
        "dcat:version": str(version.numero),
        "dcat:hasCurrentVersion": {"@id": liga(version.get_absolute_url())},
    }


def _distribucion(conjunto: Conjunto, forma: formas.Forma, version: VersionDeDatos | None) -> dict[str, Any]:
    descarga = liga(reverse("datos:archivo", args=(conjunto.clave, forma.extension)))
    peso = version.pesos.get(forma.extension) if version else None
    return {
        "@id": descarga,
        "@type": "dcat:Distribution",
        "dct:title": _en_espanol(f"{conjunto.titulo} ({forma.nombre})"),
        "dct:license": {"@id": LICENCIA},
        "dcat:downloadURL": {"@id": descarga},
        "dcat:accessURL": {"@id": liga(reverse("datos:conjunto", args=(conjunto.clave,)))},
        "dcat:mediaType": {"@id": MEDIOS + forma.tipo.partition(";")[0]},
        **({"dcat:byteSize": {"@value": str(peso), "@type": "xsd:nonNegativeInteger"}} if peso else {}),
    }


def _de_suelto(suelto: Suelto) -> dict[str, Any]:
    descarga = liga(f"{reverse('datos:inicio')}{suelto.nombre}")
    return {
        "@id": f"{descarga}#datos",
        "@type": "dcat:Dataset",
        "dct:identifier": suelto.nombre,
        "dct:title": _en_espanol(suelto.titulo),
        "dct:description": _en_espanol(suelto.descripcion),
        "dct:publisher": _quien(suelto.genera),
        "dct:license": {"@id": LICENCIA},
        "dcat:theme": _en_espanol(suelto.tema),
        "dcat:distribution": [
            {
                "@id": descarga,
                "@type": "dcat:Distribution",
                "dcat:downloadURL": {"@id": descarga},
                "dcat:mediaType": {"@id": MEDIOS + suelto.tipo.partition(";")[0]},
                "dct:license": {"@id": LICENCIA},
            }
        ],
    }


def schema_org(conjunto: Conjunto, version: VersionDeDatos | None) -> dict[str, Any]:
    """El conjunto como `Dataset`, para el bloque de datos de su página (`stl_portal/publico/enlazada.py`)."""
    pagina = liga(reverse("datos:conjunto", args=(conjunto.clave,)))
    return {
        "@type": "Dataset",
        "@id": pagina,
        "url": pagina,
        "identifier": liga(version.get_absolute_url()) if version else pagina,
        "name": conjunto.titulo,
        "description": conjunto.descripcion,
        "inLanguage": "es-MX",
        "license": LICENCIA,
        "isAccessibleForFree": True,
        "keywords": list(conjunto.palabras),
        "creator": {"@type": "Organization", "name": conjunto.genera, "url": settings.SITIO},
        "variableMeasured": [
            {"@type": "PropertyValue", "name": c.nombre, "description": c.descripcion}
            for c in conjunto.columnas
        ],
        **({"dateModified": timezone.localdate(version.publicada_el).isoformat()} if version else {}),
        **({"version": version.numero} if version else {}),
        "distribution": _descargas(conjunto, version.pesos if version else {}),
    }


def _descargas(conjunto: Conjunto, pesos: Mapping[str, int]) -> Iterable[dict[str, Any]]:
    return [
        {
            "@type": "DataDownload",
            "contentUrl": liga(reverse("datos:archivo", args=(conjunto.clave, forma.extension))),
            "encodingFormat": forma.tipo.partition(";")[0],
            **({"contentSize": f"{pesos[forma.extension]} B"} if forma.extension in pesos else {}),
        }
        for forma in formas.formas_de(conjunto).values()
    ]


def _en_espanol(texto: str) -> dict[str, str]:
    return {"@value": texto, "@language": "es"}


def _quien(nombre: str) -> dict[str, Any]:
    return {"@type": "foaf:Agent", "foaf:name": _en_espanol(nombre)}
