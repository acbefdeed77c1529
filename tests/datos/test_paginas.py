"""Las páginas de los datos: qué dicen de cada conjunto y cuántas consultas cuestan con poco y con mucho."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from stl_portal.datos import ficha, grafica, versiones
from stl_portal.datos.filtros import Seleccion
from stl_portal.datos.registro import CONJUNTOS, Columna, Conjunto, Tipo
from tests.datos.muestra import INCOMODOS, crear


def _pagina(client: Client, url: str) -> str:
    respuesta = client.get(url)
    assert respuesta.status_code == 200
    return respuesta.content.decode()


@pytest.mark.parametrize("cuantas", [1, 40])
@pytest.mark.parametrize(
    ("url", "consultas"), [("/datos/", 1), ("/datos/muestra/", 2), ("/datos/muestra/versiones/", 2)]
)
def test_mismas_consultas_con_una_o_muchas(
    client: Client,
    muestra: Conjunto,
    django_assert_num_queries: DjangoAssertNumQueries,
    url: str,
    consultas: int,
    cuantas: int,
) -> None:
    for n in range(1 if cuantas == 1 else 7):
        crear(cuantas, desde=n * cuantas)
        versiones.guardar(muestra, timezone.now())
    with django_assert_num_queries(consultas):
        _pagina(client, url)


def test_la_portada_de_los_datos_lista_todos_con_sus_formas(client: Client, muestra: Conjunto) -> None:
    crear(1200)
    versiones.guardar(muestra, timezone.now())
    pagina = _pagina(client, "/datos/")
    for clave, conjunto in CONJUNTOS.items():
        assert f'href="/datos/{clave}/">{conjunto.titulo}</a>' in pagina
        assert f'href="/datos/{clave}.csv"' in pagina
    assert "1\u202f200 filas" in pagina
    assert "Genera: Quien prueba" in pagina
    assert 'href="https://datos.gob.mx/libreusomx" rel="license external"' in pagina


def test_la_pagina_de_un_conjunto_dice_todo_lo_suyo(client: Client, muestra: Conjunto) -> None:
    crear(30)
    version = versiones.guardar(muestra, timezone.now())
    assert version
    pagina = _pagina(client, "/datos/muestra/")
    for dicho in (
        "Avisos que sirven de muestra.",
        "Quien prueba",
        "Las primeras 20 filas",
        "Las 11 columnas de «Muestra»",
        "<code>enviado</code>: Enviado",
        "Unidad: intentos.",
        "Ejemplo: aviso/1",
        "Filas por estado",
        'href="/datos/muestra/versiones/1.csv"',
        'href="/datos/muestra.esquema.json"',
        "http://127.0.0.1:8000/api/v1/muestra/",
        "read_csv(&quot;http://127.0.0.1:8000/datos/muestra.csv&quot;",
        version.huella,
    ):
        assert dicho in pagina or dicho.replace("&quot;", '"') in pagina, dicho
    assert "aviso/<wbr>19" in pagina
    assert "aviso/<wbr>20" not in pagina
    assert "destinataria-secreta" not in pagina


def test_los_filtros_se_ven_en_la_previa_y_siguen_en_las_descargas(client: Client, muestra: Conjunto) -> None:
    crear(6)
    pagina = _pagina(client, "/datos/muestra/?estado=enviado&anio=2026&salio=")
    assert "3 filas en total con esos filtros." in pagina
    assert 'href="/datos/muestra.csv?estado=enviado&amp;anio=2026"' in pagina
    assert '<option value="enviado" selected>' in pagina
    assert "Ninguna fila cumple esos filtros" in _pagina(client, "/datos/muestra/?anio=1999")


def test_a_quien_se_equivoca_de_direccion_se_le_sugiere_el_conjunto(
    client: Client, muestra: Conjunto
) -> None:
    respuesta = client.get("/datos/acuerdo/")
    assert respuesta.status_code == 404
    assert 'href="/datos/acuerdos/"' in respuesta.content.decode()


def test_el_mapa_del_sitio_lleva_cada_conjunto(client: Client, muestra: Conjunto) -> None:
    crear(1)
    version = versiones.guardar(muestra, timezone.now())
    assert version
    mapa = client.get("/sitemap/conjuntos-1.xml").content.decode()
    for clave in CONJUNTOS:
        assert f"<loc>http://127.0.0.1:8000/datos/{clave}/</loc>" in mapa
    assert mapa.count("<lastmod>") == 1


def test_lo_que_dicen_las_filas_nunca_es_html(client: Client, muestra: Conjunto) -> None:
    crear(len(INCOMODOS))
    pagina = _pagina(client, "/datos/muestra/?asunto=%3C/script%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in pagina
    assert "<script>alert(1)" not in pagina


def test_la_previa_corta_lo_largo_y_dice_si_hay_mas(muestra: Conjunto) -> None:
    crear(1, asunto="x" * 200)
    previa = ficha.previa(Seleccion(muestra))
    assert [c.nombre for c in previa.columnas][:4] == ["id", "estado", "asunto", "intentos"]
    assert (previa.filas[0].id, previa.filas[0].celdas[1]) == ("aviso/0", "x" * ficha.LARGO + "…")
    assert not previa.hay_mas
    crear(ficha.PREVIAS, desde=1)
    previa = ficha.previa(Seleccion(muestra))
    assert (len(previa.filas), previa.hay_mas) == (ficha.PREVIAS, True)


def _cuenta(muestra: Conjunto, columna: Columna, valores: list[object], suma: str = "") -> list[grafica.Par]:
    columnas = (columna, Columna("peso", Tipo.NUMERO, "Peso", "Cuánto."))
    conjunto = Conjunto(**{**vars(muestra), "columnas": columnas, "grafica": (columna.nombre, suma)})
    cuenta = grafica.Cuenta(conjunto)
    assert len(list(cuenta.de((v, n) for n, v in enumerate(valores)))) == cuenta.filas == len(valores)  # type: ignore[misc]
    return cuenta.pares


def test_la_grafica_cuenta_o_suma_y_ordena(muestra: Conjunto) -> None:
    clase = Columna("clase", Tipo.TEXTO, "Clase", "De qué.", valores=(("a", "Una"), ("b", "Otra")))
    assert _cuenta(muestra, clase, ["b", "a", "b", None]) == [("Otra", 2), ("Sin dato", 1), ("Una", 1)]
    assert _cuenta(muestra, clase, ["b", "a", "b", None], "peso") == [
        ("Sin dato", 3),
        ("Otra", 2),
        ("Una", 1),
    ]
    anio = Columna("anio", Tipo.ENTERO, "Año", "Cuándo.")
    assert _cuenta(muestra, anio, [2024, 2022, 2024, None]) == [("2022", 1), ("2024", 2), ("Sin dato", 1)]
    muchas = _cuenta(muestra, Columna("nota", Tipo.TEXTO, "Nota", "Qué."), [f"n{i:02}" for i in range(20)])
    assert (len(muchas), muchas[-1]) == (grafica.CABEN, ("Los otros 9", 9))


def test_la_barra_mas_larga_ocupa_todo_y_las_demas_en_proporcion(muestra: Conjunto) -> None:
    dibujo = grafica.de(muestra, [("Una", 4.0), ("Otra", 1.0)])
    assert dibujo
    assert [(b.ancho, b.cifra) for b in dibujo.barras] == [(350, "4"), (87.5, "1")]
    assert dibujo.titulo == "Filas por estado"
    assert dibujo.filas == [("Una", "4"), ("Otra", "1")]
    assert grafica.de(muestra, [("Sola", 4.0)]) is None
