"""Lo que las convocatorias públicas aportan al portal: pendientes, espacio, portada y novedades."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from sesiones import permisos as de_sesiones
from stl_portal.avisos.registro import RECORDATORIOS
from stl_portal.novedades.registro import NOVEDADES, Clase, Novedad, Pedido
from stl_portal.publico import edicion, registro
from stl_portal.publico.mapa_del_sitio import fijas
from stl_portal.publico.registro import Bloque, Direccion, Espacio, Tramo, apuntar

from . import archivos, buscables, constancia, demo, parecidas, pendientes, recordatorios
from .datos import conjuntos
from .estados import Acto
from .lectura import leidas
from .models import ActoPublico, Certamen
from .ventana import momento

EN_PORTADA = 3
# Qué se escribe sin que cambie nada que la ciudadanía lea.
PRIVADAS = {
    "certamenes_postulacion": "De lo postulado se publica lo reconocido, cuando consta en su acto público.",
    "certamenes_cambiopostulacion": "La historia de una postulación es de quien la escribe.",
    "certamenes_respuesta": "Lo que se contesta no se publica.",
    "certamenes_evidencia": "Las evidencias no se publican.",
    "certamenes_dictamen": "Lo que califica cada quien no se publica.",
    "certamenes_puntaje": "Lo que califica cada quien no se publica.",
    "certamenes_resultado": "Se publica con su acto público.",
    "certamenes_cambiocertamen": "La historia de una convocatoria es de quienes la llevan.",
}


def espacios(usuario: Any, al: dt.date) -> Iterator[Espacio]:
    """Donde se llevan, para quien conduce un órgano."""
    if usuario.is_authenticated and de_sesiones.organos_que_conduce(usuario, al).exists():
        yield Espacio(
            nombre="Convocatorias públicas",
            descripcion="Reconocimientos y concursos: bases, postulaciones, comité y resultados",
            url=reverse("certamenes_gestion:inicio"),
        )


def en_portada(request: HttpRequest, al: dt.date) -> Bloque:
    """Las que hoy reciben; las de órganos ficticios, solo si no hay de los reales."""
    ahora = timezone.now()
    filas = Certamen.objects.abiertos(ahora).con_organo().order_by("organo__ficticio", "cierra_el", "pk")
    primeras = list(filas[:EN_PORTADA])
    reales = [fila for fila in primeras if not fila.organo.ficticio]
    # Va primero porque tiene plazo; si ninguna recibe, el bloque no se ve.
    contexto = {"leidas": leidas(reales or primeras, ahora)}
    return Bloque("certamenes/_portada.html", contexto, orden=5, lateral=True)


def novedades(pedido: Pedido) -> Iterator[Novedad]:
    """Las que se publicaron y las que dijeron sus resultados."""
    filas = ActoPublico.objects.select_related("certamen__organo").prefetch_related(
        "certamen__organo__denominaciones"
    )
    for fila in pedido.de(filas, "cuando", "certamen__organo__clave"):
        yield _novedad(fila)


def _novedad(fila: ActoPublico) -> Novedad:
    certamen = fila.certamen
    plazo = f"Recibe postulaciones hasta el {momento(certamen.ventana.cierra)}, sin prórroga."
    dichos = {
        Acto.PUBLICADA: ("Convocatoria pública", plazo),
        Acto.RESULTADOS: ("Resultados", "Ya se sabe a quiénes se reconoció."),
        Acto.DESIERTA: ("Se declaró desierta", "Ninguna postulación llegó a lo que piden las bases."),
    }
    que, dicho = dichos[Acto(fila.acto)]
    return Novedad(
        identidad=f"convocatoria-publica:{certamen.pk}:{fila.acto}",
        titulo=f"{que}: {certamen}",
        dicho=dicho,
        url=certamen.get_absolute_url(),
        cuando=fila.cuando,
        autor=certamen.organo.denominacion(timezone.localdate(fila.cuando)).nombre,
        ficticia=certamen.organo.ficticio,
        eslabon=fila.eslabon,
    )


def _del_mapa() -> Any:
    return Certamen.objects.publicos().select_related("organo").order_by("pk")


def _direccion(certamen: Certamen) -> Direccion:
    return Direccion(certamen.get_absolute_url(), certamen.publicada_el)


TRAMOS = (
    fijas("convocatorias-publicas", "certamenes:lista"),
    Tramo("de-convocatorias-publicas", _del_mapa, _direccion),
)


def apuntar_todo() -> None:
    """Se llama desde `CertamenesConfig.ready()`; repetirlo no duplica nada."""
    for cada_uno in (archivos, constancia, buscables, conjuntos, parecidas):
        cada_uno.registrar()
    edicion.apuntar_privadas(PRIVADAS)
    apuntar(registro.PENDIENTES, pendientes.todos)
    apuntar(RECORDATORIOS, recordatorios.enviar)
    apuntar(registro.ESPACIOS, espacios)
    apuntar(registro.PORTADA, en_portada)
    apuntar(registro.DEMOSTRACION_AL_FINAL, demo.cargar)
    for tramo in TRAMOS:
        apuntar(registro.SITIO, tramo)
    NOVEDADES["convocatorias-publicas"] = Clase("Convocatorias públicas y sus resultados", novedades)
