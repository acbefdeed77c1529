"""Seguir un tema por correo sin tener cuenta: pedirlo, confirmarlo desde el buzón, recibirlo y dejarlo.

De quien sigue solo se guarda su correo y qué sigue. Sin confirmar no recibe más que el correo para
confirmar, y a los siete días se borra; al darse de baja se borra en el momento, con sus copias.
"""

import datetime as dt
import secrets
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from . import bajas, envio, mensajes
from .clases import Clase
from .mensaje import Anexado, Mensaje
from .models import Aviso, EstadoAviso, Suscripcion
from .registro import Tema, temas

PARA_CONFIRMAR = dt.timedelta(days=7)
PAUSA = dt.timedelta(hours=1)  # entre dos correos de confirmación del mismo tema a la misma dirección
# Correos de confirmación a una misma dirección, de todos los temas: tres por hora y seis por día.
TOPES = ((PAUSA, 3), (dt.timedelta(days=1), 6))
COPIA = dt.timedelta(days=30)  # lo que se conserva lo enviado, para responder si alguien no lo recibió


class Caducada(Exception):
    """La liga para confirmar pasó de su plazo."""


def pedir(correo: str, pedidos: Iterable[Tema], cuando: dt.datetime) -> None:
    """Manda un correo para confirmar lo que se pide y recordar lo que ya se sigue.

    Nada de lo que ocurre aquí se nota afuera: ni si el correo ya seguía algo ni si se calló por ir muy
    seguido. Una sola orden decide a qué temas les toca, así que dos peticiones a la vez mandan un correo.
    """
    correo, por_clave = correo.lower(), {tema.clave: tema for tema in pedidos}
    with transaction.atomic():
        if _ya_son_muchos(correo, cuando):
            return
        suyas = Suscripcion.objects.filter(correo=correo)
        # A quien confirmó después de pedirlo le toca ya, para que tenga a la mano cómo dejarlo.
        ya_toca = Q(pedida_el__lte=cuando - PAUSA) | Q(confirmada_el__gte=F("pedida_el"))
        suyas.filter(ya_toca, tema__in=por_clave).update(pedida_el=cuando)
        nuevas = [
            Suscripcion(correo=correo, tema=clave, clave=secrets.token_urlsafe(32), pedida_el=cuando)
            for clave in por_clave
        ]
        Suscripcion.objects.bulk_create(nuevas, ignore_conflicts=True)
        tocan = list(suyas.filter(pedida_el=cuando))
        if tocan:
            clase, mensaje = _para_confirmar(tocan, por_clave)
            envio.encolar(clase, f"{bajas.PEDIDO}{cuando:%Y%m%d%H%M%S%f}", [mensaje])


def _ya_son_muchos(correo: str, cuando: dt.datetime) -> bool:
    """Nadie puede llenar un buzón ajeno pidiendo a su nombre."""
    suyos = Aviso.objects.filter(para=correo, motivo__startswith=bajas.PEDIDO)
    return any(suyos.filter(creado_el__gt=cuando - lapso).count() >= tope for lapso, tope in TOPES)


def _para_confirmar(filas: list[Suscripcion], por_clave: dict[str, Tema]) -> tuple[Clase, Mensaje]:
    """Lo pedido, con una liga que lo confirma todo, y lo que ya se seguía, con la suya para dejarlo."""
    nuevas = [fila for fila in filas if not fila.confirmada_el]
    contexto = {
        "nuevos": [por_clave[fila.tema] for fila in nuevas],
        "dias": PARA_CONFIRMAR.days,
        "liga": envio.liga(reverse("seguir:confirmar", args=(nuevas[0].clave,))) if nuevas else "",
        "seguidos": [
            (por_clave[fila.tema], envio.liga(bajas.ruta(fila))) for fila in filas if fila.confirmada_el
        ],
        "liga_de_borrar": envio.liga(bajas.ruta(filas[0], todo=True)),
    }
    clase = mensajes.SEGUIR if nuevas else mensajes.YA_SIGUE
    return clase, Mensaje(filas[0].correo, clase.titulo(), clase.texto(contexto))


def del_pedido(clave: str, cuando: dt.datetime) -> list[Suscripcion]:
    """Lo que se confirma con esa liga: lo pedido a la vez o, si ya se hizo, lo confirmado a la vez.

    Lanza `Suscripcion.DoesNotExist` si no hay tal liga y `Caducada` si pasó su plazo.
    """
    fila = Suscripcion.objects.get(clave=clave)
    if fila.confirmada_el:
        return list(Suscripcion.objects.filter(correo=fila.correo, confirmada_el=fila.confirmada_el))
    if fila.pedida_el < cuando - PARA_CONFIRMAR:
        raise Caducada
    return list(_sin_confirmar().filter(correo=fila.correo, pedida_el=fila.pedida_el))


def confirmar(clave: str, cuando: dt.datetime) -> None:
    """Desde ahora recibe los avisos. Repetirlo no cambia nada; lanza lo mismo que `del_pedido`."""
    claves = [fila.pk for fila in del_pedido(clave, cuando)]
    _sin_confirmar().filter(pk__in=claves).update(confirmada_el=cuando)


def dar_de_baja(clave: str, *, todo: bool = False) -> None:
    """Borra la suscripción o, con `todo`, cuantas tenga ese correo, y sus avisos. Repetirlo no falla."""
    with transaction.atomic():
        fila = Suscripcion.objects.filter(clave=clave).first()
        if fila is None:
            return
        Suscripcion.objects.filter(correo=fila.correo, **({} if todo else {"tema": fila.tema})).delete()
        suyos = _avisos().filter(para=fila.correo)
        suyos.filter(motivo__startswith=bajas.motivo_de_novedad(fila.tema, "")).delete()
        if not Suscripcion.objects.filter(correo=fila.correo).exists():
            suyos.delete()


def avisar(
    clase: Clase,
    tema: Tema,
    acto: str,
    asunto: str,
    cuerpo: str,
    *,
    salvo: Collection[str] = (),
    anexados: tuple[Anexado, ...] = (),
) -> set[str]:
    """Encola el aviso para quienes confirmaron que siguen el tema; una vez por acto, en consultas fijas.

    `salvo` son las direcciones a las que ya se les avisa por otro motivo. Devuelve a cuáles les toca.
    """
    siguen = Suscripcion.objects.filter(tema=tema.clave, confirmada_el__isnull=False)
    tocan = [fila for fila in siguen if fila.correo not in salvo]
    envio.encolar(
        clase,
        bajas.motivo_de_novedad(tema.clave, acto),
        [
            Mensaje(fila.correo, asunto, f"{cuerpo.rstrip()}\n\n{_pie(fila, tema)}", anexados=anexados)
            for fila in tocan
        ],
    )
    return {fila.correo for fila in tocan}


def seguidos(prefijo: str) -> set[str]:
    """Los temas que alguien sigue y cuya clave empieza así: de los demás no hay a quién escribirle."""
    confirmadas = Suscripcion.objects.filter(tema__startswith=prefijo, confirmada_el__isnull=False)
    return set(confirmadas.values_list("tema", flat=True))


def _pie(fila: Suscripcion, tema: Tema) -> str:
    """Por qué llegó el correo y cómo dejar de recibirlo."""
    contexto = {"tema": tema, "liga": envio.liga(bajas.ruta(fila))}
    return render_to_string("avisos/correo/_pie_de_seguidor.txt", contexto)


def limpiar(cuando: dt.datetime) -> int:
    """Borra lo que nadie confirmó y las copias viejas. Devuelve cuántas suscripciones borró.

    Lo llama `manage.py atender_plazos`.
    """
    with transaction.atomic():
        borradas, _ = _sin_confirmar().filter(pedida_el__lt=cuando - PARA_CONFIRMAR).delete()
        _avisos().exclude(para__in=Suscripcion.objects.values("correo")).delete()
        viejos = _avisos().filter(creado_el__lt=cuando - COPIA)
        viejos.exclude(estado=EstadoAviso.PENDIENTE).delete()
    return borradas


def nombrar(filas: Iterable[Suscripcion], al: dt.date) -> list[str]:
    """Cómo se llama lo que sigue cada una; si el tema ya no se ofrece, su clave."""
    conocidos = temas(al)
    return [str(conocidos.get(fila.tema, fila.tema)) for fila in filas]


def _sin_confirmar() -> QuerySet[Suscripcion]:
    return Suscripcion.objects.filter(confirmada_el__isnull=True)


def _avisos() -> QuerySet[Aviso]:
    """Todo lo que se ha escrito a quienes siguen un tema."""
    return Aviso.objects.filter(motivo__startswith=bajas.DE_SEGUIDORES)
