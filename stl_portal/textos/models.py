"""Lo que alguien cambió de un texto, su historia, y los anuncios del portal."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from stl_portal.versiones import ConVersion

from . import variables
from .registro import TEXTOS, Editable

DEL_PORTAL = ""  # el ámbito de lo que no es de un órgano


class Texto(ConVersion):
    """Un texto que se editó alguna vez. Con `de_fabrica`, hoy se lee el de fábrica."""

    clave = models.CharField("clave", max_length=80, editable=False)
    ambito = models.CharField(
        "de quién",
        max_length=40,
        blank=True,
        editable=False,
        help_text="Clave del órgano; vacío: del portal.",
    )
    escrito = models.TextField("texto", blank=True)
    de_fabrica = models.BooleanField("dice lo de fábrica", default=True)

    class Meta:
        verbose_name = "texto del portal"
        verbose_name_plural = "textos del portal"
        ordering = ("clave", "ambito")
        constraints = (models.UniqueConstraint(fields=("clave", "ambito"), name="texto_uno_por_ambito"),)

    def __str__(self) -> str:
        declarado = TEXTOS.get(self.clave)
        return f"{declarado.nombre if declarado else self.clave}{f' ({self.ambito})' if self.ambito else ''}"

    @classmethod
    def cambiar(cls, declarado: Editable, ambito: str, *, escrito: str, version: int, por: Any) -> "Texto":
        """Guarda lo escrito sobre la versión que se leyó y lo anota en su historia.

        Lanza `ValidationError` si un dato no se entiende, si queda vacío o si es muy largo, y `VersionRancia`
        si alguien lo cambió antes.
        """
        limpio = revisar(declarado, escrito)
        return cls._guardar(declarado, ambito, version, por, escrito=limpio, de_fabrica=False)

    @classmethod
    def volver(cls, declarado: Editable, ambito: str, *, version: int, por: Any) -> "Texto":
        """Vuelve a decir lo de fábrica; lo que decía queda en la historia. Lanza `VersionRancia`."""
        return cls._guardar(declarado, ambito, version, por, escrito="", de_fabrica=True)

    @classmethod
    def _guardar(
        cls, declarado: Editable, ambito: str, version: int, por: Any, *, escrito: str, de_fabrica: bool
    ) -> "Texto":
        with transaction.atomic():
            fila, _ = cls.objects.get_or_create(clave=declarado.clave, ambito=ambito)
            igual = (fila.escrito, fila.de_fabrica) == (escrito, de_fabrica)
            if not igual:
                fila.guardar_sobre(version, por=por, escrito=escrito, de_fabrica=de_fabrica)
                fila.cambios.create(escrito=escrito, de_fabrica=de_fabrica, por=por)
        olvidar_al_confirmar()
        return fila


class CambioDeTexto(models.Model):
    """Cada vez que alguien lo cambió: qué quedó, quién y cuándo."""

    texto = models.ForeignKey(Texto, on_delete=models.CASCADE, related_name="cambios")
    escrito = models.TextField("quedó así", blank=True)
    de_fabrica = models.BooleanField("volvió al de fábrica", default=False)
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="quién"
    )
    cuando = models.DateTimeField("cuándo", default=timezone.now)

    class Meta:
        verbose_name = "cambio de un texto"
        verbose_name_plural = "cambios de los textos"
        ordering = ("-pk",)  # el orden lo da la secuencia, no el reloj

    def __str__(self) -> str:
        return f"{self.texto}, {timezone.localtime(self.cuando):%d/%m/%Y %H:%M}"


def revisar(declarado: Editable, escrito: str) -> str:
    """Lo escrito, limpio. Lanza `ValidationError` con todo lo que no procede."""
    limpio = declarado.limpio(escrito)
    if not limpio and not declarado.puede_vaciarse:
        raise ValidationError("Escribe el texto. Para que diga lo de antes, vuelve al de fábrica.")
    if len(limpio) > declarado.maximo:
        raise ValidationError(f"Tiene {len(limpio):,} caracteres y caben {declarado.maximo:,}.")
    variables.comprobar(limpio, declarado)
    return limpio


def olvidar_al_confirmar() -> None:
    """Este proceso lo vuelve a leer; los demás se enteran por la edición de lo público."""
    from .lectura import olvidar

    olvidar()
    transaction.on_commit(olvidar)


class Donde(models.TextChoices):
    """En qué páginas se ve un anuncio."""

    TODAS = "todas", "En todas las páginas"
    PUBLICO = "publico", "Solo para quien no ha entrado"
    PRIVADO = "privado", "Solo para quien ya entró con su cuenta"


class Tono(models.TextChoices):
    """Con qué color e icono se ve; siempre lleva además su texto."""

    INFO = "info", "Informa"
    ALERTA = "alerta", "Advierte"


class AnuncioQuerySet(models.QuerySet["Anuncio"]):
    """Preguntas sobre anuncios."""

    def vigentes(self, al: dt.date) -> Self:
        """Los de ese día, contando el primero y el último."""
        return self.filter(desde__lte=al, hasta__gte=al)


class Anuncio(models.Model):
    """Una franja arriba de las páginas que avisa algo entre dos días."""

    texto = models.CharField("qué se anuncia", max_length=300)
    tono = models.CharField("cómo se ve", max_length=10, choices=Tono.choices, default=Tono.INFO)
    donde = models.CharField("dónde se ve", max_length=10, choices=Donde.choices, default=Donde.TODAS)
    desde = models.DateField("primer día")
    hasta = models.DateField("último día", help_text="Ese día todavía se ve.")
    accion = models.CharField(
        "texto de la liga", max_length=80, blank=True, help_text="Por ejemplo: Ver el calendario."
    )
    liga = models.CharField(
        "a dónde lleva",
        max_length=300,
        blank=True,
        help_text="Una página de este portal («/calendario/») o una dirección completa con https.",
    )

    objects = AnuncioQuerySet.as_manager()

    class Meta:
        verbose_name = "anuncio del portal"
        verbose_name_plural = "anuncios del portal"
        ordering = ("-desde", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(hasta__gte=models.F("desde")), name="anuncio_termina_despues_de_empezar"
            ),
        )

    def __str__(self) -> str:
        return self.texto

    def clean(self) -> None:
        """Que termine después de empezar y que la liga lleve a una página."""
        problemas: dict[str, str] = {}
        if self.desde and self.hasta and self.hasta < self.desde:
            problemas["hasta"] = "El último día es anterior al primero."
        if self.liga and not (self.liga.startswith("https://") or _de_la_casa(self.liga)):
            problemas["liga"] = "Escribe una página del portal («/calendario/») o una que empiece con https."
        if bool(self.liga) != bool(self.accion):
            falta = "accion" if self.liga else "liga"
            problemas[falta] = "La liga y su texto van juntos: escribe los dos o ninguno."
        if problemas:
            raise ValidationError(problemas)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Guarda y se deja ver."""
        super().save(*args, **kwargs)
        olvidar_al_confirmar()


def _de_la_casa(liga: str) -> bool:
    return liga.startswith("/") and not liga.startswith("//") and "\\" not in liga
