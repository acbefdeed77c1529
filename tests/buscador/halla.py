"""Buscar y comprobar, dicho corto."""

from typing import Any

from stl_portal.buscador import reindexar
from stl_portal.buscador.buscar import buscar
from stl_portal.buscador.coincidencias import Filtros, coincidencias
from stl_portal.buscador.consulta import leer
from stl_portal.buscador.fuentes import FUENTES, Fuente, Lugar
from stl_portal.buscador.models import Hallable


def claves(q: str, **filtros: Any) -> list[str]:
    """Las claves de todo lo que coincide, sin orden que importe."""
    consulta = leer(q)
    return sorted(una.clave for una in coincidencias(consulta, Filtros(**filtros))) if consulta else []


def en_orden(q: str, **filtros: Any) -> list[str]:
    """La clave del mejor lugar de cada documento, como se muestran."""
    return [d.primero.clave for d in buscar(leer(q), Filtros(**filtros)).documentos]


def al_dia(solo: str = "") -> bool:
    """Si el índice dice lo mismo que daría rehacerlo desde cero; si no, la prueba muestra en qué difiere."""
    reindexar.al_dia()
    assert [d for d in reindexar.comprobar() if d.clave.startswith(solo)] == []
    return True


def todo_lo_indexado() -> str:
    """Cada palabra que el índice guarda, de cualquier campo."""
    reindexar.al_dia()
    textos = ("titulo", "texto", "de_donde", "raices_titulo", "raices_texto", "raices_de_donde")
    filas = Hallable.objects.values_list("clave", "url", *textos)
    return "\n".join(campo for fila in filas for campo in fila)


def poner(*lugares: Lugar) -> None:
    """Los publica como una fuente de prueba; hay que pedir `fuente_de_prueba`."""
    PUESTOS[:] = lugares
    reindexar.rehacer(["ensayo:1"])


PUESTOS: list[Lugar] = []


def apuntar_ensayo() -> None:
    """Una fuente que da lo que la prueba puso."""

    def de(grupo: str) -> list[Lugar]:
        return PUESTOS if grupo == "ensayo:1" else []

    FUENTES["ensayo"] = Fuente("ensayo", {}, lambda: ["ensayo:1"] if PUESTOS else [], de)
