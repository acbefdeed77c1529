"""Una autoridad certificadora inventada, con la forma de las mexicanas: raíz → intermedia → personas.

Imita lo que los certificados reales hacen y sorprende a las bibliotecas: el RFC como texto en
`x500UniqueIdentifier`, la CURP en `serialNumber`, la serie como veinte dígitos escritos en bytes, el
`.cer` en DER y la llave en PKCS#8 cifrado, en sus tres formas. Todas las personas son ficticias.
"""

import datetime as dt
import subprocess
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID as Proposito
from cryptography.x509.oid import NameOID, ObjectIdentifier

CLAVE = "contraseña-de-prueba 1"
AHORA = dt.datetime.now(dt.UTC).replace(microsecond=0)
DESDE = AHORA - dt.timedelta(days=400)
UN_DIA = dt.timedelta(days=1)
HASTA = AHORA + dt.timedelta(days=1000)
USOS_DE_EFIRMA = ("digital_signature", "content_commitment", "data_encipherment", "key_agreement")
NOMBRE_LARGO = ObjectIdentifier("2.5.4.41")
# Las tres formas en que una llave de e.firma puede venir cifrada, con su opción de `openssl pkcs8`.
FORMAS = {
    "PBES2-AES256": ("-v2", "aes-256-cbc"),
    "PBES2-3DES": ("-v2", "des3"),
    "PBES1-SHA1-3DES": ("-v1", "PBE-SHA1-3DES"),
}


@dataclass(frozen=True)
class Emitido:
    """Un certificado y su llave."""

    certificado: x509.Certificate
    llave: rsa.RSAPrivateKey = field(repr=False)
    clave: str = CLAVE

    @cached_property
    def cer(self) -> bytes:
        """El `.cer`, en DER."""
        return self.certificado.public_bytes(serialization.Encoding.DER)

    def key(self, forma: str = "PBES2-AES256") -> bytes:
        """El `.key`: PKCS#8 cifrado, en DER, con la forma pedida (véase `FORMAS`)."""
        orden = ["openssl", "pkcs8", "-topk8", "-outform", "DER", *FORMAS[forma], "-passout", "env:CLAVE"]
        abierta = self.llave.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return subprocess.run(
            orden, input=abierta, env={"CLAVE": self.clave}, capture_output=True, check=True
        ).stdout

    def firmar(self, datos: bytes) -> bytes:
        """Lo que haría el navegador: RSA PKCS#1 v1.5 con SHA-256."""
        return self.llave.sign(datos, padding.PKCS1v15(), hashes.SHA256())


@dataclass(frozen=True)
class Persona:
    """Alguien ficticio, con RFC y CURP que no pertenecen a nadie."""

    nombre: str
    rfc: str
    curp: str


AMALIA = Persona("AMALIA ÑÁÑEZ GÜERECA", "NAGA800101AA1", "NAGA800101MGTXRM09")
EFRAIN = Persona("EFRAÍN PÉREZ ÍÑIGUEZ", "PEIE790202BB2", "PEIE790202HGTRXF08")
URSULA = Persona("ÚRSULA CASTAÑÓN OLVERA", "CAOU810303CC3", "CAOU810303MGTSLR07")


class Autoridad:
    """Raíz e intermedia propias; emite certificados de personas."""

    def __init__(self, nombre: str) -> None:
        self.nombre = nombre
        self._serie = 0
        self.raiz = self._autoridad(f"Raíz de {nombre}", None)
        self.intermedia = self._autoridad(f"Intermedia de {nombre}", self.raiz)

    @property
    def raices(self) -> list[bytes]:
        return [self.raiz.cer]

    @property
    def intermedios(self) -> list[bytes]:
        return [self.intermedia.cer]

    def persona(self, quien: Persona, **cambios: Any) -> Emitido:
        """La e.firma de alguien; `cambios`: bits, desde, hasta, rfc, curp, usos, unidad."""
        usos = cambios.pop("usos", USOS_DE_EFIRMA)
        return self._emitir(self._sujeto(quien, cambios), self.intermedia, usos=usos, **cambios)

    def sello_digital(self, quien: Persona) -> Emitido:
        """Un CSD: el certificado de facturar, con su sucursal y sin más usos que firmar."""
        return self.persona(quien, usos=("digital_signature", "content_commitment"), unidad="SUCURSAL 1")

    def organo(self, nombre: str) -> Emitido:
        """El certificado con que un órgano sella."""
        sujeto = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, nombre)])
        return self._emitir(sujeto, self.intermedia, usos=("digital_signature", "content_commitment"))

    def de_estampas(self) -> Emitido:
        """El certificado de un servicio de estampas de tiempo."""
        sujeto = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Estampas de prueba")])
        usos = ("digital_signature",)
        return self._emitir(sujeto, self.raiz, usos=usos, propositos=(Proposito.TIME_STAMPING,))

    def _sujeto(self, quien: Persona, cambios: dict[str, Any]) -> x509.Name:
        partes = [
            (NameOID.COMMON_NAME, quien.nombre),
            (NOMBRE_LARGO, quien.nombre),
            (NameOID.ORGANIZATION_NAME, quien.nombre),
            (NameOID.COUNTRY_NAME, "MX"),
            (NameOID.X500_UNIQUE_IDENTIFIER, cambios.pop("rfc", quien.rfc)),
            (NameOID.SERIAL_NUMBER, cambios.pop("curp", quien.curp)),
            (NameOID.ORGANIZATIONAL_UNIT_NAME, cambios.pop("unidad", "")),
        ]
        return x509.Name([x509.NameAttribute(oid, valor) for oid, valor in partes if valor])

    def _autoridad(self, nombre: str, emisora: Emitido | None) -> Emitido:
        sujeto = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, nombre)])
        return self._emitir(sujeto, emisora, usos=("key_cert_sign", "crl_sign"), autoridad=True)

    def _emitir(
        self,
        sujeto: x509.Name,
        emisora: Emitido | None,
        *,
        usos: tuple[str, ...],
        autoridad: bool = False,
        propositos: tuple[ObjectIdentifier, ...] = (Proposito.EMAIL_PROTECTION, Proposito.CLIENT_AUTH),
        bits: int = 2048,
        desde: dt.datetime = DESDE,
        hasta: dt.datetime = HASTA,
    ) -> Emitido:
        llave = rsa.generate_private_key(65537, bits)
        self._serie += 1
        armado = (
            x509.CertificateBuilder()
            .subject_name(sujeto)
            .issuer_name(emisora.certificado.subject if emisora else sujeto)
            .public_key(llave.public_key())
            .serial_number(int.from_bytes(f"{self._serie:020d}".encode()))
            .not_valid_before(desde)
            .not_valid_after(hasta)
            .add_extension(x509.BasicConstraints(ca=autoridad, path_length=None), critical=True)
            .add_extension(_usos(usos), critical=True)
        )
        if not autoridad:
            estampas = Proposito.TIME_STAMPING in propositos
            armado = armado.add_extension(x509.ExtendedKeyUsage(propositos), critical=estampas)
        firmante = emisora.llave if emisora else llave
        return Emitido(armado.sign(firmante, hashes.SHA256()), llave)


def _usos(presentes: tuple[str, ...]) -> x509.KeyUsage:
    todos = (
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
    return x509.KeyUsage(**{uso: uso in presentes for uso in todos})
