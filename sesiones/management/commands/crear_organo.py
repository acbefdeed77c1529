"""Crea el primer órgano de una instalación nueva y a quien lo administra."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from sesiones import modelos_de_organo
from sesiones.estados import ClaseOrgano
from sesiones.fundar import Fundacion, fundar
from sesiones.modelos_de_organo import Modelo
from sesiones.models import Denominacion, Organo, Regla
from stl_portal.cuentas.models import Usuario

SUPUESTO = "Supuesto inicial: captura las reglas de este órgano."


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
            "Listo. "
            + (
                f"{usuario.email} ya tiene cuenta: entra a La mesa."
                if usuario.has_usable_password()
                else f"A {usuario.email} le llega su invitación. Si no sale: manage.py invitar"
            )
        )


def crear(clave: str, nombre: str, siglas: str, administra: str, clase: str) -> Usuario:
    """Funda el órgano. La cuenta, si ya existe, solo recibe el rol."""
    municipal = clase == ClaseOrgano.MUNICIPAL
    modelo = (
        modelos_de_organo.de_plantilla(modelos_de_organo.MUNICIPAL)
        if municipal
        else Modelo(Regla(fundamento=SUPUESTO))
    )
    fundacion = Fundacion(
        organo=Organo(clave=clave, clase=clase),
        denominacion=Denominacion(nombre=nombre, nombre_corto=nombre[:100], siglas=siglas),
        modelo=modelo,
        administra=Usuario(email=administra.lower(), nombre=administra.split("@")[0]),
    )
    fundar(fundacion, timezone.localdate())
    return Usuario.objects.get(email__iexact=administra)
