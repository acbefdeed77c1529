"""Lo que de una convocatoria pública queda en el registro público, y su comprobación.

De las bases y de lo reconocido queda la huella; ni títulos ni nombres, que mañana podrían tener que borrarse.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from stl_portal.sello import bitacora
from stl_portal.sello.bitacora import instante
from stl_portal.sello.canonico import canonico, huella
from stl_portal.sello.constancia import contra_su_eslabon, sin_fila
from stl_portal.sello.registro import PAGINAS, VERIFICADORES, Falla, apuntar

from .estados import Acto
from .models import ActoPublico, Certamen, Resultado

CLASE = "convocatoria-publica"
TIPOS = {acto: f"{CLASE}-{acto.value}" for acto in Acto}


def anotar(certamen: Certamen, acto: Acto, por: Any, cuando: dt.datetime) -> ActoPublico:
    """Anota el acto y guarda su fila. La transacción es de quien llama."""
    fila = ActoPublico(certamen=certamen, acto=acto, cuando=cuando, por=por)
    fila.eslabon = bitacora.anotar(TIPOS[acto], _datos(fila), objeto=_objeto(certamen)).n
    fila.save(force_insert=True)
    return fila


def _objeto(certamen: Certamen) -> str:
    return f"{CLASE}:{certamen.pk}"


def _datos(fila: ActoPublico) -> dict[str, Any]:
    certamen = fila.certamen
    comun = {"certamen": f"{certamen.organo.clave}/{certamen.clave}", "cuando": instante(fila.cuando)}
    if fila.acto == Acto.PUBLICADA:
        return comun | _de_las_bases(certamen)
    return comun | {"reconocidas": _reconocidas(certamen)}


def _de_las_bases(certamen: Certamen) -> dict[str, Any]:
    ventana = certamen.ventana
    contenido = {
        "titulo": certamen.titulo,
        "bases": certamen.bases,
        "preguntas": [[a.pregunta, a.tope] for a in certamen.apartados.all()],
        "criterios": [[c.nombre, c.peso, c.escala] for c in certamen.criterios.all()],
        "reglas": [certamen.lugares, certamen.menciones, str(certamen.minimo)],
    }
    return {
        "abre": instante(ventana.abre),
        "cierra": instante(ventana.cierra),
        "dictamen": certamen.dictamen_hasta.isoformat() if certamen.dictamen_hasta else "",
        "bases": huella(canonico(contenido)),
        "documento": certamen.documento.huella if certamen.documento else "",
    }


def _reconocidas(certamen: Certamen) -> list[dict[str, Any]]:
    """Folio, lugar y huella de lo publicado de cada una."""
    filas = Resultado.objects.filter(postulacion__certamen=certamen).select_related("postulacion")
    return [
        {
            "folio": fila.postulacion.folio,
            "lugar": fila.lugar or 0,
            "dicho": huella(canonico({"titulo": fila.postulacion.titulo, "de": fila.postulacion.de_donde})),
        }
        for fila in filas.order_by("orden", "postulacion__folio")
        if fila.dicho
    ]


def fallas() -> Iterator[Falla]:
    """Todo lo que no cuadra entre lo publicado de las convocatorias y el registro."""
    filas = ActoPublico.objects.select_related("certamen__organo", "certamen__documento").order_by("pk")
    for fila in filas:
        hallado = contra_su_eslabon(
            fila.eslabon, TIPOS[Acto(fila.acto)], _objeto(fila.certamen), [_datos(fila)]
        )
        yield from (Falla(f"convocatoria pública {fila.certamen_id}", que) for que in hallado)
    yield from sin_fila(ActoPublico, *TIPOS.values())


def paginas(claves: Collection[str]) -> Mapping[str, str]:
    """De «3», la página de la convocatoria 3, si es pública."""
    pks = [int(clave) for clave in claves if clave.isdecimal()]
    filas = Certamen.objects.publicos().filter(pk__in=pks).select_related("organo")
    return {str(fila.pk): fila.get_absolute_url() for fila in filas}


def registrar() -> None:
    """Lo apunta en el registro público; repetirlo no duplica nada."""
    apuntar(VERIFICADORES, fallas)
    PAGINAS[CLASE] = paginas
