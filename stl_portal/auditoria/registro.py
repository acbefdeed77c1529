"""De dónde sale la auditoría y qué alcanza cada quien: cada aplicación apunta lo suyo desde `ready()`.

FUENTES["sesion"] = de_historia("Sesiones", CambioSesion, de_clave("objeto__organo__clave"))
ALCANCES.append(alcance)
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Model, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat

from stl_portal.transiciones import IMPORTAR, CambioDeEstado

POR_NUMERO = "#"  # antecede al órgano que una tabla conoce por su número, no por su clave


@dataclass(frozen=True)
class Hecho:
    """Lo que de una fila se lee: qué se hizo, sobre qué, el paso de un estado a otro y lo demás."""

    que: str
    sobre: str
    de: str = ""
    a: str = ""
    detalle: str = ""
    direccion: str = ""
    quien: str = ""  # si la fila conserva el nombre de ese día


@dataclass(frozen=True)
class Fuente:
    """Una tabla donde consta quién hizo qué. `organo` da la clave del suyo; vacía, el portal."""

    titulo: str
    modelo: type[Model]
    organo: Combinable
    hecho: Callable[[Any], Hecho]
    cuando: str = "cuando"
    por: str = "por_id"
    con: tuple[str, ...] = ()

    def filas(self) -> QuerySet[Any]:
        """Todas, sin orden."""
        return self.modelo._default_manager.order_by()


@dataclass(frozen=True)
class Auditado:
    """Un órgano cuya auditoría se puede leer."""

    pk: int
    clave: str
    nombre: str


@dataclass(frozen=True)
class Alcance:
    """Qué lee quien audita: esos órganos y, con `portal`, lo que no es de ninguno."""

    organos: tuple[Auditado, ...]
    portal: bool = False

    @property
    def claves(self) -> list[str]:
        """Los órganos, como los puede nombrar una tabla: por su clave o por su número."""
        propios = [dicho for o in self.organos for dicho in (o.clave, f"{POR_NUMERO}{o.pk}")]
        return [*propios, ""] if self.portal else propios

    def nombre(self, organo: str) -> str:
        """Cómo se llama el que una tabla nombra así."""
        return next(
            (o.nombre for o in self.organos if organo in (o.clave, f"{POR_NUMERO}{o.pk}")), "El portal"
        )

    def solo(self, clave: str) -> "Alcance":
        """Lo mismo, acotado a un órgano; con `PORTAL`, a lo que no es de ninguno."""
        if clave == PORTAL:
            return Alcance((), portal=self.portal)
        return Alcance(tuple(o for o in self.organos if o.clave == clave))


PORTAL = "-"
# Clave («sesion») → de dónde sale. En la dirección y en lo que se exporta, la clave no cambia.
FUENTES: dict[str, Fuente] = {}
# (cuenta, fecha) → lo que alcanza como auditora, o nada.
ALCANCES: list[Callable[[Any, dt.date], Alcance | None]] = []


def alcance_de(cuenta: Any, al: dt.date) -> Alcance | None:
    """Lo que esa cuenta audita; None a quien no audita nada."""
    return next(filter(None, (regla(cuenta, al) for regla in ALCANCES)), None)


def de_clave(campo: str) -> Combinable:
    """El órgano, si la tabla lleva a su clave."""
    return F(campo)


def de_numero(campo: str) -> Combinable:
    """El órgano, si la tabla solo guarda su número."""
    return Concat(Value(POR_NUMERO), Cast(F(campo), CharField()), output_field=CharField())


def del_portal() -> Combinable:
    """Lo que no es de ningún órgano."""
    return Value("", output_field=CharField())


def de_historia(
    titulo: str,
    modelo: type[CambioDeEstado],
    organo: Combinable,
    *con: str,
    nombra: Callable[[Any], str] = str,
) -> Fuente:
    """La historia de algo con estado; `con` son las relaciones que su nombre (`nombra`) necesita."""
    meta: Any = modelo._meta
    campo = meta.get_field("objeto")
    pasos: Mapping[str, Any] = campo.related_model.TRANSICIONES
    estados: Mapping[str, str] = dict(campo.related_model._meta.get_field("estado").flatchoices)

    def hecho(fila: Any) -> Hecho:
        dicho = "llegar por importación" if fila.verbo == IMPORTAR else fila.verbo.replace("_", " ")
        paso = pasos.get(fila.verbo)
        return Hecho(
            que=paso.dicho if paso else dicho,
            sobre=nombra(fila.objeto),
            de=estados.get(fila.de, fila.de),
            a=estados.get(fila.a, fila.a),
            detalle=fila.nota,
        )

    return Fuente(titulo, modelo, organo, hecho, con=("objeto", *(f"objeto__{una}" for una in con)))
