"""Cada estado contra cada verbo: lo que la tabla no permite se rechaza y no deja rastro."""

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sesiones import models as m
from sesiones.cierre import cerrar
from sesiones.estados import TRANSICIONES_SESION, EstadoSesion, TipoSesion
from sesiones.models.declaratoria import rectificar_lista
from stl_portal.transiciones import TransicionInvalida
from tests.fabricas import HORA, PRESENTES, crear_punto, crear_sesion, pasar_lista
from tests.personas import Reparto, crear_reparto

TARDE = dt.time(12, 0)
# Rectificar regresa al estado desde el que se declaró el quórum: cada regreso es su renglón.
RECTIFICAN = {
    "rectificar_lista": EstadoSesion.CONVOCADA,
    "rectificar_sin_convocar": EstadoSesion.PROGRAMADA,
    "rectificar_segunda": EstadoSesion.SIN_QUORUM,
}

# «Iniciar» es de reuniones de trabajo; rectificar necesita su historia, y mover, algo anotado.
MUEVEN = {"corregir_movimiento", "quitar_movimiento"}
APARTE = {"iniciar", *RECTIFICAN, *MUEVEN}


def ejecutar(sesion: m.Sesion, verbo: str, por: Any) -> None:
    """Llama al verbo del modelo como lo llama la mesa."""
    acciones: dict[str, Callable[[], Any]] = {
        "convocar": lambda: sesion.cambiar("convocar", por),
        "enmendar": lambda: sesion.cambiar("enmendar", por),
        "declarar_quorum": lambda: m.Quorum.declarar(sesion, por, hora=HORA),
        "declarar_falta": lambda: m.Quorum.declarar_falta(sesion, por, hora=HORA),
        "dar_por_no_celebrada": lambda: sesion.dar_por_no_celebrada(por),
        "iniciar": lambda: sesion.iniciar(por, inicio=HORA),
        **dict.fromkeys(RECTIFICAN, lambda: rectificar_lista(sesion, por, motivo="Error de captura")),
        "corregir_movimiento": lambda: movimiento(sesion).corregir(por, hora=TARDE, punto=None),
        "quitar_movimiento": lambda: movimiento(sesion).quitar(por),
        "cerrar": lambda: cerrar(sesion, por, cierre=TARDE, sin_tratar="Se agotó el tiempo"),
        "reabrir": lambda: sesion.reabrir(por, motivo="Falta un dato"),
        "cancelar": lambda: sesion.cancelar(por, motivo="Se pospone"),
    }
    acciones[verbo]()


def movimiento(sesion: m.Sesion) -> m.Movimiento:
    """La única llegada o salida de la sesión."""
    return m.Movimiento.objects.get(asistencia__sesion=sesion)


def en_estado(reparto: Reparto, estado: str, verbo: str) -> m.Sesion:
    """Sesión puesta en el estado, con la lista que el verbo necesita para no fallar por otra causa."""
    tipo = TipoSesion.TRABAJO if verbo == "iniciar" else TipoSesion.ORDINARIA
    sesion = crear_sesion(reparto, tipo=tipo)
    crear_punto(sesion)
    pasar_lista(reparto, sesion, () if verbo == "declarar_falta" else PRESENTES)
    m.Sesion.objects.filter(pk=sesion.pk).update(estado=estado, inicio=HORA)
    sesion.refresh_from_db()
    if verbo in MUEVEN:
        sesion.asistencias.presentes().earliest("pk").movimientos.create(tipo="salida", hora=HORA)
    if verbo in RECTIFICAN:
        origen, ahora = RECTIFICAN[verbo], timezone.now()
        sesion.historia.create(verbo="declarar_quorum", de=origen, a=EstadoSesion.EN_CURSO, cuando=ahora)
    return sesion


def test_la_tabla_nombra_solo_estados_y_verbos_que_existen() -> None:
    alcanzables = {t.hacia for t in TRANSICIONES_SESION.values()} | {EstadoSesion.PROGRAMADA}
    assert alcanzables == set(EstadoSesion)


@pytest.mark.django_db
@pytest.mark.parametrize("verbo", sorted(TRANSICIONES_SESION))
@pytest.mark.parametrize("estado", EstadoSesion.values)
def test_cada_estado_contra_cada_verbo(reparto: Reparto, estado: str, verbo: str) -> None:
    sesion = en_estado(reparto, estado, verbo)
    transicion = TRANSICIONES_SESION[verbo]
    cambios = sesion.historia.count()
    if estado in transicion.desde:
        ejecutar(sesion, verbo, reparto.cuentas["facilitadora"])
        sesion.refresh_from_db()
        assert sesion.estado == transicion.hacia
        ultimo = sesion.historia.last()
        assert ultimo is not None
        assert (ultimo.verbo, ultimo.de, ultimo.a) == (verbo, estado, transicion.hacia)
        assert ultimo.por == reparto.cuentas["facilitadora"]
    else:
        with pytest.raises(TransicionInvalida) as error:
            ejecutar(sesion, verbo, reparto.cuentas["facilitadora"])
        sesion.refresh_from_db()
        assert sesion.estado == estado
        assert sesion.historia.count() == cambios
        assert str(EstadoSesion(estado).label) in error.value.frase


@pytest.mark.django_db
@given(verbos=st.lists(st.sampled_from(sorted(set(TRANSICIONES_SESION) - APARTE)), max_size=8))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_ninguna_serie_de_verbos_sale_de_la_tabla(verbos: list[str], reparto: Reparto) -> None:
    sesion = crear_sesion(reparto)
    crear_punto(sesion)
    pasar_lista(reparto, sesion)
    for verbo in verbos:
        antes = sesion.estado
        try:
            ejecutar(sesion, verbo, reparto.cuentas["facilitadora"])
        except (TransicionInvalida, ValidationError):
            sesion.refresh_from_db()
            assert sesion.estado == antes
        else:
            sesion.refresh_from_db()
            assert antes in TRANSICIONES_SESION[verbo].desde
            assert sesion.estado == TRANSICIONES_SESION[verbo].hacia
    pasos = list(sesion.historia.values_list("de", "a"))
    assert all(previo[1] == siguiente[0] for previo, siguiente in itertools.pairwise(pasos))


@pytest.mark.django_db
class TestFrases:
    """Lo que se rechaza se explica."""

    def test_cerrar_antes_de_abrir(self, reparto: Reparto) -> None:
        sesion = crear_sesion(reparto)
        with pytest.raises(TransicionInvalida, match="No se puede cerrar la sesión: está «Programada»"):
            cerrar(sesion, reparto.cuentas["facilitadora"], cierre=TARDE)

    def test_cierre_anterior_al_inicio(self, reparto: Reparto) -> None:
        sesion = crear_sesion(reparto)
        pasar_lista(reparto, sesion)
        m.Quorum.declarar(sesion, reparto.cuentas["facilitadora"], hora=HORA)
        sesion.refresh_from_db()
        with pytest.raises(ValidationError) as error:
            cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(9, 0))
        assert error.value.message_dict == {
            "cierre": ["La hora de cierre (09:00) es anterior a la de inicio (10:00)."]
        }

    def test_declarar_quorum_sin_haberlo(self, reparto: Reparto) -> None:
        sesion = crear_sesion(reparto)
        pasar_lista(reparto, sesion, ("presidencia",))
        with pytest.raises(ValidationError, match="No se puede declarar quórum: 1 de 4"):
            m.Quorum.declarar(sesion, reparto.cuentas["facilitadora"], hora=HORA)
        m.Quorum.declarar_falta(sesion, reparto.cuentas["facilitadora"], hora=HORA)
        sesion.refresh_from_db()
        assert sesion.estado == EstadoSesion.SIN_QUORUM
        m.Quorum.declarar(sesion, reparto.cuentas["facilitadora"], hora=TARDE)
        segunda = sesion.quorums.last()
        assert segunda is not None
        assert (segunda.convocatoria, segunda.hay, segunda.presentes) == (2, True, 1)

    @pytest.mark.parametrize("verbo", ["reabrir", "cancelar"])
    def test_los_verbos_con_motivo_lo_exigen(self, reparto: Reparto, verbo: str) -> None:
        sesion = crear_sesion(reparto)
        with pytest.raises(ValidationError, match="Escribe por qué"):
            getattr(sesion, verbo)(reparto.cuentas["facilitadora"], motivo="  ")


def test_el_reparto_se_puede_crear_dos_veces(db: None) -> None:
    """Dos órganos de prueba no comparten numeración ni asientos."""
    uno, otro = crear_reparto("uno"), crear_reparto("otro")
    assert crear_sesion(uno).numero == crear_sesion(otro).numero == 1
