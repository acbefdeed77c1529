"""La única máquina de estados del portal.

Cada cosa con vida propia (una sesión, un acta, un reporte) declara en su `estados.py` una tabla
de transiciones legales: verbo → (desde, hacia). El verbo del modelo es el único camino para
cambiar de estado: guarda, cambia, anota quién y cuándo, todo en una transacción. Lo que no está
en la tabla es `TransicionInvalida` (409), que no es lo mismo que «no tienes permiso» (403).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

# Con qué queda en la historia lo que llegó en un archivo: dice de dónde vino, no que su vida avanzara.
IMPORTAR = "importar"


@dataclass(frozen=True)
class Transicion:
    """Un paso legal: desde qué estados, hacia cuál y cómo se dice en participio."""

    desde: frozenset[str]
    hacia: str
    dicho: str


def paso(*desde: str, hacia: str, dicho: str) -> Transicion:
    """Escribe un renglón de la tabla: `paso(BORRADOR, hacia=CONVOCADA, dicho="convocar")`."""
    return Transicion(frozenset(desde), hacia, dicho)


class TransicionInvalida(Exception):
    """El verbo no procede en el estado actual. La vista responde 409 con esta frase."""

    def __init__(self, frase: str) -> None:
        """Guarda la frase que leerá la persona."""
        super().__init__(frase)
        self.frase = frase


class CambioDeEstado(models.Model):
    """Renglón de historia: qué verbo, de dónde a dónde, quién y cuándo."""

    verbo = models.CharField(max_length=40)
    de = models.CharField(max_length=30)
    a = models.CharField(max_length=30)
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cuando = models.DateTimeField()
    nota = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ("pk",)  # el orden lo da la secuencia, no el reloj

    def __str__(self) -> str:
        return f"{self.verbo}: {self.de} → {self.a}"


class ConEstado(models.Model):
    """Base de lo que tiene estado. La subclase define `TRANSICIONES` y el campo `estado`.

    La historia es una relación inversa llamada `historia` hacia una subclase de
    `CambioDeEstado` con llave foránea `objeto`.
    """

    TRANSICIONES: ClassVar[Mapping[str, Transicion]] = {}

    estado: Any  # cada subclase define su campo con sus opciones
    historia: Any

    class Meta:
        abstract = True

    def puede(self, verbo: str) -> bool:
        """Dice si el verbo procede en el estado actual (sin mirar permisos)."""
        return self.estado in self.TRANSICIONES[verbo].desde

    def exigir(self, verbo: str) -> Transicion:
        """Devuelve la transición o lanza `TransicionInvalida` con una frase clara."""
        transicion = self.TRANSICIONES[verbo]
        if self.estado not in transicion.desde:
            raise TransicionInvalida(f"No se puede {transicion.dicho}: está «{self.get_estado_display()}».")
        return transicion

    def cambiar(self, verbo: str, por: Any, *, cuando: Any = None, nota: str = "", **campos: Any) -> None:
        """Ejecuta el verbo: bloquea la fila, comprueba, cambia y anota, todo o nada.

        `campos` son los atributos que cambian junto con el estado. Lanza `TransicionInvalida`.
        """
        with transaction.atomic():
            actual = type(self)._default_manager.select_for_update().get(pk=self.pk)
            self.estado = actual.estado
            transicion = self.exigir(verbo)
            de, self.estado = self.estado, transicion.hacia
            for nombre, valor in campos.items():
                setattr(self, nombre, valor)
            self.save(update_fields=["estado", *campos])  # type: ignore[misc]
            self.historia.create(
                verbo=verbo, de=de, a=self.estado, por=por, cuando=cuando or timezone.now(), nota=nota
            )

    cambiar.alters_data = True  # type: ignore[attr-defined]  # que ninguna plantilla lo llame

    def get_estado_display(self) -> str:
        """Nombre del estado para personas; Django lo reemplaza en la subclase."""
        return str(self.estado)
