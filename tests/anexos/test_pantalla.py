"""La pantalla con que se testa y publica un anexo: quién entra, qué se escribe, qué se rechaza."""

import re
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from sesiones import anexos
from sesiones import models as m
from stl_portal.archivo.models import ZonaTestada
from tests.anexos.conftest import FUNDAMENTO, con_anexos, marcar, subir, url
from tests.archivo.hostiles import CONSERVA, DATO, sencillo
from tests.cuentas.codigos import olvidar
from tests.en_disco import ruta_de
from tests.personas import Reparto

pytestmark = pytest.mark.apariencia

PORQUE = {"motivo": "Teléfono particular", "fundamento": FUNDAMENTO}
ZONA = PORQUE | {"pagina": "1", "izquierda": "24.5", "arriba": "36", "ancho": "33", "alto": "6"}
PAGINAS = ("anexo", "copia_de_anexo", "publicar_anexo", "completo_anexo", "retirar_anexo")


def lista(sesion: m.Sesion) -> str:
    return reverse("actas:anexos", args=(sesion.organo.clave, sesion.clave))


def texto(respuesta: object) -> str:
    cuerpo: str = respuesta.content.decode()  # type: ignore[attr-defined]
    return " ".join(re.sub(r"<[^>]+>", " ", cuerpo).split())


# --- quién ---


def test_solo_quien_conduce_los_ve_y_los_marca(reparto: Reparto, anexo: m.Anexo) -> None:
    direcciones = [lista(anexo.sesion), *(url(anexo, n) for n in PAGINAS), url(anexo, "pagina_de_anexo", 1)]
    for papel, codigo in (("integrante", 403), ("auditora", 403), ("extrana", 404)):
        cliente = Client()
        cliente.force_login(reparto.cuentas[papel])
        assert {cliente.get(direccion).status_code for direccion in direcciones} == {codigo}
        assert cliente.post(url(anexo, "marcar_anexo"), ZONA).status_code == codigo
    assert {Client().get(d).status_code for d in direcciones} == {302}
    assert not ZonaTestada.objects.exists()


def test_el_anexo_de_otra_sesion_no_existe(mesa: Client, anexo: m.Anexo, sin_publicar: m.Anexo) -> None:
    sesion = sin_publicar.sesion
    ajena = reverse("actas:anexo", args=(sesion.organo.clave, sesion.clave, anexo.pk))
    assert mesa.get(ajena).status_code == 404


# --- marcar ---


@pytest.mark.parametrize("campo", ["motivo", "fundamento"])
def test_lo_que_se_busca_no_se_escribe_en_lo_que_se_publica(mesa: Client, anexo: m.Anexo, campo: str) -> None:
    respuesta = mesa.post(
        url(anexo, "buscar_en_anexo"), PORQUE | {"texto": "477 555 0134", campo: "Es el 477  555 0134"}
    )
    assert respuesta.status_code == 422
    assert "Aquí no escribas el dato" in texto(respuesta)
    assert not ZonaTestada.objects.exists()


def test_se_marca_una_zona_y_se_quita(mesa: Client, anexo: m.Anexo, reparto: Reparto) -> None:
    assert mesa.post(url(anexo, "marcar_anexo"), ZONA).status_code == 302
    zona = ZonaTestada.objects.get()
    assert (zona.pagina, zona.x, zona.ancho) == (1, 0.245, 0.33)
    assert zona.por == reparto.cuentas["facilitadora"]
    pagina = mesa.get(url(anexo)).content.decode()
    assert 'x="0.245000"' in pagina
    assert f'value="{FUNDAMENTO}"' in pagina  # lo último escrito ya viene puesto
    quitar = url(anexo, "desmarcar_anexo", zona.pk)
    assert [mesa.post(quitar).status_code for _ in range(2)] == [302, 302]
    assert not ZonaTestada.objects.exists()


def test_toda_la_pagina(mesa: Client, anexo: m.Anexo) -> None:
    assert mesa.post(url(anexo, "marcar_anexo"), PORQUE | {"pagina": "1", "toda": "1"}).status_code == 302
    zona = ZonaTestada.objects.get()
    assert (zona.x, zona.y, zona.ancho, zona.alto) == (0, 0, 1, 1)


@pytest.mark.parametrize(("izquierda", "ancho"), [("90", "10.5"), ("10", "90"), ("70", "30"), ("99.7", "1")])
def test_la_zona_que_llega_a_la_orilla_se_queda_en_ella(
    mesa: Client, anexo: m.Anexo, izquierda: str, ancho: str
) -> None:
    assert (
        mesa.post(url(anexo, "marcar_anexo"), ZONA | {"izquierda": izquierda, "ancho": ancho}).status_code
        == 302
    )
    zona = ZonaTestada.objects.get()
    assert zona.x + zona.ancho == pytest.approx(min(1, (float(izquierda) + float(ancho)) / 100))


MALAS = {
    "sin medidas": ({"ancho": ""}, "Dibuja el rectángulo"),
    "sin motivo": ({"motivo": " "}, "Escribe qué dato es"),
    "sin fundamento": ({"fundamento": ""}, "Escribe el artículo"),
    "fuera": ({"izquierda": "100"}, "se sale de la página"),
    "pasada": ({"izquierda": "90", "ancho": "50"}, "no pasan de 100 %"),
    "negativa": ({"arriba": "-5"}, "de 0 a 100"),
    "sin ancho": ({"ancho": "0"}, "de 0 a 100"),
    "otra página": ({"pagina": "9"}, "no tiene página 9"),
    "no es número": ({"alto": "alto"}, "de 0 a 100"),
    "infinita": ({"alto": "nan"}, "de 0 a 100"),
}


@pytest.mark.parametrize("cual", MALAS)
def test_la_zona_mal_dicha_se_explica_y_nada_se_pierde(mesa: Client, anexo: m.Anexo, cual: str) -> None:
    cambios, frase = MALAS[cual]
    respuesta = mesa.post(url(anexo, "marcar_anexo"), ZONA | cambios)
    assert respuesta.status_code == 422
    assert frase in texto(respuesta)
    assert not ZonaTestada.objects.exists()
    if "motivo" not in cambios:
        assert 'value="Teléfono particular"' in respuesta.content.decode()


def test_se_busca_un_texto_y_se_marca_donde_este(mesa: Client, anexo: m.Anexo) -> None:
    assert mesa.post(url(anexo, "buscar_en_anexo"), PORQUE | {"texto": "477 123 4567"}).status_code == 302
    assert ZonaTestada.objects.count() == 1
    copia = mesa.get(url(anexo, "copia_de_anexo"))
    assert copia["Content-Type"] == "application/pdf"
    assert copia["Cache-Control"] == "private, no-store"
    assert DATO.encode() not in copia.content


@pytest.mark.parametrize(("buscado", "frase"), [("no aparece", "no dice eso"), ("ab", "al menos 3")])
def test_lo_que_no_se_encuentra_se_dice(mesa: Client, anexo: m.Anexo, buscado: str, frase: str) -> None:
    respuesta = mesa.post(url(anexo, "buscar_en_anexo"), PORQUE | {"texto": buscado})
    assert respuesta.status_code == 422
    assert frase in texto(respuesta)
    assert not ZonaTestada.objects.exists()


# --- ver ---


def test_la_pagina_es_una_imagen_privada_que_no_se_vuelve_a_dibujar(mesa: Client, anexo: m.Anexo) -> None:
    respuesta = mesa.get(url(anexo, "pagina_de_anexo", 1))
    assert respuesta["Cache-Control"] == "private, no-cache"
    with Image.open(BytesIO(respuesta.content)) as imagen:
        assert imagen.format == "PNG"
    repetida = mesa.get(url(anexo, "pagina_de_anexo", 1), headers={"If-None-Match": respuesta["ETag"]})
    assert repetida.status_code == 304
    assert [mesa.get(url(anexo, "pagina_de_anexo", n)).status_code for n in (0, 2)] == [404, 404]


@pytest.mark.parametrize("pagina", ["0", "2", "-1", "uno", "9" * 30])
def test_una_pagina_que_no_hay_es_404(mesa: Client, anexo: m.Anexo, pagina: str) -> None:
    assert mesa.get(url(anexo), {"pagina": pagina}).status_code == 404


def test_lo_que_no_se_testa_lo_dice_y_se_publica_completo(mesa: Client, reparto: Reparto) -> None:
    anexo = con_anexos(reparto, subir(b"a,b\n1,2\n", "datos.csv")).anexos.get()
    pagina = mesa.get(url(anexo))
    assert "Conviértelo a PDF para testarlo, o publícalo completo" in texto(pagina)
    assert url(anexo, "completo_anexo") in pagina.content.decode()
    assert mesa.get(url(anexo, "pagina_de_anexo", 1)).status_code == 404
    assert mesa.post(url(anexo, "marcar_anexo"), ZONA).status_code == 404


def test_si_falta_el_archivo_en_el_disco_no_se_cae(mesa: Client, anexo: m.Anexo) -> None:
    assert anexo.archivo is not None
    ruta_de(anexo.archivo).unlink()
    assert mesa.get(url(anexo, "pagina_de_anexo", 1)).status_code == 404
    assert mesa.get(url(anexo)).status_code == 200


# --- publicar ---


def _confirmar(mesa: Client, anexo: m.Anexo, que: str, **mas: str) -> int:
    """Abre la confirmación y presiona su botón dos veces."""
    pagina = mesa.get(url(anexo, que)).content.decode()
    ocultos = dict(re.findall(r'<input type="hidden" name="(envio|copia)" value="(\w+)">', pagina))
    codigos = {mesa.post(url(anexo, que), ocultos | mas).status_code for _ in range(2)}
    assert len(codigos) == 1
    return codigos.pop()


def test_de_marcar_a_publicar_sustituir_y_retirar(mesa: Client, anexo: m.Anexo) -> None:
    mesa.post(url(anexo, "marcar_anexo"), ZONA)
    confirma = mesa.get(url(anexo, "publicar_anexo"))
    assert CONSERVA in texto(confirma)
    assert DATO not in texto(confirma)
    assert _confirmar(mesa, anexo, "publicar_anexo") == 302
    assert m.AnexoPublicado.objects.count() == 1
    mesa.post(url(anexo, "marcar_anexo"), ZONA | {"arriba": "80", "motivo": "CURP"})
    assert _confirmar(mesa, anexo, "publicar_anexo") == 422  # falta decir por qué cambia
    assert _confirmar(mesa, anexo, "publicar_anexo", motivo="Faltaba la CURP.") == 302
    assert anexos.renglon(anexo).dicho == "Publicado con 2 datos testados"
    assert _confirmar(mesa, anexo, "retirar_anexo", motivo="Sobraba ana@ejemplo.mx.") == 422
    assert _confirmar(mesa, anexo, "retirar_anexo", motivo="Se revisa otra vez.") == 302
    assert anexos.renglon(anexo).estado == "retirado"
    assert m.AnexoPublicado.objects.count() == 3


def test_sin_identificarse_otra_vez_no_se_publica(mesa: Client, anexo: m.Anexo) -> None:
    olvidar(mesa)
    for que in ("publicar_anexo", "completo_anexo", "retirar_anexo"):
        respuesta = mesa.post(url(anexo, que))
        assert respuesta.status_code == 302
        assert respuesta["Location"].startswith(reverse("mfa_reauthenticate"))
    assert not m.AnexoPublicado.objects.exists()


def test_publicar_completo_se_dice_con_todas_sus_letras(mesa: Client, anexo: m.Anexo) -> None:
    assert "No contiene datos personales" in texto(mesa.get(url(anexo, "completo_anexo")))
    assert _confirmar(mesa, anexo, "completo_anexo") == 302
    assert anexos.renglon(anexo).estado == "completo"


def test_si_la_copia_no_es_la_que_se_reviso_no_se_publica(mesa: Client, anexo: m.Anexo) -> None:
    marcar(anexo)
    respuesta = mesa.post(url(anexo, "publicar_anexo"), {"copia": "0" * 64})
    assert respuesta.status_code == 422
    assert "cambiaron" in texto(respuesta)
    assert not m.AnexoPublicado.objects.exists()


def test_antes_de_publicarse_el_acta_la_pagina_dice_que_falta(mesa: Client, sin_publicar: m.Anexo) -> None:
    marcar(sin_publicar)
    pagina = mesa.get(url(sin_publicar))
    assert "cuando el acta ya está publicada" in texto(pagina)
    assert url(sin_publicar, "publicar_anexo") not in pagina.content.decode()
    assert mesa.post(url(sin_publicar, "publicar_anexo")).status_code == 422
    assert mesa.get(url(sin_publicar, "copia_de_anexo")).status_code == 200


# --- cuánto cuesta ---


@pytest.mark.parametrize("cuantos", [1, 4])
def test_la_lista_cuesta_lo_mismo_con_uno_y_con_muchos(
    mesa: Client, reparto: Reparto, cuantos: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sesion = con_anexos(reparto, *(subir(f"texto {n}".encode(), f"{n}.txt") for n in range(cuantos)))
    for anexo in sesion.anexos.all():
        anexos.publicar_completo(anexo, None, timezone.now())
    mesa.get(lista(sesion))
    with django_assert_num_queries(11):
        pagina = mesa.get(lista(sesion))
    assert pagina.content.count(b"anexos__fila") == cuantos


def test_el_acta_en_la_mesa_lleva_a_sus_anexos(mesa: Client, anexo: m.Anexo, reparto: Reparto) -> None:
    sesion = anexo.sesion
    direccion = reverse("actas:acta", args=(sesion.organo.clave, sesion.clave))
    assert lista(sesion) in mesa.get(direccion).content.decode()
    lectora = Client()
    lectora.force_login(reparto.cuentas["auditora"])
    assert lista(sesion) not in lectora.get(direccion).content.decode()


def test_un_pdf_que_se_estropeo_se_dice_sin_guardar(mesa: Client, anexo: m.Anexo) -> None:
    marcar(anexo)
    assert anexo.archivo is not None
    ruta_de(anexo.archivo).write_bytes(ContentFile(sencillo()[:300]).read())
    for que in ("copia_de_anexo", "publicar_anexo"):
        assert mesa.get(url(anexo, que)).status_code == 422
    assert not m.AnexoPublicado.objects.exists()
