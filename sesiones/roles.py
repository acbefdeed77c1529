"""Dar un rol en un órgano y avisarle a la persona, o invitarla si todavía no abre su cuenta."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from sesiones.mensajes import de_sesiones
from sesiones.models import Persona, Rol
from sesiones.permisos import CONDUCEN
from stl_portal.avisos import envio
from stl_portal.avisos.envio import Mensaje
from stl_portal.cuentas import invitaciones
from stl_portal.cuentas.models import Usuario
from stl_portal.cuentas.registro import AL_REVOCAR, CON_PODER
from stl_portal.espanol import con_articulo, fecha_larga


def dar(rol: Rol, por: Any = None) -> None:
    """Guarda el rol, y antes la cuenta si es nueva; deja su aviso en la fila, todo o nada.

    A quien todavía no abre su cuenta le llega una invitación, que ya dice el rol; `por` es quien invita.

    Lanza `ValidationError` si la cuenta ya tiene ese rol en esas fechas.
    """
    with transaction.atomic():
        if rol.usuario._state.adding:
            rol.usuario = Usuario.objects.create_user(rol.usuario.email, nombre=rol.usuario.nombre)
        rol.full_clean()
        rol.save()
        if not rol.usuario.has_usable_password():
            invitar(rol, por)
            return
        envio.encolar(de_sesiones.ROL, f"rol:{rol.pk}:{rol.tipo}", [aviso_de(rol)])


def invitar(rol: Rol, por: Any = None) -> str:
    """Invita a la cuenta del rol, que nadie ha abierto; devuelve la liga."""
    denominacion = rol.organo.denominacion(timezone.localdate())
    desde = f", desde el {fecha_larga(rol.vigente_desde)}" if rol.vigente_desde else ""
    hasta = f" y hasta el {fecha_larga(rol.vigente_hasta)}" if rol.vigente_hasta else ""
    que = f"con el rol de {rol.get_tipo_display().lower()} {con_articulo(denominacion.nombre, 'en')}"
    return invitaciones.invitar(
        rol.usuario, a_que=f"a entrar al portal {que}{desde}{hasta}", por=por, ambito=rol.organo.clave
    )


def quitar_lo_ofrecido(cuenta: Any, ambito: str) -> None:
    """Retirada la invitación, se van los roles que esa cuenta, que nunca entró, tenía en el órgano."""
    Rol.objects.filter(usuario=cuenta, organo__clave=ambito).delete()
    sentada = Q(nombramientos__asiento__organo__clave=ambito) | Q(suplencias__asiento__organo__clave=ambito)
    suya = Persona.objects.filter(sentada, usuario=cuenta).first()
    if suya:
        Persona.objects.filter(pk=suya.pk).update(usuario=None)


def tiene_poder(cuenta: Any, al: dt.date) -> bool:
    """Si conduce o administra un órgano en esa fecha: sella, publica o cambia sus reglas."""
    return Rol.objects.vigentes(al).filter(usuario=cuenta, tipo__in=CONDUCEN).exists()


def aviso_de(rol: Rol) -> Mensaje:
    """El correo: qué rol, en qué órgano, desde cuándo, y por dónde entrar."""
    denominacion = rol.organo.denominacion(timezone.localdate())
    contexto = {
        "rol": rol,
        "en_el_organo": con_articulo(denominacion.nombre, "en"),
        "desde": fecha_larga(rol.vigente_desde) if rol.vigente_desde else "",
        "hasta": fecha_larga(rol.vigente_hasta) if rol.vigente_hasta else "",
        "liga": envio.liga(reverse("registros:organo", args=(rol.organo.clave,))),
        "firma": denominacion.nombre,
    }
    return Mensaje(
        para=rol.usuario.email,
        asunto=de_sesiones.ROL.titulo(en_corto=con_articulo(denominacion.nombre_corto, "en")),
        cuerpo=de_sesiones.ROL.texto(contexto),
        nombre=str(rol.usuario),
    )


def registrar() -> None:
    """Se llama desde `SesionesConfig.ready()`; repetirlo no duplica nada."""
    if tiene_poder not in CON_PODER:
        CON_PODER.append(tiene_poder)
        AL_REVOCAR.append(quitar_lo_ofrecido)
