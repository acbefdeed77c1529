"""Django con las tablas de una base vacía, sin recorrer las migraciones, que tardan cien veces más.

Las guardas y los índices los ponen los receptores de `post_migrate`, igual que en las demás pruebas.
"""

import os

import django


class _Ninguna:
    """Toda aplicación, sin migraciones."""

    def __contains__(self, aplicacion: str) -> bool:
        """También esa."""
        return True

    def __getitem__(self, aplicacion: str) -> None:
        """Ninguna."""


def levantar() -> None:
    """En la base que dice el entorno."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stl_portal.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.MIGRATION_MODULES = _Ninguna()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.AVISOS_AL_MOMENTO = False
    call_command("migrate", verbosity=0, run_syncdb=True)


if __name__ == "__main__":
    levantar()
