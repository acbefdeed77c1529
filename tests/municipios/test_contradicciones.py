"""Dos etapas que no pueden ser ciertas a la vez se advierten donde se capturan; nunca impiden anotar."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from municipios.avance import Sabido
from municipios.captura.contradicciones import contradicen, pares
from municipios.cortes import preparar
from municipios.cortes.preparar import Como, DeEtapa
from municipios.cortes.publicar import pendientes
from municipios.cuadro import tomar
from municipios.models import Anotacion, Etapa, Municipio, Situacion
from tests.municipios.fabricas import LEON, anotar, crear_etapas
from tests.municipios.pegado import HOY
from tests.personas import DIA, Reparto

MATRIZ = "/gestion/municipios/prueba/"
FRASE = "Instalacion dice «Instalado». Integracion dice «No iniciado». Revisa cuál es cierta."


@pytest.fixture
def etapas(reparto: Reparto) -> list[Etapa]:
    """Integración y una instalación que consta en un hecho; ambas se cumplen con «instalado»."""
    integracion, instalacion, plan = crear_etapas(reparto.organo, "integracion", "instalacion", "plan")
    Etapa.objects.filter(pk=instalacion.pk).update(hecho="instalacion")
    for etapa, nombre in ((integracion, "Integrado e instalado"), (instalacion, "Instalado")):
        Situacion.objects.filter(etapa=etapa, clave="cumplido").update(clave="instalado", nombre=nombre)
    return [integracion, instalacion, plan]


def sabido(etapa: Etapa, clave: str) -> Sabido:
    return Sabido(clave, etapa.situaciones.get(clave=clave).avance)


@pytest.mark.parametrize(
    ("integracion", "instalacion", "hay"),
    [
        ("no_iniciado", "instalado", True),
        ("en_proceso", "instalado", True),
        ("instalado", "no_iniciado", True),
        ("instalado", "instalado", False),
        ("no_iniciado", "en_proceso", False),
        ("sin_informacion", "instalado", False),  # no saber no contradice
        ("instalado", "sin_informacion", False),
    ],
)
def test_solo_si_una_lo_dice_y_la_otra_dice_otra_cosa(
    reparto: Reparto, etapas: list[Etapa], integracion: str, instalacion: str, hay: bool
) -> None:
    cuadro = tomar(reparto.organo, DIA)
    situaciones = (integracion, instalacion, "no_iniciado")
    valen = {e.pk: sabido(e, s) for e, s in zip(etapas, situaciones, strict=True)}
    assert set(contradicen(pares(cuadro.etapas), valen)) == ({etapas[0].pk, etapas[1].pk} if hay else set())


def test_de_las_demas_etapas_no_se_deduce_nada(reparto: Reparto, etapas: list[Etapa]) -> None:
    """«Cumplido» a secas no dice qué, y sin el hecho de la instalación no consta de qué hablan."""
    Situacion.objects.filter(clave="instalado").update(clave="cumplido")
    assert pares(tomar(reparto.organo, DIA).etapas) == []
    Situacion.objects.filter(avance="cumplido").update(clave="listo")
    Etapa.objects.update(hecho="")
    assert pares(tomar(reparto.organo, DIA).etapas) == []


def test_la_matriz_y_la_casilla_lo_dicen_y_se_sigue_anotando(
    facilitadora: Client, etapas: list[Etapa]
) -> None:
    anotar(etapas[0], LEON, "no_iniciado")
    assert "data-contra" not in facilitadora.get(MATRIZ).text
    datos = {"situacion": etapas[1].situaciones.get(clave="instalado").pk, "fecha": HOY.isoformat()}
    ruta = f"{MATRIZ}{LEON}/instalacion/"
    suelta = {"X-Autoguardado": "1"}
    hecho = facilitadora.post(ruta, datos | {"al": HOY.isoformat(), "version": "0"}, headers=suelta)
    assert hecho.status_code == 200
    assert FRASE in hecho.json()["casilla"]
    [vecina] = hecho.json()["vecinas"]
    assert FRASE in vecina
    assert f'data-url="{MATRIZ}{LEON}/integracion/"' in vecina
    assert Anotacion.objects.count() == 2
    assert facilitadora.get(MATRIZ).text.count("data-contra") == 2
    assert FRASE in facilitadora.get(f"{MATRIZ}{LEON}/integracion/").text


def test_al_pegar_se_advierte_y_se_puede_aplicar(facilitadora: Client, etapas: list[Etapa]) -> None:
    celdas = f"clave_inegi\tintegracion\tinstalacion\n{LEON}\tNo iniciado\tInstalado\n11001\t\tInstalado"
    pagina = facilitadora.post(f"{MATRIZ}pegar/", {"celdas": celdas, "fecha": HOY.isoformat()})
    assert pagina.status_code == 200
    assert [fila.contradice for fila in pagina.context["revision"].filas] == [[FRASE], []]
    assert pagina.text.count("No concuerda") == 1
    assert "Aplicar 3 cambios" in pagina.text


@pytest.mark.parametrize("municipios", [1, 46])
def test_advertir_no_cuesta_consultas(
    facilitadora: Client,
    etapas: list[Etapa],
    municipios: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for municipio in Municipio.objects.all()[:municipios]:
        anotar(etapas[0], municipio.pk, "no_iniciado")
        anotar(etapas[1], municipio.pk, "instalado")
    with django_assert_num_queries(17):
        pagina = facilitadora.get(MATRIZ)
    assert pagina.text.count("data-contra") == 2 * municipios


def test_antes_de_publicar_un_corte_se_advierte_y_no_se_impide(reparto: Reparto, etapas: list[Etapa]) -> None:
    claves = list(Municipio.objects.order_by("nombre").values_list("pk", "nombre")[:7])
    for clave, _ in claves:
        anotar(etapas[0], clave, "no_iniciado")
        anotar(etapas[1], clave, "instalado")
    corte = preparar.abrir(reparto.organo, nombre="Corte", fecha=HOY, fuente="Lo anotado")
    avisos = [p for p in pendientes(corte, tomar(reparto.organo, HOY), HOY) if "concuerdan" in p.frase]
    assert len(avisos) == 1
    assert avisos[0].frase.startswith("Instalacion e Integracion no concuerdan en ")
    assert "2 más: revisa cuál es cierta." in avisos[0].frase
    assert not avisos[0].impide
    preparar.guardar_etapas(corte, corte.version, {etapas[0].pk: DeEtapa(Como.FUERA)}, None)
    corte.refresh_from_db()
    assert not [p for p in pendientes(corte, tomar(reparto.organo, HOY), HOY) if "concuerdan" in p.frase]
