"""Lo que las aplicaciones aportan al registro público, sin que este las conozca.

Cada aplicación se apunta desde su `AppConfig.ready()`:

    registro.apuntar(registro.VERIFICADORES, actas_selladas)    # qué revisa `verificar_bitacora`
    registro.apuntar(registro.DESTINATARIOS, integrantes)       # a quién se manda cada punto de control
    registro.apuntar(registro.RECONOCEDORES, informe)           # qué documento publicado tiene esa huella
    registro.PAGINAS["corte"] = de_informes                     # dónde se lee lo que un eslabón nombra
    registro.NOMBRES["corte-municipal"] = nombres               # cómo se llama, si no basta su clave
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from stl_portal.publico.registro import apuntar

__all__ = [
    "DESTINATARIOS",
    "NOMBRES",
    "PAGINAS",
    "RECONOCEDORES",
    "VERIFICADORES",
    "Destinatario",
    "Falla",
    "Reconocido",
    "Verificador",
    "apuntar",
    "nombres",
    "paginas",
    "reconocido",
]


@dataclass(frozen=True)
class Falla:
    """Algo que no cuadra: `donde` lo localiza («acta 12, archivo PDF») y `que` lo explica."""

    donde: str
    que: str

    def __str__(self) -> str:
        return f"{self.donde}: {self.que}"


@dataclass(frozen=True)
class Destinatario:
    """Quien guarda copia de los puntos de control."""

    nombre: str
    correo: str


@dataclass(frozen=True)
class Reconocido:
    """Un documento que el portal publicó: qué se responde a quien lo trae, su página y su eslabón.

    `tono` es el de `componentes/etiqueta.html`.
    """

    tono: str
    titulo: str
    texto: str
    documento: str
    url: str
    eslabon: int


Verificador = Callable[[], Iterable[Falla]]
Fuente = Callable[[Collection[str]], Mapping[str, str]]

# Cada uno recorre lo sellado de su aplicación y dice lo que no cuadra; nunca se detiene en lo primero.
VERIFICADORES: list[Verificador] = []
DESTINATARIOS: list[Callable[[], Iterable[Destinatario]]] = []
# Por la huella SHA-256 de lo que cualquiera pudo descargar; lo reservado nunca se reconoce.
RECONOCEDORES: list[Callable[[str], Reconocido | None]] = []

# Clase de objeto («corte») → función que dice la página de cada clave («2022-2024/1») que es pública.
PAGINAS: dict[str, Fuente] = {}
# Clase de objeto → función que dice cómo se llama el de cada clave, si es público.
NOMBRES: dict[str, Fuente] = {}


def paginas(objetos: Iterable[str]) -> dict[str, str]:
    """La página pública de cada objeto («corte:2022-2024/1») que la tenga; una pregunta por clase."""
    return _de_cada(objetos, PAGINAS)


def nombres(objetos: Iterable[str]) -> dict[str, str]:
    """Cómo se llama cada objeto público del que alguien sepa decirlo; una pregunta por clase."""
    return _de_cada(objetos, NOMBRES)


def _de_cada(objetos: Iterable[str], fuentes: Mapping[str, Fuente]) -> dict[str, str]:
    por_clase: dict[str, set[str]] = defaultdict(set)
    for objeto in objetos:
        clase, _, clave = objeto.partition(":")
        por_clase[clase].add(clave)
    return {
        f"{clase}:{clave}": dicho
        for clase, claves in por_clase.items()
        if clase in fuentes
        for clave, dicho in fuentes[clase](claves).items()
    }


def reconocido(huella: str) -> Reconocido | None:
    """El documento publicado con esa huella; None si ninguna aplicación lo conoce."""
    return next(filter(None, (reconocer(huella) for reconocer in RECONOCEDORES)), None)
