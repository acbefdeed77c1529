"""Asientos, titulares y suplencias: quién puede sentarse, desde cuándo y con qué oficio."""

import datetime as dt
from types import MappingProxyType
from typing import Any, Self

from django.db import models
from django.db.models import Q

from sesiones.estados import EstadoAsistencia, EstadoSesion, Funcion, TipoSuplencia
from sesiones.plazos import sumar_meses
from sesiones.suplencias import en_turno, faculta, quien_puede_sentarse
from stl_portal.vigencia import ConVigencia, VigenciaQuerySet

from .oficios import Oficio
from .organos import Institucion, Organo
from .personas import Persona


class AsientoQuerySet(VigenciaQuerySet):
    """Preguntas sobre asientos."""

    def publicos(self, al: dt.date) -> Self:
        """Los que cualquiera lee, existan o hayan existido: lo que empieza después no se publica."""
        return self.empezadas(al)

    def con_ocupantes(self) -> Self:
        """Trae institución, titulares y suplencias con sus personas en consultas fijas."""
        return self.select_related("institucion").prefetch_related(
            "nombramientos__persona",
            "nombramientos__oficio",
            "suplencias__persona",
            "suplencias__oficio",
        )

    def ocupados_por(self, usuario: Any, al: dt.date) -> Self:
        """Los que rigen en la fecha y ocupa la cuenta, como titular o como suplente.

        Una suplencia para una sola sesión ocupa el asiento hasta el día de esa sesión, no después.
        """
        titulares = Nombramiento.objects.vigentes(al).filter(persona__usuario=usuario)
        hasta_nuevo_aviso = Q(tipo=TipoSuplencia.PERMANENTE)
        suplentes = Suplencia.objects.vigentes(al).filter(
            hasta_nuevo_aviso | Q(sesion__fecha__gte=al), persona__usuario=usuario
        )
        ocupa = Q(pk__in=titulares.values("asiento")) | Q(pk__in=suplentes.values("asiento"))
        return self.vigentes(al).filter(ocupa)


class Asiento(ConVigencia):
    """El lugar de una institución en un órgano. Puede estar vacante y se ve vacante."""

    SIN_TRASLAPE = ("organo", "institucion", "funcion")

    organo = models.ForeignKey(Organo, on_delete=models.PROTECT, related_name="asientos")
    institucion = models.ForeignKey(
        Institucion, on_delete=models.PROTECT, related_name="asientos", verbose_name="institución"
    )
    funcion = models.CharField("función", max_length=20, choices=Funcion.choices, default=Funcion.INTEGRANTE)
    tiene_voto = models.BooleanField("tiene voto", default=True)
    orden = models.PositiveSmallIntegerField("orden en la lista", default=0)

    objects = AsientoQuerySet.as_manager()  # type: ignore[misc]

    class Meta(ConVigencia.Meta):
        verbose_name = "asiento"
        verbose_name_plural = "asientos"
        ordering = ("orden", "pk")

    def __str__(self) -> str:
        return f"{self.institucion.nombre} ({self.get_funcion_display().lower()})"

    @property
    def facilita(self) -> bool:
        """Es el lugar de la persona facilitadora."""
        return self.funcion == Funcion.FACILITACION

    def titular(self, al: dt.date) -> "Nombramiento | None":
        """Nombramiento vigente en la fecha, o None si el asiento está vacante."""
        return next((n for n in self.nombramientos.all() if n.vigente(al)), None)

    def suplentes(self, al: dt.date, sesion_id: int | None = None) -> "list[Suplencia]":
        """Suplencias que facultan en la fecha: primero la de esa sesión, luego la permanente."""
        return en_turno(self.suplencias.all(), al, sesion_id)

    def quien_puede_sentarse(
        self, al: dt.date, sesion_id: int | None = None
    ) -> "list[Nombramiento | Suplencia]":
        """Titular y suplentes que facultan en la fecha, en el orden en que se ofrecen."""
        return quien_puede_sentarse(self.nombramientos.all(), self.suplencias.all(), al, sesion_id)


class ConCargoQuerySet(VigenciaQuerySet):
    """Preguntas sobre quienes ocupan un asiento."""

    def publicos(self, al: dt.date) -> Self:
        """Los que cualquiera lee: ya empezaron, y también su asiento. Lo que viene no se publica."""
        return self.empezadas(al).filter(asiento__in=Asiento.objects.publicos(al))


class SuplenciaQuerySet(ConCargoQuerySet):
    """Preguntas sobre suplencias."""

    def publicos(self, al: dt.date) -> Self:
        """De las que ya empezaron, las permanentes y las de una sesión concluida a la que se asistió."""
        a_una_concluida = Q(
            asistencias__estado=EstadoAsistencia.PRESENTE,
            asistencias__sesion__estado=EstadoSesion.CONCLUIDA,
        )
        asistieron = Suplencia.objects.filter(a_una_concluida).values("pk")
        return super().publicos(al).filter(Q(tipo=TipoSuplencia.PERMANENTE) | Q(pk__in=asistieron))


class ConCargo(ConVigencia):
    """Base de lo que pone a una persona en un asiento con un cargo."""

    persona = models.ForeignKey(Persona, on_delete=models.PROTECT, related_name="%(class)ss")
    cargo = models.CharField(max_length=250)
    tratamiento = models.CharField(
        max_length=20, blank=True, help_text="Si el documento usa otro: Lic., Mtro., C."
    )
    oficio = models.ForeignKey(
        Oficio, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    motivo_fin = models.CharField("motivo del fin", max_length=250, blank=True)
    nota = models.CharField(
        "nota sobre las fechas",
        max_length=300,
        blank=True,
        help_text="Por ejemplo: consta desde el acta de la XXI Sesión; el documento no dice cuándo inició.",
    )

    class Meta(ConVigencia.Meta):
        abstract = True


class Nombramiento(ConCargo):
    """Persona titular de un asiento entre dos fechas."""

    SIN_TRASLAPE = ("asiento",)
    TRASLAPE = "El asiento ya tiene titular en esas fechas; termina primero el nombramiento anterior."

    asiento = models.ForeignKey(Asiento, on_delete=models.PROTECT, related_name="nombramientos")
    encargada = models.BooleanField("encargada o encargado de despacho", default=False)

    objects = ConCargoQuerySet.as_manager()  # type: ignore[misc]

    class Meta(ConCargo.Meta):
        verbose_name = "nombramiento"
        verbose_name_plural = "nombramientos"
        ordering = ("vigente_desde", "pk")

    def __str__(self) -> str:
        return f"{self.persona.nombre}, {self.cargo}"

    def vence(self) -> dt.date | None:
        """Último día de la representación: el escrito o, si no, el que da la duración de las reglas.

        Cuenta desde el inicio o desde el último refrendo, con la regla que regía ese día. None si no
        se sabe. Lee `refrendos` y `asiento.organo.reglas`: en listas, tráelos de antemano.
        """
        fechas = [r.fecha for r in self.refrendos.all() if r.fecha]
        desde = max([*fechas, *([self.vigente_desde] if self.vigente_desde else [])], default=None)
        if self.vigente_hasta or desde is None:
            return self.vigente_hasta
        regla = next((r for r in self.asiento.organo.reglas.all() if r.vigente(desde)), None)
        meses = regla.representacion_meses if regla else None
        return sumar_meses(desde, meses) - dt.timedelta(days=1) if meses else None


class Refrendo(models.Model):
    """Confirmación de una persona titular por oficio (S2:70-76)."""

    nombramiento = models.ForeignKey(Nombramiento, on_delete=models.CASCADE, related_name="refrendos")
    oficio = models.ForeignKey(Oficio, on_delete=models.PROTECT, related_name="refrendos")
    fecha = models.DateField(null=True, blank=True)
    punto = models.ForeignKey(
        "sesiones.Punto", null=True, blank=True, on_delete=models.PROTECT, related_name="refrendos"
    )

    def __str__(self) -> str:
        return f"Refrendo de {self.nombramiento}"


class Suplencia(ConCargo):
    """Persona designada por oficio para suplir al titular del asiento.

    Puede ser hasta nuevo aviso o para una sola sesión; sucesivas para el mismo asiento.
    """

    SIN_TRASLAPE = ("asiento",)
    TRASLAPE_SOLO_SI = MappingProxyType({"tipo": TipoSuplencia.PERMANENTE.value})
    TRASLAPE = "El asiento ya tiene suplente en esas fechas; termina primero esa suplencia."

    asiento = models.ForeignKey(Asiento, on_delete=models.PROTECT, related_name="suplencias")
    tipo = models.CharField(max_length=20, choices=TipoSuplencia.choices, default=TipoSuplencia.PERMANENTE)
    sesion = models.ForeignKey(
        "sesiones.Sesion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="suplencias",
        verbose_name="para la sesión",
    )
    admitida_en = models.ForeignKey(
        "sesiones.Acuerdo",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="suplencias_admitidas",
        verbose_name="admitida por el acuerdo",
    )

    objects = SuplenciaQuerySet.as_manager()  # type: ignore[misc]

    class Meta(ConCargo.Meta):
        verbose_name = "suplencia"
        verbose_name_plural = "suplencias"
        ordering = ("vigente_desde", "pk")
        constraints = (
            *ConCargo.Meta.constraints,
            models.CheckConstraint(
                condition=Q(tipo="permanente", sesion__isnull=True)
                | Q(tipo="por_sesion", sesion__isnull=False),
                name="suplencia_por_sesion_dice_cual",
                violation_error_message="Una suplencia para una sesión debe decir cuál; una permanente, no.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.persona.nombre}, suplente de {self.asiento.institucion.nombre}"

    def faculta(self, al: dt.date, sesion_id: int | None = None) -> bool:
        """Dice si el oficio faculta en la fecha (y, si es por sesión, en esa sesión)."""
        return faculta(self, al, sesion_id)
