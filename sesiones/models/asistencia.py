"""Pase de lista, entradas y salidas: quién estuvo, con su nombre y cargo de ese día."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from sesiones.estados import (
    Calidad,
    EstadoAsistencia,
    TipoMovimiento,
)
from sesiones.suplencias import motivo_de_rechazo
from stl_portal.publico import edicion

from .agenda import Punto
from .asientos import Asiento, ConCargo, Suplencia
from .personas import Persona
from .sesiones import SE_LEEN_AL_CONCLUIR, Sesion, bloquear


class AsistenciaQuerySet(models.QuerySet["Asistencia"]):
    """Preguntas sobre asistencia."""

    def de_asientos(self) -> Self:
        """Las que corresponden a un asiento del órgano."""
        return self.filter(asiento__isnull=False)

    def ocupantes(self) -> Self:
        """Quienes ocuparon un asiento: sin acompañantes, invitadas ni ponentes."""
        return self.filter(asiento__isnull=False, ocupa_asiento=True)

    def invitadas(self) -> Self:
        """Invitadas y ponentes: están y hablan; no votan ni cuentan."""
        return self.filter(asiento__isnull=True)

    def presentes(self) -> Self:
        """Quienes estuvieron, aunque llegaran tarde o se fueran antes."""
        return self.filter(estado=EstadoAsistencia.PRESENTE)

    def con_personas(self) -> Self:
        """Trae asiento, institución, suplencia y movimientos en consultas fijas."""
        filas = self.select_related("asiento__institucion", "persona", "suplencia")
        return filas.prefetch_related("movimientos")


def llego_tarde(movimientos: Sequence[str]) -> bool:
    """Si alguno de sus movimientos es una llegada: la lista ya se había pasado."""
    return TipoMovimiento.LLEGADA in movimientos


def se_fue(movimientos: Sequence[str]) -> bool:
    """Si el último de sus movimientos, en orden, es una salida."""
    return bool(movimientos) and movimientos[-1] == TipoMovimiento.SALIDA


class Asistencia(models.Model):
    """Una persona en la sesión, con su nombre y cargo congelados como eran ese día."""

    sesion = models.ForeignKey(Sesion, on_delete=models.PROTECT, related_name="asistencias")
    asiento = models.ForeignKey(
        Asiento, null=True, blank=True, on_delete=models.PROTECT, related_name="asistencias"
    )
    persona = models.ForeignKey(
        Persona, null=True, blank=True, on_delete=models.PROTECT, related_name="asistencias"
    )
    suplencia = models.ForeignKey(
        Suplencia, null=True, blank=True, on_delete=models.PROTECT, related_name="asistencias"
    )
    calidad = models.CharField(max_length=20, choices=Calidad.choices, default=Calidad.TITULAR)
    estado = models.CharField(
        max_length=20, choices=EstadoAsistencia.choices, default=EstadoAsistencia.PRESENTE
    )
    ocupa_asiento = models.BooleanField(
        "ocupa el asiento", default=True, help_text="Quien acompaña no vota ni firma por la institución."
    )
    relevada = models.BooleanField("dejó el asiento a otra persona", default=False, editable=False)
    en_quorum = models.BooleanField("contó al declarar el quórum", default=False, editable=False)
    nombre = models.CharField(max_length=200, blank=True)
    tratamiento = models.CharField(max_length=20, blank=True)
    apellidos = models.CharField(max_length=120, blank=True)
    sexo = models.CharField(max_length=1, blank=True)
    cargo = models.CharField(max_length=250, blank=True)
    institucion = models.CharField(max_length=200, blank=True)
    oficio = models.CharField("folio del oficio", max_length=80, blank=True)
    motivo = models.CharField("motivo de la ausencia", max_length=250, blank=True)
    sin_firma = models.CharField("por qué asistió y no firma", max_length=300, blank=True)
    orden = models.PositiveSmallIntegerField(default=0)

    objects = AsistenciaQuerySet.as_manager()

    class Meta:
        verbose_name = "asistencia"
        verbose_name_plural = "asistencias"
        ordering = ("orden", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("sesion", "asiento"),
                condition=Q(asiento__isnull=False, ocupa_asiento=True, relevada=False),
                name="asistencia_un_ocupante_por_asiento",
                violation_error_message="Ese asiento ya tiene a quien lo ocupa en esta sesión.",
            ),
            models.UniqueConstraint(
                fields=("sesion", "persona"),
                condition=Q(persona__isnull=False),
                name="asistencia_una_vez_por_persona",
                violation_error_message="Esa persona ya está en la lista de esta sesión.",
            ),
        )

    def __str__(self) -> str:
        return self.formal or self.institucion

    @property
    def formal(self) -> str:
        """Tratamiento y nombre, como ese día."""
        return f"{self.tratamiento} {self.nombre}".strip()

    @property
    def apelativo(self) -> str:
        """Tratamiento y apellidos, como se escribe en el desahogo."""
        return f"{self.tratamiento} {self.apellidos or self.nombre}".strip()

    @property
    def presente(self) -> bool:
        """Si estuvo en algún momento."""
        return self.estado == EstadoAsistencia.PRESENTE

    @property
    def calidad_larga(self) -> str:
        """Cargo o calidad con que interviene: «suplente de …», «invitada»."""
        if self.calidad == Calidad.SUPLENTE:
            return f"suplente de {self.institucion}"
        return self.cargo or str(self.get_calidad_display()).lower()

    @property
    def tarde(self) -> bool:
        """Se incorporó después del pase de lista."""
        return llego_tarde([m.tipo for m in self.movimientos.all()])

    @property
    def fuera(self) -> bool:
        """Su último movimiento fue una salida."""
        return se_fue([m.tipo for m in self.movimientos.all()])

    @classmethod
    def pasar_lista(
        cls,
        sesion: Sesion,
        asiento: Asiento,
        estado: str,
        *,
        ocupante: ConCargo | None = None,
        motivo: str = "",
        tratamiento: str = "",
    ) -> Self:
        """Anota un asiento en el pase de lista: quién lo ocupa, o que falta.

        `ocupante` es el nombramiento o la suplencia; sin él se toma al titular. `tratamiento`
        es el que usa ese documento, si no es el de siempre (Lic., C.). Lanza
        `ValidationError` si la lista está congelada o el oficio no cubre la fecha.
        """
        with transaction.atomic():
            sesion = bloquear(sesion)
            sesion.exigir_lista_abierta()
            ocupante = ocupante or asiento.titular(sesion.fecha)
            fila: Any = sesion.asistencias.ocupantes().filter(asiento=asiento, relevada=False).first()
            fila = fila or cls(sesion=sesion, asiento=asiento, orden=asiento.orden)
            fila.estado, fila.motivo = estado, motivo.strip()
            fila.sentar(ocupante)
            fila.tratamiento = tratamiento or fila.tratamiento
            fila.full_clean()
            with edicion.en_reserva(*SE_LEEN_AL_CONCLUIR):
                fila.save()
        return fila

    def sentar(self, ocupante: ConCargo | None) -> None:
        """Congela nombre, cargo y oficio de quien ocupa el asiento ese día."""
        if self.asiento is None:
            raise ValidationError("Solo un asiento del órgano tiene titular o suplente.")
        self.institucion = self.asiento.institucion.nombre
        if ocupante is None:
            self._vaciar()
            return
        self.suplencia = ocupante if isinstance(ocupante, Suplencia) else None
        self.calidad = Calidad.SUPLENTE if self.suplencia else Calidad.TITULAR
        exigir_que_faculta(ocupante, self.sesion)
        self.congelar(ocupante.persona, ocupante.cargo, ocupante.tratamiento)
        self.oficio = ocupante.oficio.folio if self.suplencia and ocupante.oficio else ""

    def _vaciar(self) -> None:
        """Nadie tiene el asiento ese día: no queda rastro de a quien se anotó por error."""
        if self.presente:
            raise ValidationError("El asiento está vacante: registra primero un nombramiento o suplencia.")
        self.persona = self.suplencia = None
        self.calidad = Calidad.TITULAR
        self.nombre = self.tratamiento = self.apellidos = self.sexo = self.cargo = self.oficio = ""

    def congelar(self, persona: Persona, cargo: str, tratamiento: str = "") -> None:
        """Copia los datos de la persona tal como son al momento del acto."""
        self.persona, self.nombre = persona, persona.nombre
        self.tratamiento = tratamiento or persona.tratamiento
        self.apellidos, self.sexo, self.cargo = persona.apellidos, persona.sexo, cargo

    @classmethod
    def invitar(
        cls,
        sesion: Sesion,
        *,
        nombre: str,
        calidad: str = Calidad.INVITADA,
        persona: Persona | None = None,
        **datos: Any,
    ) -> Self:
        """Agrega a una invitada, ponente o acompañante; nunca vota ni cuenta para el quórum."""
        datos |= {"nombre": nombre, "calidad": calidad, "persona": persona}
        with sesion.en_edicion() as abierta:
            fila = cls(sesion=abierta, orden=500, ocupa_asiento=False, **datos)
            fila.full_clean()
            fila.save()
        return fila

    @classmethod
    def incorporar(
        cls,
        sesion: Sesion,
        asiento: Asiento,
        ocupante: ConCargo,
        *,
        hora: dt.time | None,
        punto: Punto | None,
    ) -> Self:
        """Alguien llega después del pase de lista: cuenta desde ese punto, no antes.

        Si otra persona ya ocupó ese asiento y se retiró, su renglón queda como estaba: quien llega
        tiene el suyo.
        """
        with sesion.en_edicion() as abierta:
            abierta.exigir_en_curso("Las incorporaciones se anotan")
            abierta.exigir_hora(hora)
            fila = cls._renglon(abierta, asiento, ocupante.persona_id)
            fila.estado, fila.relevada = EstadoAsistencia.PRESENTE, False
            fila.sentar(ocupante)
            fila.full_clean()
            fila.save()
            fila.movimientos.create(tipo=TipoMovimiento.LLEGADA, hora=hora, punto=punto)
        return fila

    @classmethod
    def _renglon(cls, sesion: Sesion, asiento: Asiento, persona: int) -> Any:
        """El renglón de esa persona en ese asiento: el suyo, el de quien nunca llegó, o uno nuevo."""
        filas = sesion.asistencias.ocupantes().filter(asiento=asiento)
        actual = filas.filter(relevada=False).first()
        if actual and actual.presente and not actual.fuera:
            raise ValidationError(f"{asiento.institucion} ya está presente: {actual.formal}.")
        if actual and (not actual.presente or actual.persona_id == persona):
            return actual
        if actual:
            actual.relevada = True
            actual.save(update_fields=["relevada"])
        suyo = filas.filter(persona=persona).first()
        return suyo or cls(sesion=sesion, asiento=asiento, orden=asiento.orden)

    def corregir(self, **campos: Any) -> None:
        """Corrige cómo se escribe ese día (tratamiento, apellidos, cargo, institución), no quién estuvo."""
        with self.sesion.en_edicion():
            for campo, valor in campos.items():
                setattr(self, campo, valor)
            self.full_clean()
            self.save(update_fields=list(campos))

    def quitar(self) -> None:
        """Borra a quien se anotó por error; nunca si ocupa un asiento, intervino o firma."""
        with self.sesion.en_edicion():
            if self.ocupa_asiento:
                raise ValidationError(f"{self.formal} ocupa un asiento: corrígelo en el pase de lista.")
            self.exigir_sin_actos()
            self.delete()

    def exigir_sin_actos(self) -> None:
        """Lanza `ValidationError` si intervino o firma: el acta dice que estuvo."""
        if self.intervenciones.exists():
            raise ValidationError(f"{self.formal} tiene intervenciones en el acta: no se puede quitar.")
        if self.firmas.exists():
            raise ValidationError(f"{self.formal} está en la lista de firmas: quítalo antes de ahí.")

    def retirar(self, *, hora: dt.time | None, punto: Punto | None) -> None:
        """Se retira: deja de contar desde ese punto."""
        with self.sesion.en_edicion() as abierta:
            abierta.exigir_en_curso("Las salidas se anotan")
            abierta.exigir_hora(hora)
            if self.fuera or not self.presente:
                raise ValidationError(f"{self.formal} no está presente.")
            self.movimientos.create(tipo=TipoMovimiento.SALIDA, hora=hora, punto=punto)

    def explicar_sin_firma(self, explicacion: str) -> None:
        """Anota por qué asistió y no firma."""
        self.sin_firma = explicacion
        self.full_clean()
        self.save(update_fields=["sin_firma"])

    def presente_en(self, posicion: int, posiciones: dict[int, int]) -> bool:
        """Si estaba en el punto de esa `posicion` (orden de lectura).

        `posiciones` da la posición de cada punto por su id. Cuenta el orden de los hechos,
        no el reloj: una llegada o salida vale desde su punto, inclusive.
        """
        if not self.presente:
            return False
        previos = [m for m in self.movimientos.all() if m.posicion(posiciones) <= posicion]
        if previos:
            return previos[-1].tipo == TipoMovimiento.LLEGADA
        return not self.tarde or self.en_quorum


def exigir_que_faculta(ocupante: ConCargo, sesion: Sesion) -> None:
    """Lanza `ValidationError` si el nombramiento o el oficio no cubre la fecha de la sesión."""
    if not isinstance(ocupante, Suplencia):
        if not ocupante.vigente(sesion.fecha):
            raise ValidationError(
                f"El nombramiento de {ocupante.persona} no rige el {sesion.fecha:%d/%m/%Y}."
            )
        return
    folio = ocupante.oficio.folio if ocupante.oficio else ""
    rechazo = motivo_de_rechazo(ocupante, sesion.fecha, sesion.pk, folio)
    if rechazo:
        raise ValidationError(rechazo)
