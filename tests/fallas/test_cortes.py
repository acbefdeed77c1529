"""Se va la luz mientras se guarda, se sube, se sella, se firma o se publica. `make cortes`: doscientas."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

RAIZ = Path(__file__).resolve().parent.parent.parent
CUANTOS = os.environ.get("CORTES", "5")
SEMILLA = os.environ.get("SEMILLA", "2026")


@pytest.mark.ambas_bases
def test_ningun_corte_deja_nada_a_medias(tmp_path: Path, record_property: pytest.FixtureRequest) -> None:
    """Con PostgreSQL usa la base vacía de la orden, que las pruebas no tocan; si no, SQLite en su carpeta."""
    base = os.environ.get("DATABASE_URL", "")
    entorno = os.environ | {
        "DJANGO_SETTINGS_MODULE": "stl_portal.settings",
        "DATABASE_URL": base if base.startswith("postgres") else f"sqlite:///{tmp_path / 'base.sqlite3'}",
        "MEDIA_ROOT": str(tmp_path / "archivos"),
        "VAR": str(tmp_path),
    }
    orden = [sys.executable, "-m", "tests.fallas.cortes", CUANTOS, SEMILLA]
    salida = subprocess.run(orden, cwd=RAIZ, env=entorno, capture_output=True, text=True, check=False)
    print(salida.stdout)
    assert salida.returncode == 0, salida.stderr[-3000:]
    assert f"{CUANTOS} cortes" in salida.stdout
    record_property("cifras", "; ".join(salida.stdout.splitlines()))  # type: ignore[operator]
