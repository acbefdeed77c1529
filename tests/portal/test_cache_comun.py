"""Los límites de intentos se cuentan entre todos los procesos, o el portal avisa que no."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from pytest_django import Settings

RAIZ = Path(__file__).resolve().parent.parent.parent
EN_LA_BASE = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_del_portal"}


@pytest.mark.django_db
def test_la_tabla_se_crea_al_migrar_y_repetirlo_no_estorba(settings: Settings) -> None:
    settings.CACHES = {"default": EN_LA_BASE}
    assert "cache_del_portal" not in connection.introspection.table_names()
    for _ in range(2):
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    caches["default"].set("intentos", 3)
    assert caches.create_connection("default").get("intentos") == 3  # como la leería otro proceso


@pytest.mark.parametrize(
    ("cache", "avisos"), [("", []), ("locmemcache://", ["portal.W001"]), ("dummycache://", ["portal.W001"])]
)
def test_en_produccion_avisa_si_la_cache_no_es_comun(cache: str, avisos: list[str], tmp_path: Path) -> None:
    entorno = {nombre: os.environ[nombre] for nombre in ("PATH", "HOME") if nombre in os.environ} | {
        "PRODUCCION": "1",
        "SECRET_KEY": "a1" * 40 + "bcdefghijk",
        "BITACORA_CLAVE": "A" * 43 + "=",
        "ALLOWED_HOSTS": "portal.ejemplo.mx",
        "DATABASE_URL": "postgres://portal@127.0.0.1/portal",
        "VAR": str(tmp_path),
    }
    orden = [sys.executable, "manage.py", "check", "--deploy", "--tag", "caches"]
    salida = subprocess.run(
        orden,
        cwd=RAIZ,
        env=entorno | ({"CACHE_URL": cache} if cache else {}),
        capture_output=True,
        text=True,
        check=True,
    )
    assert [aviso for aviso in ("portal.W001",) if aviso in salida.stderr] == avisos
