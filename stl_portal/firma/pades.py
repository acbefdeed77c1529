"""Firmas PAdES (B-B) dentro del PDF, una tras otra, sin que la llave pase por aquí.

Firmar tiene dos tiempos: `preparar` calcula qué debe firmarse y deja el hueco; el navegador firma esos
bytes (RSA PKCS#1 v1.5 con SHA-256); `terminar` comprueba la firma y la pone en el hueco. Cada firma
se agrega al final del archivo: lo que ya estaba no se toca y las firmas anteriores siguen valiendo.
Una preparación pertenece a un estado del archivo: si alguien más firmó en medio, se hace otra.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

from asn1crypto import cms, x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509 import load_der_x509_certificate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest
from pyhanko.sign.signers.pdf_cms import ExternalSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from stl_portal.documentos.campos import CAMPO_DEL_SELLO
from stl_portal.firma import errores
from stl_portal.firma.apariencia import visible
from stl_portal.firma.certificados import Confianza
from stl_portal.firma.espera import esperar
from stl_portal.firma.estampa import Estampador
from stl_portal.firma.lectura import legible
from stl_portal.firma.preparacion import Preparacion

ROTULO = "Firma electrónica avanzada"
# Cifras hexadecimales que se reservan además de los certificados; la estampa de tiempo trae los suyos.
RESERVA = 4_096
RESERVA_ESTAMPA = 24_576


class SoloAgregar(IncrementalPdfFileWriter):
    """Agrega al PDF sin reescribir sus metadatos.

    Firmar no cambia título, autoría ni normas declaradas: el XMP que se validó al componer queda byte por
    byte. La fecha de la firma va en la firma.
    """

    def _update_meta(self) -> None:
        """Nada que actualizar."""


class FirmaFechada(PdfSigner):
    """La firma de pyHanko con la hora que se le da, no la del reloj al momento de escribir."""

    instante: datetime

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        """La sesión de siempre, puesta a esa hora."""
        sesion = super().init_signing_session(pdf_out, existing_fields_only)
        sesion.system_time = self.instante
        return sesion


def campos(pdf: bytes) -> dict[str, bool]:
    """Los espacios de firma del PDF, en orden, y si ya tienen firma. `PdfIlegible` si no lo es."""
    with legible():
        lector = PdfFileReader(BytesIO(pdf))
        return {nombre: valor is not None for nombre, valor, _ in enumerate_sig_fields(lector)}


def preparar(
    pdf: bytes,
    campo: str,
    confianza: Confianza,
    *,
    ahora: datetime,
    razon: str,
    lugar: str = "",
    rotulo: str = ROTULO,
    con_estampa: bool = False,
) -> Preparacion:
    """Deja listo lo que la persona firmará en su espacio (`campo`), ya con el texto que se verá.

    `razon` es para qué firma («Aprobación del acta…») y `rotulo` encabeza el texto visible;
    `con_estampa` reserva sitio para una estampa de tiempo. `CampoInexistente`, `CampoFirmado`,
    `DocumentoCerrado` o `PdfIlegible` si ahí no se puede firmar.
    """
    revisar_libre(pdf, campo)
    certificado = confianza.certificado
    firma = FirmaFechada(
        _metadatos(campo, razon, lugar, certificado.nombre),
        signer=_firmante(confianza.cadena),
        stamp_style=visible(rotulo, certificado.nombre, ahora),
    )
    firma.instante = ahora
    with legible():
        return esperar(
            _preparar(pdf, campo, firma, confianza.cadena, _reserva(confianza.cadena, con_estampa))
        )


def terminar(
    pdf: bytes, preparacion: Preparacion, firma: bytes, *, estampador: Estampador | None = None
) -> bytes:
    """El PDF con la firma puesta, ya comprobada.

    `PreparacionVencida` si el archivo cambió desde que se preparó; `FirmaAlterada` si la firma no es
    de esa llave sobre esos bytes. Sin estampa también se firma: `estampador.dicho` cuenta por qué.
    """
    abierto = preparacion.sobre(pdf)
    _comprobar_firma(preparacion, firma)
    firmante = _firmante(preparacion.cadena, firma)
    atributos = cms.CMSAttributes.load(preparacion.atributos)
    sobre = _sobre(firmante, atributos, estampador.estampar(firma) if estampador else None)
    if estampador and 2 * len(sobre) > preparacion.cifras:
        estampador.no_cupo()
        sobre = _sobre(firmante, atributos, None)
    hueco = PreparedByteRangeDigest(preparacion.resumen, preparacion.inicio, preparacion.fin)
    salida = BytesIO(abierto)
    hueco.fill_with_cms(salida, sobre)
    firmado = salida.getvalue()
    _comprobar_puesta(firmado, preparacion.campo)
    return firmado


def _sobre(firmante: ExternalSigner, atributos: cms.CMSAttributes, estampa: TimeStamper | None) -> bytes:
    """El CMS con la firma y su estampa, en DER."""
    firmar = firmante.async_sign_prescribed_attributes("sha256", atributos, timestamper=estampa)
    der: bytes = esperar(firmar).dump()
    return der


def revisar_libre(pdf: bytes, campo: str) -> None:
    """`CampoInexistente`, `CampoFirmado` o `DocumentoCerrado` si en ese espacio no se puede firmar."""
    estado = campos(pdf)
    if campo not in estado:
        raise errores.CampoInexistente
    if estado[campo]:
        raise errores.CampoFirmado
    if estado.get(CAMPO_DEL_SELLO):
        raise errores.DocumentoCerrado


def _metadatos(campo: str, razon: str, lugar: str, nombre: str) -> PdfSignatureMetadata:
    """Lo que la firma dice de sí misma en el PDF."""
    return PdfSignatureMetadata(
        field_name=campo,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=nombre,
        reason=razon,
        location=lugar or None,
    )


def _reserva(cadena: Sequence[bytes], con_estampa: bool) -> int:
    """Cifras hexadecimales que puede ocupar la firma: sus certificados, sus atributos y su estampa."""
    return 2 * sum(map(len, cadena)) + RESERVA + (RESERVA_ESTAMPA if con_estampa else 0)


async def _preparar(
    pdf: bytes, campo: str, firma: PdfSigner, cadena: tuple[bytes, ...], cifras: int
) -> Preparacion:
    escritor = SoloAgregar(BytesIO(pdf))
    hueco, _, salida = await firma.async_digest_doc_for_signing(
        escritor, existing_fields_only=True, bytes_reserved=cifras
    )
    atributos = await firma.signer.signed_attrs(hueco.document_digest, "sha256", use_pades=True)
    return Preparacion(
        campo=campo,
        base=sha256(pdf).hexdigest(),
        atributos=atributos.dump(),
        agregado=_contenido(salida)[len(pdf) :],
        resumen=hueco.document_digest,
        inicio=hueco.reserved_region_start,
        fin=hueco.reserved_region_end,
        cadena=cadena,
    )


def _contenido(salida: Any) -> bytes:
    salida.seek(0)
    contenido: bytes = salida.read()
    return contenido


def _firmante(cadena: Sequence[bytes], firma: bytes | None = None) -> ExternalSigner:
    """Quien firma fuera de aquí; la raíz no se incluye: quien valida debe tener la suya."""
    certificados = [x509.Certificate.load(der) for der in cadena]
    intermedios = [uno for uno in certificados[:-1] if uno.subject != uno.issuer]
    return ExternalSigner(
        certificados[-1],
        SimpleCertificateStore.from_certs(intermedios),  # type: ignore[no-untyped-call]
        signature_value=firma or certificados[-1].public_key.byte_size,
    )


def _comprobar_firma(preparacion: Preparacion, firma: bytes) -> None:
    llave = load_der_x509_certificate(preparacion.cadena[-1]).public_key()
    if not isinstance(llave, rsa.RSAPublicKey):
        raise errores.LlaveDebil
    try:
        llave.verify(firma, preparacion.atributos, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        raise errores.FirmaAlterada from None


def _comprobar_puesta(pdf: bytes, campo: str) -> None:
    """Lo que se va a guardar se lee como lo leerá cualquiera: la firma nueva debe estar intacta."""
    with legible():
        lector = PdfFileReader(BytesIO(pdf))
        (puesta,) = (firma for firma in lector.embedded_signatures if firma.field_name == campo)
        atributos = puesta.signer_info["signed_attrs"]
        (resumen,) = (a["values"][0].native for a in atributos if a["type"].native == "message_digest")
        if resumen != puesta.compute_digest():
            raise errores.FirmaAlterada
