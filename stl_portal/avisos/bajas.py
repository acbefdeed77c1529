"""Cómo deja de recibir correos quien sigue un tema: la liga de cada mensaje y si todavía lo quiere.

Se averigua al enviar, por el motivo y la dirección del aviso: lo que alguien dejó de seguir entre que
se escribió el mensaje y su turno de salir ya no se le manda.
"""

from django.urls import reverse

from .models import Aviso, Suscripcion

DE_SEGUIDORES = "seguir"  # con esto empieza todo motivo de quienes siguen sin cuenta
PEDIDO = f"{DE_SEGUIDORES}-pedido:"  # el correo con que se confirma
NOVEDAD = f"{DE_SEGUIDORES}:"  # seguido del tema (`organo:stl`) y del acto (`acta:12`)


def motivo_de_novedad(tema: str, acto: str) -> str:
    """Motivo del aviso de ese acto a quienes siguen el tema."""
    return f"{NOVEDAD}{tema}:{acto}"


def ya_no_lo_quiere(aviso: Aviso) -> bool:
    """Si era para quien seguía un tema y ya no lo sigue."""
    return aviso.motivo.startswith(DE_SEGUIDORES) and _suscripcion(aviso) is None


def ruta_del_aviso(aviso: Aviso) -> str | None:
    """Dirección con la que un solo clic detiene esos correos; None si no es para quien sigue un tema."""
    if not aviso.motivo.startswith(DE_SEGUIDORES):
        return None
    suscripcion = _suscripcion(aviso)
    if suscripcion is None:
        return None
    return ruta(suscripcion, todo=aviso.motivo.startswith(PEDIDO))


def ruta(suscripcion: Suscripcion, *, todo: bool = False) -> str:
    """Dirección para dejar ese tema o, con `todo`, cuanto sigue ese correo."""
    return f"{reverse('seguir:baja', args=(suscripcion.clave,))}{'?todo=1' if todo else ''}"


def _suscripcion(aviso: Aviso) -> Suscripcion | None:
    """La que causó el aviso. Sin confirmar solo se recibe el correo con que se confirma."""
    filas = Suscripcion.objects.filter(correo=aviso.para)
    if aviso.motivo.startswith(NOVEDAD):
        clase, clave = aviso.motivo.removeprefix(NOVEDAD).split(":")[:2]
        filas = filas.filter(tema=f"{clase}:{clave}", confirmada_el__isnull=False)
    return filas.first()
