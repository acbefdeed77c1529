"""Lo que cuelga de algo con vida propia entra con ello, o mientras eso todavía se captura.

Un voto de una sesión que ya concluyó no llega solo en un archivo: lo que el órgano hizo se captura en su
mesa. Pero si la sesión misma viene en la importación, entra entera.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Q

from sesiones.estados import ACTA_EN_TRABAJO, EDITABLES, EstadoCalendario
from sesiones.eventos.models import Evento
from sesiones.models import Acta, Calendario, Sesion
from stl_portal.traspaso import colgado

# En qué estados se siguen capturando sus renglones; lo demás solo llega con lo nuevo.
CAPTURABLE: Mapping[Any, Q] = {
    Sesion: Q(estado__in=EDITABLES),
    Acta: Q(estado__in=ACTA_EN_TRABAJO),
    Calendario: Q(estado=EstadoCalendario.PROPUESTO),
    Evento: Q(),
}


class Colgado(colgado.Colgado):
    """Base de un renglón que depende de otro con vida propia."""

    raiz: ClassVar[Any] = Sesion
    camino: ClassVar[str] = "sesion"

    @classmethod
    def abiertas(cls) -> Q:
        """Las que se siguen capturando."""
        return CAPTURABLE[cls.raiz]
