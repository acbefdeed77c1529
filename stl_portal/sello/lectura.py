"""Leer filas de las que se sospecha: puede que ni se dejen leer, o que digan lo mismo con otros bytes.

SQLite guarda fechas y JSON como texto, y el mismo instante admite varias escrituras («T» en lugar
del espacio): compararlo ya leído no nota ese byte. Por eso se compara también lo que está escrito.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection, models, transaction

LOTE = 500


@dataclass(frozen=True)
class Leida:
    """Una fila, o None si la base no logra leerla, y sus columnas escritas como el portal no escribe."""

    pk: Any
    fila: Any
    ajenas: tuple[str, ...] = ()

    def fallas(self) -> Iterator[str]:
        """Lo que está mal con solo leerla, dicho con palabras."""
        if self.fila is None:
            yield "la fila no se puede leer"
        if self.ajenas:
            yield f"no está escrito como lo escribe el portal ({', '.join(self.ajenas)})"


def leidas(consulta: "models.QuerySet[Any]") -> Iterator[Leida]:
    """Cada fila de la consulta, por orden de número; ninguna detiene a las demás."""
    claves = list(consulta.order_by("pk").values_list("pk", flat=True))
    for inicio in range(0, len(claves), LOTE):
        lote = claves[inicio : inicio + LOTE]
        filas = _leer(consulta, lote)
        if filas is None:
            sueltas = [_leer(consulta, [pk]) for pk in lote]
            filas = {pk: fila for suelta in sueltas for pk, fila in (suelta or {}).items()}
        escritas = _escritas(consulta.model, lote)
        for pk in lote:
            fila = filas.get(pk)
            yield Leida(pk, fila, _ajenas(fila, escritas.get(pk, {})))


def _leer(consulta: "models.QuerySet[Any]", claves: list[Any]) -> dict[Any, Any] | None:
    """Esas filas por número; None si alguna tiene un valor que ni se puede leer."""
    try:
        with transaction.atomic():
            return consulta.in_bulk(claves)
    except (DatabaseError, ValueError, TypeError):
        return None


def _escritas(modelo: type[models.Model], claves: Sequence[Any]) -> dict[Any, dict[str, bytes | None]]:
    """Los bytes de cada columna en SQLite. PostgreSQL guarda valores, no su escritura: ahí, nada."""
    if connection.vendor != "sqlite":
        return {}
    meta: Any = modelo._meta
    comillas = connection.ops.quote_name
    columnas = [campo.column for campo in meta.concrete_fields]
    bytes_de = ", ".join(f"CAST({comillas(c)} AS BLOB)" for c in columnas)
    pk, marcas = comillas(meta.pk.column), ", ".join(["%s"] * len(claves))
    orden = f"SELECT {pk}, {bytes_de} FROM {comillas(meta.db_table)} WHERE {pk} IN ({marcas})"  # noqa: S608 -- nombres de modelos
    with connection.cursor() as cursor:
        cursor.execute(orden, list(claves))
        return {clave: dict(zip(columnas, valores, strict=True)) for clave, *valores in cursor.fetchall()}


def _ajenas(fila: Any, escritas: dict[str, bytes | None]) -> tuple[str, ...]:
    """Las columnas cuyo valor, vuelto a escribir, no da los mismos bytes."""
    if fila is None or not escritas:
        return ()
    return tuple(
        campo.name
        for campo in fila._meta.concrete_fields
        if not isinstance(campo, models.DecimalField | models.FloatField)  # SQLite los guarda en binario
        and _como_se_escribe(campo, fila) != escritas[campo.column]
    )


def _como_se_escribe(campo: Any, fila: Any) -> bytes | None:
    """Los bytes con que el portal guardaría el valor leído."""
    valor = campo.get_db_prep_save(getattr(fila, campo.attname), connection)
    if valor is None:
        return None
    if isinstance(valor, bytes | memoryview):
        return bytes(valor)
    return str(int(valor) if isinstance(valor, bool) else valor).encode()
