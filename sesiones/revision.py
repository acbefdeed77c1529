"""Circular el borrador del acta, cerrar la revisión y avisar a quien le toca.

El plazo se cuenta en días hábiles desde el día siguiente a circularse (regla del órgano); el último
día cuenta completo. Nadie puede observar un texto que no se circuló: si cambia, hay otra ronda.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from sesiones import faltantes
from sesiones.acta import edicion
from sesiones.acta.bloques import Bloque, Renglon
from sesiones.estados import Atencion, EstadoActa, RespuestaRevision
from sesiones.invitar import correo_de
from sesiones.models import Acta, Persona, Revisor, Ronda, Sesion
from sesiones.models.organos import QuienRevisa
from sesiones.plazos import sumar_dias_habiles
from stl_portal.avisos import envio
from stl_portal.avisos.envio import Mensaje
from stl_portal.espanol import con_articulo, fecha_larga
from stl_portal.texto import a_llano


def parrafos_de(bloques: list[Bloque]) -> list[dict[str, str]]:
    """El acta como texto llano, bloque por bloque: lo que se circula y contra lo que se coteja."""
    return [
        {"clave": b.clave, "rotulo": a_llano(b.rotulo), "texto": texto}
        for b in bloques
        if (texto := texto_de(b))
    ]


def texto_de(bloque: Bloque) -> str:
    """Lo que se lee en el bloque: su prosa, sus filas o sus renglones; el rótulo si no hay más."""
    filas = [" · ".join(a_llano(celda) for celda in fila if celda) for fila in bloque.filas]
    partes = [a_llano(bloque.texto), *filas, *_de_renglones(bloque.renglones)]
    return "\n".join(parte for parte in partes if parte) or a_llano(bloque.rotulo)


def _de_renglones(renglones: tuple[Renglon, ...]) -> Iterator[str]:
    for renglon in renglones:
        yield f"{renglon.etiqueta} {a_llano(renglon.titulo)}".strip()
        yield from _de_renglones(renglon.dentro)


def quienes_revisan(sesion: Sesion, al: dt.date) -> list[tuple[Persona, str]]:
    """Personas y la institución por la que revisan, según la regla; la facilitadora, que redacta, no."""
    if sesion.regla.quien_revisa == QuienRevisa.TITULARES:
        asientos = sesion.organo.asientos.vigentes(al).con_ocupantes()
        titulares = [(a, a.titular(al)) for a in asientos if not a.facilita]
        return _una_vez((n.persona, a.institucion.nombre) for a, n in titulares if n)
    presentes = sesion.asistencias.ocupantes().presentes().filter(relevada=False).con_personas()
    con_asiento = [a for a in presentes if a.asiento and not a.asiento.facilita]
    return _una_vez((a.persona, a.institucion) for a in con_asiento if a.persona)


def _una_vez(pares: Any) -> list[tuple[Persona, str]]:
    """Cada persona una sola vez, en su orden."""
    vistas: dict[int, tuple[Persona, str]] = {}
    for persona, institucion in pares:
        vistas.setdefault(persona.pk, (persona, institucion))
    return list(vistas.values())


def circular(acta: Acta, por: Any, cuando: dt.datetime) -> Ronda:
    """Abre una ronda con el texto de este momento y avisa a cada revisora y revisor.

    Lanza `ValidationError` si algo lo impide: la sesión sigue abierta, quedan observaciones sin
    atender, el texto es el mismo que ya se circuló o no hay a quién circularlo.
    """
    with transaction.atomic():
        acta = _bloquear(acta)
        acta.exigir("circular")
        borrador = edicion.borrador(acta.sesion)
        parrafos = parrafos_de(borrador.bloques)
        quienes = quienes_revisan(acta.sesion, timezone.localdate(cuando))
        impide = list(_lo_que_impide(acta, parrafos, quienes))
        if impide:
            raise ValidationError(impide)
        ronda = acta.rondas.create(
            numero=acta.rondas.count() + 1,
            abierta_el=cuando,
            vence=_vence(acta.sesion, timezone.localdate(cuando)),
            parrafos=parrafos,
        )
        Revisor.objects.bulk_create(
            Revisor(ronda=ronda, persona=p, nombre=p.formal, institucion=i) for p, i in quienes
        )
        acta.cambiar("circular", por, cuando=cuando)
        envio.encolar(f"acta:{acta.pk}:ronda:{ronda.numero}", list(_mensajes(ronda)))
    return ronda


def _bloquear(acta: Acta) -> Acta:
    """El acta con candado y su sesión a la mano."""
    Acta.objects.select_for_update().get(pk=acta.pk)
    return Acta.objects.select_related("sesion__organo").get(pk=acta.pk)


def _lo_que_impide(acta: Acta, parrafos: list[dict[str, str]], quienes: list[Any]) -> Iterator[str]:
    """Frases de lo que hay que resolver antes de circular."""
    yield from (f.texto for f in faltantes.para_circular(acta.sesion) if f.impide)
    ultima = acta.rondas.last()
    if ultima and ultima.observaciones().filter(atencion=Atencion.PENDIENTE).exists():
        yield "Quedan observaciones por atender de la ronda anterior."
    if ultima and ultima.parrafos == parrafos:
        yield f"El texto es el mismo que se circuló en la ronda {ultima.numero}: no hace falta otra."
    if not quienes:
        yield "No hay a quién circular el acta: revisa la asistencia o la regla de quién revisa."


def _vence(sesion: Sesion, desde: dt.date) -> dt.date | None:
    """Último día para responder, o None si la regla no fija plazo."""
    dias = sesion.regla.revision_dias
    return sumar_dias_habiles(desde, dias) if dias else None


def _mensajes(ronda: Ronda) -> Iterator[Mensaje]:
    """Un correo con liga directa por cada persona que revisa y tiene dirección."""
    acta = ronda.acta
    for revisor in ronda.revisores.select_related("persona__usuario"):
        correo = correo_de(revisor.persona)
        if correo:
            contexto = {
                "revisor": revisor,
                "acta": acta,
                "ronda": ronda,
                "vence": fecha_larga(ronda.vence, con_dia=True) if ronda.vence else "",
                "del_organo": con_articulo(acta.sesion.organo.denominacion(acta.sesion.fecha).nombre, "de"),
                "liga": envio.liga(url_de_revision(acta)),
            }
            cuerpo = render_to_string("avisos/correo/revision.txt", contexto)
            yield Mensaje(correo, f"Revisa el {str(acta)[0].lower()}{str(acta)[1:]}", cuerpo, revisor.nombre)


def url_de_revision(acta: Acta) -> str:
    """La página donde se lee y se observa el borrador."""
    return reverse("actas:revision", args=(acta.sesion.organo.clave, acta.sesion.clave))


def conformar(revisor: Revisor, cuando: dt.datetime) -> None:
    """«Sin observaciones»; cuando todas las personas quedan conformes, la ronda se cierra sola."""
    with transaction.atomic():
        revisor.conformar(cuando)
        ronda = revisor.ronda
        if not ronda.revisores.exclude(respuesta=RespuestaRevision.CONFORME).exists():
            cerrar(ronda, None, cuando)


def cerrar(ronda: Ronda, por: Any, cuando: dt.datetime) -> None:
    """Cierra la ronda; el acta queda revisada o con observaciones. Cerrarla dos veces no hace nada."""
    with transaction.atomic():
        acta = _bloquear(ronda.acta)
        abierta = Ronda.objects.select_for_update().filter(pk=ronda.pk, cerrada_el__isnull=True)
        if not abierta.update(cerrada_el=cuando):
            return
        verbo = "cerrar_con_observaciones" if ronda.observaciones().exists() else "cerrar_sin_observaciones"
        acta.cambiar(verbo, por, cuando=cuando)


def cerrar_vencidas(cuando: dt.datetime) -> int:
    """Cierra las rondas cuyo plazo pasó. Devuelve cuántas; la llama `manage.py atender_plazos`."""
    hoy = timezone.localdate(cuando)
    vencidas = Ronda.objects.filter(cerrada_el__isnull=True, vence__lt=hoy).select_related("acta")
    for ronda in (filas := list(vencidas)):
        cerrar(ronda, None, cuando)
    return len(filas)


def revisor_de(acta: Acta, usuario: Any) -> Revisor | None:
    """El lugar de la cuenta en la última ronda, si le toca revisarla."""
    ultima = acta.rondas.last()
    return ultima.revisores.filter(persona__usuario=usuario).first() if ultima else None


def por_revisar(usuario: Any) -> "list[Revisor]":
    """Lo que la cuenta tiene por revisar ahora mismo."""
    filas = Revisor.objects.filter(
        persona__usuario=usuario,
        respuesta=RespuestaRevision.SIN_RESPUESTA,
        ronda__cerrada_el__isnull=True,
        ronda__acta__estado=EstadoActa.CIRCULADA,
    )
    return list(filas.select_related("ronda__acta__sesion__organo").order_by("ronda__vence"))
