"""Cuántos caracteres tiene lo escrito: igual aquí que en el navegador (`static/js/conteo.js`).

Se cuenta lo que se va a guardar: puntos de código en su forma compuesta (una «é» es una, venga como venga).
Un salto de línea cuenta uno; lo que no se ve, los renglones vacíos de más y los blancos de las orillas, nada.
"""

from stl_portal.texto import limpiar_llano


def largo(escrito: str) -> int:
    """Los caracteres que cuentan contra el tope."""
    return len(limpiar_llano(escrito))


def sobra(escrito: str, tope: int) -> str:
    """La frase que dice cuánto quitar; vacía si cabe."""
    cuantos = largo(escrito)
    de_mas = cuantos - tope
    if de_mas <= 0:
        return ""
    verbo = "sobra" if de_mas == 1 else "sobran"
    return f"Son {cuantos:,} caracteres y caben {tope:,}: {verbo} {de_mas:,}."
