"""Lo que muestra la página de revisión, según quién la abre y en qué va la ronda."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils import timezone

from sesiones import permisos, revision, ronda
from sesiones.acta import edicion
from sesiones.acta.edicion import Borrador
from sesiones.forms.base import FormaInvalida, FormaMesa
from sesiones.forms.revision import (
    FormaAtencion,
    FormaObservacion,
    FormaRonda,
    forma_de,
    forma_para,
    ids_de,
    momento_de,
)
from sesiones.invitar import correo_de
from sesiones.models import Acta, Observacion, Revisor, Ronda, Sesion
from sesiones.plazos import dias_habiles
from sesiones.views.actas import PASOS


@dataclass(frozen=True)
class Tarjeta:
    """Una observación con lo que puede hacer con ella quien la ve."""

    observacion: Observacion
    retirable: bool
    forma: FormaAtencion | None
    corregir: tuple[str, str] | None  # dirección y qué se hace ahí

    @property
    def visto(self) -> str:
        """La respuesta que tiene a la vista quien va a atenderla."""
        return momento_de(self.observacion)


@dataclass(frozen=True)
class Parte:
    """Un párrafo de la hoja con sus observaciones y la forma para agregar otra."""

    parrafo: ronda.Parrafo
    tarjetas: list[Tarjeta]
    forma: FormaObservacion | None


@dataclass
class Hoja:
    """La página de una cuenta: decide qué se le ofrece."""

    usuario: Any
    sesion: Sesion
    revisor: Revisor | None
    rechazada: FormaMesa | None
    hoy: dt.date

    @cached_property
    def acta(self) -> Acta:
        """La versión en que se trabaja."""
        acta = Acta.de(self.sesion)
        acta.sesion = self.sesion
        return acta

    @cached_property
    def ronda(self) -> Ronda | None:
        """La última."""
        return self.acta.rondas.last()

    @cached_property
    def borrador(self) -> Borrador:
        """El acta como va."""
        return edicion.borrador(self.sesion)

    @cached_property
    def conduce(self) -> bool:
        """Captura en la mesa."""
        return permisos.puede_conducir(self.usuario, self.sesion.organo, self.hoy)

    @cached_property
    def lee(self) -> bool:
        """Puede abrir los demás pasos de la mesa."""
        return self.conduce or permisos.puede_leer_mesa(self.usuario, self.sesion.organo, self.hoy)

    @property
    def responde(self) -> bool:
        """Le toca revisar y todavía puede."""
        return self.revisor is not None and self.ronda is not None and self.ronda.abierta(self.hoy)

    def forma_observar(self, clave: str) -> FormaObservacion | None:
        """La que se rechazó, con lo escrito; una vacía si puede responder; ninguna si no."""
        rechazada = self.rechazada
        if isinstance(rechazada, FormaObservacion) and rechazada.auto_id == ids_de(clave):
            return rechazada
        return forma_para(self.ronda, clave) if self.responde and self.ronda else None

    def tarjeta(self, observacion: Observacion) -> Tarjeta:
        """La observación y lo que se puede hacer con ella."""
        mia = self.revisor is not None and observacion.revisor_id == self.revisor.pk
        return Tarjeta(
            observacion=observacion,
            retirable=mia and self.responde and not observacion.atencion,
            forma=self._forma_atender(observacion) if self.conduce else None,
            corregir=self._donde_se_corrige(observacion.clave) if self.conduce else None,
        )

    def _forma_atender(self, observacion: Observacion) -> FormaAtencion | None:
        vacia = forma_de(observacion)
        if isinstance(self.rechazada, FormaAtencion) and self.rechazada.auto_id == vacia.auto_id:
            return self.rechazada
        return vacia if self.acta.en_trabajo else None

    def _donde_se_corrige(self, clave: str) -> tuple[str, str] | None:
        """El editor de ese párrafo o el paso de donde salen sus datos."""
        bloque = next((b for b in self.borrador.bloques if b.clave == clave), None)
        if bloque is None or not self.acta.en_trabajo:
            return None
        if bloque.editable:
            return f"{self.sesion.paso_url('acta')}?editar={clave}#acta-{clave}", "Editar este párrafo"
        if bloque.paso not in PASOS:
            return None
        return self.sesion.paso_url(bloque.paso), f"Corregir en {PASOS[bloque.paso]}"


def contexto(
    usuario: Any,
    sesion: Sesion,
    revisor: Revisor | None,
    error: FormaInvalida | ValidationError | None = None,
) -> dict[str, Any]:
    """Todo lo que pinta `sesiones/revision/revision.html`."""
    rechazada = error.forma if isinstance(error, FormaInvalida) else None
    hoja = Hoja(usuario, sesion, revisor, rechazada, timezone.localdate())
    return {
        **marco(hoja),
        "errores": _errores(error),
        "url_acta": sesion.paso_url("acta"),
        **(_de_la_ronda(hoja, hoja.ronda) if hoja.ronda else {}),
        **(_de_quien_conduce(hoja) if hoja.conduce else {}),
    }


def marco(hoja: Hoja) -> dict[str, Any]:
    """Lo que comparten las páginas de revisión."""
    organo = hoja.sesion.organo
    return {
        "sesion": hoja.sesion,
        "organo": organo,
        "denominacion": organo.denominacion(hoja.sesion.fecha),
        "hoja": hoja,
    }


def _errores(error: FormaInvalida | ValidationError | None) -> Any:
    """Lo que se resume arriba: la forma, que lleva a sus campos, o las frases."""
    if isinstance(error, FormaInvalida):
        return error.forma
    return error.messages if error else None


def _de_la_ronda(hoja: Hoja, actual: Ronda) -> dict[str, Any]:
    """El texto con lo observado, quién falta y cuánto queda de plazo."""
    avance = ronda.avance(actual)
    lectura = ronda.leer(actual, hoja.borrador, avance.observaciones, ronda.previas(actual))
    if isinstance(hoja.rechazada, FormaObservacion):
        hoja.rechazada.reponer(actual, [p.clave for p in lectura.parrafos])
    partes = [
        Parte(p, [hoja.tarjeta(o) for o in p.observaciones], hoja.forma_observar(p.clave))
        for p in lectura.parrafos
    ]
    return {
        "ronda": actual,
        "abierta": actual.abierta(hoja.hoy),
        "habiles": dias_habiles(hoja.hoy, actual.vence) if actual.vence else None,
        "avance": avance,
        "partes": partes,
        "generales": [hoja.tarjeta(o) for o in lectura.generales],
        "previas": lectura.previas,
        "forma_general": hoja.forma_observar(""),
        "forma_ronda": FormaRonda(initial={"ronda": actual.pk}, auto_id=False),
        "cambiados": lectura.cambiados if hoja.lee else 0,
        "pendiente": ronda.Pendiente(len(avance.por_atender), lectura.cambiados),
        "anteriores": range(2, actual.numero + 1),
    }


def _de_quien_conduce(hoja: Hoja) -> dict[str, Any]:
    """A quién y hasta cuándo se circularía, si ahora se puede."""
    if not hoja.acta.puede("circular"):
        return {}
    propuesta = revision.por_circular(hoja.acta, hoja.hoy, hoja.borrador)
    prefetch_related_objects([persona for persona, _ in propuesta.quienes], "usuario")
    quienes = [
        (persona.formal, institucion, correo_de(persona)) for persona, institucion in propuesta.quienes
    ]
    sin_correo = sum(not correo for *_, correo in quienes)
    return {"propuesta": propuesta, "quienes": quienes, "sin_correo": sin_correo}
