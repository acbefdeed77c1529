"""La sesión: número con secuencia bloqueada, vida, convocatorias y recesos."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from sesiones import estados
from sesiones.estados import EstadoSesion, EstiloActa, Modalidad, TipoSesion
from sesiones.numeracion import clave_sesion, designar
from stl_portal.espanol import mayuscula_inicial
from stl_portal.publico import edicion
from stl_portal.transiciones import IMPORTAR, CambioDeEstado, ConEstado
from stl_portal.versiones import ConVersion

from .organos import Organo
from .reglas import Regla
from .series import Serie, serie_de

# De una sesión que todavía se captura la ciudadanía solo ve el orden del día; concluirla sí estrena edición.
SE_LEEN_AL_CONCLUIR = ("sesiones_asistencia", "sesiones_anexo")


class SesionQuerySet(models.QuerySet["Sesion"]):
    """Preguntas sobre sesiones, en palabras de la facilitadora."""

    def publicas(self) -> Self:
        """Las que la ciudadanía puede ver."""
        return self.filter(estado__in=estados.PUBLICAS)

    def del_organo(self, organo: Organo) -> Self:
        """Las de un órgano."""
        return self.filter(organo=organo)

    def por_celebrar(self, al: dt.date) -> Self:
        """Las que vienen, de la más próxima a la más lejana."""
        return self.filter(estado__in=estados.EDITABLES, fecha__gte=al).order_by("fecha", "hora")

    def celebradas(self) -> Self:
        """Las que ya concluyeron, de la más reciente a la más antigua."""
        return self.filter(estado=EstadoSesion.CONCLUIDA).order_by("-fecha")

    def anteriores_a(self, sesion: "Sesion") -> Self:
        """Sesiones concluidas del mismo órgano antes que la dada."""
        return self.celebradas().filter(organo=sesion.organo, fecha__lt=sesion.fecha)


class Sesion(ConVersion, ConEstado):
    """Una reunión formal del órgano, desde que se programa hasta que se cierra."""

    TRANSICIONES = estados.TRANSICIONES_SESION

    organo = models.ForeignKey(Organo, on_delete=models.PROTECT, related_name="sesiones")
    tipo = models.CharField(max_length=20, choices=TipoSesion.choices, default=TipoSesion.ORDINARIA)
    modalidad = models.CharField(max_length=20, choices=Modalidad.choices, default=Modalidad.PRESENCIAL)
    numero = models.PositiveIntegerField("número")
    serie = models.CharField(max_length=60, editable=False)
    designacion = models.CharField(
        "nombre de la sesión", max_length=150, help_text="Por ejemplo: XVIII Sesión Ordinaria."
    )
    clave = models.SlugField("clave en la dirección", max_length=80)
    fecha = models.DateField()
    hora = models.TimeField("hora de inicio citada")
    lugar = models.CharField("sede o plataforma", max_length=250)
    domicilio = models.CharField(max_length=300, blank=True)
    liga = models.URLField("liga para conectarse", blank=True, help_text="No se publica.")
    objetivo = models.CharField("objetivo de la reunión", max_length=300, blank=True)
    publico = models.CharField("si el público puede asistir, y cómo", max_length=300, blank=True)
    estado = models.CharField(max_length=20, choices=EstadoSesion.choices, default=EstadoSesion.PROGRAMADA)
    inicio = models.TimeField("hora real de inicio", null=True, blank=True)
    cierre = models.TimeField("hora de cierre", null=True, blank=True)
    estilo = models.CharField("estilo del acta", max_length=20, choices=EstiloActa.choices)
    renglones = models.BooleanField("numerar renglones", default=False)
    formatos_agenda = models.CharField(max_length=40, default="romano,inciso", editable=False)
    notas_cierre = models.TextField("lo dicho al cierre", blank=True)
    sin_tratar = models.CharField("por qué quedaron puntos sin tratar", max_length=500, blank=True)
    # Las fórmulas del acta que regían al cerrar (acta/formulas.py); nulo mientras no se cierre.
    formulas = models.JSONField("fórmulas del acta", null=True, blank=True, editable=False)

    objects = SesionQuerySet.as_manager()

    class Meta:
        verbose_name = "sesión"
        verbose_name_plural = "sesiones"
        # Dos del mismo día y hora, siempre en el mismo orden: una lista se lee por hojas.
        ordering = ("-fecha", "-hora", "-pk")
        indexes = (
            # Lo que se publica, lo que viene y lo último, sin recorrer diez años de sesiones.
            models.Index(fields=("estado", "fecha", "hora"), name="sesion_por_estado"),
            models.Index(fields=("organo", "estado", "fecha", "hora"), name="sesion_del_organo_por_estado"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("organo", "serie", "numero"),
                name="sesion_numero_unico_en_su_serie",
                violation_error_message="Ya existe una sesión con ese número.",
            ),
            models.UniqueConstraint(
                fields=("organo", "clave"),
                name="sesion_clave_unica",
                violation_error_message="Ya existe una sesión con ese número y tipo en ese año.",
            ),
            models.CheckConstraint(
                condition=Q(cierre__isnull=True) | Q(inicio__isnull=True) | Q(cierre__gte=F("inicio")),
                name="sesion_cierra_despues_de_abrir",
                violation_error_message="La hora de cierre no puede ser anterior a la de inicio.",
            ),
        )

    def __str__(self) -> str:
        return self.designacion

    def get_absolute_url(self) -> str:
        """Página pública de la sesión."""
        return reverse("sesiones:detalle", args=(self.organo.clave, self.clave))

    def paso_url(self, paso: str) -> str:
        """Dirección de un paso de la mesa; el acta tiene su propio espacio de nombres."""
        espacio = "actas" if paso == "acta" else "mesa"
        return reverse(f"{espacio}:{paso}", args=(self.organo.clave, self.clave))

    def punto_url(self, punto: int) -> str:
        """Dirección del desahogo de uno de sus puntos."""
        return reverse("mesa:punto", args=(self.organo.clave, self.clave, punto))

    @property
    def siguiente(self) -> estados.Siguiente:
        """El paso que le toca por su estado."""
        return estados.SIGUIENTE[EstadoSesion(self.estado)]

    @property
    def siguiente_url(self) -> str:
        """Dirección de ese paso."""
        return self.paso_url(self.siguiente.paso)

    @property
    def regla(self) -> Regla:
        """Reglas del órgano el día de la sesión."""
        return self.organo.regla(self.fecha)

    @property
    def formatos(self) -> tuple[str, ...]:
        """Numeración del orden del día, congelada al programar la sesión."""
        return tuple(self.formatos_agenda.split(","))

    @property
    def con_quorum(self) -> bool:
        """Si este tipo de reunión exige quórum."""
        return self.tipo not in estados.SIN_QUORUM_REQUERIDO

    @property
    def editable(self) -> bool:
        """Si todavía se puede capturar en la mesa."""
        return self.estado in estados.EDITABLES

    @property
    def publica(self) -> bool:
        """Si la ciudadanía puede ver la sesión."""
        return self.estado in estados.PUBLICAS

    @property
    def cuando(self) -> dt.datetime:
        """Fecha y hora citadas, con zona horaria."""
        return timezone.make_aware(dt.datetime.combine(self.fecha, self.hora))

    @classmethod
    def programar(
        cls, organo: Organo, *, tipo: str, fecha: dt.date, por: Any, numero: int | None = None, **campos: Any
    ) -> "Sesion":
        """Crea la sesión con su número bloqueado.

        `numero` solo se da al capturar sesiones históricas o corregir la propuesta; si ya
        existe en la serie, lanza `ValidationError`.
        """
        regla = organo.regla(fecha)
        serie = serie_de(regla, tipo, fecha)
        with transaction.atomic():
            if numero is None:
                numero = Serie.siguiente(organo, serie)
            else:
                Serie.alcanzar(organo, serie, numero)
            campos.setdefault("estilo", regla.estilo_acta)
            campos.setdefault("renglones", regla.renglones)
            campos.setdefault("formatos_agenda", ",".join(regla.formatos))
            designacion = campos.pop("designacion", "") or designar(numero, tipo, regla.numeral, fecha.year)
            if organo.sesiones.filter(serie=serie, numero=numero).exists():
                raise ValidationError({"numero": "Ya existe una sesión con ese número."})
            sesion = cls(
                organo=organo,
                tipo=tipo,
                fecha=fecha,
                numero=numero,
                serie=serie,
                designacion=designacion,
                clave=clave_sesion(numero, tipo, fecha),
                **campos,
            )
            sesion.full_clean(exclude=["serie"])
            sesion.save()
            sesion.historia.create(verbo="programar", de="", a=sesion.estado, por=por, cuando=timezone.now())
        return sesion

    @contextmanager
    def en_edicion(self) -> Iterator["Sesion"]:
        """La puerta de toda captura: la sesión con candado y comprobado que se puede editar.

        Todo lo que cambia dentro ocurre o no ocurre completo. Lanza `ValidationError` si la sesión
        ya no admite captura, aunque se haya cerrado un instante antes.
        """
        with transaction.atomic():
            fila = bloquear(self)
            fila.exigir_editable()
            with edicion.en_reserva(*SE_LEEN_AL_CONCLUIR):
                yield fila

    def exigir_editable(self) -> None:
        """Lanza `ValidationError` si la sesión ya no admite captura."""
        if not self.editable:
            raise ValidationError(
                f"La sesión está «{self.get_estado_display().lower()}»: "
                "para corregirla, reábrela con su motivo."
            )

    def exigir_hora(self, hora: dt.time | None, campo: str = "hora") -> None:
        """Lanza `ValidationError` si la hora es anterior al inicio de la sesión."""
        if hora and self.inicio and hora < self.inicio:
            raise ValidationError({campo: f"La sesión empezó a las {self.inicio:%H:%M} h: revisa la hora."})

    def exigir_concluida(self, que: str) -> None:
        """Lanza `ValidationError` si la sesión no ha concluido; `que` empieza la frase."""
        if self.estado != EstadoSesion.CONCLUIDA:
            raise ValidationError(f"{que} cuando la sesión ya concluyó.")

    def exigir_en_curso(self, que: str) -> None:
        """Lanza `ValidationError` si la sesión no está en curso; `que` empieza la frase."""
        if self.estado != EstadoSesion.EN_CURSO:
            raise ValidationError(f"{que} con la sesión en curso.")

    def corregir_datos(self, version: int, *, por: Any, **campos: Any) -> None:
        """Corrige fecha, hora, sede… antes de iniciar. Si ya se convocó, luego hay que enmendar.

        Lanza `ValidationError` si ya inició y `VersionRancia` si otra persona guardó antes.
        """
        with transaction.atomic():
            if bloquear(self).estado not in estados.PREVIAS:
                raise ValidationError("La sesión ya inició: sus datos de convocatoria no cambian.")
            for campo, valor in campos.items():
                setattr(self, campo, valor)
            self.full_clean()
            self.guardar_sobre(version, por=por, **campos)

    def exigir_lista_abierta(self) -> None:
        """Lanza `ValidationError` si el pase de lista ya quedó congelado."""
        if self.estado not in estados.PREVIAS:
            raise ValidationError(
                "La lista quedó congelada al declarar el quórum. "
                "Anota llegadas y salidas, o rectifica la lista."
            )

    def iniciar(self, por: Any, *, inicio: dt.time, cuando: dt.datetime | None = None) -> None:
        """Inicia una reunión de trabajo, que no exige quórum."""
        if self.con_quorum:
            raise ValidationError("Esta sesión inicia al declarar el quórum.")
        self.cambiar("iniciar", por, cuando=cuando, inicio=inicio)

    def reabrir(self, por: Any, *, motivo: str, cuando: dt.datetime | None = None) -> None:
        """Reabre una sesión cerrada; los textos editados a mano se conservan.

        Lanza `ValidationError` si su acta ya se aprobó: entonces solo cabe una fe de erratas.
        """
        if not motivo.strip():
            raise ValidationError({"motivo": "Escribe por qué se reabre."})
        acta = self.actas.last()
        if acta:
            acta.exigir_en_trabajo()
        self.cambiar("reabrir", por, cuando=cuando, nota=motivo.strip(), formulas=None)

    def cancelar(self, por: Any, *, motivo: str, cuando: dt.datetime | None = None) -> None:
        """Cancela una sesión que no se celebrará; su número no se reutiliza."""
        if not motivo.strip():
            raise ValidationError({"motivo": "Escribe por qué se cancela."})
        self.cambiar("cancelar", por, cuando=cuando, nota=motivo.strip())

    def dar_por_no_celebrada(self, por: Any, *, cuando: dt.datetime | None = None) -> None:
        """Tampoco hubo quórum en segunda convocatoria."""
        self.cambiar("dar_por_no_celebrada", por, cuando=cuando)


def bloquear(sesion: Sesion) -> Sesion:
    """Toma la sesión con candado dentro de la transacción en curso."""
    return Sesion.objects.select_for_update().get(pk=sesion.pk)


class CambioSesion(CambioDeEstado):
    """Historia de la sesión."""

    objeto = models.ForeignKey(Sesion, on_delete=models.CASCADE, related_name="historia")

    @property
    def frase(self) -> str:
        """El verbo en palabras: «Declarar quórum»."""
        if self.verbo == IMPORTAR:
            return "Llegar por importación"
        transicion = estados.TRANSICIONES_SESION.get(self.verbo)
        return mayuscula_inicial(transicion.dicho if transicion else "programar la sesión")
