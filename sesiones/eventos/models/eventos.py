"""Un evento de la agenda del órgano y su vida: se publica, se celebra o se cancela."""

import datetime as dt
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from sesiones.estados import Modalidad
from sesiones.eventos.estados import PUBLICOS, TRANSICIONES_EVENTO, EstadoEvento, TipoEvento
from sesiones.models import Institucion, Organo
from stl_portal.espanol import fecha_larga
from stl_portal.transiciones import IMPORTAR, CambioDeEstado, ConEstado, TransicionInvalida

DE_LA_WEB = URLValidator(
    schemes=["http", "https"], message="Escribe la dirección completa: empieza con https:// o http://."
)
PRIMER_ANIO, ULTIMO_ANIO = 2000, 2100
MAS_LARGO = dt.timedelta(days=366)
LARGO_DE_CLAVE = 100


class EventoQuerySet(models.QuerySet["Evento"]):
    """Preguntas sobre los eventos, en palabras de quien lleva la agenda."""

    def publicados(self) -> Self:
        """Los que cualquiera puede leer: anunciados, celebrados y cancelados; nunca un borrador."""
        return self.filter(estado__in=PUBLICOS)

    def por_venir(self, hoy: dt.date) -> Self:
        """Los públicos que no han terminado, el más próximo primero; también los cancelados."""
        return self.publicados().filter(hasta__gte=hoy).order_by("dia", F("hora").asc(nulls_first=True), "pk")

    def pasados(self, hoy: dt.date) -> Self:
        """Los públicos que ya terminaron, el más reciente primero."""
        return (
            self.publicados().filter(hasta__lt=hoy).order_by("-dia", F("hora").desc(nulls_last=True), "-pk")
        )

    def sin_decir(self, hoy: dt.date) -> Self:
        """Los anunciados que ya terminaron y de los que nadie ha dicho si se celebraron, en orden."""
        return self.filter(estado=EstadoEvento.PUBLICADO, hasta__lt=hoy).order_by("hasta", "pk")

    def con_todo(self) -> Self:
        """Con lo que su renglón y su página dicen, en consultas fijas."""
        return self.select_related("organo", "institucion").prefetch_related("organo__denominaciones")


class Evento(ConEstado):
    """Panel, curso, foro o taller que el órgano organiza o al que invita, abierto al público.

    No es una sesión (no tiene quórum ni acuerdos) ni una capacitación a municipios, que lleva la cuenta de
    los municipios que participaron (`municipios.models.Evento`). Las horas son del centro de México.
    """

    TRANSICIONES = TRANSICIONES_EVENTO

    organo = models.ForeignKey(Organo, on_delete=models.PROTECT, related_name="eventos")
    clave = models.SlugField("clave en las direcciones", max_length=120, editable=False)
    tipo = models.CharField("qué es", max_length=20, choices=TipoEvento.choices, default=TipoEvento.EVENTO)
    titulo = models.CharField("título", max_length=250)
    descripcion = models.TextField("de qué trata", blank=True)
    institucion = models.ForeignKey(
        Institucion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="eventos",
        verbose_name="institución que organiza",
    )
    organiza = models.CharField(
        "quién más organiza",
        max_length=300,
        blank=True,
        help_text="Como se dice en la invitación. Sin institución ni texto, organiza el órgano.",
    )
    modalidad = models.CharField(max_length=20, choices=Modalidad.choices, default=Modalidad.PRESENCIAL)
    lugar = models.CharField(max_length=300, blank=True, help_text="Sede y domicilio, si es presencial.")
    liga = models.URLField(
        "dirección para verlo",
        max_length=500,
        blank=True,
        validators=[DE_LA_WEB],
        help_text="La transmisión o la página del evento. Es pública.",
    )
    liga_registro = models.URLField(
        "dirección para registrarse", max_length=500, blank=True, validators=[DE_LA_WEB]
    )
    dia = models.DateField("día")
    hora = models.TimeField(
        "hora de inicio", null=True, blank=True, help_text="Del centro de México. Vacía: todo el día."
    )
    hasta = models.DateField("último día", blank=True, help_text="Vacío: dura un solo día.")
    hora_fin = models.TimeField("hora de fin", null=True, blank=True)
    cupo = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="Cuántas personas caben. Vacío: sin límite.",
    )
    alcance = models.PositiveIntegerField(
        "alcance en personas", null=True, blank=True, help_text="Cuando ya se celebró."
    )
    alcance_literal = models.CharField(
        "alcance, como se dijo", max_length=60, blank=True, help_text="Si es aproximado: más de 100, 52k."
    )
    fuente = models.CharField("de dónde se tomó", max_length=300, blank=True)
    estado = models.CharField(
        max_length=20, choices=EstadoEvento.choices, default=EstadoEvento.BORRADOR, editable=False
    )
    # Por qué se canceló, como se publica.
    motivo = models.CharField("por qué se canceló", max_length=300, blank=True, editable=False)
    # Con qué reconoce un programa de agenda que la cita cambió (RFC 5545).
    secuencia = models.PositiveIntegerField("veces que se ha corregido", default=0, editable=False)
    modificado_el = models.DateTimeField("última corrección", auto_now=True)

    objects = EventoQuerySet.as_manager()

    class Meta:
        verbose_name = "evento"
        verbose_name_plural = "eventos de la agenda"
        ordering = ("-dia", "-pk")
        indexes = (models.Index(fields=("estado", "hasta"), name="agenda_evento_por_fecha"),)
        constraints = (
            models.UniqueConstraint(fields=("organo", "clave"), name="agenda_evento_clave_unica"),
            models.UniqueConstraint(
                fields=("organo", "titulo", "dia"),
                name="agenda_evento_una_vez",
                violation_error_message="Ese evento ya está registrado ese día: ábrelo para corregirlo.",
            ),
            models.CheckConstraint(condition=Q(hasta__gte=F("dia")), name="agenda_evento_dias_en_orden"),
            models.CheckConstraint(
                condition=Q(hora_fin__isnull=True)
                | Q(hora__isnull=False) & (Q(hasta__gt=F("dia")) | Q(hora_fin__gt=F("hora"))),
                name="agenda_evento_horas_en_orden",
            ),
            models.CheckConstraint(
                condition=Q(cupo__isnull=True) | Q(cupo__gte=1), name="agenda_evento_cupo_positivo"
            ),
            models.CheckConstraint(
                condition=Q(alcance_literal="") | Q(alcance__isnull=False),
                name="agenda_evento_alcance_con_numero",
            ),
        )

    def __str__(self) -> str:
        return self.titulo

    def get_absolute_url(self) -> str:
        """Su página; `organo` ya traído."""
        return reverse("agenda:detalle", args=(self.organo.clave, self.clave))

    def clean(self) -> None:
        """Que los días y las horas puedan ser; lo aproximado lleva su número. Lanza `ValidationError`."""
        if getattr(self, "dia", None) is None:  # la forma ya dijo qué tiene de malo
            return
        self.hasta = self.hasta or self.dia
        for campo in ("dia", "hasta"):
            if not PRIMER_ANIO <= getattr(self, campo).year <= ULTIMO_ANIO:
                raise ValidationError({campo: f"Revisa el año: {getattr(self, campo).year} no puede ser."})
        if self.hasta < self.dia:
            raise ValidationError({"hasta": f"Termina antes de empezar: empieza el {fecha_larga(self.dia)}."})
        if self.hasta - self.dia > MAS_LARGO:
            raise ValidationError({"hasta": "Dura más de un año: revisa las fechas."})
        self._revisar_horas()
        if self.alcance_literal and self.alcance is None:
            raise ValidationError({"alcance": "Escribe también el número del que hay seguridad."})

    def _revisar_horas(self) -> None:
        if self.hora_fin is None:
            return
        if self.hora is None:
            raise ValidationError({"hora": "Escribe también a qué hora empieza."})
        if self.hasta == self.dia and self.hora_fin <= self.hora:
            raise ValidationError({"hora_fin": f"Termina antes de empezar: empieza a las {self.hora:%H:%M}."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Pone la clave y el último día; cada corrección cuenta, o una agenda no la leería.

        La clave sigue al título mientras nadie más conoce la dirección; publicado, ya no cambia.
        """
        self.hasta = self.hasta or self.dia
        if self.estado == EstadoEvento.BORRADOR and kwargs.get("update_fields") is None:
            self.clave = self._clave_libre()
        if not self._state.adding:
            self.secuencia += 1
        super().save(*args, **kwargs)

    def _clave_libre(self) -> str:
        """«panel-de-datos-2026»; si ya la tiene otro del órgano, con un número detrás."""
        base = f"{slugify(self.titulo)[:LARGO_DE_CLAVE].strip('-') or 'evento'}-{self.dia.year}"
        de_otros = Evento.objects.filter(organo=self.organo_id, clave__startswith=base).exclude(pk=self.pk)
        usadas = set(de_otros.values_list("clave", flat=True))
        return next(
            c for n in range(1, len(usadas) + 2) if (c := f"{base}-{n}" if n > 1 else base) not in usadas
        )

    @property
    def quien_organiza(self) -> str:
        """La institución y quienes más se dijeron; vacío si es el propio órgano."""
        nombre = self.institucion.nombre if self.institucion else ""
        return "; ".join(filter(None, (nombre, self.organiza)))

    @property
    def publico(self) -> bool:
        """Si cualquiera puede leerlo."""
        return self.estado in PUBLICOS

    def paso(self, hoy: dt.date) -> bool:
        """Si ya terminó ese día."""
        return self.hasta < hoy

    def publicar(self, por: Any, cuando: dt.datetime | None = None) -> None:
        """Lo anuncia. Lanza `TransicionInvalida`."""
        self._pasar("publicar", por, cuando)

    def celebrar(self, por: Any, cuando: dt.datetime | None = None) -> None:
        """Deja dicho que sí se hizo. Lanza `TransicionInvalida` si todavía no empieza."""
        ahora = cuando or timezone.now()
        if self.puede("celebrar") and timezone.localdate(ahora) < self.dia:
            raise TransicionInvalida(f"Todavía no se celebra: es el {fecha_larga(self.dia)}.")
        self._pasar("celebrar", por, ahora)

    def cancelar(self, por: Any, motivo: str, cuando: dt.datetime | None = None) -> None:
        """Lo cancela: sigue a la vista, con su motivo. Lanza `TransicionInvalida` o `ValidationError`."""
        if not motivo.strip():
            raise ValidationError({"motivo": "Escribe por qué se cancela: se publica."})
        self._pasar("cancelar", por, cuando, motivo=motivo, nota=motivo)

    def _pasar(self, verbo: str, por: Any, cuando: dt.datetime | None, nota: str = "", **campos: Any) -> None:
        ahora = cuando or timezone.now()
        # `save` sube la secuencia; aquí solo se dice que se guarda.
        self.cambiar(
            verbo, por, cuando=ahora, nota=nota, secuencia=self.secuencia, modificado_el=ahora, **campos
        )

    def anotar(self, que: str, por: Any) -> None:
        """Deja en su historia qué se capturó o se corrigió, sin cambiar de estado."""
        verbo = "crear" if que == "Se agregó" else "corregir"
        self.historia.create(
            verbo=verbo, de=self.estado, a=self.estado, por=por, cuando=timezone.now(), nota=que
        )


class CambioEvento(CambioDeEstado):
    """Qué se hizo con el evento, quién y cuándo."""

    objeto = models.ForeignKey(Evento, on_delete=models.CASCADE, related_name="historia")

    class Meta(CambioDeEstado.Meta):
        verbose_name = "cambio de un evento"
        verbose_name_plural = "cambios de eventos"

    @property
    def dicho(self) -> str:
        """«Publicado», «Corregido»."""
        dichos = {"crear": "Capturado", "corregir": "Corregido", IMPORTAR: "Llegó por importación"}
        return dichos.get(self.verbo) or str(EstadoEvento(self.a).label)


class RelacionConPlan(models.Model):
    """Un eje («2022-2024/1») o un compromiso («2022-2024/1.2») con el que se relaciona, por su clave.

    La clave es pública y permanente: sesiones no conoce el plan. Quien lo lleva dice cómo se llama.
    """

    evento = models.ForeignKey(Evento, on_delete=models.CASCADE, related_name="relaciones")
    clave = models.CharField("eje o compromiso", max_length=80, db_index=True)

    class Meta:
        verbose_name = "relación con el plan"
        verbose_name_plural = "relaciones con el plan"
        ordering = ("clave",)
        constraints = (models.UniqueConstraint(fields=("evento", "clave"), name="agenda_relacion_una_vez"),)

    def __str__(self) -> str:
        return self.clave
