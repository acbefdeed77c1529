"""Las listas públicas: filtros, páginas, vacíos y consultas fijas con una fila o con muchas."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from sesiones import models as m
from sesiones.cierre import cerrar
from sesiones.constancia import conocida_hasta
from tests import fabricas
from tests.personas import DESDE, Reparto, crear_reparto

LISTA = reverse("sesiones:lista")
ACUERDOS = reverse("sesiones:acuerdos")


def _concluir(reparto: Reparto, cuantas: int) -> list[m.Sesion]:
    """Sesiones concluidas, cada una con un acuerdo, su plazo y su seguimiento."""
    sesiones = []
    for n in range(cuantas):
        sesion = fabricas.crear_en_curso(reparto, fecha=dt.date(2025, 2, 3) + dt.timedelta(days=7 * n))
        acuerdo = m.Acuerdo.agregar(
            sesion.puntos.get(),
            texto=f"Difundir el diagnóstico {n}",
            plazo=("dos semanas", dt.date(2025, 3, 31)),
        )
        cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11), sin_tratar="Se agotó el tiempo")
        acuerdo.dar_seguimiento("en_proceso", "Se envió.", por=None, fecha=dt.date(2025, 3, 1), sesion=sesion)
        sesiones.append(sesion)
    return sesiones


@pytest.mark.parametrize("cuantas", [1, 6])
@pytest.mark.parametrize(
    ("url", "consultas"),
    [(LISTA, 6), (reverse("sesiones:organo", args=("prueba",)), 14), (ACUERDOS, 14), (reverse("inicio"), 47)],
)
def test_mismas_consultas_con_una_o_muchas(
    client: Client,
    reparto: Reparto,
    django_assert_num_queries: DjangoAssertNumQueries,
    url: str,
    consultas: int,
    cuantas: int,
) -> None:
    _concluir(reparto, cuantas)
    with django_assert_num_queries(consultas):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("puntos", [1, 8])
def test_mismas_consultas_en_una_sesion_con_muchos_puntos(
    client: Client, reparto: Reparto, django_assert_num_queries: DjangoAssertNumQueries, puntos: int
) -> None:
    sesion = fabricas.crear_en_curso(reparto, puntos=puntos)
    for punto in sesion.puntos.all():
        m.Acuerdo.agregar(punto, texto="Difundir")
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11), sin_tratar="Se agotó el tiempo")
    with django_assert_num_queries(27):
        assert client.get(sesion.get_absolute_url()).status_code == 200


def test_buscar_no_distingue_acentos_ni_mayusculas(client: Client, reparto: Reparto) -> None:
    _concluir(reparto, 3)
    texto = client.get(ACUERDOS, {"q": "DIAGNOSTICO 2"}).content.decode()
    assert "Difundir el diagnóstico 2" in texto
    assert "Difundir el diagnóstico 1" not in texto
    assert "1 resultado." in texto


def test_buscar_con_simbolos_de_expresion_regular_no_falla(client: Client, reparto: Reparto) -> None:
    _concluir(reparto, 1)
    respuesta = client.get(ACUERDOS, {"q": "(*[a-z+?\\ $^"})
    assert respuesta.status_code == 200
    assert "Ningún acuerdo coincide" in respuesta.content.decode()


def test_filtro_por_estado_de_seguimiento(client: Client, reparto: Reparto) -> None:
    primera, segunda = _concluir(reparto, 2)
    acuerdo = segunda.acuerdos.get()
    acuerdo.dar_seguimiento("cumplido", "Listo.", por=None, fecha=dt.date(2025, 4, 1))
    texto = client.get(ACUERDOS, {"estado": "cumplido"}).content.decode()
    assert segunda.acuerdos.get().texto in texto
    assert primera.acuerdos.get().texto not in texto


@pytest.mark.parametrize("consulta", [{"anio": "nunca"}, {"tipo": "inventado"}, {"organo": "no-existe"}])
def test_un_filtro_imposible_se_explica(client: Client, reparto: Reparto, consulta: dict[str, str]) -> None:
    _concluir(reparto, 1)
    respuesta = client.get(LISTA, consulta)
    assert respuesta.status_code == 422
    assert "Falta corregir algo" in respuesta.content.decode()


def test_paginas_conservan_el_filtro(client: Client, reparto: Reparto) -> None:
    for n in range(21):
        sesion = fabricas.crear_sesion(reparto, fecha=dt.date(2026, 1, 5) + dt.timedelta(days=n))
        fabricas.avisar(sesion)
    primera = client.get(LISTA, {"anio": "2026"}).content.decode()
    assert "?anio=2026&amp;page=2" in primera
    assert "XXI Sesión Ordinaria" in primera
    segunda = client.get(LISTA, {"anio": "2026", "page": "2"}).content.decode()
    assert segunda.count("sesiones__titulo") == 1
    assert client.get(LISTA, {"page": "99"}).status_code == 404


def test_sin_nada_lo_dice(client: Client, db: None) -> None:
    assert "Aún no hay sesiones públicas" in client.get(LISTA).content.decode()
    assert "Aún no hay acuerdos públicos" in client.get(ACUERDOS).content.decode()
    assert "Aún no se publica la integración" in client.get(reverse("sesiones:integrantes")).content.decode()


def test_integrantes_en_una_fecha(client: Client, reparto: Reparto) -> None:
    url = reverse("sesiones:integrantes_de", args=("prueba",))
    hoy = client.get(url).content.decode()
    assert "Mtra. Ana Ruiz Peña" in hoy
    assert "6 asientos, 1 vacante" in hoy
    assert "Es la última fecha de la que este portal tiene información." in hoy
    assert "No sabemos quiénes" not in hoy
    despues = client.get(url, {"al": "2098-01-18"}).content.decode()
    assert "No sabemos quiénes lo integran al 18 de enero de 2098" in despues
    antes = client.get(url, {"al": "2020-01-18"}).content.decode()
    assert "Ana Ruiz Peña" not in antes
    assert "6 asientos, 6 vacantes" in antes
    assert client.get(url, {"al": "ayer"}).status_code == 422
    de_antes = client.get(reverse("sesiones:integrantes"), {"organo": "prueba", "al": "2020-01-18"})
    assert de_antes.headers["Location"] == f"{url}?al=2020-01-18"
    assert client.get(reverse("sesiones:integrantes"), {"organo": "ajeno"}).status_code == 404


def test_integrantes_consultas_fijas(
    client: Client, reparto: Reparto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fabricas.crear_suplencia(reparto)
    with django_assert_num_queries(12):
        client.get(reverse("sesiones:integrantes_de", args=("prueba",)))
    fabricas.crear_suplencia(reparto, asiento="civil", folio="PRU-002/2025", nombre="Gema Paz Sol")
    with django_assert_num_queries(12):
        texto = client.get(reverse("sesiones:integrantes_de", args=("prueba",))).content.decode()
    assert "Lic. Gema Paz Sol" in texto


def test_el_organo_muestra_su_calendario_aprobado_y_sus_comisiones(client: Client, reparto: Reparto) -> None:
    sesion = _concluir(reparto, 1)[0]
    grupo = m.Organo.objects.create(clave="prueba-datos", clase="grupo", padre=reparto.organo)
    grupo.denominaciones.create(nombre="Grupo de Datos", nombre_corto="Datos", siglas="GD")
    aprobado = m.Calendario.objects.create(organo=reparto.organo, anio=2098)
    aprobado.fechas.create(fecha=dt.date(2098, 1, 20))
    aprobado.aprobar(None, acuerdo=sesion.acuerdos.get())
    m.Calendario.objects.create(organo=reparto.organo, anio=2099).fechas.create(fecha=dt.date(2099, 1, 21))
    texto = client.get(reverse("sesiones:organo", args=("prueba",))).content.decode()
    assert "20 de enero de 2098" in texto
    assert "21 de enero de 2099" not in texto  # solo propuesto
    assert reverse("sesiones:organo", args=("prueba-datos",)) in texto


def test_el_organo_que_se_muestra_es_el_que_dice_el_filtro(client: Client, reparto: Reparto) -> None:
    ficticio = crear_reparto("antes").organo  # por clave iría primero
    m.Organo.objects.filter(pk=ficticio.pk).update(ficticio=True)
    respuesta = client.get(reverse("sesiones:integrantes"))
    assert respuesta.context["organo"] == reparto.organo
    assert list(respuesta.context["otros"]) == [reparto.organo, ficticio]


def test_la_integracion_llega_hasta_donde_consta(reparto: Reparto) -> None:
    hoy = dt.date(2026, 11, 21)
    assert conocida_hasta(reparto.organo, hoy) == DESDE
    sesion = _concluir(reparto, 1)[0]
    assert conocida_hasta(reparto.organo, hoy) == sesion.fecha
    fin = dt.date(2026, 3, 1)
    m.Nombramiento.objects.filter(asiento=reparto.asientos["civil"]).update(vigente_hasta=fin)
    assert conocida_hasta(reparto.organo, hoy) == fin
    m.Nombramiento.objects.filter(asiento=reparto.asientos["civil"]).update(vigente_hasta=dt.date(2099, 1, 1))
    assert conocida_hasta(reparto.organo, hoy) == sesion.fecha  # lo que aún no ocurre no consta


def test_los_acuerdos_ficticios_se_dicen_y_no_se_cuentan(client: Client, reparto: Reparto) -> None:
    _concluir(reparto, 2)
    ficticio = crear_reparto("ficcion")
    _concluir(ficticio, 1)
    m.Organo.objects.filter(pk=ficticio.organo.pk).update(ficticio=True)
    portada = client.get("/").content.decode()
    assert "Sin contar 1 de órganos ficticios" in portada
    assert "En proceso: 2" in portada
    lista = client.get(ACUERDOS).content.decode()
    assert lista.count("Ficticio") == 1
    for organo in (ficticio.organo, reparto.organo):
        assert organo.denominacion(dt.date(2025, 3, 1)).nombre_corto in lista


def test_la_portada_no_corta_palabras(client: Client, reparto: Reparto) -> None:
    sesion = fabricas.crear_en_curso(reparto)
    palabra = "electroencefalografista"
    m.Acuerdo.agregar(sesion.puntos.get(), texto=" ".join([palabra] * 60))
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11))
    portada = client.get("/").content.decode()
    assert f"{palabra} …" in portada


def test_una_sesion_que_nadie_condujo_aqui_cita_su_acta(client: Client, reparto: Reparto) -> None:
    sesion = _concluir(reparto, 1)[0]
    pagina = client.get(sesion.get_absolute_url()).content.decode()
    assert "lo capturado en este portal durante la sesión" in pagina
    assert "Reconstrucción de hechos" not in pagina
    sesion.historia.update(por=None)
    pagina = client.get(sesion.get_absolute_url()).content.decode()
    assert "Reconstrucción de hechos" in pagina
    assert f"Fuente: acta de la {sesion.designacion}" in pagina
