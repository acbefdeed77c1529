"""Lo que cuelga de algo con vida propia entra con ello, o mientras eso todavía se captura.

Una cifra de un corte ya publicado no llega sola en un archivo; pero si el corte mismo viene en la
importación, entra entero.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Q

from .recurso import Recurso

if TYPE_CHECKING:
    from .motor import Motor


class Colgado(Recurso):
    """Base de un renglón que depende de otro con vida propia."""

    # De qué depende y por qué campos se llega: `Sesion`, "votacion__punto__sesion".
    raiz: ClassVar[Any] = None
    camino: ClassVar[str] = ""
    # Lo que ya ocurrió (votos, historia, lo publicado) no se agrega ni cambia aunque siga abierta.
    solo_con_ella: ClassVar[bool] = False

    @classmethod
    def abiertas(cls) -> Q:
        """Cuáles se siguen capturando; vacía, todas."""
        return Q()

    def preparar(self, motor: "Motor") -> None:
        """Busca lo que ya no admite renglones: el primer campo del camino dice si el renglón es suyo."""
        super().preparar(motor)
        nacidas = {pk for recurso, pks in motor.nacidas.items() if recurso.modelo is self.raiz for pk in pks}
        abiertas = Q(pk__in=()) if self.solo_con_ella else self.abiertas()
        todas = self.raiz._base_manager.exclude(abiertas) if abiertas else self.raiz._base_manager.none()
        cerradas = set(todas.values_list("pk", flat=True)) - nacidas
        campo, _, resto = self.camino.partition("__")
        self._cual = self.fields[campo].attname
        self._encabezado = self.fields[campo].encabezados[0]
        if resto and cerradas:
            filas = self.modelo._meta.get_field(campo).related_model._base_manager.exclude(**{resto: None})
            cerradas = {pk for pk, raiz in filas.values_list("pk", resto) if raiz in cerradas}
        self._cerradas = cerradas

    def objetar(self, antes: Mapping[str, Any] | None, ahora: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Ni se agrega ni se cambia lo de algo que ya no se captura."""
        yield from super().objetar(antes, ahora)
        if ahora[self._cual] in self._cerradas or (antes and antes[self._cual] in self._cerradas):
            yield self._encabezado, self._razon()

    def _razon(self) -> str:
        nombre = self.raiz._meta.verbose_name
        que = "nada de esto se agrega ni cambia" if self.solo_con_ella else "ya no se captura y no cambia"
        return f"Su {nombre} ya está en el portal: {que} con un archivo; llega entero con lo que es nuevo."
