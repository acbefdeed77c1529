"""Filas selladas: ni se cambian, ni se borran, ni se reemplazan, ni cambian de número.

Un modelo lo declara con `SELLADA = Sellada(…)`. Detiene errores del portal y órdenes descuidadas;
a quien administra la base no lo detiene, pero lo delatan los puntos de control que otros guardan.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .guarda import Guarda, disparador, literal

PREFIJO_SELLADA = "sellada_"


@dataclass(frozen=True)
class Sellada:
    """Qué filas de la tabla ya no cambian.

    `si` es la condición de SQL, con la fila escrita `{fila}` («{fila}.sellada_el IS NOT NULL»); sin
    ella, toda fila está sellada desde que nace. `libres` son los campos que aun así pueden cambiar:
    nunca los que menciona `si`. `alta` dice, por motor («sqlite», «postgresql»), cuándo se rechaza
    una fila nueva, escrita `NEW`.
    """

    frase: str = "ya está sellado y no se cambia"
    si: str = ""
    libres: tuple[str, ...] = ()
    alta: Mapping[str, str] = field(default_factory=dict)

    def sobre(self, fila: str) -> str:
        """La condición, dicha de esa fila."""
        return f"({self.si.format(fila=fila)})" if self.si else "TRUE"


def de_sellado(modelo: Any, vendor: str) -> list[Guarda]:
    """Las guardas del modelo que declara `SELLADA`."""
    sellada: Sellada | None = getattr(modelo, "SELLADA", None)
    if sellada is None:
        return []
    return _de_postgres(modelo, sellada) if vendor == "postgresql" else _de_sqlite(modelo, sellada)


def _cambia(modelo: Any, sellada: Sellada, distinto: str) -> str:
    """Condición de un cambio prohibido: el número de la fila, siempre; lo sellado, si no es libre."""
    pk = modelo._meta.pk.column
    fijos = [f.column for f in modelo._meta.concrete_fields if f.name not in sellada.libres]
    toca = " OR ".join(f'NEW."{c}" {distinto} OLD."{c}"' for c in fijos) if sellada.libres else "TRUE"
    return f'NEW."{pk}" {distinto} OLD."{pk}" OR ({sellada.sobre("OLD")} AND ({toca}))'


def _unicos(modelo: Any) -> list[tuple[str, ...]]:
    """Las columnas que no se repiten: por ahí entra un REPLACE de SQLite."""
    meta = modelo._meta
    sueltas = [(f.column,) for f in meta.concrete_fields if f.unique]
    juntas = [r.fields for r in meta.total_unique_constraints] + [*meta.unique_together]
    return sueltas + [tuple(meta.get_field(nombre).column for nombre in nombres) for nombres in juntas]


def _reemplaza(modelo: Any, sellada: Sellada, salvo: str = "") -> str:
    """Condición de SQLite: la fila nueva ocuparía el lugar de otra sellada, que REPLACE borra callando."""
    mismos = " OR ".join(
        "(" + " AND ".join(f'otra."{c}" = NEW."{c}"' for c in columnas) + ")" for columnas in _unicos(modelo)
    )
    return (
        f'EXISTS (SELECT 1 FROM "{modelo._meta.db_table}" AS otra '  # noqa: S608 -- nombres de modelos
        f"WHERE {sellada.sobre('otra')} AND ({mismos}){salvo})"
    )


def _de_sqlite(modelo: Any, sellada: Sellada) -> list[Guarda]:
    """Tres disparadores: cambio, borrado y alta."""
    tabla, nombre = modelo._meta.db_table, f"{PREFIJO_SELLADA}{modelo._meta.db_table}"
    pk = modelo._meta.pk.column
    al_cambiar = _reemplaza(modelo, sellada, salvo=f' AND otra."{pk}" IS NOT OLD."{pk}"')
    condiciones = {
        "UPDATE": f"{_cambia(modelo, sellada, 'IS NOT')} OR {al_cambiar}",
        "DELETE": sellada.sobre("OLD"),
        "INSERT": " OR ".join([_reemplaza(modelo, sellada), *filter(None, [sellada.alta.get("sqlite")])]),
    }
    return [
        disparador(f"{nombre}_{cuando.lower()}", tabla, cuando, condicion, f"{nombre}: {sellada.frase}")
        for cuando, condicion in condiciones.items()
    ]


_CUERPO = """
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    IF EXISTS (SELECT 1 FROM "{tabla}" AS fila WHERE {de_alguna}) THEN {rechazar}; END IF;
    RETURN NULL;
  ELSIF TG_OP = 'DELETE' THEN
    IF {borra} THEN {rechazar}; END IF;
    RETURN OLD;
  ELSIF TG_OP = 'UPDATE' THEN
    IF {cambia} THEN {rechazar}; END IF;
    RETURN NEW;
  END IF;
  IF {alta} THEN {rechazar}; END IF;
  RETURN NEW;
END
"""


def _de_postgres(modelo: Any, sellada: Sellada) -> list[Guarda]:
    """Una función por tabla y dos disparadores que la llaman: por fila y por TRUNCATE.

    La condición va en la función y no en un WHEN del disparador: un WHEN impediría migrar la columna.
    """
    tabla, nombre = modelo._meta.db_table, f"{PREFIJO_SELLADA}{modelo._meta.db_table}"
    cuerpo = _CUERPO.format(
        tabla=tabla,
        de_alguna=sellada.sobre("fila"),
        borra=sellada.sobre("OLD"),
        cambia=_cambia(modelo, sellada, "IS DISTINCT FROM"),
        alta=sellada.alta.get("postgresql", "FALSE"),
        rechazar="RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', "
        f"MESSAGE = {literal(f'{nombre}: {sellada.frase}')}",
    )
    firma = f'CREATE OR REPLACE FUNCTION "{nombre}"() RETURNS trigger LANGUAGE plpgsql'
    funcion = f"{firma} AS $guarda${cuerpo}$guarda$"
    return [
        _disparador_de_postgres(nombre, tabla, "fila", "INSERT OR UPDATE OR DELETE", "ROW", cuerpo, funcion),
        _disparador_de_postgres(nombre, tabla, "vaciado", "TRUNCATE", "STATEMENT", cuerpo, funcion),
    ]


def _disparador_de_postgres(
    nombre: str, tabla: str, sufijo: str, cuando: str, por: str, cuerpo: str, funcion: str
) -> Guarda:
    """Su texto es el de la función que llama: si alguien la debilita, se nota."""
    crear = (
        f'CREATE TRIGGER "{nombre}_{sufijo}" BEFORE {cuando} ON "{tabla}" '
        f'FOR EACH {por} EXECUTE FUNCTION "{nombre}"()'
    )
    quitar = f'DROP TRIGGER IF EXISTS "{nombre}_{sufijo}" ON "{tabla}"'
    return Guarda(f"{nombre}_{sufijo}", cuerpo, (funcion, quitar, crear))
