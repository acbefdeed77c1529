"""Leer lo que alguien alteró a mano: lo ilegible y lo que dice lo mismo con otros bytes."""

import datetime as dt

import pytest
from django.db import connection

from sesiones import models as m
from stl_portal.archivo import almacen
from stl_portal.archivo.models import Archivo
from stl_portal.sello.bitacora import anotar
from stl_portal.sello.lectura import leidas
from stl_portal.sello.models import Eslabon
from tests.fabricas import crear_en_curso
from tests.personas import Reparto
from tests.quitar_guardas import quitar_las_de_lo_sellado

# Solo SQLite guarda texto donde el modelo dice otra cosa; PostgreSQL rechaza o normaliza.
ALTERACIONES = {
    "replace(creado_el, ' ', 'T')": ["no está escrito como lo escribe el portal (creado_el)"],
    "'2026-13-45 00:00:00'": ["la fila no se puede leer"],
    "CAST(x'ff32303236' AS TEXT)": ["la fila no se puede leer"],
}


@pytest.mark.parametrize("valor", ALTERACIONES)
def test_una_fecha_escrita_de_otro_modo_se_nota(db: None, valor: str) -> None:
    for _ in range(3):
        anotar("prueba", {})
    quitar_las_de_lo_sellado(connection)
    esperado: list[list[str]] = [[], [], []]
    if connection.vendor == "sqlite":
        esperado[1] = ALTERACIONES[valor]
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE sello_eslabon SET creado_el = {valor} WHERE n = 2")
    assert [list(leida.fallas()) for leida in leidas(Eslabon.objects.all())] == esperado


def test_lo_que_escribe_el_portal_no_se_acusa(reparto: Reparto) -> None:
    # Textos, fechas, horas, sí y no, JSON, nulos y llaves: lo de toda una sesión.
    crear_en_curso(reparto)
    almacen.guardar_propio("añade".encode(), "nota.txt")
    assert m.Sesion.objects.filter(fecha__gt=dt.date(2000, 1, 1)).exists()
    modelos = (m.Organo, m.Regla, m.Sesion, m.Asistencia, m.Punto, m.Persona, m.Nombramiento, Archivo)
    for modelo in modelos:
        hechas = list(leidas(modelo._default_manager.all()))
        assert hechas, modelo
        assert [list(leida.fallas()) for leida in hechas] == [[] for _ in hechas], modelo
