"""El sello del órgano: la firma con que el portal cierra un documento al publicarlo.

En producción es un certificado propio del órgano en PKCS#12 (`SELLO_PKCS12` y `SELLO_CLAVE`). En la
demostración se genera uno en `VAR`, que dice a la vista que no vale fuera de ella.
"""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from secrets import token_hex

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings

from stl_portal.documentos.campos import CAMPO_DEL_SELLO
from stl_portal.firma import errores, pades
from stl_portal.firma.certificados import Certificado, Confianza, leer
from stl_portal.firma.estampa import Estampador

ROTULO = "Sello electrónico"
NOMBRE_DE_DEMOSTRACION = "Sello de demostración, sin validez"
# Cifra un archivo que cualquiera puede volver a generar.
CLAVE_DE_DEMOSTRACION = "demostracion"
VIGENCIA = timedelta(days=3650)


@dataclass(frozen=True)
class Sello:
    """La llave del órgano, lista para sellar, y su cadena de certificados (raíz primero, DER)."""

    llave: rsa.RSAPrivateKey = field(repr=False)
    cadena: tuple[bytes, ...] = field(repr=False)

    @property
    def certificado(self) -> Certificado:
        """El certificado del órgano."""
        return leer(self.cadena[-1])


def del_entorno() -> Sello:
    """El sello configurado; en desarrollo y demostración, uno propio. `SinSello` si no se puede abrir."""
    return abrir(*_configurado())


def cadena_del_entorno() -> tuple[bytes, ...]:
    """La cadena de `del_entorno`, sin su llave; el archivo se descifra una vez mientras no cambie."""
    ruta, clave = _configurado()
    try:
        cambiado = ruta.stat().st_mtime_ns
    except OSError:
        raise errores.SinSello from None
    return _cadena_de(ruta, clave, cambiado)


@lru_cache(maxsize=2)
def _cadena_de(ruta: Path, clave: str, cambiado: int) -> tuple[bytes, ...]:
    return abrir(ruta, clave).cadena


def _configurado() -> tuple[Path, str]:
    """El PKCS#12 y su clave; el de demostración se hace si falta. `SinSello` si no hay ninguno."""
    if settings.SELLO_PKCS12:
        return Path(settings.SELLO_PKCS12), settings.SELLO_CLAVE
    if settings.PRODUCCION:
        raise errores.SinSello
    ruta = Path(settings.VAR) / "sello-de-demostracion.p12"
    if not ruta.exists():
        _guardar(ruta, _de_demostracion(datetime.now(UTC)))
    return ruta, CLAVE_DE_DEMOSTRACION


def abrir(ruta: Path, clave: str) -> Sello:
    """Lee un PKCS#12. `SinSello` si falta, la clave no es o no trae una llave RSA con su certificado."""
    try:
        contenido = pkcs12.load_pkcs12(ruta.read_bytes(), clave.encode())
    except (OSError, ValueError):
        raise errores.SinSello from None
    if contenido.cert is None or not isinstance(contenido.key, rsa.RSAPrivateKey):
        raise errores.SinSello
    otros = [uno.certificate for uno in contenido.additional_certs]
    return Sello(contenido.key, _cadena(contenido.cert.certificate, otros))


def sellar(
    pdf: bytes,
    sello: Sello,
    *,
    ahora: datetime,
    razon: str,
    lugar: str = "",
    campo: str = CAMPO_DEL_SELLO,
    rotulo: str = ROTULO,
    estampador: Estampador | None = None,
) -> bytes:
    """El PDF con el sello del órgano en su espacio o, con `campo`, en el de quien da constancia.

    `CampoInexistente` o `CampoFirmado` si el documento no tiene su espacio libre. Un servicio de estampas
    caído no lo impide: se sella sin estampa.
    """
    preparacion = pades.preparar(
        pdf,
        campo,
        Confianza(sello.certificado, sello.cadena),
        ahora=ahora,
        razon=razon,
        lugar=lugar,
        rotulo=rotulo,
        con_estampa=estampador is not None,
    )
    firma = sello.llave.sign(preparacion.atributos, padding.PKCS1v15(), hashes.SHA256())
    return pades.terminar(pdf, preparacion, firma, estampador=estampador)


def _cadena(propio: x509.Certificate, otros: list[x509.Certificate]) -> tuple[bytes, ...]:
    """Del más lejano al propio, siguiendo quién emitió a quién; un PKCS#12 los trae en cualquier orden."""
    cadena = [propio]
    por_nombre = {uno.subject: uno for uno in otros}
    while (emisor := por_nombre.pop(cadena[0].issuer, None)) is not None:
        cadena.insert(0, emisor)
    return tuple(uno.public_bytes(serialization.Encoding.DER) for uno in cadena)


def _de_demostracion(desde: datetime) -> bytes:
    """Un PKCS#12 con llave nueva y certificado firmado por ella misma."""
    llave = rsa.generate_private_key(65537, 2048)
    nombre = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NOMBRE_DE_DEMOSTRACION)])
    certificado = (
        x509.CertificateBuilder()
        .subject_name(nombre)
        .issuer_name(nombre)
        .public_key(llave.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(desde - timedelta(days=1))
        .not_valid_after(desde + VIGENCIA)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_solo_firmar(), critical=True)
        .sign(llave, hashes.SHA256())
    )
    cifrado = serialization.BestAvailableEncryption(CLAVE_DE_DEMOSTRACION.encode())
    return pkcs12.serialize_key_and_certificates(b"sello", llave, certificado, None, cifrado)


def _solo_firmar() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _guardar(ruta: Path, contenido: bytes) -> None:
    """Lo deja completo de una vez; si otro proceso llegó antes, vale el suyo."""
    ruta.parent.mkdir(parents=True, exist_ok=True)
    provisional = ruta.with_name(f"{ruta.name}.{token_hex(8)}")
    provisional.touch(mode=0o600)
    provisional.write_bytes(contenido)
    try:
        os.link(provisional, ruta)
    except FileExistsError:
        pass
    finally:
        provisional.unlink()
