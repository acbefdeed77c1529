"""Lo que de cada anexo publicado o retirado queda en el registro público, y su comprobación.

Como en `constancia_publica`: los datos del eslabón se vuelven a armar desde las filas y se comparan.
"""

import json
from collections.abc import Iterator
from typing import Any

from sesiones.models import AnexoPublicado
from stl_portal.archivo.models import CopiaPublica
from stl_portal.sello import bitacora
from stl_portal.sello.bitacora import instante
from stl_portal.sello.canonico import canonico, huella
from stl_portal.sello.lectura import leidas
from stl_portal.sello.models import Eslabon
from stl_portal.sello.registro import Falla

PUBLICADO, RETIRADO = "anexo-publicado", "anexo-retirado"


def anotar(fila: AnexoPublicado) -> None:
    """Anota el acto y deja su número en la fila, que se guarda después. La transacción es de quien llama."""
    datos = _datos(fila, _zonas_posibles(fila)[-1])
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
    citados = set(AnexoPublicado.objects.values_list("eslabon", flat=True))
    anotados = Eslabon.objects.filter(tipo__in=(PUBLICADO, RETIRADO)).exclude(n__in=citados)
    for n, tipo in anotados.values_list("n", "tipo"):
        yield Falla(f"eslabón {n}", f"consta «{tipo}» y su fila ya no está")


def _contra_su_eslabon(fila: AnexoPublicado) -> Iterator[str]:
    """Que el eslabón que la fila cita exista y diga exactamente lo mismo."""
    eslabon = Eslabon.objects.filter(n=fila.eslabon).first()
    if eslabon is None:
        yield f"cita el eslabón {fila.eslabon}, que no existe"
        return
    anotado = json.loads(eslabon.payload)
    if (anotado["tipo"], anotado["objeto"]) != (_tipo(fila), _objeto(fila)):
        yield f"el eslabón {eslabon.n} es de otro acto"
        return
    # Dos copias idénticas pueden haberse hecho por motivos distintos: basta que una sea la anotada.
    distintos = min((_distintos(fila, zonas, anotado["datos"]) for zonas in _zonas_posibles(fila)), key=len)
    if distintos:
        yield f"no dice lo que anotó el eslabón {eslabon.n} ({', '.join(distintos)})"


def _distintos(fila: AnexoPublicado, zonas: list[dict[str, Any]], anotado: dict[str, Any]) -> list[str]:
    return [campo for campo, valor in _datos(fila, zonas).items() if anotado.get(campo) != valor]
