"""Qué se puede seguir por correo de cada órgano, sin cuenta: por un lado sus actas y por otro sus citas."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from sesiones import anuncio, citas, publica
from sesiones.asuntos import asunto_de
from sesiones.mensajes import de_quien_sigue
from sesiones.models import Organo, Publicacion, Sesion
from stl_portal.avisos import envio, seguidores
from stl_portal.avisos.envio import Anexado
from stl_portal.avisos.registro import TEMAS, Tema
from stl_portal.calendario import ics
from stl_portal.espanol import con_articulo, fecha_larga
from stl_portal.publico.registro import apuntar

GRUPO = "Actas de secretariados y comisiones"
GRUPO_DE_CITAS = "Convocatorias de secretariados y comisiones"
AVISA_DE_CITAS = "convocatorias, cambios de fecha y cancelaciones, con su cita para tu agenda"


def temas(al: dt.date) -> Iterator[Tema]:
    """Las actas y las citas de cada órgano con nombre, los reales primero."""
    organos = Organo.objects.filter(denominaciones__isnull=False).distinct().con_nombre()
    filas = list(organos.order_by("ficticio", "clave"))
    yield from (tema_de(organo, al) for organo in filas)
    yield from (tema_de_citas(organo, al) for organo in filas)


def tema_de(organo: Organo, al: dt.date) -> Tema:
    """El órgano, con su nombre de ese día."""
    nombre = organo.denominacion(al).nombre
    return Tema(f"organo:{organo.clave}", nombre, "actas y fe de erratas", organo.ficticio, GRUPO)


def tema_de_citas(organo: Organo, al: dt.date) -> Tema:
    """Sus convocatorias y lo que de ellas cambia, aparte de las actas: llegan antes y con otra prisa."""
    nombre = organo.denominacion(al).nombre
    return Tema(f"citas:{organo.clave}", nombre, AVISA_DE_CITAS, organo.ficticio, GRUPO_DE_CITAS)


def avisar_convocatoria(sesion: Sesion, cambios: Sequence[str], *, salvo: Collection[str]) -> None:
    """Encola el correo, con su cita, a quienes siguen las citas del órgano; una vez por paso.

    Solo dice lo que ya es público: sin la liga para conectarse ni el motivo. `cambios` son los de una
    enmienda; de la sesión ya cancelada dice que se canceló.
    """
    cita = citas.publicas(Sesion.objects.filter(pk=sesion.pk))[0]
    tema = tema_de_citas(sesion.organo, cita.dia)
    if tema.clave not in seguidores.seguidos(tema.clave):
        return
    hora = f"{cita.hora:%H:%M}"
    contexto = {
        "sesion": sesion,
        "cita": cita,
        "cancelada": cita.cancelada,
        "cambios": cambios,
        "designacion": cita.titulo,
        "del_organo": con_articulo(tema.nombre, "de"),
        "fecha": fecha_larga(cita.dia, con_dia=True),
        "hora": hora,
        "puntos": [] if cita.cancelada else anuncio.contenido(sesion)["puntos"],
        "liga": envio.liga(cita.url),
    }
    que = "Se canceló" if cita.cancelada else "Cambió la convocatoria" if cambios else "Se convocó"
    clase, cuando = de_quien_sigue.CITA, f"{cita.dia:%d/%m/%Y}, {hora} h"
    asunto = asunto_de(clase.titulo(que=que, titulo=cita.titulo, cuando=cuando), sesion)
    archivo = Anexado("sesion.ics", ics.TIPO, ics.calendario([cita], cita.resumen, cita.url))
    acto = f"sesion:{sesion.pk}:{cita.secuencia}"
    seguidores.avisar(clase, tema, acto, asunto, clase.texto(contexto), salvo=salvo, anexados=(archivo,))


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
    clase = de_quien_sigue.ACTA
    asunto = asunto_de(clase.titulo(que=que, titulo=sesion), sesion)
    seguidores.avisar(clase, tema, f"acta:{acta.pk}", asunto, clase.texto(contexto), salvo=salvo)


def registrar() -> None:
    """Se llama desde `SesionesConfig.ready()`; repetirlo no duplica nada."""
    apuntar(TEMAS, temas)
