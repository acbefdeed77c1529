"""Dar un rol en un órgano y avisarle a la persona, con la liga directa a su mesa."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from sesiones.mensajes import de_sesiones
from sesiones.models import Rol
from stl_portal.avisos import envio
from stl_portal.avisos.envio import Mensaje
from stl_portal.cuentas.models import Usuario
from stl_portal.espanol import con_articulo, fecha_larga


def dar(rol: Rol) -> None:
    """Guarda el rol, y antes la cuenta si es nueva; deja su aviso en la fila, todo o nada.

    Lanza `ValidationError` si la cuenta ya tiene ese rol en esas fechas.
    """
    with transaction.atomic():
        if rol.usuario._state.adding:
            rol.usuario = Usuario.objects.create_user(rol.usuario.email, nombre=rol.usuario.nombre)
        rol.full_clean()
        rol.save()
        envio.encolar(de_sesiones.ROL, f"rol:{rol.pk}:{rol.tipo}", [aviso_de(rol)])


def aviso_de(rol: Rol) -> Mensaje:
    """El correo: qué rol, en qué órgano, desde cuándo, y por dónde entrar."""
    denominacion = rol.organo.denominacion(timezone.localdate())
    contexto = {
        "rol": rol,
        "en_el_organo": con_articulo(denominacion.nombre, "en"),
        "desde": fecha_larga(rol.vigente_desde) if rol.vigente_desde else "",
        "hasta": fecha_larga(rol.vigente_hasta) if rol.vigente_hasta else "",
        "liga": envio.liga(reverse("registros:organo", args=(rol.organo.clave,))),
        "liga_contrasena": envio.liga(reverse("account_reset_password")),
        "primera_vez": not rol.usuario.has_usable_password(),
        "firma": denominacion.nombre,
    }
    return Mensaje(
        para=rol.usuario.email,
        asunto=de_sesiones.ROL.titulo(en_corto=con_articulo(denominacion.nombre_corto, "en")),
        cuerpo=de_sesiones.ROL.texto(contexto),
        nombre=str(rol.usuario),
    )
