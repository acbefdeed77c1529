"""Los avisos constan antes de salir, salen después de confirmar y no se pierden si el correo falla."""

import datetime as dt
import smtplib
from collections.abc import Sequence
from io import StringIO

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from stl_portal.avisos import envio
from stl_portal.avisos.envio import Anexado, Mensaje
from stl_portal.avisos.models import Aviso, EstadoAviso
from stl_portal.cuentas.mensajes import OTRO as PRUEBA

pytestmark = pytest.mark.django_db
ANA = Mensaje(
    "Ana@prueba.example", "Hola", "Cuerpo\n", "Ana Ruiz", (Anexado("a.txt", "text/plain", b"uno\r\n"),)
)
BETO = Mensaje("beto@prueba.example", "Hola", "Cuerpo\n")


class CorreoCaprichoso(EmailBackend):
    """Un servidor que rechaza a quien esté en la lista; lo demás lo recibe como siempre."""

    rechazados: set[str] = set()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for correo in email_messages:
            if self.rechazados & set(correo.to):
                raise smtplib.SMTPRecipientsRefused({correo.to[0]: (550, b"buzon lleno")})
        return super().send_messages(email_messages)


@pytest.fixture
def caprichoso(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> type[CorreoCaprichoso]:
    """El servidor rechaza a Ana."""
    settings.EMAIL_BACKEND = "tests.avisos.test_envio.CorreoCaprichoso"
    monkeypatch.setattr(CorreoCaprichoso, "rechazados", {"ana@prueba.example"})
    return CorreoCaprichoso


def estados() -> dict[str, tuple[str, int]]:
    """Estado e intentos por persona."""
    return {a.para: (a.estado, a.intentos) for a in Aviso.objects.all()}


def ya_toca() -> None:
    """Adelanta la espera entre intentos."""
    Aviso.objects.update(no_antes_de=timezone.now() - dt.timedelta(seconds=1))


def test_sale_hasta_que_se_confirma(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        nuevos = envio.encolar(PRUEBA, "prueba:1:aviso", [ANA, BETO])
        assert [(a.para, a.nombre, a.estado) for a in nuevos] == [
            ("ana@prueba.example", "Ana Ruiz", EstadoAviso.PENDIENTE),
            ("beto@prueba.example", "", EstadoAviso.PENDIENTE),
        ]
        assert mail.outbox == []
    assert [c.to for c in mail.outbox] == [["ana@prueba.example"], ["beto@prueba.example"]]
    assert {a.estado for a in Aviso.objects.all()} == {EstadoAviso.ENVIADO}


@pytest.mark.django_db(transaction=True)
def test_si_la_transaccion_se_deshace_no_hay_renglon_ni_correo() -> None:
    with transaction.atomic():
        envio.encolar(PRUEBA, "prueba:1:aviso", [ANA])
        transaction.set_rollback(True)
    assert (list(Aviso.objects.all()), mail.outbox) == ([], [])


def test_el_mismo_acto_no_avisa_dos_veces() -> None:
    assert len(envio.encolar(PRUEBA, "prueba:1:aviso", [ANA, BETO])) == 2
    assert envio.encolar(PRUEBA, "prueba:1:aviso", [ANA, BETO]) == []
    assert len(envio.encolar(PRUEBA, "prueba:2:aviso", [ANA])) == 1


def test_el_correo_lleva_sus_adjuntos_tal_cual_y_siempre_el_mismo_identificador() -> None:
    (aviso,) = envio.encolar(PRUEBA, "prueba:1:aviso", [ANA])
    mensaje = envio.correo_de(aviso).message()
    assert mensaje["Message-ID"] == f"<aviso-{aviso.pk}-{envio.ficha(aviso)}@127.0.0.1>"
    adjunto = list(mensaje.walk())[-1]
    assert adjunto["Content-Disposition"] == 'attachment; filename="a.txt"'
    assert adjunto.get_payload(decode=True) == b"uno\r\n"


def test_una_falla_conserva_el_renglon_y_no_detiene_a_los_demas(caprichoso: type[CorreoCaprichoso]) -> None:
    envio.encolar(PRUEBA, "prueba:1:aviso", [ANA, BETO])
    assert envio.enviar() == (1, 1)
    assert estados() == {
        "ana@prueba.example": (EstadoAviso.PENDIENTE, 1),
        "beto@prueba.example": (EstadoAviso.ENVIADO, 1),
    }
    ana = Aviso.objects.get(para="ana@prueba.example")
    assert ana.error == "SMTPRecipientsRefused: {'ana@prueba.example': (550, b'buzon lleno')}"
    assert ana.no_antes_de > timezone.now() + dt.timedelta(minutes=4)
    assert envio.enviar() == (0, 0)  # todavía no le toca


def test_se_reintenta_y_al_componerse_sale_una_sola_vez(caprichoso: type[CorreoCaprichoso]) -> None:
    envio.encolar(PRUEBA, "prueba:1:aviso", [ANA])
    envio.enviar()
    caprichoso.rechazados = set()
    ya_toca()
    assert envio.enviar() == (1, 0)
    assert envio.enviar() == (0, 0)
    assert [c.to for c in mail.outbox] == [["ana@prueba.example"]]
    assert estados() == {"ana@prueba.example": (EstadoAviso.ENVIADO, 2)}
    assert Aviso.objects.get().error == ""


def test_tras_seis_intentos_espera_a_una_persona_que_puede_reintentar(
    caprichoso: type[CorreoCaprichoso],
) -> None:
    envio.encolar(PRUEBA, "prueba:1:aviso", [ANA])
    for _ in range(8):
        ya_toca()
        envio.enviar()
    assert estados() == {"ana@prueba.example": (EstadoAviso.FALLIDO, envio.INTENTOS)}
    caprichoso.rechazados = set()
    assert envio.reintentar(Aviso.objects.all()) == 1
    assert envio.enviar() == (1, 0)


def test_quien_lo_esta_enviando_lo_aparta_y_el_apartado_caduca() -> None:
    (aviso,) = envio.encolar(PRUEBA, "prueba:1:aviso", [ANA])
    assert envio._apartar(aviso.pk) is not None
    assert envio._apartar(aviso.pk) is None
    ya_toca()  # ese proceso murió
    assert envio._apartar(aviso.pk) is not None


def test_un_asunto_con_saltos_no_inyecta_cabeceras() -> None:
    envio.encolar(
        PRUEBA, "prueba:1:aviso", [Mensaje("ana@prueba.example", "Hola\r\nBcc: todos@prueba.example", "x")]
    )
    envio.enviar()
    assert mail.outbox[0].message()["Subject"] == "Hola Bcc: todos@prueba.example"
    assert mail.outbox[0].recipients() == ["ana@prueba.example"]


def test_en_produccion_los_toma_la_orden(
    settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.AVISOS_AL_MOMENTO = False
    with django_capture_on_commit_callbacks(execute=True) as pedidos:
        envio.encolar(PRUEBA, "prueba:1:aviso", [ANA])
    assert (pedidos, mail.outbox) == ([], [])
    salida = StringIO()
    call_command("enviar_avisos", stdout=salida)
    assert salida.getvalue() == "1 avisos enviados; 0 no salieron y se reintentarán.\n"
    assert [c.to for c in mail.outbox] == [["ana@prueba.example"]]


def test_las_ligas_salen_con_la_direccion_del_sitio(settings: Settings) -> None:
    settings.SITIO = "https://portal.example"
    assert envio.liga("/sesiones/stl/xxi/") == "https://portal.example/sesiones/stl/xxi/"
    assert envio.dominio() == "portal.example"
