"""Preguntas y comentarios de la ciudadanía, lo que se les responde y su historia.

El correo de quien escribe sirve para confirmar y avisarle: no se muestra en ninguna página, ni a quien
modera, y se borra al pasar el plazo de `borrado.py`.
"""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.urls import reverse
from django.utils import timezone

from stl_portal.guardas.sellado import Sellada
from stl_portal.transiciones import CambioDeEstado, ConEstado

from . import registro
from .estados import (
    HECHO,
    PUBLICAS,
    TRANSICIONES_PREGUNTA,
    EstadoPregunta,
    MotivoRechazo,
    Tipo,
)
from .registro import Firma

MAXIMO = 1500  # caracteres de una pregunta
ANONIMO = "Una persona"


class Foliador(models.Model):
    """El último folio dado en un año; se bloquea al dar el siguiente: ni huecos ni repetidos."""

    anio = models.PositiveSmallIntegerField("año", unique=True)
    ultimo = models.PositiveIntegerField("último número", default=0)

    class Meta:
        verbose_name = "foliador"
        verbose_name_plural = "foliadores"

    def __str__(self) -> str:
        return f"{self.anio}-{self.ultimo:04}"

    @classmethod
    def siguiente(cls, anio: int) -> str:
        """«2026-0012». Se llama dentro de la transacción que lo usa."""
        with transaction.atomic():
            cls.objects.get_or_create(anio=anio)
            fila = cls.objects.select_for_update().get(anio=anio)
            fila.ultimo += 1
            fila.save(update_fields=["ultimo"])
        return str(fila)


class PreguntaQuerySet(models.QuerySet["Pregunta"]):
    """Preguntas, en palabras de quien las atiende."""

    def visibles(self) -> Self:
        """Las que cualquiera lee: publicadas, y de algo que sigue siendo público. Su correo ni se trae."""
        de_algo_publico = Q(pk__in=())
        for nombre, clase in registro.OBJETOS.items():
            existe = Exists(clase.publicos().filter(pk=OuterRef("objeto")).values("pk"))
            de_algo_publico |= Q(existe, clase=nombre)
        return self.filter(de_algo_publico, estado__in=PUBLICAS).defer("correo")

    def por_moderar(self) -> Self:
        """Las de correo confirmado que nadie ha publicado ni rechazado."""
        return self.filter(estado=EstadoPregunta.CONFIRMADA)

    def sin_responder(self) -> Self:
        """Las publicadas que esperan respuesta; un comentario no la espera."""
        return self.filter(estado=EstadoPregunta.PUBLICADA, tipo=Tipo.PREGUNTA)

    def vencidas(self, al: dt.date) -> Self:
        """Las que esperan respuesta y ya pasó su plazo."""
        return self.sin_responder().filter(vence__lt=al)

    def respondidas(self) -> Self:
        """Las que tienen respuesta."""
        return self.filter(estado=EstadoPregunta.RESPONDIDA)

    def lo_que_espera_primero(self) -> Self:
        """Primero las que esperan respuesta, la que vence antes por delante; luego, lo más reciente."""
        espera = Q(estado=EstadoPregunta.PUBLICADA, tipo=Tipo.PREGUNTA)
        vence, desde = (Case(When(espera, then=F(campo))) for campo in ("vence", "publicada_el"))
        de_nuevo_a_viejo = F("publicada_el").desc(nulls_last=True)
        return self.order_by(vence.asc(nulls_last=True), desde.asc(nulls_last=True), de_nuevo_a_viejo, "-pk")


class Pregunta(ConEstado):
    """Una pregunta o un comentario sobre algo público, desde que se escribe hasta que se responde."""

    TRANSICIONES = TRANSICIONES_PREGUNTA

    clase = models.CharField("clase de objeto", max_length=20, editable=False)
    clave = models.CharField("clave del objeto", max_length=160, editable=False)
    objeto = models.PositiveBigIntegerField("fila del objeto", editable=False)
    organo = models.PositiveBigIntegerField("órgano", editable=False)
    tipo = models.CharField("qué es", max_length=12, choices=Tipo.choices, default=Tipo.PREGUNTA)
    texto = models.TextField()
    nombre = models.CharField("cómo quiere aparecer", max_length=80, blank=True)
    correo = models.EmailField("correo, que no se publica", blank=True)
    estado = models.CharField(
        max_length=12, choices=EstadoPregunta.choices, default=EstadoPregunta.RECIBIDA, db_index=True
    )
    folio = models.CharField(max_length=12, unique=True, null=True, blank=True, editable=False)
    llave = models.CharField("clave de su liga", max_length=43, unique=True, editable=False)
    envio = models.CharField("huella del envío", max_length=64, unique=True, editable=False)
    huella = models.CharField("huella del texto", max_length=64, db_index=True, editable=False)
    recibida_el = models.DateTimeField(default=timezone.now)
    confirmada_el = models.DateTimeField(null=True, blank=True)
    publicada_el = models.DateTimeField(null=True, blank=True)
    respondida_el = models.DateTimeField("respondida por primera vez", null=True, blank=True)
    cerrada_el = models.DateTimeField("rechazada o retirada", null=True, blank=True)
    dias = models.PositiveSmallIntegerField("días hábiles para responder", null=True, blank=True)
    vence = models.DateField("se responde a más tardar", null=True, blank=True)
    tardo = models.PositiveSmallIntegerField("días hábiles que tardó la respuesta", null=True, blank=True)
    motivo = models.CharField(
        "por qué no se publica", max_length=12, choices=MotivoRechazo.choices, blank=True
    )
    explicacion = models.TextField("lo que se le explica a quien escribió", blank=True)
    por_que_se_retiro = models.CharField("motivo público del retiro", max_length=300, blank=True)

    objects = PreguntaQuerySet.as_manager()

    class Meta:
        verbose_name = "pregunta"
        verbose_name_plural = "preguntas"
        ordering = ("pk",)
        indexes = (
            models.Index(fields=("clase", "objeto", "estado"), name="pregunta_de_su_objeto"),
            models.Index(fields=("organo", "estado"), name="pregunta_de_su_organo"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(estado=EstadoPregunta.RECIBIDA) | Q(folio__isnull=False),
                name="pregunta_confirmada_con_folio",
            ),
            models.CheckConstraint(
                condition=~Q(estado__in=PUBLICAS) | Q(publicada_el__isnull=False),
                name="pregunta_publicada_con_fecha",
            ),
            models.CheckConstraint(
                condition=~Q(estado=EstadoPregunta.PUBLICADA, tipo=Tipo.PREGUNTA) | Q(vence__isnull=False),
                name="pregunta_publicada_con_plazo",
            ),
            models.CheckConstraint(
                condition=~Q(estado=EstadoPregunta.RECHAZADA) | ~Q(motivo=""),
                name="pregunta_rechazada_dice_por_que",
            ),
            models.CheckConstraint(
                condition=~Q(estado=EstadoPregunta.RETIRADA) | ~Q(por_que_se_retiro=""),
                name="pregunta_retirada_dice_por_que",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_tipo_display()} {self.folio or 'sin folio'}"

    @property
    def referencia(self) -> str:
        """La clave completa de aquello de que trata: «compromiso:2022-2024/1.2»."""
        return f"{self.clase}:{self.clave}"

    @property
    def quien(self) -> str:
        """Cómo aparece quien escribió."""
        return self.nombre or ANONIMO

    @property
    def es_pregunta(self) -> bool:
        """Si espera respuesta en plazo."""
        return self.tipo == Tipo.PREGUNTA

    @property
    def publica(self) -> bool:
        """Si se publicó y no se ha retirado."""
        return self.estado in PUBLICAS

    @property
    def espera(self) -> bool:
        """Si falta responderla."""
        return self.es_pregunta and self.estado == EstadoPregunta.PUBLICADA

    @property
    def tarde(self) -> bool:
        """Si se respondió después de su plazo."""
        if self.vence is None or self.respondida_el is None:
            return False
        return timezone.localdate(self.respondida_el) > self.vence

    def vencida(self, al: dt.date) -> bool:
        """Si falta responderla y ese día ya pasó su plazo."""
        return self.espera and self.vence is not None and self.vence < al

    def get_absolute_url(self) -> str:
        """Su página permanente; solo la hay desde que tiene folio."""
        return reverse("preguntas:pregunta", args=(self.folio,))

    def confirmar(self, cuando: dt.datetime) -> None:
        """El correo es de quien escribió: recibe folio y pasa a moderarse."""
        with transaction.atomic():
            folio = Foliador.siguiente(timezone.localtime(cuando).year)
            self.cambiar("confirmar", None, cuando=cuando, folio=folio, confirmada_el=cuando)

    def publicar(self, por: Any, cuando: dt.datetime) -> None:
        """Cualquiera la lee, y desde mañana corre el plazo que ese día fije su órgano."""
        hoy = timezone.localdate(cuando)
        campos: dict[str, Any] = {"publicada_el": cuando}
        if self.es_pregunta:
            dias = registro.dias_para_responder(self.organo, hoy)
            campos |= {"dias": dias, "vence": registro.sede().vence(hoy, dias)}
        self.cambiar("publicar", por, cuando=cuando, **campos)

    def rechazar(self, por: Any, motivo: str, explicacion: str, cuando: dt.datetime) -> None:
        """No se publica; a quien escribió se le dice por qué."""
        campos: dict[str, Any] = {"motivo": motivo, "explicacion": explicacion, "cerrada_el": cuando}
        self.cambiar("rechazar", por, cuando=cuando, **campos)

    def responder(self, por: Any, texto: str, firma: Firma, cuando: dt.datetime) -> "Respuesta":
        """La primera respuesta; lo que tardó se cuenta en días hábiles desde que se publicó."""
        with transaction.atomic():
            campos: dict[str, Any] = {"respondida_el": cuando}
            if self.publicada_el is not None:
                desde, hasta = timezone.localdate(self.publicada_el), timezone.localdate(cuando)
                campos["tardo"] = max(0, registro.sede().habiles(desde, hasta))
            self.cambiar("responder", por, cuando=cuando, **campos)
            return Respuesta.escribir(self, por, texto, firma, cuando)

    def corregir(self, por: Any, texto: str, firma: Firma, cuando: dt.datetime) -> "Respuesta":
        """Otra versión de la respuesta; las anteriores se siguen leyendo."""
        with transaction.atomic():
            self.cambiar("corregir", por, cuando=cuando)
            return Respuesta.escribir(self, por, texto, firma, cuando)

    def retirar(self, por: Any, motivo: str, cuando: dt.datetime) -> None:
        """Deja de leerse, con su respuesta; en su página queda el motivo."""
        self.cambiar("retirar", por, cuando=cuando, por_que_se_retiro=motivo, cerrada_el=cuando)


class CambioPregunta(CambioDeEstado):
    """Historia de una pregunta."""

    objeto = models.ForeignKey(Pregunta, on_delete=models.CASCADE, related_name="historia")

    @property
    def dicho(self) -> str:
        """«Se publicó»."""
        return HECHO.get(self.verbo, self.verbo)


class Respuesta(models.Model):
    """Lo que se respondió, con el nombre y el cargo de ese día. Nunca cambia: se corrige con otra versión."""

    SELLADA = Sellada(frase="ya se respondió: se corrige con otra versión")

    pregunta = models.ForeignKey(Pregunta, on_delete=models.PROTECT, related_name="respuestas")
    version = models.PositiveSmallIntegerField("versión")
    texto = models.TextField()
    nombre = models.CharField("quién responde", max_length=200)
    cargo = models.CharField(max_length=250, blank=True)
    institucion = models.CharField("institución", max_length=250, blank=True)
    por = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    cuando = models.DateTimeField()

    class Meta:
        verbose_name = "respuesta"
        verbose_name_plural = "respuestas"
        ordering = ("version",)
        constraints = (
            models.UniqueConstraint(fields=("pregunta", "version"), name="respuesta_version_unica"),
        )

    def __str__(self) -> str:
        return f"Respuesta {self.version} a la pregunta {self.pregunta_id}"

    @property
    def de_quien(self) -> str:
        """«Ana Ruiz, Titular, Universidad»."""
        return ", ".join(parte for parte in (self.nombre, self.cargo, self.institucion) if parte)

    @classmethod
    def escribir(cls, pregunta: Pregunta, por: Any, texto: str, firma: Firma, cuando: dt.datetime) -> Self:
        """La siguiente versión. Se llama con la pregunta bloqueada por su cambio de estado."""
        ultima = cls.objects.filter(pregunta=pregunta).order_by("version").last()
        return cls.objects.create(
            pregunta=pregunta,
            version=ultima.version + 1 if ultima else 1,
            texto=texto,
            nombre=firma.nombre,
            cargo=firma.cargo,
            institucion=firma.institucion,
            por=por,
            cuando=cuando,
        )
