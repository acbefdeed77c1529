"""El reloj salta dos horas, se atrasa cinco minutos o se corrige: nada se desordena ni se pierde."""

import datetime as dt
import time
from collections.abc import Iterator
from select import select
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from municipios.cortes import preparar
from municipios.cortes import publicar as publicar_corte
from sesiones import firmar, publicar, revision, sellar
from sesiones import models as m
from stl_portal.archivo import almacen
from stl_portal.avisos import envio
from stl_portal.avisos.models import Aviso, EstadoAviso
from stl_portal.cuentas import invitaciones, limites_de_sesion
from stl_portal.cuentas.models import Usuario
from stl_portal.observa import colas
from stl_portal.sello import puntos
from stl_portal.sello.bitacora import anotar
from stl_portal.sello.models import Eslabon
from stl_portal.sello.verificacion import verificar
from stl_portal.traspaso.avance import Avance
from tests.cuentas.codigos import codigo, dar_telefono, identificarse
from tests.fabricas import crear_en_curso
from tests.fallas.reloj import BIEN, CINCO_MINUTOS, DOS_HORAS, SALTOS, Reloj
from tests.hilos import a_la_vez
from tests.municipios import fabricas as municipios
from tests.personas import DIA, Reparto, crear_reparto
from tests.vida.conftest import concluida
from tests.vida.momentos import aprobada, sellada

pytestmark = pytest.mark.django_db


@pytest.fixture
def reloj(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reloj]:
    uno = Reloj(monkeypatch)
    yield uno
    uno.poner(BIEN)


def test_el_acta_y_el_registro_van_por_secuencia(reloj: Reloj, reparto: Reparto, client: Client) -> None:
    """Se sella con el reloj adelantado y se firma y publica con el atrasado."""
    acta, por = aprobada(reparto), reparto.cuentas["facilitadora"]
    reloj.poner(DOS_HORAS)
    sello = sellar.sellar(acta, por, timezone.now())
    puntos.publicar()
    reloj.poner(-CINCO_MINUTOS)
    for lugar in sello.lugares.all():
        escaneo = almacen.guardar_propio(f"hoja {lugar.orden}".encode(), "hoja.pdf")
        firmar.autografa(lugar, por, timezone.now(), escaneo)
    publicar.publicar(sello.acta, por, timezone.now())
    reloj.poner(BIEN)
    puntos.publicar()
    eslabones = list(Eslabon.objects.order_by("n"))
    assert eslabones[0].creado_el - eslabones[-1].creado_el > dt.timedelta(hours=2)  # el reloj sí mintió
    assert [e.tipo for e in eslabones if e.tipo.startswith("acta-")] == [
        "acta-sellada",
        *["acta-firmada"] * 5,
        "acta-publicada",
    ]
    assert [str(falla) for falla in verificar()[0]] == []
    actos = list(m.Acta.objects.get(pk=acta.pk).historia.values_list("verbo", flat=True))
    assert actos[-3:] == ["sellar", "completar_firmas", "publicar"]
    for direccion in ("/sesiones/", f"/verificar/{sello.codigo}/"):
        assert client.get(direccion).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_se_escribe_en_el_registro_mientras_salta(reloj: Reloj) -> None:
    """A media corrida, con varios escribiendo."""

    def escribir() -> None:
        for n in range(5):
            anotar("prueba", {"n": n})

    def saltar() -> None:
        for salto in SALTOS * 3:
            reloj.poner(salto)
            select([], [], [], 0.02)  # `time.sleep` dice a qué hora despertar, y faketime la confunde

    a_la_vez([escribir, escribir, escribir, saltar])
    assert list(Eslabon.objects.order_by("n").values_list("n", flat=True)) == list(range(1, 16))
    assert [str(falla) for falla in verificar()[0]] == []


def test_el_codigo_del_telefono_tolera_un_paso_y_no_se_repite(reloj: Reloj, reparto: Reparto) -> None:
    """El teléfono tiene la hora de verdad; el servidor, no."""
    cuenta, cliente = reparto.cuentas["integrante"], Client()
    cliente.force_login(cuenta)
    secreto = dar_telefono(cuenta)
    if time.time() % 30 > 25:  # que el paso no cambie entre leer el código y escribirlo
        select([], [], [], 30 - time.time() % 30)

    def vale(desvio: int, del_telefono: str) -> bool:
        reloj.poner(dt.timedelta(seconds=desvio))
        return cliente.post(reverse("mfa_reauthenticate"), {"code": del_telefono}).status_code == 302

    ahora = codigo(secreto)
    assert [vale(desvio, ahora) for desvio in (-300, 7200, -60, 60)] == [False] * 4
    assert vale(30, ahora)
    assert [vale(desvio, ahora) for desvio in (30, 0, -30, 7200)] == [False] * 4
    reloj.poner(BIEN)
    assert vale(0, codigo(secreto, pasos=1))  # y con el reloj ya bien, el que sigue


def test_ninguna_sesion_se_rompe_ni_se_vuelve_eterna(reloj: Reloj, reparto: Reparto) -> None:
    """Con poder, la cierra media hora sin actividad: también la que parece, y lo escrito se conserva."""
    punto = crear_en_curso(reparto).puntos.get()
    direccion = reverse("mesa:texto", args=(reparto.organo.clave, punto.sesion.clave, punto.pk))
    cliente = identificarse(Client(), reparto.cuentas["facilitadora"])
    assert cliente.get("/mi/").status_code == 200
    reloj.poner(-CINCO_MINUTOS)
    assert cliente.get("/mi/").status_code == 200
    reloj.poner(DOS_HORAS)
    cerrada = cliente.post(direccion, {"desahogo": "Lo que ya había escrito.", "version": 1})
    assert (cerrada.status_code, "Lo que ya había escrito." in cerrada.content.decode()) == (401, True)
    cliente = identificarse(Client(), reparto.cuentas["facilitadora"])  # entra con el reloj adelantado
    reloj.poner(BIEN)
    assert cliente.get("/mi/").status_code == 200
    marcas = cliente.session[limites_de_sesion.CLAVE]
    assert max(marcas["entro"], marcas["visto"]) <= time.time()
    reloj.poner(dt.timedelta(minutes=31))
    assert cliente.get("/mi/").status_code == 302


def test_el_turno_de_firma_tomado_con_otro_reloj_no_estorba(reloj: Reloj, reparto: Reparto) -> None:
    sello = sellada(reparto)
    primera, segunda = sello.lugares.all()[:2]
    una, otra = reparto.cuentas["integrante"], reparto.cuentas["extrana"]
    reloj.poner(DOS_HORAS)
    datos = {"clave": "x" * 43, "base": sello.pdf, "certificado": b"x", "datos": b"{}", "por": una}
    m.Preparacion.objects.create(sello=sello, lugar=primera, vence=timezone.now() + firmar.TURNO, **datos)
    reloj.poner(BIEN)
    firmar._exigir_turno_libre(sello, otra, timezone.now())
    assert not m.Preparacion.objects.exists()
    assert not segunda.firmado


def test_los_correos_no_se_repiten_ni_se_quedan(
    reloj: Reloj, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """El primer intento falla con el reloj adelantado: al corregirlo sale, y una sola vez."""
    settings.AVISOS_AL_MOMENTO = False
    reloj.poner(DOS_HORAS)
    aviso = Aviso.objects.create(clase="prueba", motivo="prueba", para="a@b.example", asunto="A", cuerpo="B")
    Aviso.objects.update(no_antes_de=timezone.now())
    with monkeypatch.context() as sin_correo:
        sin_correo.setattr(EmailBackend, "send_messages", _no_contesta)
        assert envio.enviar() == (0, 1)
    reloj.poner(BIEN)
    assert envio.enviar() == (1, 0)
    for salto in SALTOS:
        reloj.poner(salto)
        assert envio.enviar() == (0, 0)
        assert all(cola.rezago >= 0 for cola in colas.todas())
    aviso.refresh_from_db()
    assert (aviso.estado, len(mail.outbox)) == (EstadoAviso.ENVIADO, 1)


def _no_contesta(*_: Any) -> int:
    raise TimeoutError


def test_los_recordatorios_salen_una_vez(reloj: Reloj, reparto: Reparto) -> None:
    ronda = revision.circular(concluida(reparto), reparto.cuentas["facilitadora"], timezone.now())
    m.Ronda.objects.filter(pk=ronda.pk).update(vence=timezone.localdate() + dt.timedelta(days=1))
    antes, despues = Aviso.objects.count(), []
    for salto in SALTOS:
        reloj.poner(salto)
        call_command("atender_plazos", stdout=_Nada(), stderr=_Nada())
        despues.append(Aviso.objects.count())
    assert despues[0] >= antes
    assert despues == despues[:1] * len(SALTOS)


class _Nada:
    """Una salida que nadie lee."""

    def write(self, _: str) -> None:
        """No la guarda."""


def test_la_liga_que_vence_vence_por_su_fecha(reloj: Reloj, reparto: Reparto, settings: Settings) -> None:
    cuenta = Usuario.objects.create(email="nueva@prueba.example")
    reloj.poner(DOS_HORAS)
    ficha = invitaciones.invitar(cuenta, a_que="probar", por=reparto.cuentas["administradora"])
    ficha = ficha.rstrip("/").rsplit("/", 1)[-1]
    for salto in SALTOS:
        reloj.poner(salto)
        assert invitaciones.de_la_ficha(ficha).cuenta == cuenta
    reloj.poner(DOS_HORAS + dt.timedelta(hours=settings.INVITACION_HORAS, minutes=1))
    with pytest.raises(invitaciones.NoAbre):
        invitaciones.de_la_ficha(ficha)
    reloj.poner(BIEN)
    assert invitaciones.de_la_ficha(ficha).cuenta == cuenta


def test_lo_que_un_corte_dijo_no_se_deshace_aunque_atrasen_el_reloj(reloj: Reloj) -> None:
    gente = crear_reparto("corte")
    etapa = municipios.crear_etapas(gente.organo, "convocatoria")[0]
    reloj.poner(DOS_HORAS)
    anotada = municipios.anotar(etapa, municipios.LEON, "en_proceso")
    type(anotada).objects.filter(pk=anotada.pk).update(cuando=timezone.now())
    anotada.refresh_from_db()
    reloj.poner(-CINCO_MINUTOS)
    corte = preparar.abrir(gente.organo, nombre="Corte", fecha=DIA, fuente="Lo anotado")
    publicado = publicar_corte.publicar(corte, gente.cuentas["facilitadora"])
    assert publicado.publicado_el == anotada.cuando
    assert publicar_corte.en_un_corte(anotada)


def test_lo_importado_no_parece_vivo_para_siempre(reloj: Reloj) -> None:
    reloj.poner(DOS_HORAS)
    dicho = Avance(1, 10, time.time())
    assert dicho.vivo
    reloj.poner(BIEN)
    assert not dicho.vivo
