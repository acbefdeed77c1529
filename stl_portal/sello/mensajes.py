"""El mensaje con que cada punto de control del registro público sale del portal."""

from stl_portal.avisos.clases import Clase, apuntar

PUNTO_DE_CONTROL = Clase(
    clave="registro.punto",
    nombre="Punto de control del registro público",
    cuando="Cada vez que se publica un punto de control",
    quienes="A integrantes y testigos que guardan una copia fuera del portal",
    asunto="Punto de control {tamano} del registro público",
    plantilla="avisos/correo/punto_de_control.txt",
    ejemplo={
        "nombre": "Persona de ejemplo",
        "tamano": 128,
        "texto": "registro.example\n128\nZWplbXBsbyBkZSBodWVsbGE=\n",
        "liga": "https://portal.example/registro/comprobar/",
    },
    siempre="Las copias que otros guardan son lo que impide cambiar el registro sin que se note.",
    boton="Cómo se comprueba",
)


def registrar() -> None:
    """Se llama desde `SelloConfig.ready()`; repetirlo no duplica nada."""
    apuntar(PUNTO_DE_CONTROL)
