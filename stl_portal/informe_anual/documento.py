"""El documento «informe-anual/1»: el informe como los datos que se publican, y de regreso.

Lo ya publicado se sigue leyendo: las claves que un documento no trae quedan vacías.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .apartado import Apartado, Periodo, como_datos, de_datos
from .armar import Armado

ESQUEMA = "informe-anual/1"
LEIDOS = 32  # los que cada proceso guarda ya leídos


@dataclass(frozen=True)
class ParteLeida:
    """Un apartado publicado."""

    clave: str
    titulo: str
    introduccion: str
    contenido: Apartado


@dataclass(frozen=True)
class Leido:
    """Un informe publicado, leído de sus bytes sellados."""

    clave: str
    titulo: str
    organo: str
    clave_del_organo: str
    ficticio: bool
    periodo: Periodo
    corrige: Mapping[str, str] | None
    partes: tuple[ParteLeida, ...]


def documento_de(armado: Armado) -> dict[str, Any]:
    """Lo que se sella; con qué huella se publicó lo que corrige, para que no haya duda de cuál es."""
    informe, organo = armado.informe, armado.organo
    return {
        "esquema": ESQUEMA,
        "identificador": informe.clave,
        "titulo": str(informe),
        "organo": {"clave": organo.clave, "nombre": organo.nombre, "ficticio": organo.ficticio},
        "periodo": {"desde": informe.desde.isoformat(), "hasta": informe.hasta.isoformat()},
        "corrige": _corrige(armado),
        "apartados": [
            {"clave": p.clave, "titulo": p.titulo, "introduccion": p.introduccion, **como_datos(p.contenido)}
            for p in armado.partes
        ],
    }


def _corrige(armado: Armado) -> dict[str, str] | None:
    antes = armado.informe.corrige
    if antes is None:
        return None
    return {"clave": antes.clave, "huella": antes.publicacion.huella, "que": armado.informe.que_corrige}


@lru_cache(maxsize=LEIDOS)
def leer(documento: bytes) -> Leido:
    """El informe que dicen esos bytes; los mismos bytes siempre dicen lo mismo."""
    datos = json.loads(documento)
    dias = {dia: dt.date.fromisoformat(datos["periodo"][dia]) for dia in ("desde", "hasta")}
    return Leido(
        clave=datos["identificador"],
        titulo=datos["titulo"],
        organo=datos["organo"]["nombre"],
        clave_del_organo=datos["organo"]["clave"],
        ficticio=datos["organo"]["ficticio"],
        periodo=Periodo(**dias),
        corrige=datos.get("corrige"),
        partes=tuple(
            ParteLeida(a["clave"], a["titulo"], a["introduccion"], de_datos(a)) for a in datos["apartados"]
        ),
    )
