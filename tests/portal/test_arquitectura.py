"""El tamaño y la forma del código: lo que hace que un desconocido se sienta en casa.

Son topes, no metas: la mediana real es mucho menor. Si una prueba de estas falla, hay un concepto
que pide su propio nombre, no una excepción que añadir aquí.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

RAIZ = Path(__file__).resolve().parent.parent.parent
APLICACIONES = ("stl_portal", "sesiones", "ejes", "municipios")
LINEAS_FUNCION = 45
LINEAS_MEDIANA = 7
LINEAS_ARCHIVO = 350
LINEAS_PLANTILLA = 120
CAJONES = {"utils", "helpers", "common", "services", "managers", "core", "misc"}

Funcion = ast.FunctionDef | ast.AsyncFunctionDef


def _python(*carpetas: str) -> list[Path]:
    """Archivos de Python del proyecto, sin migraciones."""
    return sorted(
        ruta
        for carpeta in carpetas
        for ruta in (RAIZ / carpeta).rglob("*.py")
        if "migrations" not in ruta.parts
    )


def _plantillas() -> list[Path]:
    return sorted((RAIZ / "templates").rglob("*.html"))


def _nombre(ruta: Path) -> str:
    return str(ruta.relative_to(RAIZ))


def _funciones(ruta: Path) -> Iterator[Funcion]:
    for nodo in ast.walk(ast.parse(ruta.read_text(encoding="utf-8"))):
        if isinstance(nodo, Funcion):
            yield nodo


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


def test_hay_codigo_que_medir() -> None:
    # Sin esto, un cambio de carpetas dejaría las demás pruebas contentas sin leer nada.
    for aplicacion in APLICACIONES:
        assert _python(aplicacion), aplicacion
    assert len(_python("sesiones")) > 20
    assert len(_plantillas()) > 20


def test_funciones_cortas() -> None:
    largas = [
        f"{_nombre(ruta)}:{f.lineno} {f.name}: {_tamano(f)} líneas"
        for ruta in _python(*APLICACIONES, "tests", "bench")
        for f in _funciones(ruta)
        if _tamano(f) > LINEAS_FUNCION
    ]
    assert largas == []


def test_la_mediana_de_las_funciones_es_breve() -> None:
    assert median(_tamano(f) for ruta in _python(*APLICACIONES) for f in _funciones(ruta)) <= LINEAS_MEDIANA


def test_archivos_cortos() -> None:
    assert _pasan_de(LINEAS_ARCHIVO, _python(*APLICACIONES, "bench")) == []


def test_plantillas_cortas() -> None:
    assert _pasan_de(LINEAS_PLANTILLA, _plantillas()) == []


def test_toda_funcion_esta_anotada() -> None:
    sin_anotar = [
        f"{_nombre(ruta)}:{f.lineno} {f.name}"
        for ruta in _python(*APLICACIONES, "tests", "bench")
        for f in _funciones(ruta)
        if _sin_anotar(f)
    ]
    assert sin_anotar == []


def test_ningun_cajon_de_sastre() -> None:
    rutas = [ruta.relative_to(RAIZ) for ruta in _python(*APLICACIONES, "tests", "bench")]
    assert [str(r) for r in rutas if CAJONES & {r.stem, *r.parent.parts}] == []


def test_plantillas_sin_nada_en_linea() -> None:
    # La política de contenido del sitio rechaza estilos y programas en línea: no llegarían a funcionar.
    en_linea = re.compile(r"""<script>|\sstyle=["']|\son[a-z]+=["']""")
    assert [_nombre(r) for r in _plantillas() if en_linea.search(r.read_text(encoding="utf-8"))] == []
