"""Lo que un archivo puede decir de dos maneras y debe decir igual: que todo sea de la misma sesión."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import F

from sesiones.models import (
    Acuerdo,
    Anexo,
    Asistencia,
    Firmante,
    Intervencion,
    Movimiento,
    Plazo,
    Punto,
    Votacion,
    Voto,
)

if TYPE_CHECKING:
    from stl_portal.traspaso.motor import Motor

# Tabla, los dos caminos que deben llegar a lo mismo y cómo se dice si no.
IGUALES: tuple[tuple[Any, str, str, str], ...] = (
    (Punto, "padre__sesion", "sesion", "un punto va dentro de otro de otra sesión"),
    (Acuerdo, "punto__sesion", "sesion", "un acuerdo es de un punto de otra sesión"),
    (Plazo, "acuerdo__sesion", "punto__sesion", "un plazo es de un acuerdo de otra sesión"),
    (Anexo, "punto__sesion", "sesion", "un anexo es de un punto de otra sesión"),
    (Anexo, "acuerdo__sesion", "sesion", "un anexo es de un acuerdo de otra sesión"),
    (Asistencia, "asiento__organo", "sesion__organo", "una asistencia es de un asiento de otro órgano"),
    (Asistencia, "suplencia__asiento", "asiento", "una asistencia cita la suplencia de otro asiento"),
    (Movimiento, "punto__sesion", "asistencia__sesion", "una llegada o salida cita un punto de otra sesión"),
    (
        Intervencion,
        "asistencia__sesion",
        "punto__sesion",
        "una intervención es de quien asistió a otra",
    ),
    (Votacion, "acuerdo__sesion", "punto__sesion", "una votación es del acuerdo de otra sesión"),
    (Voto, "asistencia__sesion", "votacion__punto__sesion", "un voto es de quien asistió a otra sesión"),
    (Voto, "asistencia__asiento", "asiento", "un voto es de quien ocupaba otro asiento"),
    (Firmante, "asistencia__sesion", "sesion", "un firmante asistió a otra sesión"),
)


def incoherencias(motor: "Motor") -> Iterator[str]:
    """Una frase por cada renglón que llegó o cambió y no concuerda; una consulta por pareja."""
    tocadas: dict[Any, set[Any]] = {}
    for recurso, pks in (*motor.nacidas.items(), *motor.cambiadas.items()):
        tocadas.setdefault(recurso.modelo, set()).update(pks)
    for modelo, uno, otro, dicho in IGUALES:
        if modelo in tocadas:
            filas = modelo._base_manager.exclude(**{uno: None}).exclude(**{uno: F(otro)}).order_by("pk")
            suyas = [fila for fila in filas if fila.pk in tocadas[modelo]]
            yield from (f"{modelo._meta.verbose_name} «{fila}»: {dicho}." for fila in suyas)
    if Voto in tocadas:
        yield from _fuera_del_padron(tocadas[Voto])


def _fuera_del_padron(votos: set[Any]) -> Iterator[str]:
    """El nombre de quien votó se lee del padrón congelado: debe estar."""
    filas = Voto._base_manager.values_list("pk", "asiento", "votacion__padron", "votacion__asunto")
    for pk, asiento, padron, asunto in filas.iterator():
        if pk in votos and all(uno["asiento"] != asiento for uno in padron):
            yield f"votación «{asunto}»: trae el voto de un asiento que no está en su padrón."
