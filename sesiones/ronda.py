"""Una ronda de revisión como se lee: cada párrafo circulado, lo que se observó en él y cómo quedó.

Lo que se lee es siempre el texto que se circuló, aunque después se haya corregido: así ninguna
observación pierde el párrafo del que habla.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from sesiones import revision
from sesiones.acta import cotejo, edicion
from sesiones.acta.bloques import FIN, RESULTADO, SECCION, SUBTITULO, Bloque
from sesiones.acta.cotejo import Cambio, Tramo
from sesiones.acta.edicion import Borrador
from sesiones.estados import Atencion, RespuestaRevision
from sesiones.models import Observacion, Revisor, Ronda
from stl_portal.espanol import enumerar
from stl_portal.texto import a_llano

ROTULOS = frozenset({SECCION, SUBTITULO, RESULTADO, FIN})


@dataclass(frozen=True)
class Parrafo:
    """Un párrafo circulado. `bloque` está si el acta sigue diciendo lo mismo; `cambio`, si ya no."""

    clave: str
    rotulo: str
    texto: str
    bloque: Bloque | None
    cambio: Cambio | None
    observaciones: tuple[Observacion, ...]
    previas: tuple[Observacion, ...]  # las de rondas anteriores, con su respuesta

    @property
    def se_observa(self) -> bool:
        """Es texto, no un encabezado."""
        return self.bloque is None or self.bloque.clase not in ROTULOS

    @property
    def principio(self) -> str:
        """Las primeras palabras, para nombrar el párrafo."""
        palabras = a_llano(self.texto).split()
        return " ".join(palabras[:7]) + ("…" if len(palabras) > 7 else "")


@dataclass(frozen=True)
class Observado:
    """Un cambio entre dos rondas y las observaciones que se hicieron en ese párrafo."""

    rotulo: str
    que: str
    tramos: tuple[Tramo, ...]
    observaciones: tuple[Observacion, ...]


@dataclass(frozen=True)
class Lectura:
    """El texto circulado con lo observado; `cambiados`, cuántos párrafos difieren del borrador de hoy."""

    parrafos: list[Parrafo]
    generales: list[Observacion]
    previas: list[Observacion]  # de rondas anteriores, sin un párrafo en esta
    cambiados: int


def leer(
    ronda: Ronda,
    borrador: Borrador,
    observaciones: Iterable[Observacion],
    previas: Iterable[Observacion] = (),
) -> Lectura:
    """Cada párrafo de la ronda con lo suyo y, aparte, lo observado sobre toda el acta."""
    bloques = {b.clave: b for b in borrador.bloques}
    cambios = {c.clave: c for c in cotejo.cambios(ronda.parrafos, revision.parrafos_de(borrador.bloques))}
    por_clave, de_antes = _por_clave(observaciones), _por_clave(previas)
    leidos = [
        Parrafo(
            **circulado,
            bloque=None if circulado["clave"] in cambios else bloques.get(circulado["clave"]),
            cambio=cambios.get(circulado["clave"]),
            observaciones=tuple(por_clave.pop(circulado["clave"], ())),
            previas=tuple(de_antes.pop(circulado["clave"], ())),
        )
        for circulado in ronda.parrafos
    ]
    return Lectura(leidos, _juntas(por_clave), _juntas(de_antes), len(cambios))


def previas(ronda: Ronda) -> list[Observacion]:
    """Lo observado en las rondas anteriores de la misma acta, en una consulta; en la primera, ninguna."""
    if ronda.numero == 1:
        return []
    anteriores = Observacion.objects.filter(
        revisor__ronda__acta=ronda.acta_id, revisor__ronda__numero__lt=ronda.numero
    )
    return list(anteriores.select_related("revisor__ronda", "atendida_por"))


def _juntas(por_clave: Mapping[str, list[Observacion]]) -> list[Observacion]:
    return [o for resto in por_clave.values() for o in resto]


def _por_clave(observaciones: Iterable[Observacion]) -> dict[str, list[Observacion]]:
    """Lo observado, reunido por párrafo; las de toda el acta llevan la clave vacía."""
    reunidas: dict[str, list[Observacion]] = defaultdict(list)
    for observacion in observaciones:
        reunidas[observacion.clave].append(observacion)
    return reunidas


def lo_que_cambio(
    antes: Ronda, ahora: Iterable[Mapping[str, str]], observaciones: Iterable[Observacion]
) -> tuple[list[Observado], list[Observacion]]:
    """Los párrafos que cambiaron desde una ronda, con lo que se pidió en ellos, y lo pedido en los demás."""
    por_clave = _por_clave(observaciones)
    cambiados = [
        Observado(c.rotulo, _que_paso(c), c.tramos, tuple(por_clave.pop(c.clave, ())))
        for c in cotejo.cambios(antes.parrafos, ahora)
    ]
    return cambiados, _juntas(por_clave)


def _que_paso(cambio: Cambio) -> str:
    """El cambio dicho en palabras: los colores solo lo refuerzan."""
    if cambio.es_nuevo:
        return "Párrafo nuevo"
    return "Párrafo que se quitó" if cambio.se_quito else "Párrafo que cambió"


def exigir_corregido(observacion: Observacion) -> None:
    """Lo que se dice incorporado tiene que haber cambiado desde que se circuló: su párrafo o, si habló de
    toda el acta, cualquiera. Lanza `ValidationError` si todo sigue igual.
    """
    circulada = observacion.revisor.ronda
    circulada.acta.exigir_en_trabajo()
    actuales = revision.parrafos_de(edicion.borrador(circulada.acta.sesion).bloques)
    cambiados = {c.clave for c in cotejo.cambios(circulada.parrafos, actuales)}
    if observacion.clave in cambiados or (cambiados and not observacion.clave):
        return
    que = "El párrafo" if observacion.clave else "El texto"
    raise ValidationError(
        {"porque": f"{que} sigue igual que cuando se circuló: corrígelo primero o responde por qué no."}
    )


@dataclass(frozen=True)
class Pendiente:
    """Cuánto falta después de una ronda, dicho igual en la revisión y en la vida del acta."""

    por_atender: int
    cambiados: int

    @property
    def titulo(self) -> str:
        """«Por atender: 2» o «Nada por atender»."""
        return f"Por atender: {self.por_atender}" if self.por_atender else "Nada por atender"

    @property
    def sin_terminar(self) -> bool:
        """Si hay algo que responder o que circular."""
        return bool(self.por_atender or self.cambiados)

    @property
    def explica(self) -> str:
        """Qué hacer con lo observado y con el texto."""
        if self.por_atender:
            return "Responde cada observación antes de circular otra ronda."
        if self.cambiados:
            return "El texto ya no es el que se circuló: circúlalo otra vez o sigue con su aprobación."
        return "El texto es el que se circuló. Sigue con su aprobación."

    @property
    def accion(self) -> str:
        """Lo que se hace en la página de la revisión."""
        if self.por_atender:
            return "Atender las observaciones"
        return "Volver a circular" if self.cambiados else "Ver la revisión"


def pendiente(ultima: Ronda, borrador: Borrador) -> Pendiente:
    """Lo que falta de la última ronda."""
    actuales = revision.parrafos_de(borrador.bloques)
    return Pendiente(
        por_atender=ultima.observaciones().filter(atencion=Atencion.PENDIENTE).count(),
        cambiados=len(list(cotejo.cambios(ultima.parrafos, actuales))),
    )


@dataclass(frozen=True)
class Avance:
    """Cómo va la ronda: quién respondió qué, quién falta y cuánto queda por atender."""

    revisores: list[Revisor]
    observaciones: list[Observacion]

    @property
    def faltan(self) -> list[Revisor]:
        """Quienes no han respondido."""
        return [r for r in self.revisores if r.respuesta == RespuestaRevision.SIN_RESPUESTA]

    @property
    def nombres_que_faltan(self) -> str:
        """«Mtra. Ana Ruiz, Lic. Beto Sosa y C. Darío Vega»."""
        return enumerar([r.nombre for r in self.faltan])

    @property
    def respondieron(self) -> int:
        """Cuántas personas ya respondieron."""
        return len(self.revisores) - len(self.faltan)

    @property
    def por_atender(self) -> list[Observacion]:
        """Observaciones que nadie ha contestado."""
        return [o for o in self.observaciones if o.atencion == Atencion.PENDIENTE]


def avance(ronda: Ronda) -> Avance:
    """Las respuestas y observaciones de la ronda, en dos consultas."""
    return Avance(list(ronda.revisores.all()), list(ronda.observaciones()))
