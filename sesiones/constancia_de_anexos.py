"""Lo que de cada anexo publicado o retirado queda en el registro público, y su comprobación.

Como en `constancia_publica`: los datos del eslabón se vuelven a armar desde las filas y se comparan.
"""

from collections.abc import Iterator
from typing import Any

from sesiones.models import AnexoPublicado
from stl_portal.archivo.models import CopiaPublica
from stl_portal.sello import bitacora
from stl_portal.sello.bitacora import instante
from stl_portal.sello.canonico import canonico, huella
from stl_portal.sello.constancia import contra_su_eslabon, sin_fila
from stl_portal.sello.lectura import leidas
from stl_portal.sello.registro import Falla

PUBLICADO, RETIRADO = "anexo-publicado", "anexo-retirado"


def anotar(fila: AnexoPublicado, *, importada: bool = False) -> None:
    """Anota el acto y deja su número en la fila, que se guarda después. La transacción es de quien llama.

    `importada`: ocurrió en otro portal.
    """
    datos = _datos(fila, _zonas_posibles(fila)[-1]) | ({"importada": True} if importada else {})
    fila.eslabon = bitacora.anotar(_tipo(fila), datos, objeto=_objeto(fila)).n


def _tipo(fila: AnexoPublicado) -> str:
    return PUBLICADO if fila.archivo_id else RETIRADO


def _objeto(fila: AnexoPublicado) -> str:
    return f"anexo:{fila.anexo_id}"


def _datos(fila: AnexoPublicado, zonas: list[dict[str, Any]]) -> dict[str, Any]:
    """Ni el título ni los motivos, que podrían tener que testarse después: de ellos queda su huella."""
    sesion, original = fila.anexo.sesion, fila.anexo.archivo
    return {
        "sesion": f"{sesion.organo.clave}/{sesion.clave}",
        "original": original.huella if original else "",
        "publico": fila.archivo.huella if fila.archivo else "",
        "testados": len(zonas),
        "dicho": huella(canonico({"motivo": fila.motivo, "zonas": zonas})),
        "cuando": instante(fila.publicado_el),
        "cuenta": fila.publicado_por_id,
    }


def _zonas_posibles(fila: AnexoPublicado) -> list[list[dict[str, Any]]]:
    """Lo testado según cada copia con ese mismo contenido; si es el original, nada."""
    copias = CopiaPublica.objects.filter(original=fila.anexo.archivo_id, publico=fila.archivo_id)
    return [copia.zonas for copia in copias.order_by("pk")] or [[]]


def fallas() -> Iterator[Falla]:
    """Todo lo que no cuadra entre los anexos publicados y el registro."""
    filas = AnexoPublicado.objects.select_related("anexo__sesion__organo", "anexo__archivo", "archivo")
    for leida in leidas(filas):
        hallado = [*leida.fallas(), *(_contra_su_eslabon(leida.fila) if leida.fila else ())]
        yield from (Falla(f"anexo publicado {leida.pk}", que) for que in hallado)
    yield from sin_fila(AnexoPublicado, PUBLICADO, RETIRADO)


def _contra_su_eslabon(fila: AnexoPublicado) -> Iterator[str]:
    """Dos copias idénticas pueden haberse hecho por motivos distintos: basta que una sea la anotada."""
    posibles = [_datos(fila, zonas) for zonas in _zonas_posibles(fila)]
    return contra_su_eslabon(fila.eslabon, _tipo(fila), _objeto(fila), posibles)
