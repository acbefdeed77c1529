"""Cada forma se relee igual a las filas, sin fórmulas, por lotes y sin que la memoria crezca."""

import json
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import islice

import pytest
from pytest_django import DjangoAssertNumQueries

from stl_portal.datos import formas, libro
from stl_portal.datos.escritura import numero
from stl_portal.datos.filtros import Seleccion
from stl_portal.datos.registro import LOTE, Columna, Conjunto, Fila, Tipo
from tests.datos import releer
from tests.datos.muestra import INCOMODOS, crear

EJECUTAN = ("=", "+", "-", "@", "\t", "\r")


def _todo(trozos: Iterator[bytes]) -> bytes:
    return b"".join(trozos)


@pytest.mark.parametrize("cuantas", [0, 1, len(INCOMODOS), LOTE + 1])
def test_csv_json_y_xlsx_se_releen_iguales_a_las_filas(muestra: Conjunto, cuantas: int) -> None:
    crear(cuantas)
    crear(3, desde=cuantas, estado="fallido")
    filas = list(Seleccion(muestra).filas())
    esperadas = releer.normales(muestra, filas)
    assert len(esperadas) == cuantas
    assert releer.de_csv(muestra, _todo(formas.en_csv(muestra, filas))) == esperadas
    assert releer.de_json(muestra, _todo(formas.en_json(muestra, filas))) == esperadas
    en_xlsx = releer.de_xlsx(muestra, _todo(formas.en_xlsx(muestra, filas)))
    assert en_xlsx == releer.como_en_xlsx(esperadas)


def test_el_csv_tiene_marca_renglones_de_windows_y_ninguna_formula(muestra: Conjunto) -> None:
    crear(len(INCOMODOS))
    contenido = _todo(formas.en_csv(muestra, Seleccion(muestra).filas()))
    primera, segunda, *_ = contenido.split(b"\r\n")
    assert primera.decode() == "\ufeff" + ",".join(muestra.nombres)
    assert segunda.decode() == (
        'aviso/0,"\'=HYPERLINK(""http://malo.example"")",pendiente,0,0,false,2026-03-01,10:30,'
        "2026-03-01T10:30:00-06:00,,https://portal.example/aviso/0"
    )
    celdas = [celda for fila in releer.csv.reader(contenido.decode().splitlines()) for celda in fila]
    assert [celda for celda in celdas if celda.startswith(EJECUTAN)] == []


def test_un_numero_negativo_sigue_siendo_numero(muestra: Conjunto) -> None:
    columnas = (muestra.columnas[0], Columna("saldo", Tipo.ENTERO, "Saldo", "Puede ser negativo."))
    conjunto = Conjunto(**{**vars(muestra), "columnas": columnas})
    assert _todo(formas.en_csv(conjunto, [("a", -5)])).endswith(b"a,-5\r\n")


@pytest.mark.parametrize(
    ("escrito", "valor"), [("42.5", "42.50"), ("1200", "1200"), ("0", "0.00"), ("-3", "-3.0")]
)
def test_un_numero_va_sin_exponente_ni_ceros_de_sobra(escrito: str, valor: str) -> None:
    assert numero(Decimal(valor)) == escrito


def test_el_json_lleva_numeros_y_no_textos(muestra: Conjunto) -> None:
    crear(4)
    (*_, ultima) = json.loads(_todo(formas.en_json(muestra, Seleccion(muestra).filas())))
    assert ultima == {
        "id": "aviso/3",
        "asunto": "@SUM(A1)",
        "estado": "enviado",
        "intentos": 3,
        "parte": 0.75,
        "salio": True,
        "dia": "2026-03-04",
        "hora": "10:30",
        "creado_el": "2026-03-04T10:30:00-06:00",
        "enviado_el": "2026-03-01T10:30:00-06:00",
        "liga": "https://portal.example/aviso/3",
    }


def test_lo_que_no_cabe_en_una_hoja_sigue_en_otra(muestra: Conjunto, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libro, "POR_HOJA", 2)
    crear(5)
    contenido = _todo(formas.en_xlsx(muestra, Seleccion(muestra).filas()))
    abierto = releer.openpyxl.load_workbook(releer.io.BytesIO(contenido), read_only=True)
    assert abierto.sheetnames == ["muestra", "muestra 2", "muestra 3", "diccionario"]
    por_hoja = [[f[0] for f in hoja.iter_rows(values_only=True)][1:] for hoja in abierto.worksheets[:3]]
    assert por_hoja == [["aviso/0", "aviso/1"], ["aviso/2", "aviso/3"], ["aviso/4"]]


def test_lo_muy_largo_se_corta_solo_en_el_xlsx(muestra: Conjunto) -> None:
    columnas = (muestra.columnas[0], Columna("texto", Tipo.TEXTO, "Texto", "Largo."))
    conjunto = Conjunto(**{**vars(muestra), "columnas": columnas})
    largo = "x" * 40_000
    filas: list[Fila] = [("a", largo)]
    assert releer.de_csv(conjunto, _todo(formas.en_csv(conjunto, filas))) == [["a", largo]]
    ((_, cortado),) = releer.de_xlsx(conjunto, _todo(formas.en_xlsx(conjunto, filas)))
    assert cortado == "x" * 32_766 + "…"


@pytest.mark.parametrize(("filas", "consultas"), [(1, 1), (LOTE - 1, 1), (LOTE, 2), (2 * LOTE + 1, 3)])
def test_una_consulta_por_lote(
    muestra: Conjunto, django_assert_num_queries: DjangoAssertNumQueries, filas: int, consultas: int
) -> None:
    crear(filas)
    with django_assert_num_queries(consultas):
        assert len(_todo(formas.en_csv(muestra, Seleccion(muestra).filas())).splitlines()) >= filas


@pytest.mark.apariencia
@pytest.mark.parametrize(
    ("escribir", "cuantas", "pesan"),
    [
        (formas.en_csv, 100_000, 9_000_000),
        (formas.en_json, 40_000, 9_000_000),
        (formas.en_xlsx, 8_000, 300_000),
    ],
    ids=["csv", "json", "xlsx"],
)
def test_la_memoria_no_crece_con_las_filas(
    muestra: Conjunto,
    escribir: Callable[[Conjunto, Iterable[Fila]], Iterator[bytes]],
    cuantas: int,
    pesan: int,
) -> None:
    crear(cuantas)
    _todo(escribir(muestra, []))  # lo que se carga una sola vez no cuenta
    poco, _ = _pico(escribir(muestra, islice(Seleccion(muestra).filas(), cuantas // 10)))
    todo, peso = _pico(escribir(muestra, Seleccion(muestra).filas()))
    assert peso > pesan
    assert todo < poco * 1.2


def _pico(trozos: Iterator[bytes]) -> tuple[int, int]:
    """Lo más que se tuvo en memoria al escribirlos, y lo que pesan, en bytes."""
    tracemalloc.start()
    peso = sum(len(trozo) for trozo in trozos)
    _, pico = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return pico, peso
