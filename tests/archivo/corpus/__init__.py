"""Los archivos hostiles, hechos en el momento: lo que se rechaza con su frase y lo que se tolera inerte.

Cada rechazo es `(nombre con que se sube, contenido, frase)`; lo tolerado no lleva frase: se acepta y la
prueba es que nunca se entrega como algo que se ejecute.
"""

from . import comprimidos, imagenes, medios, nombres, oficina, otra_cosa, pdf, textos

SALAS = (otra_cosa, pdf, imagenes, oficina, textos, medios, comprimidos, nombres)
HOSTILES: dict[str, tuple[str, bytes, str]] = {
    caso: archivo for sala in SALAS for caso, archivo in sala.HOSTILES.items()
}
TOLERADOS: dict[str, tuple[str, bytes]] = {
    caso: archivo for sala in SALAS for caso, archivo in sala.TOLERADOS.items()
}
