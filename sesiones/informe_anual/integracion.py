"""Quiénes integran el órgano al terminar el periodo: por sector y, solo en conjunto, por sexo declarado."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from sesiones.estados import Sector, SexoDeclarado
from sesiones.models import Asiento
from stl_portal.espanol import fecha_larga
from stl_portal.informe_anual.apartado import Apartado, Periodo, Tabla, grafica
from stl_portal.publico.registro import OrganoPublico

EL_PROPIO = "El propio secretariado"
# Un grupo muy pequeño señalaría a alguien: lo demás va siempre junto.
OTRAS = "Otra respuesta o no declarado"
SIN_SEXO = "El sexo solo se registra si la persona lo declara, y nadie lo ha declarado: no hay cuenta."
CON_SEXO = (
    "El sexo es el que cada persona declaró; es voluntario y solo se publica sumado, nunca el de alguien."
)


def integracion(organo: OrganoPublico, periodo: Periodo) -> Apartado:
    """Asientos ocupados y vacantes de cada sector, y cuántas mujeres y hombres los ocupan como titulares."""
    al = periodo.hasta
    asientos = list(Asiento.objects.filter(organo=organo.pk).vigentes(al).con_ocupantes())
    if not asientos:
        return Apartado(("Al terminar el periodo no consta ningún asiento del órgano.",))
    titulares = [(asiento, asiento.titular(al)) for asiento in asientos]
    ocupados = [titular.persona.sexo_declarado for _, titular in titulares if titular]
    de_sexo, nota = _por_sexo(ocupados)
    pares = [(nombre, total) for nombre, total, _ in _por_sector(asientos, al)]
    return Apartado(
        hechos=(_dicho(len(asientos), len(ocupados), al),),
        tablas=(_de_sector(asientos, al), *de_sexo),
        graficas=grafica("Asientos por sector", "Sector", "Asientos", pares, sola=True),
        notas=(nota, "Se cuentan las personas titulares; quienes suplen no se cuentan aparte."),
    )


def _dicho(asientos: int, ocupados: int, al: dt.date) -> str:
    de_asientos = "1 asiento" if asientos == 1 else f"{asientos} asientos"
    vacantes = asientos - ocupados
    resto = f" y {vacantes} vacante{'s' * (vacantes != 1)}" if vacantes else ", todos con titular"
    con = f", {ocupados} con titular" if vacantes else ""
    return f"Al {fecha_larga(al)}, el órgano tenía {de_asientos}{con}{resto}."


def _por_sector(asientos: Sequence[Asiento], al: dt.date) -> list[tuple[str, int, int]]:
    """Nombre del sector, sus asientos y cuántos tienen titular; solo los sectores que hay."""
    todos = Counter(asiento.institucion.sector for asiento in asientos)
    con_titular = Counter(asiento.institucion.sector for asiento in asientos if asiento.titular(al))
    nombres = [*((s.value, str(s.label)) for s in Sector), ("", EL_PROPIO)]
    return [(nombre, todos[clave], con_titular[clave]) for clave, nombre in nombres if todos[clave]]


def _de_sector(asientos: Sequence[Asiento], al: dt.date) -> Tabla:
    filas = tuple((n, todos, con, todos - con) for n, todos, con in _por_sector(asientos, al))
    return Tabla("Integración por sector", ("Sector", "Asientos", "Con titular", "Vacantes"), filas)


def _por_sexo(declarados: Sequence[str]) -> tuple[tuple[Tabla, ...], str]:
    """La tabla de titulares por sexo, si alguien lo declaró, y la nota que lo explica."""
    cuenta = Counter(declarados)
    solos = (SexoDeclarado.MUJER, SexoDeclarado.HOMBRE)
    if not any(cuenta[sexo.value] for sexo in solos):
        return (), SIN_SEXO
    filas = [(str(sexo.label), cuenta[sexo.value]) for sexo in solos]
    filas.append((OTRAS, len(declarados) - sum(n for _, n in filas)))
    return (Tabla("Titulares por sexo declarado", ("Sexo", "Titulares"), tuple(filas)),), CON_SEXO
