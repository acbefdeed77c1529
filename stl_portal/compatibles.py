"""Qué cambios de las tablas deja trabajar a la versión anterior mientras la nueva la releva.

Al actualizar sin parada, durante unos segundos las dos versiones usan la misma base; y al regresar, la
anterior trabaja con las tablas de la nueva. Por eso lo que se quita se quita en dos versiones: una deja de
usarlo; la siguiente lo borra y dice en su migración por qué ya se puede, con `sin_parada = "…"`.
"""

from collections.abc import Iterator
from pathlib import Path

from django.db.migrations import Migration
from django.db.migrations import operations as o
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Field, ManyToManyField
from django.db.models.fields import NOT_PROVIDED

# Lo que no se puede leer desde aquí: quien lo escribe dice por qué la versión anterior lo resiste.
A_CIEGAS = (o.RunSQL, o.RunPython)
# Lo que basta ver para saber que la versión anterior fallaría.
SIEMPRE_ROMPEN: dict[type[Operation], str] = {
    o.DeleteModel: "borra la tabla de {tabla}",
    o.RenameModel: "cambia de nombre la tabla de {tabla}",
    o.AlterModelTable: "cambia de nombre la tabla de {tabla}",
    o.RemoveField: "borra la columna {tabla}.{operacion.name}",
    o.RenameField: "cambia de nombre la columna {tabla}.{operacion.old_name}",
    o.AddConstraint: "agrega a {tabla} una regla que la versión anterior no conoce",
    o.AlterUniqueTogether: "agrega a {tabla} una regla que la versión anterior no conoce",
}


def objeciones(plan: list[Migration], estado: ProjectState) -> list[str]:
    """Una frase por cada operación que rompería la versión anterior. `estado` es el de las tablas de hoy."""
    halladas = []
    de_hoy = set(estado.models)
    for migracion in plan:
        quejas = list(_de_la_migracion(migracion, estado, de_hoy))
        if not getattr(migracion, "sin_parada", ""):
            halladas += [f"{migracion.app_label}.{migracion.name}: {queja}" for queja in quejas]
    return halladas


def _de_la_migracion(
    migracion: Migration, estado: ProjectState, de_hoy: set[tuple[str, str]]
) -> Iterator[str]:
    """Recorre sus operaciones y deja `estado` como queda después de ella."""
    aplicacion = migracion.app_label
    for operacion in migracion.operations:
        for parte in _partes(operacion):
            if isinstance(parte, A_CIEGAS):
                yield "ejecuta algo que no se puede revisar; di por qué se puede en `sin_parada`"
            elif (aplicacion, _modelo(parte)) in de_hoy:
                yield from _de_la_operacion(parte, aplicacion, estado)
        operacion.state_forwards(aplicacion, estado)


def _partes(operacion: Operation) -> list[Operation]:
    """Lo que de verdad se hace en la base."""
    if isinstance(operacion, o.SeparateDatabaseAndState):
        return list(operacion.database_operations)
    return [operacion]


def _modelo(operacion: Operation) -> str:
    """El modelo que toca, en minúsculas; vacío si ninguno."""
    if isinstance(operacion, o.RenameModel):
        return operacion.old_name_lower
    nombre = getattr(operacion, "model_name", "") or getattr(operacion, "name", "")
    return str(nombre).lower()


def _de_la_operacion(operacion: Operation, aplicacion: str, estado: ProjectState) -> Iterator[str]:
    tabla = _modelo(operacion)
    if frase := SIEMPRE_ROMPEN.get(type(operacion)):
        yield frase.format(tabla=tabla, operacion=operacion)
    elif isinstance(operacion, o.AddField) and _obligatoria(operacion.field):
        yield f"agrega {tabla}.{operacion.name}, obligatoria y sin valor de la base (db_default)"
    elif isinstance(operacion, o.AlterField):
        antes = estado.models[aplicacion, tabla].fields[operacion.name]
        yield from (f"{queja} {tabla}.{operacion.name}" for queja in _de_la_columna(antes, operacion.field))


def _obligatoria(campo: Field) -> bool:  # type: ignore[type-arg]
    """Quien no la conozca no puede insertar."""
    en_otra_tabla = isinstance(campo, ManyToManyField)
    calculada = getattr(campo, "generated", False)
    return not (campo.null or en_otra_tabla or calculada) and campo.db_default is NOT_PROVIDED


def _de_la_columna(antes: Field, ahora: Field) -> Iterator[str]:  # type: ignore[type-arg]
    if antes.null and _obligatoria(ahora):
        yield "vuelve obligatoria"
    if antes.get_internal_type() != ahora.get_internal_type():
        yield "cambia de tipo"
    if ahora.max_length and (antes.max_length or ahora.max_length + 1) > ahora.max_length:
        yield "acorta"
    if ahora.unique and not antes.unique:
        yield "exige que no se repita"
    if antes.db_column != ahora.db_column:
        yield "cambia de nombre la columna"


def ya_publicadas(anterior: Path, nueva: Path) -> list[str]:
    """Las migraciones de la versión que atiende que la nueva cambió o ya no trae: no se aplican otra vez."""
    return [
        str(archivo.relative_to(anterior))
        for archivo in sorted(anterior.glob("[!.]*/**/migrations/[0-9]*.py"))
        if "node_modules" not in archivo.parts
        if not _identico(archivo, nueva / archivo.relative_to(anterior))
    ]


def _identico(uno: Path, otro: Path) -> bool:
    return otro.is_file() and uno.read_bytes() == otro.read_bytes()
