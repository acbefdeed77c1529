"""Lo que comparten los tres conjuntos de la agenda: de qué evento son y cómo se filtran."""

from typing import Any

from sesiones.eventos.models import Evento
from stl_portal.avisos.envio import liga
from stl_portal.datos.columnas import FICTICIO, ORGANO, filtros_de_organo
from stl_portal.datos.registro import Columna, Filtro, Tipo, Valor

GENERA = "El secretariado técnico de cada órgano, al publicar su agenda"
TEMA = "Sesiones y acuerdos"
EVENTO = Columna(
    "evento",
    Tipo.TEXTO,
    "Evento",
    "De qué evento es: órgano y clave, como van en su dirección; es la columna «id» del conjunto «eventos».",
    requerida=True,
    ejemplo="stl/panel-de-datos-abiertos-2026",
)
DIA = Columna("dia", Tipo.FECHA, "Día", "Primer día del evento, en el centro de México.", requerida=True)
DEL_EVENTO = (EVENTO, ORGANO, FICTICIO, DIA)


def id_de(evento: Evento) -> str:
    """«stl/panel-de-datos-abiertos-2026»; `organo` ya traído."""
    return f"{evento.organo.clave}/{evento.clave}"


def del_evento(evento: Any) -> dict[str, Valor]:
    """De qué evento es la fila."""
    return {
        "evento": id_de(evento),
        "organo": evento.organo.clave,
        "ficticio": evento.organo.ficticio,
        "dia": evento.dia,
    }


def pagina(evento: Evento) -> str:
    """La dirección completa de su página."""
    return liga(evento.get_absolute_url())


def filtros(hasta_el_evento: str = "") -> tuple[Filtro, ...]:
    """Por órgano, ficticio y año; `hasta_el_evento` es el camino del ORM, con su «__» al final."""
    return (
        *filtros_de_organo(f"{hasta_el_evento}organo__"),
        Filtro("anio", Tipo.ENTERO, f"{hasta_el_evento}dia__year", "Año en que empieza."),
    )
