"""Lo que cuelga de algo con vida propia entra con ello, o mientras eso todavía se captura.

Un voto de una sesión que ya concluyó no llega solo en un archivo: lo que el órgano hizo se captura en su
mesa. Pero si la sesión misma viene en la importación, entra entera.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Q

from sesiones.estados import ACTA_EN_TRABAJO, EDITABLES, EstadoCalendario
from sesiones.eventos.models import Evento
from sesiones.models import Acta, Calendario, Sesion
from stl_portal.traspaso.recurso import Recurso

if TYPE_CHECKING:
    from stl_portal.traspaso.motor import Motor

# En qué estados se siguen capturando sus renglones; lo demás solo llega con lo nuevo.
CAPTURABLE: Mapping[Any, Q] = {
    Sesion: Q(estado__in=EDITABLES),
    Acta: Q(estado__in=ACTA_EN_TRABAJO),
    Calendario: Q(estado=EstadoCalendario.PROPUESTO),
    Evento: Q(),
}


class Colgado(Recurso):
    """Base de un renglón que depende de otro con vida propia."""

    # De qué depende y por qué campos se llega: `Sesion`, "votacion__punto__sesion".
    raiz: ClassVar[Any] = Sesion
    camino: ClassVar[str] = "sesion"
    # Lo que ya ocurrió (votos, declaratorias, historia, firmas) no se agrega ni cambia aunque siga abierta.
    solo_con_ella: ClassVar[bool] = False

    def preparar(self, motor: "Motor") -> None:
        """Busca lo que ya no admite renglones: el primer campo del camino dice si el renglón es suyo."""
        nacidas = {pk for recurso, pks in motor.llegaron if recurso.modelo is self.raiz for pk in pks}
        abiertas = Q(pk__in=()) if self.solo_con_ella else CAPTURABLE[self.raiz]
        todas = self.raiz._base_manager.exclude(abiertas) if abiertas else self.raiz._base_manager.none()
        cerradas = {pk: str(estado) for pk, estado in todas.values_list("pk", "estado") if pk not in nacidas}
        campo, _, resto = self.camino.partition("__")
        self._cual = self.fields[campo].attname
        self._encabezado = self.fields[campo].encabezados[0]
        if resto:
            filas = self.modelo._meta.get_field(campo).related_model._base_manager.exclude(**{resto: None})
            self._cerradas = {pk for pk, raiz in filas.values_list("pk", resto) if raiz in cerradas}
        else:
            self._cerradas = set(cerradas)

    def objetar(self, antes: Mapping[str, Any] | None, ahora: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Ni se agrega ni se cambia lo de algo que ya no se captura."""
        if ahora[self._cual] in self._cerradas or (antes and antes[self._cual] in self._cerradas):
            yield self._encabezado, self._razon()

    def _razon(self) -> str:
        nombre = self.raiz._meta.verbose_name
        que = "nada de esto se agrega ni cambia" if self.solo_con_ella else "ya no se captura y no cambia"
        return f"Su {nombre} ya está en el portal: {que} con un archivo; llega entero con lo que es nuevo."
