"""Un corte dice qué se sabe por municipio y qué solo en total, de qué acta sale y cuándo se cargó aquí."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from municipios.cortes import preparar
from municipios.cortes.publicar import publicar
from municipios.models import Etapa
from sesiones import models as m
from sesiones.estados import EstadoActa
from tests.ejes.lectura import visible
from tests.municipios.fabricas import LEON, anotar, crear_etapas
from tests.municipios.publicados import publicar_corte
from tests.permisos.publicada import publicada_con_filas
from tests.personas import DIA, Reparto

CORTE = "/municipios/cortes/prueba/1/"
MUNICIPIO = f"/municipios/{LEON}/"


@pytest.fixture
def etapas(reparto: Reparto) -> list[Etapa]:
    return crear_etapas(reparto.organo, "convocatoria", "instalacion", "plan")


@pytest.fixture
def punto(reparto: Reparto) -> m.Punto:
    """De una sesión cuya acta ya es pública."""
    sesion = publicada_con_filas(reparto).acta.sesion
    return m.Punto.objects.create(sesion=sesion, titulo="Avance de los municipios", resultado="presentado")


def test_la_introduccion_dice_de_cuantos_se_sabe_y_abre_donde_se_sabe_algo(
    client: Client, reparto: Reparto, etapas: list[Etapa]
) -> None:
    anotar(etapas[1], LEON, "cumplido", nota="Lo dice su gaceta.")
    for n in range(1, 6):
        anotar(etapas[0], f"1100{n}", "sin_informacion", nota="No contestó.")
    publicar_corte(reparto.organo, totales={etapas[2]: {"sin_informacion": 44, "cumplido": 2}})
    dicho = (
        "Se sabe la situación de 1 municipio en «Instalacion»; de los demás, todavía no. De «Plan» solo"
        " se sabe cuántos municipios hay en cada situación, no cuáles son. De «Convocatoria» todavía"
        " no se sabe nada."
    )
    for direccion in ("/municipios/", CORTE):
        pagina = client.get(direccion)
        assert dicho in visible(pagina)
        assert pagina.context["etapa"].clave == "instalacion"
        assert "Notas de «Instalacion» León Lo dice su gaceta." in visible(pagina)
    otra = visible(client.get(f"{CORTE}?etapa=convocatoria"))
    assert "Lo dice su gaceta" not in otra
    assert "Notas de «Convocatoria» 5 municipios No contestó. Cuáles" in otra


def test_la_fuente_lleva_al_acta_en_su_punto(client: Client, punto: m.Punto, etapas: list[Etapa]) -> None:
    anotar(etapas[0], LEON, "cumplido", punto.sesion.fecha, nota="Acta, renglón 111.")
    publicar_corte(punto.sesion.organo, punto.sesion.fecha, punto=punto)
    acta = (
        f'href="/sesiones/prueba/{punto.sesion.clave}/acta/#acta-titulo-{punto.pk}">Leer el acta en ese punto'
    )
    for pagina in (CORTE, MUNICIPIO):
        html = client.get(pagina).content.decode()
        assert acta in html
        assert "El acta no está en este portal" not in html


def test_si_el_acta_no_es_publica_lleva_a_la_sesion(
    client: Client, punto: m.Punto, etapas: list[Etapa]
) -> None:
    m.Acta.objects.filter(sesion=punto.sesion).update(estado=EstadoActa.APROBADA)
    anotar(etapas[0], LEON, "cumplido", punto.sesion.fecha, nota="Acta, renglón 111.")
    publicar_corte(punto.sesion.organo, punto.sesion.fecha, punto=punto)
    sesion = f'href="/sesiones/prueba/{punto.sesion.clave}/#punto-{punto.pk}">Ver ese punto de la sesión'
    for pagina in (CORTE, MUNICIPIO):
        html = client.get(pagina).content.decode()
        assert sesion in html
        assert "/acta/#" not in html
    assert "El acta no está en este portal." in client.get(CORTE).content.decode()


def test_de_una_sesion_que_no_es_publica_no_hay_liga(
    client: Client, punto: m.Punto, etapas: list[Etapa]
) -> None:
    publicar_corte(punto.sesion.organo, punto.sesion.fecha, punto=punto)
    m.Sesion.objects.filter(pk=punto.sesion_id).update(estado="programada")
    assert f"punto-{punto.pk}" not in client.get(CORTE).content.decode()


def test_distingue_lo_que_se_cargo_de_lo_que_alguien_publico(
    client: Client, reparto: Reparto, etapas: list[Etapa]
) -> None:
    publicar_corte(reparto.organo)
    texto = visible(client.get(CORTE))
    assert "Cargado en este portal El 1 de julio de 2026" in texto
    assert "ese día se trajo de su fuente; lo que dice es al 18 de marzo de 2026" in texto
    otro = preparar.abrir(
        reparto.organo, fecha=DIA + dt.timedelta(days=1), nombre="Otro", fuente="Lo anotado"
    )
    publicar(otro, reparto.cuentas["facilitadora"], timezone.now())
    texto = visible(client.get("/municipios/cortes/prueba/2/"))
    assert "Publicado en este portal El" in texto
    assert "se trajo de su fuente" not in texto
