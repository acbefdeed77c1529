"""Lo que el plan muestra a cualquiera, apuntado en las listas del portal."""

from stl_portal.archivo.procedencia import DE_DONDE
from stl_portal.publico import registro

from . import (
    citas,
    donde_esta,
    enlazada,
    hechos,
    informe_anual,
    mapa_del_sitio,
    parecidas,
    portada,
    preguntas,
    que_cambio,
    relacionables,
    seguidores,
)


def registrar() -> None:
    """Se llama desde `EjesConfig.ready()`; repetirlo no duplica nada."""
    registro.apuntar(DE_DONDE, donde_esta.de_la_evidencia)
    for cada_uno in (citas, que_cambio, hechos, portada, preguntas, mapa_del_sitio, enlazada, parecidas):
        cada_uno.registrar()
    informe_anual.registrar()
    relacionables.registrar()
    seguidores.registrar()
