"""El certificado de una persona: quién es, desde cuándo vale, quién lo emitió y si puede firmar.

Los campos del sujeto son los de la e.firma (SAT): RFC en `x500UniqueIdentifier`, CURP en
`serialNumber`; en una persona moral cada uno trae además, tras « / », el de quien la representa.
RFC y CURP solo se comparan: no se muestran, no se publican y no aparecen en `repr`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from asn1crypto import x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from stl_portal.firma import errores
from stl_portal.firma.espera import esperar

BITS = 2048
TAMANO_MAXIMO = 20_000  # bytes; un certificado de e.firma mide menos de 2 000
PARA_FIRMAR = frozenset({"digital_signature", "non_repudiation"})
# La e.firma también los trae; el sello digital (CSD) solo firma facturas.
SOLO_EFIRMA = frozenset({"data_encipherment", "key_agreement"})
RFC = re.compile(r"[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}")
CURP = re.compile(r"[A-Z]{4}\d{6}[A-Z0-9]{8}")
LARGO_PERSONA_FISICA = 13
REVOCACION_NO_CONSULTADA = "no consultada"


@dataclass(frozen=True)
class Certificado:
    """Un certificado leído; `numero` es su serie como la escribe quien lo emitió y `huella` su SHA-256."""

    der: bytes = field(repr=False)
    nombre: str
    emisor: str
    numero: str
    desde: datetime
    hasta: datetime
    huella: str
    bits: int
    usos: frozenset[str]
    de_autoridad: bool
    unidad: str
    rfc: str = field(repr=False)
    curp: str = field(repr=False)


@dataclass(frozen=True)
class Confianza:
    """Un certificado que se puede usar: su cadena (raíz primero, DER) y si se consultó su revocación."""

    certificado: Certificado
    cadena: tuple[bytes, ...] = field(repr=False)
    revocacion: str = REVOCACION_NO_CONSULTADA

    @property
    def intermedios(self) -> tuple[bytes, ...]:
        """Los certificados entre la raíz y la persona."""
        return self.cadena[1:-1]


def leer(der: bytes) -> Certificado:
    """Lee un `.cer` (DER). `CertificadoIlegible` si no lo es."""
    if not der or len(der) > TAMANO_MAXIMO:
        raise errores.CertificadoIlegible
    try:
        return _leido(der, x509.Certificate.load(der, strict=True))
    except (ValueError, TypeError, KeyError, OverflowError) as motivo:
        raise errores.CertificadoIlegible from motivo


def comprobar(
    certificado: Certificado,
    *,
    al: datetime,
    raices: Sequence[bytes],
    intermedios: Sequence[bytes] = (),
    rfc: str = "",
    curp: str = "",
) -> Confianza:
    """Comprueba que con este certificado puede firmar esa persona en ese instante.

    `raices` e `intermedios` son los certificados (DER) de las autoridades que el órgano reconoce;
    `rfc` y `curp`, los de quien debe firmar. Lanza el `FirmaRechazada` que corresponda al primer
    defecto. La lista de revocados no se consulta: no todas las autoridades la abren, y se dice.
    """
    _revisar_tipo(certificado)
    _revisar_vigencia(certificado, al)
    cadena = _cadena(certificado, al, raices, intermedios)
    _revisar_identidad(certificado, rfc, curp)
    return Confianza(certificado, cadena)


def _leido(der: bytes, origen: x509.Certificate) -> Certificado:
    sujeto: dict[str, Any] = origen.subject.native
    llave = origen.public_key
    return Certificado(
        der=der,
        nombre=_texto(sujeto, "name") or _texto(sujeto, "common_name"),
        emisor=_texto(origen.issuer.native, "common_name")
        or _texto(origen.issuer.native, "organization_name"),
        numero=_numero(origen.serial_number),
        desde=origen.not_valid_before,
        hasta=origen.not_valid_after,
        huella=origen.sha256.hex(),
        bits=llave.bit_size if llave.algorithm == "rsa" else 0,
        usos=frozenset(origen.key_usage_value.native if origen.key_usage_value else ()),
        de_autoridad=bool(origen.ca),
        unidad=_texto(sujeto, "organizational_unit_name"),
        rfc=_primero(RFC, _texto(sujeto, "unique_identifier")),
        curp=_primero(CURP, _texto(sujeto, "serial_number")),
    )


def _texto(nombre: dict[str, Any], clave: str) -> str:
    """El valor de esa parte del nombre; si está repetida, el último."""
    valor = nombre.get(clave, "")
    return str(valor[-1] if isinstance(valor, list) else valor).strip()


def _primero(forma: re.Pattern[str], valor: str) -> str:
    """Lo que va antes de « / » si tiene la forma esperada."""
    propio = valor.split("/")[0].strip().upper()
    return propio if forma.fullmatch(propio) else ""


def _numero(serie: int) -> str:
    """La serie; el SAT escribe sus veinte dígitos como texto dentro del número."""
    letras = serie.to_bytes((serie.bit_length() + 7) // 8 or 1)
    return letras.decode() if letras.isdigit() else f"{serie:x}"


def _revisar_tipo(certificado: Certificado) -> None:
    if certificado.unidad and not certificado.usos & SOLO_EFIRMA:
        raise errores.EsSelloDigital
    if certificado.de_autoridad or not certificado.usos >= PARA_FIRMAR:
        raise errores.UsoNoPermitido
    if certificado.rfc and len(certificado.rfc) != LARGO_PERSONA_FISICA:
        raise errores.EsPersonaMoral
    if certificado.bits < BITS:
        raise errores.LlaveDebil


def _revisar_vigencia(certificado: Certificado, al: datetime) -> None:
    if al > certificado.hasta:
        raise errores.CertificadoVencido(certificado.hasta)
    if al < certificado.desde:
        raise errores.CertificadoFuturo(certificado.desde)


def _cadena(
    certificado: Certificado, al: datetime, raices: Sequence[bytes], intermedios: Sequence[bytes]
) -> tuple[bytes, ...]:
    validador = CertificateValidator(
        x509.Certificate.load(certificado.der),
        validation_context=contexto(raices, intermedios, al),
    )
    try:
        camino = esperar(validador.async_validate_usage({"non_repudiation"}))  # type: ignore[no-untyped-call]
    except (PathError, ValidationError):
        # Sin encadenar: la excepción de la biblioteca cita el sujeto, con su RFC y su CURP.
        raise errores.EmisorDesconocido(certificado.emisor) from None
    return tuple(paso.dump() for paso in camino)


def contexto(raices: Sequence[bytes], intermedios: Sequence[bytes], al: datetime) -> ValidationContext:
    """Contra qué y cuándo se valida: solo esas raíces, sin salir a la red."""
    return ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in raices],
        other_certs=[x509.Certificate.load(der) for der in intermedios],
        moment=al,
        allow_fetching=False,
    )


def _revisar_identidad(certificado: Certificado, rfc: str, curp: str) -> None:
    pares = ((certificado.rfc, _llano(rfc)), (certificado.curp, _llano(curp)))
    comparables = [(propio, esperado) for propio, esperado in pares if propio and esperado]
    if not comparables:
        raise errores.SinIdentidad
    if any(propio != esperado for propio, esperado in comparables):
        raise errores.DeOtraPersona


def _llano(valor: str) -> str:
    return "".join(valor.split()).upper()
