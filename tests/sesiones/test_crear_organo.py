"""Una instalación nueva no empieza sin salida: hay con qué crear el órgano y quién lo administre."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from sesiones import models as m
from stl_portal.cuentas.models import Usuario

pytestmark = pytest.mark.django_db
ARGUMENTOS = ("stm-prueba", "Secretariado Técnico Municipal de Prueba")
OPCIONES = {"siglas": "STM", "administra": "Alguien@prueba.example", "clase": "municipal"}


def test_quien_administra_entra_a_la_mesa_y_puede_sesionar() -> None:
    call_command("crear_organo", *ARGUMENTOS, **OPCIONES)
    organo = m.Organo.objects.get(clave="stm-prueba")
    assert organo.denominacion(timezone.localdate()).siglas == "STM"
    cliente = Client()
    cliente.force_login(Usuario.objects.get(email="alguien@prueba.example"))
    assert cliente.get("/mesa/stm-prueba/").status_code == 200
    assert cliente.get("/mesa/stm-prueba/nueva/").status_code == 200


@pytest.mark.parametrize(
    ("clave", "correo", "frase"),
    [("Con Espacios", "a@prueba.example", "guiones"), ("bien", "no-es-correo", "correo")],
)
def test_lo_que_no_se_admite_se_dice_y_no_deja_nada(clave: str, correo: str, frase: str) -> None:
    with pytest.raises(CommandError, match=frase):
        call_command("crear_organo", clave, "Nombre", siglas="X", administra=correo)
    assert (m.Organo.objects.count(), Usuario.objects.count()) == (0, 0)
