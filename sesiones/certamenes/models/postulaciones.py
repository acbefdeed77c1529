"""Lo que alguien postula: su contacto, que nunca es público, sus respuestas y sus evidencias."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from sesiones.certamenes.estados import (
    TRANSICIONES_POSTULACION,
    EstadoPostulacion,
    SectorDeProcedencia,
    TipoDeEvidencia,
)
from stl_portal.archivo.models import Archivo
from stl_portal.guardas.sellado import Sellada
from stl_portal.transiciones import CambioDeEstado, ConEstado
from stl_portal.versiones import ConVersion

from .certamenes import Apartado, Certamen

CABEN = 10  # evidencias por postulación
INDIVIDUAL = "A título individual"


class PostulacionQuerySet(models.QuerySet["Postulacion"]):
    """Postulaciones, en palabras de quien las recibe."""

    def presentadas(self) -> Self:
        """Las que llegaron a tiempo, por folio. Las demás no son de nadie más que de quien las escribe."""
        return self.filter(estado=EstadoPostulacion.PRESENTADA).order_by("folio")

    def sin_contacto(self) -> Self:
        """Sin traer siquiera el correo, el nombre ni el teléfono de quien postula."""
        return self.defer("correo", "nombre", "telefono", "llave")


class Postulacion(ConVersion, ConEstado):
    """De quien postula solo se publica, si se le reconoce, el título, la institución o sector y el lugar."""

    TRANSICIONES = TRANSICIONES_POSTULACION
    SELLADA = Sellada(
        frase="ya se presentó: no cambia",
        si="{fila}.folio IS NOT NULL",
        # El contacto se borra al pasar su plazo; el acuse y la liga siguen valiendo.
        libres=("correo", "nombre", "telefono"),
    )

    certamen = models.ForeignKey(Certamen, on_delete=models.PROTECT, related_name="postulaciones")
    estado = models.CharField(
        max_length=12, choices=EstadoPostulacion.choices, default=EstadoPostulacion.INICIADA, db_index=True
    )
    folio = models.PositiveIntegerField(null=True, blank=True, editable=False)
    llave = models.CharField("clave de su liga", max_length=43, unique=True, editable=False)
    correo = models.EmailField("correo, que no se publica", blank=True)
    nombre = models.CharField("persona de contacto", max_length=150, blank=True)
    telefono = models.CharField("teléfono", max_length=30, blank=True)
    titulo = models.CharField("nombre de la práctica", max_length=200, blank=True)
    institucion = models.CharField("institución u organización", max_length=200, blank=True)
    sector = models.CharField(max_length=16, choices=SectorDeProcedencia.choices, blank=True)
    iniciada_el = models.DateTimeField(default=timezone.now)
    confirmada_el = models.DateTimeField(null=True, blank=True)
    presentada_el = models.DateTimeField(null=True, blank=True)

    objects = PostulacionQuerySet.as_manager()

    class Meta:
        verbose_name = "postulación"
        verbose_name_plural = "postulaciones"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("certamen", "folio"), name="postulacion_folio_unico"),
            models.CheckConstraint(
                condition=~Q(estado=EstadoPostulacion.PRESENTADA)
                | Q(folio__isnull=False, presentada_el__isnull=False),
                name="postulacion_presentada_con_folio",
            ),
        )

    def __str__(self) -> str:
        return self.titulo or "Postulación sin título"

    def get_absolute_url(self) -> str:
        """La página de su liga: solo la conoce quien postula."""
        return reverse("certamenes:postulacion", args=(self.llave,))

    @property
    def presentada(self) -> bool:
        """Si ya tiene folio."""
        return self.estado == EstadoPostulacion.PRESENTADA

    @property
    def folio_dicho(self) -> str:
        """«P-007»."""
        return f"P-{self.folio:03}" if self.folio else ""

    @property
    def de_donde(self) -> str:
        """La institución y el sector: lo que de quien postula puede publicarse."""
        return f"{self.institucion or INDIVIDUAL} ({self.get_sector_display()})"


class CambioPostulacion(CambioDeEstado):
    """Historia de una postulación."""

    objeto = models.ForeignKey(Postulacion, on_delete=models.CASCADE, related_name="historia")


class Respuesta(models.Model):
    """Lo que se contestó a una pregunta del formulario; en borrador puede pasar del tope, presentada no."""

    postulacion = models.ForeignKey(Postulacion, on_delete=models.CASCADE, related_name="respuestas")
    apartado = models.ForeignKey(Apartado, on_delete=models.PROTECT, related_name="respuestas")
    texto = models.TextField(blank=True)

    class Meta:
        verbose_name = "respuesta"
        verbose_name_plural = "respuestas"
        ordering = ("apartado__orden",)
        constraints = (
            models.UniqueConstraint(fields=("postulacion", "apartado"), name="respuesta_una_por_apartado"),
        )

    def __str__(self) -> str:
        return self.texto[:60]


class Evidencia(models.Model):
    """Un archivo o una liga con que se comprueba lo postulado."""

    postulacion = models.ForeignKey(Postulacion, on_delete=models.CASCADE, related_name="evidencias")
    tipo = models.CharField(max_length=16, choices=TipoDeEvidencia.choices)
    descripcion = models.CharField("qué muestra", max_length=200, blank=True)
    archivo = models.ForeignKey(Archivo, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    liga = models.URLField(max_length=500, blank=True)

    class Meta:
        verbose_name = "evidencia"
        verbose_name_plural = "evidencias"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(archivo__isnull=False, liga="") | (Q(archivo__isnull=True) & ~Q(liga="")),
                name="evidencia_postulada_archivo_o_liga",
            ),
        )

    def __str__(self) -> str:
        return self.descripcion or self.liga or str(self.archivo or "")

    @property
    def como_dato(self) -> dict[str, Any]:
        """Lo que de ella va en el acuse."""
        huella = self.archivo.huella if self.archivo else ""
        return {"tipo": self.tipo, "dicho": str(self), "liga": self.liga, "huella": huella}
