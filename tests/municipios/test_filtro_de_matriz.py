"""Qué parte de la matriz se mira: se pide por la dirección, sin JavaScript, y se conserva al guardar."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html
from pytest_django import DjangoAssertNumQueries

from municipios.models import Anotacion, Etapa
from tests.municipios.fabricas import LEON, anotar

MATRIZ = "/gestion/municipios/prueba/"


def filas(respuesta: Any) -> list[str]:
    """Los municipios a la vista, por su clave."""
    renglones = html.fromstring(respuesta.text).xpath("//tbody/tr[not(@hidden)]/@data-nombre")
    return [nombre.rpartition(" ")[2] for nombre in renglones]


def columnas(respuesta: Any) -> set[str]:
    """Las etapas a la vista en todos los renglones, también en el de totales."""
    pagina = html.fromstring(respuesta.text)
    por_renglon = [set(tr.xpath("./*[@data-etapa][not(@hidden)]/@data-etapa")) for tr in pagina.xpath("//tr")]
    assert all(etapas == por_renglon[0] for etapas in por_renglon)
    return por_renglon[0]


@pytest.mark.parametrize(
    ("q", "claves"),
    [
        ("leon", ["11020", "11021"]),  # también Moroleón
        ("LEÓN 11020", ["11020"]),
        ("allende miguel", ["11003"]),
        ("11046", ["11046"]),
        ("nadie se llama así", []),
    ],
)
def test_por_nombre_sin_acentos_y_en_cualquier_orden(
    facilitadora: Client, etapas: list[Etapa], q: str, claves: list[str]
) -> None:
    pagina = facilitadora.get(MATRIZ, {"q": q})
    assert filas(pagina) == claves
    assert columnas(pagina) == {"convocatoria", "instalacion"}


def test_un_nombre_en_blanco_no_filtra(facilitadora: Client, etapas: list[Etapa]) -> None:
    assert len(filas(facilitadora.get(MATRIZ, {"q": "  \x00 "}))) == 46


def test_una_sola_etapa_y_sus_totales_de_los_46(facilitadora: Client, etapas: list[Etapa]) -> None:
    pagina = facilitadora.get(MATRIZ, {"etapa": "instalacion", "q": "leon"})
    assert columnas(pagina) == {"instalacion"}
    assert len(filas(pagina)) == 2
    assert "Suman <b>46</b>" in pagina.text
    assert "Se muestran 2 de 46 municipios." in pagina.text


@pytest.mark.parametrize(
    ("etapa", "situacion", "claves"),
    [
        ("", "en_proceso", ["11001", "11002"]),
        ("convocatoria", "en_proceso", ["11001"]),
        ("", "instalacion:en_proceso", ["11002"]),
        ("instalacion", "instalacion:en_proceso", ["11002"]),
        ("", "cumplido", []),
    ],
)
def test_por_situacion_en_alguna_etapa_o_en_una(
    facilitadora: Client, etapas: list[Etapa], etapa: str, situacion: str, claves: list[str]
) -> None:
    anotar(etapas[0], "11001", "en_proceso")
    anotar(etapas[1], "11002", "en_proceso")
    assert filas(facilitadora.get(MATRIZ, {"etapa": etapa, "situacion": situacion})) == claves


def test_la_situacion_de_otra_etapa_no_se_ofrece_ni_se_acepta(
    facilitadora: Client, etapas: list[Etapa]
) -> None:
    pagina = facilitadora.get(MATRIZ, {"etapa": "instalacion", "situacion": "convocatoria:en_proceso"})
    frase = "«En proceso» es de Convocatoria, no de Instalacion: no se filtró por situación."
    assert frase in pagina.text
    assert (len(filas(pagina)), columnas(pagina)) == (46, {"instalacion"})
    grupos = html.fromstring(pagina.text).xpath("//optgroup[not(@disabled)]/@data-de")
    assert grupos == ["", "instalacion"]


def test_sin_informacion_encuentra_lo_que_falta_por_capturar(
    facilitadora: Client, etapas: list[Etapa]
) -> None:
    for etapa in etapas:
        anotar(etapa, LEON, "cumplido")
    anotar(etapas[0], "11001", "cumplido")
    vistas = filas(facilitadora.get(MATRIZ, {"situacion": "sin_informacion"}))
    assert (len(vistas), LEON in vistas, "11001" in vistas) == (45, False, True)


@pytest.mark.parametrize("valor", ["x", "x:y", ":", "\x00", "convocatoria:nada", "9" * 500])
def test_lo_que_no_se_entiende_no_filtra(facilitadora: Client, etapas: list[Etapa], valor: str) -> None:
    pagina = facilitadora.get(MATRIZ, {"etapa": valor, "situacion": valor})
    assert len(filas(pagina)) == 46
    assert columnas(pagina) == {"convocatoria", "instalacion"}


def envio(etapa: Etapa, situacion: str) -> dict[str, str]:
    """Un cambio en León."""
    elegida = etapa.situaciones.get(clave=situacion)
    return {
        f"c-{LEON}-{etapa.pk}": str(elegida.pk),
        "fecha": timezone.localdate().isoformat(),
        "visto": "",
    }


def test_al_guardar_se_vuelve_a_lo_mismo(facilitadora: Client, etapas: list[Etapa]) -> None:
    pagina = facilitadora.get(MATRIZ, {"q": "león", "etapa": "convocatoria"})
    accion = html.fromstring(pagina.text).xpath("//form[@data-matriz]/@action")[0]
    respuesta = facilitadora.post(accion, envio(etapas[0], "cumplido"), follow=True)
    assert Anotacion.objects.get().situacion.clave == "cumplido"
    assert (filas(respuesta), columnas(respuesta)) == (["11020", "11021"], {"convocatoria"})


def test_lo_que_no_se_guardo_sigue_a_la_vista_aunque_ya_no_cumpla(
    facilitadora: Client, etapas: list[Etapa]
) -> None:
    filtrada = f"{MATRIZ}?etapa=instalacion&situacion=cumplido"
    anotar(etapas[0], LEON, "no_iniciado")
    pagina = facilitadora.post(filtrada, envio(etapas[0], "cumplido"))
    assert pagina.status_code == 409
    assert LEON in filas(pagina)
    assert columnas(pagina) == {"convocatoria", "instalacion"}
    assert "Otra persona anotó «No iniciado» mientras tanto." in pagina.text
    assert LEON not in filas(facilitadora.get(filtrada))


def test_filtrar_no_cuesta_consultas(
    facilitadora: Client, etapas: list[Etapa], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(15):
        facilitadora.get(MATRIZ, {"q": "a", "etapa": "convocatoria", "situacion": "convocatoria:cumplido"})
