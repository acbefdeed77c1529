"""Lo que la participación aporta al portal: pendientes, espacio, recordatorios, datos y demostración."""

from stl_portal.avisos.registro import RECORDATORIOS
from stl_portal.publico import registro
from stl_portal.publico.registro import apuntar

from . import (
    buscables,
    conjunto,
    demo,
    edicion_publica,
    mapa_del_sitio,
    mensajes,
    pendientes,
    que_cambio,
    recordatorios,
)


def apuntar_todo() -> None:
    """Se llama desde `ParticipacionConfig.ready()`; repetirlo no duplica nada."""
    apuntar(registro.PENDIENTES, pendientes.todo)
    apuntar(registro.ESPACIOS, pendientes.espacios)
    apuntar(registro.DEMOSTRACION_AL_FINAL, demo.cargar)
    apuntar(RECORDATORIOS, recordatorios.enviar)
    mensajes.registrar()
    conjunto.registrar()
    buscables.registrar()
    edicion_publica.registrar()
    mapa_del_sitio.registrar()
    que_cambio.registrar()
