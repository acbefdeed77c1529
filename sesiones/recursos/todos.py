"""Los recursos de las sesiones, como se apuntan; el orden de importación sale de sus dependencias."""

from collections.abc import Mapping

from stl_portal.traspaso.registro import AL_TERMINAR, NO_VIAJAN, apuntar
from stl_portal.traspaso.registro import SIN_RECURSO as DE_TODOS

from . import actas, asentar, calendario, integrantes, organos, sesiones

TODOS = (*organos.TODOS, *integrantes.TODOS, *sesiones.TODOS, *calendario.TODOS, *actas.TODOS)

# Las tablas que no viajan, con su porqué.
SIN_RECURSO: Mapping[str, str] = {
    "sesiones.Rol": "Dan permisos: se dan en cada portal, uno por uno.",
    "sesiones.RaizDeConfianza": "Deciden qué firmas se aceptan: se dan de alta en cada portal, una por una.",
    "sesiones.Envio": "Evita que un mismo envío se atienda dos veces; se borra solo.",
    "sesiones.Presencia": "Dice quién escribe en este momento.",
    "sesiones.Preparacion": "El turno de quien firma dura minutos.",
    "historicas.ActaPorTranscribir": "Es trabajo a medias: se vuelve a subir el documento.",
    "historicas.CambioActaPorTranscribir": "Es trabajo a medias: se vuelve a subir el documento.",
    **dict.fromkeys(
        (
            *("certamenes.Certamen", "certamenes.CambioCertamen", "certamenes.Apartado"),
            *("certamenes.Criterio", "certamenes.ActoPublico", "certamenes.Postulacion"),
            *("certamenes.CambioPostulacion", "certamenes.Respuesta", "certamenes.Evidencia"),
            *("certamenes.IntegranteDelComite", "certamenes.Dictamen"),
            *("certamenes.Puntaje", "certamenes.Resultado"),
        ),
        "Llevan ligas firmadas de quien postula, que aquí no abrirían nada.",
    ),
    "archivo.Subida": "Es un archivo que llega en partes en este momento.",
}
# Lo mismo, como se dice en la página.
PORQUES: Mapping[str, str] = {
    "Roles": "dan permisos: se dan en cada portal, uno por uno.",
    "Raíces de confianza": "deciden qué firmas se aceptan: se dan de alta en cada portal, una por una.",
    "Actas por transcribir": "es trabajo a medias: se vuelve a subir el documento.",
    "Certámenes y postulaciones": "llevan ligas firmadas de quien postula, que aquí no abrirían nada.",
    "Lo que se escribe en este momento": "quién tiene abierto un texto y los turnos de firma duran minutos.",
}


def registrar() -> None:
    """Los apunta; se llama al arrancar."""
    apuntar(*TODOS)
    if asentar.al_terminar not in AL_TERMINAR:
        AL_TERMINAR.append(asentar.al_terminar)
    DE_TODOS.update(SIN_RECURSO)
    NO_VIAJAN.update(PORQUES)
