"""Los mensajes de una convocatoria pública: a quien postula y al comité."""

import datetime as dt
from typing import Any

from stl_portal.avisos.clases import A_PEDIDO, Clase, apuntar

A_QUIEN_POSTULA = "avisos/correo/postulacion.txt"
AL_COMITE = "avisos/correo/comite.txt"

_EJEMPLO: dict[str, Any] = {
    "certamen": "Reconocimiento de prácticas (ejemplo)",
    "organo": "Secretariado de ejemplo (ficticio)",
    "ficticio": True,
    "folio": "C-2026-0001",
    "publica": "https://portal.example/convocatorias/ejemplo/practicas-2026/",
    "ventana": {"dicha": "Recibe hasta el 30 de noviembre de 2026 a las 18:00 h"},
    "postulacion": {
        "estado": "iniciada",
        "folio_dicho": "C-2026-0001",
        "titulo": "Práctica de ejemplo",
        "presentada_el": dt.datetime(2026, 11, 22, 18, tzinfo=dt.UTC),
    },
    "resultado": {"dicho": "Mención honorífica"},
    "integrante": {"institucion": "Institución de ejemplo"},
    "primera_vez": True,
    "hasta": "11 de diciembre de 2026",
    "faltan": 2,
    "dicho": "Ya puedes publicar los resultados",
    "liga": "https://portal.example/convocatorias/postulacion/ejemplo/",
    "liga_contrasena": "https://portal.example/contrasena/olvidada/",
    "dias": 3,
}


def _de_quien_postula(acto: str, nombre: str, cuando: str, asunto: str, boton: str) -> Clase:
    return Clase(
        clave=f"certamen.{acto}",
        nombre=nombre,
        cuando=cuando,
        quienes="A quien postula",
        asunto=asunto,
        plantilla=A_QUIEN_POSTULA,
        ejemplo={**_EJEMPLO, "acto": acto},
        siempre=A_PEDIDO,
        boton=boton,
    )


LIGA = _de_quien_postula(
    "liga", "Tu liga para postular", "Al pedirla", "Tu liga para postular", "Seguir con mi postulación"
)
ACUSE = _de_quien_postula(
    "acuse",
    "Acuse de la postulación",
    "Al presentarla",
    "Recibimos tu postulación, folio {folio}",
    "Ver mi acuse",
)
RESULTADOS = _de_quien_postula(
    "resultados", "Resultados", "Al publicarse los resultados", "Resultados: {certamen}", "Ver los resultados"
)
COMITE = Clase(
    clave="certamen.comite",
    nombre="Estás en un comité",
    cuando="Al sumar a alguien al comité",
    quienes="A quien se suma",
    asunto="Estás en el comité de «{certamen}»",
    plantilla=AL_COMITE,
    ejemplo={**_EJEMPLO, "acto": "suma"},
    siempre="Dice por dónde se entra a calificar.",
    boton="Poner mi contraseña",
)
CALIFICAR = Clase(
    clave="certamen.calificar",
    nombre="Ya puedes calificar",
    cuando="Al cerrar la convocatoria",
    quienes="A quienes integran el comité",
    asunto="Ya puedes calificar: {certamen}",
    plantilla=AL_COMITE,
    ejemplo={**_EJEMPLO, "acto": "calificar"},
    boton="Calificar",
)
RECORDAR_AL_COMITE = Clase(
    clave="certamen.recordar",
    nombre="Te falta calificar",
    cuando="Días antes de que termine el plazo para calificar",
    quienes="A quien integra el comité y no ha terminado",
    asunto="{certamen}",
    plantilla=AL_COMITE,
    ejemplo={**_EJEMPLO, "acto": "recuerda", "certamen": f"Quedan 3 días: {_EJEMPLO['certamen']}"},
    boton="Calificar",
)
PARA_QUIEN_CONDUCE = Clase(
    clave="certamen.conducir",
    nombre="Una convocatoria pública espera su paso siguiente",
    cuando="Cuando el comité terminó o se le acabó el plazo",
    quienes="A quienes conducen el órgano",
    asunto="{dicho}: {certamen}",
    plantilla="avisos/correo/dictamen.txt",
    ejemplo=_EJEMPLO,
    boton="Ver la convocatoria",
)


def registrar() -> None:
    """Se llama desde `apuntar_todo`; repetirlo no duplica nada."""
    apuntar(LIGA, ACUSE, RESULTADOS, COMITE, CALIFICAR, RECORDAR_AL_COMITE, PARA_QUIEN_CONDUCE)
