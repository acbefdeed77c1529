"""Una cuenta invitada que nadie ha abierto."""

from stl_portal.cuentas import invitaciones
from stl_portal.cuentas.models import Usuario


def ficha(correo: str = "invitada@prueba.example", ambito: str = "prueba") -> str:
    """La ficha que abre una cuenta nueva."""
    cuenta = Usuario.objects.create_user(correo, nombre="Invitada de Prueba")
    liga = invitaciones.invitar(cuenta, a_que="a entrar al portal", ambito=ambito)
    return liga.rstrip("/").rpartition("/")[2]
