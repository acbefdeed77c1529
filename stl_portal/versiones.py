"""Guardar sin pisar a nadie: cada texto lleva versión y solo se guarda sobre la que se leyó."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone


def entero(valor: Any) -> int:
    """El número que llegó en una forma o dirección; 0 si no son de 1 a 18 cifras."""
    texto = str(valor or "")
    return int(texto) if len(texto) <= 18 and texto.isascii() and texto.isdigit() else 0


class VersionRancia(Exception):
    """Alguien guardó antes. Trae la fila actual para mostrar ambos textos (409)."""

    def __init__(self, actual: Any) -> None:
        """Conserva la fila tal como está en la base."""
        super().__init__("Otra persona guardó cambios mientras escribías.")
        self.actual = actual


class ConVersion(models.Model):
    """Base con número de versión para escritura optimista."""

    version = models.PositiveIntegerField(default=1, editable=False)
    editado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    editado_el = models.DateTimeField(null=True, blank=True, editable=False)

    # Condición que debe cumplir la fila al guardar; se comprueba en la misma orden UPDATE.
    EDITABLE_SI: ClassVar[Q] = Q()

    class Meta:
        abstract = True

    def guardar_sobre(self, version: int, *, por: Any = None, **campos: Any) -> Self:
        """Guarda `campos` solo si la fila sigue en `version`; si no, lanza `VersionRancia`.

        Una sola orden UPDATE con la versión en el WHERE: no hay ventana entre mirar y escribir.
        Repetir el mismo guardado ya confirmado (se perdió la respuesta) no es conflicto. Lanza
        `ValidationError` si la fila dejó de cumplir `EDITABLE_SI`.
        """
        todas = type(self)._base_manager
        filas = todas.filter(pk=self.pk, version=version)
        if self.EDITABLE_SI:
            # Aparte: si la condición mira otra tabla, Django metería también la versión en la subconsulta, y
            # PostgreSQL, que la calculó antes de esperar a quien guardó primero, no volvería a mirarla.
            filas = filas.filter(Exists(todas.filter(self.EDITABLE_SI, pk=OuterRef("pk"))))
        nuevos = {"version": version + 1, "editado_por": por, "editado_el": timezone.now(), **campos}
        if filas.update(**nuevos):
            for nombre, valor in nuevos.items():
                setattr(self, nombre, valor)
            return self
        actual = type(self)._base_manager.get(pk=self.pk)
        if any(getattr(actual, nombre) != valor for nombre, valor in campos.items()):
            if actual.version == version:
                raise ValidationError("Mientras escribías dejó de poderse editar.")
            raise VersionRancia(actual)
        self.refresh_from_db()
        return self

    guardar_sobre.alters_data = True  # type: ignore[attr-defined]
