"""El órgano y todo lo que de él cambia con el tiempo: nombre, reglas, citas legales, frases."""

import datetime as dt
from fractions import Fraction
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models

from sesiones.estados import ClaseOrgano, EstiloActa, Sector, TipoSesion, ViaAprobacion
from sesiones.quorum import ReglaQuorum
from stl_portal.espanol import con_articulo
from stl_portal.vigencia import ConVigencia


class OrganoQuerySet(models.QuerySet["Organo"]):
    """Preguntas sobre órganos."""

    def secretariados(self) -> Self:
        """Sin comisiones ni grupos de trabajo."""
        return self.filter(padre__isnull=True)

    def con_nombre(self) -> Self:
        """Trae las denominaciones para nombrar sin consultas de más."""
        return self.prefetch_related("denominaciones")


class Organo(models.Model):
    """Secretariado técnico (estatal o municipal), comisión o grupo de trabajo.

    Una comisión es un órgano con `padre`: tiene integrantes, coordinación y reuniones propias.
    """

    clave = models.SlugField(
        "clave en las direcciones", max_length=40, unique=True, help_text="Por ejemplo: stl, stm-leon."
    )
    clase = models.CharField(max_length=20, choices=ClaseOrgano.choices, default=ClaseOrgano.ESTATAL)
    padre = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="comisiones",
        verbose_name="órgano del que depende",
    )
    acompanado_por = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="acompanados",
        verbose_name="secretariado estatal que lo acompaña",
        help_text="Su enlace lee la mesa de los municipales que acompaña.",
    )
    clave_municipio = models.CharField(
        "clave INEGI del municipio", max_length=5, blank=True, validators=[RegexValidator(r"^\d{5}$")]
    )
    ficticio = models.BooleanField(
        "es ficticio", default=False, help_text="Se avisa en cada página que sus datos son de demostración."
    )

    objects = OrganoQuerySet.as_manager()

    class Meta:
        verbose_name = "órgano"
        verbose_name_plural = "órganos"
        ordering = ("clave",)
        constraints = (
            models.UniqueConstraint(
                fields=("clave_municipio",),
                condition=models.Q(clase=ClaseOrgano.MUNICIPAL, ficticio=False)
                & ~models.Q(clave_municipio=""),
                name="organo_un_secretariado_por_municipio",
                violation_error_message="Ese municipio ya tiene su secretariado en el portal.",
            ),
        )

    def __str__(self) -> str:
        return self.clave

    def denominacion(self, al: dt.date) -> "Denominacion":
        """Nombre oficial en la fecha; si ninguna rige, la más reciente.

        Lanza `Denominacion.DoesNotExist` si el órgano nunca tuvo nombre.
        """
        todas = sorted(self.denominaciones.all(), key=lambda d: d.vigente_desde or dt.date.min)
        if not todas:
            raise Denominacion.DoesNotExist(f"El órgano {self.clave} no tiene denominación.")
        return next((d for d in todas if d.vigente(al)), todas[-1])

    def regla(self, al: dt.date) -> "Regla":
        """Reglas que rigen en la fecha; lanza `ValidationError` si no hay ninguna."""
        regla = self.reglas.vigentes(al).first()
        if regla is None:
            raise ValidationError(f"El órgano {self.clave} no tiene reglas vigentes el {al:%d/%m/%Y}.")
        return regla

    def cita(self, clave: str, al: dt.date) -> str:
        """Texto de la cita legal vigente (quórum, suplencia, cierre…), o vacío."""
        cita = self.citas.vigentes(al).filter(clave=clave).first()
        return cita.texto if cita else ""


class Denominacion(ConVigencia):
    """Cómo se llama el órgano en un periodo. Un acta de 2020 lleva el nombre de 2020."""

    SIN_TRASLAPE = ("organo",)

    organo = models.ForeignKey(Organo, on_delete=models.CASCADE, related_name="denominaciones")
    nombre = models.CharField("nombre oficial", max_length=250)
    nombre_corto = models.CharField(max_length=100)
    siglas = models.CharField(max_length=20)
    lugar = models.CharField("lugar de expedición", max_length=120, blank=True)

    class Meta(ConVigencia.Meta):
        verbose_name = "denominación"
        verbose_name_plural = "denominaciones"
        ordering = ("vigente_desde",)

    def __str__(self) -> str:
        return self.nombre

    @property
    def del_nombre(self) -> str:
        """«del Secretariado Técnico Local», «de la Comisión de Datos»: el nombre corto tras «mesa»."""
        return con_articulo(self.nombre_corto, "de")

    @property
    def de_siglas(self) -> str:
        """«del STL», «de la CD»: las siglas con el género de su nombre."""
        return f"{self.del_nombre.removesuffix(self.nombre_corto)}{self.siglas}"


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


class UsoCita(models.TextChoices):
    """En qué parte de qué documento se imprime una cita legal."""

    PROEMIO = "proemio", "Inicio del acta"
    QUORUM = "quorum", "Declaratoria de quórum"
    CIERRE = "cierre", "Cierre del acta"
    CONVOCATORIA = "convocatoria", "Convocatoria"
    SUPLENCIA = "suplencia", "Suplencias"
    CERTIFICACION = "certificacion", "Certificación de un acuerdo"


class CitaLegal(ConVigencia):
    """Fundamento que se imprime, por clave y fecha."""

    SIN_TRASLAPE = ("organo", "clave")

    organo = models.ForeignKey(Organo, on_delete=models.CASCADE, related_name="citas")
    clave = models.SlugField(
        max_length=40, help_text="quorum, suplencia, cierre, convocatoria, proemio o certificacion."
    )
    texto = models.CharField(max_length=500)

    class Meta(ConVigencia.Meta):
        verbose_name = "cita legal"
        verbose_name_plural = "citas legales"
        ordering = ("clave", "vigente_desde")

    def __str__(self) -> str:
        return f"{self.uso}: {self.texto[:60]}"

    @property
    def uso(self) -> str:
        """Dónde se imprime, en palabras; una clave que ya no se usa se lee tal cual."""
        return dict(UsoCita.choices).get(self.clave, self.clave)


class Institucion(ConVigencia):
    """Quien ocupa asientos: poder, organismo, municipio, universidad, asociación."""

    nombre = models.CharField(max_length=200, unique=True)
    siglas = models.CharField(max_length=30, blank=True)
    sector = models.CharField(
        max_length=20, choices=Sector.choices, blank=True, help_text="Vacío: el propio secretariado."
    )

    class Meta(ConVigencia.Meta):
        verbose_name = "institución"
        verbose_name_plural = "instituciones"
        ordering = ("nombre",)

    def __str__(self) -> str:
        return self.nombre
