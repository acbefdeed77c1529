"""La tabla de fallas: qué se le hace al portal, qué debe seguir siendo cierto y con qué se comprueba.

Lo explica `docs/operacion.md`, «Fallas que se ensayan». Son pruebas que ya corren siempre, cortas; aquí, con
todas sus vueltas.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

SQLITE, POSTGRESQL, AMBAS = ("sqlite",), ("postgresql",), ("sqlite", "postgresql")


@dataclass(frozen=True)
class Corrida:
    """Unas pruebas, o una orden, en cada una de esas bases."""

    que: tuple[str, ...]  # lo que recibe pytest o, con `orden`, la orden completa
    bases: tuple[str, ...] = SQLITE
    entorno: Mapping[str, str] = field(default_factory=dict)
    orden: bool = False
    con_reloj: bool = False  # en un proceso cuyo reloj se puede mover de verdad (faketime)


@dataclass(frozen=True)
class Renglon:
    """Una falla de la tabla."""

    clave: str
    falla: str
    debe: str
    corridas: tuple[Corrida, ...]


TABLA = (
    Renglon(
        "muertes",
        "kill -9 al guardar, subir, sellar, firmar o publicar",
        "lo confirmado está, nada a medias, nada sobra tras el barrido",
        (
            Corrida(("tests/fallas/test_cortes.py",), AMBAS, {"CORTES": "200"}),
            Corrida(("tests/archivo/test_subidas_cortes.py",), AMBAS),
        ),
    ),
    Renglon(
        "disco",
        "disco lleno",
        "se dice claro, nada se pierde, se repone solo",
        (
            Corrida(("tests/fallas/test_disco.py",), SQLITE, {"FALLAS": "1"}),
            Corrida(("tests/archivo/test_subidas_disco.py", "tests/respaldo/test_respaldar.py")),
        ),
    ),
    Renglon(
        "base",
        "la base se reinicia bajo carga",
        "se espera o se dice, nada equivocado, vuelve en segundos, lo público se sigue leyendo",
        (Corrida(("tests/despliegue/test_base_caida.py",), SQLITE, {"REINICIOS": "10"}),),
    ),
    Renglon(
        "editoras",
        "dos editoras, el mismo punto",
        "quedan los dos textos y la segunda se entera",
        (
            Corrida(("tests/fallas/test_dos_editoras.py",), AMBAS, {"RONDAS": "100"}),
            Corrida(("tests/acta/test_edicion.py", "tests/mesa_js/test_guardado.py", "-k", "dos or otra")),
        ),
    ),
    Renglon(
        "firmantes",
        "dos integrantes firman a la vez",
        "las dos firmas valen en el PDF final",
        (
            Corrida(("tests/firma/test_pades.py", "tests/vida/test_a_la_vez.py"), AMBAS),
            Corrida(("tests/vida/test_nueve_firmas.py",)),
        ),
    ),
    Renglon(
        "reloj",
        "el reloj salta",
        "el orden es por secuencia y no por reloj; nada se rompe, se repite ni se pierde",
        (Corrida(("tests/fallas/test_reloj.py",), AMBAS, con_reloj=True),),
    ),
    Renglon(
        "byte",
        "un byte cambiado en una fila o un archivo sellado",
        "se detecta, se localiza y se dice",
        (
            Corrida(
                (
                    "tests/sello/test_mutaciones.py",
                    "tests/vida/test_mutaciones.py",
                    "tests/vida/test_mutaciones_archivos.py",
                ),
                SQLITE,
                {"MUTACIONES": "10000"},
            ),
        ),
    ),
    Renglon(
        "hostiles",
        "500 archivos hostiles, formas e interfaz al azar",
        "ningún 500, nada se escapa, memoria acotada",
        (
            Corrida(("tests/archivo/test_hostiles.py", "tests/fuzz")),
            Corrida(("tests/datos/api/test_contrato.py",), SQLITE, {"CONTRATO": "20000"}),
        ),
    ),
    Renglon(
        "simulacro",
        "se pierde el servidor y se restaura",
        "archivos idénticos byte por byte y la misma raíz del registro",
        (
            Corrida((".ci/simulacro", "sqlite"), SQLITE, orden=True),
            Corrida((".ci/simulacro",), POSTGRESQL, orden=True),
        ),
    ),
)
