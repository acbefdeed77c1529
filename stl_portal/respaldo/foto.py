"""Lo que la base dice en un solo instante: renglones por tabla, archivos, registro público y esquema."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stl_portal.archivo.models import Archivo
from stl_portal.sello import merkle
from stl_portal.sello.models import Eslabon

from .manifiesto import Contenido, Registro

Consultar = Callable[[str], Iterable[Sequence[Any]]]
_TABLAS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename",
}


@dataclass(frozen=True)
class Foto:
    """Lo que se anota de la base para comprobar después que lo restaurado es lo mismo."""

    motor: str
    tablas: Mapping[str, Contenido]
    archivos: Sequence[tuple[str, int]]  # huella y tamaño de cada uno
    registro: Registro
    esquema: Mapping[str, str]


def tomar(motor: str, consultar: Consultar) -> Foto:
    """La foto, con consultas que ven todas el mismo instante."""
    nombres = [nombre for (nombre,) in consultar(_TABLAS[motor])]
    contar = _contar_sqlite if motor == "sqlite" else _contar_postgresql
    return Foto(
        motor=motor,
        tablas={nombre: contar(nombre, consultar) for nombre in nombres},
        archivos=_archivos(consultar),
        registro=_registro(consultar),
        esquema=_esquema(consultar) if "django_migrations" in nombres else {},
    )


def _contar_sqlite(tabla: str, consultar: Consultar) -> Contenido:
    renglones, suma = 0, hashlib.sha256()
    for fila in consultar(f'SELECT * FROM "{tabla}"'):  # noqa: S608 -- tabla de la base
        renglones += 1
        suma.update(repr(tuple(fila)).encode())
    return Contenido(renglones, suma.hexdigest())


def _contar_postgresql(tabla: str, consultar: Consultar) -> Contenido:
    """La suma no depende del orden, que al restaurar puede ser otro."""
    orden = f'SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0)::text FROM "{tabla}" t'  # noqa: S608 -- tabla de la base
    ((renglones, suma),) = consultar(orden)
    return Contenido(renglones, suma)


def _archivos(consultar: Consultar) -> list[tuple[str, int]]:
    tabla = Archivo._meta.db_table
    return [(_texto(h), n) for h, n in consultar(f"SELECT huella, tamano FROM {tabla} ORDER BY huella")]  # noqa: S608 -- tabla de la base


def _registro(consultar: Consultar) -> Registro:
    tabla = Eslabon._meta.db_table
    hojas = [bytes.fromhex(_texto(h)) for (h,) in consultar(f"SELECT hash FROM {tabla} ORDER BY n")]  # noqa: S608 -- tabla de la base
    return Registro(len(hojas), merkle.raiz(hojas).hex())


def _esquema(consultar: Consultar) -> dict[str, str]:
    filas = consultar("SELECT app, max(name) FROM django_migrations GROUP BY app ORDER BY app")
    return {_texto(app): _texto(ultima) for app, ultima in filas}


def _texto(valor: Any) -> str:
    """De SQLite se lee en bytes, por si alguna fila no fuera texto."""
    return valor.decode() if isinstance(valor, bytes) else valor
