"""Lo que las actas históricas aportan al portal."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from sesiones import permisos
from sesiones.historicas import demo
from stl_portal.publico import edicion, registro
from stl_portal.publico.registro import Espacio, apuntar

PRIVADAS = {
    "historicas_actaportranscribir": "El acta que se está transcribiendo es de quien conduce.",
    "historicas_cambioactaportranscribir": "Su historia, también.",
    "historicas_aliasinstitucion": "Sirve para reconocer instituciones al leer un acta.",
}


def de_las_historicas(usuario: Any, al: dt.date) -> Iterator[Espacio]:
    """Donde se transcriben las actas viejas, para quien conduce algún órgano."""
    if permisos.organos_que_conduce(usuario, al).exists():
        yield Espacio(
            nombre="Actas históricas",
            descripcion="De un acta vieja, pegada o en archivo, a una sesión capturada",
            url=reverse("historicas:lista"),
        )


def apuntar_todo() -> None:
    """Se llama desde `HistoricasConfig.ready()`; repetirlo no duplica nada."""
    edicion.apuntar_privadas(PRIVADAS, {})
    apuntar(registro.ESPACIOS, de_las_historicas)
    apuntar(registro.DEMOSTRACION_AL_FINAL, demo.cargar)
