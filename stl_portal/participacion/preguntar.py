"""Recibir una pregunta y confirmar que el correo es de quien la escribió.

Nada llega a quien modera sin ese paso; lo que nadie confirma se borra a los tres días (`borrado.py`).
"""

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from stl_portal.avisos.models import Aviso
from stl_portal.espanol import sin_acentos

from . import correos, registro
from .estados import EstadoPregunta
from .models import Pregunta
from .registro import Objeto

POR_CORREO = 5  # preguntas de una misma dirección…
EN = dt.timedelta(days=1)  # …en este lapso
SE_REPITE = dt.timedelta(days=90)  # el mismo texto, de lo mismo, se recibe una vez en este lapso
_SIN_LETRAS = re.compile(r"[\W_]+")


class Repetida(Exception):
    """Ese mismo texto ya se recibió; `cual` es la que ya está."""

    def __init__(self, cual: Pregunta) -> None:
        """Conserva la que ya está."""
        super().__init__("Ese mismo texto ya se recibió.")
        self.cual = cual


class Muchas(Exception):
    """Desde ese correo ya se preguntó mucho; `espera` son los segundos que faltan para la siguiente."""

    def __init__(self, espera: int) -> None:
        """Conserva cuánto falta."""
        super().__init__("Son muchas preguntas desde el mismo correo.")
        self.espera = espera


class Caducada(Exception):
    """La liga para confirmar pasó de su plazo."""


def huella_del_texto(texto: str) -> str:
    """Reconoce el mismo texto aunque cambien acentos, mayúsculas, espacios o signos."""
    letras = _SIN_LETRAS.sub(" ", sin_acentos(texto).lower()).strip()
    return hashlib.sha256(letras.encode()).hexdigest()


def huella_del_envio(objeto: Objeto, ficha: str, datos: Mapping[str, Any]) -> str:
    """Reconoce el mismo envío: la ficha de la página y lo que se escribió en ella."""
    partes = (objeto.clave, ficha or secrets.token_hex(16), sorted(datos.items()))
    return hashlib.sha256(repr(partes).encode()).hexdigest()


def recibir(
    clase: str, objeto: Objeto, datos: Mapping[str, Any], ficha: str, cuando: dt.datetime
) -> Pregunta:
    """Guarda lo escrito y manda la liga para confirmar; el mismo envío dos veces es una sola pregunta.

    Lanza `Repetida` y `Muchas`; nada se guarda entonces.
    """
    envio = huella_del_envio(objeto, ficha, datos)
    ya = Pregunta.objects.filter(envio=envio).first()
    if ya is not None:
        return ya
    huella = huella_del_texto(datos["texto"])
    _exigir_que_no_se_repita(clase, objeto.pk, huella, cuando)
    _exigir_que_no_sean_muchas(datos["correo"], cuando)
    pregunta = Pregunta(
        clase=clase,
        clave=objeto.clave,
        objeto=objeto.pk,
        organo=objeto.organo,
        tipo=datos["tipo"],
        texto=datos["texto"],
        nombre=datos["nombre"],
        correo=datos["correo"],
        llave=secrets.token_urlsafe(32),
        envio=envio,
        huella=huella,
        recibida_el=cuando,
    )
    try:
        with transaction.atomic():
            pregunta.save()
            correos.pedir_confirmacion(pregunta, objeto)
    except IntegrityError:  # el segundo de dos toques a la vez
        return Pregunta.objects.get(envio=envio)
    return pregunta


def _exigir_que_no_se_repita(clase: str, objeto: int, huella: str, cuando: dt.datetime) -> None:
    """Lo que sigue sin confirmar no cuenta: quien perdió su correo lo puede volver a mandar."""
    ya = _iguales(clase, objeto, huella).filter(confirmada_el__gt=cuando - SE_REPITE).first()
    if ya is not None:
        raise Repetida(ya)


def _iguales(clase: str, objeto: int, huella: str) -> "QuerySet[Pregunta]":
    """Las que dicen lo mismo de lo mismo."""
    return Pregunta.objects.filter(clase=clase, objeto=objeto, huella=huella).order_by("pk")


def _exigir_que_no_sean_muchas(correo: str, cuando: dt.datetime) -> None:
    """Nadie llena un buzón ajeno ni la fila de quien modera desde una sola dirección."""
    suyas = Pregunta.objects.filter(correo=correo, recibida_el__gt=cuando - EN).order_by("-recibida_el")
    fechas = list(suyas.values_list("recibida_el", flat=True)[:POR_CORREO])
    if len(fechas) == POR_CORREO:
        raise Muchas(max(1, int((fechas[-1] + EN - cuando).total_seconds())))


def por_confirmar(llave: str, cuando: dt.datetime) -> Pregunta:
    """La pregunta de esa liga, se haya confirmado o no.

    Lanza `Pregunta.DoesNotExist` si no la hay y `Caducada` si pasó el plazo sin confirmarse.
    """
    pregunta = Pregunta.objects.get(llave=llave)
    sin_confirmar = pregunta.estado == EstadoPregunta.RECIBIDA
    if sin_confirmar and pregunta.recibida_el < cuando - correos.PARA_CONFIRMAR:
        raise Caducada
    return pregunta


def confirmar(llave: str, cuando: dt.datetime) -> Pregunta:
    """Pasa a moderarse y se avisa a quienes conducen. Repetirlo no cambia nada.

    Lanza lo mismo que arriba y `Repetida`: del mismo texto enviado dos veces pasa lo que se confirma antes.
    """
    with transaction.atomic():
        suya = por_confirmar(llave, cuando)
        iguales = _iguales(suya.clase, suya.objeto, suya.huella).select_for_update()
        pregunta = next((fila for fila in iguales if fila.llave == llave), None)
        if pregunta is None:
            raise Pregunta.DoesNotExist
        if pregunta.estado == EstadoPregunta.RECIBIDA:
            _exigir_que_no_se_repita(suya.clase, suya.objeto, suya.huella, cuando)
            pregunta.confirmar(cuando)
            objeto = registro.nombrar([(pregunta.clase, pregunta.objeto)])
            suyo = objeto.get((pregunta.clase, pregunta.objeto))
            correos.por_moderar(pregunta, suyo, timezone.localdate(cuando))
    return pregunta


def olvidar(llave: str) -> None:
    """Borra su correo y las copias de lo que se le mandó, porque lo pide; su pregunta sigue su curso.

    Repetirlo no falla; lanza `Pregunta.DoesNotExist` si no hay tal liga.
    """
    with transaction.atomic():
        pregunta = Pregunta.objects.select_for_update().get(llave=llave)
        Pregunta.objects.filter(pk=pregunta.pk).update(correo="")
        Aviso.objects.filter(motivo__startswith=f"{correos.DE_QUIEN_PREGUNTA}{pregunta.pk}:").delete()
