"""Abrir una cuenta con su invitación: una vez, a tiempo, quien la recibió y en un solo recorrido."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from sesiones import models as m
from stl_portal.avisos.models import Aviso
from stl_portal.cuentas import invitaciones
from stl_portal.cuentas.models import Invitacion, Usuario
from tests.cuentas.codigos import codigo, identificarse
from tests.gestion.quien import administra
from tests.personas import Reparto

CORREO = "nueva@prueba.example"
NUEVA = "una frase bien larga"
CONTRASENA = {"password1": NUEVA, "password2": NUEVA}
MESA = reverse("registros:invitaciones", args=("prueba",))
ROLES = reverse("registros:nuevo", args=("prueba", "roles"))
TODAS = reverse("invitaciones")


@pytest.fixture
def invita(client: Client, reparto: Reparto) -> Client:
    """Quien administra el órgano, con su segundo paso."""
    identificarse(client, reparto.cuentas["administradora"])
    return client


def invitar(invita: Client, tipo: str = "tecnica") -> str:
    """Da un rol a un correo nuevo y devuelve la liga que le llega."""
    datos = {"correo": CORREO, "nombre": "Nora Nueva", "tipo": tipo, "vigente_desde": "2026-01-15"}
    assert invita.post(ROLES, datos).status_code == 302
    return ultima_liga()


def ultima_liga() -> str:
    cuerpo = Aviso.objects.filter(clase="cuenta.invitacion").latest("pk").cuerpo
    hallada = re.search(r"(/invitacion/[\w-]{43}/)", cuerpo)
    assert hallada
    return hallada[1]


def pendiente() -> Invitacion:
    return Invitacion.objects.get(cuenta__email=CORREO)


def vencer() -> None:
    Invitacion.objects.update(vence_el=timezone.now() - dt.timedelta(seconds=1))


def test_un_solo_recorrido_hasta_el_segundo_paso(invita: Client, reparto: Reparto) -> None:
    liga, ella = invitar(invita), Client()
    texto = ella.get(liga, follow=True).content.decode()
    for dicho in (
        "<strong>Administradora de Prueba</strong> te invita a entrar al portal con el rol de",
        f"<strong>{CORREO}</strong>",
        "pide verificación en dos pasos",
    ):
        assert dicho in texto
    activar = ella.post(liga, CONTRASENA)["Location"]
    assert activar == f"{reverse('mfa_activate_totp')}?next=%2Fmi%2F"
    pagina = ella.get(activar)
    assert pagina.status_code == 200
    respuesta = ella.post(activar, {"code": codigo(pagina.context["form"].secret)})
    assert respuesta["Location"] == f"{reverse('mfa_view_recovery_codes')}?next=%2Fmi%2F"
    assert ella.get(reverse("registros:organo", args=("prueba",))).status_code == 200
    aviso = Aviso.objects.get(clase="cuenta.invitacion_aceptada")
    assert (aviso.para, aviso.asunto) == (
        reparto.cuentas["administradora"].email,
        "Nora Nueva aceptó tu invitación",
    )


def test_a_quien_no_le_toca_sellar_no_se_le_pide_segundo_paso(invita: Client) -> None:
    liga, ella = invitar(invita, "auditora"), Client()
    assert "dos pasos" not in ella.get(liga, follow=True).content.decode()
    assert ella.post(liga, CONTRASENA)["Location"] == reverse("mi")


def test_solo_se_guarda_la_huella_y_el_correo_lleva_html(
    invita: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ficha = invitar(invita).split("/")[2]
    fila = pendiente()
    assert len(fila.huella) == 64
    assert ficha not in str(Invitacion.objects.values().get())
    assert fila.vence_el - fila.enviada_el == dt.timedelta(hours=72)
    assert "Abrir mi cuenta" in mail.outbox[0].message().as_string()


def test_la_contrasena_mala_no_gasta_la_invitacion(invita: Client) -> None:
    liga, ella = invitar(invita), Client()
    for mala in ({}, {"password1": "corta", "password2": "corta"}, CONTRASENA | {"password2": "otra cosa"}):
        assert ella.post(liga, mala).status_code == 422
    assert ella.post(liga, CONTRASENA).status_code == 302


def test_lo_que_no_abre_dice_siempre_lo_mismo(invita: Client, reparto: Reparto) -> None:
    """Inventada, usada, vencida, retirada, de cuenta inactiva o sustituida por otra: byte por byte."""
    paginas = {}

    def ver(caso: str, liga: str) -> None:
        for metodo in ("get", "post"):
            respuesta = getattr(Client(), metodo)(liga, CONTRASENA if metodo == "post" else None)
            assert respuesta.status_code == 404
            cuerpo = re.sub(rb'(csrfmiddlewaretoken" value=")[^"]+', rb"\1", respuesta.content)
            paginas[caso, metodo] = cuerpo.replace(liga.encode(), b"")

    ver("inventada", reverse("invitacion", args=("x" * 43,)))
    liga = invitar(invita)
    vencer()
    ver("vencida", liga)
    Invitacion.objects.update(enviada_el=timezone.now() - dt.timedelta(hours=80))
    invita.post(MESA, {"invitacion": pendiente().pk, "hacer": "reenviar"})
    ver("sustituida", liga)
    liga = ultima_liga()
    Usuario.objects.filter(email=CORREO).update(is_active=False)
    ver("inactiva", liga)
    Usuario.objects.filter(email=CORREO).update(is_active=True)
    Client().post(liga, CONTRASENA)
    ver("usada", liga)
    Usuario.objects.filter(email=CORREO).update(password="!")
    assert len({*paginas.values()}) == 1
    assert Usuario.objects.get(email=CORREO).has_usable_password() is False


def test_a_quien_la_tuvo_se_le_dice_por_correo_que_hacer(invita: Client) -> None:
    """La página que sigue es la misma para todos; solo su buzón sabe qué pasó."""
    invitar(invita)
    olvidada, casos = reverse("account_reset_password"), []

    def pedir(correo: str) -> None:
        respuesta = Client().post(olvidada, {"email": correo})
        assert (respuesta.status_code, respuesta["Location"]) == (302, "/contrasena/enviada/")
        ultimo = Aviso.objects.latest("pk")
        casos.append((ultimo.clase, ultimo.para, ultimo.cuerpo))
        Aviso.objects.all().delete()

    pedir(CORREO)
    vencer()
    pedir(CORREO)
    invitaciones.revocar(pendiente())
    pedir(CORREO)
    pedir("nadie@prueba.example")
    assert [(clase, para) for clase, para, _ in casos] == [
        *[("cuenta.invitacion_que_sigue", CORREO)] * 3,
        ("cuenta.unknown_account", "nadie@prueba.example"),
    ]
    dichos = ("Ya te la mandamos", "venció el", "se retiró")
    assert [dicho in cuerpo for dicho, (_, _, cuerpo) in zip(dichos, casos, strict=False)] == [True] * 3
    assert "contrasena/nueva" not in "".join(cuerpo for _, _, cuerpo in casos)


def test_ya_abierta_se_pide_contrasena_como_siempre(invita: Client) -> None:
    Client().post(invitar(invita), CONTRASENA)
    Client().post(reverse("account_reset_password"), {"email": CORREO})
    assert Aviso.objects.latest("pk").clase == "cuenta.password_reset_key"


def test_reenviar_y_retirar_desde_la_mesa(invita: Client) -> None:
    primera, fila = invitar(invita), pendiente()
    assert MESA in invita.get(reverse("registros:lista", args=("prueba", "roles"))).content.decode()
    assert "Invitaciones pendientes (1)" in invita.get(MESA).content.decode()
    pronto = invita.post(MESA, {"invitacion": fila.pk, "hacer": "reenviar"})
    assert (pronto.status_code, "Espera un minuto" in pronto.content.decode()) == (422, True)
    Invitacion.objects.update(enviada_el=timezone.now() - dt.timedelta(minutes=2))
    assert invita.post(MESA, {"invitacion": fila.pk, "hacer": "reenviar"}).status_code == 302
    segunda = ultima_liga()
    assert [Client().get(liga, follow=True).status_code for liga in (primera, segunda)] == [404, 200]
    assert m.Rol.objects.filter(usuario=fila.cuenta).count() == 1
    assert invita.post(MESA, {"invitacion": fila.pk, "hacer": "retirar"}).status_code == 302
    assert Client().get(segunda).status_code == 404
    assert m.Rol.objects.filter(usuario=fila.cuenta).count() == 0
    otra_vez = invita.post(MESA, {"invitacion": fila.pk, "hacer": "retirar"})
    assert (otra_vez.status_code, "ya no está pendiente" in otra_vez.content.decode()) == (422, True)


def test_cada_organo_ve_y_toca_solo_las_suyas(invita: Client, reparto: Reparto) -> None:
    de_otro = Usuario.objects.create_user("otra@prueba.example", nombre="Otra")
    invitaciones.invitar(de_otro, a_que="a entrar al portal", ambito="otro")
    ajena = Invitacion.objects.get()
    assert "otra@prueba.example" not in invita.get(MESA).content.decode()
    assert invita.post(MESA, {"invitacion": ajena.pk, "hacer": "retirar"}).status_code == 422
    ajena.refresh_from_db()
    assert ajena.revocada_el is None


def test_dos_organos_invitan_a_la_misma_persona(invita: Client) -> None:
    liga, cuenta = invitar(invita), Usuario.objects.get(email=CORREO)
    invitaciones.invitar(cuenta, a_que="a entrar al portal", ambito="otro")
    invitaciones.revocar(Invitacion.objects.get(ambito="otro"))
    assert m.Rol.objects.filter(usuario=cuenta).count() == 1
    assert Client().post(liga, CONTRASENA).status_code == 302
    assert Invitacion.objects.pendientes().count() == 0


def test_las_listas_no_crecen_en_consultas(invita: Client, django_assert_num_queries: Any) -> None:
    cuentas: list[Usuario] = []
    for cuantas in (1, 12):
        while Invitacion.objects.count() < cuantas:
            una = Usuario.objects.create_user(f"n{len(cuentas)}@prueba.example", nombre="Una")
            invitaciones.invitar(una, a_que="a entrar al portal", ambito="prueba")
            cuentas.append(una)
        with django_assert_num_queries(10):
            assert len(invita.get(MESA).context["renglones"]) == cuantas


def test_en_la_administracion_se_invita_y_se_ven_todas(client: Client, reparto: Reparto) -> None:
    cuenta = administra(reparto.cuentas["administradora"])
    assert client.get(TODAS).status_code == 302
    client.force_login(reparto.cuentas["facilitadora"])
    assert client.get(TODAS).status_code == 404
    identificarse(client, cuenta)
    alta = {"email": "Nueva@Prueba.example", "nombre": "Nora Nueva", "is_active": "on", "is_staff": "on"}
    assert client.post(reverse("admin:cuentas_usuario_add"), alta).status_code == 302
    texto = client.get(TODAS).content.decode()
    assert "a administrar el portal" in texto
    assert client.post(TODAS, {"invitacion": pendiente().pk, "hacer": "retirar"})["Location"] == TODAS
    assert Client().get(ultima_liga()).status_code == 404


def test_la_orden_invita_otra_vez_y_enseña_la_liga(invita: Client, capsys: Any) -> None:
    vieja = invitar(invita)
    call_command("invitar", CORREO.upper())
    nueva = capsys.readouterr().out.splitlines()[-1].removeprefix("http://127.0.0.1:8000")
    assert [Client().get(liga, follow=True).status_code for liga in (vieja, nueva)] == [404, 200]
    Client().post(nueva, CONTRASENA)
    for correo in (CORREO, "nadie@prueba.example"):
        with pytest.raises(CommandError, match="espere abrirse"):
            call_command("invitar", correo)


def test_abrirla_con_otra_cuenta_abierta_no_mezcla_sesiones(invita: Client, reparto: Reparto) -> None:
    liga = invitar(invita, "auditora")
    ajena = str(invita.session.session_key)
    assert "está abierta otra cuenta" in invita.get(liga, follow=True).content.decode()
    invita.post(liga, CONTRASENA)
    assert int(invita.session["_auth_user_id"]) == Usuario.objects.get(email=CORREO).pk
    assert invita.session.session_key != ajena


def test_abierta_la_ficha_ya_no_va_en_la_direccion(invita: Client) -> None:
    """Ni sirve copiada a otro navegador, ni se confunde con otra liga abierta al lado."""
    liga, ella = invitar(invita), Client()
    (fuera,) = ella.get(liga, follow=True).redirect_chain
    limpia = fuera[0]
    assert re.fullmatch(r"/invitacion/abierta-[0-9a-f]{16}/", limpia)
    assert liga.split("/")[2] not in ella.get(limpia).content.decode()
    assert Client().get(limpia).status_code == 404
    otra = Usuario.objects.create_user("otra@prueba.example", nombre="Otra")
    ella.get(invitaciones.invitar(otra, a_que="a entrar al portal").removeprefix("http://127.0.0.1:8000"))
    assert ella.post(limpia, CONTRASENA).status_code == 302
    assert Usuario.objects.get(email=CORREO).check_password(NUEVA)
    assert not Usuario.objects.get(pk=otra.pk).has_usable_password()
    assert Client().get("/invitacion/inventada/").status_code == 404


@pytest.mark.usefixtures("db")
def test_muchos_intentos_esperan(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"invitacion": "2/10m/ip"}
    liga = reverse("invitacion", args=("x" * 43,))
    assert [client.get(liga).status_code for _ in range(3)] == [404, 404, 429]
