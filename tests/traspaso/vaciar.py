"""Dejar la base sin ningún renglón, como recién instalada, sin salir de la transacción de la prueba."""

from django.apps import apps
from django.core.cache import cache
from django.db import connection

from stl_portal.guardas.instalacion import al_migrar
from tests.quitar_guardas import quitar_las_de_lo_sellado

DE_DJANGO = ("contenttypes", "auth")


def vaciar() -> None:
    """Borra todo, hasta el registro público, y repone las guardas. Los archivos siguen en el almacén."""
    propias = [a for a in apps.get_app_configs() if a.label not in DE_DJANGO]
    _revisar_ya()
    quitar_las_de_lo_sellado(connection)
    with connection.cursor() as cursor:
        for modelo in (m for a in propias for m in a.get_models(include_auto_created=True)):
            cursor.execute(f'DELETE FROM "{modelo._meta.db_table}"')
    _revisar_ya()
    for app in propias:
        al_migrar(app)
    cache.clear()


def _revisar_ya() -> None:
    """Las llaves foráneas, ahora y no al confirmar: PostgreSQL no cambia guardas con eso pendiente."""
    connection.check_constraints()
