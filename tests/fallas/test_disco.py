"""Se llena el disco del portal servido, hasta el último byte, y luego se vacía. `make fallas`: dos bases."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

RAIZ = Path(__file__).resolve().parent.parent.parent
# PostgreSQL no corre como root dentro de un espacio de nombres prestado: solo cuando lo pide `make fallas`.
MOTORES = ("sqlite", "postgresql") if os.environ.get("FALLAS") else ("sqlite",)


@pytest.mark.parametrize("motor", MOTORES)
def test_con_el_disco_lleno_se_dice_nada_se_pierde_y_se_repone_solo(motor: str, record_property: Any) -> None:
    """En su propio espacio de montajes: al terminar, el disco en memoria desaparece con él."""
    aparte = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    # PostgreSQL corre con otra cuenta, que a la carpeta de las pruebas no entra.
    with TemporaryDirectory(prefix="portal-disco-") as carpeta:
        Path(carpeta).chmod(0o755)
        salida = subprocess.run(
            [*aparte, sys.executable, "-m", "tests.fallas.disco", carpeta, motor],
            cwd=RAIZ,
            capture_output=True,
            text=True,
            check=False,
        )
    assert salida.returncode == 0, salida.stderr[-3000:]
    record_property("cifras", f"{motor}: {salida.stdout.strip()}")
