"""Acuerdos: lo que el órgano decidió, con su número, quién responde y si se cumplió."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Max, Q
from django.urls import reverse

from sesiones.estados import EDITABLES, EstadoAcuerdo
from sesiones.numeracion import ordinal_acuerdo
from stl_portal.versiones import ConVersion

from .agenda import Punto
from .asientos import Asiento, Suplencia
from .desahogo import Plazo
from .sesiones import Sesion


class AcuerdoQuerySet(models.QuerySet["Acuerdo"]):
    """Preguntas sobre acuerdos."""

    def abiertos(self) -> Self:
        """Los que aún no se cumplen ni quedaron sin efecto."""
        return self.filter(estado__in=(EstadoAcuerdo.PENDIENTE, EstadoAcuerdo.EN_PROCESO))

    def vencidos(self, al: dt.date) -> Self:
        """Los abiertos con un plazo cuya fecha ya pasó."""
        return self.abiertos().filter(plazos__fecha__lt=al).distinct()

    def de_sesiones_publicas(self) -> Self:
        """Los de sesiones concluidas, que la ciudadanía puede ver."""
        return self.filter(sesion__estado="concluida")


class Acuerdo(ConVersion):
    """Lo que el órgano acordó: numerado por sesión, con responsable, plazo y seguimiento."""

    sesion = models.ForeignKey(Sesion, on_delete=models.PROTECT, related_name="acuerdos")
    punto = models.ForeignKey(Punto, on_delete=models.PROTECT, related_name="acuerdos")
    numero = models.PositiveSmallIntegerField("número")
    texto = models.TextField()
    responsable = models.CharField(max_length=250, blank=True)
    responsable_asiento = models.ForeignKey(
        Asiento, null=True, blank=True, on_delete=models.PROTECT, related_name="acuerdos"
    )
    estado = models.CharField(
        "seguimiento", max_length=20, choices=EstadoAcuerdo.choices, default=EstadoAcuerdo.PENDIENTE
    )

    objects = AcuerdoQuerySet.as_manager()

    EDITABLE_SI = Q(sesion__estado__in=EDITABLES)

    class Meta:
        verbose_name = "acuerdo"
        verbose_name_plural = "acuerdos"
        ordering = ("sesion", "numero")
        constraints = (
            models.UniqueConstraint(fields=("sesion", "numero"), name="acuerdo_numero_unico_en_sesion"),
        )

    def __str__(self) -> str:
        return f"Acuerdo {self.ordinal.lower()} de la {self.sesion}"

    @property
    def ordinal(self) -> str:
        """«Primero», «Segundo», «Noveno»…"""
        return ordinal_acuerdo(self.numero)

    @property
    def quien_responde(self) -> str:
        """La institución responsable, quien se escribió además, o ambas."""
        asiento = self.responsable_asiento.institucion.nombre if self.responsable_asiento else ""
        return "; ".join(parte for parte in (asiento, self.responsable) if parte)

    def get_absolute_url(self) -> str:
        """Su propia página, permanente; `sesion.organo` ya traído."""
        return reverse("sesiones:acuerdo", args=(self.sesion.organo.clave, self.sesion.clave, self.numero))

    @classmethod
    def agregar(
        cls,
        punto: Punto,
        *,
        texto: str,
        plazo: tuple[str, dt.date | None] = ("", None),
        suplencias: Iterable[Suplencia] = (),
        **campos: Any,
    ) -> Self:
        """Agrega un acuerdo con el siguiente número de la sesión, sin huecos ni repetidos.

        `plazo` es lo dicho y su fecha, cualquiera de los dos puede faltar. `suplencias` son las
        que se tienen por admitidas con el acuerdo.
        """
        with punto.sesion.en_edicion() as sesion:
            sesion.exigir_en_curso("Los acuerdos se anotan")
            ultimo = cls.objects.filter(sesion=sesion).aggregate(n=Max("numero"))["n"] or 0
            acuerdo = cls(sesion=sesion, punto=punto, numero=ultimo + 1, texto=texto, **campos)
            acuerdo.full_clean()
            acuerdo.save()
            acuerdo.suplencias_admitidas.set(suplencias)
            if any(plazo):
                concepto = f"Acuerdo {acuerdo.ordinal}"
                Plazo.fijar(punto, acuerdo=acuerdo, concepto=concepto, literal=plazo[0], fecha=plazo[1])
        return acuerdo

    def mover(self, numero: int) -> None:
        """Le da otro número y recorre los demás, mientras la sesión se pueda editar."""
        with self.sesion.en_edicion() as sesion:
            filas = list(sesion.acuerdos.exclude(pk=self.pk))
            filas.insert(max(numero, 1) - 1, self)
            self._numerar(sesion, filas)

    def quitar(self) -> None:
        """Borra el acuerdo y cierra el hueco. Nunca si tiene votación o seguimiento."""
        with self.sesion.en_edicion() as sesion:
            if self.votaciones.exists() or self.seguimientos.exists() or self.anexos.exists():
                raise ValidationError(
                    "El acuerdo tiene votación, anexos o seguimiento: quítalos antes de borrarlo."
                )
            if self.calendarios.exists():
                raise ValidationError("Con este acuerdo se aprobó el calendario: no se puede borrar.")
            self.delete()
            self._numerar(sesion, list(sesion.acuerdos.all()))

    @staticmethod
    def _numerar(sesion: Sesion, filas: "list[Acuerdo]") -> None:
        """Renumera en dos pasos para no chocar con la unicidad a media vuelta."""
        sesion.acuerdos.update(numero=F("numero") + 10_000)
        for numero, fila in enumerate(filas, start=1):
            Acuerdo.objects.filter(pk=fila.pk).update(numero=numero)

    def dar_seguimiento(
        self, estado: str, nota: str, *, por: Any, fecha: dt.date, sesion: Sesion | None = None
    ) -> "Seguimiento":
        """Anota cómo va, en qué sesión se informó, y actualiza su estado."""
        with transaction.atomic():
            fila = Seguimiento(acuerdo=self, estado=estado, nota=nota, por=por, fecha=fecha, sesion=sesion)
            fila.full_clean()
            fila.save()
            if not self.seguimientos.filter(fecha__gt=fecha).exists():
                self.estado = estado
                self.save(update_fields=["estado"])
        return fila


class Seguimiento(models.Model):
    """Renglón de seguimiento de un acuerdo."""

    acuerdo = models.ForeignKey(Acuerdo, on_delete=models.CASCADE, related_name="seguimientos")
    estado = models.CharField(max_length=20, choices=EstadoAcuerdo.choices)
    nota = models.TextField("qué se hizo")
    sesion = models.ForeignKey(
        Sesion, null=True, blank=True, on_delete=models.PROTECT, related_name="seguimientos"
    )
    fecha = models.DateField()
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("fecha", "pk")

    def __str__(self) -> str:
        return f"{self.fecha:%d/%m/%Y}: {self.get_estado_display()}"
