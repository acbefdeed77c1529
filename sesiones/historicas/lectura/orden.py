"""El orden del día en árbol, con cualquier numeración: romanos, incisos, cifras, decimales o viñetas."""

import re
from dataclasses import dataclass, field
from itertools import zip_longest

from .etiquetas import Etiqueta, leer
from .frases import fin_de
from .hallado import Confianza, Hallado, Punto
from .letras import llano
from .renglones import Parrafo
from .renglones import Renglon as Linea

HONDURA = 3  # niveles que admite el portal
PUNTOS = 150  # más no es un orden del día


@dataclass
class Renglon:
    """Un punto mientras se arma la lista."""

    ruta: tuple[int, ...]
    parrafo: Parrafo
    etiqueta: Etiqueta


@dataclass
class Lista:
    """La lista conforme se lee: qué clase de etiqueta lleva cada nivel y en qué número va."""

    puntos: list[Renglon] = field(default_factory=list)
    _clases: list[str] = field(default_factory=list)
    _numeros: list[int] = field(default_factory=list)

    def admite(self, etiqueta: Etiqueta, parrafo: Parrafo) -> bool:
        """Si esa etiqueta continúa la lista."""
        if not self.puntos:
            return etiqueta.numero <= 1
        if len(self.puntos) >= PUNTOS:
            return False
        return self._nivel(etiqueta) is not None and not self._ya_esta(etiqueta, parrafo)

    def _ya_esta(self, etiqueta: Etiqueta, parrafo: Parrafo) -> bool:
        """Un punto repetido con su título es el comienzo del desahogo."""
        titulo = llano(parrafo.texto[etiqueta.fin :])[:40].rstrip(" .;:")
        return any(
            p.etiqueta.clase == etiqueta.clase and llano(p.parrafo.texto[p.etiqueta.fin :]).startswith(titulo)
            for p in self.puntos
        )

    def agregar(self, etiqueta: Etiqueta | None, parrafo: Parrafo) -> None:
        """Suma el punto en el nivel que su etiqueta dice."""
        if etiqueta is None:
            return
        nivel = self._nivel(etiqueta) or 0
        nuevo = nivel >= len(self._clases)
        clase = self._clase(etiqueta)
        if nuevo:
            self._clases.append(clase)
            self._numeros.append(1)
        else:
            self._clases = self._clases[: nivel + 1]
            self._numeros = [*self._numeros[:nivel], self._numeros[nivel] + 1]
        self.puntos.append(Renglon(tuple(self._numeros), parrafo, etiqueta))

    @staticmethod
    def _clase(etiqueta: Etiqueta) -> str:
        """Los decimales de cada hondura son una clase; las viñetas, por su dibujo."""
        if etiqueta.clase == "decimal":
            return f"decimal{etiqueta.hondura}"
        return f"vineta{etiqueta.texto}" if etiqueta.clase == "vineta" else etiqueta.clase

    def _nivel(self, etiqueta: Etiqueta) -> int | None:
        """En qué nivel va: el de su clase si sigue la cuenta, uno más hondo si empieza, o None."""
        clase = self._clase(etiqueta)
        for nivel in range(len(self._clases) - 1, -1, -1):
            if self._clases[nivel] == clase:
                sigue = etiqueta.clase == "vineta" or etiqueta.numero in self._siguientes(nivel)
                return nivel if sigue else None
        empieza = etiqueta.clase == "vineta" or etiqueta.numero == 1
        return len(self._clases) if empieza and len(self._clases) < HONDURA else None

    def _siguientes(self, nivel: int) -> tuple[int, ...]:
        """El número que sigue, o el que le sigue si el OCR se comió uno."""
        ultimo = next(p.etiqueta.numero for p in reversed(self.puntos) if len(p.ruta) == nivel + 1)
        return ultimo + 1, ultimo + 2


_TIPOS = (
    (
        "lista",
        r"\b(?:lista|pase|registro|verificacion)\b.{0,40}\b(?:asistencia|quorum)|declara\w+ (?:de "
        r"|del )?quorum",
    ),
    ("propuestas", r"espacio para|propong\w+ (?:tematicas|temas|asuntos)|registro de asuntos generales"),
    ("orden", r"orden del dia"),
    ("acta", r"\bacta\b.{0,40}\b(?:presente|esta misma) (?:sesion|reunion)"),
    ("acta_anterior", r"\b(?:aprobacion|lectura|firma)\b.{0,60}\bactas?\b"),
    ("generales", r"^asuntos? (?:generales|varios)"),
)
_TIPO = [(tipo, re.compile(patron)) for tipo, patron in _TIPOS]


def tipo_de(titulo: str) -> str:
    """Para qué sirve el punto, por su título."""
    plano = llano(titulo)
    return next((tipo for tipo, patron in _TIPO if patron.search(plano)), "asunto")


def titulo_limpio(texto: str) -> str:
    """El título sin lo que lo separa del siguiente."""
    return texto.strip(" |").rstrip(" .;,:|").removesuffix(" y")[:500].rstrip(" ;.,")


def proponer(lista: Lista) -> list[Hallado[Punto]]:
    """Los puntos en orden de lectura; los que tienen incisos son encabezados."""
    rutas = {p.ruta[:-1] for p in lista.puntos}
    return [_punto(p, con_hijos=p.ruta in rutas) for p in lista.puntos]


def _punto(renglon: Renglon, *, con_hijos: bool) -> Hallado[Punto]:
    titulo = titulo_limpio(renglon.parrafo.texto[renglon.etiqueta.fin :])
    tipo = tipo_de(titulo)
    if con_hijos and tipo == "asunto":
        tipo = "grupo"
    confianza = Confianza.MEDIA if renglon.etiqueta.clase == "vineta" else Confianza.ALTA
    return Hallado(Punto(renglon.ruta, titulo, tipo), renglon.parrafo.renglones, confianza)


_EN_LINEA = re.compile(r"(?:^|[:;.,]\s+|\s)(?=(?:[IVX]{1,5}|\d{1,2}|[a-z])(?:\.-|[.)])\s)")


def en_linea(parrafo: Parrafo) -> Lista:
    """Un orden del día escrito de corrido: «… orden del día: 1. Lista de asistencia; 2. …»."""
    lista = Lista()
    desde = parrafo.llano.find("orden del dia")
    cortes = [m.end() for m in _EN_LINEA.finditer(parrafo.texto, max(desde, 0))]
    for inicio, fin in zip_longest(cortes, cortes[1:], fillvalue=len(parrafo.texto)):
        trozo = parrafo.texto[inicio : min(fin, fin_de(parrafo.texto, inicio))]
        etiqueta = leer(trozo)
        if etiqueta and lista.admite(etiqueta, _trozo(parrafo, inicio, trozo)):
            lista.agregar(etiqueta, _trozo(parrafo, inicio, trozo))
    return lista if len(lista.puntos) >= 3 else Lista()


def _trozo(parrafo: Parrafo, inicio: int, texto: str) -> Parrafo:
    """Un pedazo del párrafo que recuerda de qué renglones salió."""
    renglones = parrafo.renglones_de(inicio, inicio + len(texto)) or parrafo.renglones[:1]
    return Parrafo((Linea(renglones[0], texto), *(Linea(n, "") for n in renglones[1:])))
