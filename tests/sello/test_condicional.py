"""Una tabla cuyas filas se sellan a medio camino: antes se editan, después solo lo que quedó libre."""

from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import isolate_apps

from stl_portal.guardas import Sellada
from stl_portal.guardas.sellado import de_sellado


@pytest.fixture
def hoja(db: None) -> Iterator[Any]:
    """Dos hojas: la 1 sellada y la 2 no; de la sellada todavía puede cambiar `estado`."""
    with isolate_apps("stl_portal.sello"):

        class Hoja(models.Model):
            SELLADA: ClassVar[Sellada] = Sellada(si="{fila}.sello IS NOT NULL", libres=("estado",))
            folio = models.CharField(max_length=10, unique=True)
            estado = models.CharField(max_length=10)
            sello = models.CharField(max_length=64, null=True)  # noqa: DJ001 -- nulo es «sin sellar»

            class Meta:
                app_label = "sello"

            def __str__(self) -> str:
                return self.folio

    _crear(Hoja)
    Hoja._default_manager.create(pk=1, folio="A", estado="firma")
    Hoja._default_manager.filter(pk=1).update(sello="f" * 64)
    Hoja._default_manager.create(pk=2, folio="B", estado="borrador")
    yield Hoja
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE sello_hoja")


def _crear(modelo: Any) -> None:
    """La tabla y sus guardas, dentro de la transacción de la prueba."""
    crear, _ = connection.schema_editor(collect_sql=True).table_sql(modelo)
    with connection.cursor() as cursor:
        cursor.execute(crear)
        for orden in (o for g in de_sellado(modelo, connection.vendor) for o in g.ordenes):
            cursor.execute(orden)


def rechazado(cambio: Any) -> bool:
    """Si la base se niega."""
    try:
        with transaction.atomic():
            cambio()
    except DatabaseError:
        return True
    return False


def test_antes_de_sellar_todo_cambia(hoja: Any) -> None:
    assert hoja.objects.filter(pk=2).update(folio="C", estado="firma") == 1
    assert hoja.objects.filter(pk=2).delete()[0] == 1


def test_lo_libre_cambia_y_lo_demas_no(hoja: Any) -> None:
    fila = hoja.objects.filter(pk=1)
    assert fila.update(estado="publicada", folio="A") == 1
    assert rechazado(lambda: fila.update(folio="Z"))
    assert rechazado(lambda: fila.update(sello=None))
    assert rechazado(fila.delete)


def test_el_numero_de_la_fila_no_cambia_aunque_no_este_sellada(hoja: Any) -> None:
    assert rechazado(lambda: hoja.objects.filter(pk=2).update(id=9))


def test_ningun_reemplazo_borra_lo_sellado(hoja: Any) -> None:
    ordenes = [
        "UPDATE OR REPLACE sello_hoja SET folio = 'A' WHERE id = 2",
        "REPLACE INTO sello_hoja (id, folio, estado) VALUES (1, 'X', 'x')",
        "REPLACE INTO sello_hoja (folio, estado) VALUES ('A', 'x')",
    ]
    if connection.vendor == "postgresql":
        ordenes = ["TRUNCATE sello_hoja"]

    def ejecutar(orden: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(orden)

    assert [o for o in ordenes if not rechazado(lambda o=o: ejecutar(o))] == []
    assert list(hoja.objects.values_list("pk", "folio").order_by("pk")) == [(1, "A"), (2, "B")]
