"""Quiénes participan en un evento y con qué materiales."""

from django.db import models
from django.db.models import Q

from sesiones.eventos.estados import Papel
from sesiones.models import Persona
from stl_portal.archivo.models import Archivo

from .eventos import DE_LA_WEB, Evento


class Ponente(models.Model):
    """Quien expone, participa en el panel, modera o imparte, con el nombre y el cargo que se anunciaron.

    El nombre queda escrito aunque se elija a una persona registrada: si después cambia, el anuncio no.
    """

    evento = models.ForeignKey(Evento, on_delete=models.CASCADE, related_name="ponentes")
    papel = models.CharField(max_length=20, choices=Papel.choices, default=Papel.PONENTE)
    persona = models.ForeignKey(
        Persona,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="ponencias",
        verbose_name="persona registrada",
    )
    nombre = models.CharField("nombre", max_length=200)
    cargo = models.CharField(max_length=250, blank=True)
    institucion = models.CharField("institución", max_length=250, blank=True)
    tema = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "ponente"
        verbose_name_plural = "ponentes"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.nombre

    @property
    def de_donde(self) -> str:
        """«Directora de Datos, Universidad de Prueba»."""
        return ", ".join(filter(None, (self.cargo, self.institucion)))


class Material(models.Model):
    """Lo que se repartió o se proyectó: un archivo o una dirección, y a cuántas personas llegó."""

    evento = models.ForeignKey(Evento, on_delete=models.PROTECT, related_name="materiales")
    titulo = models.CharField("título", max_length=200)
    archivo = models.ForeignKey(
        Archivo, null=True, blank=True, on_delete=models.PROTECT, related_name="materiales_de_eventos"
    )
    direccion = models.URLField("dirección", max_length=500, blank=True, validators=[DE_LA_WEB])
    participantes = models.PositiveIntegerField(
        null=True, blank=True, help_text="A cuántas personas llegó; vacío si no consta."
    )
    participantes_literal = models.CharField(
        "participantes, como se dijo", max_length=60, blank=True, help_text="Si es aproximado: más de 100."
    )

    class Meta:
        verbose_name = "material de un evento"
        verbose_name_plural = "materiales de eventos"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("evento", "titulo"),
                name="agenda_material_una_vez",
                violation_error_message="El evento ya tiene un material con ese título.",
            ),
            models.CheckConstraint(
                condition=Q(archivo__isnull=False) ^ ~Q(direccion=""),
                name="agenda_material_archivo_o_direccion",
                violation_error_message="Un archivo o una dirección, no ambos.",
            ),
            models.CheckConstraint(
                condition=Q(participantes_literal="") | Q(participantes__isnull=False),
                name="agenda_material_participantes_con_numero",
                violation_error_message="Escribe también el número del que hay seguridad.",
            ),
        )

    def __str__(self) -> str:
        return self.titulo
