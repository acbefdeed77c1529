"""La liga del correo: abrirla no confirma, el botón sí, y después dice en qué va."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from stl_portal.avisos.models import Aviso
from stl_portal.participacion import atender, preguntar
from stl_portal.participacion.models import Pregunta
from stl_portal.participacion.registro import Objeto
from tests.participacion import fabricas
from tests.personas import Reparto

pytestmark = pytest.mark.django_db


def liga(pregunta: Pregunta) -> str:
    """La de quien la escribió."""
    return f"/preguntas/confirmar/{pregunta.llave}/"


def test_abrir_la_liga_no_confirma_y_el_boton_si(
    client: Client, compromiso: Objeto, reparto: Reparto
) -> None:
    pregunta = fabricas.crear_pregunta(compromiso)
    for metodo in (client.get, client.head, client.get):
        assert metodo(liga(pregunta)).status_code == 200
    assert Pregunta.objects.get().folio is None
    assert client.post(liga(pregunta)).headers["Location"] == liga(pregunta)
    pregunta.refresh_from_db()
    anio = timezone.localdate().year
    assert (pregunta.estado, pregunta.folio) == ("confirmada", f"{anio}-0001")
    assert f"Folio {anio}-0001" in client.get(liga(pregunta)).content.decode()
    conducen = {reparto.cuentas[papel].email for papel in ("facilitadora", "colega", "administradora")}
    assert set(Aviso.objects.values_list("para", "asunto")) == {
        (correo, "Hay una pregunta por moderar") for correo in conducen
    }
    assert not Aviso.objects.filter(cuerpo__contains=pregunta.texto).exists()


def test_confirmar_dos_veces_no_cambia_nada(client: Client, compromiso: Objeto) -> None:
    pregunta = fabricas.crear_pregunta(compromiso)
    assert [client.post(liga(pregunta)).status_code for _ in range(2)] == [302, 302]
    pregunta.refresh_from_db()
    assert (pregunta.historia.count(), Aviso.objects.count()) == (1, 3)


def test_lo_mismo_enviado_dos_veces_se_confirma_una(
    client: Client, compromiso: Objeto, reparto: Reparto
) -> None:
    """Ninguna se había confirmado al enviarse: se vuelve a mirar al confirmar, y lo privado no se dice."""
    una, otra = (fabricas.crear_pregunta(compromiso, texto=t) for t in ("¿Y el agua?", "¿Y EL AGUA?"))
    ajena = fabricas.crear_pregunta(compromiso, texto="¿Y la luz?")
    assert client.post(liga(una)).status_code == 302
    pagina = client.post(liga(otra))
    assert pagina.status_code == 409
    assert "Lo está revisando quien conduce el órgano" in pagina.content.decode()
    assert "/preguntas/20" not in pagina.content.decode()
    una.refresh_from_db()
    atender.publicar(una, reparto.cuentas["facilitadora"], timezone.now())
    assert f"/preguntas/{una.folio}/" in client.post(liga(otra)).content.decode()
    otra.refresh_from_db()
    assert (otra.estado, otra.folio) == ("recibida", None)
    assert client.post(liga(ajena)).status_code == 302
    viejas = timezone.now() - preguntar.SE_REPITE - dt.timedelta(days=1)
    Pregunta.objects.filter(pk=una.pk).update(confirmada_el=viejas)
    assert client.post(liga(otra)).status_code == 302


def test_confirmar_exige_la_ficha_del_portal(compromiso: Objeto) -> None:
    pregunta = fabricas.crear_pregunta(compromiso)
    assert Client(enforce_csrf_checks=True).post(liga(pregunta)).status_code == 403
    pregunta.refresh_from_db()
    assert pregunta.estado == "recibida"


@pytest.mark.parametrize("metodo", ["get", "post"])
def test_una_liga_que_no_existe_es_404_y_una_caducada_410(
    client: Client, compromiso: Objeto, metodo: str
) -> None:
    vieja = timezone.now() - dt.timedelta(days=3, minutes=1)
    pregunta = fabricas.crear_pregunta(compromiso, recibida_el=vieja)
    caducada = getattr(client, metodo)(liga(pregunta))
    assert (caducada.status_code, "Esta liga ya caducó" in caducada.content.decode()) == (410, True)
    no_existe = getattr(client, metodo)(f"/preguntas/confirmar/{'z' * 43}/")
    assert (no_existe.status_code, "Esta liga no sirve" in no_existe.content.decode()) == (404, True)
    assert Pregunta.objects.get().estado == "recibida"


def test_la_liga_de_lo_ya_confirmado_no_caduca(compromiso: Objeto) -> None:
    pregunta = fabricas.confirmada(compromiso, timezone.now() - dt.timedelta(days=300))
    assert preguntar.por_confirmar(pregunta.llave, timezone.now()).pk == pregunta.pk


@pytest.mark.parametrize(
    ("llevar", "frase"),
    [
        (lambda p: p.publicar(None, timezone.now()), "Ver su página pública"),
        (lambda p: p.rechazar(None, "ofensiva", "Quita el insulto.", timezone.now()), "Quita el insulto."),
    ],
)
def test_dice_en_que_va(client: Client, compromiso: Objeto, llevar: Any, frase: str) -> None:
    pregunta = fabricas.confirmada(compromiso)
    llevar(pregunta)
    respuesta = client.get(liga(pregunta))
    assert frase in respuesta.content.decode()
    assert "no-store" in respuesta["Cache-Control"]


def test_quien_pregunto_puede_borrar_su_correo_y_lo_demas_sigue(
    client: Client, compromiso: Objeto, reparto: Reparto
) -> None:
    pregunta, otra = fabricas.confirmada(compromiso), fabricas.confirmada(compromiso)
    for fila in (pregunta, otra):
        atender.publicar(fila, reparto.cuentas["facilitadora"], timezone.now())
    for _ in range(2):
        assert client.post(liga(pregunta), {"olvidar": "1"}).status_code == 302
    pregunta.refresh_from_db()
    otra.refresh_from_db()
    assert (pregunta.correo, pregunta.estado, otra.correo) == ("", "publicada", fabricas.CORREO)
    assert Aviso.objects.filter(para=fabricas.CORREO).count() == 1
    assert "Tu correo ya no está en el portal" in client.get(liga(pregunta)).content.decode()
    assert client.post(f"/preguntas/confirmar/{'z' * 43}/", {"olvidar": "1"}).status_code == 404
