"""Registrar una autoridad certificadora: se sube su certificado y de él sale todo lo demás."""

from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from sesiones.models import RaizDeConfianza
from stl_portal.espanol import fecha_larga
from stl_portal.firma import certificados
from stl_portal.firma.certificados import TAMANO_MAXIMO, Certificado
from stl_portal.firma.errores import CertificadoIlegible

from .registros import FormaRegistro

PEM = b"-----BEGIN"
NO_ES = "Ese archivo no es un certificado: elige el .cer, .crt o .pem que publica la autoridad."
NO_ES_AUTORIDAD = "Ese certificado no es de una autoridad certificadora, sino de una persona o un servicio."
FALSA_RAIZ = "Ese certificado dice haberse firmado a sí mismo y su firma no corresponde: no lo uses."


class FormaAutoridad(FormaRegistro):
    """El certificado al registrarla; después solo se corrige el nombre con que se le conoce."""

    archivo = forms.FileField(
        label="Certificado de la autoridad",
        help_text="El archivo .cer, .crt o .pem que la autoridad publica. Hasta 20 kB.",
        widget=forms.FileInput(attrs={"accept": ".cer,.crt,.pem,.der"}),
        error_messages={"required": "Elige el certificado.", "empty": NO_ES},
    )

    FIJOS = frozenset({"organo", "huella"})

    class Meta(FormaRegistro.Meta):
        model = RaizDeConfianza
        fields = ("nombre",)

    field_order = ("archivo", "nombre")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Registrada, el certificado ya no cambia: se quita y se registra otro."""
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["archivo"]
            return
        self.fields["nombre"].required = False
        self.fields["nombre"].help_text = "Si lo dejas vacío, el que trae el certificado."

    def clean_archivo(self) -> Certificado:
        """Lee el certificado y comprueba que sea de una autoridad vigente."""
        subido = self.cleaned_data["archivo"]
        if subido.size > TAMANO_MAXIMO:
            raise ValidationError(NO_ES)
        certificado = leer(subido.read())
        if not certificado.de_autoridad:
            raise ValidationError(NO_ES_AUTORIDAD)
        if certificado.hasta < timezone.now():
            raise ValidationError(f"Ese certificado venció el {dia(certificado.hasta)}.")
        self.instance.certificado, self.instance.huella = certificado.der, certificado.huella
        self.instance.intermedia = es_intermedia(certificado)
        return certificado

    def clean(self) -> dict[str, Any]:
        """Sin nombre propio, el del certificado."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        if "archivo" in datos and not datos.get("nombre"):
            datos["nombre"] = datos["archivo"].nombre
        return datos


def leer(crudo: bytes) -> Certificado:
    """El certificado, venga en DER o en PEM. Lanza `ValidationError` si no lo es."""
    try:
        if crudo.lstrip().startswith(PEM):
            crudo = x509.load_pem_x509_certificate(crudo).public_bytes(Encoding.DER)
        return certificados.leer(crudo)
    except (CertificadoIlegible, ValueError):
        raise ValidationError(NO_ES) from None


def es_intermedia(certificado: Certificado) -> bool:
    """Si lo emitió otra autoridad. Lanza `ValidationError` si se dice raíz y su firma no es suya."""
    leido = x509.load_der_x509_certificate(certificado.der)
    if leido.issuer != leido.subject:
        return True
    try:
        leido.verify_directly_issued_by(leido)
    except (InvalidSignature, ValueError, TypeError):
        raise ValidationError(FALSA_RAIZ) from None
    return False


def dia(instante: Any) -> str:
    """La fecha local, en palabras."""
    return fecha_larga(timezone.localtime(instante).date())
