"""Los datos de un reporte que se sellan: cómo se escriben en su documento y cómo se leen de él."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

from ejes.models import CortePublicado, Entrega, ReportePublicado


def leer(fila: Entrega | ReportePublicado | CortePublicado) -> dict[str, Any]:
    """El documento que se envió o que se publicó."""
    documento: dict[str, Any] = json.loads(bytes(fila.documento))
    return documento


def escribir_cifra(numero: Decimal | None) -> str | None:
    """«36.25», «30»: como texto, para que sea exacta, y sin ceros de sobra."""
    if numero is None:
        return None
    texto = f"{numero:f}"
    return texto.rstrip("0").rstrip(".") if "." in texto else texto


def leer_cifra(texto: str | None) -> Decimal | None:
    """La que se escribió; None si no la hay."""
    return None if texto is None else Decimal(texto)


def escribir_dia(fecha: dt.date | None) -> str | None:
    """«2026-05-31» (ISO 8601)."""
    return fecha.isoformat() if fecha else None


def leer_dia(texto: str | None) -> dt.date | None:
    """El que se escribió; None si el documento no lo dice."""
    return dt.date.fromisoformat(texto) if texto else None
