"""Las palabras que una persona tiene por la misma caen en la misma raíz; las distintas, no."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stl_portal.buscador import raices


@pytest.mark.parametrize(
    "iguales",
    [
        "sesión sesiones SESION Sesión",
        "acuerdo acuerdos",
        "eje ejes",
        "año años ano",
        "juez jueces",
        "joven jóvenes",
        "comité comités comite",
        "organización organizaciones organizacion",
        "solución soluciones solucion",
        "tecnología tecnologías tecnologia",
        "guía guías guia",
        "público pública públicos PUBLICAS",
        "información informaciones",
        "compromiso compromisos",
        "municipal municipales",
        "ley leyes",
        "plan planes",
        "quórum quorum QUÓRUM",
        "transparencia transparencias",
        "León LEON leon",
        "día días dia",
        "niñez ninez",
    ],
)
def test_caen_en_la_misma_raiz(iguales: str) -> None:
    assert len({raices.reducir(palabra) for palabra in iguales.split()}) == 1


@pytest.mark.parametrize(
    "distintas", ["sesión sección", "acuerdo acorde", "tres tras", "XVIII XVII", "1.5.3 1.5.2"]
)
def test_no_se_confunden(distintas: str) -> None:
    una, otra = distintas.split()
    assert raices.reducir(una) != raices.reducir(otra)


def test_los_numeros_y_los_romanos_quedan_como_estan() -> None:
    assert raices.reducir("XVIII Sesión, acción 1.5.3, oficio STL/012/2020") == (
        "xviii sesion accion 1 5 3 ofic stl 012 2020"
    )


def test_lo_que_no_se_ve_no_parte_una_palabra() -> None:
    assert raices.palabras("transpa\u00adrencia sesio\u0301n a\u200bb") == ["transparencia", "sesion", "ab"]


def test_una_palabra_enorme_se_recorta() -> None:
    assert raices.reducir("7" * 5000) == "7" * raices.LETRAS_MAXIMAS


@given(st.text(max_size=200))
def test_de_cualquier_texto_salen_solo_letras_y_cifras(texto: str) -> None:
    dichas = raices.reducir(texto).split(" ")
    assert all(raiz.isascii() and (raiz.isalnum() or not raiz) for raiz in dichas)
    assert all(0 <= len(raiz) <= raices.LETRAS_MAXIMAS for raiz in dichas)


@given(st.text(max_size=200))
def test_con_lugar_halla_las_mismas_palabras_donde_estan_escritas(texto: str) -> None:
    escritas = raices.con_lugar(texto)
    assert " ".join(palabra.raiz for palabra in escritas) == raices.reducir(texto)
    fines = [(palabra.desde, palabra.hasta) for palabra in escritas]
    assert fines == sorted(fines)
    assert all(0 <= desde < hasta <= len(texto) for desde, hasta in fines)
