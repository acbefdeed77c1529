"""Las capacitaciones publicadas como datos abiertos: un renglón por capacitación, o por conjunto de ellas."""

from collections.abc import Iterable, Sequence
from typing import Any

from municipios.ciudadania.abiertos import en_csv, si_o_no
from municipios.models import Evento

COLUMNAS = (
    *("organo", "clase", "titulo", "cuantos", "desde", "hasta", "modalidad", "temas", "imparte"),
    *("municipios_inegi", "municipios_cuantos", "personas", "personas_literal", "sujetos_obligados"),
    *("alcance", "alcance_literal", "liga", "fuente", "organo_ficticio"),
    *("personas_es_minimo", "alcance_es_minimo"),
)
LISTA = "; "


def eventos_csv(eventos: Iterable[Evento]) -> str:
    """El CSV; `organo` y `municipios` ya traídos. Sin número no se sabe; con literal, es el mínimo."""
    return en_csv(COLUMNAS, (_renglon(evento) for evento in eventos))


def _renglon(e: Evento) -> Sequence[Any]:
    claves = sorted(m.clave for m in e.municipios.all())
    return (
        *(e.organo.clave, e.clase, e.titulo, e.cuantos, e.desde.isoformat() if e.desde else ""),
        *(e.hasta.isoformat(), e.modalidad, LISTA.join(e.temas.splitlines()), e.imparte),
        *(LISTA.join(claves), _numero(len(claves) or e.municipios_cuantos)),
        *(_numero(e.personas), e.personas_literal, _numero(e.sujetos_obligados)),
        *(_numero(e.alcance), e.alcance_literal, e.liga, e.fuente, si_o_no(e.organo.ficticio)),
        *(si_o_no(bool(e.personas_literal)), si_o_no(bool(e.alcance_literal))),
    )


def _numero(valor: int | None) -> int | str:
    return "" if valor is None else valor
