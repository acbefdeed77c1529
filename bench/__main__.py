"""Mide el portal y lo compara con lo más simple que haría lo mismo: `make bench`.

Reúne los módulos de esta carpeta que tienen `medir() -> dict[str, Medida]`, los corre sobre una base
de datos aparte con los datos de demostración y escribe `resultados.json`. Es una medición, no una
prueba: no falla si una meta no se alcanza, lo dice. Uso: python -m bench [módulo…]
"""

import importlib
import json
import os
import pkgutil
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from bench.medida import Medida

CARPETA = Path(__file__).resolve().parent
RESULTADOS = CARPETA / "resultados.json"

Medicion = Callable[[], dict[str, Medida]]


def mediciones(elegidas: list[str]) -> Iterator[tuple[str, Medicion]]:
    """Los módulos de la carpeta que saben medir, en orden alfabético."""
    for modulo in sorted(m.name for m in pkgutil.iter_modules([str(CARPETA)]) if m.name != "__main__"):
        medir = getattr(importlib.import_module(f"bench.{modulo}"), "medir", None)
        if medir and (not elegidas or modulo in elegidas):
            yield modulo, medir


def preparar(carpeta: str) -> str:
    """Levanta Django con base y archivos propios; devuelve el motor de base de datos."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stl_portal.settings")
    os.environ["VAR"] = carpeta
    os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL") or f"sqlite:///{carpeta}/bench.sqlite3"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as silencio:
        call_command("cargar_demo", stdout=silencio)
    return connection.vendor


def tabla(medidas: dict[str, Medida]) -> Iterator[str]:
    """Renglones legibles: la razón, la meta y si se alcanza."""
    for nombre, m in medidas.items():
        signo = "≥" if m.mayor_es_mejor else "≤"
        marca = "✓" if m.cumple else "✗"
        razon = f"{m.que} = {m.razon:.2f} × {m.contra}"
        yield f"{marca} {nombre}: {razon} (meta {signo} {m.meta:g}) {m.nota}".rstrip()


def guardar(motor: str, medidas: dict[str, Medida]) -> None:
    """Pone estas medidas en su motor, sin borrar las de otra corrida ni las del otro motor."""
    todo = json.loads(RESULTADOS.read_text(encoding="utf-8")) if RESULTADOS.exists() else {}
    condiciones = {"carga": carga(), "python": platform.python_version()}
    todo.setdefault(motor, {}).update(
        {n: asdict(m) | {"cumple": m.cumple, **condiciones} for n, m in medidas.items()}
    )
    todo["nota"] = "Razones entre cosas medidas por turnos en la misma corrida; no son tiempos."
    RESULTADOS.write_text(
        json.dumps(todo, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8"
    )


def carga() -> float:
    """Procesos en espera por procesador en el último minuto; con más de 1 las razones bailan."""
    return round(os.getloadavg()[0] / (os.cpu_count() or 1), 2)


def main(elegidas: list[str]) -> int:
    """Corre las mediciones, imprime la tabla y guarda el resultado."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as carpeta:
        motor = preparar(carpeta)
        print(f"Razones medidas por turnos con {motor} (no son tiempos), carga {carga()}:", flush=True)
        for modulo, medir in mediciones(elegidas):
            nuevas = {f"{modulo}.{nombre}": m for nombre, m in medir().items()}
            for renglon in tabla(nuevas):
                print(renglon, flush=True)
            guardar(motor, nuevas)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
