"""El acta en borrador: se redacta sola con las filas y conserva lo que se edita a mano."""

from typing import Any

from django.db import models, transaction
from django.utils import timezone

from stl_portal.versiones import ConVersion, VersionRancia

from .sesiones import Sesion


class Acta(models.Model):
    """Documento de una sesión. Sus párrafos se generan; los editados viven aparte."""

    sesion = models.OneToOneField(Sesion, on_delete=models.PROTECT, related_name="acta")
    creada_el = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "acta"
        verbose_name_plural = "actas"

    def __str__(self) -> str:
        return f"Acta de la {self.sesion}"


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

        Lanza `VersionRancia` si alguien la cambió, la creó o la deshizo antes.
        """
        nuevos = {"texto": texto, "base": base, "editado_por": por, "editado_el": timezone.now()}
        with transaction.atomic():
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
        borradas, _ = cls.objects.filter(acta=acta, clave=clave, version=version).delete()
        if borradas:
            return
        actual = cls.objects.filter(acta=acta, clave=clave).first()
        if actual:
            raise VersionRancia(actual)
