"""La demostración: el corte de 2020 dice lo que dice el acta y nada más; el ficticio no inventa nada.

Las cifras de aquí son las del acta de la XXI Sesión Ordinaria, con el renglón impreso donde están.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from municipios.conjuntos.capacitaciones import CAPACITACIONES
from municipios.conjuntos.etapas import ETAPAS
from municipios.conjuntos.totales import TOTALES
from municipios.cortes import publicar
from municipios.cuadro import tomar
from municipios.demo import avance
from municipios.documento import CorteLeido, leer
from municipios.models import Anotacion, CorteMunicipal, CorteMunicipalPublicado, Etapa, Evento, Municipio
from sesiones.demo.datos import leer as leer_de_sesiones
from sesiones.demo.grabar import grabar
from sesiones.demo.integrar import integrar
from sesiones.models import Organo
from tests.datos.tabla import tabla
from tests.ejes.lectura import visible

# Etapa, situación, municipios y renglones del acta.
DEL_ACTA = (
    ("participacion", "participa", 45, "111"),
    ("participacion", "pendiente", 1, "112"),
    ("convocatoria", "sin_informacion", 18, "116-117"),
    ("convocatoria", "publica", 11, "117"),
    ("convocatoria", "en_trabajo", 17, "117-118"),
    ("integracion", "instalado", 2, "119-120"),
    ("integracion", "integrado", 8, "120"),
    ("integracion", "no_integrado", 18, "120-121"),
    ("integracion", "sin_informacion", 18, "121"),
    ("lineamientos", "con_lineamientos", 2, "123"),
    ("lineamientos", "sin_lineamientos", 26, "123-124"),
    ("lineamientos", "sin_informacion", 18, "124"),
)
SALAMANCA = "11027"


@pytest.fixture(scope="module")
def _carga(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[str]]:
    """Lo que dijo la carga; queda en una transacción que envuelve las de cada prueba."""
    dicho: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        grabar(leer_de_sesiones("sesion-xxi"), integrar(leer_de_sesiones("stl")))
        integrar(leer_de_sesiones("demo"))
        avance.cargar(dicho.append)
        yield dicho
        transaction.set_rollback(True)


@pytest.fixture
def dicho(_carga: list[str], db: None) -> list[str]:
    return _carga


@pytest.fixture
def leido(dicho: list[str]) -> CorteLeido:
    """El único corte publicado de un órgano real."""
    return leer(bytes(CorteMunicipalPublicado.objects.get(corte__organo__ficticio=False).documento))


def test_dice_lo_que_cargo_y_repetir_no_crea_nada(dicho: list[str]) -> None:
    assert dicho == [
        "7 etapas en cada municipio; Corte al 10 de julio de 2020, publicado",
        "7 etapas en cada municipio; Corte de prueba (ficticio), en preparación",
    ]
    modelos = (Etapa, Anotacion, CorteMunicipal, Evento)
    antes = [modelo._default_manager.count() for modelo in modelos]
    otra: list[str] = []
    avance.cargar(otra.append)
    assert (otra, [modelo._default_manager.count() for modelo in modelos]) == ([], antes)


def test_cada_cifra_es_la_del_acta_y_no_hay_otra(leido: CorteLeido) -> None:
    publicado = {
        (e.clave, s.clave): s.municipios for e in leido.etapas for s in e.situaciones if s.municipios
    }
    assert publicado == {(etapa, situacion): cuantos for etapa, situacion, cuantos, _ in DEL_ACTA}


def test_los_datos_abiertos_dicen_las_mismas_cifras(dicho: list[str]) -> None:
    """Lo que se sabe por municipio y lo que solo en total, cada cosa en su conjunto y nada en dos."""
    por_municipio = Counter((f["etapa"], f["situacion"]) for f in tabla(ETAPAS, "ficticio=false").values())
    totales = {
        (f["etapa"], f["situacion"]): f["municipios"]
        for f in tabla(TOTALES, "organo=stl").values()
        if f["municipios"]
    }
    assert set(por_municipio) & set(totales) == set()
    assert por_municipio | totales == {(etapa, situacion): n for etapa, situacion, n, _ in DEL_ACTA}
    (salamanca,) = tabla(ETAPAS, "situacion=pendiente").values()
    assert (salamanca["municipio"], salamanca["municipio_nombre"]) == (SALAMANCA, "Salamanca")
    (capacitacion,) = tabla(CAPACITACIONES, "ficticio=false").values()
    campos = ("cuantos", "municipios_cuantos", "personas", "personas_literal", "personas_aproximado")
    assert [capacitacion[campo] for campo in campos] == [17, 45, 100, "más de 100", True]


def test_cada_etapa_suma_46(leido: CorteLeido) -> None:
    sumas = {e.clave: sum(s.municipios for s in e.situaciones) for e in leido.etapas}
    assert sumas == dict.fromkeys(("participacion", "convocatoria", "integracion", "lineamientos"), 46)


def test_de_un_municipio_solo_se_dice_lo_que_el_acta_dice(leido: CorteLeido) -> None:
    assert {etapa for _, etapa in leido.casillas} == {"participacion"}
    pendientes = {clave for (clave, _), c in leido.casillas.items() if c["situacion"] == "pendiente"}
    assert {leido.nombres[clave] for clave in pendientes} == {"Salamanca"}
    assert Municipio.objects.get(clave=SALAMANCA).nombre == "Salamanca"
    assert [e.clave for e in leido.etapas if e.solo_total] == ["convocatoria", "integracion", "lineamientos"]


def test_lo_que_el_acta_no_separa_no_se_menciona(leido: CorteLeido) -> None:
    activas = set(Etapa.objects.filter(organo__clave="stl").values_list("clave", flat=True))
    assert activas - {e.clave for e in leido.etapas} == {"instalacion", "capacitacion", "plan"}


def test_dice_de_que_acta_y_en_que_punto_se_presento(leido: CorteLeido) -> None:
    assert "renglones 109 a 126" in leido.fuente
    assert leido.presentado_en is not None
    assert "Informe de las acciones realizadas" in leido.presentado_en["texto"]
    assert Client().get(leido.presentado_en["url"]).status_code == 200


def test_las_capacitaciones_constan_como_se_dijeron() -> None:
    datos = avance.tomllib.loads(avance.ARCHIVO.read_text(encoding="utf-8"))["evento"]
    # S2:113-114: «17 capacitaciones vía remota, se han capacitado a 45 municipios y … más de 100 personas».
    dicho = ("cuantos", "municipios_cuantos", "personas", "personas_literal", "modalidad")
    assert [datos[campo] for campo in dicho] == [17, 45, 100, "más de 100", "remota"]


def test_el_evento_es_publico_y_no_nombra_municipios(dicho: list[str]) -> None:
    evento = Evento.objects.publicados().get()
    assert (evento.organo.clave, evento.municipios.count(), evento.municipios_cuantos) == ("stl", 0, 45)


def test_el_organo_ficticio_tiene_dos_cortes_que_comparar_y_uno_en_preparacion(dicho: list[str]) -> None:
    cortes = CorteMunicipal.objects.filter(organo__clave="demo").order_by("numero")
    assert [c.estado for c in cortes] == ["publicado", "publicado", "borrador"]
    assert all("(ficticio)" in corte.nombre for corte in cortes)
    primero, segundo = (leer(bytes(corte.publicacion.documento)) for corte in cortes[:2])
    assert [corte.fecha < cortes[2].fecha for corte in (primero, segundo)] == [True, True]
    for corte in (primero, segundo):
        assert {e.clave: e.suma for e in corte.etapas} == dict.fromkeys(
            ("convocatoria", "instalacion", "lineamientos"), 46
        )
    pagina = Client().get("/municipios/comparar/?organo=demo&antes=1&despues=2")
    texto = visible(pagina)
    assert "León" in texto
    assert "Órgano ficticio" in texto


def test_lo_ficticio_solo_habla_de_leon_lo_dice_y_no_toca_lo_real(dicho: list[str]) -> None:
    del_ficticio = Anotacion.objects.filter(etapa__organo__clave="demo")
    assert {(a.municipio_id, a.nota.startswith("Dato ficticio")) for a in del_ficticio} == {("11020", True)}
    assert not Anotacion.objects.filter(etapa__organo__clave="stl", nota__icontains="ficticio").exists()
    hoy = tomar(Organo.objects.get(clave="demo"), dt.date(2026, 1, 1))
    assert {c.vale.situacion for c in hoy.casillas.values()} == {"sin_informacion"}


def test_la_pagina_publica_dice_las_cifras_y_el_registro_cuadra(leido: CorteLeido) -> None:
    publicado = CorteMunicipalPublicado.objects.select_related("corte__organo").get(
        corte__organo__clave="stl"
    )
    texto = visible(Client().get(publicado.corte.get_absolute_url()))
    for etapa in leido.etapas:
        for s in etapa.situaciones:
            assert f"{s.nombre} {s.municipios}" in texto
    assert list(publicar.fallas()) == []


def test_los_renglones_citados_estan_en_el_archivo() -> None:
    """Cada renglón del acta del que sale una cifra se cita en los datos."""
    texto = Path(avance.ARCHIVO).read_text(encoding="utf-8")
    citados = {renglon for *_, renglones in DEL_ACTA for renglon in renglones.split("-")}
    assert {r for r in citados if r not in texto} == set()
