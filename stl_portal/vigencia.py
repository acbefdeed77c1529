"""Datos con vigencia: casi nada del órgano es constante, casi todo tiene fechas."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q


def dentro(desde: dt.date | None, hasta: dt.date | None, al: dt.date) -> bool:
    """Dice si `al` cae entre ambas fechas, inclusive; sin fecha, abierto."""
    return (desde is None or desde <= al) and (hasta is None or al <= hasta)


class VigenciaQuerySet(models.QuerySet[Any]):
    """Preguntas de vigencia, encadenables."""

    def vigentes(self, al: dt.date) -> Self:
        """Lo que rige en la fecha `al` (ambos extremos inclusive)."""
        return self.filter(
            Q(vigente_desde__isnull=True) | Q(vigente_desde__lte=al),
            Q(vigente_hasta__isnull=True) | Q(vigente_hasta__gte=al),
        )

    def empezadas(self, al: dt.date) -> Self:
        """Lo que ya había empezado en la fecha, siga o no; lo que no dice desde cuándo, cuenta."""
        return self.filter(Q(vigente_desde__isnull=True) | Q(vigente_desde__lte=al))

    def que_traslapan(self, desde: dt.date | None, hasta: dt.date | None) -> Self:
        """Lo que comparte al menos un día con el periodo dado."""
        filas = self
        if hasta is not None:
            filas = filas.filter(Q(vigente_desde__isnull=True) | Q(vigente_desde__lte=hasta))
        if desde is not None:
            filas = filas.filter(Q(vigente_hasta__isnull=True) | Q(vigente_hasta__gte=desde))
        return filas


class ConVigencia(models.Model):
    """Base con fechas de inicio y fin, ambas inclusive y ambas opcionales."""

    vigente_desde = models.DateField("vigente desde", null=True, blank=True)
    vigente_hasta = models.DateField("vigente hasta", null=True, blank=True)

    objects = VigenciaQuerySet.as_manager()

    # Campos que no admiten dos filas vigentes el mismo día; vacío = se permite.
    SIN_TRASLAPE: tuple[str, ...] = ()
    # Si no todas las filas cuentan: valores que debe tener la que sí.
    TRASLAPE_SOLO_SI: Mapping[str, str] = MappingProxyType({})
    TRASLAPE = "Las fechas se enciman con otro periodo ya registrado."

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(vigente_desde__isnull=True)
                | Q(vigente_hasta__isnull=True)
                | Q(vigente_hasta__gte=F("vigente_desde")),
                name="%(app_label)s_%(class)s_vigencia_en_orden",
                violation_error_message="La fecha final no puede ser anterior a la inicial.",
            ),
        )

    def vigente(self, al: dt.date) -> bool:
        """Dice si rige en la fecha `al`."""
        return dentro(self.vigente_desde, self.vigente_hasta, al)

    def clean(self) -> None:
        """Rechaza traslapes con una frase que dice con qué periodo chocan."""
        super().clean()
        if not self.SIN_TRASLAPE:
            return
        iguales = {campo: self.serializable_value(campo) for campo in self.SIN_TRASLAPE}
        ajena = any(getattr(self, campo) != valor for campo, valor in self.TRASLAPE_SOLO_SI.items())
        if ajena or any(valor is None for valor in iguales.values()):
            return
        otros = type(self)._default_manager.filter(**iguales, **self.TRASLAPE_SOLO_SI).exclude(pk=self.pk)
        choque = otros.que_traslapan(self.vigente_desde, self.vigente_hasta).first()
        if choque:
            raise ValidationError({"vigente_desde": f"{self.TRASLAPE} Choca con: {choque}."})

    def suceder(self) -> None:
        """Guarda esta versión y termina la vigente el día anterior, todo o nada.

        Lanza `ValidationError` si no dice desde cuándo rige o si choca con una versión posterior.
        """
        if self.vigente_desde is None:
            raise ValidationError({"vigente_desde": "Escribe desde qué fecha rige."})
        iguales = {campo: self.serializable_value(campo) for campo in self.SIN_TRASLAPE}
        empezadas_antes = Q(vigente_desde__isnull=True) | Q(vigente_desde__lt=self.vigente_desde)
        with transaction.atomic():
            anteriores = type(self)._default_manager.filter(empezadas_antes, **iguales)
            anteriores.vigentes(self.vigente_desde).update(
                vigente_hasta=self.vigente_desde - dt.timedelta(days=1)
            )
            self.full_clean()
            self.save()

    suceder.alters_data = True  # type: ignore[attr-defined]
