"""Las reglas de un órgano en un periodo: quórum, avisos, mayoría, firmas, numeración y forma del acta."""

import datetime as dt
from fractions import Fraction

from django.core.validators import MinValueValidator
from django.db import models

from sesiones.estados import EstiloActa, TipoSesion, ViaAprobacion
from sesiones.quorum import ReglaQuorum
from stl_portal.vigencia import ConVigencia

from .organos import Organo


class BaseQuorum(models.TextChoices):
    """Sobre qué se calcula la fracción del quórum."""

    ASIENTOS = "asientos", "Todos los asientos"
    OCUPADOS = "asientos_ocupados", "Asientos ocupados"


class QuienFirma(models.TextChoices):
    """Quiénes firman el acta según la regla."""

    ASISTENTES = "asistentes", "Quienes ocuparon un asiento"
    ASISTENTES_Y_FACILITADORA = "con_facilitadora", "Quienes ocuparon un asiento y la persona facilitadora"
    APRUEBAN = "aprueban", "Quienes aprueban el acta"


class QuienRevisa(models.TextChoices):
    """A quiénes se circula el borrador del acta."""

    ASISTENTES = "asistentes", "Quienes ocuparon un asiento en la sesión"
    TITULARES = "titulares", "Todas las personas titulares, hayan asistido o no"


class Reinicio(models.TextChoices):
    """Cuándo vuelve a uno la numeración."""

    NUNCA = "nunca", "Nunca"
    ANIO = "anio", "Cada año"
    PERIODO = "periodo", "Cada periodo"


class Numeral(models.TextChoices):
    """Cómo se escribe el número de la sesión."""

    ROMANO = "romano", "XVIII"
    PALABRAS = "palabras", "Décima Octava"
    ABREVIADO = "abreviado", "18ª"
    BARRA = "barra", "18/a décima octava"
    ANUAL = "anual", "Cuarta Sesión Ordinaria 2023"


class Regla(ConVigencia):
    """Reglas del órgano en un periodo. El texto de los Lineamientos no está fijo en el código."""

    SIN_TRASLAPE = ("organo",)

    organo = models.ForeignKey(Organo, on_delete=models.CASCADE, related_name="reglas")
    quorum_numerador = models.PositiveSmallIntegerField("quórum: numerador", default=1)
    quorum_denominador = models.PositiveSmallIntegerField(
        "quórum: denominador", default=2, validators=[MinValueValidator(1)]
    )
    quorum_mas_uno = models.BooleanField("quórum: más uno", default=True)
    quorum_redondeo = models.CharField(
        "quórum: redondeo",
        max_length=10,
        choices=(("arriba", "Hacia arriba"), ("abajo", "Hacia abajo")),
        default="abajo",
    )
    quorum_base = models.CharField(
        "quórum: base", max_length=20, choices=BaseQuorum.choices, default=BaseQuorum.OCUPADOS
    )
    quorum_por_sector = models.JSONField(
        "quórum: mínimo por sector", default=dict, blank=True, help_text='Por ejemplo: {"sociedad_civil": 1}'
    )
    quorum_cuenta_facilitadora = models.BooleanField("quórum: cuenta la persona facilitadora", default=False)
    quorum_requiere_presidencia = models.BooleanField("quórum: requiere a la presidencia", default=False)
    segunda_convocatoria = models.BooleanField("segunda convocatoria con quienes asistan", default=True)
    segunda_minutos = models.PositiveSmallIntegerField(
        "minutos entre primera y segunda convocatoria", default=30
    )
    aviso_ordinaria = models.PositiveSmallIntegerField(
        "días de aviso, ordinaria", null=True, blank=True, help_text="Vacío: no se valida."
    )
    aviso_extraordinaria = models.PositiveSmallIntegerField(
        "días de aviso, extraordinaria", null=True, blank=True, help_text="Vacío: no se valida."
    )
    aviso_habiles = models.BooleanField("los días de aviso son hábiles", default=True)
    mayoria = models.CharField(
        "mayoría",
        max_length=20,
        default="simple",
        choices=(
            ("simple", "Más votos a favor que en contra"),
            ("absoluta", "Más de la mitad del padrón"),
            ("calificada", "Dos terceras partes del padrón"),
        ),
    )
    voto_de_calidad = models.BooleanField("la presidencia tiene voto de calidad", default=True)
    admite_abstencion = models.BooleanField("se admite la abstención", default=True)
    quien_firma = models.CharField(
        "quién firma", max_length=20, choices=QuienFirma.choices, default=QuienFirma.ASISTENTES_Y_FACILITADORA
    )
    aprobacion = models.CharField(
        "aprobación del acta", max_length=20, choices=ViaAprobacion.choices, default=ViaAprobacion.MISMA
    )
    quien_revisa = models.CharField(
        "quién revisa el acta", max_length=20, choices=QuienRevisa.choices, default=QuienRevisa.ASISTENTES
    )
    revision_dias = models.PositiveSmallIntegerField(
        "días hábiles para revisar el acta",
        null=True,
        blank=True,
        default=5,
        help_text="Vacío: sin plazo; la cierra quien facilita.",
    )
    firma_en_orden = models.BooleanField("se firma en el orden de la hoja", default=False)
    publica_sin_firmas = models.BooleanField("se puede publicar con firmas pendientes", default=False)
    publicacion_dias = models.PositiveSmallIntegerField(
        "días hábiles para publicar el acta", null=True, blank=True
    )
    respuesta_dias = models.PositiveSmallIntegerField(
        "días hábiles para responder a la ciudadanía", null=True, blank=True
    )
    representacion_meses = models.PositiveSmallIntegerField(
        "duración de la representación en meses", null=True, blank=True
    )
    reinicio = models.CharField(
        "la numeración reinicia", max_length=10, choices=Reinicio.choices, default="nunca"
    )
    reinicio_por_tipo = models.BooleanField("numera por separado cada tipo de sesión", default=True)
    numeral = models.CharField("forma del número", max_length=10, choices=Numeral.choices, default="romano")
    estilo_acta = models.CharField(
        "estilo del acta", max_length=20, choices=EstiloActa.choices, default=EstiloActa.ORDINALES
    )
    renglones = models.BooleanField("numerar renglones del acta", default=False)
    formatos_agenda = models.CharField(
        "numeración del orden del día",
        max_length=40,
        default="romano,inciso",
        help_text="Por nivel, separado por comas: romano, inciso, arabigo, vineta.",
    )
    fundamento = models.CharField("documento que la establece", max_length=250, blank=True)

    class Meta(ConVigencia.Meta):
        verbose_name = "regla"
        verbose_name_plural = "reglas"
        ordering = ("-vigente_desde",)
        constraints = (
            *ConVigencia.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(quorum_denominador__gte=1)
                & models.Q(quorum_numerador__lte=models.F("quorum_denominador")),
                name="regla_fraccion_de_quorum_valida",
                violation_error_message="La fracción del quórum no puede pasar de uno.",
            ),
        )

    def __str__(self) -> str:
        return f"Reglas desde {self.vigente_desde or 'el inicio'}"

    def de_quorum(self, al: dt.date) -> ReglaQuorum:
        """La regla de quórum como la entiende `quorum.calcular`."""
        return ReglaQuorum(
            fraccion=Fraction(self.quorum_numerador, self.quorum_denominador),
            mas_uno=self.quorum_mas_uno,
            redondeo="arriba" if self.quorum_redondeo == "arriba" else "abajo",
            base="asientos" if self.quorum_base == BaseQuorum.ASIENTOS else "asientos_ocupados",
            minimo_por_sector=dict(self.quorum_por_sector),
            cuenta_facilitadora=self.quorum_cuenta_facilitadora,
            segunda_convocatoria=Fraction(0) if self.segunda_convocatoria else None,
            fundamento=self.organo.cita("quorum", al),
            requiere_presidencia=self.quorum_requiere_presidencia,
        )

    def dias_de_aviso(self, tipo: str) -> int | None:
        """Días de anticipación exigidos para convocar, o None si no se validan."""
        return self.aviso_extraordinaria if tipo == TipoSesion.EXTRAORDINARIA else self.aviso_ordinaria

    @property
    def formatos(self) -> tuple[str, ...]:
        """Formato de numeración por nivel del orden del día."""
        return tuple(f.strip() for f in self.formatos_agenda.split(",") if f.strip())
