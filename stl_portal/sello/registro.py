"""Lo que las aplicaciones aportan al registro público, sin que este las conozca.

Cada aplicación se apunta desde su `AppConfig.ready()`:

    registro.apuntar(registro.VERIFICADORES, actas_selladas)    # qué revisa `verificar_bitacora`
    registro.apuntar(registro.DESTINATARIOS, integrantes)       # a quién se manda cada punto de control
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from stl_portal.publico.registro import apuntar

__all__ = ["DESTINATARIOS", "VERIFICADORES", "Destinatario", "Falla", "Verificador", "apuntar"]


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


Verificador = Callable[[], Iterable[Falla]]

# Cada uno recorre lo sellado de su aplicación y dice lo que no cuadra; nunca se detiene en lo primero.
VERIFICADORES: list[Verificador] = []
DESTINATARIOS: list[Callable[[], Iterable[Destinatario]]] = []
