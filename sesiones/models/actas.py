"""El acta y sus versiones: se redacta sola, conserva lo que se edita a mano y, aprobada, no cambia."""

import datetime as dt
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from sesiones import estados
from sesiones.estados import EstadoActa, ViaAprobacion
from stl_portal.guardas import Sellada
from stl_portal.transiciones import CambioDeEstado, ConEstado
from stl_portal.versiones import ConVersion, VersionRancia

from .agenda import Punto
from .sesiones import Sesion


class Acta(ConEstado):
    """Una versión del documento de una sesión. La primera es la 1; una fe de erratas trae la siguiente.

    Sus párrafos se generan con las filas de la sesión; los editados a mano viven aparte. Al aprobarse
    deja de editarse; al sellarse, su contenido vive en `Sello` y ya no depende de ninguna otra fila.
    """

    TRANSICIONES = estados.TRANSICIONES_ACTA
    # Con sello, del acta solo avanza su estado.
    SELLADA = Sellada(
        si="EXISTS (SELECT 1 FROM sesiones_sello AS s WHERE s.acta_id = {fila}.id)", libres=("estado",)
    )

    sesion = models.ForeignKey(Sesion, on_delete=models.PROTECT, related_name="actas")
    version = models.PositiveSmallIntegerField("versión", default=1)
    estado = models.CharField(max_length=20, choices=EstadoActa.choices, default=EstadoActa.BORRADOR)
    via = models.CharField("vía de aprobación", max_length=20, choices=ViaAprobacion.choices, blank=True)
    aprobada_el = models.DateField("fecha de aprobación", null=True, blank=True)
    aprobada_en = models.ForeignKey(
        Punto,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actas_aprobadas",
        verbose_name="punto en que se aprobó",
    )
    motivo = models.CharField("qué corrige la fe de erratas", max_length=500, blank=True)
    creada_el = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "acta"
        verbose_name_plural = "actas"
        ordering = ("sesion", "version")
        constraints = (
            models.UniqueConstraint(fields=("sesion", "version"), name="acta_version_unica"),
            models.CheckConstraint(
                condition=models.Q(version=1) | ~models.Q(motivo=""), name="acta_fe_de_erratas_con_motivo"
            ),
        )

    def __str__(self) -> str:
        extra = f" (fe de erratas {self.version - 1})" if self.version > 1 else ""
        return f"Acta de la {self.sesion}{extra}"

    @classmethod
    def de(cls, sesion: Sesion) -> Self:
        """La versión en que se trabaja: la última; si aún no hay ninguna, la primera."""
        return cls.objects.filter(sesion=sesion).last() or cls.objects.get_or_create(sesion=sesion)[0]

    @property
    def dicha(self) -> str:
        """Cómo se nombra antes de su sesión: «el acta» o «la fe de erratas del acta»."""
        return "la fe de erratas del acta" if self.version > 1 else "el acta"

    @property
    def en_trabajo(self) -> bool:
        """Si su texto todavía se puede cambiar."""
        return self.estado in estados.ACTA_EN_TRABAJO

    @property
    def sellada(self) -> bool:
        """Si su contenido ya quedó congelado para siempre."""
        return self.estado in estados.ACTA_SELLADA

    @property
    def publica(self) -> bool:
        """Si la ciudadanía puede leerla."""
        return self.estado in estados.ACTA_PUBLICA

    def la_vota(self, sesion: Sesion) -> bool:
        """Si lo que se vote en esa sesión es este texto: una fe de erratas, solo si empezó ya abierta."""
        if self.version == 1:
            return True
        empieza = dt.datetime.combine(sesion.fecha, sesion.inicio or sesion.hora)
        return sesion.pk != self.sesion_id and timezone.make_aware(empieza) > self.creada_el

    def exigir_en_trabajo(self) -> None:
        """Lanza `ValidationError` si el acta ya se aprobó."""
        if not self.en_trabajo:
            raise ValidationError(
                f"El acta está «{self.get_estado_display().lower()}»: solo la corrige una fe de erratas.",
                code="estado",
            )

    def aprobar(self, por: Any, *, via: str, el: dt.date, en: Punto | None, cuando: dt.datetime) -> None:
        """La aprueba por una vía. Quién puede y con qué prueba lo decide `sesiones.aprobacion`."""
        self.cambiar("aprobar", por, cuando=cuando, via=via, aprobada_el=el, aprobada_en=en)

    def devolver(self, por: Any, *, motivo: str) -> None:
        """La regresa a borrador antes de sellarla; se aprueba otra vez. `ValidationError` sin motivo."""
        if not motivo.strip():
            raise ValidationError({"motivo": "Escribe por qué se devuelve."})
        self.cambiar("devolver", por, nota=motivo.strip(), via="", aprobada_el=None, aprobada_en=None)

    @property
    def se_descarta(self) -> bool:
        """Si es una fe de erratas que nadie ha circulado."""
        return self.version > 1 and self.estado == EstadoActa.BORRADOR and not self.rondas.exists()


class CambioActa(CambioDeEstado):
    """Historia del acta."""

    objeto = models.ForeignKey(Acta, on_delete=models.PROTECT, related_name="historia")


class ParrafoEditado(ConVersion):
    """Texto que una persona escribió en lugar del redactado con los datos.

    `base` es el texto que los datos daban cuando se editó: si después cambian, el párrafo no se
    pierde y se avisa «editado a mano; los datos dicen ahora…».
    """

    acta = models.ForeignKey(Acta, on_delete=models.CASCADE, related_name="editados")
    clave = models.CharField(max_length=80)
    texto = models.TextField(blank=True)
    base = models.TextField()

    class Meta:
        verbose_name = "párrafo editado"
        verbose_name_plural = "párrafos editados"
        constraints = (models.UniqueConstraint(fields=("acta", "clave"), name="parrafo_editado_una_vez"),)

    def __str__(self) -> str:
        return self.clave

    @classmethod
    def escribir(
        cls, acta: Acta, clave: str, *, texto: str, base: str, version: int, por: Any
    ) -> "ParrafoEditado":
        """Guarda la edición sobre la versión leída (0 = aún no existía).

        Lanza `VersionRancia` si alguien la cambió, la creó o la deshizo antes, y `ValidationError`
        si el acta ya se aprobó.
        """
        nuevos = {"texto": texto, "base": base, "editado_por": por, "editado_el": timezone.now()}
        with transaction.atomic():
            bloquear_en_trabajo(acta)
            if version:
                fila = cls.objects.filter(acta=acta, clave=clave).first()
                nueva = False
            else:
                fila, nueva = cls.objects.get_or_create(acta=acta, clave=clave, defaults=nuevos)
            if fila is None:
                raise VersionRancia(cls(acta=acta, clave=clave, texto=base, base=base, version=0))
            return fila if nueva else fila.guardar_sobre(version, por=por, texto=texto, base=base)

    @classmethod
    def restaurar(cls, acta: Acta, clave: str, *, version: int) -> None:
        """Descarta la edición: vuelve a mandar lo que dicen los datos.

        Deshacer lo ya deshecho no es conflicto; lanza `VersionRancia` si alguien la cambió antes.
        """
        with transaction.atomic():
            bloquear_en_trabajo(acta)
            borradas, _ = cls.objects.filter(acta=acta, clave=clave, version=version).delete()
            if borradas:
                return
            actual = cls.objects.filter(acta=acta, clave=clave).first()
            if actual:
                raise VersionRancia(actual)


def bloquear_en_trabajo(acta: Acta) -> Acta:
    """El acta con candado, comprobado que su texto aún se puede cambiar."""
    fila = Acta.objects.select_for_update().get(pk=acta.pk)
    fila.exigir_en_trabajo()
    return fila
