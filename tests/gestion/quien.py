"""Quien administra el portal, en las pruebas."""

from django.test import Client

from stl_portal.cuentas.models import Usuario
from tests.cuentas.codigos import identificarse
from tests.personas import Reparto


def administra(cuenta: Usuario) -> Usuario:
    """Le da a la cuenta la administración técnica."""
    Usuario.objects.filter(pk=cuenta.pk).update(is_staff=True)
    cuenta.is_staff = True
    return cuenta


def entrar(reparto: Reparto) -> Client:
    """El navegador de la administradora, que acaba de identificarse."""
    return identificarse(Client(), administra(reparto.cuentas["administradora"]))
