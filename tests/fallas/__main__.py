"""`make fallas`: corre cada renglón de la tabla de fallas e imprime qué se hizo, sus cifras y si pasó.

Uso: `python -m tests.fallas [renglón…]`. Guarda lo corrido en `bench/fallas.json`, sin borrar lo de otra
vez, y termina con error si algún renglón no pasó.
"""

import ast
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.fallas.renglones import TABLA, Corrida, Renglon

RAIZ = Path(__file__).resolve().parent.parent.parent
RESULTADOS = RAIZ / "bench" / "fallas.json"
PYTEST = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "junit_family=xunit1")
FAKETIME = "/usr/lib/*/faketime/libfaketime.so.1"


@dataclass
class Hecho:
    """Lo que pasó con una corrida en una base."""

    que: str
    paso: bool
    pruebas: int = 0
    cifras: tuple[str, ...] = ()
    queja: str = ""


def correr(corrida: Corrida, base: str, informe: Path) -> Hecho:
    """Una corrida en una base; las pruebas dejan su informe JUnit, y de ahí salen las cifras."""
    orden = corrida.que if corrida.orden else (*PYTEST, f"--junitxml={informe}", *corrida.que)
    entorno = {**os.environ, **corrida.entorno}
    if base == "postgresql":
        orden = (".ci/con-postgres", *orden)
    elif not corrida.orden:
        entorno["DATABASE_URL"] = f"sqlite:///{informe.with_suffix('.sqlite3')}"
    if corrida.con_reloj:
        entorno |= con_reloj(informe.with_suffix(".reloj"))
    salida = subprocess.run(orden, cwd=RAIZ, env=entorno, capture_output=True, text=True, check=False)
    paso, dicho = salida.returncode == 0, salida.stdout.splitlines()
    queja = "" if paso else "\n".join([*dicho[-40:], *salida.stderr.splitlines()[-20:]])
    que = f"{' '.join(corrida.que)} ({base})"
    if corrida.orden:
        return Hecho(
            que, paso, cifras=tuple(linea.strip() for linea in dicho if "PASÓ" in linea), queja=queja
        )
    pruebas, cifras = leer(informe) if informe.exists() else (0, ())
    return Hecho(que, paso and pruebas > 0, pruebas, cifras, queja)


def con_reloj(archivo: Path) -> dict[str, str]:
    """Un reloj que la prueba mueve escribiendo cuánto se desvía; el que cuenta intervalos no se toca.

    Así se porta un servidor al que le corrigen la hora. Lanza `FileNotFoundError` si falta faketime.
    """
    bibliotecas = sorted(Path("/").glob(FAKETIME.lstrip("/")))
    if not bibliotecas:
        raise FileNotFoundError("Falta faketime: lo instala `make fallas`.")
    archivo.write_text("+0\n", encoding="utf-8")
    return {
        "RELOJ": str(archivo),
        "LD_PRELOAD": str(bibliotecas[0]),
        "FAKETIME_TIMESTAMP_FILE": str(archivo),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


def leer(informe: Path) -> tuple[int, tuple[str, ...]]:
    """Cuántas pruebas pasaron y las cifras que anotaron con `record_property`."""
    raiz = ET.parse(informe).getroot()
    casos = list(raiz.iter("testcase"))
    malos = sum(any(caso.find(m) is not None for m in ("failure", "error", "skipped")) for caso in casos)
    anotado = [(p.get("name"), p.get("value", "")) for p in raiz.iter("property")]
    cifras = [valor for nombre, valor in anotado if nombre == "cifras"]
    if blancos := [ast.literal_eval(valor) for nombre, valor in anotado if nombre == "fuzz"]:
        casos_al_azar, rechazados = (sum(blanco[n] for blanco in blancos) for n in (1, 2))
        cifras.append(f"al azar: {len(blancos)} blancos, {casos_al_azar} casos, {rechazados} rechazos dichos")
    return len(casos) - malos, tuple(cifras)


def de(renglon: Renglon) -> Iterator[Hecho]:
    """Todo lo que comprueba un renglón, diciendo lo que no pasó conforme ocurre."""
    for corrida in renglon.corridas:
        for base in corrida.bases:
            with tempfile.TemporaryDirectory(prefix="portal-fallas-") as carpeta:
                hecho = correr(corrida, base, Path(carpeta) / "informe.xml")
            print(f"  {'✓' if hecho.paso else '✗'} {hecho.que}: {hecho.pruebas or 1}", flush=True)
            if not hecho.paso:
                print(hecho.queja, flush=True)
            yield hecho


def guardar(renglon: Renglon, hechos: list[Hecho], segundos: float) -> None:
    """El renglón en `bench/fallas.json`, junto a los de otras corridas."""
    todo = json.loads(RESULTADOS.read_text(encoding="utf-8")) if RESULTADOS.exists() else {}
    todo[renglon.clave] = {
        "falla": renglon.falla,
        "debe": renglon.debe,
        "hecho": [f"{h.que}: {h.pruebas} pruebas" if h.pruebas else h.que for h in hechos],
        "cifras": [cifra for hecho in hechos for cifra in hecho.cifras],
        "paso": all(hecho.paso for hecho in hechos),
        "segundos": round(segundos),
        "corrido": f"{dt.datetime.now(dt.UTC):%Y-%m-%d}",
    }
    RESULTADOS.write_text(
        json.dumps(todo, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8"
    )


def main(elegidos: list[str]) -> int:
    """Corre los renglones, imprime la tabla y dice cuántos no pasaron."""
    desconocidos = set(elegidos) - {renglon.clave for renglon in TABLA}
    if desconocidos:
        print(f"No hay renglón «{'», «'.join(sorted(desconocidos))}».", file=sys.stderr)
        return 2
    tabla: list[tuple[Renglon, list[Hecho], float]] = []
    for renglon in TABLA:
        if elegidos and renglon.clave not in elegidos:
            continue
        print(f"{renglon.clave}: {renglon.falla}", flush=True)
        empezo = time.monotonic()
        hechos = list(de(renglon))
        tabla.append((renglon, hechos, time.monotonic() - empezo))
        guardar(*tabla[-1])
    print("\nFalla | Qué se hizo | Cifras | Pasó")
    for renglon, hechos, segundos in tabla:
        print(_en_la_tabla(renglon, hechos, segundos))
    return sum(not hecho.paso for _, hechos, _ in tabla for hecho in hechos) > 0


def _en_la_tabla(renglon: Renglon, hechos: list[Hecho], segundos: float) -> str:
    """El renglón con sus cifras, una por línea, y su veredicto al frente."""
    paso = all(hecho.paso for hecho in hechos)
    pruebas = sum(hecho.pruebas for hecho in hechos)
    cabeza = f"{'✓ pasó   ' if paso else '✗ NO PASÓ'} {renglon.falla}: {renglon.debe}"
    cuerpo = [f"{len(hechos)} corridas, {pruebas} pruebas, {segundos:.0f} s"]
    cuerpo += [cifra for hecho in hechos for cifra in hecho.cifras]
    return "\n".join([cabeza, *(f"            {linea}" for linea in cuerpo)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
