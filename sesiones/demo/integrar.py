"""Crea un órgano completo a partir de su archivo: nombre, reglas, asientos, personas y oficios."""

from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from sesiones import models as m

from .directorio import Directorio

Fila = TypeVar("Fila", bound=Model)


def guardar(fila: Fila) -> Fila:
    """Valida y guarda: los datos de demostración pasan por las mismas reglas que los capturados."""
    fila.full_clean()
    fila.save()
    return fila


def integrar(datos: dict[str, Any]) -> Directorio:
    """Crea el órgano con todo lo suyo, todo o nada, y devuelve su directorio."""
    with transaction.atomic():
        organo = guardar(_organo(datos["organo"]))
        directorio = Directorio(organo, datos)
        _identidad(organo, datos)
        _instituciones(datos)
        _personas(datos)
        for ficha in datos.get("oficio", []):
            _oficio(directorio, ficha)
        _asientos(directorio, datos)
        for ficha in datos.get("nombramiento", []):
            _nombramiento(directorio, ficha)
        for ficha in datos.get("suplencia", []):
            _suplencia(directorio, ficha)
    return directorio


def facultar(directorio: Directorio, datos: dict[str, Any], sesion: m.Sesion) -> None:
    """Los oficios que llegaron para esa sesión y las suplencias que solo valen en ella."""
    directorio.sumar(datos)
    for ficha in datos.get("oficio", []):
        _oficio(directorio, ficha)
    for ficha in datos.get("suplencia", []):
        _suplencia(directorio, ficha | {"sesion": sesion})


def _organo(ficha: dict[str, Any]) -> m.Organo:
    """El órgano y, si es municipal, el secretariado que lo acompaña, por su clave."""
    campos = _sin(ficha, "acompanado_por")
    if "acompanado_por" in ficha:
        campos["acompanado_por"] = m.Organo.objects.get(clave=ficha["acompanado_por"])
    return m.Organo(**campos)


def _sin(ficha: dict[str, Any], *campos: str) -> dict[str, Any]:
    """La ficha sin los campos que no son columnas."""
    return {campo: valor for campo, valor in ficha.items() if campo not in campos}


def _identidad(organo: m.Organo, datos: dict[str, Any]) -> None:
    """Denominaciones, reglas, citas legales, plantilla del orden del día y frases."""
    for seccion, modelo in (("denominacion", m.Denominacion), ("regla", m.Regla), ("cita", m.CitaLegal)):
        for ficha in datos.get(seccion, []):
            guardar(modelo(organo=organo, **ficha))
    for orden, ficha in enumerate(datos.get("plantilla", []), start=1):
        guardar(m.PuntoPlantilla(organo=organo, orden=orden, **ficha))
    for orden, ficha in enumerate(datos.get("frase", []), start=1):
        guardar(m.Frase(organo=organo, orden=orden, **ficha))


def _instituciones(datos: dict[str, Any]) -> None:
    """Instituciones que otro órgano no haya registrado ya."""
    for ficha in datos.get("institucion", []):
        if not m.Institucion.objects.filter(nombre=ficha["nombre"]).exists():
            guardar(m.Institucion(**_sin(ficha, "clave")))


def _personas(datos: dict[str, Any]) -> None:
    """Personas canónicas con las otras formas en que los documentos las nombran."""
    for ficha in datos.get("persona", []):
        persona = guardar(m.Persona(**_sin(ficha, "clave", "alias")))
        for alias in ficha.get("alias", []):
            guardar(m.AliasPersona(persona=persona, **alias))


def _oficio(directorio: Directorio, ficha: dict[str, Any]) -> None:
    """Oficio con su remitente, su sello de recepción y sus copias."""
    oficio = m.Oficio(
        organo=directorio.organo, **_sin(ficha, "clave", "copias", "remitente_persona", "recibido_el")
    )
    if "remitente_persona" in ficha:
        oficio.remitente_persona = directorio.persona(ficha["remitente_persona"])
    if "recibido_el" in ficha:
        oficio.recibido_el = timezone.make_aware(ficha["recibido_el"])
    guardar(oficio)
    for para in ficha.get("copias", []):
        guardar(m.CopiaOficio(oficio=oficio, para=para))


def _asientos(directorio: Directorio, datos: dict[str, Any]) -> None:
    """Asientos en el orden del archivo."""
    for orden, ficha in enumerate(datos.get("asiento", []), start=1):
        institucion = directorio.institucion(ficha["clave"])
        guardar(
            m.Asiento(organo=directorio.organo, institucion=institucion, orden=orden, **_sin(ficha, "clave"))
        )


def _ocupante(directorio: Directorio, ficha: dict[str, Any]) -> dict[str, Any]:
    """Los campos de la ficha con sus claves cambiadas por filas."""
    campos = _sin(ficha, "clave", "refrendos")
    campos["asiento"] = directorio.asiento(ficha["asiento"])
    campos["persona"] = directorio.persona(ficha["persona"])
    if "oficio" in ficha:
        campos["oficio"] = directorio.oficio(ficha["oficio"])
    return campos


def _nombramiento(directorio: Directorio, ficha: dict[str, Any]) -> None:
    """Titular del asiento, con los oficios que lo refrendan."""
    fila = guardar(m.Nombramiento(**_ocupante(directorio, ficha)))
    for clave in ficha.get("refrendos", []):
        guardar(m.Refrendo(nombramiento=fila, oficio=directorio.oficio(clave)))


def _suplencia(directorio: Directorio, ficha: dict[str, Any]) -> None:
    """Suplente del asiento, con el oficio que lo designa."""
    guardar(m.Suplencia(**_ocupante(directorio, ficha)))
