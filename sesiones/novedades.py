"""Lo que se cuenta al publicarse un acta: el correo a quienes integran el órgano y las novedades públicas."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from sesiones import invitar
from sesiones.estados import ACTA_PUBLICA
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
    """Encola el correo a titulares y suplentes del día de la sesión; una sola vez por versión."""
    acta = publicacion.sello.acta
    motivo = f"{invitar.serie_de(acta.sesion)}acta:{acta.version}"
    envio.encolar(motivo, _mensajes(publicacion))


def _mensajes(publicacion: Publicacion) -> Iterator[Mensaje]:
    acta = publicacion.sello.acta
    sesion = acta.sesion
    contexto = {
        "acta": acta,
        "sesion": sesion,
        "codigo": publicacion.sello.codigo,
        "del_organo": con_articulo(sesion.organo.denominacion(sesion.fecha).nombre, "de"),
        "liga": envio.liga(url_del_acta(sesion)),
    }
    asunto = f"{'Fe de erratas publicada' if acta.version > 1 else 'Acta publicada'}: {sesion}"
    for convocada in invitar.convocadas(sesion):
        if convocada.correo:
            cuerpo = render_to_string(
                "avisos/correo/acta_publicada.txt", contexto | {"nombre": convocada.nombre}
            )
            yield Mensaje(convocada.correo, asunto, cuerpo, convocada.nombre)
