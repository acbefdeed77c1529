"""Con qué filas cambia cada grupo: lo que publica, testa, corrige o retira algo pasa por una de estas."""

from collections.abc import Iterator
from typing import Any

from sesiones import models as m
from sesiones.buscables import actas, integrantes, reuniones, secciones
from stl_portal.buscador.fuentes import apuntar_fuente, vigilar
from stl_portal.participacion import buscables as preguntas


def registrar() -> None:
    """Se llama desde `SesionesConfig.ready()`; repetirlo no duplica nada."""
    secciones.registrar()
    for fuente in (*actas.FUENTES[:1], reuniones.FUENTE, *actas.FUENTES[1:], *integrantes.FUENTES):
        apuntar_fuente(fuente)
    vigilar(m.CambioSesion, _del_cambio_de_sesion)
    vigilar(m.Convocatoria, _de_la_convocatoria)
    vigilar(m.CambioActa, _del_cambio_de_acta)
    vigilar(m.VersionPublica, _de_la_version)
    vigilar(m.Testado, _de_lo_testado)
    vigilar(m.AnexoPublicado, _del_anexo_publicado)
    vigilar(m.Anexo, actas.de_un_anexo)
    vigilar(m.Organo, integrantes.del_organo)
    vigilar(m.Denominacion, _de_la_denominacion)
    vigilar(m.Asiento, integrantes.del_asiento)
    vigilar(m.Nombramiento, integrantes.de_quien_ocupa)
    vigilar(m.Suplencia, integrantes.de_quien_ocupa)
    vigilar(m.Persona, integrantes.de_la_persona)
    vigilar(m.Institucion, integrantes.de_la_institucion)


def _del_cambio_de_sesion(cambio: Any) -> list[str]:
    return [
        *reuniones.de_la_sesion(cambio.objeto),
        *actas.de_la_sesion(cambio.objeto),
        *_preguntas(cambio.objeto),
    ]


def _preguntas(sesion: m.Sesion) -> list[str]:
    """Las que se han hecho de sus acuerdos: dejan de leerse si la sesión se reabre."""
    return preguntas.de("acuerdo", sesion.acuerdos.values_list("pk", flat=True))


def _de_la_convocatoria(fila: m.Convocatoria) -> list[str]:
    return reuniones.de_la_sesion(fila.sesion)


def _del_cambio_de_acta(cambio: Any) -> Iterator[str]:
    return actas.de_un_acta(cambio.objeto)


def _de_la_version(version: m.VersionPublica) -> Iterator[str]:
    return actas.de_un_acta(version.sello.acta)


def _de_lo_testado(testado: m.Testado) -> list[str]:
    sesion = testado.sello.acta.sesion
    return [*reuniones.de_la_sesion(sesion), *actas.de_la_sesion(sesion), *_preguntas(sesion)]


def _del_anexo_publicado(fila: m.AnexoPublicado) -> list[str]:
    return actas.de_un_anexo(fila.anexo)


def _de_la_denominacion(fila: m.Denominacion) -> list[str]:
    return integrantes.del_organo(fila.organo)
