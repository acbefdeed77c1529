"""Escribir los renglones tal como vienen, por lotes, y decir cuál no dejó la base y por qué.

No pasa por `save()`: las fechas de alta y de cambio que traen se conservan. Las restricciones y las guardas
de la base valen igual que siempre; lo demás lo revisa el motor antes de llegar aquí.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import DatabaseError, IntegrityError, connection, models, transaction

from stl_portal.guardas import PREFIJO, PREFIJO_SELLADA
from stl_portal.versiones import ConVersion

ENCIMADO = "Se encima con otro periodo ya registrado."
VERSION = "version"
REPETIDO = "Choca con otro renglón: ya hay uno con los mismos datos que no se repiten."


def insertar(modelo: Any, objetos: Sequence[Any]) -> dict[int, str]:
    """Guarda renglones nuevos y les pone su número; devuelve, por posición, por qué no se pudo alguno.

    Los que ya traen número nacen con él, y antes que los demás: a estos les tocan los que siguen.
    """
    con_numero = [n for n, objeto in enumerate(objetos) if objeto.pk is not None]
    sin_numero = [n for n, objeto in enumerate(objetos) if objeto.pk is None]
    campos = list(modelo._meta.concrete_fields)
    fallas = _por_lotes(modelo, objetos, con_numero, campos)
    if con_numero:
        adelantar(modelo)
    return fallas | _por_lotes(modelo, objetos, sin_numero, [c for c in campos if not c.primary_key])


def _por_lotes(
    modelo: Any, objetos: Sequence[Any], cuales: Sequence[int], campos: list[Any]
) -> dict[int, str]:
    cabe = connection.ops.bulk_batch_size(campos, list(objetos))
    fallas: dict[int, str] = {}
    for inicio in range(0, len(cuales), cabe):
        lugares = cuales[inicio : inicio + cabe]
        lote = [objetos[n] for n in lugares]
        try:
            _insertar(modelo, lote, campos)
        except DatabaseError:
            fallas |= {lugares[n]: razon for n, razon in _uno_por_uno(modelo, lote, campos)}
    return fallas


def adelantar(modelo: Any) -> None:
    """El próximo número que dé la base va después de los que ya hay: PostgreSQL no se entera por sí solo.

    Nunca antes del último que dio: el de un renglón que ya se borró pudo citarse y no es de nadie más.
    """
    if connection.vendor != "postgresql":
        return
    meta, nombrar = modelo._meta, connection.ops.quote_name
    tabla, columna = nombrar(meta.db_table), nombrar(meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [tabla, meta.pk.column])
        (serie,) = cursor.fetchone()
        if serie is None:
            return
        mayor = f"(SELECT max({columna}) FROM {tabla})"  # noqa: S608 -- nombres de modelos
        orden = (
            f"SELECT setval(%s, GREATEST({mayor}, last_value), is_called OR {mayor} IS NOT NULL) FROM {serie}"  # noqa: S608 -- nombres de modelos
        )
        cursor.execute(orden, [serie])


def _insertar(modelo: Any, objetos: Sequence[Any], campos: list[Any]) -> None:
    """`raw`: con las fechas que traen, aunque el campo se ponga la de hoy."""
    pk = modelo._meta.pk
    with transaction.atomic():
        devueltos = modelo._base_manager._insert(
            objetos, fields=campos, using=connection.alias, returning_fields=[pk], raw=True
        )
    for objeto, (suyo,) in zip(objetos, devueltos, strict=True):
        objeto.pk = suyo


def _uno_por_uno(modelo: Any, objetos: Sequence[Any], campos: list[Any]) -> Iterator[tuple[int, str]]:
    """Para saber cuál no se puede."""
    for n, objeto in enumerate(objetos):
        try:
            _insertar(modelo, [objeto], campos)
        except DatabaseError as error:
            yield n, razon(error, modelo)


def con_version(modelo: Any) -> bool:
    """Si cuenta sus guardados para que dos personas no se pisen."""
    return issubclass(modelo, ConVersion)


def actualizar(modelo: Any, pk: Any, valores: dict[str, Any]) -> None:
    """Los pone; quien tenía el renglón abierto para editarlo se entera al guardar."""
    sube = {VERSION: models.F(VERSION) + 1} if con_version(modelo) else {}
    modelo._base_manager.filter(pk=pk).update(**valores | sube)


def cambiar(modelo: Any, pk: Any, valores: dict[str, Any], *, recien_nacida: bool = False) -> str:
    """Cambia esos campos de un renglón; devuelve la razón si no se pudo, o vacío.

    Completar uno que acaba de nacer no cuenta como otro guardado.
    """
    try:
        with transaction.atomic():
            if recien_nacida:
                modelo._base_manager.filter(pk=pk).update(**valores)
            else:
                actualizar(modelo, pk, valores)
    except DatabaseError as error:
        return razon(error, modelo)
    return ""


def sellados(modelo: Any, pks: Iterable[Any]) -> set[Any]:
    """Cuáles de esos renglones están sellados."""
    sellada = getattr(modelo, "SELLADA", None)
    cuales = iter(pks)
    hallados: set[Any] = set()
    while sellada is not None and (lote := list(islice(cuales, 500))):
        marcas = ", ".join(["%s"] * len(lote))
        tabla = connection.ops.quote_name(modelo._meta.db_table)
        pk = f"fila.{connection.ops.quote_name(modelo._meta.pk.column)}"
        orden = f"SELECT {pk} FROM {tabla} AS fila WHERE {pk} IN ({marcas}) AND {sellada.sobre('fila')}"  # noqa: S608 -- nombres de modelos
        with connection.cursor() as cursor:
            cursor.execute(orden, lote)
            hallados.update(fila[0] for fila in cursor.fetchall())
    return hallados


def razon(error: DatabaseError, modelo: Any) -> str:
    """Lo que la base rechazó, dicho para quien llenó el archivo."""
    dicho = str(error)
    if PREFIJO in dicho:
        return ENCIMADO
    if PREFIJO_SELLADA in dicho:
        return f"La base no lo admite: {dicho.splitlines()[0].partition(': ')[2] or dicho}."
    for restriccion in modelo._meta.constraints:
        if restriccion.name in dicho and isinstance(restriccion, models.CheckConstraint):
            return str(restriccion.get_violation_error_message())
    return REPETIDO if isinstance(error, IntegrityError) else "Algún valor no cabe en su columna."
