"""Lighthouse en las cinco páginas principales, con el Chromium de Debian: `make lighthouse`.

Mira el portal como se sirve, con los estáticos compilados y sin ser demostración (la demostración pide a los
buscadores que no la indexen). Con la máquina ocupada la calificación de velocidad baja: simula un teléfono
lento multiplicando lo que tarda esta.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import enfrente
from bench.__main__ import carga, guardar, preparar, tabla
from bench.medida import Medida

PROGRAMA = enfrente.RAIZ / ".venv" / "lighthouse" / "node_modules" / ".bin" / "lighthouse"
CATEGORIAS = ("performance", "accessibility", "best-practices", "seo")
PESO = 60.0  # KB comprimidos, con todo
BANDERAS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
)


def mirar(carpeta: Path) -> dict[str, Medida]:
    """La calificación de cada página en cada categoría, y lo que pesa."""
    from bench.paginas import direcciones

    tres = direcciones()
    paginas = {"portada": "/", **tres, "compromiso": f"{tres['plan']}compromiso/1.5/"}
    entorno = {"DEMO": "0", "ALLOWED_HOSTS": "127.0.0.1"}
    medidas: dict[str, Medida] = {}
    with enfrente.granian("stl_portal.wsgi:application", entorno, hilos=4) as puerto:
        for nombre, direccion in paginas.items():
            dicho = _dicho(f"http://127.0.0.1:{puerto}{direccion}", carpeta / f"{nombre}.json")
            medidas |= {
                f"lighthouse.{nombre}_{clave}": medida for clave, medida in _medidas(direccion, dicho)
            }
    return medidas


def _dicho(direccion: str, salida: Path) -> dict[str, object]:
    """Lo que Lighthouse anota de esa página."""
    orden = [str(PROGRAMA), direccion, "--quiet", "--output=json", f"--output-path={salida}"]
    entorno = os.environ | {"CHROME_PATH": "/usr/bin/chromium"}
    subprocess.run([*orden, f"--chrome-flags={BANDERAS}"], check=True, env=entorno)
    leido: dict[str, object] = json.loads(salida.read_text(encoding="utf-8"))
    return leido


def _medidas(direccion: str, dicho: dict[str, object]) -> "Iterator[tuple[str, Medida]]":
    categorias, revisado = dicho["categories"], dicho["audits"]
    for clave in CATEGORIAS:
        puntos = 100 * categorias[clave]["score"]  # type: ignore[index]
        yield clave, Medida(f"{direccion}, {clave}", "1 punto", puntos, 100, mayor_es_mejor=True)
    peso = revisado["total-byte-weight"]["numericValue"] / 1024  # type: ignore[index]
    yield "peso", Medida(f"{direccion}, con todo", "1 KB", peso, PESO)


def main() -> int:
    """Mira, imprime y guarda; 1 si algo no llega."""
    if not PROGRAMA.exists():
        raise FileNotFoundError("Falta Lighthouse: `make lighthouse` lo instala.")
    os.environ["ESTATICOS_COMPILADOS"] = "1"
    with tempfile.TemporaryDirectory(prefix="portal-lighthouse-") as carpeta:
        motor = preparar(carpeta)
        from django.core.management import call_command

        call_command("collectstatic", interactive=False, verbosity=0)
        print(f"Lighthouse en cinco páginas, carga {carga()}:", flush=True)
        medidas = mirar(Path(carpeta))
    print("\n".join(tabla(medidas)))
    guardar(motor, medidas)
    return 0 if all(medida.cumple for medida in medidas.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
