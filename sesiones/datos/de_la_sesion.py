"""Lo que comparten los conjuntos que salen de una sesión: de cuál son, cómo se nombran y cómo se filtran."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from sesiones import publica
from sesiones.estados import TipoSesion
from sesiones.models import Sesion
from sesiones.testar import Tachador
from stl_portal.avisos.envio import liga
from stl_portal.datos.columnas import filtros_de_organo
from stl_portal.datos.registro import Columna, Filtro, Tipo, Valor

GENERA = "El secretariado técnico de cada órgano, al cerrar la sesión y publicar su acta"
TEMA = "Sesiones y acuerdos"
TIPOS = tuple((str(valor), str(dicho)) for valor, dicho in TipoSesion.choices)
# «stl/xviii-ordinaria-2020», y detrás lo que sea de esa sesión.
_DE_SESION = r"(?P<organo>[-\w]{1,40})/(?P<sesion>[-\w]{1,80})"

SESION = Columna(
    "sesion",
    Tipo.TEXTO,
    "Sesión",
    "En qué sesión ocurrió: órgano y clave, como van en su dirección; es la columna «id» del conjunto"
    " «sesiones».",
    requerida=True,
    ejemplo="stl/xviii-ordinaria-2020",
)
FECHA = Columna(
    "fecha",
    Tipo.FECHA,
    "Fecha de la sesión",
    "Día en que se celebró la sesión, en el centro de México.",
    requerida=True,
    ejemplo="2020-02-19",
)
PERSONA_ID = Columna(
    "persona_id",
    Tipo.TEXTO,
    "Identificador de la persona",
    "Identifica a la misma persona en todos los conjuntos y en el archivo Popolo, aunque cambie de cargo o de"
    " institución. Vacío si no se publica quién fue.",
    ejemplo="persona-12",
)


def id_de(sesion: Sesion) -> str:
    """«stl/xviii-ordinaria-2020»; `sesion.organo` ya traído."""
    return f"{sesion.organo.clave}/{sesion.clave}"


def id_de_persona(persona: int | None) -> str | None:
    """«persona-12»; no dice nada de ella y no cambia aunque se corrija su nombre."""
    return f"persona-{persona}" if persona else None


def leer_id(id: str, resto: str = "") -> dict[str, str] | None:
    """Sus partes, con `resto` (una expresión) detrás de la sesión; None si no tiene esa forma."""
    hallado = re.fullmatch(_DE_SESION + resto, id, re.ASCII)
    return hallado.groupdict() if hallado else None


def de_la_sesion(id: str, camino: str = "", resto: str = "", **campos: str) -> Q:
    """Condición del ORM para lo que ese identificador nombra; `campos` dice qué parte del resto va en cuál.

    `camino` lleva a la sesión («sesion__»). Un identificador de otra forma no nombra nada.
    """
    partes = leer_id(id, resto)
    if partes is None:
        return Q(pk__in=())
    condicion = {f"{camino}organo__clave": partes["organo"], f"{camino}clave": partes["sesion"]}
    return Q(**condicion, **{campo: partes[parte] for campo, parte in campos.items()})


def de_que_sesion(sesion: Sesion) -> dict[str, Valor]:
    """Las columnas que dicen de qué sesión concluida y de qué órgano es la fila."""
    return {
        "organo": sesion.organo.clave,
        "sesion": id_de(sesion),
        "fecha": sesion.fecha,
        "ficticio": sesion.organo.ficticio,
    }


def direccion_de(sesion: Sesion) -> str:
    """La dirección completa de su página."""
    return liga(sesion.get_absolute_url())


def tachadores(sesiones: Iterable[Any]) -> "PorSesion":
    """Lo testado de cada una, en una consulta."""
    return PorSesion(publica.tachadores(sesiones))


class PorSesion(dict[int, Tachador]):
    """El tachador de cada sesión; el de la que no tiene nada testado no quita nada."""

    def __missing__(self, sesion: int) -> Tachador:
        """Sin nada que quitar."""
        return publica.SIN_NADA


def filtros(camino: str, fecha: str = "fecha") -> tuple[Filtro, ...]:
    """Por órgano, si es ficticio, año y periodo; `camino` lleva a su sesión («punto__sesion__»)."""
    return (
        *filtros_de_organo(f"{camino}organo__"),
        Filtro(
            "anio", Tipo.ENTERO, f"{camino}{fecha}__year", "Año en que se celebró la sesión.", ejemplo="2020"
        ),
        Filtro(
            "desde",
            Tipo.FECHA,
            f"{camino}{fecha}__gte",
            "Sesiones de ese día o posteriores.",
            ejemplo="2020-01-01",
        ),
        Filtro(
            "hasta",
            Tipo.FECHA,
            f"{camino}{fecha}__lte",
            "Sesiones de ese día o anteriores.",
            ejemplo="2020-12-31",
        ),
    )
