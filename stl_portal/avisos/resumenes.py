"""El resumen del día: un solo correo por dirección con lo que su dueña o dueño eligió juntar.

Se corta a la hora `RESUMEN_HORA`: lo escrito antes entra, lo de después espera al día siguiente. Lo juntado y
el resumen se escriben en la misma transacción, y hay un resumen por dirección y por corte: nada se pierde ni
se repite aunque la orden corra dos veces, a la vez o con horas de retraso.
"""

import datetime as dt
import logging
from collections import defaultdict

from django.conf import settings
from django.db import transaction
from django.db.models import Sum, prefetch_related_objects
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone

from stl_portal.espanol import fecha_larga

from . import destino, envio, preferencias
from .mensaje import Anexado, Mensaje
from .mensajes import RESUMEN
from .models import Adjunto, Aviso, EstadoAviso, Modo

registro = logging.getLogger(__name__)
CABEN = 500  # avisos en un resumen; los demás, en el siguiente
PESAN = (
    10_000_000  # bytes de archivos en un resumen: en el correo crecen un tercio y muchos servidores dan 20 MB
)


def corte(ahora: dt.datetime) -> dt.datetime:
    """La última vez que dio la hora del resumen."""
    local = timezone.localtime(ahora)
    hoy = local.replace(hour=settings.RESUMEN_HORA, minute=0, second=0, microsecond=0)
    return hoy if hoy <= local else hoy - dt.timedelta(days=1)


def juntar(ahora: dt.datetime) -> int:
    """Encola los resúmenes que tocan. Devuelve cuántos; repetirlo no repite ninguno.

    El que falla no detiene a los de las demás direcciones: queda en la bitácora y se intenta la próxima vez.
    """
    hasta = corte(ahora)
    esperan = Aviso.objects.filter(estado=EstadoAviso.EN_RESUMEN, creado_el__lt=hasta)
    direcciones = list(esperan.order_by().values_list("para", flat=True).distinct())
    return sum(_intentar(para, hasta) for para in direcciones)


def _intentar(para: str, hasta: dt.datetime) -> int:
    try:
        return _juntar_de(para, hasta)
    except Exception:
        registro.exception("No se pudo juntar un resumen; se intenta otra vez en la próxima corrida.")
        return 0


def _juntar_de(para: str, hasta: dt.datetime) -> int:
    """El de una dirección: 1 si salió, 0 si ya había salido o nada quedó por decir."""
    motivo = f"resumen:{hasta:%Y-%m-%d}"
    with transaction.atomic():
        filas = Aviso.objects.select_for_update().filter(
            para=para, estado=EstadoAviso.EN_RESUMEN, creado_el__lt=hasta
        )
        avisos = _que_caben(_que_se_quieren(list(filas.order_by("pk")[:CABEN])))
        if not avisos:
            return 0
        nuevos = envio.encolar(RESUMEN, motivo, [_mensaje(para, avisos, hasta)])
        if not nuevos:  # el de este corte ya salió: esperan al siguiente
            return 0
        claves = [aviso.pk for aviso in avisos]
        Aviso.objects.filter(pk__in=claves).update(estado=EstadoAviso.RESUMIDO, resumen=nuevos[0])
    return 1


def _que_se_quieren(avisos: list[Aviso]) -> list[Aviso]:
    """Sin los que entretanto se apagaron, que así quedan; los de un correo que rebota esperan ahí mismo."""
    if avisos and destino.rebota(avisos[0].para):
        return []
    por_clase: dict[str, list[Aviso]] = defaultdict(list)
    for aviso in avisos:
        por_clase[aviso.clase].append(aviso)
    apagadas = {c for c, suyos in por_clase.items() if preferencias.modo_de(c, suyos[0].para) == Modo.NO}
    apagados = [aviso.pk for aviso in avisos if aviso.clase in apagadas]
    if apagados:
        Aviso.objects.filter(pk__in=apagados).update(estado=EstadoAviso.APAGADO)
    return [aviso for aviso in avisos if aviso.clase not in apagadas]


def _que_caben(avisos: list[Aviso]) -> list[Aviso]:
    """Los primeros cuyos archivos caben en un correo, ya con ellos; el primero, siempre."""
    archivos = Adjunto.objects.filter(aviso__in=avisos).order_by()
    por_aviso = archivos.values("aviso").annotate(bytes=Sum(Length("contenido")))
    pesan: dict[int, int] = dict(por_aviso.values_list("aviso", "bytes"))
    caben, van = avisos[:1], pesan.get(avisos[0].pk, 0) if avisos else 0
    for aviso in avisos[1:]:
        van += pesan.get(aviso.pk, 0)
        if van > PESAN:
            break
        caben.append(aviso)
    prefetch_related_objects(caben, "adjuntos")
    return caben


def _mensaje(para: str, avisos: list[Aviso], hasta: dt.datetime) -> Mensaje:
    """Todos, uno tras otro y en el orden en que se escribieron, con sus archivos."""
    cuantos = "1 aviso" if len(avisos) == 1 else f"{len(avisos)} avisos"
    asunto = RESUMEN.titulo(dia=fecha_larga(timezone.localdate(hasta)), cuantos=cuantos)
    cuerpo = RESUMEN.texto({"avisos": avisos, "liga": envio.liga(reverse("mis_avisos"))})
    anexados = [Anexado(a.nombre, a.tipo, bytes(a.contenido)) for av in avisos for a in av.adjuntos.all()]
    return Mensaje(para, asunto, cuerpo, avisos[0].nombre, tuple(anexados))
