"""Los informes anuales: en qué van, lo que se escribe en cada apartado y lo que se publicó, byte por byte."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from stl_portal.publico.registro import organos
from stl_portal.traspaso import registro
from stl_portal.traspaso.colgado import Colgado
from stl_portal.traspaso.recurso import ORDINAL, Recurso
from stl_portal.traspaso.sellado import SIN_CADENA, ConDocumento, asentar

from . import publicar
from .estados import EstadoInforme
from .models import CambioInformeAnual, InformeAnual, InformePublicado, TextoDeApartado

if TYPE_CHECKING:
    from stl_portal.traspaso.motor import Motor

DE_QUIEN = "Es de quién, de cuándo y qué corrige: se empieza otro."
DEL_EDITOR = {"version": "Cuenta los guardados para que dos personas no se pisen: empieza de nuevo."}
DEL_ORGANO = "organos"  # la clave del recurso con que viajan, que aquí no se conoce


class DelInformeAnual(Colgado):
    """Lo que cuelga de un informe: mientras se arma o, si ya se publicó, solo con él."""

    raiz = InformeAnual
    camino = "informe"

    @classmethod
    def abiertas(cls) -> Q:
        """Los que se arman."""
        return Q(estado=EstadoInforme.BORRADOR)


class InformesAnuales(Recurso):
    """El informe de un órgano en un periodo."""

    clave = "informes-anuales"
    nombre = "Informes anuales"
    descripcion = "Un informe de actividades de un órgano en un periodo."
    modelo = InformeAnual
    llave = ("clave",)
    editables = frozenset({EstadoInforme.BORRADOR})
    fijas = dict.fromkeys(("organo", "clave_del_organo", "desde", "hasta", "corrige"), DE_QUIEN)

    @classmethod
    def depende_de(cls) -> set[type[Recurso]]:
        """También de los órganos, aunque solo guarde su número y su clave."""
        return super().depende_de() | {r for r in registro.RECURSOS if r.clave == DEL_ORGANO}


class HistoriaDeInformesAnuales(DelInformeAnual):
    """Cuándo se empezó y se publicó cada uno."""

    clave = "informes-anuales-historia"
    nombre = "Historia de los informes anuales"
    descripcion = "Un cambio de estado de un informe anual."
    modelo = CambioInformeAnual
    llave = ("objeto", ORDINAL)
    camino = "objeto"
    solo_con_ella = True


class TextosDeInformesAnuales(DelInformeAnual):
    """Lo escrito en cada apartado."""

    clave = "informes-anuales-textos"
    nombre = "Apartados de los informes anuales"
    descripcion = "Lo que se escribió en un apartado de un informe anual, y si va."
    modelo = TextoDeApartado
    llave = ("informe", "apartado")
    excluidas = DEL_EDITOR


class InformesAnualesPublicados(ConDocumento, DelInformeAnual):
    """El informe como se publicó."""

    clave = "informes-anuales-publicados"
    nombre = "Informes anuales publicados"
    descripcion = "Un informe anual tal como se publicó: sus bytes, su huella y su PDF."
    modelo = InformePublicado
    llave = ("informe",)
    solo_con_ella = True
    excluidas = SIN_CADENA

    def al_llegar(self, objeto: Any) -> None:
        """Consta en el registro de este portal."""
        asentar(objeto, publicar.TIPO, publicar.lo_que_consta(objeto), publicar.objeto_de(objeto))


RECURSOS = (InformesAnuales, HistoriaDeInformesAnuales, TextosDeInformesAnuales, InformesAnualesPublicados)


def al_terminar(motor: "Motor") -> Iterator[str]:
    """Por qué no puede entrar lo que no cuadra; solo mira lo que llegó."""
    for informe in InformeAnual.objects.filter(pk__in=motor.nacidas.get(InformesAnuales, [])):
        organo = organos(informe.hasta).get(informe.clave_del_organo)
        if organo is None or organo.pk != informe.organo:
            yield f"«{informe.clave}» es del órgano «{informe.clave_del_organo}», que aquí no es el mismo."
        if informe.estado == EstadoInforme.PUBLICADO and not hasattr(informe, "publicacion"):
            yield f"«{informe.clave}» dice estar publicado y no viene lo que se publicó de él."
    filas = InformePublicado.objects.select_related("informe")
    for fila in filas.in_bulk(motor.nacidas.get(InformesAnualesPublicados, [])).values():
        if _de_que(fila) != (fila.informe.clave_del_organo, fila.informe.clave):
            yield f"El documento publicado de «{fila.informe.clave}» es de otro informe."
        elif fila.informe.estado != EstadoInforme.PUBLICADO:
            yield f"«{fila.informe.clave}» no dice estar publicado y viene lo que se publicó de él."


def _de_que(fila: InformePublicado) -> tuple[str, str] | None:
    """El órgano y la clave que dice su documento; None si no tiene forma de informe, aunque dé su huella."""
    try:
        dicho = json.loads(bytes(fila.documento))
        return dicho["organo"]["clave"], dicho["identificador"]
    except (ValueError, KeyError, TypeError):
        return None


def registrar() -> None:
    """Los apunta; se llama al arrancar."""
    registro.apuntar(*RECURSOS)
    if al_terminar not in registro.AL_TERMINAR:
        registro.AL_TERMINAR.append(al_terminar)
