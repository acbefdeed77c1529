"""La página de firmar: quién entra, qué ve, las tres maneras de responder y cada tropiezo."""

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from sesiones import firmar, publicar
from sesiones import models as m
from sesiones.acta import vida
from sesiones.estados import ClaseFirma, EstadoActa
from sesiones.models.sellado import pdf_actual
from stl_portal.archivo import almacen
from tests.cuentas.codigos import codigo, de_recuperacion
from tests.personas import CLAVE, Reparto
from tests.vida.conftest import JUEVES
from tests.vida.hoja import SIMPLE, entrar, nada_cambio, suyo, texto, url
from tests.vida.momentos import aprobada, sellada

pytestmark = pytest.mark.apariencia


@pytest.fixture(autouse=True)
def _sin_intentos_previos() -> None:
    cache.clear()


@pytest.fixture
def sello(reparto: Reparto) -> m.Sello:
    """Por firmar: presidencia, poder, academia, civil (con cuenta) y facilitadora."""
    return sellada(reparto)


# --- Qué se ve ---


def test_se_ve_lo_sellado_y_como_va_cada_lugar(client: Client, reparto: Reparto, sello: m.Sello) -> None:
    entrar(client, reparto)
    pagina = client.get(url(sello))
    dicho = texto(pagina)
    assert sello.codigo in dicho
    assert sello.huella in dicho
    assert "Asunto de prueba 1" in dicho
    assert "Faltan 5 de 5" in dicho
    assert [f.lugar.nombre in dicho for f in pagina.context["hoja"].firmantes] == [True] * 5
    assert _pdf(sello) in pagina.content.decode()
    assert _leer(client, _pdf(sello)) == almacen.leer(sello.pdf)


def _leer(client: Client, direccion: str) -> bytes:
    respuesta: Any = client.get(direccion)
    return b"".join(respuesta.streaming_content)


def _pdf(sello: m.Sello) -> str:
    archivo = pdf_actual(sello)
    return reverse("archivo:descargar", args=(archivo.huella, archivo.nombre))


def test_antes_de_sellarse_se_explica(client: Client, reparto: Reparto) -> None:
    sesion = aprobada(reparto).sesion
    entrar(client, reparto)
    pagina = client.get(reverse("actas:firma", args=("prueba", sesion.clave)))
    assert "todavía no se sella" in texto(pagina)


def test_sin_segundo_paso_se_dice_como_activarlo_y_se_vuelve(
    client: Client, reparto: Reparto, sello: m.Sello
) -> None:
    client.force_login(reparto.cuentas["integrante"])
    pagina = client.get(url(sello))
    assert f"{reverse('mfa_activate_totp')}?next={url(sello)}" in pagina.content.decode()
    mal = client.post(url(sello, "firmar_simple", suyo(sello, reparto).pk), SIMPLE | {"code": "000000"})
    assert mal.status_code == 409
    assert "primero activa la verificación en dos pasos" in texto(mal)
    assert nada_cambio(sello)


def test_la_efirma_se_ofrece_si_el_organo_y_la_persona_la_pueden_usar(
    client: Client, reparto: Reparto, sello: m.Sello
) -> None:
    entrar(client, reparto)
    assert "no registra qué autoridades" in texto(client.get(url(sello)))
    m.RaizDeConfianza.objects.create(organo=reparto.organo, nombre="Raíz", certificado=b"x", huella="0" * 64)
    assert "no tiene tu RFC ni tu CURP" in texto(client.get(url(sello)))
    m.Persona.objects.filter(pk=reparto.personas["civil"].pk).update(rfc="VECD800101AA1")
    pagina = client.get(url(sello)).content.decode()
    assert "data-efirma" in pagina
    assert "forge.min" in pagina
    assert "VECD800101AA1" not in pagina


@pytest.mark.parametrize(
    ("papel", "ver", "firmar", "subir"),
    [
        ("integrante", 200, 422, 403),
        ("facilitadora", 200, 403, 302),  # a identificarse
        ("colega", 200, 403, 302),
        ("administradora", 200, 403, 302),
        ("auditora", 200, 403, 403),
        ("extrana", 404, 404, 404),
        ("", 302, 401, 401),
    ],
)
def test_quien_ve_quien_firma_y_quien_sube(
    client: Client, reparto: Reparto, sello: m.Sello, papel: str, ver: int, firmar: int, subir: int
) -> None:
    if papel:
        entrar(client, reparto, papel)
    lugar = suyo(sello, reparto).pk
    assert client.get(url(sello)).status_code == ver
    for nombre in ("firmar_simple", "negarse"):
        assert client.post(url(sello, nombre, lugar)).status_code == firmar
    json = {422: 400}.get(firmar, firmar)
    assert client.post(url(sello, "preparar_firma", lugar)).status_code == json
    terminar = client.post(url(sello, "terminar_firma", lugar))
    assert terminar.status_code == {422: 409}.get(firmar, firmar)
    assert terminar["Content-Type"] == "application/json"
    assert client.post(url(sello, "escaneo")).status_code == subir
    assert nada_cambio(sello)


def test_quien_ya_no_ocupa_su_asiento_firma_lo_suyo(client: Client, reparto: Reparto, sello: m.Sello) -> None:
    m.Nombramiento.objects.filter(asiento=reparto.asientos["civil"]).update(
        vigente_hasta=dt.date(2026, 3, 19)
    )
    secreto = entrar(client, reparto)
    assert client.get(reverse("actas:acta", args=("prueba", sello.acta.sesion.clave))).status_code == 404
    assert client.get(url(sello)).status_code == 200
    assert _leer(client, _pdf(sello)).startswith(b"%PDF")
    datos = SIMPLE | {"code": codigo(secreto)}
    assert client.post(url(sello, "firmar_simple", suyo(sello, reparto).pk), datos).status_code == 302
    assert suyo(sello, reparto).firmado


def test_el_lugar_de_otra_sesion_no_existe(client: Client, reparto: Reparto, sello: m.Sello) -> None:
    entrar(client, reparto)
    ajena = reverse("actas:firmar_simple", args=("prueba", "otra", suyo(sello, reparto).pk))
    assert client.post(ajena, SIMPLE).status_code == 404


# --- Firma simple ---


@pytest.mark.parametrize("con", ["código temporal", "código de recuperación"])
def test_firma_simple(client: Client, reparto: Reparto, sello: m.Sello, con: str) -> None:
    secreto = entrar(client, reparto)
    elegido = codigo(secreto) if con == "código temporal" else de_recuperacion(reparto.cuentas["integrante"])
    lugar = suyo(sello, reparto)
    respuesta = client.post(url(sello, "firmar_simple", lugar.pk), SIMPLE | {"code": elegido}, follow=True)
    assert respuesta.redirect_chain == [(f"{url(sello)}#mi-firma", 302)]
    assert f"Firma electrónica simple, con contraseña y {con}" in texto(respuesta)
    assert "Faltan 4 de 5" in texto(respuesta)
    firma = m.Firma.objects.get()
    assert (firma.clase, firma.detalle) == (ClaseFirma.SIMPLE, {"metodo": f"contraseña y {con}"})


@pytest.mark.parametrize(
    ("cambio", "dice"),
    [
        ({"password": "no es esta"}, "Esa no es tu contraseña."),
        ({"code": "000000"}, "Ese código no es"),
        ({"password": ""}, "Este campo es obligatorio."),
        ({"code": ""}, "Este campo es obligatorio."),
        ({"code": "9" * 5000}, "Ese código no es"),
    ],
)
def test_quien_no_se_identifica_no_firma(
    client: Client, reparto: Reparto, sello: m.Sello, cambio: dict[str, str], dice: str
) -> None:
    secreto = entrar(client, reparto)
    datos = SIMPLE | {"code": codigo(secreto)} | cambio
    mal = client.post(url(sello, "firmar_simple", suyo(sello, reparto).pk), datos)
    assert (mal.status_code, nada_cambio(sello)) == (422, True)
    assert dice in texto(mal)
    assert CLAVE not in mal.content.decode()


def test_con_la_contrasena_mala_el_codigo_no_se_gasta(
    client: Client, reparto: Reparto, sello: m.Sello
) -> None:
    bueno = {"code": codigo(entrar(client, reparto))}
    direccion = url(sello, "firmar_simple", suyo(sello, reparto).pk)
    assert client.post(direccion, bueno | {"password": "no es esta"}).status_code == 422
    assert client.post(direccion, bueno | SIMPLE).status_code == 302


def test_el_codigo_con_que_se_firmo_no_firma_otra_acta(client: Client, reparto: Reparto) -> None:
    una = sellada(reparto)
    otra = sellada(reparto, fecha=dt.date(2026, 3, 11))
    datos = SIMPLE | {"code": codigo(entrar(client, reparto))}
    assert client.post(url(una, "firmar_simple", suyo(una, reparto).pk), datos).status_code == 302
    mal = client.post(url(otra, "firmar_simple", suyo(otra, reparto).pk), datos)
    assert mal.status_code == 422
    assert not suyo(otra, reparto).firmado


def test_dos_clics_no_son_un_error(client: Client, reparto: Reparto, sello: m.Sello) -> None:
    datos = SIMPLE | {"code": codigo(entrar(client, reparto))}
    direccion = url(sello, "firmar_simple", suyo(sello, reparto).pk)
    assert [client.post(direccion, datos).status_code for _ in range(2)] == [302, 302]
    assert m.Firma.objects.count() == 1


def test_demasiados_intentos_se_frenan(client: Client, reparto: Reparto, sello: m.Sello) -> None:
    secreto = entrar(client, reparto)
    direccion = url(sello, "firmar_simple", suyo(sello, reparto).pk)
    for _ in range(5):
        client.post(direccion, SIMPLE | {"code": "000000"})
    freno = client.post(direccion, SIMPLE | {"code": codigo(secreto)})
    assert freno.status_code == 422
    assert "demasiados intentos" in texto(freno)
    assert nada_cambio(sello)


def test_en_orden_se_espera_y_se_dice_a_quien(client: Client, reparto: Reparto) -> None:
    m.Regla.objects.update(firma_en_orden=True)
    sello = sellada(reparto)
    secreto = entrar(client, reparto)
    pagina = texto(client.get(url(sello)))
    assert "primero le toca a Mtra. Ana Ruiz Peña" in pagina
    assert "Firmar con firma simple" not in pagina
    datos = SIMPLE | {"code": codigo(secreto)}
    mal = client.post(url(sello, "firmar_simple", suyo(sello, reparto).pk), datos)
    assert (mal.status_code, nada_cambio(sello)) == (409, True)
    assert "Las firmas van en orden" in texto(mal)


def test_si_el_sello_del_organo_no_se_abre_nada_se_firma(
    client: Client, reparto: Reparto, sello: m.Sello, settings: Settings
) -> None:
    settings.SELLO_PKCS12 = "/no/existe.p12"
    datos = SIMPLE | {"code": codigo(entrar(client, reparto))}
    mal = client.post(url(sello, "firmar_simple", suyo(sello, reparto).pk), datos)
    assert (mal.status_code, nada_cambio(sello)) == (409, True)
    assert "El sello del órgano no está configurado" in texto(mal)


# --- No firmar ---


def test_no_firma_con_motivo_y_despues_firma(client: Client, reparto: Reparto, sello: m.Sello) -> None:
    secreto, lugar = entrar(client, reparto), suyo(sello, reparto)
    vacio = client.post(url(sello, "negarse", lugar.pk), {"motivo": "  "})
    assert (vacio.status_code, nada_cambio(sello)) == (422, True)
    assert "Escribe por qué no firmas." in texto(vacio)
    dicho = texto(client.post(url(sello, "negarse", lugar.pk), {"motivo": "No es lo dicho."}, follow=True))
    assert "Se negó a firmar" in dicho
    assert "Motivo: No es lo dicho." in dicho
    assert (
        client.post(url(sello, "firmar_simple", lugar.pk), SIMPLE | {"code": codigo(secreto)}).status_code
        == 302
    )
    assert suyo(sello, reparto).firmado


def test_la_ultima_persona_que_se_niega_confirma_que_cierra_la_hoja(
    client: Client, reparto: Reparto, sello: m.Sello
) -> None:
    entrar(client, reparto)
    lugar = suyo(sello, reparto)
    assert "la hoja se cierra" not in texto(client.get(url(sello)))
    for otro in sello.lugares.exclude(pk=lugar.pk):
        escaneo = almacen.guardar_propio(b"hoja", "hoja.pdf")
        firmar.autografa(otro, reparto.cuentas["facilitadora"], JUEVES, escaneo)
    assert "Eres la última persona: si te niegas, la hoja se cierra." in texto(client.get(url(sello)))
    sin_confirmar = client.post(url(sello, "negarse", lugar.pk), {"motivo": "No es lo dicho."})
    assert sin_confirmar.status_code == 422
    assert "Marca que entiendes que la hoja se cierra" in texto(sin_confirmar)
    assert not suyo(sello, reparto).firmas.exists()
    client.post(url(sello, "negarse", lugar.pk), {"motivo": "No es lo dicho.", "cierra": "on"})
    acta = m.Acta.objects.get(pk=sello.acta_id)
    assert acta.estado == EstadoActa.FIRMADA
    detalle = {e.texto: e for e in vida.etapas(acta, None, vida.hoja_de(acta.sello))}
    assert detalle["Firmas"].detalle == "4 firmaron, 1 se negó"
    assert (detalle["Revisión"].estado, detalle["Revisión"].detalle) == ("omitida", "No se circuló")


def test_publicada_ya_no_se_firma(client: Client, reparto: Reparto, sello: m.Sello) -> None:
    m.Regla.objects.update(publica_sin_firmas=True)
    sello = m.Sello.objects.get()
    publicar.publicar(sello.acta, reparto.cuentas["facilitadora"], JUEVES)
    secreto, lugar = entrar(client, reparto), suyo(sello, reparto)
    assert "no admite más firmas" in texto(client.get(url(sello)))
    datos = SIMPLE | {"code": codigo(secreto), "motivo": "Tarde."}
    assert client.post(url(sello, "firmar_simple", lugar.pk), datos).status_code == 409
    assert client.post(url(sello, "negarse", lugar.pk), datos).status_code == 409
    assert not m.Firma.objects.exists()


def test_los_pasos_dicen_el_dia_de_aqui_aunque_sea_de_noche(reparto: Reparto, sello: m.Sello) -> None:
    utc = dt.datetime(2026, 3, 21, 20, 30, tzinfo=timezone.get_current_timezone()).astimezone(dt.UTC)
    assert utc.day == 22  # como se lee de la base
    m.Regla.objects.update(publica_sin_firmas=True)
    acta = publicar.publicar(sello.acta, reparto.cuentas["facilitadora"], utc).sello.acta
    acta.sello.sellado_el = utc
    detalle = {e.texto: e.detalle for e in vida.etapas(acta, None, vida.hoja_de(acta.sello))}
    assert (detalle["Sello"], detalle["Publicación"]) == ("21/03/2026", "21/03/2026")
