"""Cualquier texto sale en el CSV y vuelve igual, letra por letra, sin lo que no se ve."""

import io

from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sesiones.models import Frase
from sesiones.recursos.organos import Frases
from stl_portal.texto import sin_invisibles
from stl_portal.traspaso import escritura, lectura
from stl_portal.traspaso.motor import Motor

# Lo que ninguna de las dos bases guarda: el carácter nulo y las mitades de un par.
LETRAS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
INCOMODOS = st.sampled_from(["=1+1", "'=x", "''@y", "-", "+\t", "\r\n", '"', ",;", "🏛️", " ", "\ufeff", "\n'"])
TEXTO = (
    st.lists(INCOMODOS | st.text(LETRAS, min_size=1, max_size=8), min_size=1, max_size=5)
    .map("".join)
    .filter(sin_invisibles)
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXTO, TEXTO), min_size=1, max_size=5))
@example([("Se llama igual", "uno"), ("Se llama igual", "dos"), ("\ufeffmarca", "\r")])
def test_todo_texto_vuelve_igual(db: None, frases: list[tuple[str, str]]) -> None:
    """También si dos se llaman igual, y en el orden en que estaban."""
    with transaction.atomic():
        Frase.objects.bulk_create(Frase(nombre=nombre, texto=texto) for nombre, texto in frases)
        antes = b"".join(escritura.en_csv(Frases))
        Frase.objects.all().delete()
        resultado = Motor().importar(lectura.hojas(io.BytesIO(antes), lectura.CSV, Frases))
        assert resultado.rechazadas == 0
        visibles = [(sin_invisibles(nombre), sin_invisibles(texto)) for nombre, texto in frases]
        assert list(Frase.objects.order_by("pk").values_list("nombre", "texto")) == visibles
        if visibles == frases:  # así se guarda cuanto se escribe en las páginas
            assert b"".join(escritura.en_csv(Frases)) == antes
        transaction.set_rollback(True)
