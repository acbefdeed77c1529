"""Las novedades que da la participación: cada pregunta que se publicó y cada respuesta que se le dio."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import Truncator

from stl_portal.novedades.registro import NOVEDADES, Clase, Novedad, Pedido
from stl_portal.publico.registro import OrganoPublico
from stl_portal.texto import a_llano

from . import registro
from .lectura import plazo_dicho
from .models import Pregunta, Respuesta
from .registro import Objeto

DeQue = Mapping[tuple[str, int], Objeto]
Suyos = Mapping[int, OrganoPublico]
LETRAS = 300  # de lo escrito que se cuenta; lo demás se lee en su página


def preguntas(pedido: Pedido) -> Iterator[Novedad]:
    """Lo publicado y lo respondido que todavía se lee, de algo que sigue siendo público."""
    hoy = timezone.localdate()
    nuevas = list(_del_pedido(pedido, Pregunta.objects.visibles(), "publicada_el", "organo"))
    filas = Respuesta.objects.filter(pregunta__in=Pregunta.objects.visibles().values("pk"))
    con_suya = filas.select_related("pregunta").defer("pregunta__correo")
    respuestas = list(_del_pedido(pedido, con_suya, "cuando", "pregunta__organo"))
    contadas = [*nuevas, *(respuesta.pregunta for respuesta in respuestas)]
    de_que = registro.nombrar({(p.clase, p.objeto) for p in contadas})
    suyos = registro.sede().organos({p.organo for p in contadas}, hoy) if contadas else {}
    for pregunta in nuevas:
        yield _de_pregunta(pregunta, de_que, suyos, hoy)
    for respuesta in respuestas:
        yield _de_respuesta(respuesta, de_que, suyos)


def _del_pedido(pedido: Pedido, filas: "QuerySet[Any]", fecha: str, organo: str) -> "QuerySet[Any]":
    """Las pedidas; de su órgano solo se guarda la clave primaria."""
    cuales: dict[str, Any] = {"clave": pedido.organo} if pedido.organo else {}
    if pedido.reales:
        cuales["ficticio"] = False
    if cuales:
        filas = filas.filter(**{f"{organo}__in": registro.sede().filas().filter(**cuales).values("pk")})
    return replace(pedido, organo="", reales=False).de(filas, fecha, organo)


def _de_pregunta(pregunta: Pregunta, de_que: DeQue, suyos: Suyos, hoy: dt.date) -> Novedad:
    plazo = plazo_dicho(pregunta, hoy) if pregunta.espera else ""
    return _novedad(
        pregunta,
        suyos,
        identidad=f"pregunta:{pregunta.folio}",
        titulo=f"{pregunta.get_tipo_display()} sobre {_sobre(pregunta, de_que)}",
        dicho=f"{pregunta.quien} escribió: «{_corto(pregunta.texto)}».{f' {plazo}.' if plazo else ''}",
        cuando=pregunta.publicada_el,
        autor=pregunta.quien,
    )


def _de_respuesta(respuesta: Respuesta, de_que: DeQue, suyos: Suyos) -> Novedad:
    pregunta = respuesta.pregunta
    que = "Se respondió" if respuesta.version == 1 else "Se corrigió la respuesta a"
    return _novedad(
        pregunta,
        suyos,
        identidad=f"respuesta:{pregunta.folio}:{respuesta.version}",
        titulo=f"{que} la pregunta {pregunta.folio}, sobre {_sobre(pregunta, de_que)}",
        dicho=f"{respuesta.de_quien}: «{_corto(a_llano(respuesta.texto))}».",
        cuando=respuesta.cuando,
        autor=respuesta.de_quien,
    )


def _novedad(pregunta: Pregunta, suyos: Suyos, **dicha: Any) -> Novedad:
    organo = suyos.get(pregunta.organo)
    return Novedad(url=pregunta.get_absolute_url(), ficticia=bool(organo and organo.ficticio), **dicha)


def _sobre(pregunta: Pregunta, de_que: DeQue) -> str:
    """«Compromiso 1.1 Abrir datos»: de lo visible siempre se sabe."""
    return de_que[pregunta.clase, pregunta.objeto].titulo


def _corto(texto: str) -> str:
    return Truncator(" ".join(texto.split())).chars(LETRAS)


def registrar() -> None:
    """Se llama desde `ParticipacionConfig.ready()`; repetirlo no duplica nada."""
    NOVEDADES.update(preguntas=Clase("Preguntas y respuestas", preguntas))
