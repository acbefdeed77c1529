"""El índice de palabras se repone solo y sigue a la tabla, escriba quien escriba."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from stl_portal.buscador import indice, numero
from stl_portal.buscador.fuentes import Lugar
from stl_portal.buscador.models import Hallable
from stl_portal.buscador.raices import reducir
from tests.buscador.halla import claves, poner

pytestmark = pytest.mark.usefixtures("fuente_de_prueba")
AGUA = Lugar("a", "acta", "agua", "/")


def test_ponerlo_otra_vez_no_cambia_nada() -> None:
    poner(AGUA)
    indice.al_migrar()
    assert claves("agua") == ["a"]


def test_si_alguien_lo_quita_migrar_lo_repone_con_lo_que_hay() -> None:
    poner(AGUA)
    quitar = (
        ['DROP INDEX "buscador_hallable_texto"', 'ALTER TABLE "buscador_hallable" DROP COLUMN vector']
        if connection.vendor == "postgresql"
        else ['DROP TABLE "buscador_hallable_texto"', 'DROP TRIGGER "buscador_hallable_texto_baja"']
    )
    with connection.cursor() as cursor:
        for orden in quitar:
            cursor.execute(orden)
    indice.al_migrar()
    assert claves("agua") == ["a"]
    poner()
    assert claves("agua") == []


def test_sigue_lo_que_se_escribe_sin_pasar_por_el_portal() -> None:
    poner(AGUA)
    Hallable.objects.update(raices_titulo=reducir("drenaje"))
    assert (claves("agua"), claves("drenaje")) == ([], ["a"])
    Hallable.objects.update(organo="stl", clase="acuerdo")
    assert (claves("drenaje", organo="stl", clase="acuerdo"), claves("drenaje", clase="acta")) == (["a"], [])
    Hallable.objects.all().delete()
    assert claves("drenaje") == []


def test_comprobar_dice_que_falta_que_sobra_y_que_cambio() -> None:
    poner(AGUA, Lugar("b", "acta", "drenaje", "/"), Lugar("c", "acta", "pozo", "/"))
    Hallable.objects.filter(clave="b").delete()
    Hallable.objects.filter(clave="c").update(titulo="otra cosa")
    Hallable.objects.create(numero=5, clave="z", grupo="ensayo:9", clase="acta", titulo="z", url="/")
    salida = StringIO()
    with pytest.raises(CommandError, match="difiere de lo publicado en 3"):
        call_command("reindexar", "--comprobar", stdout=salida)
    assert set(salida.getvalue().splitlines()) >= {"b: falta", "c: no dice lo que debe", "z: sobra"}
    call_command("reindexar", stdout=salida)
    call_command("reindexar", "--comprobar", stdout=salida)
    assert "El índice dice lo mismo que lo publicado." in salida.getvalue()


def test_el_numero_ordena_lo_real_y_lo_reciente_y_cabe_en_la_base() -> None:
    import datetime as dt

    dias = [dt.date(1900, 1, 1), dt.date(2020, 5, 1), dt.date(2100, 12, 31), None]
    ficticios = [numero.numero("x", dia, ficticio=True) for dia in dias]
    reales = [numero.numero("x", dia, ficticio=False) for dia in dias]
    assert [*ficticios, *reales] == sorted([*ficticios, *reales])
    assert reales[-1] < 2**63
    assert [numero.es_real(n) for n in (ficticios[-1], reales[0])] == [False, True]
    (real, ficticio) = numero.tramos(2020)
    assert [real[0] <= n <= real[1] for n in reales] == [False, True, False, False]
    assert [ficticio[0] <= n <= ficticio[1] for n in ficticios] == [False, True, False, False]
