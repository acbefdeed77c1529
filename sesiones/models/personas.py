"""Personas: no son su cargo ni su institución, y su nombre puede venir mal escrito."""

from django.conf import settings
from django.db import models

from sesiones.estados import Sexo, SexoDeclarado


class Persona(models.Model):
    """Persona canónica. Los cargos viven en nombramientos y suplencias, con fechas."""

    nombre = models.CharField("nombre completo", max_length=200)
    apellidos = models.CharField(
        max_length=120, blank=True, help_text="Como se le nombra al intervenir: «Ducoing Valdepeña»."
    )
    tratamiento = models.CharField(max_length=20, blank=True, help_text="Lic., Mtra., Dr., C.")
    sexo = models.CharField("concordancia", max_length=1, choices=Sexo.choices, default=Sexo.NO_BINARIO)
    # Aparte de `sexo`, que escoge quien captura para redactar y no dice nada de la persona.
    sexo_declarado = models.CharField(
        max_length=12,
        choices=SexoDeclarado.choices,
        blank=True,
        help_text="Solo si la persona lo declara. No se publica: el informe anual dice cuentas, no de quién.",
    )
    correo = models.EmailField("correo electrónico", blank=True, help_text="No se publica.")
    rfc = models.CharField(
        "RFC", max_length=13, blank=True, help_text="No se publica: solo se compara con su e.firma."
    )
    curp = models.CharField(
        "CURP", max_length=18, blank=True, help_text="No se publica: solo se compara con su e.firma."
    )
    usuario = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="persona",
        verbose_name="cuenta",
    )

    class Meta:
        verbose_name = "persona"
        verbose_name_plural = "personas"
        ordering = ("nombre", "pk")

    def __str__(self) -> str:
        return self.nombre

    @property
    def formal(self) -> str:
        """Tratamiento y nombre completo."""
        return f"{self.tratamiento} {self.nombre}".strip()

    @property
    def apelativo(self) -> str:
        """Tratamiento y apellidos, como se escribe en el desahogo."""
        return f"{self.tratamiento} {self.apellidos or self.nombre}".strip()


class AliasPersona(models.Model):
    """Otra forma en que un documento escribió el nombre; se conserva como transcripción."""

    persona = models.ForeignKey(Persona, on_delete=models.CASCADE, related_name="alias")
    texto = models.CharField("como aparece", max_length=200)
    fuente = models.CharField("documento y renglón", max_length=200, blank=True)

    class Meta:
        verbose_name = "alias"
        verbose_name_plural = "alias"
        constraints = (
            models.UniqueConstraint(fields=("persona", "texto", "fuente"), name="alias_una_vez_por_fuente"),
        )

    def __str__(self) -> str:
        return self.texto
