"""Las páginas de verificar: cada respuesta con sus palabras, lo público y nada más."""

import pickle

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sesiones import constancia_publica, fe_de_erratas, firmar, publicar, sellar, verificada
from sesiones import models as m
from sesiones.estados import EstadoActa
from sesiones.models.sellado import pdf_actual
from stl_portal.archivo import almacen
from stl_portal.cuentas.models import Usuario
from stl_portal.sello import puntos
from tests.en_disco import ruta_de
from tests.personas import Reparto
from tests.vida.conftest import JUEVES
from tests.vida.momentos import METODO, dar_cuenta_a, publicada, sellada
from tests.vida.verificando import publicada_sin_firmas, suelta, texto

pytestmark = pytest.mark.apariencia

RFC, CURP = "MOLR8001011H0", "MOLR800101MGTRPN07"


def test_lo_que_abre_el_qr(
    client: Client, reparto: Reparto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sello = publicada(reparto)
    puntos.publicar()
    respuesta = client.get(f"/verificar/{sello.codigo}/")
    dicho, html = texto(respuesta), respuesta.content.decode()
    assert "El código es de un acta publicada y vigente" in dicho
    for lugar in sello.lugares.all():
        assert lugar.nombre in dicho
    assert dicho.count("Autógrafa: firmó en papel") == 5
    assert dicho.count("En el PDF: constancia con el sello del órgano, íntegra.") == 5
    assert dicho.count("En el PDF: sello del órgano, íntegra.") == 1
    for visto in (sello.huella, sello.publicacion.pdf.huella, "Que lo que el acta dice sea verdad"):
        assert visto in dicho
    assert f'href="/sesiones/prueba/{sello.acta.sesion.clave}/acta/?version=1"' in html
    assert f'href="/registro/eslabon/{sello.publicacion.eslabon}/prueba.txt"' in html
    with django_assert_num_queries(8):  # las mismas que sin firmas: véase la prueba que sigue
        client.get(f"/verificar/{sello.codigo}/")


def test_el_codigo_como_se_escriba_y_lo_que_falta(
    client: Client, reparto: Reparto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sello = publicada_sin_firmas(reparto)
    puntos.publicar()
    junto, destino = sello.codigo.replace("-", ""), f"/verificar/{sello.codigo.lower()}/"
    impresa = f"https://actas.example{destino}"  # la que dice el QR
    formas = (sello.codigo, sello.codigo.lower(), junto, f" {junto[:8]} {junto[8:]} ")
    for escrito in (*formas, impresa, impresa.upper(), impresa.removeprefix("https://").rstrip("/")):
        respuesta = client.get("/verificar/", {"codigo": escrito})
        assert (respuesta.status_code, respuesta["Location"]) == (302, destino)
    assert texto(client.get(destino)).count("Falta su firma") == 5
    with django_assert_num_queries(8):
        client.get(destino)
    assert "Son los datos de un acta" in texto(client.get("/verificar/", {"codigo": sello.huella.upper()}))
    respuesta = client.get("/verificar/", {"huella": sello.publicacion.pdf.huella})
    assert "Tu archivo es el acta publicada y vigente" in texto(respuesta)
    assert client.get(f"/verificar/{sello.codigo}-ABCD/").status_code == 404


def test_la_sustituida_lleva_a_la_vigente(client: Client, reparto: Reparto) -> None:
    sello, conduce = publicada_sin_firmas(reparto), reparto.cuentas["facilitadora"]
    nueva = fe_de_erratas.abrir(sello.acta, conduce, motivo="El segundo apellido estaba mal escrito.")
    m.Acta.objects.filter(pk=nueva.pk).update(
        estado=EstadoActa.APROBADA, via=sello.acta.via, aprobada_el=sello.acta.aprobada_el
    )
    vigente = sellar.sellar(m.Acta.objects.get(pk=nueva.pk), conduce, JUEVES)
    publicar.publicar(vigente.acta, conduce, JUEVES)
    respuesta = client.get(f"/verificar/{sello.codigo}/")
    assert "El código es de un acta ya sustituida" in texto(respuesta)
    assert "El segundo apellido estaba mal escrito." in texto(respuesta)
    assert f'href="/verificar/{vigente.codigo.lower()}/"' in respuesta.content.decode()
    de_la_nueva = client.get(f"/verificar/{vigente.codigo}/")
    assert "publicada y vigente" in texto(de_la_nueva)
    assert f'href="/verificar/{sello.codigo.lower()}/"' in de_la_nueva.content.decode()


def test_en_firma_solo_se_dice_que_existe(client: Client, reparto: Reparto) -> None:
    sello = sellada(reparto)
    dar_cuenta_a(reparto, "presidencia")
    firmar.negarse(
        sello.lugares.get(orden=1), reparto.cuentas["extrana"], JUEVES, motivo="No estuve de acuerdo."
    )
    pdf = almacen.leer(sello.pdf)
    for respuesta, titulo in (
        (client.get(f"/verificar/{sello.codigo}/"), "Acta sellada, todavía sin publicar"),
        (client.post("/verificar/", suelta(pdf)), "Acta sellada, todavía sin publicar"),
        (client.post("/verificar/", suelta(pdf + b"\n")), "Tu archivo está alterado"),
    ):
        dicho, html = texto(respuesta), respuesta.content.decode()
        assert titulo in dicho
        assert sello.acta.sesion.designacion in dicho
        secretos = ["No estuve de acuerdo.", "Ver el PDF publicado", "comprobacion.zip", "acta.json"]
        secretos += [fila.nombre for fila in sello.lugares.all()]
        assert [secreto for secreto in secretos if secreto in html] == []
    assert client.get(f"/verificar/{sello.codigo}/comprobacion.zip").status_code == 404


def test_cada_modo_de_firma_se_dice_y_nunca_rfc_ni_curp(client: Client, reparto: Reparto) -> None:
    sello, cuenta = sellada(reparto), reparto.cuentas["extrana"]
    m.Persona.objects.update(rfc=RFC, curp=CURP)
    primero, segundo, tercero, *_ = sello.lugares.all()
    dar_cuenta_a(reparto, "presidencia")
    firmar.simple(primero, cuenta, JUEVES, metodo=METODO)
    m.Persona.objects.filter(usuario=cuenta).update(usuario=None)
    m.Persona.objects.filter(lugares_de_firma=segundo).update(usuario=cuenta)
    firmar.negarse(m.LugarDeFirma.objects.get(pk=segundo.pk), cuenta, JUEVES, motivo="No estuve.")
    _avanzada(tercero, cuenta, sello)
    m.Regla.objects.update(publica_sin_firmas=True)
    publicar.publicar(sello.acta, reparto.cuentas["facilitadora"], JUEVES)

    respuesta = client.get(f"/verificar/{sello.codigo}/")
    dicho = texto(respuesta)
    for frase in (
        f"Electrónica simple: volvió a identificarse en el portal con {METODO}",
        "Se negó a firmar",
        "«No estuve.»",
        "Eslabón 3 : se negó a firmar,",
        "Cada firma también consta (2)",
        "Electrónica avanzada, con su e.firma",
        "Certificado de CELIA MORA DÍAZ, serie 00001000000500000001, emitido por AC DE PRUEBA",
        "Vigente del 1 de enero de 2025 al 1 de enero de 2029. Revocación no consultada.",
    ):
        assert frase in dicho
    assert dicho.count("Falta su firma") == 2
    for secreto in (RFC, CURP, "HUELLA-DEL-CERTIFICADO"):
        assert secreto not in respuesta.content.decode()


def _avanzada(lugar: m.LugarDeFirma, por: Usuario, sello: m.Sello) -> None:
    """Una firma con e.firma ya asentada; su detalle trae además lo que nunca debe salir."""
    detalle = {
        "nombre": "CELIA MORA DÍAZ",
        "emisor": "AC DE PRUEBA",
        "serie": "00001000000500000001",
        "huella": "HUELLA-DEL-CERTIFICADO",
        "desde": "2025-01-01T12:00:00+00:00",
        "hasta": "2029-01-01T12:00:00+00:00",
        "revocacion": "no consultada",
        "rfc": RFC,
        "curp": CURP,
    }
    firma = m.Firma(
        lugar=lugar, clase="avanzada", cuando=JUEVES, por=por, pdf=pdf_actual(sello), detalle=detalle
    )
    constancia_publica.anotar(firma)
    firma.save(force_insert=True)


def test_lo_revisado_del_pdf_se_guarda_sin_el_pdf(reparto: Reparto) -> None:
    sello = publicada_sin_firmas(reparto)
    revisadas = verificada.firmas_del_pdf(sello)
    assert revisadas
    assert len(pickle.dumps(revisadas)) < 2000  # bytes: si arrastrara el PDF, leerlo tardaría segundos
    assert verificada.firmas_del_pdf(sello) == revisadas


def test_si_el_pdf_guardado_falta_o_cambio_se_dice(client: Client, reparto: Reparto) -> None:
    sello = publicada_sin_firmas(reparto)
    assert "El PDF guardado" not in texto(client.get(f"/verificar/{sello.codigo}/"))
    ruta = ruta_de(sello.publicacion.pdf)
    contenido = ruta.read_bytes()
    ruta.chmod(0o644)
    ruta.write_bytes(contenido[:-1] + b"x")
    alterado = texto(client.get(f"/verificar/{sello.codigo}/"))
    ruta.unlink()
    ausente = texto(client.get(f"/verificar/{sello.codigo}/"))
    for dicho in (alterado, ausente):
        assert "El PDF guardado en el portal no está completo" in dicho


def test_un_codigo_que_no_existe_dice_que_hacer(client: Client, db: None) -> None:
    codigo = "ABCD-EFGH-IJKL-MNOP"
    for respuesta in (client.get(f"/verificar/{codigo}/"), client.get("/verificar/", {"codigo": codigo})):
        assert respuesta.status_code == 404
        assert f"Ningún acta tiene el código {codigo}" in texto(respuesta)
        assert "Son 16 letras y números" in texto(respuesta)


@pytest.mark.parametrize(
    ("escrito", "frase"),
    [
        ("hola", "Faltan letras: un código tiene 16."),
        ("a" * 300, "Sobran letras: un código tiene 16."),
        ("0000-1111-8888-9999", "Un código solo lleva letras de la A a la Z"),
    ],
)
def test_lo_que_no_puede_ser_un_codigo_dice_por_que(
    client: Client, db: None, escrito: str, frase: str
) -> None:
    respuesta = client.get("/verificar/", {"codigo": escrito})
    assert (respuesta.status_code, frase in texto(respuesta)) == (422, True)
    assert f'value="{escrito[:200]}"' in respuesta.content.decode()
    en_la_direccion = client.get(f"/verificar/{escrito}/")
    assert (en_la_direccion.status_code, frase in texto(en_la_direccion)) == (404, True)
    assert "Ningún acta tiene" not in texto(en_la_direccion)


@pytest.mark.parametrize("huella", ["corta", "g" * 64, "a" * 65, "a" * 63 + "\x00"])
def test_una_huella_mal_escrita_se_explica(client: Client, db: None, huella: str) -> None:
    respuesta = client.get("/verificar/", {"huella": huella})
    assert (respuesta.status_code, "64 cifras y letras" in texto(respuesta)) == (422, True)


def test_una_huella_que_nadie_conoce(client: Client, db: None) -> None:
    respuesta = client.get("/verificar/", {"huella": "a" * 64})
    assert (respuesta.status_code, "a" * 64 in texto(respuesta)) == (404, True)
