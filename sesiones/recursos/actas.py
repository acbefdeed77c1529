"""El acta, su revisión y lo que se selló de ella: documento, hoja de firmas, firmas y lo publicado."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from sesiones.acta.documento import codigo_de
from sesiones.models import (
    Acta,
    AnexoPublicado,
    CambioActa,
    Firma,
    LugarDeFirma,
    Observacion,
    ParrafoEditado,
    Publicacion,
    Revisor,
    Ronda,
    Sello,
    Testado,
    VersionPublica,
)
from stl_portal.traspaso.con_forma import ConForma, lista_de
from stl_portal.traspaso.recurso import ORDINAL

from .colgado import Colgado
from .formas import detalle
from .sesiones import DEL_EDITOR

SIN_ESLABON = {"eslabon": "el registro público es de cada portal: aquí se anota otra vez."}
Objeciones = Iterable[tuple[str, str]]


class Actas(Colgado):
    """Cada versión del acta."""

    clave = "actas"
    nombre = "Actas"
    descripcion = "Una versión del acta: la primera, o una fe de erratas."
    modelo = Acta
    llave = ("sesion", "version")
    solo_con_ella = True


class HistoriaDeActas(Colgado):
    """Cada cambio de estado."""

    clave = "actas-historia"
    nombre = "Historia de las actas"
    descripcion = "Un cambio de estado de un acta: qué, cuándo y quién."
    modelo = CambioActa
    llave = ("objeto", ORDINAL)
    raiz = Acta
    camino = "objeto"
    solo_con_ella = True


class Parrafos(Colgado):
    """Lo que se escribió a mano en lugar de lo que los datos dan."""

    clave = "actas-parrafos"
    nombre = "Párrafos editados de las actas"
    descripcion = "Un párrafo del acta que alguien escribió a mano."
    modelo = ParrafoEditado
    llave = ("acta", "clave")
    excluidas = DEL_EDITOR
    vacias = {"base": "los datos pueden no dar ningún texto para ese párrafo."}
    raiz = Acta
    camino = "acta"


class Rondas(ConForma, Colgado):
    """Las vueltas de revisión."""

    clave = "rondas"
    nombre = "Rondas de revisión"
    descripcion = "Una vuelta de revisión del borrador, con el texto que se circuló."
    modelo = Ronda
    formas = {"parrafos": lista_de(clave=str, rotulo=str, texto=str)}
    llave = ("acta", "numero")
    raiz = Acta
    camino = "acta"
    solo_con_ella = True


class Revisores(Colgado):
    """A quién se pidió revisar."""

    clave = "rondas-revisores"
    nombre = "Personas que revisan"
    descripcion = "A quién se pidió revisar y qué respondió."
    modelo = Revisor
    llave = ("ronda", "persona")
    raiz = Acta
    camino = "ronda__acta"
    solo_con_ella = True


class Observaciones(Colgado):
    """Lo observado y cómo se atendió."""

    clave = "rondas-observaciones"
    nombre = "Observaciones"
    descripcion = "Una observación al borrador y cómo se atendió."
    modelo = Observacion
    llave = ("revisor", ORDINAL)
    raiz = Acta
    camino = "revisor__ronda__acta"
    solo_con_ella = True


class DeLoSellado(Colgado):
    """Lo que nace sellado. Su eslabón no viaja: al llegar se anota en el registro de este portal."""

    @classmethod
    def al_nacer(cls) -> Mapping[str, Any]:
        """Sin eslabón hasta que termina la importación; mientras tanto la base no la da por sellada."""
        return {"eslabon": 0}


class Sellos(DeLoSellado):
    """El contenido congelado, byte por byte."""

    clave = "actas-selladas"
    nombre = "Actas selladas"
    descripcion = "El documento sellado de un acta, en base 64; debe dar su huella."
    modelo = Sello
    excluidas = SIN_ESLABON
    llave = ("acta",)
    raiz = Acta
    camino = "acta"
    solo_con_ella = True

    def objetar(self, antes: Mapping[str, Any] | None, ahora: Mapping[str, Any]) -> Objeciones:
        """Los bytes dan su huella y la huella su código."""
        yield from super().objetar(antes, ahora)
        if hashlib.sha256(bytes(ahora["documento"])).hexdigest() != ahora["huella"]:
            yield "documento", "El documento no da la huella que dice: no es el que se selló."
        elif codigo_de(ahora["huella"]) != ahora["codigo"]:
            yield "codigo", "El código de verificación no es el de esa huella."


class LugaresDeFirma(Colgado):
    """La hoja de firmas."""

    clave = "actas-lugares-de-firma"
    nombre = "Lugares de firma"
    descripcion = "Un renglón de la hoja de firmas de un acta sellada."
    modelo = LugarDeFirma
    llave = ("sello", "orden")
    raiz = Acta
    camino = "sello__acta"
    solo_con_ella = True


class Firmas(ConForma, DeLoSellado):
    """Cada firma o negativa; la criptográfica va dentro de su PDF."""

    clave = "actas-firmas"
    nombre = "Firmas"
    descripcion = "Una firma, o la negativa a firmar, con el PDF que resultó, por su huella."
    modelo = Firma
    formas = {"detalle": detalle}
    excluidas = SIN_ESLABON
    llave = ("lugar", ORDINAL)
    raiz = Acta
    camino = "lugar__sello__acta"
    solo_con_ella = True


class Publicaciones(DeLoSellado):
    """El PDF cerrado con el sello del órgano."""

    clave = "actas-publicadas"
    nombre = "Actas publicadas"
    descripcion = "La publicación de un acta, con su PDF cerrado, por su huella."
    modelo = Publicacion
    excluidas = SIN_ESLABON
    llave = ("sello",)
    raiz = Acta
    camino = "sello__acta"
    solo_con_ella = True


class Testados(Colgado):
    """Lo que no se publica. Es el archivo que más hay que cuidar: trae el dato."""

    clave = "actas-testados"
    nombre = "Datos testados"
    descripcion = "Un dato que la versión pública de un acta omite, con su fundamento. No se publica."
    modelo = Testado
    llave = ("sello", "texto")
    raiz = Acta
    camino = "sello__acta"
    solo_con_ella = True


class VersionesPublicas(DeLoSellado):
    """Lo que cualquiera lee de un acta con datos personales."""

    clave = "actas-versiones-publicas"
    nombre = "Versiones públicas de las actas"
    descripcion = "El acta sin los datos testados, como se entrega a cualquiera."
    modelo = VersionPublica
    excluidas = SIN_ESLABON
    llave = ("sello", "ordinal")
    raiz = Acta
    camino = "sello__acta"
    solo_con_ella = True


class AnexosPublicados(DeLoSellado):
    """Con qué archivo se publica cada anexo, o que se retiró."""

    clave = "anexos-publicados"
    nombre = "Anexos publicados"
    descripcion = "Con qué archivo se publica un anexo; sin archivo, se retiró."
    modelo = AnexoPublicado
    excluidas = SIN_ESLABON
    llave = ("anexo", ORDINAL)
    camino = "anexo__sesion"
    solo_con_ella = True


TODOS = (
    Actas,
    HistoriaDeActas,
    Parrafos,
    Rondas,
    Revisores,
    Observaciones,
    Sellos,
    LugaresDeFirma,
    Firmas,
    Publicaciones,
    Testados,
    VersionesPublicas,
    AnexosPublicados,
)
