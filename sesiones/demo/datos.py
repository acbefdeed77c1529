"""Lectura de los archivos TOML de la demostración."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

CARPETA = Path(__file__).parent
SABADO = 5


def leer(nombre: str) -> dict[str, Any]:
    """Contenido de `sesiones/demo/<nombre>.toml`."""
    return tomllib.loads((CARPETA / f"{nombre}.toml").read_text(encoding="utf-8"))


def fechar(dato: Any, hoy: dt.date) -> Any:
    """Copia el dato cambiando cada `en_dias = n` por `fecha`: n días después de `hoy`, entre semana.

    Así la sesión ficticia siempre está por celebrarse, se cargue el día que se cargue.
    """
    if isinstance(dato, list):
        return [fechar(parte, hoy) for parte in dato]
    if not isinstance(dato, dict):
        return dato
    copia = {clave: fechar(valor, hoy) for clave, valor in dato.items() if clave != "en_dias"}
    if "en_dias" in dato:
        copia["fecha"] = entre_semana(hoy + dt.timedelta(days=dato["en_dias"]))
    return copia


def entre_semana(fecha: dt.date) -> dt.date:
    """La misma fecha o, si cae en fin de semana, el lunes siguiente."""
    return fecha + dt.timedelta(days=max(0, 7 - fecha.weekday()) if fecha.weekday() >= SABADO else 0)
