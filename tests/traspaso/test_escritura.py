"""Lo que se exporta: las columnas salen del modelo y ninguna lleva un número interno."""

import io

import pytest

from sesiones import models as m
from stl_portal.traspaso import escritura, lectura, registro
from stl_portal.traspaso.recurso import ORDINAL, Recurso
from tests.personas import Reparto


class Personas(Recurso):
    clave, nombre, modelo, llave = "de-prueba-personas", "Personas de prueba", m.Persona, ("nombre",)
    excluidas = {"usuario": "No hace falta aquí."}


class Alias(Recurso):
    clave, nombre, modelo, llave = "de-prueba-alias", "Alias de prueba", m.AliasPersona, ("persona", ORDINAL)


@pytest.fixture(autouse=True)
def _solo_los_de_prueba(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registro, "RECURSOS", [Alias, Personas])


def test_el_orden_es_el_de_lo_que_depende_de_otro() -> None:
    assert registro.en_orden() == [Personas, Alias]


def test_csv_ida_y_vuelta(reparto: Reparto) -> None:
    ana = m.Persona.objects.get(nombre="Ana Ruiz Peña")
    m.AliasPersona.objects.create(persona=ana, texto='=HIPERVINCULO("x")')
    m.AliasPersona.objects.create(persona=ana, texto="’Anita\n«segunda»; coma, y 'comillas'")
    escrito = b"".join(escritura.en_csv(Alias))
    assert escrito.decode("utf-8-sig").splitlines()[0] == "n,persona,texto,fuente"
    assert b"'=HIPERVINCULO" in escrito
    leida = next(lectura.hojas(io.BytesIO(escrito), lectura.CSV, Alias))
    assert list(leida.renglones) == [
        (2, ["1", "Ana Ruiz Peña", '=HIPERVINCULO("x")', ""]),
        (3, ["2", "Ana Ruiz Peña", "’Anita\n«segunda»; coma, y 'comillas'", ""]),
    ]
    with escritura.en_xlsx(Alias) as libro:
        de_hoja = next(lectura.hojas(io.BytesIO(libro.read()), lectura.XLSX, Alias))
    assert next(celdas for _, celdas in de_hoja.renglones) == ["1", "Ana Ruiz Peña", '=HIPERVINCULO("x")', ""]
