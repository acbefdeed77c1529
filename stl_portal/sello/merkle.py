"""Árbol de Merkle del registro (RFC 6962 §2.1): con pocas huellas se prueba que algo consta en él.

Todo es puro: entran y salen bytes. Una hoja es el hash de un eslabón, en sus 32 bytes.
"""

import hashlib
from collections.abc import Sequence


def hoja(dato: bytes) -> bytes:
    """Hash de una hoja: SHA-256 de 0x00 y el dato."""
    return hashlib.sha256(b"\x00" + dato).digest()


def nodo(izquierdo: bytes, derecho: bytes) -> bytes:
    """Hash de dos ramas: SHA-256 de 0x01 y ambas."""
    return hashlib.sha256(b"\x01" + izquierdo + derecho).digest()


def raiz(datos: Sequence[bytes]) -> bytes:
    """Raíz de todas las hojas; la de ninguna es SHA-256 de nada."""
    if not datos:
        return hashlib.sha256().digest()
    nivel = [hoja(dato) for dato in datos]
    while len(nivel) > 1:
        suelta = nivel[-1:] if len(nivel) % 2 else []
        nivel = [nodo(*par) for par in zip(nivel[::2], nivel[1::2], strict=False)] + suelta
    return nivel[0]


def prueba_de_inclusion(datos: Sequence[bytes], indice: int) -> list[bytes]:
    """Las huellas hermanas, de la hoja a la raíz, de la hoja `indice` (desde 0).

    Lanza `IndexError` si no hay tal hoja.
    """
    if not 0 <= indice < len(datos):
        raise IndexError(indice)
    if len(datos) == 1:
        return []
    corte = _corte(len(datos))
    if indice < corte:
        return [*prueba_de_inclusion(datos[:corte], indice), raiz(datos[corte:])]
    return [*prueba_de_inclusion(datos[corte:], indice - corte), raiz(datos[:corte])]


def lados(indice: int, tamano: int) -> list[str]:
    """De qué lado va cada huella de `prueba_de_inclusion`: «izquierda» o «derecha»."""
    if tamano == 1:
        return []
    corte = _corte(tamano)
    if indice < corte:
        return [*lados(indice, corte), "derecha"]
    return [*lados(indice - corte, tamano - corte), "izquierda"]


def prueba_de_consistencia(datos: Sequence[bytes], antes: int) -> list[bytes]:
    """Las huellas que prueban que el árbol de `antes` hojas es el principio de este.

    Lanza `ValueError` si `antes` no está entre 1 y el tamaño.
    """
    if not 0 < antes <= len(datos):
        raise ValueError(antes)
    return _subprueba(datos, antes, completo=True)


def _subprueba(datos: Sequence[bytes], antes: int, *, completo: bool) -> list[bytes]:
    """SUBPROOF de la RFC; `completo`: si la rama es el árbol anterior entero, su raíz ya se conoce."""
    if antes == len(datos):
        return [] if completo else [raiz(datos)]
    corte = _corte(len(datos))
    if antes <= corte:
        return [*_subprueba(datos[:corte], antes, completo=completo), raiz(datos[corte:])]
    return [*_subprueba(datos[corte:], antes - corte, completo=False), raiz(datos[:corte])]


class Frontera:
    """El árbol mientras crece: agrega hojas y da la raíz sin volver a calcular lo anterior."""

    def __init__(self) -> None:
        self._ramas: list[tuple[int, bytes]] = []  # árboles completos, de mayor a menor: alto y raíz

    def agregar(self, dato: bytes) -> None:
        """Pone una hoja más y une las ramas que quedaron del mismo alto."""
        alto, actual = 0, hoja(dato)
        while self._ramas and self._ramas[-1][0] == alto:
            actual = nodo(self._ramas.pop()[1], actual)
            alto += 1
        self._ramas.append((alto, actual))

    def raiz(self) -> bytes:
        """La raíz de lo agregado hasta ahora."""
        if not self._ramas:
            return raiz([])
        actual = self._ramas[-1][1]
        for _, rama in reversed(self._ramas[:-1]):
            actual = nodo(rama, actual)
        return actual


def _corte(cuantas: int) -> int:
    """La mayor potencia de dos menor que `cuantas` (que es al menos 2)."""
    return 1 << (cuantas - 1).bit_length() - 1


def incluye(dato: bytes, indice: int, tamano: int, prueba: Sequence[bytes], esperada: bytes) -> bool:
    """Si la prueba lleva de la hoja `indice` a la raíz de un árbol de `tamano` (RFC 9162 §2.1.3.2)."""
    if not 0 <= indice < tamano:
        return False
    lugar, ultimo, actual = indice, tamano - 1, hoja(dato)
    for hermana in prueba:
        if ultimo == 0:
            return False
        if lugar & 1 or lugar == ultimo:
            actual = nodo(hermana, actual)
            while not lugar & 1 and lugar:
                lugar, ultimo = lugar >> 1, ultimo >> 1
        else:
            actual = nodo(actual, hermana)
        lugar, ultimo = lugar >> 1, ultimo >> 1
    return ultimo == 0 and actual == esperada


def es_continuacion(
    antes: int, ahora: int, prueba: Sequence[bytes], raiz_antes: bytes, raiz_ahora: bytes
) -> bool:
    """Si el árbol de `ahora` hojas empieza por el de `antes` (RFC 9162 §2.1.4.2)."""
    if antes == ahora:
        return not prueba and raiz_antes == raiz_ahora
    if not 0 < antes < ahora:
        return False
    pasos = list(prueba) if antes & (antes - 1) else [raiz_antes, *prueba]
    if not pasos:
        return False
    return _reconstruidas(antes - 1, ahora - 1, pasos) == (raiz_antes, raiz_ahora)


def _reconstruidas(lugar: int, ultimo: int, pasos: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Las dos raíces que la prueba alcanza, o None si le sobran o le faltan pasos."""
    while lugar & 1:
        lugar, ultimo = lugar >> 1, ultimo >> 1
    vieja = nueva = pasos[0]
    for paso in pasos[1:]:
        if ultimo == 0:
            return None
        if lugar & 1 or lugar == ultimo:
            vieja, nueva = nodo(paso, vieja), nodo(paso, nueva)
            while not lugar & 1 and lugar:
                lugar, ultimo = lugar >> 1, ultimo >> 1
        else:
            nueva = nodo(nueva, paso)
        lugar, ultimo = lugar >> 1, ultimo >> 1
    return (vieja, nueva) if ultimo == 0 else None
