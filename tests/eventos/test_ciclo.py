"""La vida de un evento: cada estado con cada verbo, su historia y lo que la base no admite."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from sesiones.eventos.estados import TRANSICIONES_EVENTO, EstadoEvento
from sesiones.eventos.models import Evento
from sesiones.eventos.situacion import cuando, en_que_va, le_falta
from stl_portal.transiciones import TransicionInvalida
from tests.eventos.fabricas import crear
from tests.personas import DIA, Reparto

pytestmark = pytest.mark.django_db
DESPUES = timezone.make_aware(dt.datetime.combine(DIA, dt.time(20)))
HACER: dict[str, Any] = {
    "publicar": lambda e, por: e.publicar(por, DESPUES),
    "celebrar": lambda e, por: e.celebrar(por, DESPUES),
    "cancelar": lambda e, por: e.cancelar(por, "Sin sede", DESPUES),
}
LLEVAR: dict[str, tuple[str, ...]] = {
    EstadoEvento.BORRADOR: (),
    EstadoEvento.PUBLICADO: ("publicar",),
    EstadoEvento.CELEBRADO: ("publicar", "celebrar"),
    EstadoEvento.CANCELADO: ("publicar", "cancelar"),
}


def test_cada_estado_con_cada_verbo(reparto: Reparto) -> None:
    assert (set(LLEVAR), set(HACER)) == (set(EstadoEvento), set(TRANSICIONES_EVENTO))
    quien = reparto.cuentas["facilitadora"]
    for numero, (estado, verbo) in enumerate((e, v) for e in LLEVAR for v in HACER):
        evento = crear(reparto, titulo=f"Evento {numero}")
        for previo in LLEVAR[estado]:
            HACER[previo](evento, quien)
        paso, secuencia = TRANSICIONES_EVENTO[verbo], evento.secuencia
        if estado in paso.desde:
            HACER[verbo](evento, quien)
            evento.refresh_from_db()
            cambio = evento.historia.latest("pk")
            assert (evento.estado, evento.secuencia) == (paso.hacia, secuencia + 1)
            assert (cambio.verbo, cambio.por, cambio.cuando) == (verbo, quien, DESPUES)
            continue
        with pytest.raises(TransicionInvalida, match=f"No se puede {paso.dicho}"):
            HACER[verbo](evento, quien)
        evento.refresh_from_db()
        assert (evento.estado, evento.historia.count()) == (estado, len(LLEVAR[estado]))


def test_no_se_celebra_antes_de_su_dia_ni_se_cancela_sin_decir_por_que(reparto: Reparto) -> None:
    evento = crear(reparto)
    evento.publicar(None)
    with pytest.raises(TransicionInvalida, match="Todavía no se celebra: es el 18 de marzo de 2026"):
        evento.celebrar(None, DESPUES - dt.timedelta(days=1))
    with pytest.raises(ValidationError, match="Escribe por qué"):
        evento.cancelar(None, "  ")
    evento.refresh_from_db()
    assert evento.estado == EstadoEvento.PUBLICADO


def test_la_direccion_sigue_al_titulo_hasta_que_se_publica_y_no_se_repite(reparto: Reparto) -> None:
    evento, igual = crear(reparto), crear(reparto, dia=DIA + dt.timedelta(days=1))
    assert (evento.clave, igual.clave) == ("panel-de-prueba-2026", "panel-de-prueba-2026-2")
    evento.titulo = "¿Qué sigue?"
    evento.save()
    assert evento.clave == "que-sigue-2026"
    evento.publicar(None)
    evento.titulo = "Otro nombre"
    evento.save()
    evento.refresh_from_db()
    assert (evento.clave, evento.titulo) == ("que-sigue-2026", "Otro nombre")
    assert crear(reparto, titulo="¡!").clave == "evento-2026"


@pytest.mark.parametrize(
    "mal",
    [
        {"hasta": DIA - dt.timedelta(days=1)},
        {"hora": None, "hora_fin": dt.time(11)},
        {"hora_fin": dt.time(9)},
        {"cupo": 0},
        {"alcance_literal": "52k"},
    ],
)
def test_la_base_no_guarda_lo_que_no_puede_ser(reparto: Reparto, mal: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        crear(reparto, **mal)
    assert not Evento.objects.exists()


def test_se_dice_cuando_es_y_en_que_va_sin_suponer_que_se_celebro(reparto: Reparto) -> None:
    evento = crear(reparto, hora_fin=dt.time(12), lugar="")
    evento.publicar(None)
    antes, despues = DIA - dt.timedelta(days=1), DIA + dt.timedelta(days=1)
    assert cuando(evento) == "miércoles 18 de marzo de 2026, de 10:00 a 12:00 h"
    assert [en_que_va(evento, dia)[0] for dia in (antes, DIA, despues)] == [
        "Por celebrarse",
        "En curso",
        "Ya pasó",
    ]
    assert le_falta(evento, despues) == [
        "Falta decir dónde es.",
        "Ya pasó: di si se celebró o si se canceló.",
    ]
    largo = crear(reparto, titulo="Curso", hasta=DIA + dt.timedelta(days=2), hora=None)
    assert cuando(largo) == "del miércoles 18 de marzo de 2026 al viernes 20 de marzo de 2026"
