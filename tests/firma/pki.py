"""La autoridad de ensayo del portal, más lo que solo una prueba necesita: defectos y formas raras.

Todas las personas son ficticias.
"""

import datetime as dt
import subprocess
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from stl_portal.firma import ensayo

CLAVE = "contraseña-de-prueba 1"
AHORA = dt.datetime.now(dt.UTC).replace(microsecond=0)
UN_DIA = dt.timedelta(days=1)
PARA_FIRMAR = ("digital_signature", "content_commitment")
# Las tres formas en que una llave de e.firma puede venir cifrada, con su opción de `openssl pkcs8`.
FORMAS = {
    "PBES2-AES256": ("-v2", "aes-256-cbc"),
    "PBES2-3DES": ("-v2", "des3"),
    "PBES1-SHA1-3DES": ("-v1", "PBE-SHA1-3DES"),
}


class Emitido(ensayo.Emitido):
    """Un certificado y su llave, que sabe hacer lo que haría el navegador."""

    def key(self, forma: str = "PBES2-AES256") -> bytes:
        """El `.key`: PKCS#8 cifrado, en DER, con la forma pedida (véase `FORMAS`) y la contraseña `CLAVE`."""
        orden = ["openssl", "pkcs8", "-topk8", "-outform", "DER", *FORMAS[forma], "-passout", "env:CLAVE"]
        abierta = self.llave.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        entorno = {"CLAVE": CLAVE}
        return subprocess.run(orden, input=abierta, env=entorno, capture_output=True, check=True).stdout

    def firmar(self, datos: bytes) -> bytes:
        """RSA PKCS#1 v1.5 con SHA-256."""
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


class Autoridad(ensayo.Autoridad):
    """Raíz e intermedia propias; emite certificados buenos y defectuosos."""

    @property
    def raices(self) -> list[bytes]:
        """Lo que el órgano registra como raíz."""
        return [self.raiz.cer]

    @property
    def intermedios(self) -> list[bytes]:
        """Lo que ayuda a llegar a la raíz."""
        return [self.intermedia.cer]

    def emitir(self, *args: Any, **cambios: Any) -> Emitido:
        """El de ensayo, con llave que firma."""
        emitido = super().emitir(*args, **cambios)
        return Emitido(emitido.certificado, emitido.llave)

    def persona(self, quien: Persona, **cambios: Any) -> Emitido:
        """La e.firma de alguien; `cambios`: rfc, curp, unidad, usos, bits, desde, hasta."""
        identidad = {"rfc": quien.rfc, "curp": quien.curp}
        emitido = self.efirma(quien.nombre, **(identidad | cambios))
        return Emitido(emitido.certificado, emitido.llave)

    def sello_digital(self, quien: Persona) -> Emitido:
        """Un CSD: el certificado de facturar, con su sucursal y sin más usos que firmar."""
        return self.persona(quien, usos=PARA_FIRMAR, unidad="SUCURSAL 1")

    def organo(self, nombre: str) -> Emitido:
        """El certificado con que un órgano sella."""
        return self.emitir(_nombre(nombre), self.intermedia, usos=PARA_FIRMAR)

    def de_estampas(self, **cambios: Any) -> Emitido:
        """El certificado de un servicio de estampas de tiempo."""
        propositos = (ExtendedKeyUsageOID.TIME_STAMPING,)
        usos = ("digital_signature",)
        nombre = _nombre("Estampas de prueba")
        return self.emitir(nombre, self.raiz, usos=usos, propositos=propositos, **cambios)


def _nombre(nombre: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, nombre)])
