"""Fábricas llanas de la agenda: eventos hechos con los verbos del modelo."""

import datetime as dt
from typing import Any

from sesiones.eventos.models import Evento
from tests.personas import DIA, Reparto

HORA = dt.time(10, 0)


def crear(reparto: Reparto, **cambios: Any) -> Evento:
    """Un borrador de una mañana, con los cambios que pida la prueba."""
    datos: dict[str, Any] = {"titulo": "Panel de prueba", "tipo": "panel", "dia": DIA, "hora": HORA}
    return Evento.objects.create(organo=reparto.organo, **{"lugar": "Sala de prueba", **datos, **cambios})


def publicado(reparto: Reparto, **cambios: Any) -> Evento:
    """Uno que cualquiera puede leer."""
    evento = crear(reparto, **cambios)
    evento.publicar(reparto.cuentas["facilitadora"])
    return evento


def anunciado(reparto: Reparto) -> dict[str, str | int]:
    """El de la matriz de permisos: publicado, con quien participa."""
    evento = publicado(reparto)
    evento.ponentes.create(
        nombre="Ponente de Prueba", cargo="Directora", institucion="Instituto", tema="Datos"
    )
    evento.materiales.create(titulo="Guía", direccion="https://ejemplo.example/guia")
    return {"evento": evento.pk, "clave_de_evento": evento.clave}


def guardado(reparto: Reparto) -> Evento:
    """Un borrador con todo lo que podría fugarse, y una cifra que todavía no se publica."""
    evento = crear(reparto, titulo="Zarzamora", organiza="Alguien", descripcion="Por definir")
    evento.ponentes.create(nombre="Por confirmar", tema="Sorpresa")
    evento.materiales.create(titulo="Borrador de la guía", direccion="https://ejemplo.example/borrador")
    reparto.organo.cifras_de_redes.create(
        red="facebook", medida="alcance", desde=DIA, hasta=DIA, literal="52k", valor=52_000
    )
    return evento
