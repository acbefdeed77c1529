"""Pedir las firmas de un acta: el correo a cada persona, lo que ve en «Mi portal» y dónde se firma."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from sesiones import firmar
from sesiones.asuntos import asunto_de
from sesiones.invitar import correo_de, serie_de
from sesiones.mensajes import de_actas
from sesiones.models import LugarDeFirma, Sello, Sesion
from stl_portal.avisos import envio
from stl_portal.avisos.envio import Mensaje
from stl_portal.espanol import con_articulo, fecha_larga
from stl_portal.publico.registro import Pendiente


def url_de_firma(sesion: Sesion) -> str:
    """La página donde se firma el acta de esa sesión."""
    return reverse("actas:firma", args=(sesion.organo.clave, sesion.clave))


def avisar(sello: Sello) -> None:
    """Encola el correo a cada persona de la hoja de firmas; una sola vez por versión del acta."""
    acta = sello.acta
    envio.encolar(de_actas.PEDIR_FIRMA, f"{serie_de(acta.sesion)}firma:{acta.version}", _mensajes(sello))


def _mensajes(sello: Sello) -> Iterator[Mensaje]:
    """Un correo por cada persona con dirección; con firmas en orden, se dice a quién le toca antes."""
    sesion = sello.acta.sesion
    contexto = {
        "acta": sello.acta,
        "codigo": sello.codigo,
        "del_organo": con_articulo(sesion.organo.denominacion(sesion.fecha).nombre, "de"),
        "liga": envio.liga(url_de_firma(sesion)),
    }
    clase, antes = de_actas.PEDIR_FIRMA, ""
    asunto = asunto_de(clase.titulo(dicha=sello.acta.dicha, titulo=sesion), sesion)
    for lugar in sello.lugares.select_related("persona__usuario"):
        if lugar.persona and (correo := correo_de(lugar.persona)):
            cuerpo = clase.texto(contexto | {"lugar": lugar, "antes": antes})
            yield Mensaje(correo, asunto, cuerpo, lugar.nombre)
        if sesion.regla.firma_en_orden:
            antes = lugar.nombre


def avisar_autografa(lugar: LugarDeFirma, por: Any) -> None:
    """Encola, una sola vez, el correo a quien firmó a mano: lo asentó otra persona y debe poder negarlo."""
    if not (lugar.persona and (correo := correo_de(lugar.persona))):
        return
    acta = lugar.sello.acta
    contexto = {
        "lugar": lugar,
        "por": por,
        "acta": acta,
        "codigo": lugar.sello.codigo,
        "del_organo": con_articulo(acta.sesion.organo.denominacion(acta.sesion.fecha).nombre, "de"),
        "liga": envio.liga(url_de_firma(acta.sesion) if lugar.persona.usuario_id else _verificar(lugar)),
    }
    clase = de_actas.AUTOGRAFA
    asunto = asunto_de(clase.titulo(titulo=acta.sesion), acta.sesion)
    mensaje = Mensaje(correo, asunto, clase.texto(contexto), lugar.nombre)
    envio.encolar(clase, f"{serie_de(acta.sesion)}autografa:{lugar.pk}", [mensaje])


def _verificar(lugar: LugarDeFirma) -> str:
    """Donde cualquiera ve quién firmó, para quien no tiene cuenta."""
    return reverse("verificar:codigo", args=(lugar.sello.codigo.lower(),))


def por_firmar(usuario: Any, al: dt.date) -> Iterator[Pendiente]:
    """Las actas selladas que esperan la firma de la cuenta."""
    for lugar in firmar.pendientes_de(usuario):
        sello = lugar.sello
        yield Pendiente(
            titulo=f"Firma {sello.acta.dicha} de la {sello.acta.sesion}",
            detalle=f"Sellada el {fecha_larga(timezone.localdate(sello.sellado_el))}, código {sello.codigo}",
            accion="Leer y firmar",
            url=url_de_firma(sello.acta.sesion),
            organo=sello.acta.sesion.organo_id,
        )


def antes_de(lugar: LugarDeFirma, hoja: list[LugarDeFirma]) -> str:
    """Con firmas en orden, a quién le toca antes que a ese lugar; vacío si ya puede firmar.

    `hoja` son todos los lugares del acta, con sus firmas ya traídas.
    """
    if not lugar.sello.acta.sesion.regla.firma_en_orden:
        return ""
    return next((x.nombre for x in hoja if x.orden < lugar.orden and x.resuelto is None), "")
