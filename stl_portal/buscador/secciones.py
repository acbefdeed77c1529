"""A qué página del portal ir directo cuando lo buscado nombra su tema: «cómo va el plan», «próxima sesión».

El portal no conoce las aplicaciones: cada una apunta sus páginas desde `AppConfig.ready()`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from stl_portal.buscador import raices
from stl_portal.datos.registro import CONJUNTOS

A_LA_VISTA = 4
DE_DATOS = ("datos", "descargar", "csv", "excel", "json")  # con una de estas se nombra además un conjunto


@dataclass(frozen=True)
class Seccion:
    """Una página y lo que la nombra: basta que se digan todas las palabras de alguno de sus `temas`."""

    texto: str
    url: str
    temas: tuple[str, ...]

    def nombrada(self, dichas: frozenset[str]) -> int:
        """Cuántas palabras de lo buscado son de su tema; 0 si no la nombra."""
        suyas = (frozenset(map(raices.raiz, raices.palabras(tema))) for tema in self.temas)
        return max((len(tema) for tema in suyas if tema <= dichas), default=0)


SECCIONES: dict[str, Seccion] = {}


def apuntar_seccion(texto: str, url: str, *temas: str) -> None:
    """Apunta una página con sus temas; repetirla no la duplica. `url` empieza con «/»."""
    SECCIONES[url] = Seccion(texto, url, temas)


def nombradas(escrito: str) -> list[Seccion]:
    """Las que lo escrito nombra, primero la que más."""
    dichas = frozenset(map(raices.raiz, raices.palabras(escrito)))
    cuanto = [(seccion.nombrada(dichas), seccion) for seccion in (*SECCIONES.values(), *_conjuntos())]
    en_orden = sorted((par for par in cuanto if par[0]), key=lambda par: -par[0])
    return [seccion for _, seccion in en_orden[:A_LA_VISTA]]


def _conjuntos() -> Iterator[Seccion]:
    """Cada conjunto de datos abiertos: «datos de asistencias», «csv de acuerdos»."""
    for conjunto in CONJUNTOS.values():
        temas = tuple(f"{palabra} {conjunto.clave}" for palabra in DE_DATOS)
        yield Seccion(f"Datos abiertos: {conjunto.titulo}", f"/datos/{conjunto.clave}/", temas)


def apuntar_las_del_portal() -> None:
    """Las páginas que no son de ninguna aplicación; repetirlo no las duplica."""
    apuntar_seccion("Calendario", "/calendario/", "próxima sesión", "calendario", "cuándo", "cuándo sesión")
    apuntar_seccion("Qué cambió esta semana", "/novedades/", "novedades", "noticias", "qué cambió")
    apuntar_seccion("Datos abiertos", "/datos/", "datos", "datos abiertos", "descargar", "csv", "excel")
    apuntar_seccion("Preguntas de la ciudadanía", "/preguntas/", "preguntas", "preguntar", "opinar")
    apuntar_seccion("Seguir por correo", "/seguir/", "suscribir", "suscripción", "correo", "avisos")
