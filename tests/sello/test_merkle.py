"""El árbol de Merkle, contra la definición recursiva de la RFC 6962 y con pruebas alteradas."""

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stl_portal.sello import merkle

HOJAS = [bytes([n]) * 32 for n in range(40)]


def raiz_segun_la_rfc(datos: Sequence[bytes]) -> bytes:
    """MTH, escrita tal como la define la RFC 6962 §2.1."""
    if not datos:
        return hashlib.sha256(b"").digest()
    if len(datos) == 1:
        return hashlib.sha256(b"\x00" + datos[0]).digest()
    k = max(2**i for i in range(20) if 2**i < len(datos))
    izquierda, derecha = raiz_segun_la_rfc(datos[:k]), raiz_segun_la_rfc(datos[k:])
    return hashlib.sha256(b"\x01" + izquierda + derecha).digest()


@pytest.mark.parametrize("tamano", range(41))
def test_la_raiz_es_la_de_la_rfc(tamano: int) -> None:
    assert merkle.raiz(HOJAS[:tamano]) == raiz_segun_la_rfc(HOJAS[:tamano])


def test_raiz_de_los_vectores_publicados() -> None:
    # Los de Certificate Transparency (merkle_tree_test.cc): ocho entradas conocidas.
    entradas = ["", "00", "10", "2021", "3031", "40414243"]
    entradas += ["5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    datos = [bytes.fromhex(e) for e in entradas]
    assert merkle.raiz(datos).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    assert merkle.raiz([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_la_raiz_que_crece_es_la_misma() -> None:
    frontera = merkle.Frontera()
    for tamano, dato in enumerate(HOJAS):
        assert frontera.raiz() == merkle.raiz(HOJAS[:tamano])
        frontera.agregar(dato)


@pytest.mark.parametrize("tamano", range(1, 41))
def test_toda_hoja_prueba_que_esta_y_solo_en_su_lugar(tamano: int) -> None:
    datos, raiz = HOJAS[:tamano], merkle.raiz(HOJAS[:tamano])
    for indice, dato in enumerate(datos):
        prueba = merkle.prueba_de_inclusion(datos, indice)
        assert [i for i in range(tamano) if merkle.incluye(dato, i, tamano, prueba, raiz)] == [indice]
        assert not merkle.incluye(b"x" * 32, indice, tamano, prueba, raiz)
        assert not merkle.incluye(dato, indice, tamano, [*prueba, raiz], raiz)
        assert not merkle.incluye(dato, indice, tamano, prueba[:-1], raiz) or tamano == 1


@pytest.mark.parametrize("ahora", range(1, 41))
def test_todo_arbol_anterior_es_su_principio(ahora: int) -> None:
    raices = [merkle.raiz(HOJAS[:n]) for n in range(ahora + 1)]
    for antes in range(1, ahora + 1):
        prueba = merkle.prueba_de_consistencia(HOJAS[:ahora], antes)
        assert merkle.es_continuacion(antes, ahora, prueba, raices[antes], raices[ahora])
        assert not merkle.es_continuacion(antes, ahora, prueba, b"x" * 32, raices[ahora])
        assert not merkle.es_continuacion(antes, ahora, prueba, raices[antes], b"x" * 32)
        assert not merkle.es_continuacion(antes, ahora, [*prueba, b"x" * 32], raices[antes], raices[ahora])
        assert antes == ahora or not merkle.es_continuacion(
            antes, ahora, prueba[:-1], raices[antes], raices[ahora]
        )


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=70), st.data())
def test_un_bit_cambiado_en_la_prueba_la_invalida(datos: list[bytes], al_azar: st.DataObject) -> None:
    indice = al_azar.draw(st.integers(0, len(datos) - 1))
    prueba, raiz = merkle.prueba_de_inclusion(datos, indice), merkle.raiz(datos)
    assert merkle.incluye(datos[indice], indice, len(datos), prueba, raiz)
    if prueba:
        cual, bit = al_azar.draw(st.integers(0, len(prueba) - 1)), al_azar.draw(st.integers(0, 255))
        rota = bytearray(prueba[cual])
        rota[bit // 8] ^= 1 << bit % 8
        alterada = [*prueba[:cual], bytes(rota), *prueba[cual + 1 :]]
        assert not merkle.incluye(datos[indice], indice, len(datos), alterada, raiz)


@given(st.lists(st.binary(max_size=4), min_size=2, max_size=70), st.data())
def test_reescribir_el_pasado_no_admite_prueba(datos: list[bytes], al_azar: st.DataObject) -> None:
    antes = al_azar.draw(st.integers(1, len(datos) - 1))
    cual = al_azar.draw(st.integers(0, antes - 1))
    reescritos = [*datos[:cual], datos[cual] + b"!", *datos[cual + 1 :]]
    prueba = merkle.prueba_de_consistencia(reescritos, antes)
    viejas = merkle.raiz(datos[:antes])
    assert not merkle.es_continuacion(antes, len(datos), prueba, viejas, merkle.raiz(reescritos))


def test_lo_que_no_existe_no_tiene_prueba() -> None:
    with pytest.raises(IndexError):
        merkle.prueba_de_inclusion(HOJAS[:3], 3)
    with pytest.raises(ValueError, match="4"):
        merkle.prueba_de_consistencia(HOJAS[:3], 4)
    assert not merkle.incluye(HOJAS[0], 3, 3, [], merkle.raiz(HOJAS[:1]))
    assert not merkle.es_continuacion(0, 3, [], merkle.raiz([]), merkle.raiz(HOJAS[:3]))
