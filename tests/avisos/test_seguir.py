"""Las páginas de seguir por correo: abrir una liga no cambia nada y la respuesta no delata a nadie."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html
from pytest_django import Settings

from sesiones.mensajes import de_quien_sigue
from stl_portal.avisos import registro, seguidores
from stl_portal.avisos.models import Aviso, Suscripcion
from stl_portal.avisos.registro import Tema
from tests.avisos.conftest import PARQUE, PLAZA, seguir

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("lugares")]
ANA = "ana@prueba.example"
PIDEN_CORREO = (("seguir", "pedido"), ("preguntas", "recibida"), ("certamenes", "recibida"))
OTRA_CLAVE = "x" * 43


def pedir(client: Client, correo: str = ANA, *temas: str) -> tuple[int, str, bytes]:
    """Lo que se contesta a quien lo pide: estado, a dónde lleva y qué dice."""
    respuesta = client.post("/seguir/", {"correo": correo, "temas": temas or [PARQUE.clave]})
    return respuesta.status_code, respuesta.headers.get("Location", ""), respuesta.content


def test_ofrece_los_temas_y_elige_el_de_la_direccion(client: Client) -> None:
    pagina = client.get("/seguir/", {"tema": PLAZA.clave}).content.decode()
    casillas = re.findall(r'<input type="checkbox" name="temas" value="([^"]+)"[^>]*?( checked)?>', pagina)
    assert casillas == [(PARQUE.clave, ""), (PLAZA.clave, " checked")]
    assert "La plaza (ficticio): noticias" in pagina


def test_muchos_temas_van_en_grupos_y_lo_elegido_primero(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    rios = [Tema(f"rio:{n}", f"Río {n}", "crecidas", grupo="Un río", ficticio=n == 2) for n in range(30)]
    monkeypatch.setattr(registro, "TEMAS", [lambda al: [PARQUE, *rios]])
    arbol = html.fromstring(client.get("/seguir/", {"tema": "rio:7"}).content)
    grupos = [" ".join(s.text_content().split()) for s in arbol.xpath("//details/summary")]
    assert grupos == ["Lo que elegiste (1)", "Un río (29)"]
    assert arbol.xpath("//details[@open]//input/@value") == ["rio:7"]
    assert len(arbol.xpath("//input[@name='temas']")) == 31
    assert "De cada uno te llegan: crecidas." in arbol.text_content()
    assert "Río 2 (ficticio)" in arbol.text_content()
    respuesta = client.post("/seguir/", {"correo": "mal", "temas": ["rio:7", "rio:9"]})
    elegidos = html.fromstring(respuesta.content).xpath("//details[@open]//input[@checked]/@value")
    assert (respuesta.status_code, elegidos) == (422, ["rio:7", "rio:9"])


@pytest.mark.parametrize(
    ("datos", "frase"),
    [
        ({"correo": ANA}, "Elige al menos una cosa que seguir."),
        ({"correo": ANA, "temas": ["lugar:inventado"]}, "elige de la lista"),
        ({"correo": "", "temas": [PARQUE.clave]}, "Escribe tu correo."),
        ({"correo": "ana@", "temas": [PARQUE.clave]}, "Escribe el correo completo"),
        ({"correo": "ana@a.mx\nBcc: todos@a.mx", "temas": [PARQUE.clave]}, "Escribe el correo completo"),
        ({"correo": f"{'a' * 300}@prueba.example", "temas": [PARQUE.clave]}, "Tu correo"),
    ],
)
def test_lo_mal_escrito_se_explica_y_no_manda_nada(
    client: Client, datos: dict[str, object], frase: str
) -> None:
    respuesta = client.post("/seguir/", datos)
    assert respuesta.status_code == 422
    assert frase in respuesta.content.decode()
    assert (list(Suscripcion.objects.all()), mail.outbox) == ([], [])


def test_se_contesta_igual_a_quien_ya_seguia_a_quien_no_y_a_quien_se_paso(client: Client) -> None:
    nuevo = pedir(client, "nadie@prueba.example")
    seguir(ANA, PARQUE, cuando=timezone.now() - dt.timedelta(days=30))
    ya_seguia, muy_seguido = pedir(client), pedir(client)
    assert nuevo == ya_seguia == muy_seguido == (302, "/seguir/pedido/", b"")
    assert [c.subject for c in mail.outbox if c.to == [ANA]][1:] == ["Esto ya lo sigues"]


def test_desde_una_misma_red_no_se_piden_sin_fin(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"seguir": "3/10m/ip"}
    estados = [pedir(client, f"{n}@prueba.example")[0] for n in range(5)]
    assert estados == [302, 302, 302, 429, 429]
    assert Suscripcion.objects.count() == 3


def test_abrir_la_liga_no_confirma_y_el_boton_si(client: Client) -> None:
    pedir(client, ANA, PARQUE.clave, PLAZA.clave)
    (liga,) = re.findall(r"http://127\.0\.0\.1:8000(/seguir/confirmar/\S+)", str(mail.outbox[0].body))
    for metodo in (client.get, client.head, client.get):
        assert metodo(liga, follow=True).status_code == 200
    assert not Suscripcion.objects.filter(confirmada_el__isnull=False).exists()
    assert client.post(liga).headers["Location"] == liga
    assert Suscripcion.objects.filter(confirmada_el__isnull=False).count() == 2
    pagina = client.get(liga, follow=True).content.decode()
    assert "Listo: ya lo sigues" in pagina
    assert "El parque: noticias" in pagina
    assert "La plaza (ficticio): noticias" in pagina


def test_confirmar_exige_la_ficha_del_portal(client: Client) -> None:
    pedir(client)
    clave = Suscripcion.objects.get().clave
    assert Client(enforce_csrf_checks=True).post(f"/seguir/confirmar/{clave}/").status_code == 403
    assert Suscripcion.objects.get().confirmada_el is None


@pytest.mark.parametrize("metodo", ["get", "post"])
def test_una_liga_que_no_existe_es_404_y_una_caducada_410(client: Client, metodo: str) -> None:
    pedir(client)
    Suscripcion.objects.update(pedida_el=timezone.now() - dt.timedelta(days=8))
    caducada = getattr(client, metodo)(f"/seguir/confirmar/{Suscripcion.objects.get().clave}/")
    assert (caducada.status_code, "Esta liga ya caducó" in caducada.content.decode()) == (410, True)
    no_existe = getattr(client, metodo)(f"/seguir/confirmar/{OTRA_CLAVE}/")
    assert (no_existe.status_code, "Esta liga no sirve" in no_existe.content.decode()) == (404, True)


def test_el_boton_del_programa_de_correo_no_necesita_galletas_ni_ficha() -> None:
    """RFC 8058: un POST con `List-Unsubscribe=One-Click`, sin nada más, desde un servidor ajeno."""
    (fila,) = seguir(ANA, PARQUE)
    seguidores.avisar(de_quien_sigue.ACTA, PARQUE, "obra:1", "Hay obra", "x")
    liga = mail.outbox[-1].extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    assert liga == f"/seguir/baja/{fila.clave}/"
    for _ in range(2):
        ajeno = Client(enforce_csrf_checks=True)
        respuesta = ajeno.post(
            liga,
            "List-Unsubscribe=One-Click",
            content_type="application/x-www-form-urlencoded",
            headers={"Origin": "https://correo.ajeno.example"},
        )
        assert (respuesta.status_code, dict(ajeno.cookies)) == (200, {})
    assert not Suscripcion.objects.exists()
    assert not Aviso.objects.exists()


def test_abrir_la_liga_de_baja_no_da_de_baja_y_su_boton_si(client: Client) -> None:
    fila, _ = seguir(ANA, PARQUE, PLAZA)
    liga = f"/seguir/baja/{fila.clave}/"
    assert "La plaza" not in client.get(liga, follow=True).content.decode()
    todo = client.get(f"{liga}?todo=1", follow=True)
    assert "La plaza" in todo.content.decode()
    assert fila.clave not in str(todo.redirect_chain)
    assert Suscripcion.objects.count() == 2
    assert "Ya no lo sigues" in client.post(liga).content.decode()
    assert [f.tema for f in Suscripcion.objects.all()] == [PLAZA.clave]
    assert client.get(liga).status_code == 404


def test_quien_no_confirmo_puede_borrar_su_correo_desde_el_mismo_mensaje(client: Client) -> None:
    pedir(client, ANA, PARQUE.clave, PLAZA.clave)
    (liga,) = re.findall(r"http://127\.0\.0\.1:8000(/seguir/baja/\S+)", str(mail.outbox[0].body))
    client.post(liga)
    assert (Suscripcion.objects.count(), Aviso.objects.count()) == (0, 0)


@pytest.mark.parametrize("ruta", ["confirmar", "baja"])
def test_las_ligas_del_correo_no_se_guardan_en_caches(client: Client, ruta: str) -> None:
    (fila,) = seguir(ANA, PARQUE)
    respuesta = client.get(f"/seguir/{ruta}/{fila.clave}/", follow=True)
    assert "no-store" in respuesta["Cache-Control"]
    assert respuesta["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("demo", "donde", "se_liga", "se_nombra"),
    [(True, "filebased", True, False), (False, "filebased", False, True), (False, "locmem", False, False)],
)
def test_donde_se_lee_el_correo_que_no_sale_se_dice_igual_en_las_tres_paginas(
    client: Client, settings: Settings, demo: bool, donde: str, se_liga: bool, se_nombra: bool
) -> None:
    settings.DEMO, settings.EMAIL_BACKEND = demo, f"django.core.mail.backends.{donde}.EmailBackend"
    for espacio, pagina in PIDEN_CORREO:
        dicho = client.get(reverse(f"{espacio}:{pagina}")).text
        principal = dicho[dicho.index("<main") : dicho.index("</main>")]
        assert ('href="/correo/"' in principal, "en la carpeta " in principal) == (se_liga, se_nombra)
