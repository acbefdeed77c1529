"""Todo lo que una persona lee de su cuenta le habla de tú y en palabras llanas."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from stl_portal.avisos import envio
from tests.cuentas.codigos import identificarse
from tests.personas import CLAVE, Reparto

DE_USTED = re.compile(
    r"\b(usted|su (contraseña|información)|ha olvidado|introduzca|ingrese|seleccione|"
    r"asegúrese|escriba|debe|inténtelo|utilice|verifique|por favor|login|token|slug)\b",
    re.IGNORECASE,
)
CORTA = {"password1": "corta", "password2": "otra"}


def dicho(html: str) -> str:
    """Lo que se lee de la página: sin etiquetas ni atributos."""
    cuerpo = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", cuerpo).split())


def leer(respuesta: object) -> str:
    """El texto de la página, que no debe hablar de usted."""
    texto = dicho(respuesta.content.decode())  # type: ignore[attr-defined]
    assert DE_USTED.search(texto) is None, DE_USTED.search(texto)
    return texto


@pytest.mark.parametrize(
    ("nombre", "datos", "frases"),
    [
        ("account_login", {"login": "x"}, ["Escribe un correo completo", "Este campo es obligatorio."]),
        (
            "account_login",
            {"login": "integrante.prueba@prueba.example", "password": "no es esta"},
            ["El correo o la contraseña no son correctos."],
        ),
        ("account_reset_password", {"email": "x"}, ["Escribe un correo completo"]),
    ],
)
def test_sin_entrar(
    client: Client, reparto: Reparto, nombre: str, datos: dict[str, str], frases: list[str]
) -> None:
    leer(client.get(reverse(nombre)))
    texto = leer(client.post(reverse(nombre), datos))
    assert [f for f in frases if f not in texto] == []


def test_cambiarla(client: Client, reparto: Reparto) -> None:
    client.force_login(reparto.cuentas["integrante"])
    url = reverse("account_change_password")
    texto = leer(client.get(url))
    assert "Al menos 12 caracteres; una frase sirve." in texto
    mal = leer(client.post(url, {"oldpassword": "no es"} | CORTA))
    for frase in (
        "Escribe tu contraseña actual.",
        "Es muy corta: lleva al menos 12 caracteres.",
    ):
        assert frase in mal
    distintas = {
        "oldpassword": CLAVE,
        "password1": "una frase bien larga",
        "password2": "otra frase bien larga",
    }
    assert "Las dos contraseñas no son iguales: escríbelas otra vez." in leer(client.post(url, distintas))
    parecida = {"oldpassword": CLAVE} | dict.fromkeys(("password1", "password2"), "integrante.prueba")
    assert "Se parece demasiado a tu nombre o a tu correo" in leer(client.post(url, parecida))
    comun = {"oldpassword": CLAVE} | dict.fromkeys(("password1", "password2"), "q1w2e3r4t5y6")
    assert "Es de las que mucha gente usa" in leer(client.post(url, comun))
    buena = {"oldpassword": CLAVE} | dict.fromkeys(("password1", "password2"), "una frase bien larga")
    assert "Tu contraseña cambió." in leer(client.post(url, buena, follow=True))


def test_elegirla_con_la_liga_del_correo(client: Client, reparto: Reparto) -> None:
    cuenta = reparto.cuentas["integrante"]
    leer(client.post(reverse("account_reset_password"), {"email": cuenta.email}, follow=True))
    envio.enviar()  # sale al confirmarse la transacción
    correo = mail.outbox[0]
    assert DE_USTED.search(f"{correo.subject} {correo.body}") is None
    liga = re.search(r"https?://\S+", str(correo.body))
    assert liga is not None
    pagina = client.get(liga[0], follow=True)
    leer(pagina)
    url = pagina.request["PATH_INFO"]
    assert "Es muy corta" in leer(client.post(url, CORTA))
    leer(client.post(url, dict.fromkeys(("password1", "password2"), "una frase bien larga"), follow=True))
    cuenta.refresh_from_db()
    assert cuenta.check_password("una frase bien larga")


def test_sin_cuenta_tambien_se_explica_por_correo(client: Client, reparto: Reparto) -> None:
    client.post(reverse("account_reset_password"), {"email": "nadie@prueba.example"})
    envio.enviar()
    correo = mail.outbox[0]
    assert DE_USTED.search(f"{correo.subject} {correo.body}") is None


def test_confirmar_quien_es(client: Client, reparto: Reparto) -> None:
    client.login(email="integrante.prueba@prueba.example", password=CLAVE)
    client.force_login(reparto.cuentas["integrante"])
    url = reverse("account_reauthenticate")
    leer(client.get(url))
    assert "Esa no es tu contraseña." in leer(client.post(url, {"password": "no es esta"}))


@pytest.mark.parametrize("registro", ["reglas", "citas", "roles", "comisiones", "personas", "oficios"])
def test_los_formularios_de_los_registros(client: Client, reparto: Reparto, registro: str) -> None:
    identificarse(client, reparto.cuentas["administradora"])
    url = reverse("registros:nuevo", args=("prueba", registro))
    formulario = client.get(url).context["forma"]
    malos = dict.fromkeys(formulario.fields, "¡no! ") | {
        "renglon-TOTAL_FORMS": "0",
        "renglon-INITIAL_FORMS": "0",
    }
    respuesta = client.post(url, malos)
    assert respuesta.status_code == 422
    leer(respuesta)
