"""Los 46 municipios: carga, lista con búsqueda y orden, y página de cada uno."""

import io
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from municipios import carga
from municipios.models import Municipio
from sesiones.models import Denominacion, Organo

Pagina = Callable[[str], list[str]]


@pytest.fixture
def cargados(db: None) -> None:
    carga.cargar()


@pytest.fixture
def nombres(client: Client) -> Pagina:
    """Nombres que muestra la lista con esa consulta, en su orden."""

    def pedir(consulta: str = "") -> list[str]:
        respuesta = client.get(f"/municipios/{consulta}")
        assert respuesta.status_code == 200
        return [fila.municipio.nombre for fila in respuesta.context["filas"]]

    return pedir


@pytest.mark.django_db
def test_se_cargan_los_46_una_sola_vez_y_se_dice() -> None:
    dicho = [io.StringIO(), io.StringIO()]
    for salida in dicho:
        call_command("cargar_municipios", stdout=salida)
    assert "46" in dicho[0].getvalue()
    assert "ya estaban" in dicho[1].getvalue()
    claves = list(Municipio.objects.values_list("clave", flat=True))
    assert claves == [str(clave) for clave in range(11001, 11047)]


@pytest.mark.usefixtures("cargados")
def test_cargar_de_nuevo_respeta_lo_corregido_a_mano() -> None:
    Municipio.objects.filter(clave="11037").update(cabecera="Silao")
    carga.cargar()
    assert Municipio.objects.get(clave="11037").cabecera == "Silao"


@pytest.mark.usefixtures("cargados")
@pytest.mark.parametrize("ruta", ["/municipios/", "/municipios/?q=leon", "/municipios/?q=zzz"])
def test_sin_cortes_la_lista_hace_dos_consultas_con_muchos_con_uno_y_con_ninguno(
    ruta: str, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        client.get(ruta)


@pytest.mark.usefixtures("cargados")
def test_se_busca_sin_acentos_ni_mayusculas_por_nombre_cabecera_o_clave(nombres: Pagina) -> None:
    assert nombres("?q=LEON") == ["León", "Moroleón"]
    assert nombres("?q=juventino+cruz") == ["Santa Cruz de Juventino Rosas"]
    assert nombres("?q=de+los+aldama") == ["León"]
    assert nombres("?q=11020") == ["León"]


@pytest.mark.usefixtures("cargados")
def test_se_alfabetiza_sin_que_los_acentos_manden_al_final(nombres: Pagina) -> None:
    lista = nombres("")
    assert len(lista) == 46
    assert lista.index("Pénjamo") < lista.index("Pueblo Nuevo") < lista.index("Purísima del Rincón")
    assert nombres("?orden=-nombre") == lista[::-1]
    assert nombres("?orden=clave")[0] == "Abasolo"


@pytest.mark.usefixtures("cargados")
def test_los_encabezados_dicen_como_esta_ordenada_y_conservan_lo_buscado(client: Client) -> None:
    columnas = client.get("/municipios/", {"q": "san", "orden": "clave"}).context["columnas"]
    assert [columna.orden for columna in columnas] == ["none", "ascending", "none"]
    assert [columna.url for columna in columnas] == [
        "?q=san&orden=nombre#tabla",
        "?q=san&orden=-clave#tabla",
        "?q=san&orden=cabecera#tabla",
    ]


@pytest.mark.usefixtures("cargados")
def test_una_busqueda_sin_resultados_lo_explica_y_escapa_lo_escrito(client: Client) -> None:
    texto = client.get("/municipios/", {"q": "<script>x"}).content.decode()
    assert "Ningún municipio coincide" in texto
    assert "<script>x" not in texto


@pytest.mark.usefixtures("cargados")
@pytest.mark.parametrize("mala", ["q=%00", "q=" + "a" * 5000, "q=%5B%28%2A", "orden=-cabecera", "orden="])
def test_una_consulta_rara_no_rompe_la_lista(mala: str, client: Client) -> None:
    assert client.get(f"/municipios/?{mala}").status_code == 200


@pytest.mark.usefixtures("cargados")
@pytest.mark.parametrize(
    "malo", ["orden=%00", "orden=inexistente", "etapa=convocatoria", "situacion=cumplido"]
)
def test_sin_cortes_lo_que_no_se_puede_pedir_es_422_y_se_ve_la_lista(malo: str, client: Client) -> None:
    respuesta = client.get(f"/municipios/?{malo}")
    assert (respuesta.status_code, len(respuesta.context["filas"])) == (422, 46)
    assert list(respuesta.context["filtro"].errors) == [malo.partition("=")[0]]
    assert '<a href="#tabla">' in respuesta.content.decode()


@pytest.mark.usefixtures("cargados")
def test_la_pagina_muestra_solo_lo_que_se_sabe(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(6):
        texto = client.get("/municipios/11020/").content.decode()
    for dato in ("León", "11020", "León de los Aldama", "° N, 101."):
        assert dato in texto
    assert "Sin secretariado registrado en este portal" in texto
    assert "GeoNames" in texto
    assert "%" not in texto.split("<main", 1)[1].split("</main>", 1)[0]


@pytest.mark.usefixtures("cargados")
def test_la_pagina_enlaza_al_secretariado_si_el_portal_lo_aloja(client: Client) -> None:
    organo = Organo.objects.create(clave="stm-leon", clase="municipal", clave_municipio="11020")
    Denominacion.objects.create(
        organo=organo, nombre="Secretariado de León", nombre_corto="STM", siglas="STM"
    )
    texto = client.get("/municipios/11020/").content.decode()
    assert '<a href="/sesiones/stm-leon/">Secretariado de León</a>' in texto
    assert "Secretariado de León" not in client.get("/municipios/11037/").content.decode()


@pytest.mark.usefixtures("cargados")
@pytest.mark.parametrize("clave", ["11047", "99999", "leon", "1101'"])
def test_una_clave_que_no_existe_es_404(clave: str, client: Client) -> None:
    assert client.get(f"/municipios/{clave}/").status_code == 404
