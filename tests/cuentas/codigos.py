"""Un teléfono de prueba: la aplicación de códigos de una cuenta."""

import base64
import time

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as de_allauth
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.test import Client, RequestFactory

from stl_portal.cuentas.models import Usuario
from stl_portal.cuentas.segundo_factor import DosPasos, activo

PERIODO = 30  # segundos


def codigo(secreto: str, pasos: int = 0) -> str:
    """El código de este momento o, con `pasos`, el de tantos medios minutos después."""
    totp = TOTP(base64.b32decode(secreto), 6, SHA1(), PERIODO)
    return totp.generate(int(time.time()) + pasos * PERIODO).decode()


def dar_telefono(cuenta: Usuario) -> str:
    """Activa el segundo paso de la cuenta y devuelve su secreto."""
    secreto = base64.b32encode(f"{cuenta.pk:020d}".encode()).decode()
    de_allauth.TOTP.activate(cuenta, secreto)
    RecoveryCodes.activate(cuenta)
    return secreto


def de_recuperacion(cuenta: Usuario) -> str:
    """Un código de recuperación que no se ha usado."""
    medio = Authenticator.objects.get(user=cuenta, type=Authenticator.Type.RECOVERY_CODES)
    return str(medio.wrap().get_unused_codes()[0])


def secreto_guardado(cuenta: Usuario) -> str:
    """El secreto tal como está escrito en la base, y comprobado que se descifra."""
    escrito = str(Authenticator.objects.get(user=cuenta, type=Authenticator.Type.TOTP).data["secret"])
    assert DosPasos().decrypt(escrito) != escrito
    return escrito


def identificarse(client: Client, cuenta: Usuario) -> Client:
    """Entra como quien acaba de dar su contraseña y su código: así se sella, se publica y se administra."""
    client.force_login(cuenta)
    if not activo(cuenta):
        dar_telefono(cuenta)
    medio = Authenticator.objects.get(user=cuenta, type=Authenticator.Type.TOTP)
    peticion = RequestFactory().get("/")
    peticion.session = client.session
    record_authentication(peticion, cuenta, "mfa", id=medio.pk, type=medio.type)
    peticion.session.save()
    return client


def olvidar(client: Client) -> None:
    """Deja pasar el tiempo: lo último que probó esa entrada ya no es reciente."""
    sesion = client.session
    for prueba in sesion[AUTHENTICATION_METHODS_SESSION_KEY]:
        prueba["at"] -= 24 * 3600
    sesion.save()
