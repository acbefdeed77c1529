"""El asunto de un correo que habla de un órgano: quien está en dos sabe de cuál es sin abrirlo."""

import datetime as dt

from django.utils.text import Truncator

from sesiones.models import Organo, Sesion
from stl_portal.avisos.models import Aviso
from stl_portal.espanol import enumerar, rotulado

LARGO = Aviso._meta.get_field("asunto").max_length or 0
CABEN = 2  # órganos que se nombran; si son más, se dice cuántos


def asunto(dicho: str, al: dt.date, *organos: Organo) -> str:
    """«Informe publicado · Secretariado Municipal de León», con los nombres cortos de ese día.

    Si no cabe, se recorta lo dicho y nunca el nombre. Cada órgano, con sus denominaciones ya traídas si el
    correo es para muchas personas.
    """
    nombres = list(dict.fromkeys(_nombre(organo, al) for organo in organos))
    de_quien = enumerar(nombres) if len(nombres) <= CABEN else f"{len(nombres)} órganos"
    return f"{Truncator(dicho).chars(LARGO - len(de_quien) - 3)} · {de_quien}"


def asunto_de(dicho: str, sesion: Sesion) -> str:
    """El de algo que pasó con una sesión, con el nombre que su órgano tenía ese día."""
    return asunto(dicho, sesion.fecha, sesion.organo)


def _nombre(organo: Organo, al: dt.date) -> str:
    """El corto; el de un órgano ficticio siempre lo dice."""
    return rotulado(organo.denominacion(al).nombre_corto, ficticio=organo.ficticio)
