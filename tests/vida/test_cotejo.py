"""El cotejo reconstruye ambos textos y señala lo que cambió."""

from hypothesis import given
from hypothesis import strategies as st

from sesiones.acta.cotejo import ENTRA, IGUAL, SALE, Tramo, cambios, palabra_por_palabra

TEXTOS = st.lists(st.sampled_from(["uno", "dos", "tres,", "año", "\n", "  "]), max_size=30).map(" ".join)


@given(TEXTOS, TEXTOS)
def test_con_los_tramos_se_rehacen_los_dos_textos(antes: str, ahora: str) -> None:
    tramos = palabra_por_palabra(antes, ahora)
    assert "".join(t.texto for t in tramos if t.clase != ENTRA) == antes
    assert "".join(t.texto for t in tramos if t.clase != SALE) == ahora


@given(TEXTOS)
def test_lo_que_no_cambia_no_se_señala(texto: str) -> None:
    assert {t.clase for t in palabra_por_palabra(texto, texto)} <= {IGUAL}


def test_señala_la_palabra_que_cambio() -> None:
    assert palabra_por_palabra("a las diez horas", "a las once horas") == (
        Tramo(IGUAL, "a las "),
        Tramo(SALE, "diez"),
        Tramo(ENTRA, "once"),
        Tramo(IGUAL, " horas"),
    )


def _parrafo(clave: str, texto: str) -> dict[str, str]:
    return {"clave": clave, "rotulo": "", "texto": texto}


def test_dice_que_parrafos_cambiaron_entraron_y_salieron() -> None:
    antes = [_parrafo("uno", "igual"), _parrafo("dos", "viejo"), _parrafo("tres", "se va")]
    ahora = [_parrafo("uno", "igual"), _parrafo("dos", "nuevo"), _parrafo("cuatro", "llega")]
    hallados = list(cambios(antes, ahora))
    assert [c.clave for c in hallados] == ["dos", "cuatro", "tres"]
    assert [(c.es_nuevo, c.se_quito) for c in hallados] == [(False, False), (True, False), (False, True)]
