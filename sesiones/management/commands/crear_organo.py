"""Crea el primer órgano de una instalación nueva y a quien lo administra."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from sesiones.estados import ClaseOrgano, TipoRol
from sesiones.models import Denominacion, Organo, Regla, Rol
from stl_portal.cuentas.models import Usuario


class Command(BaseCommand):
    """Órgano, nombre, reglas supuestas y rol de administradora, todo o nada."""

    help = "Crea un órgano con reglas supuestas y la cuenta que lo administra."

    def add_arguments(self, parser: CommandParser) -> None:
        """La clave va en las direcciones; el nombre, en los documentos."""
        parser.add_argument("clave", help="Para las direcciones: stl, stm-leon.")
        parser.add_argument("nombre", help="Nombre oficial.")
        parser.add_argument("--siglas", required=True)
        parser.add_argument("--administra", required=True, metavar="CORREO")
        parser.add_argument("--clase", choices=ClaseOrgano.values, default=ClaseOrgano.ESTATAL)

    def handle(self, **opciones: Any) -> None:
        """Lanza `CommandError` con la frase de lo que no se admite."""
        try:
            usuario = crear(**{c: opciones[c] for c in ("clave", "nombre", "siglas", "administra", "clase")})
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            f"Listo. {usuario.email} elige su contraseña en /contrasena/olvidada/ y entra a La mesa."
        )


def crear(clave: str, nombre: str, siglas: str, administra: str, clase: str) -> Usuario:
    """Crea todo en una transacción. La cuenta, si ya existe, solo recibe el rol."""
    with transaction.atomic():
        organo = Organo(clave=clave, clase=clase)
        organo.full_clean()
        organo.save()
        hoy = timezone.localdate()
        for fila in (
            Denominacion(organo=organo, nombre=nombre, nombre_corto=nombre[:100], siglas=siglas),
            Regla(organo=organo, fundamento="Supuesto inicial: captura las reglas de este órgano."),
        ):
            fila.full_clean()
            fila.save()
        usuario = Usuario.objects.filter(email__iexact=administra).first()
        usuario = usuario or Usuario.objects.create_user(administra, nombre=administra.split("@")[0])
        usuario.full_clean(exclude=["password"])
        Rol.objects.create(usuario=usuario, organo=organo, tipo=TipoRol.ADMINISTRADORA, vigente_desde=hoy)
    return usuario
