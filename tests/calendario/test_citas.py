"""Las demás citas: lo que prevé el calendario aprobado, los plazos del plan y los eventos."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone

from ejes.models import Plan, Prorroga
from municipios.models import Evento, EventoRetirado
from sesiones import models as m
from tests import fabricas
from tests.calendario.lector import Agenda, eventos
from tests.ejes.fabricas import crear_bimestre, crear_plan
from tests.personas import Reparto
from tests.publico.test_calendario import acordar

HOY = timezone.localdate()
EN_UN_MES = HOY + dt.timedelta(days=30)


def dichos(client: Client) -> dict[str, tuple[object, ...]]:
    """De cada evento: secuencia, estado y primer día."""
    todos = eventos(client.get("/calendario.ics"))
    return {clave: (e["SEQUENCE"], str(e["STATUS"]), e["DTSTART"].dt) for clave, e in todos.items()}


@pytest.fixture
def calendario(reparto: Reparto) -> m.Calendario:
    """Aprobado, con una fecha para dentro de un mes."""
    calendario = m.Calendario.objects.create(organo=reparto.organo, anio=EN_UN_MES.year)
    calendario.fechas.create(fecha=EN_UN_MES)
    return calendario


def aprobar(reparto: Reparto, calendario: m.Calendario, mes: int = 3) -> None:
    calendario.aprobar(None, acuerdo=acordar(reparto, dt.date(2026, mes, 18)))


def previstas(client: Client) -> list[tuple[object, ...]]:
    return [dicho for clave, dicho in dichos(client).items() if clave.startswith("prevista-")]


def test_una_propuesta_no_es_publica_y_aprobada_si(
    client: Client, reparto: Reparto, calendario: m.Calendario
) -> None:
    assert previstas(client) == []
    aprobar(reparto, calendario)
    assert previstas(client) == [(0, "CONFIRMED", EN_UN_MES)]


def test_lo_que_una_enmienda_quita_se_cancela_y_lo_que_deja_sigue(
    client: Client, reparto: Reparto, calendario: m.Calendario
) -> None:
    aprobar(reparto, calendario)
    agenda = Agenda()
    agenda.importar(eventos(client.get("/calendario.ics")).values())
    nuevo = calendario.enmendar(None)
    otra = EN_UN_MES + dt.timedelta(days=1)
    nuevo.fechas.update(fecha=otra)
    assert previstas(client) == [(0, "CONFIRMED", EN_UN_MES)]  # todavía es propuesta
    aprobar(reparto, nuevo, mes=4)
    agenda.importar(eventos(client.get("/calendario.ics")).values())
    de_agenda = {e.start: str(e["STATUS"]) for u, e in agenda.eventos.items() if u.startswith("prevista-")}
    assert de_agenda == {EN_UN_MES: "CANCELLED", otra: "CONFIRMED"}


def test_al_convocarse_la_prevision_deja_su_lugar_a_la_sesion(
    client: Client, reparto: Reparto, calendario: m.Calendario
) -> None:
    aprobar(reparto, calendario)
    sesion, _ = calendario.programar(
        calendario.fechas.get().pk, reparto.cuentas["facilitadora"], hora=dt.time(10), lugar="Sala"
    )
    mes = f"/calendario/{EN_UN_MES.year}/{EN_UN_MES.month}/"
    assert previstas(client) == [(0, "CONFIRMED", EN_UN_MES)]
    assert "Sesión prevista" in client.get(mes).content.decode()
    sesion.convocatorias.create(emitida_el=timezone.now(), contenido=fabricas.contenido_de(sesion))
    sesion.cambiar("convocar", None)
    assert previstas(client) == []
    assert f"sesion-{sesion.pk}" in dichos(client)
    pagina = client.get(mes).content.decode()
    assert ("Sesión prevista" in pagina, sesion.designacion in pagina) == (False, True)


def test_tambien_si_la_sesion_se_convoco_sin_ligarla_a_su_fecha(
    client: Client, reparto: Reparto, calendario: m.Calendario
) -> None:
    aprobar(reparto, calendario)
    sesion = fabricas.crear_sesion(reparto, fecha=EN_UN_MES)
    assert previstas(client) == [(0, "CONFIRMED", EN_UN_MES)]
    fabricas.avisar(sesion)
    assert previstas(client) == []


def test_la_prorroga_mueve_la_misma_cita(client: Client, reparto: Reparto) -> None:
    bimestre = crear_bimestre(crear_plan(reparto.organo), HOY)
    punto = fabricas.crear_en_curso(reparto).puntos.get()
    clave, limite = f"bimestre-{bimestre.pk}", HOY + dt.timedelta(days=10)
    assert dichos(client)[clave] == (0, "CONFIRMED", limite)
    assert dichos(client)[f"carga-{bimestre.pk}"] == (0, "CONFIRMED", HOY + dt.timedelta(days=20))
    despues = limite + dt.timedelta(days=5)
    Prorroga.objects.create(bimestre=bimestre, entrega=despues, punto=punto)
    assert dichos(client)[clave] == (1, "CONFIRMED", despues)
    mes = f"/calendario/{despues.year}/{despues.month}/"
    assert "Antes de la prórroga" in client.get(mes).content.decode()


def test_corregir_un_plan_publicado_sube_la_secuencia(client: Client, reparto: Reparto) -> None:
    bimestre = crear_bimestre(crear_plan(reparto.organo), HOY)
    estado = bimestre.plan.estado
    for nota in ("Bimestre «Bimestre 1». Entrega", "Eje «Datos». Nombre"):
        bimestre.plan.historia.create(verbo="corregir", de=estado, a=estado, cuando=timezone.now(), nota=nota)
    assert dichos(client)[f"bimestre-{bimestre.pk}"][0] == 2


def test_un_plan_en_borrador_no_tiene_citas(client: Client, reparto: Reparto) -> None:
    bimestre = crear_bimestre(crear_plan(reparto.organo), HOY)
    Plan.objects.update(estado="borrador")
    assert dichos(client) == {}
    assert bimestre.nombre not in client.get("/calendario/").content.decode()


def _evento(reparto: Reparto, **cambios: object) -> Evento:
    datos: dict[str, object] = {"titulo": "Taller abierto", "hasta": EN_UN_MES, "publico": True}
    return Evento.objects.create(organo=reparto.organo, **datos | cambios)


def test_un_evento_de_varios_dias_termina_cuando_termina(client: Client, reparto: Reparto) -> None:
    fin = EN_UN_MES + dt.timedelta(days=2)
    evento = _evento(reparto, desde=EN_UN_MES, hasta=fin)
    leido = eventos(client.get("/calendario.ics"))[f"evento-{evento.pk}"]
    assert (leido["DTSTART"].dt, leido["DTEND"].dt) == (EN_UN_MES, fin + dt.timedelta(days=1))
    assert leido["DTSTART"].params["VALUE"] == "DATE"
    evento.titulo = "Taller más abierto"
    evento.save()
    otra_vez = eventos(client.get("/calendario.ics"))[f"evento-{evento.pk}"]
    assert (leido["SEQUENCE"], otra_vez["SEQUENCE"]) == (0, 1)


def test_lo_que_se_retira_se_cancela_un_tiempo_sin_decir_lo_que_decia(
    client: Client, reparto: Reparto
) -> None:
    """Se despublique o se borre, quien lo tenía en su agenda se entera; si vuelve, es la misma cita."""
    agenda, uno, otro = Agenda(), _evento(reparto, titulo="Taller secreto"), _evento(reparto)
    agenda.importar(eventos(client.get("/calendario.ics")).values())
    uno.publico = False
    uno.save()
    clave = f"evento-{otro.pk}"
    otro.delete()
    agenda.importar(eventos(client.get("/calendario.ics")).values())
    assert {str(e["STATUS"]) for e in agenda.eventos.values()} == {"CANCELLED"}
    assert len(agenda.eventos) == 2
    assert dichos(client)[clave] == (1, "CANCELLED", EN_UN_MES)
    for pagina in ("/calendario.ics", f"/calendario/{EN_UN_MES.year}/{EN_UN_MES.month}/"):
        assert "ecreto" not in client.get(pagina).content.decode()
    uno.publico = True
    uno.save()
    assert dichos(client)[f"evento-{uno.pk}"] == (2, "CONFIRMED", EN_UN_MES)
    nunca = _evento(reparto, publico=False)
    nunca.delete()
    assert set(dichos(client)) == {clave, f"evento-{uno.pk}"}
    EventoRetirado.objects.update(retirado_el=timezone.now() - EventoRetirado.DURANTE)
    assert set(dichos(client)) == {f"evento-{uno.pk}"}
    uno.save()
    assert not EventoRetirado.objects.exists()


def test_ni_lo_que_no_es_publico_ni_un_conjunto_son_citas(client: Client, reparto: Reparto) -> None:
    _evento(reparto, titulo="Evento secreto", publico=False)
    _evento(reparto, titulo="17 capacitaciones", cuantos=17)
    assert dichos(client) == {}


def test_lo_ficticio_se_dice(client: Client, reparto: Reparto) -> None:
    m.Organo.objects.update(ficticio=True)
    evento = _evento(reparto)
    leido = eventos(client.get("/calendario.ics"))[f"evento-{evento.pk}"]
    assert leido["SUMMARY"] == "Taller abierto, Secretariado Técnico de Prueba prueba (ficticio)"


@pytest.fixture(autouse=True)
def _sin_avisos(mailoutbox: list[object]) -> Iterator[None]:
    yield
    assert mailoutbox == []
