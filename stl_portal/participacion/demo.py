"""Preguntas ficticias de la demostración, en varios momentos de su vida; lo que ya está no se toca."""

import datetime as dt
import hashlib
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from . import registro
from .models import Pregunta
from .preguntar import huella_del_texto
from .registro import Objeto

DATOS = Path(__file__).parent / "demo.toml"
DIA = dt.timedelta(days=1)


def cargar(decir: Callable[[str], None]) -> None:
    """Deja las preguntas ficticias y dice cuántas creó. No manda ningún correo."""
    fichas = tomllib.loads(DATOS.read_text(encoding="utf-8"))["pregunta"]
    por_envio = {_envio(ficha): ficha for ficha in fichas}
    ya = set(Pregunta.objects.filter(envio__in=por_envio).values_list("envio", flat=True))
    ahora = timezone.now()
    creadas = sum(_pregunta(ficha, envio, ahora) for envio, ficha in por_envio.items() if envio not in ya)
    if creadas:
        decir(f"{creadas} preguntas ficticias de la ciudadanía")


def _envio(ficha: Mapping[str, Any]) -> str:
    """Por lo que se reconoce que ya se cargó."""
    return hashlib.sha256(f"demo:{ficha['texto']}".encode()).hexdigest()


@transaction.atomic
def _pregunta(ficha: Mapping[str, Any], envio: str, ahora: dt.datetime) -> bool:
    """Una, llevada hasta donde dice su ficha; False si no hay de qué preguntar."""
    clase, _, clave = ficha["sobre"].partition(":")
    objeto = registro.buscar(clase, clave)
    if objeto is None:
        return False
    recibida = ahora - DIA * ficha["hace"]
    pregunta = Pregunta.objects.create(
        clase=clase,
        clave=objeto.clave,
        objeto=objeto.pk,
        organo=objeto.organo,
        tipo=ficha.get("tipo", "pregunta"),
        texto=ficha["texto"],
        nombre=ficha.get("nombre", ""),
        correo="ciudadania@demo.example",
        llave=envio[:43],
        envio=envio,
        huella=huella_del_texto(ficha["texto"]),
        recibida_el=recibida,
    )
    pregunta.confirmar(recibida)
    _llevar(pregunta, objeto, ficha, ahora)
    return True


def _llevar(pregunta: Pregunta, objeto: Objeto, ficha: Mapping[str, Any], ahora: dt.datetime) -> None:
    """La modera y la responde cuando su ficha dice."""
    cuenta = get_user_model().objects.filter(email=ficha.get("modera", "")).first()
    if "publicada_hace" in ficha:
        pregunta.publicar(cuenta, ahora - DIA * ficha["publicada_hace"])
    if "rechazada_por" in ficha:
        pregunta.rechazar(cuenta, ficha["rechazada_por"], ficha["explicacion"], ahora - DIA)
    for respuesta in ficha.get("respuesta", ()):
        cuando = ahora - DIA * respuesta["hace"]
        responde = get_user_model().objects.get(email=respuesta["responde"])
        dia = timezone.localdate(cuando)
        firma = registro.sede().firma(responde, pregunta.organo, objeto.asiento, dia)
        hacer = pregunta.responder if pregunta.respondida_el is None else pregunta.corregir
        hacer(responde, respuesta["texto"], firma, cuando)
