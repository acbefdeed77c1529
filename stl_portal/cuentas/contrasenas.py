"""Qué se le pide a una contraseña, dicho de tú. Las reglas son las de Django."""

from django.contrib.auth import password_validation as reglas


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

    def get_error_message(self) -> str:
        """Qué tuvo de malo la que se escribió."""
        return f"Es muy corta: lleva al menos {self.min_length} caracteres."

    def get_help_text(self) -> str:
        """Lo que se pide, antes de escribirla."""
        return f"Al menos {self.min_length} caracteres; una frase sirve."


class PocoComun(reglas.CommonPasswordValidator):
    """Que no esté entre las que todo el mundo usa."""

    def get_error_message(self) -> str:
        """Qué tuvo de malo la que se escribió."""
        return "Es de las que mucha gente usa y se adivina pronto: elige otra."

    def get_help_text(self) -> str:
        """Lo que se pide, antes de escribirla."""
        return "Que no sea de las más usadas, como 123456."
