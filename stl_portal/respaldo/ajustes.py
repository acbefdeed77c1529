"""Cómo se respalda aquí: con qué llaves, dónde queda, a dónde se lleva y cada cuánto. Sale del entorno."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .retencion import Cuantos

DE_FABRICA = Cuantos(diarios=7, semanales=5, mensuales=12)


@dataclass(frozen=True)
class Ajustes:
    """`para` son las llaves públicas de `age`; `llave`, la ruta de la privada, con que se abren."""

    carpeta: Path
    para: tuple[str, ...] = ()
    llave: str = ""
    copia_carpeta: str = ""
    copia_orden: str = ""
    cuantos: Cuantos = DE_FABRICA
    plazo: dt.timedelta = dt.timedelta(hours=26)
    plazo_del_simulacro: dt.timedelta = dt.timedelta(days=35)


def del_entorno(env: Any, var: Path) -> Ajustes:
    """Lo que dicen las variables de entorno; `var` es la carpeta de lo que el portal escribe."""
    return Ajustes(
        carpeta=Path(env.str("RESPALDO_CARPETA", default=str(var / "respaldos"))),
        para=tuple(llave.strip() for llave in env.list("RESPALDO_PARA", default=[]) if llave.strip()),
        llave=env.str("RESPALDO_LLAVE", default=""),
        copia_carpeta=env.str("RESPALDO_COPIA_CARPETA", default=""),
        copia_orden=env.str("RESPALDO_COPIA_ORDEN", default=""),
        cuantos=Cuantos(
            diarios=env.int("RESPALDO_DIARIOS", default=DE_FABRICA.diarios),
            semanales=env.int("RESPALDO_SEMANALES", default=DE_FABRICA.semanales),
            mensuales=env.int("RESPALDO_MENSUALES", default=DE_FABRICA.mensuales),
        ),
        plazo=dt.timedelta(hours=env.int("RESPALDO_PLAZO_HORAS", default=26)),
        plazo_del_simulacro=dt.timedelta(days=env.int("SIMULACRO_PLAZO_DIAS", default=35)),
    )
