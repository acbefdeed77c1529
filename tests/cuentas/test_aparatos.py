"""Dónde está abierta la cuenta, cómo se cierra y de qué se avisa."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from stl_portal.avisos.models import Aviso
from stl_portal.cuentas import aparatos, cambios
from stl_portal.cuentas.models import SesionAbierta, Usuario
from tests.cuentas.codigos import codigo, dar_telefono, identificarse
from tests.gestion.quien import administra
from tests.personas import CLAVE, Reparto

URL = reverse("aparatos")
NUEVA = "una frase bien larga"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1"


@pytest.fixture
def cuenta(reparto: Reparto) -> Usuario:
    """Una que ya había entrado alguna vez."""
    suya = reparto.cuentas["integrante"]
    Usuario.objects.filter(pk=suya.pk).update(last_login=timezone.now())
    suya.refresh_from_db()
    return suya


def entrar(cuenta: Usuario, agente: str, clave: str = CLAVE, client: Client | None = None) -> Client:
    client = client or Client()
    respuesta = client.post(
        reverse("account_login"),
        {"login": cuenta.email, "password": clave},
        headers={"User-Agent": agente},
    )
    assert respuesta["Location"] == reverse("mi")
    return client


@pytest.mark.parametrize(
    ("agente", "dicho"),
    [
        (FIREFOX, "Firefox en Windows"),
        (EDGE, "Edge en Windows"),
        (IPHONE, "Safari en iPhone"),
        ("curl/8.0", "Navegador desconocido"),
        ("", "Navegador desconocido"),
    ],
)
def test_como_se_llama(agente: str, dicho: str) -> None:
    assert aparatos.nombre(agente) == dicho


def test_se_ven_las_propias_y_se_cierra_una(cuenta: Usuario, reparto: Reparto) -> None:
    aqui, alla, ajena = entrar(cuenta, FIREFOX), entrar(cuenta, IPHONE), Client()
    ajena.force_login(reparto.cuentas["extrana"])
    texto = aqui.get(URL).content.decode()
    dichos = ("Sesiones abiertas (2)", "Firefox en Windows", "Safari en iPhone", "127.0.0.1")
    assert [dicho for dicho in dichos if dicho not in texto] == []
    de_otra = SesionAbierta.objects.get(cuenta=reparto.cuentas["extrana"]).pk
    propia = SesionAbierta.objects.get(cuenta=cuenta, agente=FIREFOX).pk
    for ni_ajena_ni_esta in (de_otra, propia, "no", ""):
        assert aqui.post(URL, {"cerrar": ni_ajena_ni_esta}).status_code == 422
    assert Session.objects.count() == 3
    otra = SesionAbierta.objects.get(cuenta=cuenta, agente=IPHONE).pk
    assert aqui.post(URL, {"cerrar": otra})["Location"] == URL
    assert [c.get(URL).status_code for c in (aqui, alla, ajena)] == [200, 302, 200]
    aviso = Aviso.objects.get(clase="cuenta.sessions_closed")
    assert (aviso.para, "cerró una sesión" in aviso.cuerpo) == (cuenta.email, True)


def test_cerrar_todas_las_demas(cuenta: Usuario) -> None:
    aqui, *otras = (entrar(cuenta, agente) for agente in (FIREFOX, IPHONE, EDGE))
    aqui.post(URL, {"cerrar": "todas"})
    assert [c.get(URL).status_code for c in (aqui, *otras)] == [200, 302, 302]
    assert SesionAbierta.objects.filter(cuenta=cuenta).count() == 1
    assert "cerraron 2 sesiones" in Aviso.objects.get(clase="cuenta.sessions_closed").cuerpo


def test_la_lista_no_crece_en_consultas(cuenta: Usuario, django_assert_num_queries: object) -> None:
    aqui = entrar(cuenta, FIREFOX)
    for cuantas in (1, 8):
        while SesionAbierta.objects.filter(cuenta=cuenta).count() < cuantas:
            entrar(cuenta, IPHONE)
        aqui.get(URL)
        with django_assert_num_queries(3):  # type: ignore[operator]
            assert len(aqui.get(URL).context["filas"]) == cuantas


def test_al_salir_o_acabarse_ya_no_sale_en_la_lista(cuenta: Usuario) -> None:
    aqui, alla = entrar(cuenta, FIREFOX), entrar(cuenta, IPHONE)
    alla.post(reverse("account_logout"))
    assert len(aqui.get(URL).context["filas"]) == 1


def test_cambiar_la_contrasena_cierra_las_demas_y_deja_esta(cuenta: Usuario) -> None:
    aqui, alla = entrar(cuenta, FIREFOX), entrar(cuenta, IPHONE)
    datos = {"oldpassword": CLAVE, "password1": NUEVA, "password2": NUEVA}
    aqui.post(reverse("account_change_password"), datos)
    assert [c.get(URL).status_code for c in (aqui, alla)] == [200, 302]
    assert [f["este"] for f in aqui.get(URL).context["filas"]] == [True]
    assert Session.objects.count() == 1


def test_activar_el_segundo_paso_cierra_las_demas(
    cuenta: Usuario, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    aqui, alla = entrar(cuenta, FIREFOX), entrar(cuenta, IPHONE)
    url = reverse("mfa_activate_totp")
    aqui.post(aqui.get(url)["Location"], {"password": CLAVE})
    with django_capture_on_commit_callbacks(execute=True):
        aqui.post(url, {"code": codigo(aqui.get(url).context["form"].secret)})
    assert Authenticator.objects.filter(user=cuenta, type="totp").count() == 1
    assert [c.get(URL).status_code for c in (aqui, alla)] == [200, 302]


def test_si_la_administracion_quita_el_segundo_paso_se_cierran_todas(cuenta: Usuario) -> None:
    aqui = entrar(cuenta, FIREFOX)
    dar_telefono(cuenta)
    cambios.quitar_segundo_factor(cuenta, "prueba")
    assert aqui.get(URL).status_code == 302


def test_se_avisa_del_aparato_nuevo_una_vez(
    cuenta: Usuario, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        client = entrar(cuenta, FIREFOX)
        client.post(reverse("account_logout"))
        entrar(cuenta, FIREFOX, client=client)
    (correo,) = mail.outbox
    assert correo.to == [cuenta.email]
    assert correo.subject.startswith("Entrada a tu cuenta desde un aparato nuevo")
    assert "no se había entrado antes: Firefox en Windows." in correo.body
    assert "desde la dirección 127.0.0.1" in correo.body
    assert "Content-Type: text/html" in correo.message().as_string()


def test_otra_cuenta_en_el_mismo_aparato_si_se_avisa(cuenta: Usuario, reparto: Reparto) -> None:
    client = entrar(cuenta, FIREFOX)
    galleta = client.cookies[aparatos.GALLETA]
    assert (galleta["path"], galleta["httponly"], galleta["samesite"]) == ("/entrar/", True, "Lax")
    client.post(reverse("account_logout"))
    otra = reparto.cuentas["extrana"]
    Usuario.objects.filter(pk=otra.pk).update(last_login=timezone.now())
    entrar(otra, FIREFOX, client=client)
    client.post(reverse("account_logout"))
    client.cookies[aparatos.GALLETA] = "inventada"
    entrar(otra, FIREFOX, client=client)
    avisados = Aviso.objects.filter(clase="cuenta.new_device").order_by("pk").values_list("para", flat=True)
    assert list(avisados) == [cuenta.email, otra.email, otra.email]


def test_la_primera_entrada_de_una_cuenta_no_se_avisa(reparto: Reparto) -> None:
    entrar(reparto.cuentas["extrana"], FIREFOX)
    assert not Aviso.objects.exists()


def test_la_administracion_cambia_el_correo_y_se_avisa_a_los_dos(
    client: Client, cuenta: Usuario, reparto: Reparto
) -> None:
    suya, anterior = entrar(cuenta, FIREFOX), cuenta.email
    Aviso.objects.all().delete()
    identificarse(client, administra(reparto.cuentas["administradora"]))
    url = reverse("admin:cuentas_usuario_change", args=(cuenta.pk,))
    datos = {"email": "Otro@Prueba.example", "nombre": cuenta.nombre, "is_active": "on"}
    repetido = client.post(url, datos | {"email": reparto.cuentas["extrana"].email})
    assert (repetido.status_code, Aviso.objects.count()) == (422, 0)
    assert client.post(url, datos).status_code == 302
    cuenta.refresh_from_db()
    assert cuenta.email == "otro@prueba.example"
    assert suya.get(URL).status_code == 302
    assert set(Aviso.objects.values_list("para", flat=True)) == {anterior, "otro@prueba.example"}
    assert all(f"de {anterior} a otro@prueba.example" in aviso.cuerpo for aviso in Aviso.objects.all())
    entrar(cuenta, FIREFOX)
