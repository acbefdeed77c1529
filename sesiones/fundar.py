"""Fundar un órgano: su nombre, lo que copia de un modelo, sus asientos y quién lo lleva, todo o nada."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from sesiones import roles
from sesiones.estados import Funcion, TipoRol
from sesiones.modelos_de_organo import Modelo
from sesiones.models import Asiento, Denominacion, Institucion, Organo, Rol
from stl_portal.cuentas.models import Usuario
from stl_portal.espanol import llano
from stl_portal.publico.registro import MUNICIPIOS, Municipio

CLAVE_MAXIMA = 40
SIGLAS_MAXIMAS = 20


@dataclass(frozen=True)
class Lugar:
    """Un asiento por crear. La institución puede no estar guardada todavía."""

    institucion: Institucion
    funcion: str = Funcion.INTEGRANTE


@dataclass(frozen=True)
class Fundacion:
    """Todo lo que nace junto. Nada está guardado; las cuentas pueden no estarlo.

    A `administra` no se le avisa, porque es quien funda, salvo que su cuenta nadie la haya abierto: se le
    invita. A los demás les llega el correo de su rol.
    """

    organo: Organo
    denominacion: Denominacion
    modelo: Modelo
    administra: Usuario
    lugares: Sequence[Lugar] = ()
    roles: Sequence[tuple[Usuario, TipoRol]] = ()


def fundar(fundacion: Fundacion, hoy: dt.date) -> Organo:
    """Crea el órgano con todo lo suyo. Lanza `ValidationError` con lo que no se admite, y no queda nada."""
    with transaction.atomic():
        organo = fundacion.organo
        organo.full_clean()
        organo.save()
        fundacion.denominacion.organo = organo
        fundacion.denominacion.full_clean()
        fundacion.denominacion.save()
        fundacion.modelo.copiar_en(organo)
        _asientos(organo, _con_facilitacion(fundacion))
        _dar_roles(fundacion, hoy)
    return organo


def _con_facilitacion(fundacion: Fundacion) -> list[Lugar]:
    """Los asientos y, si ninguno facilita, el lugar del propio secretariado, que no vota."""
    lugares = list(fundacion.lugares)
    if not lugares or any(lugar.funcion == Funcion.FACILITACION for lugar in lugares):
        return lugares
    nombre = fundacion.denominacion.nombre[:200]
    propia = Institucion.objects.filter(nombre=nombre).first() or Institucion(
        nombre=nombre, siglas=fundacion.denominacion.siglas
    )
    return [*lugares, Lugar(propia, Funcion.FACILITACION)]


def _asientos(organo: Organo, lugares: list[Lugar]) -> None:
    for orden, lugar in enumerate(lugares, start=1):
        if lugar.institucion._state.adding:
            lugar.institucion.full_clean()
            lugar.institucion.save()
        asiento = Asiento(
            organo=organo,
            institucion=lugar.institucion,
            funcion=lugar.funcion,
            orden=orden,
            tiene_voto=lugar.funcion != Funcion.FACILITACION,
        )
        asiento.full_clean()
        asiento.save()


def _dar_roles(fundacion: Fundacion, hoy: dt.date) -> None:
    administra = _cuenta(fundacion.administra)
    rol = Rol(usuario=administra, organo=fundacion.organo, tipo=TipoRol.ADMINISTRADORA, vigente_desde=hoy)
    rol.full_clean()
    rol.save()
    if not administra.has_usable_password():
        roles.invitar(rol)
    for usuario, tipo in fundacion.roles:
        otro = Rol(usuario=_cuenta(usuario), organo=fundacion.organo, tipo=tipo, vigente_desde=hoy)
        roles.dar(otro, por=administra)


def _cuenta(usuario: Usuario) -> Usuario:
    """La cuenta de ese correo, o una nueva sin contraseña. Lanza `ValidationError` si no es un correo."""
    ya = usuario if usuario.pk else Usuario.objects.filter(email__iexact=usuario.email).first()
    if ya:
        return ya
    usuario.set_unusable_password()
    usuario.full_clean()
    return Usuario.objects.create_user(usuario.email, nombre=usuario.nombre)


def municipios() -> dict[str, Municipio]:
    """Los que conoce el portal, por clave INEGI y en orden alfabético."""
    todos = [m for fuente in MUNICIPIOS for m in fuente()]
    return {m.clave: m for m in sorted(todos, key=lambda m: llano(m.nombre))}


def propuesta(municipio: Municipio, *, ficticio: bool) -> dict[str, str]:
    """Cómo se llamaría el secretariado de ese municipio, campo por campo."""
    siglas, de_prueba = f"STM {municipio.nombre}", " (ficticio)" if ficticio else ""
    final = "-demo" if ficticio else ""
    return {
        "nombre": f"Secretariado Técnico Municipal de {municipio.nombre}{de_prueba}",
        "nombre_corto": f"Secretariado Municipal de {municipio.nombre}{de_prueba}",
        "siglas": siglas if len(siglas) <= SIGLAS_MAXIMAS else "STM",
        "lugar": municipio.lugar,
        "clave": _clave(municipio.nombre, CLAVE_MAXIMA - len(final)) + final,
    }


def _clave(nombre: str, maximo: int) -> str:
    """«stm-leon»; si no cabe, sin las últimas palabras."""
    palabras = ["stm", *slugify(nombre).split("-")]
    while len("-".join(palabras)) > maximo:
        palabras.pop()
    return "-".join(palabras)
