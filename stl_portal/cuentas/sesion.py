"""La sesión del portal: la de la base de datos, que además se acaba por tope o por inactividad.

Es el motor de `SESSION_ENGINE`. Revisa al leerla, con lo que ya se leyó: la vencida vale lo mismo que una que
no existe, también para quien no pasa por ninguna vista con cuenta.
"""

from typing import Any

from django.contrib.sessions.backends import db

from . import limites_de_sesion


class SessionStore(db.SessionStore):
    """La sesión de la base, con sus límites; `cerrada_por` dice por qué venció."""

    cerrada_por = ""

    def load(self) -> dict[str, Any]:
        """Lo guardado, o nada si venció: entonces se borra."""
        datos: dict[str, Any] = super().load()
        self.cerrada_por = limites_de_sesion.motivo_de_cierre(datos)
        if not self.cerrada_por:
            return datos
        self.delete(self.session_key)
        self._session_key = None
        return {}

    async def aload(self) -> dict[str, Any]:
        """No la hay: el portal atiende sin corrutinas y esta no revisaría los límites."""
        raise NotImplementedError
