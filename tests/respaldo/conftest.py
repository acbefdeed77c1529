"""Dónde quedan los respaldos de una prueba, y con qué llave."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django import Settings

from stl_portal.respaldo.ajustes import Ajustes


@dataclass(frozen=True)
class Llaves:
    """Una llave de `age`: la pública y dónde está la privada."""

    publica: str
    privada: str


@pytest.fixture(scope="session")
def llaves(tmp_path_factory: pytest.TempPathFactory) -> Llaves:
    """Recién hechas."""
    privada = tmp_path_factory.mktemp("llaves") / "respaldo.llave"
    subprocess.run(["age-keygen", "-o", privada], check=True, capture_output=True)
    publica = subprocess.run(["age-keygen", "-y", privada], check=True, capture_output=True, text=True).stdout
    return Llaves(publica.strip(), str(privada))


@pytest.fixture(autouse=True)
def carpeta(settings: Settings, tmp_path: Path, llaves: Llaves) -> Path:
    """La carpeta de los respaldos, que se cifran."""
    settings.VAR = tmp_path
    settings.RESPALDO = Ajustes(tmp_path / "respaldos", para=(llaves.publica,), llave=llaves.privada)
    return settings.RESPALDO.carpeta
