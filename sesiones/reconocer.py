"""Los anexos que alguna vez se publicaron, reconocidos por la huella del archivo que se entregó."""

from django.urls import reverse

from sesiones import anexos, publica
from sesiones.models import AnexoPublicado
from stl_portal.sello.registro import Reconocido


def anexo(huella: str) -> Reconocido | None:
    """El anexo que se publicó con ese archivo; None si no lo hay.

    El original de lo que se publicó testado, o de lo que no se ha publicado, no se reconoce. De lo que ya
    no se entrega se dice de qué sesión fue, sin su título.
    """
    filas = AnexoPublicado.objects.filter(archivo__huella=huella)
    fila = filas.select_related("archivo", "anexo__sesion__organo", "anexo__archivo").last()
    if fila is None:
        return None
    tono, titulo, texto = _dicho(fila)
    tachador = publica.tachadores([fila.anexo.sesion_id]).get(fila.anexo.sesion_id, publica.SIN_NADA)
    sesion = publica.tachar(fila.anexo.sesion, tachador)
    nombre = f"{publica.tachar(fila.anexo, tachador).titulo}. " if tono == "exito" else ""
    url = reverse("sesiones:anexo", args=(sesion.organo.clave, sesion.clave, fila.anexo_id))
    documento = f"{nombre}{sesion.designacion}"
    return Reconocido(tono, titulo, texto, documento=documento, url=url, eslabon=fila.eslabon)


def _dicho(fila: AnexoPublicado) -> tuple[str, str, str]:
    """Tono, título y frase según se siga entregando, se haya cambiado o se haya retirado."""
    estado = anexos.renglon(fila.anexo)
    if estado.archivo == fila.archivo:
        return (
            "exito",
            "Tu archivo es un anexo publicado",
            "Es idéntico, byte por byte, al que publicó el órgano.",
        )
    if estado.archivo is None:
        return "alerta", "Tu archivo es un anexo que se retiró", "Se publicó y el órgano dejó de entregarlo."
    return "alerta", "Tu archivo es un anexo que después se cambió", "Se publicó; usa y comparte el de ahora."
