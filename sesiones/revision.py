"""Circular el borrador del acta, cerrar la revisión y avisar a quien le toca.

El plazo se cuenta en días hábiles desde el día siguiente a circularse (regla del órgano); el último
día cuenta completo. Nadie puede observar un texto que no se circuló: si cambia, hay otra ronda.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from sesiones import faltantes
from sesiones.acta import edicion
from sesiones.acta.bloques import Bloque, Renglon
from sesiones.acta.edicion import Borrador
from sesiones.asuntos import asunto_de
from sesiones.estados import Atencion, EstadoActa, RespuestaRevision, TipoRol
from sesiones.faltantes import Falta
from sesiones.invitar import correo_de
from sesiones.mensajes import de_actas
from sesiones.models import Acta, Observacion, Persona, Revisor, Rol, Ronda, Sesion
from sesiones.models.reglas import QuienRevisa
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


@dataclass(frozen=True)
class Circulacion:
    """Lo que pasaría al circular en este momento: qué texto, a quiénes, hasta cuándo y qué falta."""

    numero: int
    parrafos: list[dict[str, str]]
    quienes: list[tuple[Persona, str]]
    vence: dt.date | None
    faltas: list[Falta]

    @property
    def impide(self) -> list[str]:
        """Frases de lo indispensable que falta; vacía si ya se puede."""
        return [falta.texto for falta in self.faltas if falta.impide]


def por_circular(acta: Acta, al: dt.date, borrador: Borrador | None = None) -> Circulacion:
    """La ronda que se abriría ese día. `borrador`, si ya se compuso, ahorra componerlo otra vez."""
    borrador, ultima = borrador or edicion.borrador(acta.sesion), acta.rondas.last()
    parrafos, quienes = parrafos_de(borrador.bloques), quienes_revisan(acta.sesion, al)
    return Circulacion(
        numero=ultima.numero + 1 if ultima else 1,
        parrafos=parrafos,
        quienes=quienes,
        vence=_vence(acta.sesion, al),
        faltas=[
            *faltantes.para_circular(acta.sesion, borrador.hechos),
            *_propias_de_la_ronda(acta, ultima, parrafos, quienes),
        ],
    )


def _propias_de_la_ronda(
    acta: Acta, ultima: Ronda | None, parrafos: list[dict[str, str]], quienes: list[Any]
) -> Iterator[Falta]:
    """Lo que además de la sesión impide abrir otra ronda."""
    if ultima and ultima.observaciones().filter(atencion=Atencion.PENDIENTE).exists():
        texto = "Quedan observaciones por atender de la ronda anterior."
        yield Falta(texto, f"{url_de_revision(acta)}#observaciones", impide=True)
    if ultima and ultima.parrafos == parrafos:
        texto = f"El texto es el mismo que se circuló en la ronda {ultima.numero}: no hace falta otra."
        yield Falta(texto, acta.sesion.paso_url("acta"), impide=True)
    if not quienes:
        texto = "No hay a quién circular el acta: revisa la asistencia o la regla de quién revisa."
        yield Falta(texto, acta.sesion.paso_url("asistencia"), impide=True)


@dataclass(frozen=True)
class Respondida:
    """Una observación como se cita en el correo de la ronda siguiente: cada cosa en un renglón."""

    texto: str
    sobre: str  # cómo empieza el párrafo; vacío si habló de toda el acta
    respuesta: str

    @classmethod
    def de(cls, observacion: Observacion) -> Self:
        """Con su respuesta: «Incorporada.» o «No, porque…»."""
        porque = _en_un_renglon(observacion.porque)
        incorporada = observacion.atencion == Atencion.INCORPORADA
        return cls(
            texto=_en_un_renglon(observacion.texto),
            sobre=Truncator(_en_un_renglon(observacion.cita)).words(12),
            respuesta=f"Incorporada. {porque}".strip() if incorporada else f"No, porque: {porque}",
        )


def _en_un_renglon(texto: str) -> str:
    return " ".join(texto.split())


def circular(acta: Acta, por: Any, cuando: dt.datetime) -> Ronda:
    """Abre una ronda con el texto de este momento y avisa a cada revisora y revisor.

    Lanza `ValidationError` si algo lo impide: la sesión sigue abierta, quedan observaciones sin
    atender, el texto es el mismo que ya se circuló o no hay a quién circularlo.
    """
    with transaction.atomic():
        acta = _bloquear(acta)
        acta.exigir("circular")
        propuesta = por_circular(acta, timezone.localdate(cuando))
        if propuesta.impide:
            raise ValidationError(propuesta.impide)
        ronda = acta.rondas.create(
            numero=propuesta.numero,
            abierta_el=cuando,
            vence=propuesta.vence,
            parrafos=propuesta.parrafos,
        )
        Revisor.objects.bulk_create(
            Revisor(ronda=ronda, persona=p, nombre=p.formal, institucion=i) for p, i in propuesta.quienes
        )
        acta.cambiar("circular", por, cuando=cuando)
        envio.encolar(de_actas.REVISION, f"acta:{acta.pk}:ronda:{ronda.numero}", list(_mensajes(ronda)))
    return ronda


def _bloquear(acta: Acta) -> Acta:
    """El acta con candado y su sesión a la mano."""
    Acta.objects.select_for_update().get(pk=acta.pk)
    return Acta.objects.select_related("sesion__organo").get(pk=acta.pk)


def _vence(sesion: Sesion, desde: dt.date) -> dt.date | None:
    """Último día para responder, o None si la regla no fija plazo."""
    dias = sesion.regla.revision_dias
    return sumar_dias_habiles(desde, dias) if dias else None


def _mensajes(ronda: Ronda) -> Iterator[Mensaje]:
    """Un correo con liga directa por cada persona con dirección, y lo que se respondió a lo suyo."""
    acta, respondidas = ronda.acta, _respondidas(ronda, ronda.numero - 1)
    contexto = {
        "acta": acta,
        "ronda": ronda,
        "anterior": ronda.numero - 1,
        "vence": fecha_larga(ronda.vence, con_dia=True) if ronda.vence else "",
        "del_organo": con_articulo(acta.sesion.organo.denominacion(acta.sesion.fecha).nombre, "de"),
        "liga": envio.liga(url_de_revision(acta)),
    }
    clase, de_que = de_actas.REVISION, f"el {str(acta)[0].lower()}{str(acta)[1:]}"
    asunto = asunto_de(clase.titulo(de_que=de_que), acta.sesion)
    for revisor in ronda.revisores.select_related("persona__usuario"):
        correo = correo_de(revisor.persona)
        if correo:
            propio = {"revisor": revisor, "respondidas": respondidas[revisor.persona_id]}
            yield Mensaje(correo, asunto, clase.texto(contexto | propio), revisor.nombre)


def avisar_respuestas(acta: Acta) -> None:
    """Aprobada el acta ya no habrá otra ronda que lo cuente: a quien observó, qué se hizo con lo suyo.

    Lo que quedó sin responder no se cita. Aprobarla otra vez no repite el correo.
    """
    ultima = acta.rondas.last()
    if ultima:
        motivo = f"acta:{acta.pk}:ronda:{ultima.numero}:respuestas"
        envio.encolar(de_actas.RESPUESTAS, motivo, list(_de_respuestas(acta, ultima)))


def _de_respuestas(acta: Acta, ronda: Ronda) -> Iterator[Mensaje]:
    respondidas = _respondidas(ronda, ronda.numero)
    contexto = {
        "acta": acta,
        "ronda": ronda,
        "del_organo": con_articulo(acta.sesion.organo.denominacion(acta.sesion.fecha).nombre, "de"),
        "liga": envio.liga(url_de_revision(acta)),
    }
    clase = de_actas.RESPUESTAS
    asunto = asunto_de(clase.titulo(titulo=acta.sesion), acta.sesion)
    for revisor in ronda.revisores.filter(persona__in=respondidas).select_related("persona__usuario"):
        correo = correo_de(revisor.persona)
        if correo:
            suyo = {"nombre": revisor.nombre, "respondidas": respondidas[revisor.persona_id]}
            yield Mensaje(correo, asunto, clase.texto(contexto | suyo), revisor.nombre)


def _respondidas(ronda: Ronda, numero: int) -> defaultdict[int, list[Respondida]]:
    """Lo que cada persona observó en esa ronda de la misma acta, con su respuesta, en una consulta."""
    por_persona: defaultdict[int, list[Respondida]] = defaultdict(list)
    respondidas = Observacion.objects.filter(
        revisor__ronda__acta=ronda.acta_id, revisor__ronda__numero=numero
    ).exclude(atencion=Atencion.PENDIENTE)
    for observacion in respondidas.select_related("revisor"):
        por_persona[observacion.revisor.persona_id].append(Respondida.de(observacion))
    return por_persona


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
        if por is None:  # quien la cierra a mano no necesita que se lo cuenten
            motivo = f"acta:{acta.pk}:ronda:{ronda.numero}:cierre"
            envio.encolar(de_actas.REVISION_CERRADA, motivo, list(_de_cierre(ronda, acta, cuando)))


def _de_cierre(ronda: Ronda, acta: Acta, cuando: dt.datetime) -> Iterator[Mensaje]:
    """A cada facilitadora vigente: la ronda se cerró sola y cuánto queda por atender."""
    contexto = {
        "acta": acta,
        "ronda": ronda,
        "total": ronda.revisores.count(),
        "faltan": [revisor.nombre for revisor in ronda.faltan()],
        "por_atender": ronda.observaciones().filter(atencion=Atencion.PENDIENTE).count(),
        "liga": envio.liga(url_de_revision(acta)),
    }
    clase = de_actas.REVISION_CERRADA
    cuerpo = clase.texto(contexto)
    del_organo = Rol.objects.vigentes(timezone.localdate(cuando)).filter(
        organo__in=(acta.sesion.organo_id, acta.sesion.organo.padre_id), tipo=TipoRol.FACILITADORA
    )
    asunto = asunto_de(clase.titulo(titulo=acta.sesion), acta.sesion)
    for rol in del_organo.select_related("usuario"):
        yield Mensaje(rol.usuario.email, asunto, cuerpo, str(rol.usuario))


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


def por_revisar(usuario: Any, al: dt.date) -> list[Revisor]:
    """Lo que la cuenta tiene por revisar ese día, primero lo que vence antes."""
    filas = Revisor.objects.filter(
        persona__usuario=usuario,
        respuesta=RespuestaRevision.SIN_RESPUESTA,
        ronda__cerrada_el__isnull=True,
        ronda__acta__estado=EstadoActa.CIRCULADA,
    )
    filas = filas.exclude(ronda__vence__lt=al).select_related("ronda__acta__sesion__organo")
    return list(filas.order_by("ronda__vence"))
