"""Buscar: qué se encuentra, en qué orden y cuánto se dice que hay. Corre igual en las dos bases."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stl_portal.buscador import buscar as modulo
from stl_portal.buscador import reindexar
from stl_portal.buscador.buscar import POR_PAGINA, buscar
from stl_portal.buscador.coincidencias import Filtros
from stl_portal.buscador.consulta import leer
from stl_portal.buscador.fuentes import Lugar
from stl_portal.buscador.models import Hallable, Pendiente
from tests.buscador.halla import al_dia, claves, en_orden, poner

pytestmark = pytest.mark.usefixtures("fuente_de_prueba")


def lugar(clave: str, titulo: str = "Título", texto: str = "", **mas: Any) -> Lugar:
    return Lugar(**{"clave": clave, "clase": "acta", "titulo": titulo, "url": "/", "texto": texto} | mas)


@pytest.mark.parametrize(
    ("q", "halladas"),
    [
        ("sesion", ["a", "b"]),
        ("SESIONES", ["a", "b"]),
        ("sesión presupuesto", ["b"]),
        ('"presupuesto de egresos"', ["b"]),
        ('"egresos de presupuesto"', []),
        ("presu", ["b"]),
        ("presu sesión", []),
        ("1.5.3", ["c"]),
        ("1.5", ["c"]),
        ("1.5.30", []),
        ("XVIII", ["a"]),
        ("XVII", []),
        ("STL/012/2020", ["c"]),
        ("la de y", []),
        ("niñez", ["c"]),
        ("ninez", ["c"]),
        ("zapato", []),
        ("clase", []),
        ("claseacta", []),
    ],
)
def test_se_encuentra_como_escribe_la_gente(q: str, halladas: list[str]) -> None:
    poner(
        lugar("a", "XVIII Sesión Ordinaria", "Se abrió."),
        lugar("b", "Acuerdo", "Las sesiones aprueban el Presupuesto de Egresos"),
        lugar("c", "Acción 1.5.3", "Oficio STL/012/2020 sobre la niñez"),
    )
    assert claves(q) == halladas


# Lo que el portal guarda: PostgreSQL no admite bytes nulos en un texto.
ESCRIBIBLE = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
HOSTILES = [
    '"',
    '"""',
    "*",
    "acta*",
    "NEAR(acta, 2)",
    "acta AND",
    "NOT acta",
    "raices: acta",
    "acta & | ! : ( )",
    "<-> acta",
    "acta\0acta",
    "'; DROP TABLE buscador_hallable; --",
    "%s %d {0}",
    "😀 🏛️",
    "a" * 10_000,
    "acta " * 5_000,
    "\ud800",
    "ﷺ" * 300,
    "-acta",
    "^acta",
    "acta OR",
    "\\",
]


@pytest.mark.parametrize("q", HOSTILES)
def test_nada_de_lo_que_escriban_es_un_error(q: str) -> None:
    poner(lugar("a", "Acta"))
    buscar(leer(q))
    assert Hallable.objects.filter(grupo="ensayo:1").count() == 1


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(ESCRIBIBLE, max_size=60))
def test_todo_texto_se_encuentra_por_si_mismo(texto: str) -> None:
    poner(lugar("a", "Relleno", texto))
    consulta = leer(texto)
    if consulta and len(consulta.partes) < 12:
        assert claves(texto) == ["a"]


def test_primero_el_titulo_luego_las_veces_y_lo_reciente() -> None:
    viejo, nuevo = dt.date(2019, 1, 1), dt.date(2024, 1, 1)
    poner(
        lugar("nueva", texto="agua", fecha=nuevo),
        lugar("vieja", texto="agua", fecha=viejo),
        lugar("repite", texto="agua agua agua", fecha=viejo),
        lugar("titulo", "Agua", fecha=viejo),
        lugar("ficticia", "Agua", "agua agua agua agua", fecha=nuevo, ficticio=True),
        lugar("donde", de_donde="Comisión del agua", fecha=nuevo),
    )
    assert en_orden("agua") == ["titulo", "repite", "nueva", "vieja", "donde", "ficticia"]


def test_lo_que_no_tiene_fecha_esta_al_dia() -> None:
    poner(lugar("acta", texto="agua", fecha=dt.date(2099, 1, 1)), lugar("municipio", texto="agua"))
    assert en_orden("agua") == ["municipio", "acta"]


def test_los_filtros_se_suman() -> None:
    poner(
        lugar("a", "agua", organo="stl", fecha=dt.date(2020, 12, 31)),
        lugar("b", "agua", organo="stm-leon", fecha=dt.date(2020, 1, 1), clase="acuerdo"),
        lugar("c", "agua", organo="stl", fecha=dt.date(2021, 1, 1), clase="acuerdo", ficticio=True),
        lugar("d", "agua"),
    )
    assert claves("agua", organo="stl") == ["a", "c"]
    assert claves("agua", organo="stm-leon") == ["b"]
    assert claves("agua", organo="leon") == []
    assert claves("agua", clase="acuerdo") == ["b", "c"]
    assert claves("agua", anio=2020) == ["a", "b"]
    assert claves("agua", anio=2021) == ["c"]
    assert claves("agua", anio=2021, clase="acuerdo", organo="stl") == ["c"]
    assert claves("agua", anio=1999) == []


def test_las_cuentas_dicen_cuantos_hay_de_cada_clase_organo_y_anio() -> None:
    poner(
        *(lugar(f"a{n}", "agua", organo="stl", fecha=dt.date(2020, 1, 1)) for n in range(3)),
        lugar("b", "agua", clase="acuerdo", fecha=dt.date(2021, 1, 1)),
    )
    hallado = buscar(leer("agua"))
    assert (hallado.lugares, hallado.total, hallado.hay_mas) == (4, 4, False)
    assert dict(hallado.clases) == {"acta": 3, "acuerdo": 1}
    assert dict(hallado.organos) == {"stl": 3}
    assert dict(hallado.anios) == {2020: 3, 2021: 1}


def test_los_lugares_de_un_documento_van_juntos_y_se_piden_todos() -> None:
    poner(
        lugar("acta:1", "Acta"),
        *(lugar(f"acta:1#p{n}", "Acta", "agua " * (n + 1)) for n in range(5)),
        lugar("acta:10#p1", "Acta", "agua"),
    )
    documentos = buscar(leer("agua")).documentos
    assert [(d.clave, d.total, len(d.lugares), d.faltan) for d in documentos] == [
        ("acta:1", 5, 3, 2),
        ("acta:10", 1, 1, 0),
    ]
    todos = buscar(leer("agua"), Filtros(documento="acta:1"))
    assert sorted(d.clave for d in todos.documentos) == [f"acta:1#p{n}" for n in range(5)]


def test_por_paginas_y_una_que_no_existe_no_falla() -> None:
    poner(*(lugar(f"a{n}", "agua") for n in range(POR_PAGINA + 3)))
    paginas = [buscar(leer("agua"), Filtros(), pagina) for pagina in (1, 2, 3)]
    assert [len(p.documentos) for p in paginas] == [POR_PAGINA, 3, 0]
    assert len({d.clave for p in paginas for d in p.documentos}) == POR_PAGINA + 3
    assert {p.total for p in paginas} == {POR_PAGINA + 3}


def test_de_mas_que_el_tope_se_ordenan_los_reales_y_recientes_y_lo_dice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(modulo, "TOPE", 3)
    monkeypatch.setattr(modulo.coincidencias, "__defaults__", (3,))
    poner(
        *(lugar(f"real{anio}", "agua", fecha=dt.date(anio, 1, 1)) for anio in (2018, 2019, 2020)),
        lugar("ficticia", "agua", fecha=dt.date(2025, 1, 1), ficticio=True),
    )
    hallado = buscar(leer("agua"))
    assert [d.clave for d in hallado.documentos] == ["real2020", "real2019", "real2018"]
    assert (hallado.lugares, hallado.hay_mas) == (3, True)


def test_si_nada_lo_dice_todo_sale_lo_que_dice_mas() -> None:
    poner(
        lugar("dos", texto="agua y drenaje"),
        lugar("una", texto="agua"),
        lugar("tres", texto="agua, drenaje y parques", clase="acuerdo"),
    )
    hallado = buscar(leer("agua drenaje pozos"))
    assert (sorted(d.clave for d in hallado.documentos), hallado.faltando) == (["dos", "tres"], 1)
    assert buscar(leer("agua drenaje parques")).faltando == 0
    entre_acuerdos = buscar(leer("agua pozos norias"), Filtros(clase="acuerdo"))
    assert ([d.clave for d in entre_acuerdos.documentos], entre_acuerdos.faltando) == (["tres"], 2)
    assert buscar(leer("pozos norias")).documentos == []
    assert claves("agua pozos") == []


def test_dos_claves_con_el_mismo_numero_no_se_pisan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reindexar, "numero", lambda *_, **__: (1 << 41) - 1)
    poner(lugar("a", "agua"), lugar("b", "agua"), lugar("c", "agua"))
    assert claves("agua") == ["a", "b", "c"]
    assert set(Hallable.objects.values_list("numero", flat=True)) == {(1 << 41) - 1, 0, 1}
    poner(lugar("b", "agua"), lugar("c", "drenaje"), lugar("d", "agua"))
    assert (claves("agua"), claves("drenaje")) == (["b", "d"], ["c"])
    assert al_dia()


def test_de_una_fuente_que_falla_no_queda_nada_viejo_y_se_reintenta(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    poner(lugar("a", "agua"))
    sana = reindexar.FUENTES["ensayo"]

    def falla(_: str) -> list[Lugar]:
        raise ValueError("falla a propósito")

    monkeypatch.setitem(reindexar.FUENTES, "ensayo", dataclasses.replace(sana, de=falla))
    reindexar.anotar(["ensayo:1"])
    assert claves("agua") == []
    assert "No se pudo rehacer «ensayo:1»" in caplog.text
    monkeypatch.setitem(reindexar.FUENTES, "ensayo", sana)
    assert claves("agua") == ["a"]
    assert not Pendiente.objects.exists()


def test_lo_que_cambia_se_sustituye_y_lo_que_se_va_deja_de_estar() -> None:
    poner(lugar("a", "agua", fecha=dt.date(2020, 1, 1)), lugar("b", "agua"))
    poner(lugar("a", "drenaje", fecha=dt.date(2021, 1, 1)))
    assert (claves("agua"), claves("drenaje")) == ([], ["a"])
    assert al_dia()
    poner()
    assert claves("drenaje") == []


def test_rehacer_lo_que_no_cambio_no_escribe_nada() -> None:
    poner(lugar("a", "agua"))
    with connection.execute_wrapper(_solo_lecturas):
        reindexar.rehacer(["ensayo:1"])


def _solo_lecturas(ejecutar: Any, sql: str, params: Any, many: bool, contexto: Any) -> Any:
    assert sql.split()[0] in {"SELECT", "SAVEPOINT", "RELEASE"}, sql
    return ejecutar(sql, params, many, contexto)


@pytest.mark.parametrize("cuantos", [1, 60])
def test_buscar_cuesta_tres_consultas(cuantos: int, django_assert_num_queries: Any) -> None:
    """Lo anotado, lo que coincide y la página; en PostgreSQL, además, de cuándo a cuándo hay."""
    poner(*(lugar(f"a{n}", "agua") for n in range(cuantos)))
    with django_assert_num_queries(4 if connection.vendor == "postgresql" else 3):
        buscar(leer("agua"))
