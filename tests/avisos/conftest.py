"""Lo que se puede seguir en estas pruebas, y el reloj de quien lo pide."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils import timezone

from stl_portal.avisos import registro, seguidores
from stl_portal.avisos.models import Suscripcion
from stl_portal.avisos.registro import Tema

PARQUE = Tema("lugar:parque", "El parque", "noticias")
PLAZA = Tema("lugar:plaza", "La plaza", "noticias", ficticio=True)


@pytest.fixture
def lugares(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Tema]]:
    """Dos temas y nada más; el límite por dirección de red empieza de cero."""
    monkeypatch.setattr(registro, "TEMAS", [lambda al: [PARQUE, PLAZA]])
    cache.clear()
    yield {tema.clave: tema for tema in (PARQUE, PLAZA)}
    cache.clear()


def seguir(correo: str, *temas: Tema, cuando: dt.datetime | None = None) -> list[Suscripcion]:
    """Lo pide y lo confirma; devuelve lo que esa dirección sigue."""
    cuando = cuando or timezone.now()
    seguidores.pedir(correo, temas, cuando)
    for fila in Suscripcion.objects.filter(correo=correo, confirmada_el__isnull=True):
        seguidores.confirmar(fila.clave, cuando)
    return list(Suscripcion.objects.filter(correo=correo))
