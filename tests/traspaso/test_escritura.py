"""Lo que se exporta: las columnas salen del modelo y ninguna lleva un número interno."""

import io

import pytest

from sesiones import models as m
from stl_portal.traspaso import escritura, lectura, registro
from tests.personas import Reparto

from .recursos import TODOS, Alias, Asientos, Cuentas, Instituciones, Nombramientos, Organos, Personas


@pytest.fixture(autouse=True)
def _solo_los_de_prueba(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registro, "RECURSOS", TODOS)


def test_cada_recurso_va_despues_de_los_que_menciona() -> None:
    assert registro.en_orden() == [
        *(Organos, Instituciones, Cuentas),
        *(Asientos, Personas),
        *(Nombramientos, Alias),
    ]
    assert Nombramientos.encabezados()[:4] == (
        "vigente_desde",
        "vigente_hasta",
        "persona",
        "cargo",
    )
    assert {"asiento.organo", "asiento.institucion"} < set(Nombramientos.encabezados())


def test_ida_y_vuelta_de_una_celda_que_parece_formula(reparto: Reparto) -> None:
    ana = m.Persona.objects.get(nombre="Ana Ruiz Peña")
    m.AliasPersona.objects.create(persona=ana, texto='=HIPERVINCULO("x")')
    m.AliasPersona.objects.create(persona=ana, texto="’Anita\r\n«segunda»; coma, y 'comillas'")
    escrito = b"".join(escritura.en_csv(Alias))
    assert escrito.decode("utf-8-sig").splitlines()[0] == "n,persona,texto,fuente"
    assert b"'=HIPERVINCULO" in escrito
    leida = next(lectura.hojas(io.BytesIO(escrito), lectura.CSV, Alias))
    assert list(leida.renglones) == [
        (2, ["1", "Ana Ruiz Peña", '=HIPERVINCULO("x")', ""]),
        (3, ["2", "Ana Ruiz Peña", "’Anita\r\n«segunda»; coma, y 'comillas'", ""]),
    ]
    with escritura.en_xlsx(Alias) as libro:
        de_hoja = next(lectura.hojas(io.BytesIO(libro.read()), lectura.XLSX, Alias))
    assert next(celdas for _, celdas in de_hoja.renglones) == ["1", "Ana Ruiz Peña", '=HIPERVINCULO("x")', ""]
