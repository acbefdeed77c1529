"""Orden del día y su desahogo: puntos anidados, intervenciones, plazos y anexos."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from sesiones.estados import EDITABLES, REQUIEREN_MOTIVO, REQUIEREN_VOTACION, Resultado, TipoPunto
from sesiones.numeracion import etiqueta_punto
from stl_portal.archivo.models import Archivo
from stl_portal.versiones import ConVersion

from .oficios import Oficio
from .sesiones import Sesion

ULTIMO = 10_000  # al mover: al final de su nivel
NIVELES = 3  # romano, inciso y un nivel más: nadie lee una agenda más honda


class PuntoQuerySet(models.QuerySet["Punto"]):
    """Preguntas sobre puntos."""

    def en_arbol(self) -> "list[Punto]":
        """Puntos en orden de lectura, con `nivel`, `posicion` y `etiqueta` ya calculados."""
        return ordenar(self)


def ordenar(puntos: "Iterable[Punto]") -> "list[Punto]":
    """Ordena en profundidad y numera: I, II, a), b)… Los retirados conservan su etiqueta."""
    todos = list(puntos)
    hijos: dict[int | None, list[Punto]] = {}
    for punto in sorted(todos, key=lambda p: (p.orden, p.pk or 0)):
        hijos.setdefault(punto.padre_id, []).append(punto)
    formatos = todos[0].sesion.formatos if todos else ()

    def bajar(padre: int | None, nivel: int) -> "Iterator[Punto]":
        for lugar, punto in enumerate(hijos.get(padre, []), start=1):
            punto.nivel = nivel
            punto.etiqueta = etiqueta_punto(lugar, nivel, formatos)
            yield punto
            yield from bajar(punto.pk, nivel + 1)

    arbol = list(bajar(None, 0))
    for posicion, punto in enumerate(arbol):
        punto.posicion = posicion
    return arbol


class Punto(ConVersion):
    """Punto del orden del día, con lo que ocurrió al tratarlo."""

    sesion = models.ForeignKey(Sesion, on_delete=models.PROTECT, related_name="puntos")
    padre = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="hijos",
        verbose_name="dentro de",
    )
    orden = models.PositiveSmallIntegerField(default=0)
    tipo = models.CharField(max_length=20, choices=TipoPunto.choices, default=TipoPunto.ASUNTO)
    titulo = models.CharField("título", max_length=500)
    en_sesion = models.BooleanField("se agregó en la sesión", default=False)
    propuesto_por = models.CharField("a propuesta de", max_length=200, blank=True)
    desahogo = models.TextField(blank=True)
    resultado = models.CharField(max_length=20, choices=Resultado.choices, default=Resultado.PENDIENTE)
    motivo = models.CharField("motivo", max_length=500, blank=True)
    oficios = models.ManyToManyField(Oficio, blank=True, related_name="puntos")
    refiere_a = models.ManyToManyField("sesiones.Acuerdo", blank=True, related_name="referido_en")
    refiere_literal = models.CharField(
        "acuerdo o acta a que se refiere",
        max_length=200,
        blank=True,
        help_text="Como se escribe: «cuarto acuerdo de la XVII Sesión».",
    )
    acta_de = models.ForeignKey(
        Sesion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="se_aprueba_en",
        verbose_name="acta que se somete a aprobación",
    )

    objects = PuntoQuerySet.as_manager()

    EDITABLE_SI = Q(sesion__estado__in=EDITABLES)

    nivel: int = 0
    posicion: int = 0
    etiqueta: str = ""

    class Meta:
        verbose_name = "punto"
        verbose_name_plural = "puntos"
        ordering = ("orden", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(resultado__in=sorted(REQUIEREN_MOTIVO)) | ~Q(motivo=""),
                name="punto_retirado_o_pospuesto_con_motivo",
                violation_error_message="Escribe el motivo por el que se retira o pospone.",
            ),
        )

    def __str__(self) -> str:
        return self.titulo

    @classmethod
    def agregar(cls, sesion: Sesion, titulo: str, *, padre: "Punto | None" = None, **campos: Any) -> Self:
        """Agrega al final de su nivel. Con la sesión en curso queda marcado «en sesión».

        Lanza `ValidationError` si la sesión ya no se edita o el anidado es demasiado hondo.
        """
        with sesion.en_edicion() as sesion:
            if padre and padre.hondura() + 1 >= NIVELES:
                raise ValidationError({"padre": f"El orden del día admite {NIVELES} niveles."})
            campos.setdefault("en_sesion", sesion.estado == "en_curso")
            hermanos = cls.objects.filter(sesion=sesion, padre=padre)
            punto = cls(sesion=sesion, padre=padre, titulo=titulo, orden=hermanos.count() + 1, **campos)
            punto.full_clean()
            punto.save()
        return punto

    def hondura(self) -> int:
        """Cuántos niveles hay por encima."""
        return 0 if self.padre is None else 1 + self.padre.hondura()

    def _altura(self) -> int:
        """Cuántos niveles hay por debajo."""
        return max((1 + hijo._altura() for hijo in self.hijos.all()), default=0)

    def mover(self, *, padre: "Punto | None", lugar: int) -> None:
        """Coloca el punto en la posición `lugar` (desde 1) dentro de `padre` y renumera."""
        with self.sesion.en_edicion() as sesion:
            # Otra persona pudo moverlos mientras se esperaba el candado.
            self.refresh_from_db(fields=["padre", "orden"])
            padre = Punto.objects.get(pk=padre.pk) if padre else None
            self._exigir_cabe_en(padre)
            anterior, self.padre = self.padre_id, padre
            self.save(update_fields=["padre"])
            hermanos = list(Punto.objects.filter(sesion=sesion, padre=padre).exclude(pk=self.pk))
            hermanos.insert(max(lugar, 1) - 1, self)
            renumerar(hermanos)
            if anterior != self.padre_id:
                renumerar(Punto.objects.filter(sesion=sesion, padre=anterior))

    def _exigir_cabe_en(self, padre: "Punto | None") -> None:
        """Un punto no puede quedar dentro de sí mismo, de otra sesión ni demasiado hondo."""
        ancestro = padre
        while ancestro is not None:
            if ancestro.pk == self.pk:
                raise ValidationError("Un punto no puede quedar dentro de sí mismo.")
            ancestro = ancestro.padre
        if padre and padre.sesion_id != self.sesion_id:
            raise ValidationError("El punto pertenece a otra sesión.")
        if padre and padre.hondura() + 1 + self._altura() >= NIVELES:
            raise ValidationError(f"El orden del día admite {NIVELES} niveles.")

    def subir(self) -> None:
        """Cambia con el punto anterior de su nivel; el primero se queda donde está."""
        self.mover(padre=self.padre, lugar=self.orden - 1)

    def bajar(self) -> None:
        """Cambia con el siguiente de su nivel."""
        self.mover(padre=self.padre, lugar=self.orden + 1)

    def quitar(self) -> None:
        """Borra el punto; nunca si guarda algo: acuerdos, votaciones, plazos, incisos…"""
        with self.sesion.en_edicion():
            ocupado = self._lo_que_guarda()
            if ocupado:
                raise ValidationError(
                    f"«{self.titulo}» no se puede borrar porque tiene {ocupado}. "
                    "Muévelos antes, o retira el punto con su motivo."
                )
            sesion, padre = self.sesion_id, self.padre_id
            self.delete()
            renumerar(Punto.objects.filter(sesion=sesion, padre=padre))

    def _lo_que_guarda(self) -> str:
        """Qué impide borrarlo, en palabras."""
        contenido = (
            ("acuerdos", self.acuerdos.exists()),
            ("votaciones", self.votaciones.exists()),
            ("intervenciones", self.intervenciones.exists()),
            ("anexos", self.anexos.exists()),
            ("plazos", self.plazos.exists()),
            ("llegadas o salidas", self.movimientos.exists()),
            ("oficios", self.oficios.exists()),
            ("refrendos", self.refrendos.exists()),
            ("incisos", self.hijos.exists()),
            ("texto", bool(self.desahogo)),
        )
        return ", ".join(nombre for nombre, hay in contenido if hay)

    def resolver(self, resultado: str, *, motivo: str = "") -> None:
        """Anota cómo terminó el punto. Retirar o posponer exige motivo; aprobar, su votación."""
        with self.sesion.en_edicion():
            if resultado in REQUIEREN_MOTIVO and not motivo.strip():
                raise ValidationError({"motivo": "Escribe el motivo por el que se retira o pospone."})
            if resultado in REQUIEREN_VOTACION and not self.votaciones.exists():
                raise ValidationError("Ese resultado lo da una votación: regístrala.")
            self.resultado, self.motivo = resultado, motivo.strip()
            self.save(update_fields=["resultado", "motivo"])

    def corregir(self, version: int, *, por: Any, padre: "Punto | None", **campos: Any) -> None:
        """Corrige título, tipo o lugar sobre la versión leída: todo o nada."""
        with self.sesion.en_edicion():
            self.guardar_sobre(version, por=por, **campos)
            if (padre and padre.pk) != self.padre_id:
                self.mover(padre=padre, lugar=ULTIMO)

    def dar_cuenta(self, oficios: "Iterable[Oficio]") -> None:
        """Elige los oficios de los que se da cuenta en el punto."""
        with self.sesion.en_edicion():
            self.oficios.set(oficios)


def renumerar(hermanos: "Iterable[Punto]") -> None:
    """Deja 1, 2, 3… a los puntos de un mismo nivel, en el orden dado."""
    for lugar, punto in enumerate(hermanos, start=1):
        if punto.orden != lugar:
            punto.orden = lugar
            punto.save(update_fields=["orden"])


class Intervencion(ConVersion):
    """Lo que dijo alguien en un punto. El nombre y la calidad quedan como estaban ese día."""

    punto = models.ForeignKey(Punto, on_delete=models.CASCADE, related_name="intervenciones")
    orden = models.PositiveSmallIntegerField(default=0)
    asistencia = models.ForeignKey(
        "sesiones.Asistencia", null=True, blank=True, on_delete=models.PROTECT, related_name="intervenciones"
    )
    quien = models.CharField("quién", max_length=200, help_text="Si no está en la lista, escribe su nombre.")
    calidad = models.CharField("en calidad de", max_length=200, blank=True)
    texto = models.TextField(blank=True)
    literal = models.BooleanField("es cita literal", default=False)

    EDITABLE_SI = Q(punto__sesion__estado__in=EDITABLES)

    class Meta:
        verbose_name = "intervención"
        verbose_name_plural = "intervenciones"
        ordering = ("orden", "pk")

    def __str__(self) -> str:
        return self.quien

    @classmethod
    def agregar(cls, punto: Punto, *, asistencia: Any = None, quien: str = "", **campos: Any) -> Self:
        """Agrega al final del punto, con el nombre congelado de la lista de asistencia."""
        if asistencia is not None:
            quien = asistencia.apelativo
            campos.setdefault("calidad", asistencia.calidad_larga)
        with punto.sesion.en_edicion():
            orden = punto.intervenciones.count() + 1
            fila = cls(punto=punto, asistencia=asistencia, quien=quien, orden=orden, **campos)
            fila.full_clean()
            fila.save()
        return fila

    def quitar(self) -> None:
        """Borra lo dicho, mientras la sesión se pueda editar."""
        with self.punto.sesion.en_edicion():
            self.delete()


class Plazo(models.Model):
    """Compromiso de fecha: literal y fecha por separado; una prórroga conserva la original."""

    punto = models.ForeignKey(Punto, on_delete=models.CASCADE, related_name="plazos")
    acuerdo = models.ForeignKey(
        "sesiones.Acuerdo", null=True, blank=True, on_delete=models.CASCADE, related_name="plazos"
    )
    concepto = models.CharField("qué vence", max_length=250)
    literal = models.CharField("como se dijo", max_length=250, blank=True)
    fecha = models.DateField("fecha límite", null=True, blank=True)
    fecha_original = models.DateField("fecha original, si es prórroga", null=True, blank=True)

    class Meta:
        verbose_name = "plazo"
        verbose_name_plural = "plazos"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(literal="") | Q(fecha__isnull=False),
                name="plazo_con_literal_o_fecha",
                violation_error_message="Escribe el plazo como se dijo, su fecha, o ambos.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.concepto}: {self.fecha or self.literal}"

    @classmethod
    def fijar(cls, punto: Punto, **campos: Any) -> Self:
        """Agrega un plazo o prórroga al punto."""
        with punto.sesion.en_edicion():
            fila = cls(punto=punto, **campos)
            fila.full_clean()
            fila.save()
        return fila

    def quitar(self) -> None:
        """Borra un plazo anotado por error."""
        with self.punto.sesion.en_edicion():
            self.delete()

    @property
    def es_prorroga(self) -> bool:
        """Si movió una fecha anterior."""
        return self.fecha_original is not None and self.fecha_original != self.fecha


class Anexo(models.Model):
    """Documento que se agrega al acta, a un punto o a un acuerdo."""

    sesion = models.ForeignKey(Sesion, on_delete=models.PROTECT, related_name="anexos")
    punto = models.ForeignKey(Punto, null=True, blank=True, on_delete=models.PROTECT, related_name="anexos")
    acuerdo = models.ForeignKey(
        "sesiones.Acuerdo", null=True, blank=True, on_delete=models.PROTECT, related_name="anexos"
    )
    orden = models.PositiveSmallIntegerField(default=0)
    titulo = models.CharField("título", max_length=300)
    archivo = models.ForeignKey(
        Archivo, null=True, blank=True, on_delete=models.PROTECT, related_name="anexos"
    )

    class Meta:
        verbose_name = "anexo"
        verbose_name_plural = "anexos"
        ordering = ("orden", "pk")

    def __str__(self) -> str:
        return self.titulo

    @classmethod
    def agregar(cls, punto: Punto, **campos: Any) -> Self:
        """Agrega un documento al punto, después de los que la sesión ya tiene."""
        with punto.sesion.en_edicion() as sesion:
            fila = cls(sesion=sesion, punto=punto, orden=sesion.anexos.count() + 1, **campos)
            fila.full_clean()
            fila.save()
        return fila

    def quitar(self) -> None:
        """Lo quita de la sesión; el archivo recibido se conserva en el almacén."""
        with self.sesion.en_edicion():
            self.delete()


class Presencia(models.Model):
    """Quién está escribiendo en qué punto; solo informa, no bloquea."""

    punto = models.ForeignKey(Punto, on_delete=models.CASCADE, related_name="presencias")
    usuario = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    visto = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("punto", "usuario"), name="presencia_unica"),)

    def __str__(self) -> str:
        return f"{self.usuario} en {self.punto_id}"

    @classmethod
    def otras(cls, punto: Punto, usuario: Any, ahora: dt.datetime) -> list[str]:
        """Nombres de quienes escriben en el mismo punto (vistos en los últimos 40 segundos)."""
        desde = ahora - dt.timedelta(seconds=40)
        filas = cls.objects.filter(punto=punto, visto__gte=desde).exclude(usuario=usuario)
        return [str(fila.usuario) for fila in filas.select_related("usuario")]
