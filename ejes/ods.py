"""Los 17 Objetivos de Desarrollo Sostenible de la Agenda 2030 (Resolución A/RES/70/1 de la ONU)."""

import re

from django.core.exceptions import ValidationError

OBJETIVOS = {
    1: "Fin de la pobreza",
    2: "Hambre cero",
    3: "Salud y bienestar",
    4: "Educación de calidad",
    5: "Igualdad de género",
    6: "Agua limpia y saneamiento",
    7: "Energía asequible y no contaminante",
    8: "Trabajo decente y crecimiento económico",
    9: "Industria, innovación e infraestructura",
    10: "Reducción de las desigualdades",
    11: "Ciudades y comunidades sostenibles",
    12: "Producción y consumo responsables",
    13: "Acción por el clima",
    14: "Vida submarina",
    15: "Vida de ecosistemas terrestres",
    16: "Paz, justicia e instituciones sólidas",
    17: "Alianzas para lograr los objetivos",
}
ELECCIONES = [(numero, f"{numero}. {nombre}") for numero, nombre in OBJETIVOS.items()]
_META = re.compile(r"(1[0-7]|[1-9])\.([1-9][0-9]?|[a-d])")


def exigir_meta_de(objetivo: int, meta: str) -> None:
    """La meta lleva el número de su objetivo: «16.6», «16.a». Lanza `ValidationError`."""
    partes = _META.fullmatch(meta)
    if meta and (partes is None or int(partes[1]) != objetivo):
        raise ValidationError(f"La meta se escribe con el número de su objetivo, como {objetivo}.1.")
