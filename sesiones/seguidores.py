"""Qué se puede seguir por correo de cada órgano, sin cuenta, y lo que se recibe al publicarse un acta."""

import datetime as dt
from collections.abc import Collection, Iterator

from django.template.loader import render_to_string

from sesiones import publica
from sesiones.asuntos import asunto_de
from sesiones.models import Organo, Publicacion
from stl_portal.avisos import envio, seguidores
from stl_portal.avisos.registro import TEMAS, Tema
from stl_portal.espanol import con_articulo, fecha_larga
from stl_portal.publico.registro import apuntar

GRUPO = "Secretariados y comisiones"


def temas(al: dt.date) -> Iterator[Tema]:
    """Cada órgano con nombre, los reales primero."""
    organos = Organo.objects.filter(denominaciones__isnull=False).distinct().con_nombre()
    for organo in organos.order_by("ficticio", "clave"):
        yield tema_de(organo, al)


def tema_de(organo: Organo, al: dt.date) -> Tema:
    """El órgano, con su nombre de ese día."""
    nombre = organo.denominacion(al).nombre
    return Tema(f"organo:{organo.clave}", nombre, "actas y fe de erratas", organo.ficticio, GRUPO)


def avisar_publicacion(publicacion: Publicacion, liga: str, *, salvo: Collection[str]) -> None:
    """Encola el correo a quienes siguen al órgano, una vez por versión. Solo dice lo que ya es público.

    `salvo` son las direcciones a las que ya se les avisó por integrarlo.
    """
    acta = publica.acta_sin_datos(publicacion.sello)
    sesion = acta.sesion
    tema = tema_de(sesion.organo, sesion.fecha)
    contexto = {
        "acta": acta,
        "sesion": sesion,
        "codigo": publicacion.sello.codigo,
        "fecha": fecha_larga(sesion.fecha),
        "del_organo": con_articulo(tema.nombre, "de"),
        "liga": envio.liga(liga),
    }
    que = "Fe de erratas publicada" if acta.version > 1 else "Acta publicada"
    cuerpo = render_to_string("avisos/correo/acta_para_seguidores.txt", contexto)
    seguidores.avisar(tema, f"acta:{acta.pk}", asunto_de(f"{que}: {sesion}", sesion), cuerpo, salvo=salvo)


def registrar() -> None:
    """Se llama desde `SesionesConfig.ready()`; repetirlo no duplica nada."""
    apuntar(TEMAS, temas)
