"""La clave Ed25519 con que el portal firma los puntos de control.

En producción llega del entorno y es obligatoria; fuera de ella se genera una vez y vive en `VAR`.
"""

import base64
import binascii
import os
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

LARGO = 32  # bytes de la semilla


def privada() -> Ed25519PrivateKey:
    """La clave con que se firma. Lanza `ImproperlyConfigured` si la del entorno no sirve."""
    try:
        semilla = base64.b64decode(settings.BITACORA_CLAVE or _de_demostracion(), validate=True)
        return Ed25519PrivateKey.from_private_bytes(semilla)
    except (binascii.Error, ValueError) as error:
        raise ImproperlyConfigured(
            f"BITACORA_CLAVE debe ser {LARGO} bytes en base64: openssl rand -base64 {LARGO}"
        ) from error


def publica(llave: Ed25519PrivateKey) -> str:
    """Los 32 bytes de la clave pública, en base64."""
    crudos = llave.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return base64.b64encode(crudos).decode()


def pem(clave: str) -> str:
    """La clave pública (32 bytes en base64) como la lee `openssl`."""
    llave = Ed25519PublicKey.from_public_bytes(base64.b64decode(clave))
    forma = serialization.PublicFormat.SubjectPublicKeyInfo
    return llave.public_bytes(serialization.Encoding.PEM, forma).decode()


def _de_demostracion() -> str:
    """La que se guarda en `VAR`; si dos procesos la crean a la vez, ambos usan la primera."""
    ruta = Path(settings.VAR) / "bitacora.clave"
    if not ruta.exists():
        ruta.parent.mkdir(parents=True, exist_ok=True)
        provisional = ruta.with_name(f".{ruta.name}.{os.getpid()}")
        provisional.touch(mode=0o600)
        provisional.write_text(base64.b64encode(os.urandom(LARGO)).decode(), encoding="ascii")
        try:
            ruta.hardlink_to(provisional)
        except FileExistsError:
            pass
        finally:
            provisional.unlink()
    return ruta.read_text(encoding="ascii")
