"""«Acta, renglón 41»: los números se ven, se citan y no estorban a quien escucha."""

from hypothesis import given, settings
from hypothesis import strategies as st

from stl_portal.documentos.pdf import Documento, producir
from tests.documentos.lector import a_la_vista, en_voz_alta
from tests.documentos.muestra import TITULO, muestra


def pagina(cuerpo: str) -> Documento:
    """Un documento breve con renglones."""
    return producir(f"<html><body>{cuerpo}</body></html>", titulo="Prueba", renglones=True)


def textos(cuerpo: str) -> list[str]:
    return [r.texto for r in pagina(cuerpo).renglones]


def test_se_numeran_de_corrido_en_todo_el_documento() -> None:
    renglones = muestra(renglones=True).renglones
    assert [r.numero for r in renglones] == list(range(1, len(renglones) + 1))
    assert [r.pagina for r in renglones] == sorted(r.pagina for r in renglones)
    assert all(r.texto for r in renglones)


def test_cada_numero_se_ve_en_su_pagina_y_ninguno_se_lee() -> None:
    documento = muestra(renglones=True)
    visto = a_la_vista(documento.contenido)
    for numero, ornato in enumerate(visto, start=1):
        esperados = [str(r.numero) for r in documento.renglones if r.pagina == numero]
        assert [t for t in ornato if t.isdigit()] == esperados
    assert en_voz_alta(documento.contenido) == en_voz_alta(muestra().contenido)


def test_numerar_no_mueve_el_texto() -> None:
    assert muestra().paginas == muestra(renglones=True).paginas
    assert muestra().renglones == ()


def test_se_cita_el_bloque_al_que_pertenece() -> None:
    renglones = muestra(renglones=True).renglones
    acuerdo = next(r for r in renglones if r.ancla == "p-acuerdo-9")
    assert acuerdo.texto == "Quinto acuerdo"
    assert renglones[1].texto == TITULO
    assert renglones[1].ancla == "p-titulo"


def test_las_firmas_quedan_fuera_de_lo_marcado() -> None:
    assert not any("hoja de firmas" in r.texto for r in muestra(renglones=True).renglones)


def test_sin_marcas_se_numera_todo_el_cuerpo() -> None:
    assert textos("<p>Uno</p><p>Dos</p>") == ["Uno", "Dos"]


def test_con_marcas_solo_lo_marcado() -> None:
    assert textos("<p>Uno</p><main data-renglones><p>Dos</p></main><p>Tres</p>") == ["Dos"]


def test_lo_exento_no_gasta_numero() -> None:
    assert textos("<p>Uno</p><p data-sin-renglon>Nota</p><p>Dos</p>") == ["Uno", "Dos"]


def test_un_parrafo_vacio_no_gasta_numero() -> None:
    assert textos("<p>Uno</p><p></p><p> </p><p>Dos</p>") == ["Uno", "Dos"]


def test_una_fila_es_un_renglon_aunque_una_celda_tenga_dos() -> None:
    tabla = "<table><tbody><tr><th scope=row>Lugar</th><td>Sala<br>Juárez</td></tr></tbody></table>"
    assert textos(tabla) == ["Lugar | Sala Juárez"]


def test_los_bloques_puestos_de_lado_son_un_renglon() -> None:
    firmas = "".join(f'<li><span class="nombre">{nombre}</span></li>' for nombre in ("Ana", "Luis"))
    assert textos(f'<ul class="rubricas">{firmas}</ul>') == ["Ana | Luis"]


def test_el_marcador_de_la_lista_es_parte_del_renglon() -> None:
    orden = '<ol class="orden"><li>Pase de lista<ol><li>Suplencias</li></ol></li></ol>'
    assert textos(orden) == ["I. Pase de lista", "a) Suplencias"]


def test_la_cabecera_repetida_no_se_vuelve_a_contar() -> None:
    filas = "".join(f"<tr><td>Fila {n}</td></tr>" for n in range(80))
    documento = pagina(
        f"<table><thead><tr><th scope=col>Cabecera</th></tr></thead><tbody>{filas}</tbody></table>"
    )
    assert documento.paginas > 1
    assert [r.texto for r in documento.renglones] == ["Cabecera", *(f"Fila {n}" for n in range(80))]


def test_un_salto_de_linea_es_otro_renglon() -> None:
    assert textos("<p>Uno<br>Dos</p>") == ["Uno", "Dos"]


palabras = st.text("abcdeñáéü", min_size=1, max_size=12)
parrafos = st.lists(st.lists(palabras, min_size=1, max_size=60).map(" ".join), min_size=1, max_size=6)


@settings(max_examples=15, deadline=None)
@given(parrafos)
def test_los_renglones_contienen_todo_el_texto_y_nada_mas(textos_de_parrafos: list[str]) -> None:
    documento = pagina("".join(f"<p id=p{n}>{t}</p>" for n, t in enumerate(textos_de_parrafos)))
    for n, parrafo in enumerate(textos_de_parrafos):
        assert " ".join(r.texto for r in documento.renglones if r.ancla == f"p{n}") == parrafo
    assert en_voz_alta(documento.contenido) == " ".join(textos_de_parrafos)


def test_un_documento_de_mas_de_quinientos_renglones_sigue_la_cuenta() -> None:
    documento = pagina("".join(f"<p>Línea {n}</p>" for n in range(1, 521)))
    vistos = [t for ornato in a_la_vista(documento.contenido) for t in ornato if t.isdigit()]
    assert vistos == [str(n) for n in range(1, 521)]


def test_dos_documentos_seguidos_no_se_estorban() -> None:
    corto, largo = "<p>Uno</p>", "<p>Uno</p><h1>Dos</h1><p>Tres</p>"
    antes = pagina(corto).contenido
    pagina(largo)
    assert pagina(corto).contenido == antes
