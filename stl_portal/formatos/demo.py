"""Los formatos de ejemplo de la demostración; lo que ya está no se toca."""

import datetime as dt
import tomllib
from collections.abc import Callable
from pathlib import Path

from .models import Formato

DATOS = Path(__file__).parent / "demo.toml"
DESDE = dt.date(2020, 1, 1)


def cargar(decir: Callable[[str], None]) -> None:
    """Deja los de ejemplo y dice cuántos creó."""
    creados = 0
    for ficha in tomllib.loads(DATOS.read_text(encoding="utf-8"))["formato"]:
        if Formato.objects.filter(clave=ficha["clave"]).exists():
            continue
        formato = Formato(vigente_desde=DESDE, **ficha)
        formato.full_clean()
        formato.save()
        creados += 1
    if creados:
        decir(f"{creados} formatos de transparencia de ejemplo")
