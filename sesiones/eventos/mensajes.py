"""El mensaje a quienes siguen la agenda de un órgano."""

from stl_portal.avisos.clases import CON_SU_LIGA, Clase, apuntar

EVENTO = Clase(
    clave="seguir.evento",
    nombre="Un evento de la agenda",
    cuando="Al anunciarse un evento y si se cancela",
    quienes="A quienes siguen la agenda del órgano",
    asunto="{que}: {titulo}",
    plantilla="avisos/correo/evento_para_seguidores.txt",
    ejemplo={
        "que": "Taller",
        "titulo": "Cómo pedir información pública",
        "evento": {
            "organo": {"ficticio": True},
            "estado": "publicado",
            "titulo": "Cómo pedir información pública",
            "get_tipo_display": "Taller",
            "lugar": "Biblioteca de ejemplo",
            "liga_registro": "https://registro.example/",
            "motivo": "",
        },
        "cuando": "2 de diciembre de 2026, 17:00 h",
        "organiza": "Institución de ejemplo",
        "liga": "https://portal.example/agenda/taller-de-ejemplo/",
    },
    siempre=CON_SU_LIGA,
    boton="Ver el evento",
)


def registrar() -> None:
    """Se llama desde `registrar` de la agenda; repetirlo no duplica nada."""
    apuntar(EVENTO)
