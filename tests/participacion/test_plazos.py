"""Lo que se recuerda, lo que aparece en «Mi portal» y lo que se borra con el tiempo."""

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from stl_portal.avisos.models import Aviso, EstadoAviso
from stl_portal.participacion import atender, borrado, pendientes, preguntar, recordatorios
from stl_portal.participacion.models import Pregunta
from stl_portal.participacion.registro import Objeto
from tests.cuentas.codigos import dar_telefono, identificarse
from tests.participacion import fabricas
from tests.participacion.fabricas import CORREO
from tests.personas import Reparto, crear_reparto

pytestmark = pytest.mark.django_db
LUNES = dt.datetime(2026, 3, 2, 18, tzinfo=dt.UTC)
VIERNES = dt.date(2026, 3, 13)  # vence lo publicado ese lunes con nueve días hábiles


@pytest.fixture
def publicada(compromiso: Objeto, settings: Settings) -> Pregunta:
    settings.PREGUNTAS_DIAS = 9
    pregunta = fabricas.publicada(compromiso, None, LUNES)
    assert pregunta.vence == VIERNES
    return pregunta


@pytest.mark.parametrize(
    ("dia", "quienes"),
    [
        (dt.date(2026, 3, 10), set()),
        (dt.date(2026, 3, 11), {"civil"}),  # faltan dos días hábiles
        (dt.date(2026, 3, 12), set()),
        (VIERNES, {"civil"}),
        (dt.date(2026, 3, 14), set()),  # sábado
        (dt.date(2026, 3, 16), set()),  # descanso obligatorio
        (dt.date(2026, 3, 17), {"civil", "facilitadora", "colega", "administradora"}),
        (dt.date(2026, 3, 18), set()),
    ],
)
def test_se_recuerda_antes_de_vencer_ese_dia_y_al_vencer_tambien_a_quien_conduce(
    publicada: Pregunta, dia: dt.date, quienes: set[str]
) -> None:
    assert recordatorios.enviar(dia) == len(quienes)
    assert {correo.partition(".")[0] for correo in Aviso.objects.values_list("para", flat=True)} == quienes
    assert recordatorios.enviar(dia) == 0
    if quienes:
        cuerpo = Aviso.objects.earliest("pk").cuerpo
        assert f"http://127.0.0.1:8000/gestion/preguntas/{publicada.pk}/" in cuerpo
        assert CORREO not in cuerpo


def test_lo_respondido_no_se_recuerda(publicada: Pregunta) -> None:
    publicada.responder(None, "Ya está lista.", fabricas.FIRMA, LUNES)
    assert recordatorios.enviar(VIERNES) == 0


def test_un_correo_por_persona_con_todo_lo_suyo(publicada: Pregunta, compromiso: Objeto) -> None:
    otra = fabricas.publicada(compromiso, None, LUNES)
    assert recordatorios.enviar(VIERNES) == 1
    aviso = Aviso.objects.get()
    assert aviso.asunto == "2 preguntas de la ciudadanía esperan tu respuesta"
    assert [str(p.folio) in aviso.cuerpo for p in (publicada, otra)] == [True, True]


def lo_que_toca(reparto: Reparto, papel: str, al: dt.date) -> list[tuple[str, bool]]:
    """Título de cada pendiente y si urge."""
    return [(p.titulo, p.urgente) for p in pendientes.todo(reparto.cuentas[papel], al)]


def test_a_quien_responde_le_toca_cada_una_y_urge_al_acercarse(publicada: Pregunta, reparto: Reparto) -> None:
    titulo = f"Responde la pregunta {publicada.folio}"
    assert lo_que_toca(reparto, "integrante", dt.date(2026, 3, 10)) == [(titulo, False)]
    assert lo_que_toca(reparto, "integrante", dt.date(2026, 3, 11)) == [(titulo, True)]
    assert lo_que_toca(reparto, "facilitadora", VIERNES) == [(titulo, True)]
    for papel in ("auditora", "extrana"):
        assert lo_que_toca(reparto, papel, VIERNES) == []


def test_a_quien_modera_le_toca_por_organo(compromiso: Objeto, reparto: Reparto) -> None:
    for _ in range(2):
        fabricas.confirmada(compromiso, LUNES)
    (pendiente,) = pendientes.todo(reparto.cuentas["colega"], dt.date(2026, 3, 4))
    assert (pendiente.titulo, pendiente.donde, pendiente.urgente) == (
        "Modera 2 preguntas",
        "Secretariado",
        False,
    )
    assert lo_que_toca(reparto, "colega", dt.date(2026, 3, 5)) == [("Modera 2 preguntas", True)]
    assert lo_que_toca(reparto, "integrante", dt.date(2026, 3, 5)) == []


def test_si_son_muchas_van_juntas(compromiso: Objeto, reparto: Reparto, settings: Settings) -> None:
    for _ in range(pendientes.UNA_POR_UNA + 1):
        fabricas.publicada(compromiso, None, LUNES)
    (titulo, _), *otros = lo_que_toca(reparto, "integrante", VIERNES)
    assert (titulo, otros) == ("Responde 6 preguntas de la ciudadanía", [])


def test_el_espacio_es_de_quien_atiende(publicada: Pregunta, reparto: Reparto) -> None:
    reparto.cuentas["ajena"] = crear_reparto("otro").cuentas["integrante"]
    tienen = {
        papel: [e.url for e in pendientes.espacios(cuenta, VIERNES)]
        for papel, cuenta in reparto.cuentas.items()
    }
    con = ["/gestion/preguntas/"]
    papeles = ("facilitadora", "colega", "administradora", "auditora", "integrante")
    assert tienen == {**dict.fromkeys(papeles, con), "extrana": [], "ajena": []}


def test_en_mi_portal_esta_con_su_boton(publicada: Pregunta, reparto: Reparto, client: Client) -> None:
    client.force_login(reparto.cuentas["integrante"])
    pagina = client.get("/mi/").content.decode()
    assert f'href="/gestion/preguntas/{publicada.pk}/"' in pagina


AHORA = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


def hace(dias: float) -> dt.datetime:
    """Ese momento, contado desde `AHORA`."""
    return AHORA - dt.timedelta(days=dias)


def _rechazada(objeto: Objeto, dias: float) -> Pregunta:
    pregunta = fabricas.confirmada(objeto, hace(200))
    pregunta.rechazar(None, "ajena", "", hace(dias))
    return pregunta


def _retirada(objeto: Objeto, dias: float) -> Pregunta:
    pregunta = fabricas.publicada(objeto, None, hace(200))
    pregunta.retirar(None, "Datos", hace(dias))
    return pregunta


@pytest.mark.parametrize(
    ("crear", "borra"),
    [
        (lambda o: fabricas.respondida(o, hace(31)), True),
        (lambda o: fabricas.respondida(o, hace(29)), False),
        (lambda o: _rechazada(o, 31), True),
        (lambda o: _rechazada(o, 29), False),
        (lambda o: _retirada(o, 31), True),
        (lambda o: fabricas.publicada(o, None, hace(31), tipo="comentario"), True),
        (lambda o: fabricas.publicada(o, None, hace(200)), False),  # sigue esperando respuesta
        (lambda o: fabricas.confirmada(o, hace(200)), False),
    ],
)
def test_el_correo_se_borra_a_los_dias_de_atenderla(compromiso: Objeto, crear: Any, borra: bool) -> None:
    pregunta = crear(compromiso)
    assert borrado.limpiar(AHORA) == int(borra)
    pregunta.refresh_from_db()
    assert pregunta.correo == ("" if borra else CORREO)
    assert pregunta.texto != ""
    assert borrado.limpiar(AHORA) == 0


def test_lo_que_nadie_confirmo_se_borra_entero_con_su_correo(compromiso: Objeto) -> None:
    datos = {"tipo": "pregunta", "texto": "¿Y los datos del barrio?", "nombre": "", "correo": CORREO}
    for dias in (3.1, 2.9):
        preguntar.recibir("compromiso", compromiso, datos, str(dias), hace(dias))
    Aviso.objects.update(estado=EstadoAviso.PENDIENTE)
    assert borrado.limpiar(AHORA) == 1
    assert [p.recibida_el for p in Pregunta.objects.all()] == [hace(2.9)]
    assert Aviso.objects.count() == 1


def test_lo_mucho_que_nadie_confirmo_se_borra_por_lotes(
    compromiso: Objeto, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(borrado, "LOTE", 2)
    for _ in range(5):
        fila = fabricas.crear_pregunta(compromiso, recibida_el=hace(4))
        Aviso.objects.create(motivo=f"pregunta-de:{fila.pk}:confirmar", para=CORREO)
    queda = fabricas.crear_pregunta(compromiso, recibida_el=hace(1))
    confirmada = fabricas.confirmada(compromiso, hace(4))
    assert borrado.limpiar(AHORA) == 5
    assert list(Pregunta.objects.order_by("pk")) == [queda, confirmada]
    assert not Aviso.objects.filter(motivo__endswith=":confirmar").exists()


def test_las_copias_de_lo_que_se_le_mando_se_borran_y_las_de_quien_atiende_no(
    compromiso: Objeto, reparto: Reparto
) -> None:
    pregunta = fabricas.confirmada(compromiso, hace(60))
    atender.publicar(pregunta, reparto.cuentas["facilitadora"], hace(59))
    Aviso.objects.update(creado_el=hace(59), estado=EstadoAviso.ENVIADO)
    assert Aviso.objects.filter(para=CORREO).count() == 1
    borrado.limpiar(AHORA)
    assert list(Aviso.objects.values_list("para", flat=True)) == [reparto.personas["civil"].correo]


def test_a_quien_ya_se_borro_el_correo_no_se_le_escribe(compromiso: Objeto, reparto: Reparto) -> None:
    pregunta = fabricas.respondida(compromiso, timezone.now() - dt.timedelta(days=40))
    borrado.limpiar(timezone.now())
    atender.responder(pregunta, reparto.cuentas["facilitadora"], "Se corrige.", 1, timezone.now())
    assert (pregunta.respuestas.count(), Aviso.objects.count()) == (2, 0)


def test_la_orden_diaria_borra_y_lo_dice(compromiso: Objeto) -> None:
    fabricas.respondida(compromiso, timezone.now() - dt.timedelta(days=40))
    dicho = StringIO()
    call_command("atender_plazos", stdout=dicho)
    assert "Correos de preguntas borrados: 1." in dicho.getvalue()
    assert Pregunta.objects.get().correo == ""


def test_la_regla_admite_los_dias_desde_su_forma(reparto: Reparto, client: Client) -> None:
    cuenta = reparto.cuentas["administradora"]
    dar_telefono(cuenta)
    client.force_login(cuenta)
    identificarse(client, cuenta)
    pagina = client.get("/mesa/prueba/registros/reglas/nuevo/").content.decode()
    assert 'name="respuesta_dias"' in pagina
