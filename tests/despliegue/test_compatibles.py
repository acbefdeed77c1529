"""Qué migraciones dejan trabajar a la versión anterior y cuáles se rechazan."""

from pathlib import Path
from typing import Any

import pytest
from django.db import models
from django.db.migrations import Migration
from django.db.migrations import operations as o
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState

from bench.enfrente import RAIZ
from stl_portal import compatibles

pytestmark = pytest.mark.apariencia  # no se toca la base


def _hoy() -> ProjectState:
    """Una tabla en uso."""
    campos: list[tuple[str, models.Field[Any, Any]]] = [
        ("id", models.BigAutoField(primary_key=True)),
        ("titulo", models.CharField(max_length=100)),
        ("nota", models.TextField(null=True)),
    ]
    estado = ProjectState()
    estado.add_model(ModelState("casa", "Acta", campos))
    return estado


def _pendiente(*operaciones: Operation, sin_parada: str = "") -> Migration:
    migracion = Migration("0002_cambio", "casa")
    migracion.operations = list(operaciones)  # type: ignore[misc]  # así lo hace también Django
    if sin_parada:
        migracion.sin_parada = sin_parada  # type: ignore[attr-defined]
    return migracion


ROMPEN = {
    "borra la tabla de acta": o.DeleteModel("Acta"),
    "cambia de nombre la tabla de acta": o.RenameModel("Acta", "Hoja"),
    "borra la columna acta.nota": o.RemoveField("Acta", "nota"),
    "cambia de nombre la columna acta.nota": o.RenameField("Acta", "nota", "apunte"),
    "agrega acta.tipo, obligatoria y sin valor de la base (db_default)": o.AddField(
        "Acta", "tipo", models.CharField(max_length=5, default="x")
    ),
    "vuelve obligatoria acta.nota": o.AlterField("Acta", "nota", models.TextField(default="")),
    "cambia de tipo acta.nota": o.AlterField("Acta", "nota", models.IntegerField(null=True)),
    "acorta acta.titulo": o.AlterField("Acta", "titulo", models.CharField(max_length=50)),
    "exige que no se repita acta.titulo": o.AlterField(
        "Acta", "titulo", models.CharField(max_length=100, unique=True)
    ),
    "agrega a acta una regla que la versión anterior no conoce": o.AddConstraint(
        "Acta", models.UniqueConstraint(fields=["titulo"], name="uno")
    ),
    "ejecuta algo que no se puede revisar; di por qué se puede en `sin_parada`": o.RunSQL("SELECT 1"),
}
CONVIVEN = [
    o.AddField("Acta", "tipo", models.CharField(max_length=5, null=True)),
    o.AddField("Acta", "tipo", models.CharField(max_length=5, db_default="x")),
    o.AddField("Acta", "firmas", models.ManyToManyField("casa.Acta")),
    o.AlterField("Acta", "titulo", models.CharField(max_length=200)),
    o.AlterField("Acta", "nota", models.TextField(null=True, help_text="Otra ayuda")),
    o.AddIndex("Acta", models.Index(fields=["titulo"], name="por_titulo")),
]


@pytest.mark.parametrize("dice", ROMPEN)
def test_lo_que_rompe_la_version_anterior_se_rechaza(dice: str) -> None:
    assert compatibles.objeciones([_pendiente(ROMPEN[dice])], _hoy()) == [f"casa.0002_cambio: {dice}"]
    assert compatibles.objeciones([_pendiente(ROMPEN[dice], sin_parada="ya no se usa")], _hoy()) == []


@pytest.mark.parametrize("operacion", CONVIVEN, ids=lambda una: una.describe())
def test_lo_que_convive_pasa(operacion: Operation) -> None:
    assert compatibles.objeciones([_pendiente(operacion)], _hoy()) == []


def test_con_una_tabla_nueva_se_puede_todo() -> None:
    nueva = o.CreateModel("Hoja", [("id", models.BigAutoField(primary_key=True)), ("a", models.TextField())])
    obligatoria = o.AddField("Hoja", "b", models.TextField(default=""))
    assert compatibles.objeciones([_pendiente(nueva, obligatoria, o.RemoveField("Hoja", "a"))], _hoy()) == []


def test_lo_que_solo_cambia_en_el_codigo_no_cuenta() -> None:
    solo_estado = o.SeparateDatabaseAndState(state_operations=[o.RemoveField("Acta", "nota")])
    assert compatibles.objeciones([_pendiente(solo_estado)], _hoy()) == []


def test_las_del_repositorio_despues_de_la_primera_conviven() -> None:
    """Una migración que rompa se descubre al escribirla, no el día de actualizar."""
    grafo = MigrationLoader(None)
    iniciales = [nodo for nodo, m in grafo.disk_migrations.items() if m.initial or nodo[1].startswith("0001")]
    propias = {ruta.parent.parent.name for ruta in RAIZ.glob("[!.]*/**/migrations/0001*.py")}
    despues = [m for nodo, m in grafo.disk_migrations.items() if nodo not in iniciales and nodo[0] in propias]
    assert compatibles.objeciones(despues, grafo.project_state(iniciales)) == []


def test_una_ya_publicada_no_se_cambia_ni_se_quita(tmp_path: Path) -> None:
    for version in ("una", "otra"):
        (tmp_path / version / "casa" / "migrations").mkdir(parents=True)
    for nombre, antes, ahora in (("0001_a.py", "x", "x"), ("0002_b.py", "x", "y"), ("0003_c.py", "x", "")):
        (tmp_path / "una/casa/migrations" / nombre).write_text(antes)
        if ahora:
            (tmp_path / "otra/casa/migrations" / nombre).write_text(ahora)
    halladas = compatibles.ya_publicadas(tmp_path / "una", tmp_path / "otra")
    assert halladas == ["casa/migrations/0002_b.py", "casa/migrations/0003_c.py"]
