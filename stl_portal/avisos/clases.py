"""Toda clase de mensaje que sale del portal: cuándo, a quién, con qué asunto y de qué plantilla.

Cada aplicación declara las suyas en su `mensajes.py` y las apunta con `apuntar` desde `ready()`. De aquí leen
quien encola, la vista previa de `/gestion/avisos/` y lo que cada persona elige en `/mi/avisos/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from .mensaje import Mensaje

# Por qué un mensaje no se apaga ni se junta: lo lee la persona en `/mi/avisos/`.
FORMAL = "Es una notificación formal: de ella corren plazos."
SEGURIDAD = "Cuida tu cuenta: si no fuiste tú, tienes que saberlo."
FIRMA = "Se trata de tu firma."
A_PEDIDO = "Responde a algo que se acaba de pedir con ese correo."
CON_SU_LIGA = "Se recibe por seguir un tema, y se deja con la liga que trae cada correo."

DE_EJEMPLO = "persona@ejemplo.example"
SITIO_DE_EJEMPLO = "https://portal.example"  # así se escriben las ligas de los ejemplos


@dataclass(frozen=True, eq=False)
class Clase:
    """Una clase de mensaje.

    `asunto` lleva huecos con nombre (`{sesion}`) que llena quien encola; si termina en «.txt» es la plantilla
    que lo da. `ejemplo` tiene un valor inventado para cada hueco y cada variable de la plantilla.
    `siempre` dice por qué no se puede apagar ni juntar; vacía, cada quien elige.
    """

    clave: str  # «sesion.convocatoria»: se guarda con cada aviso y con lo que cada quien elige
    nombre: str
    cuando: str
    quienes: str
    asunto: str
    plantilla: str
    ejemplo: Mapping[str, Any]
    siempre: str = ""
    boton: str = "Abrir en el portal"  # qué dice la liga principal en la versión HTML
    efimera: bool = False  # lleva una llave: fuera de la demostración, su texto no se guarda ya enviado

    @property
    def se_elige(self) -> bool:
        """Si la persona puede recibirlo en un resumen o no recibirlo."""
        return not self.siempre

    @property
    def sale_aunque_rebote(self) -> bool:
        """Si se manda también a una dirección marcada: la persona lo acaba de pedir o cuida su cuenta."""
        return self.siempre in (A_PEDIDO, SEGURIDAD)

    @property
    def grupo(self) -> str:
        """De qué trata, como se titula en las listas."""
        return GRUPOS[self.clave.partition(".")[0]]

    def titulo(self, **datos: object) -> str:
        """El asunto, con sus huecos llenos. Lanza `KeyError` si falta uno."""
        if self.asunto.endswith(".txt"):
            return render_to_string(self.asunto, datos).strip()
        return self.asunto.format(**datos)

    def texto(self, contexto: Mapping[str, Any]) -> str:
        """El cuerpo."""
        return render_to_string(self.plantilla, dict(contexto))

    def de_ejemplo(self) -> Mensaje:
        """El mensaje con lo inventado: es la vista previa."""
        cuerpo = self.texto(self.ejemplo).replace(SITIO_DE_EJEMPLO, settings.SITIO.rstrip("/"))
        return Mensaje(DE_EJEMPLO, self.titulo(**self.ejemplo), cuerpo, "Persona de ejemplo")

    def __str__(self) -> str:
        return self.nombre


# Por el principio de la clave, en el orden en que se listan.
GRUPOS = {
    "sesion": "Sesiones",
    "acta": "Actas",
    "reporte": "Reportes del plan de acción",
    "informe": "Informes de los municipios",
    "pregunta": "Preguntas de la ciudadanía",
    "certamen": "Convocatorias públicas",
    "evento": "Agenda de eventos",
    "organo": "Tu lugar en un órgano",
    "registro": "Registro público",
    "avisos": "Los correos mismos",
    "cuenta": "Tu cuenta",
    "seguir": "Lo que cualquiera sigue sin cuenta",
}

CLASES: dict[str, Clase] = {}


def apuntar(*clases: Clase) -> None:
    """Apunta esas clases. Lanza `ValueError` si otra usa la misma clave o su grupo no existe."""
    for clase in clases:
        if CLASES.setdefault(clase.clave, clase) is not clase:
            raise ValueError(f"Hay dos clases de mensaje con la clave «{clase.clave}».")
        if clase.clave.partition(".")[0] not in GRUPOS:
            raise ValueError(f"La clave «{clase.clave}» no empieza con un grupo conocido.")


def por_grupo(*, que_se_eligen: bool | None = None) -> dict[str, list[Clase]]:
    """Todas, bajo el título de su grupo y en su orden; o solo las que se eligen, o solo las que no."""
    orden = list(GRUPOS.values())
    grupos: dict[str, list[Clase]] = {}
    for clase in sorted(CLASES.values(), key=lambda c: orden.index(c.grupo)):
        if que_se_eligen in (None, clase.se_elige):
            grupos.setdefault(clase.grupo, []).append(clase)
    return grupos
