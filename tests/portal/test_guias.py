"""Las guías dicen la verdad: lo que nombran existe y lo que existe lo nombran."""

import re
import tomllib

import pytest

from stl_portal.secretos import DEL_ALMACEN
from tests.portal.test_arquitectura import RAIZ

GUIAS = sorted(RAIZ.glob("*.md")) + sorted((RAIZ / "docs").glob("*.md"))
CARPETAS = r"(?:stl_portal|sesiones|ejes|municipios|templates|static|tests|bench|docs|\.ci)/"
LEEN_EL_ENTORNO = (
    "stl_portal/settings.py",
    "stl_portal/publico/identidad.py",
    "stl_portal/respaldo/ajustes.py",
)
# La escribe `make bench`; todo lo demás que se nombra viene en el repositorio.
SE_GENERA = {"bench/resultados.json"}


def _texto(nombre: str) -> str:
    return (RAIZ / nombre).read_text(encoding="utf-8")


@pytest.mark.parametrize("guia", [str(g.relative_to(RAIZ)) for g in GUIAS])
def test_lo_que_una_guia_nombra_existe(guia: str) -> None:
    texto = _texto(guia)
    nombrados = set(re.findall(rf"`({CARPETAS}[\w./-]*)`", texto))
    ligados = {liga.split("#")[0] for liga in re.findall(r"\]\((?!https?:)([^)]+)\)", texto)}
    rutas = {(RAIZ / guia).parent / liga for liga in ligados if liga} | {
        RAIZ / n for n in nombrados - SE_GENERA
    }
    assert sorted(str(ruta.relative_to(RAIZ)) for ruta in rutas if not ruta.exists()) == []


def test_cada_variable_de_entorno_esta_en_la_tabla() -> None:
    donde = "".join(map(_texto, LEEN_EL_ENTORNO))
    leidas = set(re.findall(r"""(?:env\.\w+|_secreto|_fecha)\((?:env,)?\s*"([A-Z0-9_]+)\"""", donde))
    tabla = _texto("README.md").split("## Configuración")[1].split("\n## ")[0]
    filas = [renglon.split("|")[1] for renglon in tabla.splitlines() if renglon.startswith("| `")]
    assert set(re.findall(r"`([A-Z0-9_]+)`", " ".join(filas))) == leidas | set(DEL_ALMACEN)
    assert len(leidas) > 10


def test_cada_orden_se_explica_y_existe() -> None:
    ordenes = set(re.findall(r"^([a-z-]+):.*## ", _texto("Makefile"), flags=re.MULTILINE))
    nombradas = {o for guia in GUIAS for o in re.findall(r"make ([a-z-]+)", guia.read_text(encoding="utf-8"))}
    assert nombradas <= ordenes
    assert {"demo", "test", "test-pg", "lint", "bench", "help"} <= ordenes


def test_la_guia_nombra_a_todas_las_personas_de_la_demostracion() -> None:
    elenco = tomllib.loads(_texto("sesiones/demo/elenco.toml"))
    guia = _texto("README.md")
    nombradas = re.findall(r"^\| `(\S+@demo\.example)`", guia, flags=re.MULTILINE)
    assert sorted(nombradas) == sorted(cuenta["correo"] for cuenta in elenco["cuenta"])
    assert f"`{elenco['contrasena']}`" in guia
