"""Los registros que hay, en el orden en que se muestran en la página del órgano.

Otra aplicación suma los suyos con `sumar` desde su `AppConfig.ready()`: esta no la conoce.
"""

from collections.abc import Iterator

from sesiones.models import Organo
from sesiones.views.registros import de_firma, de_integracion, de_reglas, de_trabajo
from sesiones.views.registros.declaracion import Registro

GRUPOS: list[tuple[str, tuple[Registro, ...]]] = []  # lo que se ofrece en la página del órgano
REGISTROS: dict[str, Registro] = {}


def sumar(titulo: str, registros: tuple[Registro, ...], aparte: tuple[Registro, ...] = ()) -> None:
    """Agrega un grupo; a los de `aparte` se llega desde otra página. Repetirlo no duplica nada."""
    if (titulo, registros) not in GRUPOS:
        GRUPOS.append((titulo, registros))
    REGISTROS.update({registro.clave: registro for registro in (*registros, *aparte)})


def grupos(organo: Organo) -> Iterator[tuple[str, list[Registro]]]:
    """Los grupos que ofrece la página de ese órgano, con los registros que lleva."""
    for titulo, registros in GRUPOS:
        if suyos := [registro for registro in registros if registro.para(organo)]:
            yield titulo, suyos


sumar("Quiénes lo integran", de_integracion.REGISTROS)
sumar("Trabajo del órgano", de_trabajo.REGISTROS)
sumar("Reglas y textos", (*de_reglas.REGISTROS, de_firma.AUTORIDADES))
