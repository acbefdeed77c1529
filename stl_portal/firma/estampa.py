"""Estampas de tiempo (RFC 3161): alguien ajeno al portal dice cuándo existía la firma.

Son optativas y nunca detienen una firma. La autoridad tiene `TSA_ESPERA` segundos en total; si no contesta
se firma sin estampa, queda dicho en la firma y no se le vuelve a pedir en un minuto: mientras se espera,
el acta está apartada para quien firma. Lo que contesta se comprueba antes de ponerlo.
"""

import hashlib
import logging
from datetime import UTC, datetime
from enum import StrEnum
from queue import Empty, SimpleQueue
from threading import Thread

from asn1crypto import cms
from django.conf import settings
from django.core.cache import cache
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data

from stl_portal.firma.certificados import contexto
from stl_portal.firma.espera import esperar

bitacora = logging.getLogger(__name__)
PAUSA = 60  # segundos sin pedirle nada a una autoridad que no contestó


class Estampada(StrEnum):
    """Cómo le fue a la firma con su estampa; se guarda con ella y se lee tal cual."""

    PUESTA = "con estampa de tiempo"
    SIN_RESPUESTA = "sin estampa de tiempo: la autoridad no respondió"
    NO_VALE = "sin estampa de tiempo: la autoridad no dio una que valga"
    NO_CUPO = "sin estampa de tiempo: la que dio la autoridad no cabe en el documento"


class SinRespuesta(Exception):
    """La autoridad está caída, tarda o contesta con un error de HTTP."""


class EstampaInvalida(ValueError):
    """La estampa no es de esta firma, su firma no cuadra o su certificado no está vigente."""


class YaDada(TimeStamper):
    """Le entrega a pyHanko la estampa que ya se pidió y comprobó."""

    def __init__(self, estampa: cms.ContentInfo) -> None:
        """Recibe la estampa."""
        super().__init__()  # type: ignore[no-untyped-call]
        self.estampa = estampa

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """La única que hay."""
        return self.estampa


class Estampador:
    """Una autoridad de estampas para una sola firma; `dicho` cuenta cómo fue (vacío si no se pidió)."""

    def __init__(self, direccion: str) -> None:
        """Recibe la dirección del servicio."""
        self.direccion = direccion
        self.dicho = ""
        self._dada: YaDada | None = None

    def estampar(self, firma: bytes) -> YaDada | None:
        """La estampa de esa firma, o ninguna. Se pide una vez: repetirlo devuelve lo mismo."""
        if not self.dicho:
            self._dada, self.dicho = self._pedir(firma)
            if self._dada is None:
                bitacora.warning("Se firma %s.", self.dicho)
        return self._dada

    def no_cupo(self) -> None:
        """El espacio que el documento reservó no alcanza para ella."""
        self._dada, self.dicho = None, Estampada.NO_CUPO

    def _pedir(self, firma: bytes) -> tuple[YaDada | None, Estampada]:
        pausa = f"tsa-en-pausa:{hashlib.sha256(self.direccion.encode()).hexdigest()}"
        if cache.get(pausa):
            return None, Estampada.SIN_RESPUESTA
        try:
            estampa = _a_tiempo(self.direccion, hashlib.sha256(firma).digest())
            esperar(_comprobar(estampa, firma))
        except SinRespuesta as motivo:
            bitacora.warning("La autoridad de estampas no respondió: %s", motivo)
            cache.set(pausa, True, timeout=PAUSA)
            return None, Estampada.SIN_RESPUESTA
        except Exception as motivo:  # lo que contesta un servicio ajeno puede fallar de cualquier manera
            bitacora.warning("La autoridad de estampas contestó mal: %s", motivo)
            return None, Estampada.NO_VALE
        return YaDada(estampa), Estampada.PUESTA


def estampador() -> Estampador | None:
    """El servicio configurado en `TSA_URL`, para una firma; o ninguno."""
    return Estampador(settings.TSA_URL) if settings.TSA_URL else None


def _a_tiempo(direccion: str, resumen: bytes) -> cms.ContentInfo:
    """Lo que conteste antes de `TSA_ESPERA` segundos en total; después, `SinRespuesta`.

    Va en un hilo que no se espera: ni resolver un nombre ni cerrar la conexión detienen a quien firma.
    """
    respuesta: SimpleQueue[cms.ContentInfo | Exception] = SimpleQueue()
    servicio = HTTPTimeStamper(direccion, timeout=settings.TSA_ESPERA)

    def pedir() -> None:
        try:
            respuesta.put(esperar(servicio.async_timestamp(resumen, "sha256")))
        except Exception as motivo:  # lo atiende quien espera, si aún espera
            respuesta.put(motivo)

    Thread(target=pedir, daemon=True).start()
    try:
        dado = respuesta.get(timeout=settings.TSA_ESPERA)
    except Empty:
        raise SinRespuesta(f"tardó más de {settings.TSA_ESPERA} segundos") from None
    # pyHanko dice igual que no hubo respuesta (y por qué) y que hubo una que no sirve (sin causa).
    if isinstance(dado, OSError) and (dado.__cause__ or isinstance(dado, TimeoutError)):
        raise SinRespuesta(str(dado.__cause__ or dado))
    if isinstance(dado, Exception):
        raise dado
    return dado


async def _comprobar(estampa: cms.ContentInfo, firma: bytes) -> None:
    """Que sea de esta firma, esté íntegra y su certificado valga hoy. Lanza `EstampaInvalida`.

    Si la autoridad es de confianza se juzga al leer el PDF, con las raíces de quien lo lee.
    """
    ahora = datetime.now(UTC)
    estado = await validate_tst_signed_data(
        estampa["content"], contexto([], [], ahora), lambda con: hashlib.new(con, firma).digest()
    )
    if not (estado["intact"] and estado["valid"]):
        raise EstampaInvalida("no es de esta firma o está alterada")
    certificado = estado["signing_cert"]
    if not all(
        certificado.not_valid_before <= al <= certificado.not_valid_after
        for al in (ahora, estado["timestamp"])
    ):
        raise EstampaInvalida("su certificado no está vigente")
