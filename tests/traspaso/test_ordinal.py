"""El número de cada renglón entre los que se llaman igual."""

import pytest

from sesiones.models import Persona
from stl_portal.traspaso import escritura, registro
from stl_portal.traspaso.nombres import Nombres


@pytest.mark.django_db
def test_solo_cuentan_los_que_se_llaman_igual_aunque_esten_en_otro_lote(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(escritura, "LOTE", 2)
    personas = registro.de_clave("personas")
    assert personas is not None
    for nombre in ("Ana", "Beto", "Ana", "ana", "Ana", "Caro", "Beto"):
        Persona.objects.create(nombre=nombre, apellidos="Ficticia", tratamiento="C.")
    filas = list(escritura.filas(personas, Nombres()))
    lugares = [(fila[0], fila[personas.encabezados().index("nombre")]) for fila in filas]
    assert lugares == [
        ("1", "Ana"),
        ("1", "Beto"),
        ("2", "Ana"),
        ("1", "ana"),
        ("3", "Ana"),
        ("1", "Caro"),
        ("2", "Beto"),
    ]
