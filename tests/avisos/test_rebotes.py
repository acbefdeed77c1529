"""Un servidor que dice que no entregó marca la dirección; uno falso no marca nada."""

import datetime as dt
import mailbox
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from sesiones.mensajes.de_actas import PUBLICADA
from stl_portal.avisos import destino, envio, rebotes
from stl_portal.avisos.en_espera import rebotes as en_espera
from stl_portal.avisos.envio import Mensaje
from stl_portal.avisos.models import Aviso, EstadoAviso, Rebote
from tests.gestion.quien import entrar
from tests.personas import Reparto

pytestmark = pytest.mark.django_db
CIVIL = "civil.prueba@prueba.example"


def dsn(
    correo: str,
    codigo: str = "5.1.1",
    accion: str = "failed",
    *,
    numero: int = 1,
    de: str = "",
    resto: str = "",
) -> bytes:
    """Un aviso de rebote como los de Postfix; `de` es el Message-ID de lo que no llegó."""
    return f"""From: MAILER-DAEMON@correo.example
To: portal@localhost
Subject: Undelivered Mail Returned to Sender
Message-ID: <rebote-{numero}@correo.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="AAA"

--AAA
Content-Type: text/plain

No se pudo entregar.

--AAA
Content-Type: message/delivery-status

Reporting-MTA: dns; correo.example

Final-Recipient: rfc822; {correo}
Action: {accion}
Status: {codigo}
Diagnostic-Code: smtp; 550 {codigo} Mailbox
 unavailable
{resto}
--AAA
Content-Type: text/rfc822-headers

Subject: Acta publicada
{f"Message-ID: {de}" if de else "X-Nada: x"}

--AAA--
""".replace("\n", "\r\n").encode()


def enviado(correo: str = CIVIL, motivo: str = "acta:1") -> Aviso:
    """Algo que el portal ya le mandó."""
    (aviso,) = envio.encolar(PUBLICADA, motivo, [Mensaje(correo, "Acta", "Texto.", "C. Darío")])
    envio.enviar()
    aviso.refresh_from_db()
    return aviso


def identidad(aviso: Aviso) -> str:
    """El Message-ID con que salió."""
    return str(envio.correo_de(aviso).message()["Message-ID"])


def anotar(*contenidos: bytes, tmp_path: Path) -> str:
    """Corre la orden con esos mensajes sueltos y devuelve lo que dijo."""
    salida = StringIO()
    for n, contenido in enumerate(contenidos):
        ruta = tmp_path / f"{n}.eml"
        ruta.write_bytes(contenido)
        call_command("anotar_rebotes", str(ruta), stdout=salida)
    return salida.getvalue()


def test_uno_permanente_deja_de_recibir_se_avisa_y_se_levanta(reparto: Reparto, tmp_path: Path) -> None:
    correo = reparto.personas["civil"].correo or reparto.cuentas["integrante"].email
    aviso = enviado(correo)
    rebote = dsn(correo.upper(), de=identidad(aviso))
    assert anotar(rebote, rebote, tmp_path=tmp_path).splitlines() == [
        "Mensajes leídos: 1. Direcciones marcadas: 1. Anotados sin marcar: 0. "
        "Ya anotados o de direcciones a las que no se escribió: 0.",
        "Mensajes leídos: 1. Direcciones marcadas: 0. Anotados sin marcar: 0. "
        "Ya anotados o de direcciones a las que no se escribió: 1.",
    ]
    fila = Rebote.objects.get()
    assert (fila.correo, fila.permanente, fila.codigo, fila.aviso) == (correo.lower(), True, "5.1.1", aviso)
    assert fila.dicho == "550 5.1.1 Mailbox unavailable"
    aviso.refresh_from_db()
    assert (aviso.estado, aviso.error) == (
        EstadoAviso.REBOTA,
        "Rebotó (5.1.1): 550 5.1.1 Mailbox unavailable",
    )
    avisadas = Aviso.objects.filter(clase="avisos.rebote")
    assert {a.para for a in avisadas} == {reparto.cuentas["facilitadora"].email}
    assert f"El correo {correo}, de {reparto.personas['civil'].formal}, rebota" in avisadas[0].cuerpo
    mail.outbox.clear()
    otro = enviado(correo, "acta:2")
    assert (otro.estado, otro.error) == (EstadoAviso.REBOTA, destino.NO_SIRVE)
    (espera,) = en_espera(dt.date(2026, 3, 18))
    assert (espera.cuantas, espera.ficticias, espera.grave) == (0, 1, True)

    client = entrar(reparto)
    lista = "/gestion/registros/avisos/rebote/"
    assert correo in client.get(espera.url).content.decode()
    client.post(lista, {"action": "levantar_la_marca", "_selected_action": [fila.pk]})
    fila.refresh_from_db()
    assert fila.levantado_por == reparto.cuentas["administradora"]
    assert fila.levantado_el
    assert client.get(espera.url).content.decode().count('<tr class="data-row') == 0
    assert envio.reintentar(Aviso.objects.filter(para=correo)) == 2
    envio.enviar()
    assert [c.to for c in mail.outbox if c.to == [correo]] == [[correo]] * 2


@pytest.mark.parametrize(
    ("codigo", "accion", "permanente"),
    [
        ("5.1.1", "failed", True),
        ("5.0.0", "failed", True),
        ("4.4.1", "delayed", False),
        ("4.4.7", "failed", False),
        ("5.2.2", "failed", False),  # el buzón está lleno
        ("5.7.1", "failed", False),  # una regla contra el correo no deseado
        ("5.1.1", "delayed", False),
    ],
)
def test_lo_temporal_se_cuenta_y_no_marca(codigo: str, accion: str, permanente: bool) -> None:
    suyo = identidad(enviado())
    contenidos = [dsn(CIVIL, codigo, accion, numero=n, de=suyo) for n in (1, 2)]
    anotados = [r for c in contenidos for r in rebotes.anotar(rebotes.leer(c))]
    assert [r.permanente for r in anotados] == [permanente] * 2
    assert destino.rebota(CIVIL) is permanente
    assert Aviso.objects.filter(clase="avisos.rebote").count() == 0  # nadie la atiende ni administra


def test_lo_que_no_se_cree_o_no_es_un_rebote_no_anota_nada(tmp_path: Path) -> None:
    aviso, ajeno = enviado(), enviado("otra@prueba.example")
    Aviso.objects.create(motivo="x", para="sin-salir@prueba.example", asunto="A", cuerpo="b")
    entregado = dsn(CIVIL, "2.0.0", "delivered")
    sin_partes = b"Content-Type: multipart/report; report-type=delivery-status; boundary=A\r\n\r\nnada"
    dicho = anotar(
        dsn("nadie@prueba.example"),  # nunca se le escribió
        dsn("sin-salir@prueba.example"),  # no ha salido
        dsn(CIVIL, de=identidad(ajeno)),  # ese mensaje era para otra persona
        dsn(CIVIL, de=f"<aviso-{aviso.pk}@127.0.0.1>"),  # adivinado: sin ficha
        dsn(CIVIL, de=identidad(ajeno).replace(f"-{ajeno.pk}-", f"-{aviso.pk}-")),  # con la de otro mensaje
        dsn(CIVIL, de="<aviso-999999999@127.0.0.1>"),
        entregado,
        sin_partes,
        b"Subject: Estoy de vacaciones\r\n\r\nVuelvo el lunes.",
        b"\xff\xfe\x00 basura \x00",
        b"",
        tmp_path=tmp_path,
    )
    assert (Rebote.objects.count(), Aviso.objects.exclude(error="").count()) == (0, 0)
    assert dicho.count("Direcciones marcadas: 0.") == 11
    aviso.refresh_from_db()
    assert aviso.estado == EstadoAviso.ENVIADO


def test_el_que_no_devuelve_el_mensaje_se_anota_sin_marcar_y_lo_pedido_sale_aunque_este_marcada() -> None:
    """Un aviso inventado no silencia a nadie; uno cierto no deja a nadie sin recuperar su cuenta."""
    aviso = enviado()
    (sin_prueba,) = rebotes.anotar(rebotes.leer(dsn(CIVIL)))
    assert (sin_prueba.permanente, sin_prueba.codigo, destino.rebota(CIVIL)) == (False, "5.1.1", False)
    assert Aviso.objects.filter(estado=EstadoAviso.REBOTA).count() == 0
    rebotes.anotar(rebotes.leer(dsn(CIVIL, numero=2, de=identidad(aviso))))
    de_cada_una = {
        clave: destino.de(Aviso(clase=clave, motivo="x:1", para=CIVIL))
        for clave in ("acta.publicada", "cuenta.password_reset_key", "cuenta.password_changed")
    }
    assert de_cada_una == {
        "acta.publicada": EstadoAviso.REBOTA,
        "cuenta.password_reset_key": EstadoAviso.PENDIENTE,
        "cuenta.password_changed": EstadoAviso.PENDIENTE,
    }


def test_uno_mal_formado_no_detiene_a_los_que_siguen_y_se_cuenta(tmp_path: Path) -> None:
    """Un nulo se quita; tantas partes, unas dentro de otras, que no se pueden leer, se saltan."""
    suyo = identidad(enviado())
    hondo = b"".join(b"Content-Type: multipart/report; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000))
    con_nulo = dsn(CIVIL, de=suyo).replace(b"unavailable", b"no\0disponible").replace(b"\r\n", b"\n")
    (tmp_path / "mbox").write_bytes(b"From x\n" + hondo + b"\n\nFrom y\n" + con_nulo)
    salida, errores = StringIO(), StringIO()
    call_command("anotar_rebotes", str(tmp_path / "mbox"), stdout=salida, stderr=errores)
    assert "Mensajes leídos: 2. Direcciones marcadas: 1." in salida.getvalue()
    assert errores.getvalue().strip() == "Mensajes mal formados, que se dejaron donde están: 1."
    assert Rebote.objects.get().dicho == "550 5.1.1 Mailbox no disponible"


def test_se_lee_un_mbox_un_maildir_y_la_entrada(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sin cambiarlos; lo que no es un buzón se dice."""
    correos = [f"p{n}@prueba.example" for n in range(4)]
    for n, correo in enumerate(correos):
        enviado(correo, f"acta:{n}")
    varios = mailbox.mbox(tmp_path / "mbox", create=True)
    carpeta = mailbox.Maildir(tmp_path / "Maildir", create=True)
    for n, correo in enumerate(correos[:3]):
        (varios if n < 2 else carpeta).add(dsn(correo, numero=n))
    varios.close()
    antes = (tmp_path / "mbox").read_bytes()
    for buzon in ("mbox", "Maildir"):
        call_command("anotar_rebotes", str(tmp_path / buzon), stdout=StringIO())
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(dsn(correos[3], numero=3))))
    call_command("anotar_rebotes", "-", stdout=StringIO())
    assert sorted(Rebote.objects.values_list("correo", flat=True)) == correos
    assert (tmp_path / "mbox").read_bytes() == antes
    assert len(list((tmp_path / "Maildir/new").iterdir())) == 1
    for malo in (tmp_path / "no-existe", tmp_path):
        with pytest.raises(CommandError, match=r"no es un Maildir|No se puede leer"):
            call_command("anotar_rebotes", str(malo))


def test_si_nadie_conduce_sus_organos_se_avisa_a_quien_administra(reparto: Reparto) -> None:
    entrar(reparto)  # le da la administración a la administradora
    mandado = enviado("vecina@prueba.example")
    fallo = rebotes.Fallo("vecina@prueba.example", "5.1.1", "", mandado.pk, envio.ficha(mandado), "h")
    assert len(rebotes.anotar([fallo])) == 1
    (aviso,) = Aviso.objects.filter(clase="avisos.rebote")
    assert aviso.para == reparto.cuentas["administradora"].email
    assert "Lo que dijo el servidor: nada más (código 5.1.1)." in aviso.cuerpo
    assert Rebote.objects.get().anotado_el <= timezone.now()
