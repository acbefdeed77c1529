"""La vida de una pregunta: cada estado con cada verbo, sus fechas y lo que la base no deja cambiar."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import Settings

from sesiones import models as m
from stl_portal.participacion.estados import TRANSICIONES_PREGUNTA, EstadoPregunta
from stl_portal.participacion.models import Foliador, Pregunta
from stl_portal.participacion.registro import Objeto
from stl_portal.transiciones import TransicionInvalida
from tests.participacion import fabricas
from tests.participacion.fabricas import FIRMA
from tests.personas import Reparto

E = EstadoPregunta
LUNES = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
HACER: dict[str, Any] = {
    "confirmar": lambda p: p.confirmar(LUNES),
    "publicar": lambda p: p.publicar(None, LUNES),
    "rechazar": lambda p: p.rechazar(None, "ajena", "", LUNES),
    "responder": lambda p: p.responder(None, "Ya.", FIRMA, LUNES),
    "corregir": lambda p: p.corregir(None, "Mañana.", FIRMA, LUNES),
    "retirar": lambda p: p.retirar(None, "Datos personales", LUNES),
}
LLEVAR: dict[str, tuple[str, ...]] = {
    E.RECIBIDA: (),
    E.CONFIRMADA: ("confirmar",),
    E.PUBLICADA: ("confirmar", "publicar"),
    E.RECHAZADA: ("confirmar", "rechazar"),
    E.RESPONDIDA: ("confirmar", "publicar", "responder"),
    E.RETIRADA: ("confirmar", "publicar", "retirar"),
}


def en(estado: str, objeto: Objeto) -> Pregunta:
    """Una llevada con sus verbos hasta ese estado."""
    pregunta = fabricas.crear_pregunta(objeto, recibida_el=LUNES)
    for verbo in LLEVAR[estado]:
        HACER[verbo](pregunta)
    return Pregunta.objects.get(pk=pregunta.pk)


def test_se_prueba_cada_estado_y_cada_verbo() -> None:
    assert set(LLEVAR) == set(EstadoPregunta)
    assert set(HACER) == set(TRANSICIONES_PREGUNTA)


@pytest.mark.parametrize("estado", EstadoPregunta.values)
@pytest.mark.parametrize("verbo", TRANSICIONES_PREGUNTA)
def test_cada_estado_con_cada_verbo(compromiso: Objeto, estado: str, verbo: str) -> None:
    pregunta, paso = en(estado, compromiso), TRANSICIONES_PREGUNTA[verbo]
    pasos = pregunta.historia.count()
    if estado in paso.desde:
        HACER[verbo](pregunta)
        pregunta.refresh_from_db()
        assert (pregunta.estado, pregunta.historia.latest("pk").verbo) == (paso.hacia, verbo)
        return
    with pytest.raises(TransicionInvalida, match=f"No se puede {paso.dicho}"):
        HACER[verbo](pregunta)
    pregunta.refresh_from_db()
    assert (pregunta.estado, pregunta.historia.count()) == (estado, pasos)


def test_el_plazo_es_el_de_la_regla_de_ese_dia_y_no_cambia_despues(
    compromiso: Objeto, reparto: Reparto
) -> None:
    m.Regla.objects.filter(pk=reparto.regla.pk).update(respuesta_dias=5)
    pregunta = fabricas.publicada(compromiso, None, LUNES)
    # Del lunes 2 de marzo de 2026, cinco hábiles: el lunes 9.
    assert (pregunta.dias, pregunta.vence) == (5, dt.date(2026, 3, 9))
    m.Regla.objects.filter(pk=reparto.regla.pk).update(respuesta_dias=1)
    pregunta.refresh_from_db()
    assert pregunta.vence == dt.date(2026, 3, 9)


def test_sin_plazo_en_la_regla_vale_el_del_portal_y_salta_los_descansos(
    compromiso: Objeto, settings: Settings
) -> None:
    settings.PREGUNTAS_DIAS = 11
    pregunta = fabricas.publicada(compromiso, None, LUNES)
    # El tercer lunes de marzo (16) es descanso obligatorio.
    assert (pregunta.dias, pregunta.vence) == (11, dt.date(2026, 3, 18))


def test_cero_dias_es_un_plazo_y_no_su_ausencia(compromiso: Objeto, reparto: Reparto) -> None:
    m.Regla.objects.filter(pk=reparto.regla.pk).update(respuesta_dias=0)
    assert fabricas.publicada(compromiso, None, LUNES).vence == dt.date(2026, 3, 2)


def test_un_comentario_no_tiene_plazo(compromiso: Objeto) -> None:
    comentario = fabricas.publicada(compromiso, None, LUNES, tipo="comentario")
    assert (comentario.vence, comentario.espera) == (None, False)
    assert not comentario.vencida(dt.date(2099, 1, 1))


# Publicada el lunes 2 de marzo de 2026, con nueve hábiles vence el viernes 13; el lunes 16 es descanso.
@pytest.mark.parametrize(
    ("dias", "tardo", "tarde"), [(0, 0, False), (2, 2, False), (11, 9, False), (14, 9, True), (15, 10, True)]
)
def test_lo_que_tardo_se_cuenta_en_dias_habiles(
    compromiso: Objeto, settings: Settings, dias: int, tardo: int, tarde: bool
) -> None:
    settings.PREGUNTAS_DIAS = 9
    pregunta = fabricas.respondida(compromiso, LUNES, dias)
    assert (pregunta.tardo, pregunta.tarde) == (tardo, tarde)


def test_vence_al_terminar_su_ultimo_dia(compromiso: Objeto) -> None:
    pregunta = fabricas.publicada(compromiso, None, LUNES)
    assert pregunta.vence is not None
    assert not pregunta.vencida(pregunta.vence)
    assert pregunta.vencida(pregunta.vence + dt.timedelta(days=1))


def test_corregir_agrega_otra_version_y_no_cambia_cuando_se_respondio(compromiso: Objeto) -> None:
    pregunta = fabricas.respondida(compromiso, LUNES)
    pregunta.corregir(None, "Se termina mañana.", FIRMA, LUNES + dt.timedelta(days=40))
    pregunta.refresh_from_db()
    assert [(r.version, r.texto) for r in pregunta.respuestas.all()] == [
        (1, "Se terminó ayer."),
        (2, "Se termina mañana."),
    ]
    assert (pregunta.respondida_el, pregunta.tarde) == (LUNES, False)


def test_una_respuesta_no_se_cambia_ni_se_borra(compromiso: Objeto) -> None:
    respuesta = fabricas.respondida(compromiso).respuestas.get()
    for orden in (
        "UPDATE participacion_respuesta SET texto = 'Otra cosa' WHERE id = %s",
        "DELETE FROM participacion_respuesta WHERE id = %s",
    ):
        with pytest.raises(IntegrityError, match="sellada_"), transaction.atomic():
            connection.cursor().execute(orden, [respuesta.pk])
    respuesta.refresh_from_db()
    assert respuesta.texto == "Se terminó ayer."


def test_los_folios_siguen_su_cuenta_y_vuelven_a_uno_cada_anio(compromiso: Objeto) -> None:
    ultimo_dia = dt.datetime(2027, 1, 1, 3, tzinfo=dt.UTC)  # aquí todavía es 31 de diciembre
    fechas = (LUNES, LUNES, ultimo_dia, ultimo_dia + dt.timedelta(hours=6))
    folios = [fabricas.confirmada(compromiso, cuando).folio for cuando in fechas]
    assert folios == ["2026-0001", "2026-0002", "2026-0003", "2027-0001"]


def test_un_paso_ilegal_no_gasta_folio(compromiso: Objeto) -> None:
    pregunta = fabricas.confirmada(compromiso, LUNES)
    with pytest.raises(TransicionInvalida):
        pregunta.confirmar(LUNES)
    assert Foliador.objects.get(anio=2026).ultimo == 1


@pytest.mark.parametrize(
    "cambio",
    [
        {"estado": E.CONFIRMADA},
        {"estado": E.PUBLICADA, "folio": "x"},
        {"estado": E.PUBLICADA, "folio": "x", "publicada_el": LUNES},
        {"estado": E.RECHAZADA, "folio": "x"},
        {"estado": E.RETIRADA, "folio": "x"},
    ],
)
def test_la_base_no_admite_un_estado_sin_lo_que_le_toca(compromiso: Objeto, cambio: dict[str, Any]) -> None:
    pregunta = fabricas.crear_pregunta(compromiso)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pregunta.objects.filter(pk=pregunta.pk).update(**cambio)
    pregunta.refresh_from_db()
    assert pregunta.estado == E.RECIBIDA
