"""Cómo se le cierra la puerta a una cuenta, y que ningún atajo la deja abierta."""

import re

from django.core import mail
from django.test import Client
from django.urls import reverse

from stl_portal.avisos import envio
from stl_portal.cuentas import aparatos
from stl_portal.cuentas.models import Usuario
from tests.cuentas.codigos import dar_telefono
from tests.gestion.quien import entrar
from tests.gestion.test_cambios import accion, historia
from tests.personas import CLAVE, Reparto

MI = reverse("mi")


def abierta(cuenta: Usuario) -> Client:
    """Un navegador donde esa cuenta ya entró, con «Salir» a la vista."""
    client = Client()
    client.post(reverse("account_login"), {"login": cuenta.email, "password": CLAVE})
    assert f'action="{reverse("account_logout")}"' in client.get(MI).content.decode()
    return client


def test_la_cuenta_desactivada_queda_fuera_al_momento(reparto: Reparto) -> None:
    """Sin esperar a que venza nada, y sin poder volver a entrar."""
    cuenta = reparto.cuentas["integrante"]
    client = abierta(cuenta)
    Usuario.objects.filter(pk=cuenta.pk).update(is_active=False)
    assert client.get(MI).status_code == 302
    client.post(reverse("account_login"), {"login": cuenta.email, "password": CLAVE})
    assert client.get(MI).status_code == 302


def test_la_administracion_cierra_las_sesiones_de_una_persona(reparto: Reparto) -> None:
    cuenta, otra = reparto.cuentas["integrante"], reparto.cuentas["auditora"]
    suyas, ajena = [abierta(cuenta), abierta(cuenta)], abierta(otra)
    dichos = accion(entrar(reparto), "cuentas_usuario", "cerrar_sesiones", cuenta)
    assert dichos == [f"{cuenta}: sesiones cerradas, 2."]
    assert [client.get(MI).status_code for client in [*suyas, ajena]] == [302, 302, 200]
    assert aparatos.de(cuenta).count() == 0
    assert historia() == [("Administradora de Prueba", "Se cerraron sus sesiones: 2.")]


def test_elegir_otra_contrasena_no_salta_el_segundo_paso(reparto: Reparto) -> None:
    """Quien lee el correo de alguien no entra a su cuenta: le sigue faltando el código."""
    cuenta, client = reparto.cuentas["facilitadora"], Client()
    dar_telefono(cuenta)
    client.post(reverse("account_reset_password"), {"email": cuenta.email})
    envio.enviar()
    liga = re.search(r"https?://[^/]+(/\S+)", str(mail.outbox[-1].body))
    assert liga is not None
    forma = client.get(liga[1], follow=True)
    nueva = "mesa-redonda-abierta-7"
    client.post(forma.request["PATH_INFO"], {"password1": nueva, "password2": nueva})
    assert client.get(MI).status_code == 302
    entrada = client.post(reverse("account_login"), {"login": cuenta.email, "password": nueva})
    assert entrada["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get(MI).status_code == 302
