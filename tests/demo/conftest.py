"""La demostración se carga una vez por módulo y se deshace al terminarlo.

Por eso, en un módulo la usan todas sus pruebas o ninguna.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from sesiones.demo import carga


@pytest.fixture(scope="module")
def _carga(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[str]]:
    """Lo que dijo la carga; queda dentro de una transacción que envuelve las de cada prueba."""
    dicho: list[str] = []
    rapidas = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    aparte = override_settings(VAR=tmp_path_factory.mktemp("var"))
    with aparte, django_db_blocker.unblock(), transaction.atomic():
        with rapidas:
            carga.cargar(dicho.append)
        yield dicho
        transaction.set_rollback(True)


@pytest.fixture
def cargada(_carga: list[str], db: None) -> list[str]:
    """La demostración cargada; lo que una prueba cambie se deshace al terminar esa prueba."""
    return _carga
