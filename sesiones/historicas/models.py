"""Un acta por transcribir: su texto, lo que se propuso y lo que la persona corrigió."""

import hashlib
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from sesiones.models import Institucion, Organo, Sesion
from stl_portal.transiciones import CambioDeEstado, ConEstado

from . import estados
from .estados import EstadoTranscripcion


class ActaPorTranscribir(ConEstado):
    """El texto tal como llegó no cambia; `correcciones` es lo último que se guardó de la forma."""

    TRANSICIONES = estados.TRANSICIONES

    organo = models.ForeignKey(Organo, on_delete=models.PROTECT, related_name="por_transcribir")
    nombre = models.CharField("de dónde salió", max_length=200)
    texto = models.TextField("texto del acta")
    huella = models.CharField(max_length=64, editable=False)
    propuesta = models.JSONField(editable=False)
    correcciones = models.JSONField(default=dict, blank=True, editable=False)
    estado = models.CharField(
        max_length=20, choices=EstadoTranscripcion.choices, default=EstadoTranscripcion.POR_CONFIRMAR
    )
    sesion = models.OneToOneField(
        Sesion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="transcrita_de",
        verbose_name="sesión",
    )
    subida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    subida_el = models.DateTimeField("se recibió el")

    class Meta:
        verbose_name = "acta por transcribir"
        verbose_name_plural = "actas por transcribir"
        ordering = ("-subida_el", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organo", "huella"),
                condition=~Q(estado="descartada"),
                name="historica_un_texto_una_vez",
                violation_error_message="Ese texto ya se recibió.",
            ),
            models.CheckConstraint(
                condition=Q(estado="confirmada", sesion__isnull=False)
                | (~Q(estado="confirmada") & Q(sesion__isnull=True)),
                name="historica_confirmada_tiene_sesion",
            ),
        )

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        """La página donde se revisa."""
        return reverse("historicas:revisar", args=(self.pk,))

    @property
    def renglones(self) -> list[str]:
        """Su texto, renglón por renglón, como lo cuenta la propuesta."""
        return self.texto.splitlines()

    @classmethod
    def recibir(
        cls, organo: Organo, *, nombre: str, texto: str, propuesta: Any, por: Any, cuando: Any
    ) -> tuple["ActaPorTranscribir", bool]:
        """La transcripción nueva, o la que ya había de ese mismo texto; y si es nueva."""
        huella = hashlib.sha256(texto.encode()).hexdigest()
        with transaction.atomic():
            Organo.objects.select_for_update().get(pk=organo.pk)
            ya = cls.objects.filter(organo=organo, huella=huella).exclude(
                estado=EstadoTranscripcion.DESCARTADA
            )
            if primera := ya.first():
                return primera, False
            fila = cls(
                organo=organo,
                nombre=nombre[:200],
                texto=texto,
                huella=huella,
                propuesta=propuesta,
                subida_por=por,
                subida_el=cuando,
            )
            fila.full_clean()
            fila.save()
            fila.historia.create(verbo="recibir", de="", a=fila.estado, por=por, cuando=cuando)
        return fila, True

    def guardar_correcciones(self, correcciones: dict[str, list[str]]) -> None:
        """Conserva lo escrito, esté como esté. Lanza `TransicionInvalida` si ya no está por confirmar."""
        with transaction.atomic():
            fila = type(self).objects.select_for_update().get(pk=self.pk)
            fila.exigir("confirmar")
            self.correcciones = fila.correcciones = correcciones
            fila.save(update_fields=["correcciones"])


class CambioActaPorTranscribir(CambioDeEstado):
    """Historia de la transcripción."""

    objeto = models.ForeignKey(ActaPorTranscribir, on_delete=models.CASCADE, related_name="historia")


class AliasInstitucion(models.Model):
    """Otra forma en que un documento escribió el nombre de una institución."""

    institucion = models.ForeignKey(Institucion, on_delete=models.CASCADE, related_name="alias")
    texto = models.CharField("como aparece", max_length=200)
    fuente = models.CharField("documento y renglón", max_length=200, blank=True)

    class Meta:
        verbose_name = "alias de institución"
        verbose_name_plural = "alias de instituciones"
        constraints = (
            models.UniqueConstraint(
                fields=("institucion", "texto", "fuente"), name="historica_alias_una_vez_por_fuente"
            ),
        )

    def __str__(self) -> str:
        return self.texto
