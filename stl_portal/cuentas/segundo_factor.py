"""El segundo paso: el código de una aplicación, una llave de acceso o un código de recuperación.

Lo lleva allauth; aquí está lo que decidimos distinto: el secreto se guarda cifrado, el QR es un dibujo
vectorial y un código vale una sola vez aunque el reloj del teléfono vaya medio minuto aparte.
"""

import base64
import hmac
import time
from typing import Any, ClassVar

import segno
from allauth.account.adapter import get_adapter as del_ingreso
from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.safestring import SafeString, mark_safe

CON_APLICACION = "contraseña y código temporal"
CON_RECUPERACION = "contraseña y código de recuperación"
# Los códigos de recuperación acompañan a uno de estos; solos no son segundo factor.
FACTORES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
PARA_QUE = b"segundo factor"  # separa esta llave de lo demás que se deriva de SECRET_KEY


class DosPasos(DefaultMFAAdapter):
    """Las decisiones del portal sobre el segundo paso."""

    error_messages: ClassVar[dict[str, str]] = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "La verificación en dos pasos no se puede desactivar.",
        "cannot_generate_recovery_codes": "Primero activa la verificación en dos pasos.",
        "incorrect_code": "Ese código no es, ya se usó o ya venció. Espera el siguiente y escríbelo.",
        "unverified_email": "Primero hay que confirmar tu correo.",
    }

    def get_totp_issuer(self) -> str:
        """Con qué nombre aparece el portal en la aplicación."""
        return "Secretariado Técnico Local"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Con qué nombre ofrece el navegador la llave de acceso."""
        sitio: dict[str, str] = super().get_public_key_credential_rp_entity()
        return sitio | {"name": self.get_totp_issuer()}

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """Cómo se llama la llave que no se nombró."""
        cuantas = Authenticator.objects.filter(user=user, type=type).count()
        return f"Llave {cuantas + 1}"

    def build_totp_svg(self, url: str) -> SafeString:
        """El QR en línea, con su fondo blanco: en modo oscuro las cámaras no leen uno invertido."""
        codigo = segno.make(url, error="m", micro=False)
        dibujo = codigo.svg_inline(
            border=4,
            omitsize=True,
            light="#fff",
            svgclass="qr",
            lineclass=None,
            title="Código QR de tu cuenta",
        )
        return mark_safe(dibujo)  # noqa: S308 -- segno escapa el título y solo dibuja trazos

    def encrypt(self, text: str) -> str:
        """Cifra un secreto: una copia de la base no basta para generar códigos."""
        return _cifra().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Descifra lo que cifró `encrypt`, también con una llave anterior (`SECRET_KEY_FALLBACKS`)."""
        return _cifra().decrypt(encrypted_text.encode()).decode()


def tiene(usuario: Any) -> bool:
    """Si la cuenta tiene segundo factor: aplicación de códigos o llave de acceso."""
    return Authenticator.objects.filter(user=usuario, type__in=FACTORES).exists()


def con_tenencia(filas: Any) -> QuerySet[Any]:
    """Anota en cada fila, por su `usuario`, si tiene segundo factor (`con_segundo_factor`)."""
    suyos = Authenticator.objects.filter(user=OuterRef("usuario"), type__in=FACTORES)
    anotadas: QuerySet[Any] = filas.annotate(con_segundo_factor=Exists(suyos))
    return anotadas


def activo(usuario: Any) -> bool:
    """Si la cuenta tiene aplicación de códigos."""
    return Authenticator.objects.filter(user=usuario, type=Authenticator.Type.TOTP).exists()


def es_su_contrasena(usuario: Any, contrasena: str) -> bool:
    """Si esa es su contraseña. Lanza `ValidationError` si hubo demasiados intentos."""
    return bool(del_ingreso().reauthenticate(usuario, contrasena))


def gastar(medio: Authenticator, codigo: str) -> bool:
    """Da por usado un código ya comprobado; falso si ese código, o uno posterior, ya se había usado.

    allauth lo recuerda treinta segundos y en la memoria caché, pero con tolerancia un código vive noventa
    y la caché se puede vaciar: el último paso de tiempo usado queda en la base (RFC 6238 §5.2).
    """
    if medio.type != Authenticator.Type.TOTP:
        return True  # los de recuperación ya se gastan en la base
    with transaction.atomic():
        fila = Authenticator.objects.select_for_update().get(pk=medio.pk)
        paso = _paso(DosPasos().decrypt(fila.data["secret"]), codigo)
        if paso is None or paso <= fila.data.get("ultimo_paso", 0):
            return False
        fila.data["ultimo_paso"] = paso
        fila.save(update_fields=["data"])
    return True


def siguiente(medio: Authenticator) -> str:
    """El primer código que `gastar` aceptaría en este momento; vacío si hay que esperar al siguiente."""
    ahora = int(time.time()) // app_settings.TOTP_PERIOD
    paso = max(ahora, medio.data.get("ultimo_paso", 0) + 1)
    if paso > ahora + app_settings.TOTP_TOLERANCE:
        return ""
    return _totp(DosPasos().decrypt(medio.data["secret"])).generate(paso * app_settings.TOTP_PERIOD).decode()


def _paso(secreto: str, codigo: str) -> int | None:
    """A qué paso de tiempo corresponde el código, dentro de la tolerancia."""
    periodo, totp = app_settings.TOTP_PERIOD, _totp(secreto)
    ahora = int(time.time()) // periodo
    escrito = "".join(codigo.split()).encode()
    for paso in range(ahora - app_settings.TOTP_TOLERANCE, ahora + app_settings.TOTP_TOLERANCE + 1):
        if hmac.compare_digest(totp.generate(paso * periodo), escrito):
            return paso
    return None


def _totp(secreto: str) -> TOTP:
    sha1 = SHA1()  # noqa: S303  # el de RFC 6238, y el único que toda aplicación conoce
    return TOTP(base64.b32decode(secreto), app_settings.TOTP_DIGITS, sha1, app_settings.TOTP_PERIOD)


def _cifra() -> MultiFernet:
    claves = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([_llave(str(clave)) for clave in claves])


def _llave(clave: str) -> Fernet:
    derivada = HKDF(SHA256(), length=32, salt=None, info=PARA_QUE).derive(clave.encode())
    return Fernet(base64.urlsafe_b64encode(derivada))
