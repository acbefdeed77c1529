"""Poner mensajes en la fila y enviarlos: primero constan, luego salen, y si fallan se reintenta.

`encolar` escribe los renglones dentro de la transacción de quien llama: si el acto se deshace, no
hay mensaje. El envío ocurre después de confirmar; el correo que no salga queda en la fila con su
error y lo retoma `manage.py enviar_avisos`.
"""

import datetime as dt
import logging
from collections.abc import Iterable
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.mime.nonmultipart import MIMENonMultipart
from functools import partial
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from . import bajas, destino, preferencias, presentacion
from .clases import CLASES, Clase
from .mensaje import Anexado as Anexado
from .mensaje import Mensaje
from .mensajes import RESUMEN
from .models import ATENDIDOS, Adjunto, Aviso, EstadoAviso

registro = logging.getLogger(__name__)
INTENTOS = 6
LLEVABA_LLAVE = "(Llevaba una liga de un solo uso: su texto no se conserva.)"
APARTADO = dt.timedelta(minutes=5)  # lo que puede tardar un servidor de correo en contestar
ESPERA = dt.timedelta(minutes=5)  # se duplica en cada intento: 5, 10, 20, 40 y 80 minutos
LO_MAS = ESPERA * 2 ** (INTENTOS - 2)


def liga(ruta: str) -> str:
    """Dirección completa de una página del portal, para quien la lee fuera de él."""
    return urljoin(settings.SITIO, ruta)


def dominio() -> str:
    """Nombre del sitio, para los identificadores que viajan en los mensajes."""
    return urlsplit(settings.SITIO).hostname or "localhost"


def encolar(clase: Clase, motivo: str, mensajes: Iterable[Mensaje]) -> list[Aviso]:
    """Guarda los mensajes; salen al confirmarse la transacción (`AVISOS_AL_MOMENTO`) o los toma la orden.

    A quien ya se le avisó por ese motivo no se le repite. Devuelve los renglones nuevos. Lanza `LookupError`
    si la clase no está apuntada: nadie podría verla en `/gestion/avisos/` ni elegir cómo la recibe.
    """
    if CLASES.get(clase.clave) is not clase:
        raise LookupError(f"La clase de mensaje «{clase.clave}» no está apuntada.")
    por_correo: dict[str, Mensaje] = {}
    for mensaje in mensajes:
        por_correo.setdefault(mensaje.para.lower(), mensaje)
    with transaction.atomic():
        nuevos = _guardar(clase.clave, motivo, por_correo)
        _enviar_al_confirmar(nuevos)
    return nuevos


def _enviar_al_confirmar(avisos: Iterable[Aviso]) -> None:
    """Un acto ya confirmado no se vuelve error por un correo roto: por eso `robust`."""
    if settings.AVISOS_AL_MOMENTO:
        transaction.on_commit(partial(enviar, [aviso.pk for aviso in avisos]), robust=True)


def _guardar(
    clase: str, motivo: str, por_correo: dict[str, Mensaje], *, reintento: bool = False
) -> list[Aviso]:
    """Los renglones de quienes no tenían aviso por ese motivo, con sus adjuntos, en consultas fijas."""
    ya = set(Aviso.objects.filter(motivo=motivo).values_list("para", flat=True))
    faltan = {para: mensaje for para, mensaje in por_correo.items() if para not in ya}
    nuevos = [_renglon(clase, motivo, para, mensaje) for para, mensaje in faltan.items()]
    try:
        with transaction.atomic():
            Aviso.objects.bulk_create(nuevos)
    except IntegrityError:
        if reintento:
            raise
        return _guardar(clase, motivo, por_correo, reintento=True)  # alguien avisaba de lo mismo a la vez
    Adjunto.objects.bulk_create(
        Adjunto(aviso=aviso, nombre=a.nombre, tipo=a.tipo, contenido=a.contenido)
        for aviso in nuevos
        for a in faltan[aviso.para].anexados
    )
    return nuevos


def _renglon(clase: str, motivo: str, para: str, mensaje: Mensaje) -> Aviso:
    """El aviso por guardar; el asunto, en una sola línea para que no pueda añadir cabeceras."""
    asunto = " ".join(mensaje.asunto.split())[:200]
    return Aviso(
        clase=clase,
        motivo=motivo,
        para=para,
        asunto=asunto,
        cuerpo=mensaje.cuerpo,
        nombre=mensaje.nombre,
    )


def enviar(ids: Iterable[int] | None = None) -> tuple[int, int]:
    """Envía los pendientes a los que ya les toca (o solo esos `ids`). Devuelve enviados y fallidos.

    Pueden correr varios a la vez: cada renglón lo toma uno solo.
    """
    pendientes = Aviso.objects.filter(_ya_le_toca(timezone.now()))
    if ids is not None:
        pendientes = pendientes.filter(pk__in=list(ids))
    claves = list(pendientes.values_list("pk", flat=True))
    conexion = get_connection()
    resultados = [_en_su_turno(pk, conexion) for pk in claves]
    return resultados.count(True), resultados.count(False)


def _ya_le_toca(ahora: dt.datetime) -> Q:
    """Los que pueden salir. Ninguno espera más que el último reintento: si eso dice, corrigieron el reloj."""
    a_su_hora = Q(no_antes_de__lte=ahora) | Q(no_antes_de__gt=ahora + LO_MAS)
    return Q(estado=EstadoAviso.PENDIENTE) & a_su_hora


def _en_su_turno(pk: int, conexion: BaseEmailBackend) -> bool | None:
    """Si salió; None si no le tocaba. Lo que falle al decidirlo queda anotado y no detiene a los demás."""
    try:
        aviso = _apartar(pk)
    except Exception as error:
        registro.exception("No se pudo decidir qué hacer con el aviso %s.", pk)
        _anotar_falla(Aviso.objects.get(pk=pk), error)
        return False
    return _enviar_uno(aviso, conexion) if aviso else None


def _apartar(pk: int) -> Aviso | None:
    """Toma el renglón si nadie lo tiene: una sola orden UPDATE decide quién lo envía.

    Solo lo devuelve si debe salir ya (`destino.de`): el de quien dejó de seguir el tema se borra, y el que
    espera un resumen, se apagó o va a un correo que rebota queda así.
    """
    ahora = timezone.now()
    libre = Aviso.objects.filter(_ya_le_toca(ahora), pk=pk)
    if not libre.update(intentos=F("intentos") + 1, no_antes_de=ahora + APARTADO):
        return None
    aviso = Aviso.objects.prefetch_related("adjuntos").filter(pk=pk).first()
    return aviso if aviso and _sale_ya(aviso) else None


def _sale_ya(aviso: Aviso) -> bool:
    """Lo decide `destino.de`; si no sale, aquí queda anotado en qué quedó."""
    queda = destino.de(aviso)
    if queda == destino.DEJO_DE_SEGUIR:
        aviso.delete()
    elif queda != EstadoAviso.PENDIENTE:
        error = destino.NO_SIRVE if queda == EstadoAviso.REBOTA else ""
        _anotar(aviso, estado=queda, error=error, intentos=0)
    return queda == EstadoAviso.PENDIENTE


def _enviar_uno(aviso: Aviso, conexion: BaseEmailBackend) -> bool:
    """Lo envía y anota cómo le fue."""
    try:
        correo_de(aviso, conexion).send()
    except Exception as error:  # un mensaje malo no detiene a los que siguen; queda anotado
        registro.warning("El aviso %s no salió: %s", aviso.pk, type(error).__name__)
        _anotar_falla(aviso, error)
        return False
    _anotar(aviso, estado=EstadoAviso.ENVIADO, enviado_el=timezone.now(), error="", **_sin_llave(aviso))
    return True


def _sin_llave(aviso: Aviso) -> dict[str, str]:
    """El texto que llevaba una llave de un solo uso no se guarda; en la demostración se queda a la vista."""
    clase = CLASES.get(aviso.clase)
    return {"cuerpo": LLEVABA_LLAVE} if clase and clase.efimera and not settings.DEMO else {}


def _anotar(aviso: Aviso, **como_le_fue: Any) -> None:
    """Lo escribe si el renglón sigue ahí: quien se da de baja borra los suyos aunque estén saliendo."""
    Aviso.objects.filter(pk=aviso.pk).update(**como_le_fue)


def _anotar_falla(aviso: Aviso, error: Exception) -> None:
    """Guarda el error y cuándo volver a intentarlo; tras el último intento espera a una persona.

    Lo que juntaba un resumen que ya no saldrá vuelve a la fila: espera el del día siguiente.
    """
    varado = aviso.intentos >= INTENTOS
    _anotar(
        aviso,
        error=f"{type(error).__name__}: {error}"[:1000],
        no_antes_de=timezone.now() + ESPERA * 2 ** (aviso.intentos - 1),
        estado=EstadoAviso.FALLIDO if varado else EstadoAviso.PENDIENTE,
    )
    if varado:
        juntados = Aviso.objects.filter(resumen=aviso.pk, estado=EstadoAviso.RESUMIDO)
        juntados.update(estado=EstadoAviso.PENDIENTE, intentos=0, no_antes_de=timezone.now())


def que_fallaron(avisos: QuerySet[Aviso]) -> QuerySet[Aviso]:
    """Los que se pueden volver a enviar: con error, sin salir y con su texto todavía guardado."""
    return avisos.exclude(estado__in=ATENDIDOS).exclude(error="").exclude(cuerpo=LLEVABA_LLAVE)


def sin_texto(avisos: QuerySet[Aviso]) -> int:
    """Cuántos no llegaron y no se repiten: llevaban una liga de un solo uso y su texto ya no está."""
    return avisos.exclude(estado__in=ATENDIDOS).filter(cuerpo=LLEVABA_LLAVE).count()


def reintentar(avisos: QuerySet[Aviso]) -> int:
    """Devuelve a la fila, para ya, los que tuvieron error y no han salido. Devuelve cuántos.

    El resumen que no salió se borra: lo que juntaba ya volvió a la fila y saldrá en otro.
    """
    filas = list(que_fallaron(avisos))
    claves = [aviso.pk for aviso in filas]
    Aviso.objects.filter(pk__in=claves, clase=RESUMEN.clave, estado=EstadoAviso.FALLIDO).delete()
    Aviso.objects.filter(pk__in=claves).exclude(estado__in=ATENDIDOS).update(
        estado=EstadoAviso.PENDIENTE, intentos=0, no_antes_de=timezone.now()
    )
    _enviar_al_confirmar(filas)
    return len(filas)


def correo_de(aviso: Aviso, conexion: BaseEmailBackend | None = None) -> EmailMessage:
    """El correo tal como sale; el mismo aviso lleva siempre el mismo Message-ID.

    Así, si un corte hizo que saliera dos veces, el buzón de la persona puede reconocer el repetido.
    """
    texto = texto_de(aviso)
    correo = EmailMultiAlternatives(
        aviso.asunto,
        texto,
        settings.DEFAULT_FROM_EMAIL,
        [aviso.para],
        connection=conexion,
        headers={"Message-ID": f"<aviso-{aviso.pk}-{ficha(aviso)}@{dominio()}>", **_de_baja(aviso)},
    )
    correo.attach_alternative(presentacion.html(aviso.asunto, texto, aviso.clase), "text/html")
    for adjunto in aviso.adjuntos.all():
        correo.attach(_parte(adjunto))
    return correo


def ficha(aviso: Aviso) -> str:
    """Lo que su Message-ID lleva y solo sabe quien lo recibió: prueba que un rebote habla de ese mensaje."""
    de_quien = f"{aviso.pk}:{aviso.para.lower()}"
    return salted_hmac("avisos.message-id", de_quien, algorithm="sha256").hexdigest()[:32]


def texto_de(aviso: Aviso) -> str:
    """Lo que dice el correo: su cuerpo y, si se puede elegir cómo recibirlo, dónde."""
    return aviso.cuerpo + _como_elegir(aviso)


def _como_elegir(aviso: Aviso) -> str:
    """Dónde se cambia lo que se recibe, a quien tiene cuenta y puede elegirlo."""
    clase = CLASES.get(aviso.clase)
    if clase is None or not clase.se_elige or not preferencias.cuentas_de(aviso.para):
        return ""
    return f"\n\n—\nElige cómo recibes estos correos: {liga(reverse('mis_avisos'))}\n"


def _de_baja(aviso: Aviso) -> dict[str, str]:
    """Lo que hace aparecer «Cancelar suscripción» en el programa de correo (RFC 2369 y 8058)."""
    ruta = bajas.ruta_del_aviso(aviso)
    if ruta is None:
        return {}
    return {"List-Unsubscribe": f"<{liga(ruta)}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _parte(adjunto: Adjunto) -> MIMEBase:
    """La parte MIME con los parámetros de su tipo, que los calendarios necesitan (RFC 6047 §2.4)."""
    tipo, *parametros = (trozo.strip() for trozo in adjunto.tipo.split(";"))
    grupo, _, clase = tipo.partition("/")
    parte = MIMENonMultipart(grupo, clase)
    for nombre, _, valor in (p.partition("=") for p in parametros):
        parte.set_param(nombre, valor)
    parte.set_payload(bytes(adjunto.contenido))
    encode_base64(parte)  # sin tocar los finales de línea: el calendario exige CRLF
    parte.add_header("Content-Disposition", "attachment", filename=adjunto.nombre)
    return parte
