"""Escribir una pregunta: lo que se recibe, lo que se explica y no se pierde, y lo que frena a quien abusa."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from ejes.models import Plan
from sesiones import models as m
from stl_portal.avisos.models import Aviso
from stl_portal.participacion import sello_de_tiempo
from stl_portal.participacion.models import MAXIMO, Pregunta
from tests.participacion import fabricas
from tests.participacion.escritos import DE, TEXTO, URL, enviar, escrito
from tests.participacion.fabricas import CORREO

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plan")]


def dicho(respuesta: Any) -> list[str]:
    """Los renglones del resumen de errores."""
    pagina = respuesta.content.decode()
    resumen = re.search(r'<section class="resumen-errores".*?</section>', pagina, re.DOTALL)
    renglones = re.findall(r"<li>(.*?)</li>", resumen[0], re.DOTALL) if resumen else []
    return [re.sub(r"<[^>]+>", "", renglon).strip() for renglon in renglones]


def test_lo_bien_escrito_se_guarda_sin_publicarse_y_manda_una_liga(client: Client) -> None:
    respuesta = enviar(client)
    assert (respuesta.status_code, respuesta.headers["Location"]) == (302, "/preguntas/recibida/")
    pregunta = Pregunta.objects.get()
    esperado = ("recibida", None, "compromiso:prueba/1.1", TEXTO, "Vecina", CORREO)
    de_ella = (pregunta.estado, pregunta.folio, pregunta.referencia, pregunta.texto, pregunta.nombre)
    assert (*de_ella, pregunta.correo) == esperado
    aviso = Aviso.objects.get()
    assert (aviso.para, aviso.asunto) == (CORREO, "Confirma tu pregunta")
    assert f"http://127.0.0.1:8000/preguntas/confirmar/{pregunta.llave}/" in aviso.cuerpo
    assert TEXTO not in client.get("/preguntas/").content.decode()
    assert "antes de 3 días" in client.get("/preguntas/recibida/").content.decode()


def test_tambien_se_pregunta_de_un_acuerdo(client: Client, acuerdo: m.Acuerdo) -> None:
    clave = f"prueba/{acuerdo.sesion.clave}/1"
    sello = sello_de_tiempo.poner(f"acuerdo:{clave}", timezone.now() - dt.timedelta(minutes=1))
    assert enviar(client, f"/preguntas/acuerdo/{clave}/nueva/", sello=sello).status_code == 302
    pregunta = Pregunta.objects.get()
    assert (pregunta.referencia, pregunta.objeto) == (f"acuerdo:{clave}", acuerdo.pk)


@pytest.mark.parametrize(
    ("cambios", "frase"),
    [
        ({"texto": ""}, "Tu pregunta o comentario: escribe tu pregunta o comentario."),
        ({"texto": "   \n "}, "Tu pregunta o comentario: escribe tu pregunta o comentario."),
        ({"texto": "¿Cuándo?"}, "Escribe un poco más: al menos 10 caracteres."),
        ({"texto": "a" * (MAXIMO + 12)}, "Son 1,512 caracteres y caben 1,500: quita 12."),
        ({"texto": "mira https://a.mx www.b.mx http://c.mx"}, "Caben hasta 2 ligas: quita las demás."),
        ({"texto": f"Escríbanme a {CORREO.upper()}"}, "Quita tu correo del texto: se publica tal cual."),
        ({"correo": ""}, "Tu correo: escribe tu correo."),
        ({"correo": "ana@"}, "Tu correo: escribe el correo completo, como nombre@ejemplo.mx."),
        ({"correo": f"{'a' * 260}@prueba.example"}, "Tu correo: es muy largo"),
        ({"nombre": "ana@prueba.example"}, "Escribe un nombre, no un correo ni una dirección: se publica."),
        ({"nombre": "x" * 81}, "Son 81 caracteres y caben 80."),
        ({"tipo": "queja"}, "Qué quieres hacer:"),
        (
            {"sitio": "https://spam.example"},
            "Borra lo que dice «Deja este campo vacío»: lo llenan los programas.",
        ),
        ({"hace": 1}, "Llegó muy rápido. Espera unos segundos y envíalo otra vez."),
        ({"hace": 86_500}, "La página llevaba mucho tiempo abierta."),
        ({"sello": "inventado"}, "La página llevaba mucho tiempo abierta."),
        ({"sello": ""}, "La página llevaba mucho tiempo abierta."),
    ],
)
def test_lo_que_no_se_recibe_se_explica_y_no_se_pierde(
    client: Client, cambios: dict[str, Any], frase: str
) -> None:
    respuesta = enviar(client, **cambios)
    assert respuesta.status_code == 422
    assert [renglon for renglon in dicho(respuesta) if renglon.startswith(frase)] != []
    if "texto" not in cambios:
        assert TEXTO in respuesta.content.decode()  # type: ignore[attr-defined]
    assert (Pregunta.objects.count(), Aviso.objects.count()) == (0, 0)


def test_a_quien_no_escribio_nada_se_le_dice_eso_y_no_que_fue_muy_rapido(client: Client) -> None:
    for hace in (1, 86_500):
        errores = dicho(enviar(client, texto="", hace=hace))
        assert [e for e in errores if "rápido" in e or "mucho tiempo" in e] == []
        assert [e for e in errores if ": escribe" in e] == [
            "Tu pregunta o comentario: escribe tu pregunta o comentario."
        ]


def test_el_tope_cuenta_un_salto_de_linea_como_uno(client: Client) -> None:
    texto = "\r\n".join(["a" * 99] * 15)  # 15 × 99 y 14 saltos: 1,499, aunque el navegador mande 1,513
    assert enviar(client, texto=texto).status_code == 302
    assert len(Pregunta.objects.get().texto) == 1499


def test_lo_caducado_trae_un_sello_nuevo_que_sirve_al_reenviarlo(client: Client) -> None:
    pagina = enviar(client, hace=86_500).content.decode()  # type: ignore[attr-defined]
    sello = re.findall(r'name="sello" value="([^"]+)"', pagina)[0]
    edad = sello_de_tiempo.edad(sello, DE, timezone.now() + sello_de_tiempo.MINIMO)
    assert edad is not None
    assert sello_de_tiempo.MINIMO <= edad < dt.timedelta(minutes=1)


def test_lo_muy_rapido_conserva_su_sello_y_al_rato_pasa(client: Client) -> None:
    datos = escrito(hace=1)
    assert datos["sello"] in client.post(URL, datos).content.decode()


def test_el_sello_de_un_compromiso_no_sirve_en_otro(client: Client) -> None:
    assert enviar(client, URL.replace("1.1", "1.2")).status_code == 422


def test_el_mismo_envio_dos_veces_es_una_sola_pregunta(client: Client) -> None:
    datos = escrito()
    assert [client.post(URL, datos).status_code for _ in range(2)] == [302, 302]
    assert (Pregunta.objects.count(), Aviso.objects.count()) == (1, 1)


def test_el_mismo_texto_ya_confirmado_no_se_recibe_aunque_cambien_los_acentos(client: Client) -> None:
    objeto = fabricas.objeto_de("compromiso", "prueba/1.1")
    fabricas.confirmada(objeto, texto=TEXTO)
    respuesta = enviar(client, texto="CUANDO se  publican los datos", correo="otra@prueba.example")
    assert respuesta.status_code == 422
    assert dicho(respuesta) == ["Ya recibimos ese mismo texto sobre esto: no hace falta enviarlo otra vez."]
    assert Pregunta.objects.count() == 1


def test_sin_confirmar_se_puede_volver_a_mandar(client: Client) -> None:
    assert [enviar(client, envio=str(n)).status_code for n in range(2)] == [302, 302]
    assert Aviso.objects.count() == 2


def test_desde_un_correo_no_se_pregunta_sin_fin_y_dice_cuanto_esperar(client: Client) -> None:
    textos = [f"¿Y la obra número {n} del barrio?" for n in range(6)]
    respuestas = [enviar(client, texto=t, envio=t) for t in textos]
    assert [r.status_code for r in respuestas] == [302] * 5 + [429]
    ultima = respuestas[-1]
    assert 86_300 < int(ultima.headers["Retry-After"]) <= 86_400
    assert textos[-1] in ultima.content.decode()  # type: ignore[attr-defined]
    assert enviar(client, texto=textos[-1], correo="otra@prueba.example").status_code == 302


def test_desde_una_red_no_se_pregunta_sin_fin(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"preguntar": "2/10m/ip"}
    respuestas = [
        enviar(client, texto=f"¿Y la obra {n} del barrio?", correo=f"{n}@prueba.example") for n in range(3)
    ]
    assert [r.status_code for r in respuestas] == [302, 302, 429]
    assert respuestas[-1].headers["Retry-After"] == "600"
    assert "¿Y la obra 2 del barrio?" in respuestas[-1].content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "url",
    [
        "/preguntas/compromiso/prueba/1.9/nueva/",
        "/preguntas/compromiso/prueba/1/nueva/",
        "/preguntas/compromiso/prueba/1.99999999999999999999/nueva/",
        "/preguntas/compromiso/no-hay/1.1/nueva/",
        "/preguntas/acuerdo/prueba/no-hay/1/nueva/",
        "/preguntas/acuerdo/prueba/x/²/nueva/",
        "/preguntas/acuerdo/1/nueva/",
        "/preguntas/municipio/11020/nueva/",
    ],
)
@pytest.mark.parametrize("metodo", ["get", "post"])
def test_de_lo_que_no_existe_no_se_pregunta(client: Client, url: str, metodo: str) -> None:
    assert getattr(client, metodo)(url).status_code == 404


@pytest.mark.parametrize("metodo", ["get", "post"])
def test_de_lo_que_no_es_publico_no_se_pregunta(
    client: Client, plan: Plan, acuerdo: m.Acuerdo, metodo: str
) -> None:
    Plan.objects.filter(pk=plan.pk).update(estado="borrador")
    m.Sesion.objects.filter(pk=acuerdo.sesion_id).update(estado="en_curso")
    de_acuerdo = f"/preguntas/acuerdo/prueba/{acuerdo.sesion.clave}/1/nueva/"
    assert [getattr(client, metodo)(u).status_code for u in (URL, de_acuerdo)] == [404, 404]


def test_la_forma_dice_el_tope_el_plazo_y_no_se_guarda_en_caches(client: Client, settings: Settings) -> None:
    settings.PREGUNTAS_DIAS = 7
    respuesta = client.get(URL)
    pagina = respuesta.content.decode()
    assert "en 7 días hábiles" in pagina
    assert "Hasta 1,500 caracteres" in pagina
    assert 'maxlength="1500"' not in pagina  # cortaría en silencio lo pegado
    assert "no-store" in respuesta["Cache-Control"]


def test_exige_la_ficha_del_portal_y_repone_lo_escrito(plan: Plan) -> None:
    respuesta = Client(enforce_csrf_checks=True).post(
        URL, escrito(), headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert (respuesta.status_code, TEXTO in respuesta.content.decode()) == (403, True)
    assert not Pregunta.objects.exists()
