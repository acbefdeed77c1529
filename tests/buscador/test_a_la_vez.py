"""Varios actos a la vez: ninguno se traba con otro y el índice queda como si fueran uno tras otro."""

import pytest
from django.db import transaction

from stl_portal.buscador import reindexar
from stl_portal.buscador.fuentes import FUENTES, Fuente, Lugar
from stl_portal.buscador.models import Hallable, Pendiente
from tests.hilos import a_la_vez

pytestmark = pytest.mark.django_db(transaction=True)
GRUPOS = [f"vez:{n}" for n in range(4)]


def test_tocar_los_mismos_grupos_en_distinto_orden_no_traba_a_nadie(monkeypatch: pytest.MonkeyPatch) -> None:
    def de(grupo: str) -> list[Lugar]:
        return [Lugar(f"{grupo}/{n}", "acta", "Agua", "/") for n in range(3)]

    monkeypatch.setitem(FUENTES, "vez", Fuente("vez", {}, lambda: GRUPOS, de))

    def actos(orden: list[str]) -> None:
        for _ in range(5):
            with transaction.atomic():
                for grupo in orden:
                    reindexar.anotar([grupo])

    a_la_vez([lambda: actos(GRUPOS), lambda: actos(GRUPOS[::-1])])
    reindexar.al_dia()
    assert Pendiente.objects.count() == 0
    assert Hallable.objects.filter(grupo__in=GRUPOS).count() == 12
