"""Los textos que alguien editó, su historia y los anuncios."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from stl_portal.traspaso import registro
from stl_portal.traspaso.recurso import ORDINAL, Recurso

from .models import Anuncio, CambioDeTexto, Texto, olvidar_al_confirmar, revisar
from .registro import TEXTOS

if TYPE_CHECKING:
    from stl_portal.traspaso.motor import Motor


class Textos(Recurso):
    """Lo que hoy dice cada texto que se editó."""

    clave = "textos"
    nombre = "Textos del portal"
    descripcion = "Un texto que alguien editó, o que volvió a decir lo de fábrica."
    modelo = Texto
    llave = ("clave", "ambito")
    excluidas = {"version": "Cuenta los guardados para que dos personas no se pisen: empieza de nuevo."}

    def objetar(self, antes: Mapping[str, Any] | None, ahora: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Lo mismo que al escribirlo en su página; el que este portal ya no usa entra y no se lee."""
        yield from super().objetar(antes, ahora)
        declarado = TEXTOS.get(ahora["clave"])
        if declarado is None or ahora["de_fabrica"]:
            return
        try:
            if revisar(declarado, ahora["escrito"]) != ahora["escrito"]:
                yield "escrito", "Trae marcas o caracteres que el portal quita al guardar."
        except ValidationError as error:
            yield from (("escrito", frase) for frase in error.messages)


class HistoriaDeTextos(Recurso):
    """Quién cambió cada texto y qué quedó."""

    clave = "textos-historia"
    nombre = "Historia de los textos del portal"
    descripcion = "Una vez que alguien cambió un texto: qué quedó, quién y cuándo."
    modelo = CambioDeTexto
    llave = ("texto", ORDINAL)
    fijas = dict.fromkeys(("escrito", "de_fabrica", "por", "cuando"), "Es lo que pasó.")


class Anuncios(Recurso):
    """Las franjas de arriba de las páginas."""

    clave = "anuncios"
    nombre = "Anuncios"
    descripcion = "Una franja arriba de las páginas que avisa algo entre dos días."
    modelo = Anuncio
    llave = ("desde", "hasta", ORDINAL)


def al_terminar(motor: "Motor") -> Iterator[str]:
    """Lo que llegó se lee desde ahora."""
    if {Textos, Anuncios} & {*motor.nacidas, *motor.cambiadas}:
        olvidar_al_confirmar()
    yield from ()


def registrar() -> None:
    """Los apunta; se llama al arrancar."""
    registro.apuntar(Textos, HistoriaDeTextos, Anuncios)
    if al_terminar not in registro.AL_TERMINAR:
        registro.AL_TERMINAR.append(al_terminar)
