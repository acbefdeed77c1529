"""El tablero dice cuándo fueron de verdad, y con palabras si falló el último o pasó el plazo."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from stl_portal.respaldo import en_el_tablero
from stl_portal.respaldo.models import Clase, Corrida
from tests.gestion.quien import entrar
from tests.personas import Reparto

HORA = dt.timedelta(hours=1)


def corrida(clase: Clase, hace: dt.timedelta, *, bien: bool, dicho: str) -> None:
    cuando = timezone.now() - hace
    Corrida.objects.create(clase=clase, empezo_el=cuando, termino_el=cuando, bien=bien, dicho=dicho)


def test_cada_caso_con_sus_palabras(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    assert en_el_tablero.respaldo().avisos == (
        "Nunca se ha hecho ninguno que saliera bien: manage.py respaldar.",
    )
    corrida(Clase.RESPALDO, 30 * HORA, bien=True, dicho="viejo")
    corrida(Clase.SIMULACRO, 30 * HORA, bien=True, dicho="ensayado")
    assert en_el_tablero.respaldo().avisos == ("Pasó el plazo: debe haber uno cada 26 horas.",)
    assert en_el_tablero.simulacro().avisos == ()
    corrida(Clase.RESPALDO, 2 * HORA, bien=False, dicho="No queda espacio.")
    assert en_el_tablero.respaldo().avisos == (
        "El intento más reciente falló: No queda espacio.",
        "Pasó el plazo: debe haber uno cada 26 horas.",
    )
    corrida(Clase.RESPALDO, HORA, bien=True, dicho="nuevo")
    with django_assert_num_queries(1):
        estado = en_el_tablero.respaldo()
    assert (estado.avisos, estado.dicho) == ((), "nuevo")
    corrida(Clase.SIMULACRO, 0 * HORA, bien=False, dicho="NO PASÓ")
    assert en_el_tablero.simulacro().avisos == ("El intento más reciente falló: NO PASÓ",)


@pytest.mark.apariencia
def test_se_ve_en_gestion_con_su_liga(reparto: Reparto) -> None:
    corrida(Clase.RESPALDO, 30 * HORA, bien=True, dicho="7.5 MB, cifrado")
    pagina = entrar(reparto).get(reverse("tablero"))
    texto = pagina.content.decode()
    assert [r.que for r in pagina.context["respaldos"]] == ["Último respaldo", "Último simulacro"]
    assert "7.5 MB, cifrado" in texto
    assert "Pasó el plazo: debe haber uno cada 26 horas." in texto
    assert "Nunca se ha hecho ninguno que saliera bien: manage.py simulacro." in texto
    Corrida.objects.update(informe="BIEN uno <b>\nFALLA dos")
    ficha = entrar(reparto).get(reverse("admin:respaldo_corrida_change", args=(Corrida.objects.get().pk,)))
    assert "BIEN uno &lt;b&gt;<br>FALLA dos" in ficha.content.decode()
    for r in pagina.context["respaldos"]:
        assert entrar(reparto).get(r.url).status_code == 200
