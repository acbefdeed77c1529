"""El tamaño y la forma del código: lo que hace que un desconocido se sienta en casa.

Son topes, no metas: la mediana real es mucho menor. Si una prueba de estas falla, hay un concepto
que pide su propio nombre, no una excepción que añadir aquí. Se mira lo que está en el repositorio.
"""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path
from statistics import median

import pytest

RAIZ = Path(__file__).resolve().parent.parent.parent
APLICACIONES = ("stl_portal", "sesiones", "ejes", "municipios")
LINEAS_FUNCION = 45
LINEAS_FUNCION_LARGA = 30
PARTE_DE_LARGAS = 0.03
LINEAS_MEDIANA = 7
LINEAS_ARCHIVO = 350
LINEAS_PLANTILLA = 120
CAJONES = {"utils", "helpers", "common", "services", "managers", "core", "misc"}

# La política de contenido rechaza estilos y programas en línea: no llegarían a funcionar.
EN_LINEA = re.compile(r"""<script(?![^>]*\ssrc=)|<style|\sstyle=["']|\son[a-z]+=["']""")
RUTAS_DE_UNA_MAQUINA = re.compile(r"(?<![\w.<{}])/(?:root|home|Users|work)/[\w.]")
ALMACENES = re.compile(r"https?://[^\s\"'<>]*/simple\b|pypi\.org|pythonhosted\.org|registry\.npmjs")

Funcion = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def _del_repositorio() -> tuple[Path, ...]:
    """Archivos que van en el repositorio y existen."""
    salida = subprocess.run(["git", "ls-files", "-z"], cwd=RAIZ, capture_output=True, check=True, text=True)
    return tuple(ruta for nombre in sorted(salida.stdout.split("\0")) if (ruta := RAIZ / nombre).is_file())


def _python(*carpetas: str) -> list[Path]:
    """Archivos de Python de esas carpetas, sin migraciones."""
    return [
        ruta
        for ruta in _del_repositorio()
        if ruta.suffix == ".py"
        and ruta.relative_to(RAIZ).parts[0] in carpetas
        and "migrations" not in ruta.parts
    ]


def _plantillas() -> list[Path]:
    return [r for r in _del_repositorio() if r.suffix == ".html" and "tests" not in r.relative_to(RAIZ).parts]


def _nombre(ruta: Path) -> str:
    return str(ruta.relative_to(RAIZ))


def _funciones(*carpetas: str) -> list[tuple[str, Funcion]]:
    """Cada función con el lugar donde está."""
    return [
        (f"{_nombre(ruta)}:{nodo.lineno} {nodo.name}", nodo)
        for ruta in _python(*carpetas)
        for nodo in ast.walk(ast.parse(ruta.read_text(encoding="utf-8")))
        if isinstance(nodo, Funcion)
    ]


def _tamano(funcion: Funcion) -> int:
    return (funcion.end_lineno or funcion.lineno) - funcion.lineno + 1


def _pasan_de(tope: int, rutas: list[Path]) -> list[str]:
    lineas = {ruta: len(ruta.read_text(encoding="utf-8").splitlines()) for ruta in rutas}
    return [f"{_nombre(ruta)}: {n} líneas" for ruta, n in lineas.items() if n > tope]


def _sin_anotar(funcion: Funcion) -> bool:
    """Falta el tipo de la respuesta o el de algún argumento que no sea self o cls."""
    args = funcion.args
    todos = [*args.posonlyargs, *args.args, *args.kwonlyargs, *filter(None, [args.vararg, args.kwarg])]
    return funcion.returns is None or any(a.annotation is None for a in todos if a.arg not in {"self", "cls"})


def _renglones_con(patron: re.Pattern[str], rutas: list[Path]) -> list[str]:
    """Lugar y texto de cada renglón que casa con el patrón; los archivos binarios no tienen renglones."""
    hallados = []
    for ruta in rutas:
        try:
            renglones = ruta.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        hallados += [f"{_nombre(ruta)}:{n} {r}" for n, r in enumerate(renglones, 1) if patron.search(r)]
    return hallados


def test_hay_codigo_que_medir() -> None:
    # Sin esto, un cambio de carpetas dejaría las demás pruebas contentas sin leer nada.
    for aplicacion in APLICACIONES:
        assert _python(aplicacion), aplicacion
    assert len(_python("sesiones")) > 20
    assert len(_plantillas()) > 20


def test_funciones_cortas() -> None:
    funciones = _funciones(*APLICACIONES, "tests", "bench", ".ci")
    assert [f"{donde}: {_tamano(f)} líneas" for donde, f in funciones if _tamano(f) > LINEAS_FUNCION] == []


def test_la_mediana_de_las_funciones_es_breve_y_pocas_son_largas() -> None:
    tamanos = [_tamano(f) for _, f in _funciones(*APLICACIONES)]
    largas = sum(t > LINEAS_FUNCION_LARGA for t in tamanos)
    assert median(tamanos) <= LINEAS_MEDIANA
    assert largas / len(tamanos) <= PARTE_DE_LARGAS


def test_archivos_cortos() -> None:
    assert _pasan_de(LINEAS_ARCHIVO, _python(*APLICACIONES, "tests", "bench", ".ci")) == []


def test_plantillas_cortas() -> None:
    assert _pasan_de(LINEAS_PLANTILLA, _plantillas()) == []


def test_toda_funcion_esta_anotada() -> None:
    funciones = _funciones(*APLICACIONES, "tests", "bench", ".ci")
    assert [donde for donde, f in funciones if _sin_anotar(f)] == []


def test_ningun_cajon_de_sastre() -> None:
    rutas = [ruta.relative_to(RAIZ) for ruta in _python(*APLICACIONES, "tests", "bench", ".ci")]
    assert [str(r) for r in rutas if CAJONES & {r.stem, *r.parent.parts}] == []


def test_plantillas_sin_nada_en_linea() -> None:
    assert _renglones_con(EN_LINEA, _plantillas()) == []


@pytest.mark.parametrize(
    "malo", ["<script>", '<p style="x">', "<a onclick='x'>", "<style>", '<script type="module">']
)
def test_lo_escrito_en_linea_se_reconoce(malo: str) -> None:
    assert EN_LINEA.search(malo)
    assert not EN_LINEA.search('<script src="/static/js/tema.js" defer></script>')


def test_nada_depende_de_una_maquina() -> None:
    # Ni carpetas de quien lo escribió ni direcciones de almacenes de paquetes.
    todos = [ruta for ruta in _del_repositorio() if ruta != Path(__file__).resolve()]
    assert _renglones_con(RUTAS_DE_UNA_MAQUINA, todos) == []
    assert _renglones_con(ALMACENES, todos) == []


def test_las_huellas_bastan_para_instalar() -> None:
    # Toda dependencia está fijada a una versión y ninguna trae su dirección.
    for nombre in ("requirements.txt", "requirements-dev.txt"):
        texto = (RAIZ / nombre).read_text(encoding="utf-8")
        paquetes = re.findall(r"^[a-z0-9][^\s\\]*", texto, flags=re.MULTILINE | re.IGNORECASE)
        assert len(paquetes) > 20
        assert [p for p in paquetes if "==" not in p] == []
        assert "--index-url" not in texto
        assert "--find-links" not in texto
