"""Estampas de tiempo (RFC 3161): alguien ajeno al portal dice cuándo existía la firma.

Son optativas y nunca detienen una firma: si el servicio está caído, tarda o contesta mal, se firma sin
estampa y queda en la bitácora del servidor.
"""

import logging

from asn1crypto import cms
from django.conf import settings
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper

bitacora = logging.getLogger(__name__)
ESPERA = 5  # segundos; mientras tanto el acta está apartada para quien firma


def estampador() -> TimeStamper | None:
    """El servicio de estampas configurado en `TSA_URL`, o ninguno."""
    return HTTPTimeStamper(settings.TSA_URL, timeout=ESPERA) if settings.TSA_URL else None


async def firmar_con_estampa(
    firmante: Signer, atributos: cms.CMSAttributes, servicio: TimeStamper | None
) -> cms.ContentInfo:
    """El sobre CMS con la firma y, si se pudo, su estampa de tiempo."""
    if servicio is not None:
        try:
            return await firmante.async_sign_prescribed_attributes("sha256", atributos, timestamper=servicio)
        except Exception as motivo:  # un servicio ajeno puede fallar de cualquier manera
            bitacora.warning("El servicio de estampas de tiempo falló (%s); se firma sin ella.", motivo)
    return await firmante.async_sign_prescribed_attributes("sha256", atributos)
