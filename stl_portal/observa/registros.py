"""Cómo se escribe cada renglón de los registros: JSON en producción, legible en desarrollo."""

import datetime as dt
import json
import logging

from .peticion import referencia
from .sin_datos import mensaje_de, traza_de


class EnJSON(logging.Formatter):
    """Un objeto por renglón. Todo pasa por `sin_datos`: también lo que anotan bibliotecas ajenas."""

    def format(self, record: logging.LogRecord) -> str:
        """El renglón."""
        cuando = dt.datetime.fromtimestamp(record.created, dt.UTC)
        renglon = {
            "hora": cuando.isoformat(timespec="milliseconds"),
            "nivel": record.levelname,
            "registro": record.name,
            "referencia": referencia(),
            "mensaje": self._mensaje(record),
            **getattr(record, "datos", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            renglon["error"] = traza_de(record.exc_info[1])
        return json.dumps(renglon, ensure_ascii=False, default=str)

    def _mensaje(self, record: logging.LogRecord) -> str:
        """Los de Django sobre una petición intercalan su dirección: de ellos, solo qué pasó."""
        if hasattr(record, "request") or record.name.startswith("django.server"):
            codigo = getattr(record, "status_code", "")
            return f"respuesta {codigo}".strip()
        if record.name == "stl_portal.peticiones":
            return record.msg
        return mensaje_de(str(record.msg), record.args)


class Legible(logging.Formatter):
    """Para quien desarrolla: la traza entera, y la referencia al principio si hay petición."""

    def format(self, record: logging.LogRecord) -> str:
        """El renglón, con lo estructurado al final."""
        escrito = super().format(record)
        datos = " ".join(f"{clave}={valor}" for clave, valor in getattr(record, "datos", {}).items())
        return " ".join(filter(None, (referencia(), record.levelname, escrito, datos)))
