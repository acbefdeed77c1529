"""A quién se avisa de una sesión y con qué mensaje: convocatoria, enmienda, baja y cancelación."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from sesiones import cita, citas
from sesiones.asuntos import asunto_de
from sesiones.mensajes import de_sesiones
from sesiones.models import Organo, Persona, Sesion
from stl_portal.archivo import almacen
from stl_portal.archivo.models import Archivo
from stl_portal.avisos import envio
from stl_portal.avisos.clases import Clase
from stl_portal.avisos.envio import Anexado, Mensaje
from stl_portal.avisos.models import Aviso
from stl_portal.espanol import con_articulo, fecha_larga


@dataclass(frozen=True)
class Convocada:
    """A quién le toca el aviso: su correo (vacío si no se conoce) y el lugar por el que acude."""

    nombre: str
    correo: str
    suple: bool = False
    institucion: str = ""


@dataclass(frozen=True)
class Emision:
    """Un aviso de la sesión: el primero (secuencia 0), una enmienda o su cancelación."""

    sesion: Sesion
    secuencia: int
    cuando: dt.datetime
    motivo: str = ""
    cambios: tuple[str, ...] = ()
    clase: str = "convocatoria"  # convocatoria, baja o cancelacion: da el asunto, el texto y la cita
    pdf: Archivo | None = None

    @property
    def clave(self) -> str:
        """Motivo con que se guardan sus avisos: el mismo acto no avisa dos veces."""
        return f"{serie_de(self.sesion)}{self.clase}:{self.secuencia}"

    @property
    def de_mensaje(self) -> Clase:
        """Qué clase de mensaje es."""
        if self.clase == "convocatoria" and self.secuencia:
            return de_sesiones.ENMIENDA
        return de_sesiones.POR_CLASE_DE_EMISION[self.clase]

    @property
    def asunto(self) -> str:
        """Lo primero que se lee en el buzón: qué pasó, con qué sesión y de qué órgano."""
        cuando = f"{self.sesion.fecha:%d/%m/%Y}, {self.sesion.hora:%H:%M} h"
        return asunto_de(self.de_mensaje.titulo(titulo=self.sesion, cuando=cuando), self.sesion)


def serie_de(sesion: Sesion) -> str:
    """Principio del motivo de todos los avisos de la sesión."""
    return f"sesion:{sesion.pk}:"


def convocadas(sesion: Sesion) -> list[Convocada]:
    """Titulares y suplentes en funciones el día de la sesión, en el orden de la lista; una vez cada quien."""
    return en_funciones(sesion.organo, sesion.fecha, sesion.pk)


def en_funciones(organo: Organo, al: dt.date, para: int | None = None) -> list[Convocada]:
    """Titulares y suplentes de ese día, y los que suplen solo en la sesión `para`; una vez cada quien."""
    asientos = organo.asientos.vigentes(al).con_ocupantes()
    cuentas = ("nombramientos__persona__usuario", "suplencias__persona__usuario")
    vistas: dict[int, Convocada] = {}
    for asiento in asientos.prefetch_related(*cuentas):
        titular = asiento.titular(al)
        for ocupante in filter(None, [titular, *asiento.suplentes(al, para)]):
            persona = ocupante.persona
            convocada = Convocada(
                persona.formal, correo_de(persona), ocupante is not titular, asiento.institucion.nombre
            )
            vistas.setdefault(persona.pk, convocada)
    return list(vistas.values())


def correo_de(persona: Persona) -> str:
    """El que dio para recibir avisos o, si no dio, el de su cuenta; vacío si no hay."""
    return (persona.correo or (persona.usuario.email if persona.usuario else "")).lower()


def sin_correo(sesion: Sesion) -> list[Convocada]:
    """A quienes habrá que avisar por otro medio."""
    return [convocada for convocada in convocadas(sesion) if not convocada.correo]


def ya_avisadas(sesion: Sesion, secuencia: int) -> list[Convocada]:
    """A quienes se mandó esa convocatoria, según los avisos que quedaron escritos."""
    avisos = avisos_de(sesion).filter(motivo=Emision(sesion, secuencia, timezone.now()).clave)
    return [Convocada(nombre or para, para) for nombre, para in avisos.values_list("nombre", "para")]


def avisos_de(sesion: Sesion) -> QuerySet[Aviso]:
    """Todos los avisos de la sesión."""
    return Aviso.objects.filter(motivo__startswith=serie_de(sesion))


def avisar(emision: Emision) -> None:
    """Encola el aviso para cada integrante y la baja para quien lo era en el aviso anterior y ya no."""
    actuales = convocadas(emision.sesion)
    envio.encolar(emision.de_mensaje, emision.clave, mensajes(emision, actuales))
    if emision.secuencia:
        siguen = {convocada.correo for convocada in actuales}
        anteriores = ya_avisadas(emision.sesion, emision.secuencia - 1)
        baja = replace(emision, clase="baja", cambios=(), pdf=None)
        ya_no = [c for c in anteriores if c.correo not in siguen]
        envio.encolar(baja.de_mensaje, baja.clave, mensajes(baja, ya_no))


def avisar_cancelacion(sesion: Sesion, cuando: dt.datetime, motivo: str) -> None:
    """Quita la cita de la agenda de quienes recibieron la última convocatoria, si la hubo."""
    ultima = sesion.convocatorias.last()
    if ultima:
        emision = Emision(sesion, ultima.secuencia + 1, cuando, motivo, clase="cancelacion")
        avisadas = ya_avisadas(sesion, ultima.secuencia)
        envio.encolar(emision.de_mensaje, emision.clave, mensajes(emision, avisadas))


def mensajes(emision: Emision, para: list[Convocada]) -> Iterator[Mensaje]:
    """Un mensaje por persona con correo, cada uno con su propia cita de calendario."""
    destinos = [convocada for convocada in para if convocada.correo]
    if destinos:
        comun, asunto, pdf = _comun(emision), emision.asunto, _pdf(emision)
        for convocada in destinos:
            yield _mensaje(emision, convocada, asunto, comun, pdf)


def _comun(emision: Emision) -> dict[str, Any]:
    """Lo que dicen los mensajes de todas las personas: se averigua una sola vez."""
    sesion = emision.sesion
    nombre = sesion.organo.denominacion(sesion.fecha).nombre
    return {
        "emision": emision,
        "sesion": sesion,
        "organo": nombre,
        "del_organo": con_articulo(nombre, "de"),
        "fecha": fecha_larga(sesion.fecha, con_dia=True),
        "puntos": sesion.puntos.en_arbol(),
        "liga": envio.liga(sesion.get_absolute_url()),
        "cita": citas.para_avisar(
            sesion, emision.secuencia, emision.cuando, cancelada=emision.clase != "convocatoria"
        ),
    }


def _pdf(emision: Emision) -> tuple[Anexado, ...]:
    """La convocatoria, si la hay."""
    pdf = emision.pdf
    return (Anexado(pdf.nombre, pdf.tipo, almacen.leer(pdf)),) if pdf else ()


def _mensaje(
    emision: Emision, convocada: Convocada, asunto: str, comun: dict[str, Any], pdf: tuple[Anexado, ...]
) -> Mensaje:
    """El correo de una persona: texto, cita y, si lo hay, el PDF."""
    contexto = comun | {"convocada": convocada}
    cuerpo = emision.de_mensaje.texto(contexto)
    cita_propia = _cita(convocada, contexto)
    return Mensaje(convocada.correo, asunto, cuerpo, convocada.nombre, (cita_propia, *pdf))


def _cita(convocada: Convocada, contexto: dict[str, Any]) -> Anexado:
    """La cita con su método en el tipo, como lo esperan los programas de correo (RFC 6047)."""
    contenido = cita.calendario(
        contexto["cita"],
        descripcion=render_to_string("avisos/correo/cita.txt", contexto).strip(),
        organiza=(contexto["organo"], settings.DEFAULT_FROM_EMAIL),
        asiste=(convocada.nombre, convocada.correo),
    )
    metodo = "CANCEL" if contexto["cita"].cancelada else "REQUEST"
    return Anexado("sesion.ics", f"text/calendar; method={metodo}; charset=utf-8", contenido)
