"""Los mensajes que manda la misma sala de avisos: seguir un tema, el resumen del día y los rebotes."""

from .clases import A_PEDIDO, Clase, apuntar

_TEMA = "Acta y fe de erratas del Secretariado de ejemplo"

SEGUIR = Clase(
    clave="seguir.confirmar",
    nombre="Confirmar lo que se quiere seguir",
    cuando="Al pedir seguir algo en «Seguir por correo»",
    quienes="A la dirección que se escribió",
    asunto="Confirma lo que quieres seguir",
    plantilla="avisos/correo/seguir.txt",
    ejemplo={
        "nuevos": [_TEMA],
        "dias": 7,
        "liga": "https://portal.example/seguir/confirmar/ejemplo/",
        "seguidos": [],
        "liga_de_borrar": "https://portal.example/seguir/baja/ejemplo/?todo=1",
    },
    siempre=A_PEDIDO,
    boton="Confirmar",
)
YA_SIGUE = Clase(
    clave="seguir.ya",
    nombre="Recordar lo que ya se sigue",
    cuando="Al pedir otra vez algo que ya se seguía",
    quienes="A la dirección que se escribió",
    asunto="Esto ya lo sigues",
    plantilla="avisos/correo/seguir.txt",
    ejemplo={
        **SEGUIR.ejemplo,
        "nuevos": [],
        "seguidos": [(_TEMA, "https://portal.example/seguir/baja/ejemplo/")],
    },
    siempre=A_PEDIDO,
)
RESUMEN = Clase(
    clave="avisos.resumen",
    nombre="Resumen del día",
    cuando="Una vez al día, si se juntó algo",
    quienes="A quien eligió recibir algo en un resumen",
    asunto="Tu resumen del {dia}: {cuantos}",
    plantilla="avisos/correo/resumen.txt",
    ejemplo={
        "dia": "22 de noviembre de 2026",
        "cuantos": "2 avisos",
        "avisos": [
            {"asunto": "Acta publicada: I Sesión Ordinaria", "cuerpo": "Se publicó el acta.\n"},
            {"asunto": "Reporte recibido: Bimestre 1", "cuerpo": "Se recibió un reporte.\n"},
        ],
        "liga": "https://portal.example/mi/avisos/",
    },
    siempre="Lleva lo que elegiste juntar: si ya no lo quieres así, cámbialo en cada mensaje.",
    boton="Elegir qué recibo",
)
REBOTE = Clase(
    clave="avisos.rebote",
    nombre="Un correo rebota",
    cuando="Cuando un servidor dice que la dirección de alguien ya no sirve",
    quienes="A quienes conducen los órganos de esa persona; si no hay, a quien administra el portal",
    asunto="Ya no se le puede escribir a {correo}",
    plantilla="avisos/correo/rebote.txt",
    ejemplo={
        "nombre": "Facilitadora de ejemplo",
        "correo": "buzon-cerrado@ejemplo.example",
        "de_quien": "Persona de ejemplo",
        "codigo": "5.1.1",
        "dicho": "550 5.1.1 User unknown",
    },
)


def registrar() -> None:
    """Se llama desde `AvisosConfig.ready()`; repetirlo no duplica nada."""
    apuntar(SEGUIR, YA_SIGUE, RESUMEN, REBOTE)
