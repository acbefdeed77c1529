"""Lo que se hace en segundo plano: lo toma `manage.py db_worker` o, si así se configura, al momento."""

from django_tasks import task


@task()
def atender(pk: int) -> None:
    """Revisa, importa o deshace esa importación, según lo que espere; si ya no espera nada, no hace nada."""
    from .importar import atender as hacer

    hacer(pk)
