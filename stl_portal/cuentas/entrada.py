"""Cómo se lee la cuenta de quien ya entró: en la misma consulta viene la edición de lo público que rige."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Subquery

from stl_portal.publico.models import Edicion

from .models import Usuario


class ConEdicion(AuthenticationBackend):
    """La entrada de siempre; con la edición se sabe, sin otra consulta, si lo recordado sigue igual."""

    def get_user(self, user_id: Any) -> Usuario | None:
        """La cuenta, con `edicion`; None si ya no existe o se dio de baja."""
        rige = Edicion.objects.filter(pk=Edicion.UNICA).values("clave")
        cuenta = Usuario.objects.annotate(edicion=Subquery(rige)).filter(pk=user_id).first()
        return cuenta if cuenta and self.user_can_authenticate(cuenta) else None
