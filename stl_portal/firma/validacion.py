"""Qué firmas tiene un PDF y qué vale cada una, leído como lo leería cualquier otro programa."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import SignatureCoverageLevel, async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, TimestampSignatureStatus

from stl_portal.firma.certificados import REVOCACION_NO_CONSULTADA, contexto, leer
from stl_portal.firma.espera import esperar
from stl_portal.firma.lectura import legible


class Cambios(StrEnum):
    """Qué se agregó al archivo después de una firma."""

    NINGUNO = "ninguno"
    FIRMAS = "solo firmas"
    OTROS = "otros"


@dataclass(frozen=True)
class ResultadoFirma:
    """Una firma del PDF.

    `integra`: lo firmado no cambió y la firma es de esa llave. `confiable`: su certificado llega a una
    de las raíces dadas. `cubre_todo`: abarca el archivo completo (solo la última puede). `declarada` es
    la hora que dijo quien preparó la firma; `estampada`, la que dio un tercero, si la hay. `razon` es para
    qué se firmó: si el órgano dio constancia de otra firma, ahí dice de cuál.
    """

    campo: str
    nombre: str
    emisor: str
    numero: str
    huella: str
    integra: bool
    confiable: bool
    cambios: Cambios
    cubre_todo: bool
    declarada: datetime | None
    estampada: datetime | None
    razon: str
    revocacion: str = REVOCACION_NO_CONSULTADA

    @property
    def en_regla(self) -> bool:
        """Íntegra, de una autoridad reconocida y sin más cambios posteriores que otras firmas."""
        return self.integra and self.confiable and self.cambios is not Cambios.OTROS


def validar(
    pdf: bytes, raices: Sequence[bytes], *, intermedios: Sequence[bytes] = ()
) -> list[ResultadoFirma]:
    """Cada firma del PDF en el orden en que se puso; lista vacía si no tiene.

    La confianza se juzga a la hora de la firma (la estampada o, si no hay, la declarada): un certificado
    que venció después no la invalida. Entre las raíces va también la del servicio de estampas.
    `PdfIlegible` si el archivo no se puede leer. El relleno que sigue a cada firma dentro del PDF no lo
    cubre ninguna firma: la identidad byte por byte del archivo la da su huella.
    """
    with legible():
        lector = PdfFileReader(BytesIO(pdf))
        return [_resultado(firma, raices, intermedios) for firma in lector.embedded_regular_signatures]


def _resultado(
    firma: EmbeddedPdfSignature, raices: Sequence[bytes], intermedios: Sequence[bytes]
) -> ResultadoFirma:
    declarada = firma.self_reported_timestamp
    certificado = leer(firma.signer_cert.dump())
    estado = _estado(firma, raices, intermedios, declarada or datetime.now(UTC))
    estampa = estado.timestamp_validity if estado else None
    return ResultadoFirma(
        campo=str(firma.field_name),  # el de pyHanko arrastra consigo el PDF entero
        nombre=certificado.nombre,
        emisor=certificado.emisor,
        numero=certificado.numero,
        huella=certificado.huella,
        integra=bool(estado and estado.intact and estado.valid),
        confiable=bool(estado and estado.trusted),
        cambios=_cambios(estado),
        cubre_todo=bool(estado and estado.coverage == SignatureCoverageLevel.ENTIRE_FILE),
        declarada=declarada,
        estampada=_hora_probada(estampa),
        razon=str(firma.sig_object.get("/Reason", "")),
    )


def _hora_probada(estampa: TimestampSignatureStatus | None) -> datetime | None:
    """La hora de la estampa, solo si está íntegra y la dio una autoridad reconocida."""
    buena = estampa and estampa.intact and estampa.valid and estampa.trusted
    return estampa.timestamp if estampa and buena else None


def _estado(
    firma: EmbeddedPdfSignature, raices: Sequence[bytes], intermedios: Sequence[bytes], al: datetime
) -> PdfSignatureStatus | None:
    """Lo que pyHanko dice de la firma; nada si ni siquiera tiene la forma de una."""
    reglas = contexto(raices, intermedios, al)
    try:
        return esperar(async_validate_pdf_signature(firma, reglas))
    except SignatureValidationError:
        return None


def _cambios(estado: PdfSignatureStatus | None) -> Cambios:
    nivel = estado.modification_level if estado else ModificationLevel.OTHER
    if nivel == ModificationLevel.NONE:
        return Cambios.NINGUNO
    if nivel in (ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING):
        return Cambios.FIRMAS
    return Cambios.OTROS
