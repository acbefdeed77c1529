"""Qué textos se pueden editar: cada aplicación apunta los suyos, escritos en un TOML, desde `ready()`."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from stl_portal import texto


class Forma(Enum):
    """Cómo se escribe: `value` es lo que se le dice a quien lo edita."""

    LINEA = "Un solo renglón, sin formato."
    PARRAFOS = (
        "Deja una línea vacía entre párrafos. Admite **negritas**, *cursivas*, listas con guion y "
        "citas con «> »."
    )
    LLANO = "Se manda tal cual, renglón por renglón, sin formato."
    FORMULA = "Un solo párrafo. Admite **negritas** y *cursivas*."

    @property
    def en_renglones(self) -> bool:
        """Si puede ocupar varios renglones."""
        return self in (Forma.PARRAFOS, Forma.LLANO)

    @property
    def con_formato(self) -> bool:
        """Si las marcas (`**negritas**`) significan algo."""
        return self in (Forma.PARRAFOS, Forma.FORMULA)


_LIMPIAR: dict[Forma, Callable[[str], str]] = {
    Forma.LINEA: texto.limpiar_linea,
    Forma.PARRAFOS: texto.limpiar,
    Forma.LLANO: texto.limpiar_llano,
    Forma.FORMULA: texto.limpiar_linea,
}


@dataclass(frozen=True)
class Variable:
    """Un dato que el texto puede llevar, escrito {nombre}; con `hace_falta`, no puede faltar."""

    nombre: str
    que: str
    ejemplo: str
    hace_falta: bool = False

    def __str__(self) -> str:
        return f"{{{self.nombre}}}"


@dataclass(frozen=True)
class Editable:
    """Un texto que se puede cambiar.

    `clave` no cambia nunca («portada.titulo»); `donde` dice en qué página está y `para`, qué debe lograr.
    Con `de_organo`, cada órgano puede tener el suyo. `maximo` son caracteres. Con `puede_vaciarse`, dejarlo
    vacío lo quita de la página.
    """

    clave: str
    nombre: str
    donde: str
    para: str
    fabrica: str
    forma: Forma = Forma.PARRAFOS
    variables: tuple[Variable, ...] = ()
    maximo: int = 2000
    de_organo: bool = False
    puede_vaciarse: bool = False
    url: str = ""  # la página donde se ve, si es siempre la misma
    mas: str = ""  # de una ayuda en su lugar, la parte de /ayuda/ donde sigue: «#facilitadora»

    def limpio(self, escrito: str) -> str:
        """Lo escrito, como se guarda."""
        return _LIMPIAR[self.forma](escrito)

    @property
    def ejemplos(self) -> dict[str, str]:
        """Un valor de muestra para cada dato."""
        return {variable.nombre: variable.ejemplo for variable in self.variables}


@dataclass(frozen=True)
class Grupo:
    """Los textos de una parte del portal, en el orden en que se muestran."""

    nombre: str
    explica: str
    textos: tuple[Editable, ...]
    orden: int = 50  # menor, antes


GRUPOS: list[Grupo] = []
TEXTOS: dict[str, Editable] = {}


def apuntar(archivo: Path) -> None:
    """Agrega los grupos de ese TOML; repetirlo no duplica nada.

    Lanza `ValueError` si una clave ya es de otro texto y `TypeError` si un texto trae un dato que no existe.
    """
    for ficha in tomllib.loads(archivo.read_text(encoding="utf-8"))["grupo"]:
        grupo = Grupo(
            ficha["nombre"],
            ficha["explica"],
            tuple(_texto(t) for t in ficha["texto"]),
            ficha.get("orden", 50),
        )
        if grupo in GRUPOS:
            continue
        for uno in grupo.textos:
            if uno.clave in TEXTOS:
                raise ValueError(f"La clave «{uno.clave}» ya es de otro texto.")
            TEXTOS[uno.clave] = uno
        GRUPOS.append(grupo)
    GRUPOS.sort(key=lambda g: g.orden)


def _texto(ficha: dict[str, Any]) -> Editable:
    datos = ficha | {"variables": tuple(Variable(**v) for v in ficha.get("variables", ()))}
    return Editable(**datos | {"forma": Forma[ficha.get("forma", "parrafos").upper()]})
