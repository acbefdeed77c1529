"""La hoja de firmas: lo firmado a mano, a quién se le avisa y cuánto pregunta a la base."""

from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageDraw
from pytest_django import DjangoAssertNumQueries

from sesiones import models as m
from sesiones import pedir_firmas
from sesiones.estados import ClaseFirma, EstadoActa
from stl_portal.archivo import almacen
from stl_portal.avisos.models import Aviso
from tests.archivo import muestras
from tests.cuentas.codigos import codigo, identificarse, olvidar
from tests.personas import Reparto
from tests.vida.conftest import JUEVES
from tests.vida.hoja import SIMPLE, entrar, nada_cambio, suyo, texto, url
from tests.vida.momentos import firmada, sellada


def escaneada(formato: str = "PNG", *, rubrica: bool) -> bytes:
    """Una hoja carta a 150 puntos por pulgada con el grano y la sombra de un escáner."""
    lado = (1275, 1650)
    papel = Image.blend(Image.effect_noise(lado, 12), Image.new("L", lado, 255), 0.8)
    hoja = Image.composite(
        papel, papel.point(lambda tono: int(tono * 0.9)), Image.linear_gradient("L").resize(lado)
    )
    if rubrica:
        ImageDraw.Draw(hoja).arc((700, 1300, 900, 1380), 10, 300, fill=40, width=3)
    salida = BytesIO()
    hoja.save(salida, formato)
    return salida.getvalue()


@pytest.fixture(autouse=True)
def _sin_intentos_previos() -> None:
    cache.clear()


@pytest.fixture
def sello(reparto: Reparto) -> m.Sello:
    """Por firmar: presidencia, poder, academia, civil (con cuenta) y facilitadora."""
    return sellada(reparto)


# --- Autógrafa ---


def _subir(client: Client, sello: m.Sello, lugares: list[int], nombre: str, contenido: bytes) -> Any:
    archivo = SimpleUploadedFile(nombre, contenido, content_type="application/octet-stream")
    return client.post(url(sello, "escaneo"), {"lugares": lugares, "archivo": archivo}, follow=True)


def test_una_hoja_vale_para_quienes_firmaron_en_ella(
    client: Client, reparto: Reparto, sello: m.Sello
) -> None:
    identificarse(client, reparto.cuentas["facilitadora"])
    lugares = [suyo(sello, reparto, quien).pk for quien in ("academia", "presidencia")]
    respuesta = _subir(client, sello, lugares, "hoja.pdf", muestras.pdf())
    assert "Se asentaron 2 firmas autógrafas." in texto(respuesta)
    assert "Faltan 3 de 5" in texto(respuesta)
    firmas = m.Firma.objects.all()
    assert {(f.clase, f.escaneo) for f in firmas} == {(ClaseFirma.AUTOGRAFA, firmas[0].escaneo)}
    guardado = firmas[0].escaneo
    assert guardado is not None
    escaneo = reverse("archivo:descargar", args=(guardado.huella, "hoja.pdf"))
    assert escaneo in respuesta.content.decode()
    client.force_login(reparto.cuentas["integrante"])
    assert escaneo not in client.get(url(sello)).content.decode()
    assert client.get(escaneo).status_code == 404


def test_a_cada_quien_se_le_avisa_que_otra_persona_asento_su_firma(
    client: Client, reparto: Reparto, sello: m.Sello
) -> None:
    identificarse(client, reparto.cuentas["facilitadora"])
    lugares = [suyo(sello, reparto, quien).pk for quien in ("academia", "civil")]
    for _ in range(2):
        _subir(client, sello, lugares, "hoja.pdf", muestras.pdf())
    avisos = Aviso.objects.filter(motivo__contains=":autografa:").order_by("para")
    assert [a.para for a in avisos] == ["academia.prueba@prueba.example", "civil.prueba@prueba.example"]
    for aviso in avisos:
        assert str(reparto.cuentas["facilitadora"]) in aviso.cuerpo
        assert "Si no la firmaste, avisa" in aviso.cuerpo
    assert url(sello) in avisos[1].cuerpo


def test_sin_identificarse_hace_poco_no_se_asienta_y_se_dice(
    client: Client, reparto: Reparto, sello: m.Sello
) -> None:
    identificarse(client, reparto.cuentas["facilitadora"])
    assert client.get(url(sello, "escaneo")).status_code == 200
    olvidar(client)
    lejos = client.get(url(sello, "escaneo"))
    assert lejos.headers["Location"].startswith(reverse("mfa_reauthenticate"))
    tarde = _subir(client, sello, [suyo(sello, reparto).pk], "hoja.pdf", muestras.pdf())
    assert "Nada se asentó." in texto(tarde)
    assert nada_cambio(sello)
    assert not Aviso.objects.filter(motivo__contains=":autografa:").exists()


@pytest.mark.parametrize(
    ("nombre", "contenido", "dice"),
    [
        ("hoja.txt", b"no es un escaneo", "La hoja escaneada va en PDF, JPEG o PNG."),
        ("hoja.pdf", b"no es un pdf", "hoja.pdf"),
        ("hoja.pdf", b"", "El archivo está vacío."),
        ("hoja.png", muestras.imagen(tamano=(20, 20)), "mide 20 × 20 píxeles"),
        ("hoja.jpg", muestras.imagen("JPEG", tamano=(2000, 599)), "al menos 600 píxeles en su lado corto"),
        ("hoja.jpg", muestras.imagen("JPEG", tamano=(850, 1100)), "no se ve ninguna firma"),
        ("hoja.png", escaneada(rubrica=False), "no se ve ninguna firma"),
    ],
)
def test_lo_que_no_es_un_escaneo_se_rechaza(
    client: Client, reparto: Reparto, sello: m.Sello, nombre: str, contenido: bytes, dice: str
) -> None:
    identificarse(client, reparto.cuentas["facilitadora"])
    mal = _subir(client, sello, [suyo(sello, reparto).pk], nombre, contenido)
    assert (mal.status_code, nada_cambio(sello)) == (422, True)
    assert dice in texto(mal) or "PDF" in texto(mal)


@pytest.mark.parametrize("formato", ["PNG", "JPEG"])
def test_una_sola_rubrica_en_la_hoja_basta(
    client: Client, reparto: Reparto, sello: m.Sello, formato: str
) -> None:
    identificarse(client, reparto.cuentas["facilitadora"])
    hoja = escaneada(formato, rubrica=True)
    _subir(client, sello, [suyo(sello, reparto).pk], f"hoja.{formato.lower()}", hoja)
    assert m.Firma.objects.get().clase == ClaseFirma.AUTOGRAFA


def test_si_una_ya_firmo_no_se_asienta_ninguna(client: Client, reparto: Reparto, sello: m.Sello) -> None:
    identificarse(client, reparto.cuentas["facilitadora"])
    lugares = [suyo(sello, reparto, quien).pk for quien in ("academia", "civil")]
    _subir(client, sello, lugares[:1], "hoja.pdf", muestras.pdf())
    mal = _subir(client, sello, lugares, "otra.pdf", muestras.pdf())
    assert mal.status_code == 422
    assert "ya tiene su firma" in texto(mal)
    assert m.Firma.objects.count() == 1


def test_con_el_ultimo_lugar_se_cierra_la_subida(client: Client, reparto: Reparto) -> None:
    sello = firmada(reparto)
    identificarse(client, reparto.cuentas["facilitadora"])
    pagina = client.get(url(sello))
    assert "Nadie falta." in texto(pagina)
    assert "Subir la hoja firmada" not in texto(pagina)
    assert m.Acta.objects.get().estado == EstadoActa.FIRMADA
    assert _subir(client, sello, [1], "hoja.pdf", muestras.pdf()).status_code == 409


# --- Avisos y «Mi portal» ---


def test_al_sellarse_se_avisa_una_vez_a_cada_firmante_con_su_liga(reparto: Reparto, sello: m.Sello) -> None:
    avisos = Aviso.objects.filter(motivo=f"sesion:{sello.acta.sesion_id}:firma:1")
    assert {a.para for a in avisos} == {
        f"{quien}.prueba@prueba.example"
        for quien in ("presidencia", "poder", "academia", "civil", "facilitadora")
    }
    assert all(url(sello) in a.cuerpo and sello.codigo in a.cuerpo for a in avisos)
    pedir_firmas.avisar(sello)
    assert avisos.count() == 5


def test_en_orden_el_correo_dice_quien_va_antes(reparto: Reparto) -> None:
    m.Regla.objects.update(firma_en_orden=True)
    sellada(reparto)
    cuerpos = [a.cuerpo for a in Aviso.objects.filter(motivo__contains=":firma:").order_by("pk")]
    assert "antes de la tuya" not in cuerpos[0]
    assert "antes de la tuya va la de Mtra. Ana Ruiz Peña." in cuerpos[1]


def test_mi_portal_lo_pide_hasta_que_se_firma(client: Client, reparto: Reparto, sello: m.Sello) -> None:
    secreto = entrar(client, reparto)
    titulo = f"Firma el acta de la {sello.acta.sesion}"
    pagina = client.get(reverse("mi")).content.decode()
    assert titulo in pagina
    assert f'href="{url(sello)}"' in pagina
    client.post(url(sello, "firmar_simple", suyo(sello, reparto).pk), SIMPLE | {"code": codigo(secreto)})
    assert titulo not in client.get(reverse("mi")).content.decode()


# --- Consultas ---

CONSULTAS = {"integrante": 16, "facilitadora": 12}


@pytest.mark.parametrize("mas", [1, 12])
@pytest.mark.parametrize("papel", CONSULTAS)
def test_las_consultas_no_crecen_con_los_lugares(
    client: Client,
    reparto: Reparto,
    sello: m.Sello,
    django_assert_num_queries: DjangoAssertNumQueries,
    papel: str,
    mas: int,
) -> None:
    for orden in range(6, 6 + mas):
        persona = m.Persona.objects.create(nombre=f"Persona {orden}")
        lugar = sello.lugares.create(
            orden=orden, campo=f"firma-{orden}", persona=persona, nombre=persona.nombre
        )
        lugar.firmas.create(
            clase=ClaseFirma.AUTOGRAFA,
            cuando=JUEVES,
            por=reparto.cuentas["facilitadora"],
            pdf=sello.pdf,
            escaneo=sello.pdf,
            eslabon=1,
        )
    entrar(client, reparto, papel)
    client.get(url(sello))
    with django_assert_num_queries(CONSULTAS[papel]):
        pagina = client.get(url(sello))
    assert len(pagina.context["hoja"].firmantes) == 5 + mas


def test_el_escaneo_se_guarda_tal_como_llego(client: Client, reparto: Reparto, sello: m.Sello) -> None:
    identificarse(client, reparto.cuentas["facilitadora"])
    contenido = muestras.pdf()
    _subir(client, sello, [suyo(sello, reparto).pk], "hoja.pdf", contenido)
    escaneo = m.Firma.objects.get().escaneo
    assert escaneo is not None
    assert almacen.leer(escaneo) == contenido
