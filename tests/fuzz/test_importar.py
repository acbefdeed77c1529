"""Lo que se importa: archivos exportados y luego estropeados, y cada clase de celda."""

import datetime as dt
import hashlib
import io
import json
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import strategies as st
from openpyxl import Workbook

from stl_portal.traspaso import celdas, escritura, lectura, registro
from tests.personas import Reparto
from tests.traspaso.alterar import razones, renglones
from tests.traspaso.mundo import portal_completo
from tests.traspaso.recursos import TODOS, Nombramientos, Organos, Personas

from .campana import CUENTAS, TOTAL, blanco, exigir_frase, o_rechazo
from .mutar import armado, bytes_de, texto_de, zip_de

DE_VERDAD = tuple(registro.RECURSOS)
_DE_PRUEBA = {"organos": Organos, "personas": Personas, "nombramientos": Nombramientos}
LLENO = {r.clave: r for r in DE_VERDAD if r.clave in _DE_PRUEBA} if TOTAL else _DE_PRUEBA


def _filas(recurso: Any) -> list[list[str]]:
    """Encabezados y dos renglones con de todo."""
    ancho = len(recurso.encabezados())
    dichas = ["2026-03-18", "12", "true", 'Con "comillas", comas;\ny renglones', "42.5", "", "=1+1", "ñandú"]
    return [recurso.encabezados(), *([dichas[(n + i) % 8] for i in range(ancho)] for n in (0, 3))]


def _csv(recurso: Any) -> bytes:
    filas = [",".join('"' + celda.replace('"', '""') + '"' for celda in fila) for fila in _filas(recurso)]
    return ("\ufeff" + "\r\n".join(filas)).encode()


def _xlsx(recurso: Any) -> bytes:
    hecho, salida = Workbook(), io.BytesIO()
    for fila in _filas(recurso):
        hecho.active.append(fila)
    hecho.active.append([1.5, True, dt.date(2026, 3, 18), dt.datetime(2026, 3, 18, 10), 1e300])
    hecho.save(salida)
    return salida.getvalue()


def _de_todo(cuerpos: Mapping[str, bytes]) -> bytes:
    """El ZIP con esos CSV y el manifiesto que les corresponde."""
    dichos = [
        {"clave": clave, "archivo": f"{clave}.csv", "sha256": hashlib.sha256(cuerpo).hexdigest()}
        for clave, cuerpo in cuerpos.items()
    ]
    manifiesto = json.dumps({"formato": escritura.FORMATO, "recursos": dichos}).encode()
    return armado({f"{clave}.csv": c for clave, c in cuerpos.items()} | {escritura.MANIFIESTO: manifiesto})


def _con_cuerpo(recurso: Any) -> st.SearchStrategy[bytes]:
    """El CSV con sus encabezados sanos y lo demás estropeado: se llega más adentro."""
    cabeza, fin, cuerpo = _csv(recurso).partition(b"\r\n")
    return bytes_de(cuerpo).map(lambda roto: cabeza + fin + roto)


CUERPOS = {clave: _con_cuerpo(recurso) for clave, recurso in LLENO.items()}
PARES = st.sampled_from([*LLENO]).flatmap(
    lambda clave: st.tuples(st.just(LLENO[clave]), CUERPOS[clave] | bytes_de(_csv(LLENO[clave])))
)


@pytest.fixture(autouse=True, scope="module")
def _recursos_de_prueba() -> Iterator[None]:
    """Los pocos de las pruebas; la corrida larga lee renglones de todos."""
    with pytest.MonkeyPatch.context() as parche:
        if not TOTAL:
            parche.setattr(registro, "RECURSOS", TODOS)
        yield


def _leer(nombre: str, contenido: bytes, archivo: str, recurso: Any) -> None:
    """Como la primera vuelta de una importación: se lee todo, renglón por renglón."""

    def leido() -> list[Any]:
        formato = lectura.formato_de(archivo, contenido[:8])
        return [list(h.renglones) for h in lectura.hojas(io.BytesIO(contenido), formato, recurso)]

    for leidos in o_rechazo(nombre, lectura.ArchivoIlegible, leido) or ():
        assert all(isinstance(celda, str) for _, fila in leidos for celda in fila)


@blanco("csv", par=PARES)
def test_un_csv(par: tuple[Any, bytes]) -> None:
    _leer("csv", par[1], "a.csv", par[0])


@blanco(
    "xlsx",
    ejemplos=[{"caso": _xlsx(Organos)[-400:], "recurso": Organos}],  # su índice apunta antes del principio
    caso=zip_de(*map(_xlsx, LLENO.values())),
    recurso=st.sampled_from([*LLENO.values()]),
)
def test_un_xlsx(caso: bytes, recurso: Any) -> None:
    _leer("xlsx", caso, "a.xlsx", recurso)


@blanco(
    "zip-de-todo",
    caso=zip_de(_de_todo({c: _csv(r) for c, r in LLENO.items()}))
    | st.fixed_dictionaries(CUERPOS).map(_de_todo),
)
def test_un_zip_de_todo(caso: bytes) -> None:
    _leer("zip-de-todo", caso, "a.zip", None)


CELDAS = [clase() for _, clase in celdas._DE_CADA_CLASE] + [celdas.Celda()]
_INSTANTES = st.datetimes(
    dt.datetime(1900, 1, 1), dt.datetime(9000, 1, 1), timezones=st.just(dt.UTC)
)  # fmt: skip
DICHAS = texto_de(
    *["2026-03-18", "2026-03-18T10:00:00-06:00", "10:00", "12", "42.5", "true", "aG9sYQ==", "sí", "-0.000"],
    *["9999-12-31T23:59:59.999999-14:00", "0001-01-01T00:00:00+14:00"],
    *('{"a": [1, 2.5, null]}', '{"a": NaN}', "[1e999]", r'"\ud800"', "una nota\ncon renglones"),
)


QUE_FALLARON = (
    (celdas.Instante(), "9999-12-31T23:59:59-14:00"),
    (celdas.Instante(), "9999-12-31T23:59"),
    (celdas.Json(), "[" * 100_000),
    (celdas.Json(), "[1e999]"),
    (celdas.Json(), r'"\ud800"'),
)


@blanco(
    "celdas",
    ejemplos=[{"celda": c, "dicha": d} for c, d in QUE_FALLARON],
    celda=st.sampled_from(CELDAS),
    dicha=DICHAS,
)
def test_lo_que_se_lee_de_una_celda_se_vuelve_a_escribir_y_leer_igual(
    celda: celdas.Celda, dicha: str
) -> None:
    valor = o_rechazo("celdas", ValueError, lambda: celda.clean(dicha))
    if valor is not None:
        escrita = celda.render(valor)
        vuelta = celda.clean(escrita) if escrita else ""
        assert vuelta == valor
        assert celda.render(vuelta) == escrita
        if isinstance(valor, str):
            valor.encode()
        if isinstance(celda, celdas.Json):
            json.dumps(valor, allow_nan=False, ensure_ascii=False).encode()


TEXTO = st.text(st.characters(exclude_categories=["C"])).map(lambda t: unicodedata.normalize("NFC", t))
_VALORES: Any = {
    celdas.SiNo: st.booleans(),
    celdas.Fecha: st.dates(),
    celdas.Instante: _INSTANTES,
    celdas.Hora: st.times(),
    celdas.Entero: st.integers(-(2**59), 2**59),
    celdas.Numero: st.decimals(-(10**20), 10**20, places=8),
    celdas.Flotante: st.floats(allow_nan=False, allow_infinity=False),
    celdas.Bytes: st.binary(min_size=1, max_size=60),
    celdas.Json: st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTO,
        lambda hijos: st.lists(hijos, max_size=3) | st.dictionaries(st.text("aá1", max_size=3), hijos),
        max_leaves=6,
    ).filter(lambda v: v is not None),
}  # fmt: skip


@blanco("valores", par=st.sampled_from([*_VALORES]).flatmap(lambda c: st.tuples(st.just(c()), _VALORES[c])))
def test_todo_valor_va_y_vuelve(par: tuple[celdas.Celda, Any]) -> None:
    celda, valor = par
    assert celda.clean(celda.render(valor)) == valor


@pytest.mark.django_db
def test_renglones_de_verdad_estropeados_entran_o_dicen_por_que(reparto: Reparto) -> None:
    """De cada tabla, un renglón exportado con varias celdas cambiadas."""
    if TOTAL:
        portal_completo(reparto)
        recursos = list(DE_VERDAD)
    else:
        recursos = TODOS
    muestras = [(recurso, fila) for recurso in recursos for fila in renglones(recurso)[:3]]

    @blanco(
        "renglones",
        muestra=st.sampled_from(muestras),
        cambios=st.lists(st.tuples(st.integers(0, 60), DICHAS), min_size=1, max_size=4),
    )
    def entra(muestra: tuple[Any, dict[str, str]], cambios: list[tuple[int, str]]) -> None:
        recurso, fila = muestra
        columnas = list(fila)
        cambiada = fila | {columnas[n % len(columnas)]: dicha for n, dicha in cambios}
        for razon in razones(recurso, cambiada):
            CUENTAS["renglones"].rechazos += 1
            exigir_frase(razon)

    entra()
