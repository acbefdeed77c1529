"""Lo que se cuenta al publicarse un acta: los correos y las novedades públicas."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from sesiones import invitar, publica, seguidores
from sesiones.asuntos import asunto_de
from sesiones.estados import ACTA_PUBLICA
from sesiones.invitar import Convocada
from sesiones.mensajes import de_actas
from sesiones.models import Acta, Publicacion, Sesion
from stl_portal.avisos import envio
from stl_portal.avisos.envio import Mensaje
from stl_portal.espanol import con_articulo


def publicaciones() -> QuerySet[Publicacion]:
    """Las actas publicadas, de la más reciente a la más antigua, sin sus bytes."""
    filas = Publicacion.objects.filter(sello__acta__estado__in=ACTA_PUBLICA)
    con_todo = filas.select_related("sello__acta__sesion__organo", "pdf").order_by("-publicada_el", "-pk")
    return con_todo.defer("sello__documento", "sello__xml").prefetch_related(
        "sello__acta__sesion__organo__denominaciones"
    )


def con_acta(sesiones: Any) -> Any:
    """Cada sesión dice, en `con_acta`, si ya tiene un acta que cualquiera puede leer."""
    publicas = Acta.objects.filter(sesion=OuterRef("pk"), estado__in=ACTA_PUBLICA)
    return sesiones.annotate(con_acta=Exists(publicas))


def url_del_acta(sesion: Sesion) -> str:
    """La página pública del acta vigente."""
    return reverse("sesiones:acta", args=(sesion.organo.clave, sesion.clave))


def avisar_publicacion(publicacion: Publicacion) -> None:
    """Encola el correo a quienes integran el órgano y a quienes lo siguen; una sola vez por versión."""
    acta = publicacion.sello.acta
    motivo, mensajes = f"{invitar.serie_de(acta.sesion)}acta:{acta.version}", list(_mensajes(publicacion))
    envio.encolar(de_actas.PUBLICADA, motivo, mensajes)
    seguidores.avisar_publicacion(publicacion, url_del_acta(acta.sesion), salvo={m.para for m in mensajes})


def a_quienes(publicacion: Publicacion) -> list[Convocada]:
    """A quienes toca: titulares y suplentes del día de la sesión, los de hoy y quienes tienen lugar de firma.

    El acta puede publicarse cuando el órgano ya cambió: interesa a quien estuvo y a quien está. Cada
    dirección, una sola vez.
    """
    sesion, hoy = publicacion.sello.acta.sesion, timezone.localdate(publicacion.publicada_el)
    lugares = publicacion.sello.lugares.select_related("persona__usuario")
    todas = [
        *invitar.convocadas(sesion),
        *invitar.en_funciones(sesion.organo, hoy),
        *(Convocada(lugar.nombre, invitar.correo_de(lugar.persona)) for lugar in lugares if lugar.persona),
    ]
    por_correo: dict[str, Convocada] = {}
    for una in todas:
        por_correo.setdefault(una.correo, una)
    return [una for una in por_correo.values() if una.correo]


def _mensajes(publicacion: Publicacion) -> Iterator[Mensaje]:
    acta = publicacion.sello.acta
    sesion = acta.sesion
    contexto = {
        "acta": publica.acta_sin_datos(publicacion.sello),
        "sesion": sesion,
        "codigo": publicacion.sello.codigo,
        "del_organo": con_articulo(sesion.organo.denominacion(sesion.fecha).nombre, "de"),
        "liga": envio.liga(url_del_acta(sesion)),
    }
    que = "Fe de erratas publicada" if acta.version > 1 else "Acta publicada"
    clase = de_actas.PUBLICADA
    asunto = asunto_de(clase.titulo(que=que, titulo=sesion), sesion)
    for una in a_quienes(publicacion):
        yield Mensaje(una.correo, asunto, clase.texto(contexto | {"nombre": una.nombre}), una.nombre)
