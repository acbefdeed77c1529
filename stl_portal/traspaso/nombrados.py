"""Cómo se dicen los nombres que trae un archivo ajeno: pocos y cortos, para que la frase se pueda leer."""

from collections.abc import Collection

from stl_portal.espanol import citado

CUANTOS = 12
LARGO = 60  # letras de cada uno


def nombrar(nombres: Collection[str]) -> str:
    """«clave, nombre y 3 más»; de cada uno, el principio."""
    sobran = len(nombres) - CUANTOS
    dichos = ", ".join(recortado(nombre) for nombre in list(nombres)[:CUANTOS])
    return f"{dichos} y {sobran} más" if sobran > 0 else dichos


def recortado(nombre: str) -> str:
    """El principio, en un renglón y sin lo que no se ve."""
    return citado(nombre, LARGO)
