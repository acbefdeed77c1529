"""La base rechaza todo lo que no sea agregar al registro, en SQLite y en PostgreSQL."""

from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from stl_portal.guardas.instalacion import al_migrar, esperadas, faltantes, puestas, revisar
from stl_portal.sello.bitacora import anotar
from stl_portal.sello.models import Eslabon, PuntoDeControl, hash_de_eslabon
from tests.quitar_guardas import quitar_guardas

DE_SQLITE = {
    f"sellada_sello_{t}_{c}" for t in ("eslabon", "puntodecontrol") for c in ("insert", "update", "delete")
}
DE_POSTGRES = {f"sellada_sello_{t}_{c}" for t in ("eslabon", "puntodecontrol") for c in ("fila", "vaciado")}
COLUMNAS = "n, prev, tipo, objeto, payload, payload_sha256, hash, creado_el"

# Las puertas traseras de cada motor.
TRASERAS = {
    "sqlite": [
        "UPDATE OR REPLACE sello_eslabon SET n = 1 WHERE n = 2",
        f"REPLACE INTO sello_eslabon ({COLUMNAS}) SELECT {COLUMNAS} FROM sello_eslabon WHERE n = 3",
        f"INSERT OR REPLACE INTO sello_eslabon ({COLUMNAS}) "
        "SELECT 4, hash, tipo, objeto, payload, payload_sha256, hash, creado_el FROM sello_eslabon WHERE n=3",
        f"INSERT INTO sello_eslabon ({COLUMNAS}) SELECT {COLUMNAS} FROM sello_eslabon WHERE n = 3 "
        "ON CONFLICT DO UPDATE SET tipo = 'x'",
        "REPLACE INTO sello_puntodecontrol SELECT * FROM sello_puntodecontrol",
    ],
    "postgresql": [
        "TRUNCATE sello_eslabon",
        "TRUNCATE sello_puntodecontrol CASCADE",
        f"INSERT INTO sello_eslabon ({COLUMNAS}) SELECT {COLUMNAS} FROM sello_eslabon WHERE n = 3 "
        "ON CONFLICT (n) DO UPDATE SET tipo = 'x'",
    ],
}
# Una base a la que le debilitaron una guarda sin cambiarle el nombre.
DEBILITAR = {
    "sqlite": [
        "DROP TRIGGER sellada_sello_eslabon_delete",
        "CREATE TRIGGER sellada_sello_eslabon_delete BEFORE DELETE ON sello_eslabon "
        "WHEN 0 BEGIN SELECT 1; END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION sellada_sello_eslabon() RETURNS trigger LANGUAGE plpgsql "
        "AS 'BEGIN RETURN NEW; END'"
    ],
}
APAGAR = {
    "sqlite": "DROP TRIGGER sellada_sello_eslabon_update",
    "postgresql": "ALTER TABLE sello_eslabon DISABLE TRIGGER sellada_sello_eslabon_fila",
}


@pytest.fixture(autouse=True)
def _tres(db: None) -> None:
    for numero in range(3):
        anotar("prueba", {"numero": numero}, objeto=f"cosa:{numero}")
    PuntoDeControl.objects.create(
        tamano=2, origen="o", raiz="0" * 64, clave="c", texto="t", creado_el="2026-01-01T00:00Z"
    )


def rechazada(orden: str, parametros: Any = None) -> bool:
    """Si la base se niega; lo que quede de la transacción sigue sirviendo."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(orden, parametros)
    except DatabaseError:
        return True
    return False


def test_la_lista_de_disparadores_es_exacta() -> None:
    # Los del buscador no guardan nada: mantienen su índice, y los prueba él.
    hay = {nombre for nombre in puestas(connection) if not nombre.startswith("buscador_")}
    assert {g.nombre for g in esperadas(connection)} == hay
    propias = DE_POSTGRES if connection.vendor == "postgresql" else DE_SQLITE
    assert {nombre for nombre in hay if nombre.startswith("sellada_sello_")} == propias


@pytest.mark.parametrize("columna", COLUMNAS.split(", "))
def test_ninguna_columna_del_eslabon_cambia(columna: str) -> None:
    assert rechazada(f"UPDATE sello_eslabon SET {columna} = {columna} WHERE n = 2")


@pytest.mark.parametrize(
    "orden",
    [
        "DELETE FROM sello_eslabon WHERE n = 3",
        "DELETE FROM sello_eslabon",
        "UPDATE sello_eslabon SET n = 99 WHERE n = 3",
        "DELETE FROM sello_puntodecontrol",
        "UPDATE sello_puntodecontrol SET raiz = 'x'",
        f"INSERT INTO sello_eslabon ({COLUMNAS}) SELECT {COLUMNAS} FROM sello_eslabon WHERE n = 3",
        "INSERT INTO sello_puntodecontrol SELECT * FROM sello_puntodecontrol",
    ],
)
def test_ni_se_borra_ni_se_repite(orden: str) -> None:
    assert rechazada(orden)
    assert Eslabon.objects.count() == 3


@pytest.mark.parametrize("pragma", ["ON", "OFF"])
def test_las_puertas_traseras_de_cada_motor_estan_cerradas(pragma: str) -> None:
    def recursivos(valor: str) -> None:
        if connection.vendor == "sqlite":
            connection.connection.execute(f"PRAGMA recursive_triggers={valor}")

    recursivos(pragma)
    try:
        assert [orden for orden in TRASERAS[connection.vendor] if not rechazada(orden)] == []
    finally:
        recursivos("ON")
    assert Eslabon.objects.count() == 3


@pytest.mark.parametrize(
    "cambio",
    [
        {"n": 5},
        {"n": 3},
        {"prev": "0" * 64},
        {"payload": "{}"},
        {"payload_sha256": "0" * 64},
        {"hash": "f" * 64},
        {"prev": "no es un hash"},
    ],
)
def test_un_eslabon_que_no_sigue_al_ultimo_no_entra(cambio: dict[str, Any]) -> None:
    ultimo = Eslabon.objects.get(n=3)
    bueno = {c: getattr(ultimo, c) for c in ("tipo", "objeto", "payload", "payload_sha256", "creado_el")}
    bueno |= {"n": 4, "prev": ultimo.hash, "hash": hash_de_eslabon(ultimo.hash, ultimo.payload_sha256)}
    with pytest.raises(DatabaseError), transaction.atomic():
        Eslabon.objects.create(**(bueno | cambio))
    Eslabon.objects.create(**bueno)


def test_lo_rechazado_dice_por_que() -> None:
    with pytest.raises(IntegrityError, match="sellada_sello_eslabon: el registro solo crece"):
        Eslabon.objects.filter(n=1).update(tipo="otra")


def test_una_guarda_quitada_se_nombra_y_migrar_la_repone() -> None:
    nombre = sorted(g.nombre for g in esperadas(connection) if "sello_eslabon" in g.nombre)[0]
    assert revisar(databases=["default"]) == []
    quitar_guardas(connection, [nombre])
    assert [f.nombre for f in faltantes(connection)] == [nombre]
    assert nombre in revisar(databases=["default"])[0].msg
    al_migrar(apps.get_app_config("sello"))
    assert faltantes(connection) == []


def test_una_guarda_debilitada_con_el_mismo_nombre_se_nota() -> None:
    with connection.cursor() as cursor:
        for orden in DEBILITAR[connection.vendor]:
            cursor.execute(orden)
    assert "sello_eslabon" in faltantes(connection)[0].nombre


def test_una_guarda_apagada_cuenta_como_que_no_esta() -> None:
    with connection.cursor() as cursor:
        cursor.execute(APAGAR[connection.vendor])
    assert [f.nombre in APAGAR[connection.vendor] for f in faltantes(connection)] == [True]


@pytest.mark.django_db(transaction=True)
def test_la_orden_flush_tambien_repone_las_guardas() -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert (Eslabon.objects.count(), faltantes(connection)) == (0, [])
