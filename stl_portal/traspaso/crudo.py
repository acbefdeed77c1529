"""Los valores de un renglón tal como se guardan: para compararlos, deshacer y saber si cambiaron."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from .nombres import Nombres
from .recurso import Columna, Recurso

LOTE = 500
Valores = Mapping[str, Any]  # por `attname`


def valores_de(recurso: type[Recurso], pks: list[Any]) -> dict[Any, dict[str, Any]]:
    """Los de esos renglones, por su número interno."""
    campos = [columna.attname for columna in recurso.columnas()]
    hallados: dict[Any, dict[str, Any]] = {}
    for inicio in range(0, len(pks), LOTE):
        filas = recurso.modelo._base_manager.filter(pk__in=pks[inicio : inicio + LOTE])
        for pk, *valores in filas.values_list("pk", *campos):
            hallados[pk] = {c: _igualable(v) for c, v in zip(campos, valores, strict=True)}
    return hallados


def _igualable(valor: Any) -> Any:
    """PostgreSQL da los bytes como una vista, que nunca es igual a otra."""
    return bytes(valor) if isinstance(valor, memoryview) else valor


def escrito(columna: Columna, valor: Any) -> str | None:
    """Un valor como texto; de otro renglón, su número interno."""
    if valor is None:
        return None
    return str(valor) if columna.relacion is not None else columna.celda.escribir(valor)


def leido(columna: Columna, dicho: str | None) -> Any:
    """El valor que `escrito` escribió."""
    if dicho is None:
        return None
    if columna.relacion is not None:
        return columna.relacion._meta.pk.to_python(dicho)
    return columna.celda.leer(dicho) if dicho else columna.vacio


def firma(columnas: list[Columna], valores: Valores) -> str:
    """Cómo está un renglón, en pocas letras: si cambia cualquier cosa, es otra."""
    dicho = "\x1f".join([escrito(columna, valores[columna.attname]) or "" for columna in columnas])
    return hashlib.blake2b(dicho.encode(), digest_size=12).hexdigest()


def antes_y_ahora(columna: Columna, nombres: Nombres, antes: Valores, ahora: Valores) -> Iterator[list[str]]:
    """Encabezado, lo de antes y lo de ahora, como se leen en el archivo; solo lo que cambia."""
    dichos: list[tuple[str, ...]]
    if columna.relacion is None:
        dichos = [(columna.celda.render(valores[columna.attname]),) for valores in (antes, ahora)]
    else:
        ajenos, vacio = nombres.de(columna.recurso), ("",) * len(columna.encabezados)
        dichos = [ajenos.get(valores[columna.attname], vacio) for valores in (antes, ahora)]
    for encabezado, antigua, nueva in zip(columna.encabezados, *dichos, strict=True):
        if antigua != nueva:
            yield [encabezado, antigua, nueva]
