"""Lo que se escribe por una pregunta: a quien la hizo y a quienes la atienden.

Los avisos a quien preguntó llevan el prefijo `DE_QUIEN_PREGUNTA`: por él se borran sus copias (`borrado.py`).
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from stl_portal.avisos import envio
from stl_portal.avisos.clases import Clase
from stl_portal.avisos.envio import Mensaje

from . import mensajes, registro
from .models import Pregunta
from .registro import Destinatario, Objeto

DE_QUIEN_PREGUNTA = "pregunta-de:"
DE_QUIEN_ATIENDE = "pregunta:"
PARA_CONFIRMAR = dt.timedelta(days=3)


def url_de_su_liga(pregunta: Pregunta) -> str:
    """La página que solo conoce quien preguntó: ahí confirma y ve en qué va."""
    return reverse("preguntas:confirmar", args=(pregunta.llave,))


def url_de_gestion(pregunta: Pregunta) -> str:
    """Donde se modera y se responde."""
    return reverse("moderar:pregunta", args=(pregunta.pk,))


def url_para_escribir(pregunta: Pregunta, objeto: Objeto) -> str:
    """La forma para preguntar de lo mismo: a quien no se le publicó no se le manda a buscarla."""
    return reverse("preguntas:nueva", args=(pregunta.clase, objeto.clave))


def pedir_confirmacion(pregunta: Pregunta, objeto: Objeto) -> None:
    """La liga con que confirma que el correo es suyo."""
    _a_quien_pregunto(pregunta, objeto, "confirmar")


def publicada(pregunta: Pregunta, objeto: Objeto | None) -> None:
    """Ya se puede leer, y hasta cuándo tienen para responder; a quien responde, que le toca."""
    _a_quien_pregunto(pregunta, objeto, "publicada")
    if pregunta.es_pregunta:
        hoy = timezone.localdate(pregunta.publicada_el)
        a_quienes(pregunta, objeto, "responder", mensajes.RESPONDER, hoy)


def rechazada(pregunta: Pregunta, objeto: Objeto | None) -> None:
    """Por qué no se publica."""
    _a_quien_pregunto(pregunta, objeto, "rechazada")


def respondida(pregunta: Pregunta, objeto: Objeto | None) -> None:
    """Qué le respondieron, y dónde leerlo."""
    ultima = pregunta.respuestas.last()
    if ultima is None:
        return
    acto = "respondida" if ultima.version == 1 else f"corregida-{ultima.version}"
    _a_quien_pregunto(pregunta, objeto, acto, respuesta=ultima)


def retirada(pregunta: Pregunta, objeto: Objeto | None) -> None:
    """Ya no se lee, y por qué."""
    _a_quien_pregunto(pregunta, objeto, "retirada")


def por_moderar(pregunta: Pregunta, objeto: Objeto | None, al: dt.date) -> None:
    """A quienes conducen: hay algo que publicar o rechazar."""
    destinos = registro.sede().quienes_conducen(pregunta.organo, al)
    _a_quienes_atienden(pregunta, objeto, "moderar", mensajes.MODERAR, destinos)


def a_quienes(pregunta: Pregunta, objeto: Objeto | None, acto: str, clase: Clase, al: dt.date) -> None:
    """A quienes les toca responderla."""
    _a_quienes_atienden(pregunta, objeto, acto, clase, responden(pregunta, objeto, al))


def responden(pregunta: Pregunta, objeto: Objeto | None, al: dt.date) -> list[Destinatario]:
    """Quienes ocupan el asiento responsable ese día; si no hay nadie con correo, quienes conducen."""
    sede = registro.sede()
    ocupan = sede.quienes_ocupan(objeto.asiento, al) if objeto and objeto.asiento else []
    return ocupan or sede.quienes_conducen(pregunta.organo, al)


def _a_quien_pregunto(pregunta: Pregunta, objeto: Objeto | None, acto: str, **extra: Any) -> None:
    """Nada, si su correo ya se borró."""
    if not pregunta.correo:
        return
    liga = url_de_su_liga(pregunta) if not pregunta.publica else pregunta.get_absolute_url()
    que = acto.partition("-")[0]
    clase = mensajes.A_QUIEN_PREGUNTO[que]
    cuerpo = clase.texto(_contexto(pregunta, objeto, liga) | {"acto": que, **extra})
    mensaje = Mensaje(pregunta.correo, clase.titulo(tipo=pregunta.tipo), cuerpo)
    envio.encolar(clase, f"{DE_QUIEN_PREGUNTA}{pregunta.pk}:{acto}", [mensaje])


def _a_quienes_atienden(
    pregunta: Pregunta, objeto: Objeto | None, acto: str, clase: Clase, destinos: Iterable[Destinatario]
) -> None:
    contexto = _contexto(pregunta, objeto, url_de_gestion(pregunta)) | {"acto": acto}
    asunto = clase.titulo(folio=pregunta.folio)
    cartas = [
        Mensaje(uno.correo, asunto, clase.texto(contexto | {"nombre": uno.nombre}), uno.nombre)
        for uno in destinos
    ]
    envio.encolar(clase, f"{DE_QUIEN_ATIENDE}{pregunta.pk}:{acto}", cartas)


def _contexto(pregunta: Pregunta, objeto: Objeto | None, liga: str) -> dict[str, Any]:
    organos = registro.sede().organos([pregunta.organo], timezone.localdate())
    return {
        "pregunta": pregunta,
        "objeto": objeto,
        "organo": organos.get(pregunta.organo),
        "liga": envio.liga(liga),
        "liga_para_escribir": envio.liga(url_para_escribir(pregunta, objeto)) if objeto else "",
        "liga_personal": envio.liga(url_de_su_liga(pregunta)),
        "dias": PARA_CONFIRMAR.days,
        "guardar": settings.PREGUNTAS_GUARDAR_CORREO,
    }
