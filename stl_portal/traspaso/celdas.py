"""Cómo se escribe cada clase de valor en una celda, y cómo se vuelve a leer: ida y vuelta exacta.

Son los «widgets» de la biblioteca, con la escritura de los datos abiertos (ISO 8601, `true` y `false`, punto
decimal) y con cada razón de rechazo dicha en español. Vacío es vacío.
"""

import base64
import binascii
import datetime as dt
import json
import math
import re
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from import_export import widgets

from stl_portal.datos.escritura import numero, si_no
from stl_portal.texto import sin_invisibles

_ENTERO = re.compile(r"-?\d{1,18}(?:\.0+)?")
_NUMERO = re.compile(r"-?\d{1,30}(?:\.\d{1,30})?")


class Celda(widgets.Widget):
    """Texto tal cual, sin lo que no se ve: ni recorta espacios ni cambia renglones."""

    # Lo que se escribe en XLSX como número, para que la hoja lo sume; lo demás va como texto.
    numerica: ClassVar[bool] = False

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> Any:
        """El valor que dice la celda; None si está vacía. Lanza `ValueError` con la razón."""
        return self.leer(value) if value else None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """La celda que dice ese valor."""
        return "" if value is None else self.escribir(value)

    def leer(self, celda: str) -> Any:
        """El valor de una celda que no está vacía."""
        if "\0" in celda:
            raise ValueError("Trae un carácter nulo, que no se puede guardar.")
        return sin_invisibles(celda)

    def escribir(self, valor: Any) -> str:
        """La celda de un valor que no es nulo."""
        return str(valor)


class SiNo(Celda):
    """`true` o `false`."""

    SI = frozenset({"true", "verdadero", "sí", "si", "1"})
    NO = frozenset({"false", "falso", "no", "0"})

    def leer(self, celda: str) -> bool:
        """También como lo escribe una hoja de cálculo en español."""
        dicho = celda.strip().lower()
        if dicho in self.SI:
            return True
        if dicho in self.NO:
            return False
        raise ValueError("Debe decir «true» o «false».")

    def escribir(self, valor: bool) -> str:
        """Como lo pide Table Schema."""
        return si_no(valor)


class Fecha(Celda):
    """«2026-03-18»."""

    def leer(self, celda: str) -> dt.date:
        """Solo AAAA-MM-DD: otra forma se presta a confundir el día con el mes."""
        try:
            return dt.date.fromisoformat(celda.strip().removesuffix("T00:00:00"))
        except ValueError:
            raise ValueError("La fecha se escribe AAAA-MM-DD; por ejemplo, 2026-03-18.") from None

    def escribir(self, valor: dt.date) -> str:
        """ISO 8601."""
        return valor.isoformat()


class Instante(Celda):
    """«2026-03-18T10:00:00-06:00», con fracciones de segundo si las hay."""

    def leer(self, celda: str) -> dt.datetime:
        """Sin diferencia con UTC se entiende la hora del portal."""
        try:
            valor = dt.datetime.fromisoformat(celda.strip())
        except ValueError:
            raise ValueError(
                "El momento se escribe AAAA-MM-DDTHH:MM:SS; por ejemplo, 2026-03-18T10:00:00-06:00."
            ) from None
        valor = valor if timezone.is_aware(valor) else timezone.make_aware(valor)
        try:
            self.escribir(valor.astimezone(dt.UTC))
        except OverflowError:  # en UTC o en la hora del portal sería antes del año 1 o después del 9999
            raise ValueError("Ese momento no cabe en el calendario.") from None
        return valor

    def escribir(self, valor: dt.datetime) -> str:
        """En la hora del portal."""
        return valor.astimezone(timezone.get_default_timezone()).isoformat()


class Hora(Celda):
    """«10:00», con segundos si los hay."""

    def leer(self, celda: str) -> dt.time:
        """HH:MM o HH:MM:SS."""
        try:
            return dt.time.fromisoformat(celda.strip())
        except ValueError:
            raise ValueError("La hora se escribe HH:MM; por ejemplo, 10:00.") from None

    def escribir(self, valor: dt.time) -> str:
        """Sin los segundos que sean cero."""
        return valor.isoformat() if valor.second or valor.microsecond else valor.isoformat(timespec="minutes")


class Entero(Celda):
    """Sin separar los millares."""

    numerica = True

    def leer(self, celda: str) -> int:
        """«12»; también «12.0», que es como a veces lo deja una hoja de cálculo."""
        dicho = celda.strip()
        if not _ENTERO.fullmatch(dicho):
            raise ValueError("Debe ser un número entero, sin comas ni letras.")
        return int(dicho.partition(".")[0])


class Numero(Celda):
    """Con punto decimal y sin ceros que sobren."""

    numerica = True

    def leer(self, celda: str) -> Decimal:
        """«42.5»."""
        dicho = celda.strip()
        if not _NUMERO.fullmatch(dicho):
            raise ValueError("Debe ser un número con punto decimal, sin comas ni letras; por ejemplo, 42.5.")
        try:
            return Decimal(dicho)
        except InvalidOperation:
            raise ValueError("Debe ser un número.") from None

    def escribir(self, valor: Decimal) -> str:
        """«42.5»."""
        return numero(valor)


class Flotante(Celda):
    """Con todos los dígitos que hacen falta para volver a tener el mismo."""

    numerica = True

    def leer(self, celda: str) -> float:
        """«0.125»."""
        try:
            valor = float(celda)
        except ValueError:
            valor = math.nan
        if not math.isfinite(valor):  # «nan» e «inf» también son flotantes, y ninguna regla los detiene
            raise ValueError("Debe ser un número con punto decimal.")
        return valor

    def escribir(self, valor: float) -> str:
        """El más corto que se lee igual."""
        return repr(valor)


class Json(Celda):
    """Un dato con estructura, en JSON, con sus claves en orden: las dos bases lo escriben igual."""

    def leer(self, celda: str) -> Any:
        """JSON de verdad."""
        try:
            valor = json.loads(super().leer(celda))
            # Ni «NaN», ni «1e999», ni media letra: Python los lee, y las bases no los guardan.
            json.dumps(valor, allow_nan=False, ensure_ascii=False).encode()
        except (ValueError, RecursionError):
            raise ValueError("No es JSON; se deja como salió al exportar.") from None
        if "\\u0000" in celda:
            raise ValueError("Trae un carácter nulo, que no se puede guardar.")
        return valor

    def escribir(self, valor: Any) -> str:
        """En un renglón."""
        return json.dumps(valor, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Bytes(Celda):
    """Un documento sellado, byte por byte, en base 64."""

    def leer(self, celda: str) -> bytes:
        """Exactamente los bytes que se sellaron."""
        try:
            return base64.b64decode(celda, validate=True)
        except (binascii.Error, ValueError):
            raise ValueError("No es base 64; se deja como salió al exportar.") from None

    def escribir(self, valor: Any) -> str:
        """Base 64 de RFC 4648."""
        return base64.b64encode(bytes(valor)).decode()


# De la clase más particular a la más general: gana la primera que sea del campo.
_DE_CADA_CLASE: tuple[tuple[type[Any], type[Celda]], ...] = (
    (models.BooleanField, SiNo),
    (models.DateTimeField, Instante),
    (models.DateField, Fecha),
    (models.TimeField, Hora),
    (models.DecimalField, Numero),
    (models.FloatField, Flotante),
    (models.IntegerField, Entero),
    (models.JSONField, Json),
    (models.BinaryField, Bytes),
)


def para(campo: "models.Field[Any, Any]") -> Celda:
    """Cómo se escribe y se lee ese campo."""
    return next((celda() for clase, celda in _DE_CADA_CLASE if isinstance(campo, clase)), Celda())
