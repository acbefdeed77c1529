"""La tabla de `docs/asvs.md` está completa, lo que cita existe y sus cifras son las suyas."""

import ast
import re
from collections import Counter
from functools import cache

import pytest

from tests.portal.test_arquitectura import RAIZ

pytestmark = pytest.mark.apariencia
GUIA = (RAIZ / "docs" / "asvs.md").read_text(encoding="utf-8")
# Cuántos requisitos de nivel 1 y 2 tiene cada capítulo de la versión 5.0.0.
POR_CAPITULO = dict(
    zip(range(1, 18), (27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7), strict=True)
)
FILA = re.compile(
    r"^\| (\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE
)
CARPETAS = r"(?:stl_portal|sesiones|ejes|municipios|templates|static|tests|docs|deploy|\.ci)/"
FILAS = [tuple(celda.strip() for celda in fila) for fila in FILA.findall(GUIA)]
APLICAN = [fila for fila in FILAS if fila[3] == "sí"]


def de_clase(prueba: str) -> str:
    """En cuál de las cuentas del principio cae, por lo que dice su última columna."""
    if prueba == "documento" or prueba.startswith("`tests/"):
        return "documento" if prueba == "documento" else "con prueba"
    return prueba.split(":")[0] if prueba.startswith("pendiente, ") else f"¿{prueba}?"


@cache
def funciones(archivo: str) -> frozenset[str]:
    arbol = ast.parse((RAIZ / archivo).read_text(encoding="utf-8"))
    return frozenset(nodo.name for nodo in ast.walk(arbol) if isinstance(nodo, ast.FunctionDef))


@cache
def secciones(guia: str) -> frozenset[str]:
    titulos = re.findall(r"^#+ (.+)$", (RAIZ / guia).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return frozenset(re.sub(r"[^\w -]", "", titulo.lower()).replace(" ", "-") for titulo in titulos)


def test_estan_los_253_sin_repetir() -> None:
    numeros = [numero for numero, *_ in FILAS]
    assert len(numeros) == len(set(numeros)) == 253
    assert Counter(int(numero.split(".")[0]) for numero in numeros) == POR_CAPITULO
    assert Counter(fila[1] for fila in FILAS) == {"1": 70, "2": 183}
    assert numeros == sorted(numeros, key=lambda numero: [int(parte) for parte in numero.split(".")])


def test_todo_lo_que_cita_existe() -> None:
    faltan = []
    for cita in re.findall(rf"`({CARPETAS}[^`]*)`", GUIA):
        ruta, _, prueba = cita.partition("::")
        archivo, _, seccion = ruta.partition("#")
        esta = (RAIZ / archivo).exists()
        esta = esta and (not prueba or prueba in funciones(archivo))
        if not (esta and (not seccion or seccion in secciones(archivo))):
            faltan.append(cita)
    assert faltan == []


def test_cada_renglon_dice_lo_que_le_toca() -> None:
    """Lo que no aplica, por qué; lo pendiente, qué falta; un documento, en cuál de sus secciones está."""
    no_aplican = [fila for fila in FILAS if fila[3] != "sí"]
    assert [f[0] for f in no_aplican if not re.fullmatch(r"no: \S.{8,}", f[3]) or f[4:] != ("—", "—")] == []
    clases = {"con prueba", "documento", "pendiente, falta prueba", "pendiente, no se cumple"}
    assert {de_clase(fila[5]) for fila in APLICAN} == clases
    assert [f[0] for f in APLICAN if f[5].startswith("pendiente, no") and len(f[5]) < 40] == []
    assert [f[0] for f in APLICAN if f[5] == "documento" and ".md#" not in f[4]] == []
    assert len({resumen for _, _, resumen, *_ in FILAS}) > 240


def test_las_cifras_del_principio_son_las_de_la_tabla() -> None:
    dichas = {
        nombre: int(cifra) for nombre, cifra in re.findall(r"^\| ([^|]+) \| (\d+) \|$", GUIA, re.MULTILINE)
    }
    clases = Counter(de_clase(fila[5]) for fila in APLICAN)
    assert dichas == {
        "Requisitos de nivel 1 y 2": len(FILAS),
        "No aplican": len(FILAS) - len(APLICAN),
        "Aplican": len(APLICAN),
        "Se cumplen, con prueba": clases["con prueba"],
        "Se cumplen, y son un documento": clases["documento"],
        "Pendientes: se cumplen, falta prueba": clases["pendiente, falta prueba"],
        "Pendientes: no se cumplen": clases["pendiente, no se cumple"],
    }
