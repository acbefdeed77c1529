"""El reparto fijo de las pruebas: siempre las mismas personas en los mismos lugares.

El órgano de prueba tiene una presidencia, tres integrantes de sectores distintos, un asiento
vacante y el lugar de la facilitadora, que no vota.
"""

import datetime as dt
from dataclasses import dataclass

from sesiones import models as m
from sesiones.estados import Funcion, Sector, TipoRol
from stl_portal.cuentas.models import Usuario

DIA = dt.date(2026, 3, 18)  # miércoles, fecha de las sesiones de prueba
DESDE = dt.date(2025, 1, 1)
CLAVE = "prueba-segura-2026"


@dataclass
class Reparto:
    """Todas las personas y lugares de una prueba."""

    organo: m.Organo
    regla: m.Regla
    asientos: dict[str, m.Asiento]
    personas: dict[str, m.Persona]
    cuentas: dict[str, Usuario]


ASIENTOS = (
    (
        "presidencia",
        "Instituto de Prueba",
        Sector.ORGANO_AUTONOMO,
        Funcion.PRESIDENCIA,
        "Ana Ruiz Peña",
        "Mtra.",
    ),
    ("poder", "Poder de Prueba", Sector.PODER_PUBLICO, Funcion.INTEGRANTE, "Beto Sosa Lira", "Lic."),
    ("academia", "Universidad de Prueba", Sector.ACADEMIA, Funcion.INTEGRANTE, "Celia Mora Díaz", "Dra."),
    ("civil", "Asociación de Prueba", Sector.SOCIEDAD_CIVIL, Funcion.INTEGRANTE, "Darío Vega Cruz", "C."),
    ("vacante", "Cámara de Prueba", Sector.INICIATIVA_PRIVADA, Funcion.INTEGRANTE, "", ""),
    ("facilitadora", "Secretariado de Prueba", "", Funcion.FACILITACION, "Eva Luna Ríos", "Lic."),
)

CUENTAS = {
    "facilitadora": TipoRol.FACILITADORA,
    "colega": TipoRol.TECNICA,
    "administradora": TipoRol.ADMINISTRADORA,
    "auditora": TipoRol.AUDITORA,
    "integrante": None,  # su asiento le da lo que puede
    "extrana": None,
}


def crear_reparto(clave: str = "prueba") -> Reparto:
    """Crea el órgano con su regla (mitad más uno de los asientos ocupados), asientos y cuentas."""
    organo = m.Organo.objects.create(clave=clave)
    m.Denominacion.objects.create(
        organo=organo,
        nombre=f"Secretariado Técnico de Prueba {clave}",
        nombre_corto="Secretariado",
        siglas="STP",
    )
    regla = m.Regla.objects.create(organo=organo, vigente_desde=DESDE, fundamento="Lineamientos de prueba")
    asientos, personas = {}, {}
    for orden, (nombre, institucion, sector, funcion, titular, trato) in enumerate(ASIENTOS, start=1):
        fila, _ = m.Institucion.objects.get_or_create(
            nombre=f"{institucion} {clave}", defaults={"sector": sector}
        )
        asientos[nombre] = m.Asiento.objects.create(
            organo=organo, institucion=fila, funcion=funcion, orden=orden, tiene_voto=nombre != "facilitadora"
        )
        if titular:
            apellidos = " ".join(titular.split()[1:])
            personas[nombre] = m.Persona.objects.create(
                nombre=titular,
                apellidos=apellidos,
                tratamiento=trato,
                correo=f"{nombre}.{clave}@prueba.example",
            )
            m.Nombramiento.objects.create(
                asiento=asientos[nombre],
                persona=personas[nombre],
                cargo="Titular de prueba",
                vigente_desde=DESDE,
            )
    cuentas = {papel: _cuenta(papel, tipo, organo) for papel, tipo in CUENTAS.items()}
    m.Persona.objects.filter(pk=personas["civil"].pk).update(usuario=cuentas["integrante"])
    return Reparto(organo, regla, asientos, personas, cuentas)


def _cuenta(papel: str, tipo: str | None, organo: m.Organo) -> Usuario:
    """La cuenta del papel y su rol en el órgano; la misma persona puede tener papel en varios."""
    correo = f"{papel}.{organo.clave}@prueba.example"
    usuario = Usuario.objects.create_user(correo, CLAVE, nombre=f"{papel.capitalize()} de Prueba")
    if tipo:
        m.Rol.objects.create(usuario=usuario, organo=organo, tipo=tipo, vigente_desde=DESDE)
    return usuario
