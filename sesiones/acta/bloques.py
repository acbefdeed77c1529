"""Los bloques de que se compone un acta, iguales en pantalla y en papel.

Cada bloque lleva una `clave` que sale de la fila de donde viene (`punto-12`, `acuerdo-7`, `cierre`):
con ella se le ancla, se le cita y se le edita, aunque el acta cambie de orden o de estilo.
"""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from stl_portal.texto import a_html

SECCION, SUBTITULO, PARRAFO, ACUERDO = "seccion", "subtitulo", "parrafo", "acuerdo"
FICHA, ORDEN, PERSONAS, VOTOS, ANEXOS = "ficha", "orden", "personas", "votos", "anexos"
RESULTADO, FIRMAS, FIN = "resultado", "firmas", "fin"

# Prosa: se puede reescribir a mano. Lo demás son datos y se corrige donde se capturan.
EDITABLES = frozenset({PARRAFO, ACUERDO})


@dataclass(frozen=True)
class Renglon:
    """Punto del orden del día, con los suyos dentro."""

    etiqueta: str
    titulo: str
    nota: str = ""
    dentro: "tuple[Renglon, ...]" = ()


@dataclass(frozen=True)
class Bloque:
    """Una pieza del acta. `paso` es el de la mesa donde se corrigen sus datos; `nivel`, el del encabezado."""

    clave: str
    clase: str
    texto: str = ""
    rotulo: str = ""
    filas: tuple[tuple[str, ...], ...] = ()
    renglones: tuple[Renglon, ...] = ()
    paso: str = ""
    nivel: int = 3
    espacios: tuple[str, ...] = ()  # nombres de los espacios de firma, uno por fila, si se firmará

    @property
    def editable(self) -> bool:
        """Es prosa que una persona puede reescribir."""
        return self.clase in EDITABLES

    @property
    def html(self) -> SafeString:
        """El texto con su formato limitado, seguro para mostrarse."""
        return a_html(self.texto)

    @property
    def firmantes(self) -> list[dict[str, str]]:
        """Las filas de la hoja de firmas, como las dibujan las plantillas de documentos."""
        campos = self.espacios or [""] * len(self.filas)
        return [
            dict(zip(("nombre", "cargo", "dependencia", "campo"), (*fila, campo), strict=True))
            for fila, campo in zip(self.filas, campos, strict=True)
        ]

    @property
    def plantilla(self) -> str:
        """Plantilla que lo dibuja, en pantalla y en PDF."""
        return f"documentos/sesiones/bloques/{self.clase}.html"


def seccion(clave: str, rotulo: str) -> Bloque:
    """Encabezado de una parte del acta."""
    return Bloque(clave, SECCION, rotulo=rotulo)


def parrafo(clave: str, texto: str, *, paso: str = "") -> Bloque:
    """Prosa que una persona puede reescribir."""
    return Bloque(clave, PARRAFO, texto=texto, paso=paso)
