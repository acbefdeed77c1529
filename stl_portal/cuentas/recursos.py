"""Los nombres de las cuentas, para que lo importado siga diciendo quién hizo cada cosa."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from stl_portal.traspaso.recurso import Recurso

from .models import Usuario

PERMISOS = "Los permisos no viajan en un archivo."


class Cuentas(Recurso):
    """Correo y nombre, nada más: la que no existía nace sin contraseña y sin poder entrar."""

    clave = "cuentas"
    nombre = "Cuentas"
    descripcion = (
        "Quién aparece como autora de algo. Al importar, la que falta nace inactiva y sin contraseña."
    )
    modelo = Usuario
    llave = ("email",)
    excluidas = {
        "password": "Es un secreto.",
        "last_login": "Es de este portal.",
        "date_joined": "Es de este portal.",
        **dict.fromkeys(("is_active", "is_staff", "is_superuser"), PERMISOS),
    }
    fijas = {"nombre": "Lo cambia su dueña."}

    @classmethod
    def al_nacer(cls) -> Mapping[str, Any]:
        """Nadie entra con ella hasta que quien administra la invite."""
        sin_poder = dict.fromkeys(("is_active", "is_staff", "is_superuser"), False)
        return {**sin_poder, "password": "!", "date_joined": timezone.now()}

    def objetar(self, antes: Mapping[str, Any] | None, ahora: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """El correo se guarda en minúsculas, como al dar de alta una cuenta."""
        if ahora["email"] != ahora["email"].strip().lower():
            yield "email", "El correo va en minúsculas y sin espacios."
