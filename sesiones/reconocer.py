"""Los anexos que alguna vez se publicaron, reconocidos por la huella del archivo que se entregó."""

from django.urls import reverse

from sesiones import anexos, publica
from sesiones.models import AnexoPublicado
from stl_portal.archivo.models import Archivo
from stl_portal.sello.registro import Reconocido


def anexo(huella: str) -> Reconocido | None:
    """El anexo que se publicó con ese archivo; None si no lo hay.

    El original de lo que se publicó testado, o de lo que no se ha publicado, no se reconoce. De lo que ya
    no se entrega se dice de qué sesión fue, sin su título.
    """
    filas = AnexoPublicado.objects.filter(archivo__huella=huella)
    filas = filas.select_related("archivo", "anexo__sesion__organo", "anexo__archivo")
    hoy = {uno.clave: uno.archivo for uno in anexos.renglones({fila.anexo for fila in filas})}
    # Un mismo archivo puede haberse publicado varias veces: vale la que se sigue entregando.
    fila = max(filas, key=lambda una: (hoy[str(una.anexo_id)] == una.archivo, una.pk), default=None)
    if fila is None:
        return None
    tono, titulo, texto = _dicho(fila, hoy[str(fila.anexo_id)])
    tachador = publica.tachadores([fila.anexo.sesion_id]).get(fila.anexo.sesion_id, publica.SIN_NADA)
    sesion = publica.tachar(fila.anexo.sesion, tachador)
    nombre = publica.tachar(fila.anexo, tachador).titulo if tono == "exito" else "Un anexo"
    url = reverse("sesiones:anexo", args=(sesion.organo.clave, sesion.clave, fila.anexo_id))
    documento = f"{nombre} · {sesion.designacion}"
    return Reconocido(tono, titulo, texto, documento=documento, url=url, eslabon=fila.eslabon)


def _dicho(fila: AnexoPublicado, hoy: Archivo | None) -> tuple[str, str, str]:
    """Tono, título y frase según se siga entregando, se haya cambiado o se haya retirado."""
    if hoy == fila.archivo:
        return (
            "exito",
            "Tu archivo es un anexo publicado",
            "Es idéntico, byte por byte, al que publicó el órgano.",
        )
    if hoy is None:
        return "alerta", "Tu archivo es un anexo que se retiró", "Se publicó y el órgano dejó de entregarlo."
    return "alerta", "Tu archivo es un anexo que después se cambió", "Se publicó; usa y comparte el de ahora."
