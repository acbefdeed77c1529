"""Una autoridad de ensayo: e.firmas ficticias para probar el portal sin usar la de nadie.

Imita la forma de las reales (raíz → intermedia → persona; RFC y CURP donde el SAT los pone, como texto;
la serie como veinte dígitos; `.cer` en DER y `.key` en PKCS#8 cifrado). Solo la reconoce el órgano que
registre su raíz: sirve a la demostración y a las pruebas, nunca a un órgano de verdad.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import count
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID as Proposito
from cryptography.x509.oid import NameOID, ObjectIdentifier

NOMBRE_LARGO = ObjectIdentifier("2.5.4.41")
ATRAS = timedelta(days=400)
VIGENCIA = timedelta(days=3650)
USOS = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)
USOS_DE_EFIRMA = ("digital_signature", "content_commitment", "data_encipherment", "key_agreement")
PROPOSITOS_DE_EFIRMA = (Proposito.EMAIL_PROTECTION, Proposito.CLIENT_AUTH)


@dataclass(frozen=True)
class Emitido:
    """Un certificado y su llave."""

    certificado: x509.Certificate
    llave: rsa.RSAPrivateKey = field(repr=False)

    @cached_property
    def cer(self) -> bytes:
        """El `.cer`, en DER."""
        return self.certificado.public_bytes(serialization.Encoding.DER)

    def cifrada(self, clave: str) -> bytes:
        """El `.key`: PKCS#8 en DER cifrado con esa contraseña (PBES2, AES-256)."""
        return self.llave.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(clave.encode()),
        )


class Autoridad:
    """Raíz e intermedia recién creadas, que emiten e.firmas de ensayo."""

    def __init__(self, nombre: str, ahora: datetime | None = None) -> None:
        """`nombre` debe decir que es de ensayo: es lo que se lee como emisor de cada firma."""
        self.ahora = (ahora or datetime.now(UTC)).replace(microsecond=0)
        self._series = count(1)
        self.raiz = self._autoridad(f"Raíz de {nombre}", None)
        self.intermedia = self._autoridad(f"Intermedia de {nombre}", self.raiz)

    def efirma(self, nombre: str, rfc: str, curp: str, *, unidad: str = "", **cambios: Any) -> Emitido:
        """La e.firma de alguien ficticio; `cambios` son los de `emitir`."""
        partes = [
            (NameOID.COMMON_NAME, nombre),
            (NOMBRE_LARGO, nombre),
            (NameOID.ORGANIZATION_NAME, nombre),
            (NameOID.COUNTRY_NAME, "MX"),
            (NameOID.X500_UNIQUE_IDENTIFIER, rfc),
            (NameOID.SERIAL_NUMBER, curp),
            (NameOID.ORGANIZATIONAL_UNIT_NAME, unidad),
        ]
        sujeto = x509.Name([x509.NameAttribute(oid, valor) for oid, valor in partes if valor])
        return self.emitir(sujeto, self.intermedia, **({"usos": USOS_DE_EFIRMA} | cambios))

    def emitir(
        self,
        sujeto: x509.Name,
        emisora: Emitido | None,
        *,
        usos: tuple[str, ...],
        propositos: tuple[ObjectIdentifier, ...] = PROPOSITOS_DE_EFIRMA,
        bits: int = 2048,
        desde: datetime | None = None,
        hasta: datetime | None = None,
    ) -> Emitido:
        """Un certificado con llave nueva, firmado por `emisora` o por sí mismo.

        Sin `propositos` es el de una autoridad.
        """
        llave = rsa.generate_private_key(65537, bits)
        armado = (
            x509.CertificateBuilder()
            .subject_name(sujeto)
            .issuer_name(emisora.certificado.subject if emisora else sujeto)
            .public_key(llave.public_key())
            .serial_number(int.from_bytes(f"{next(self._series):020d}".encode()))
            .not_valid_before(desde or self.ahora - ATRAS)
            .not_valid_after(hasta or self.ahora + VIGENCIA)
            .add_extension(x509.BasicConstraints(ca=not propositos, path_length=None), critical=True)
            .add_extension(x509.KeyUsage(**{uso: uso in usos for uso in USOS}), critical=True)
        )
        if propositos:
            # RFC 3161 exige que el de estampas sea crítico.
            critico = Proposito.TIME_STAMPING in propositos
            armado = armado.add_extension(x509.ExtendedKeyUsage(propositos), critical=critico)
        return Emitido(armado.sign(emisora.llave if emisora else llave, hashes.SHA256()), llave)

    def _autoridad(self, nombre: str, emisora: Emitido | None) -> Emitido:
        sujeto = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, nombre)])
        return self.emitir(sujeto, emisora, usos=("key_cert_sign", "crl_sign"), propositos=())
