"""Qué escrituras estrenan una edición de lo público, y cuándo."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sesiones import models as m
from stl_portal.publico import edicion
from stl_portal.publico.models import Edicion
from tests import hilos
from tests.fabricas import crear_en_curso, crear_sesion, pasar_lista
from tests.personas import Reparto, crear_reparto

pytestmark = pytest.mark.django_db(transaction=True)
Acto = Callable[[Reparto], object]


@pytest.fixture
def gente() -> Reparto:
    """Un órgano con su gente y una sesión en curso."""
    reparto = crear_reparto()
    crear_en_curso(reparto)
    return reparto


def cambia(acto: Callable[[], object]) -> bool:
    """Si después rige otra edición."""
    antes = edicion.vigente()
    acto()
    return edicion.vigente() != antes


def _deshecho(reparto: Reparto) -> None:
    with transaction.atomic():
        m.Punto.objects.update(titulo="Otro")
        transaction.set_rollback(True)


def _una_parte_deshecha(reparto: Reparto) -> None:
    with transaction.atomic():
        with transaction.atomic():
            m.Punto.objects.update(titulo="Otro")
            transaction.set_rollback(True)
        m.Punto.objects.update(desahogo="Se trató.")


def _deshecha_la_parte_que_ya_habia_escrito(reparto: Reparto) -> None:
    with transaction.atomic():
        with transaction.atomic():
            m.Punto.objects.update(titulo="Otro")
            transaction.set_rollback(True)
        m.Punto.objects.update(titulo="Otro más")


PUBLICOS: dict[str, Acto] = {
    "una fila que se guarda": lambda r: m.Institucion.objects.create(nombre="Nueva", sector="academia"),
    "una fila que se borra": lambda r: m.Denominacion.objects.all().delete(),
    "muchas que se cambian": lambda r: m.Punto.objects.update(titulo="Otro"),
    "muchas que se crean": lambda r: m.Institucion.objects.bulk_create([m.Institucion(nombre="Una")]),
    "una relación de muchos a muchos": lambda r: m.Punto.objects.get().refiere_a.add(
        m.Acuerdo.agregar(m.Punto.objects.get(), texto="Difundir")
    ),
    "un texto público junto con uno que no": lambda r: m.Punto.objects.update(desahogo="Sí.", titulo="Otro"),
    "lo que sigue a una parte deshecha": _deshecha_la_parte_que_ya_habia_escrito,
}
PRIVADOS: dict[str, Acto] = {
    "leer": lambda r: list(m.Punto.objects.all()),
    "el desahogo que se autoguarda": lambda r: m.Punto.objects.get().guardar_sobre(1, desahogo="Se trató."),
    "lo que alguien dice": lambda r: m.Intervencion.agregar(m.Punto.objects.get(), quien="Ana", texto="Sí."),
    "un anexo mientras se sesiona": lambda r: m.Anexo.agregar(m.Punto.objects.get(), titulo="Lista"),
    "un papel": lambda r: m.Rol.objects.update(tipo="auditora"),
    "entrar": lambda r: Client().force_login(r.cuentas["integrante"]),
    "lo deshecho": _deshecho,
    "lo deshecho en una parte": _una_parte_deshecha,
}


@pytest.mark.parametrize("que", PUBLICOS)
def test_lo_publico_estrena_edicion(gente: Reparto, que: str) -> None:
    assert cambia(lambda: PUBLICOS[que](gente)) is True


@pytest.mark.parametrize("que", PRIVADOS)
def test_lo_demas_no(gente: Reparto, que: str) -> None:
    assert cambia(lambda: PRIVADOS[que](gente)) is False


def test_pasar_lista_no_la_estrena_y_rectificarla_si() -> None:
    reparto = crear_reparto()
    sesion = crear_sesion(reparto)
    assert cambia(lambda: pasar_lista(reparto, sesion)) is False
    assert cambia(lambda: m.Asistencia.objects.update(motivo="Otro")) is True


def test_hasta_que_se_confirma_rige_la_anterior(gente: Reparto) -> None:
    antes = edicion.vigente()
    with transaction.atomic():
        m.Punto.objects.update(titulo="Otro")
        assert edicion.vigente() == antes
    assert edicion.vigente() != antes


def test_una_transaccion_con_muchas_escrituras_la_anota_una_vez(gente: Reparto) -> None:
    with CaptureQueriesContext(connection) as hechas, transaction.atomic():
        for titulo in ("uno", "dos", "tres"):
            m.Punto.objects.update(titulo=titulo)
    anotadas = [q["sql"] for q in hechas if "publico_edicion" in q["sql"]]
    assert len(anotadas) == 1
    assert anotadas[0].startswith("UPDATE")


def test_dos_que_escriben_a_la_vez_dejan_una_sola_fila(gente: Reparto) -> None:
    antes = edicion.vigente()
    hilos.a_la_vez([lambda: m.Punto.objects.update(titulo="Otro")] * 4)
    assert Edicion.objects.count() == 1
    assert edicion.vigente() != antes


def test_ninguna_edicion_se_repite(gente: Reparto) -> None:
    vistas = []
    for numero in range(20):
        m.Punto.objects.update(titulo=f"Título {numero}")
        vistas.append(edicion.vigente())
    assert len(set(vistas)) == 20


def test_si_no_se_puede_anotar_lo_escrito_queda_y_se_registra(
    gente: Reparto, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.MonkeyPatch.context() as parche:
        parche.setattr(Edicion, "UNICA", "no es un número")
        with transaction.atomic():
            m.Punto.objects.update(titulo="Otro")
    assert m.Punto.objects.get().titulo == "Otro"
    assert ["subir" in registro.getMessage() for registro in caplog.records] == [True]
    caplog.clear()


@pytest.mark.parametrize(
    ("orden", "cuenta"),
    [
        ('INSERT INTO "sesiones_acta" ("id") VALUES (1)', True),
        ('INSERT OR IGNORE INTO "sesiones_punto_oficios" ("id") VALUES (1)', True),
        ('  delete from "ejes_plan"', True),
        ('UPDATE "sesiones_punto" SET "desahogo" = 1, "version" = ("sesiones_punto"."version" + 1)', False),
        ('UPDATE "sesiones_punto" SET "desahogo" = 1, "titulo" = 2 WHERE "id" = 1', True),
        ('UPDATE "sesiones_punto" SET "desahogo" = (SELECT 1 WHERE 1), "titulo" = 2', True),
        ('INSERT INTO "sesiones_punto" ("desahogo") VALUES (1)', True),
        ('INSERT INTO "archivo_archivo" ("nombre") VALUES (1)', False),
        ('UPDATE "archivo_archivo" SET "nombre" = 1', True),
        ('INSERT INTO "ejes_evidencia" ("titulo") VALUES (1)', False),
        ('DELETE FROM "ejes_evidencia"', True),
        ('INSERT INTO "participacion_pregunta" ("texto") VALUES (1)', False),
        ('UPDATE "participacion_pregunta" SET "estado" = 1', True),
        ('UPDATE "django_session" SET "session_data" = 1', False),
        ('TRUNCATE "django_session", "sesiones_acta"', True),
        ('SELECT 1 FROM "sesiones_acta"', False),
        ('SELECT 1 FROM "sesiones_acta" FOR UPDATE', False),
        ('SAVEPOINT "s1"', False),
        ('UPDATE "una_tabla_que_nadie_apunto" SET "x" = 1', True),
    ],
)
def test_que_ordenes_cuentan(orden: str, cuenta: bool) -> None:
    assert edicion.cambia_lo_publico(orden) is cuenta
