"""Las páginas donde se prepara un corte municipal: qué se acepta, qué se rechaza y quién puede."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from lxml import html

from municipios.cortes import preparar, publicar
from municipios.cortes.preparar import Como, DeEtapa
from municipios.models import CorteMunicipal, CorteMunicipalPublicado, Etapa
from tests.cuentas.codigos import identificarse
from tests.ejes.lectura import visible
from tests.fabricas import crear_en_curso
from tests.municipios.cortes.conftest import AHORA
from tests.municipios.cortes.formas import DATOS, RAIZ, campos, forma, guardar
from tests.municipios.fabricas import LEON, anotar, crear_municipal
from tests.personas import DIA, Reparto

pytestmark = pytest.mark.apariencia

# --- Abrirlo y cambiar sus datos ---


def test_dos_clics_abren_un_solo_corte(etapas: list[Etapa], mesa: Client) -> None:
    for _ in range(2):
        assert mesa.post(f"{RAIZ}nuevo/", DATOS | {"envio": "una-ficha"})["Location"] == f"{RAIZ}1/"
    corte = CorteMunicipal.objects.get()
    assert (corte.numero, corte.nombre, corte.fecha) == (1, "Corte de abril", dt.date(2026, 4, 1))
    assert "Oficio 12" in visible(mesa.get(f"{RAIZ}1/"))


@pytest.mark.parametrize(
    ("cambio", "frase"),
    [
        ({"fecha": "2040-01-31"}, "Esa fecha todavía no llega: un corte dice lo que ya consta."),
        ({"fecha": ""}, "obligatorio"),
        ({"fecha": "pronto"}, "fecha"),
        ({"fecha": "0020-07-10"}, "Revisa el año: 20 no puede ser."),
        ({"nombre": ""}, "obligatorio"),
        ({"punto": "999999"}, "opciones"),
    ],
)
def test_lo_mal_escrito_no_abre_un_corte_y_lo_dice(
    etapas: list[Etapa], mesa: Client, cambio: dict[str, str], frase: str
) -> None:
    respuesta = mesa.post(f"{RAIZ}nuevo/", DATOS | cambio)
    assert (respuesta.status_code, CorteMunicipal.objects.exists()) == (422, False)
    assert frase in visible(respuesta)


def test_se_ofrecen_los_asuntos_de_las_sesiones_cercanas(
    corte: CorteMunicipal, mesa: Client, reparto: Reparto
) -> None:
    sesion = crear_en_curso(reparto)
    punto = sesion.puntos.create(titulo="Informe de los municipios")
    ajeno = crear_en_curso(crear_municipal(reparto.organo)).puntos.create(titulo="De otro órgano")
    pagina = mesa.get(f"{RAIZ}1/datos/").content.decode()
    assert f'<option value="{punto.pk}">Informe de los municipios</option>' in pagina
    assert "De otro órgano" not in pagina
    enviado = DATOS | {"version": "1", "punto": str(punto.pk)}
    assert mesa.post(f"{RAIZ}1/datos/", enviado | {"punto": str(ajeno.pk)}).status_code == 422
    assert mesa.post(f"{RAIZ}1/datos/", enviado).status_code == 302
    assert "Informe de los municipios" in visible(mesa.get(f"{RAIZ}1/"))
    # Aunque la fecha cambie a otro año, el ya elegido se sigue ofreciendo.
    CorteMunicipal.objects.update(fecha=dt.date(2020, 7, 10))
    assert f'<option value="{punto.pk}" selected>' in mesa.get(f"{RAIZ}1/datos/").content.decode()


def test_dos_personas_cambian_los_datos_a_la_vez(corte: CorteMunicipal, mesa: Client) -> None:
    assert mesa.post(f"{RAIZ}1/datos/", DATOS | {"version": "1", "nombre": "Uno"}).status_code == 302
    segunda = mesa.post(f"{RAIZ}1/datos/", DATOS | {"version": "1", "nombre": "Otro"})
    assert segunda.status_code == 409
    assert "Alguien guardó antes (Nombre: Uno). Si guardas, queda lo tuyo." in visible(segunda)
    control = html.fromstring(segunda.content.decode())
    assert control.xpath("//input[@name='nombre']/@value") == ["Otro"]
    assert control.xpath("//input[@name='version']/@value") == ["2"]


# --- Qué se publica de cada etapa ---


def test_se_elige_el_total_con_sus_cifras_y_la_pagina_lo_recuerda(
    corte: CorteMunicipal, etapas: list[Etapa], mesa: Client
) -> None:
    assert guardar(mesa, corte, **campos(etapas[1], "total", sin_informacion="44", cumplido="1"))[0] == 302
    assert preparar.lo_dicho(corte)[etapas[1].pk].como == Como.TOTAL
    dicho = visible(mesa.get(f"{RAIZ}1/"))
    assert "Indispensable: Instalacion: suma 45 y son 46: falta 1." in dicho
    assert "Suma 45 y son 46: falta 1." in dicho


def test_al_rechazar_una_cifra_se_dice_todo_lo_que_no_suma_y_lo_negativo_cuenta(
    corte: CorteMunicipal, etapas: list[Etapa], mesa: Client
) -> None:
    cifras = campos(etapas[0], "total", cumplido="45") | campos(
        etapas[1], "total", cumplido="-1", sin_informacion="46"
    )
    dicho = visible(mesa.post(f"{RAIZ}1/etapas/", forma(corte, **cifras)))
    assert "Indispensable: Convocatoria: suma 45 y son 46: falta 1." in dicho
    assert "Indispensable: Instalacion: suma 45 y son 46: falta 1." in dicho


@pytest.mark.parametrize(
    ("cifra", "frase"),
    [
        ("-1", "No puede haber menos de cero."),
        ("47", "Son 46 municipios: no puede haber más."),
        ("1.5", "Escribe un número entero."),
        ("dos", "Escribe un número entero."),
        ("9" * 30, "Son 46 municipios: no puede haber más."),
    ],
)
def test_una_cifra_imposible_no_se_guarda_y_lo_escrito_sigue_ahi(
    corte: CorteMunicipal, etapas: list[Etapa], mesa: Client, cifra: str, frase: str
) -> None:
    enviado = forma(corte, **campos(etapas[1], "total", cumplido=cifra, no_iniciado="7"))
    respuesta = mesa.post(f"{RAIZ}1/etapas/", enviado)
    assert (respuesta.status_code, preparar.lo_dicho(corte)) == (422, {})
    assert f"Instalacion, Cumplido: {frase[:1].lower()}{frase[1:]}" in visible(respuesta)
    pk = etapas[1].situaciones.get(clave="no_iniciado").pk
    assert html.fromstring(respuesta.content.decode()).xpath(f"//input[@name='n_{pk}']/@value") == ["7"]


@pytest.mark.parametrize("como", ["", "inventado"])
def test_lo_que_no_se_ofrece_no_se_guarda(
    corte: CorteMunicipal, etapas: list[Etapa], mesa: Client, como: str
) -> None:
    assert guardar(mesa, corte, **{f"como_{etapas[0].pk}": como})[0] == 422


def test_dos_personas_eligen_a_la_vez_y_se_ve_lo_de_ambas(
    corte: CorteMunicipal, etapas: list[Etapa], mesa: Client
) -> None:
    vista = forma(corte)
    mesa.post(f"{RAIZ}1/etapas/", vista | campos(etapas[1], "total", cumplido="2", sin_informacion="44"))
    segunda = mesa.post(
        f"{RAIZ}1/etapas/", vista | campos(etapas[1], "total", cumplido="3", sin_informacion="43")
    )
    dicho = visible(segunda)
    assert segunda.status_code == 409
    assert "Otra persona guardó antes." in dicho
    assert "La otra persona puso 2." in dicho
    assert preparar.lo_dicho(corte)[etapas[1].pk].totales[etapas[1].situaciones.get(clave="cumplido").pk] == 2
    encima = vista | {"version": "2"} | campos(etapas[1], "total", cumplido="3", sin_informacion="43")
    assert mesa.post(f"{RAIZ}1/etapas/", encima).status_code == 302
    assert mesa.post(f"{RAIZ}1/etapas/", encima).status_code == 302  # el mismo envío otra vez


def test_dejar_una_etapa_fuera_y_arrepentirse(
    solo_total: CorteMunicipal, etapas: list[Etapa], mesa: Client
) -> None:
    assert guardar(mesa, solo_total, **campos(etapas[1], "fuera"))[0] == 302
    assert preparar.lo_dicho(solo_total) == {etapas[1].pk: DeEtapa(Como.FUERA)}
    solo_total.refresh_from_db()
    assert guardar(mesa, solo_total, **campos(etapas[1], "desglose"))[0] == 302
    assert preparar.lo_dicho(solo_total) == {}


# --- Publicarlo, corregirlo, borrarlo ---


def test_publicar_pide_identificarse_y_dos_clics_publican_una_vez(
    solo_total: CorteMunicipal, client: Client, reparto: Reparto
) -> None:
    client.force_login(reparto.cuentas["facilitadora"])
    assert "/cuenta/dos-pasos/" in client.get(f"{RAIZ}1/publicar/")["Location"]
    mesa = identificarse(client, reparto.cuentas["facilitadora"])
    assert "Publicar para todo el mundo" in visible(mesa.get(f"{RAIZ}1/publicar/"))
    lo_visto = {"vista": vista(mesa)}
    for _ in range(2):
        assert mesa.post(f"{RAIZ}1/publicar/", lo_visto | {"envio": "ficha"})["Location"] == f"{RAIZ}1/"
    assert CorteMunicipalPublicado.objects.get().publicado_por == reparto.cuentas["facilitadora"]
    assert mesa.post(f"{RAIZ}1/publicar/", lo_visto | {"envio": "otra"}).status_code == 409
    assert "Ya no cambia." in visible(mesa.get(f"{RAIZ}1/"))


def vista(mesa: Client, respuesta: Any = None) -> str:
    """La huella de lo que enseña la página donde se confirma."""
    pagina = html.fromstring((respuesta or mesa.get(f"{RAIZ}1/publicar/")).content.decode())
    (huella,) = pagina.xpath("//input[@name='vista']/@value")
    return str(huella)


def test_lo_que_nadie_vio_no_se_publica(corte: CorteMunicipal, etapas: list[Etapa], mesa: Client) -> None:
    vieja = vista(mesa)
    anotar(etapas[0], LEON, "cumplido")
    assert mesa.post(f"{RAIZ}1/publicar/").status_code == 409
    respuesta = mesa.post(f"{RAIZ}1/publicar/", {"vista": vieja})
    assert (respuesta.status_code, CorteMunicipalPublicado.objects.exists()) == (409, False)
    assert "Algo cambió desde que abriste esta página." in visible(respuesta)
    nueva = vista(mesa, respuesta)
    assert nueva != vieja
    assert mesa.post(f"{RAIZ}1/publicar/", {"vista": nueva}).status_code == 302
    assert CorteMunicipalPublicado.objects.get().huella == nueva


def test_publicar_lo_que_no_suma_lo_dice_y_no_publica(solo_total: CorteMunicipal, mesa: Client) -> None:
    solo_total.totales.filter(situacion__clave="cumplido").update(cantidad=1)
    respuesta = mesa.post(f"{RAIZ}1/publicar/", {"envio": "ficha"})
    assert (respuesta.status_code, CorteMunicipalPublicado.objects.exists()) == (422, False)
    assert "Instalacion: suma 45 y son 46: falta 1." in visible(respuesta)
    assert "Publicar para todo el mundo" not in visible(respuesta)


def test_lo_publicado_ya_no_se_cambia_ni_se_borra(solo_total: CorteMunicipal, mesa: Client) -> None:
    enviado = forma(solo_total)
    publicar.publicar(solo_total, None, AHORA)
    for pagina, datos in (("datos", DATOS), ("etapas", enviado), ("quitar", {})):
        assert mesa.post(f"{RAIZ}1/{pagina}/", datos).status_code == 409
    assert CorteMunicipal.objects.count() == 1


def test_corregir_pide_motivo_y_abre_uno_igual(
    solo_total: CorteMunicipal, etapas: list[Etapa], mesa: Client
) -> None:
    assert mesa.post(f"{RAIZ}1/corregir/", {"motivo": "Antes de tiempo"}).status_code == 409
    publicar.publicar(solo_total, None, AHORA)
    assert mesa.post(f"{RAIZ}1/corregir/", {"motivo": " "}).status_code == 422
    motivo = {"motivo": "Eran tres.", "envio": "ficha"}
    for _ in range(2):
        assert mesa.post(f"{RAIZ}1/corregir/", motivo)["Location"] == f"{RAIZ}2/"
    nuevo = CorteMunicipal.objects.get(numero=2)
    assert preparar.lo_dicho(nuevo) == preparar.lo_dicho(solo_total)
    assert mesa.post(f"{RAIZ}1/corregir/", motivo | {"envio": "otra"}).status_code == 409
    assert "Eran tres." in visible(mesa.get(f"{RAIZ}2/"))
    assert "Se prepara su corrección" in visible(mesa.get(f"{RAIZ}1/"))


def test_un_borrador_se_borra(corte: CorteMunicipal, mesa: Client) -> None:
    assert mesa.post(f"{RAIZ}1/quitar/")["Location"] == RAIZ
    assert not CorteMunicipal.objects.exists()


def test_la_previa_dice_lo_que_cambia_respecto_del_anterior(
    solo_total: CorteMunicipal, etapas: list[Etapa], mesa: Client, reparto: Reparto
) -> None:
    publicar.publicar(solo_total, None, AHORA)
    preparar.abrir(reparto.organo, nombre="Corte de abril", fecha=DIA + dt.timedelta(days=1))
    dicho = visible(mesa.get(f"{RAIZ}2/previa/"))
    assert "46 siguen igual" in dicho
    assert "Solo se comparan los totales" in dicho


def test_el_anterior_de_un_corte_de_la_misma_fecha_es_el_de_menor_numero(
    corte: CorteMunicipal, reparto: Reparto
) -> None:
    publicar.publicar(corte, None, AHORA)
    segundo = preparar.abrir(reparto.organo, nombre="El mismo día", fecha=DIA)
    anterior_a = CorteMunicipal.objects.anterior_a
    assert (anterior_a(segundo), anterior_a(corte)) == (corte, None)
    correccion = preparar.corregir(corte, "Falta una nota.")
    assert anterior_a(correccion) == corte
    publicar.publicar(correccion, None, AHORA)
    assert anterior_a(segundo) is None  # el primero se corrigió y la corrección es posterior


def test_comparar_un_corte_con_su_correccion_nombra_a_los_dos(
    solo_total: CorteMunicipal, mesa: Client
) -> None:
    publicar.publicar(solo_total, None, AHORA)
    publicar.publicar(preparar.corregir(solo_total, "Falta una nota."), None, AHORA)
    dicho = visible(mesa.get("/municipios/comparar/?despues=2"))
    assert "De «Corte de marzo» a «Corte de marzo (corrección)», que lo corrige, según" in dicho
