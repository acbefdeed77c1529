"""Las cuentas ficticias de la demostración: quiénes son, qué pueden y qué conviene probar."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from sesiones import models as m
from sesiones import roles
from stl_portal.cuentas import demostracion

from .datos import leer
from .directorio import Directorio
from .integrar import guardar


@dataclass(frozen=True)
class PersonaDemo:
    """Una cuenta con la que se puede entrar."""

    correo: str
    nombre: str
    papel: str
    probar: str


def personas() -> tuple[PersonaDemo, ...]:
    """El elenco, en el orden en que conviene probarlo."""
    fichas = leer("elenco")["cuenta"]
    return tuple(PersonaDemo(f["correo"], f["nombre"], f["papel"], f["probar"]) for f in fichas)


def contrasena() -> str:
    """La contraseña que comparten todas las cuentas ficticias."""
    clave: str = leer("elenco")["contrasena"]
    return clave


def crear_cuentas(directorio: Directorio) -> int:
    """Crea las cuentas del órgano que falten, con sus roles y su persona; devuelve cuántas creó.

    Una cuenta que ya existe no se toca: quien probó la demostración pudo cambiarla.
    """
    existentes = set(get_user_model().objects.values_list("email", flat=True))
    faltan = [ficha for ficha in cuentas_de(directorio) if ficha["correo"] not in existentes]
    with transaction.atomic():
        for ficha in faltan:
            _crear(ficha, directorio)
    return len(faltan)


def invitar(directorio: Directorio) -> int:
    """Invita a quien todavía no abre su cuenta; devuelve a cuántas personas."""
    cuentas = get_user_model().objects
    nuevas = [f for f in leer("elenco")["invitada"] if not cuentas.filter(email=f["correo"]).exists()]
    for ficha in nuevas:
        cuenta = cuentas.model(email=ficha["correo"], nombre=ficha["nombre"])
        rol = m.Rol(usuario=cuenta, organo=directorio.organo, tipo=ficha["rol"])
        roles.dar(rol, cuentas.get(email=ficha["invita"]))
    return len(nuevas)


def cuentas_de(directorio: Directorio) -> list[dict[str, Any]]:
    """Las fichas del elenco que son de ese órgano ficticio."""
    clave = directorio.organo.clave
    return [ficha for ficha in leer("elenco")["cuenta"] if ficha.get("organo", "demo") == clave]


def _crear(ficha: dict[str, Any], directorio: Directorio) -> None:
    """Una cuenta con sus roles en cada órgano; la persona solo puede ser de las ficticias."""
    cuenta = get_user_model().objects.create_user(
        ficha["correo"], contrasena(), nombre=ficha["nombre"], is_staff=ficha.get("administra", False)
    )
    if ficha.get("segundo_factor"):
        demostracion.dar_segundo_factor(cuenta)
    for clave, tipo in ficha.get("roles", {}).items():
        guardar(m.Rol(usuario=cuenta, organo=m.Organo.objects.get(clave=clave), tipo=tipo))
    if "persona" in ficha:
        persona = directorio.persona(ficha["persona"])
        persona.usuario, persona.correo = cuenta, ficha["correo"]
        guardar(persona)
