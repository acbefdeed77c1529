"""Lo que alguien escribió en la caja, entendido: qué palabras, qué frases y qué se dejó fuera.

Nada de lo escrito llega a la base como instrucción: solo letras y cifras, cada una entre comillas.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from stl_portal.buscador import raices

LETRAS = 200
PARTES = 12
PREFIJO = 3  # con menos letras, la última palabra no se completa
_TROZOS = re.compile(r'"([^"]*)"|([^\s"]+)')
_COMILLAS = str.maketrans("“”«»„‟″", '"' * 7)
# Lo que puede faltarle a una palabra a medio escribir: «transparenc» es «transparencia».
_FINALES = ("", "a", "o", "e", "ia", "on", "ion", "cion", "es")


@dataclass(frozen=True)
class Parte:
    """Algo que debe decir lo hallado: una o varias raíces seguidas; la última, quizá, a medio escribir."""

    raices: tuple[str, ...]
    prefijo: str = ""  # lo escrito de la última palabra, si se completa
    completas: tuple[str, ...] = ()  # raíces que tendría ya completa, además de las que empiezan así

    def es(self, raiz: str) -> bool:
        """Si esa raíz cumple una parte de una sola palabra."""
        if self.prefijo:
            return raiz.startswith(self.prefijo) or raiz in self.completas
        return self.raices == (raiz,)


@dataclass(frozen=True)
class Consulta:
    """Todas las partes deben cumplirse, o las que digan en `faltando` que pueden faltar.

    `escrito` es lo que se muestra; `avisos`, lo que se recortó.
    """

    escrito: str = ""
    partes: tuple[Parte, ...] = ()
    avisos: tuple[str, ...] = ()
    faltando: int = 0

    @property
    def bastan(self) -> int:
        """Cuántas partes deben cumplirse."""
        return len(self.partes) - self.faltando

    def con_menos(self) -> Iterator["Consulta"]:
        """La misma, exigiendo cada vez menos partes: todas menos una, menos dos y, al final, cualquiera."""
        cuantas = len(self.partes)
        for faltando in dict.fromkeys((1, 2, cuantas - 1)):
            if 0 < faltando < cuantas:
                yield replace(self, faltando=faltando)

    def __bool__(self) -> bool:
        return bool(self.partes)


def leer(texto: str) -> Consulta:
    """Entiende lo escrito; nunca falla. Sin letras ni cifras, la consulta queda vacía."""
    limpio = " ".join("".join(map(_visible, texto[: LETRAS * 10])).split())
    escrito, avisos = limpio[:LETRAS].strip(), []
    if len(limpio) > LETRAS or len(texto) > LETRAS * 10:
        avisos.append(f"Es muy largo: se buscaron los primeros {LETRAS} caracteres.")
    partes = _partes(escrito)
    if len(partes) > PARTES:
        avisos.append(f"Son muchas palabras: se buscaron las primeras {PARTES}.")
        partes = partes[:PARTES]
    if escrito and not partes:
        avisos.append("Escribe al menos una letra o un número: los signos no se buscan.")
    return Consulta(escrito, tuple(partes), tuple(avisos))


def _visible(letra: str) -> str:
    """Un guion optativo no parte la palabra; un salto o un byte nulo, sí."""
    if letra.isprintable():
        return letra
    return "" if unicodedata.category(letra) == "Cf" else " "


def _partes(escrito: str) -> list[Parte]:
    """Cada palabra y cada frase; sin las palabras vacías, salvo que no haya otras."""
    trozos = [(t[1] is not None, t[1] or t[2] or "") for t in _TROZOS.finditer(escrito.translate(_COMILLAS))]
    leidos = [(frase, dichas) for frase, trozo in trozos if (dichas := raices.palabras(trozo))]
    llenos = [t for t in leidos if t[0] or len(t[1]) > 1 or t[1][0] not in raices.VACIAS] or leidos
    ultimo = len(llenos) - 1
    unicas = dict.fromkeys(
        _parte(dichas, completa=frase or n < ultimo) for n, (frase, dichas) in enumerate(llenos)
    )
    return list(unicas)


def _parte(dichas: list[str], *, completa: bool) -> Parte:
    """«1.5.3» y «agua potable» entre comillas son frases; la última palabra suelta se completa."""
    suyas = tuple(raices.raiz(palabra) for palabra in dichas)
    ultima = dichas[-1]
    if completa or len(dichas) > 1 or len(ultima) < PREFIJO or raices.fija(ultima):
        return Parte(suyas)
    completas = dict.fromkeys(raices.raiz(ultima + final) for final in _FINALES)
    return Parte(suyas, ultima, tuple(raiz for raiz in completas if not raiz.startswith(ultima)))
