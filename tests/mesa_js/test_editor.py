"""Escribir en la mesa: barra, personas con @, frases y lo que se pega desde Word. Todo con teclado."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from sesiones import models as m
from tests.mesa_js.conftest import Abrir, texto_guardado

AREA = "#desahogo"

AQUI = Path(__file__).parent
WORD = (AQUI / "word.html").read_text()
HOSTIL = (AQUI / "hostil.html").read_text()

WORD_EN_MARCAS = """**Primero.** Se aprueba el *calendario* de sesiones.

- Enero
- Febrero
1. Uno

Fin **del** ***punto***."""


def pegar(hoja: Page, html: str, texto: str = "texto llano") -> None:
    """Pega como lo hace el navegador: un evento con ambas presentaciones en el portapapeles."""
    hoja.locator(AREA).evaluate(
        """(area, [html, texto]) => {
            const datos = new DataTransfer();
            datos.setData("text/html", html);
            datos.setData("text/plain", texto);
            area.focus();
            const opciones = {clipboardData: datos, bubbles: true, cancelable: true};
            area.dispatchEvent(new ClipboardEvent("paste", opciones));
        }""",
        [html, texto],
    )


def elegir(hoja: Page, inicio: int, fin: int) -> None:
    hoja.locator(AREA).evaluate(
        "(area, [a, b]) => { area.focus(); area.setSelectionRange(a, b); }", [inicio, fin]
    )


def test_pegar_desde_word(abrir: Abrir, punto: m.Punto) -> None:
    hoja = abrir()
    pegar(hoja, WORD)
    expect(hoja.locator(AREA)).to_have_value(WORD_EN_MARCAS)
    expect(hoja.locator("form:has(#desahogo) [data-estado]")).to_contain_text("Guardado", timeout=4_000)
    assert texto_guardado(punto) == WORD_EN_MARCAS


PEGADOS = [
    ("<ol start=3><li>tres<li>cuatro<ul><li>dentro</ul></ol>", "3. tres\n4. cuatro\n   - dentro"),
    (
        "<table><tr><th>Mes</th><th>Día</th></tr><tr><td>Enero</td><td>15</td></tr></table>",
        "**Mes** | **Día**\n\nEnero | 15",
    ),
    ("<blockquote>Así lo dijo.</blockquote>", "> Así lo dijo."),
    ("uno<br>dos", "uno\ndos"),
    ("<h2>Título</h2><p>2 * 3 y *asterisco*</p>", "**Título**\n\n2 * 3 y \\*asterisco\\*"),
    ('<b style="font-weight:normal"><p>Desde <strong>Google</strong></p></b>', "Desde **Google**"),
]


def test_otras_formas_de_pegar(abrir: Abrir) -> None:
    hoja = abrir()
    for html, marcas in PEGADOS:
        hoja.locator(AREA).fill("")
        pegar(hoja, html)
        expect(hoja.locator(AREA)).to_have_value(marcas)


def test_html_pegado_no_ejecuta_ni_pide_nada(abrir: Abrir) -> None:
    hoja = abrir()
    pedidos: list[str] = []
    hoja.on("request", lambda peticion: pedidos.append(peticion.url))
    pegar(hoja, HOSTIL)
    expect(hoja.locator(AREA)).to_have_value("Hola liga <script>alert(1)</script>")
    hoja.wait_for_timeout(1_500)
    assert "tomada" not in hoja.title()
    assert not [url for url in pedidos if "robo" in url]
    assert hoja.locator("main script:not([type='application/json'])").count() == 0


def test_pegar_texto_llano_lo_deja_igual(abrir: Abrir) -> None:
    hoja = abrir()
    hoja.locator(AREA).evaluate(
        """(area) => { const d = new DataTransfer(); d.setData("text/plain", "x");
        const e = new ClipboardEvent("paste", {clipboardData: d, bubbles: true, cancelable: true});
        area.dispatchEvent(e); area.dataset.impedido = e.defaultPrevented; }"""
    )
    expect(hoja.locator(AREA)).to_have_attribute("data-impedido", "false")


def test_persona_con_dos_teclas(abrir: Abrir) -> None:
    hoja = abrir()
    hoja.locator(AREA).focus()
    hoja.keyboard.type("Interviene @")
    expect(hoja.get_by_role("listbox", name="Personas")).to_be_visible()
    hoja.keyboard.press("Enter")
    expect(hoja.locator(AREA)).to_have_value("Interviene Mtra. Ana Ruiz Peña")
    expect(hoja.get_by_role("listbox", name="Personas")).to_be_hidden()


def test_persona_por_letras_sin_acentos_flechas_y_escape(abrir: Abrir) -> None:
    hoja = abrir()
    area = hoja.locator(AREA)
    area.focus()
    hoja.keyboard.type("@dario")
    opciones = hoja.get_by_role("listbox", name="Personas").get_by_role("option")
    expect(opciones).to_have_count(1)
    hoja.keyboard.press("Tab")
    expect(area).to_have_value("C. Darío Vega Cruz, Titular de prueba")
    expect(area).to_be_focused()
    hoja.keyboard.type(" y @")
    hoja.keyboard.press("ArrowDown")
    segunda = opciones.nth(1)
    expect(segunda).to_have_attribute("aria-selected", "true")
    expect(area).to_have_attribute("aria-activedescendant", str(segunda.get_attribute("id")))
    hoja.keyboard.press("Escape")
    expect(hoja.get_by_role("listbox", name="Personas")).to_be_hidden()
    expect(area).to_have_value("C. Darío Vega Cruz, Titular de prueba y @")


def test_una_direccion_de_correo_no_abre_la_lista(abrir: Abrir) -> None:
    hoja = abrir()
    hoja.locator(AREA).focus()
    hoja.keyboard.type("ana@dar")
    expect(hoja.get_by_role("listbox", name="Personas")).to_be_hidden()


def test_formato_con_el_teclado(abrir: Abrir) -> None:
    hoja = abrir()
    area = hoja.locator(AREA)
    area.fill("uno dos tres")
    elegir(hoja, 4, 7)
    hoja.keyboard.press("Control+b")
    expect(area).to_have_value("uno **dos** tres")
    hoja.keyboard.press("Control+i")
    expect(area).to_have_value("uno ***dos*** tres")
    hoja.keyboard.press("Control+b")
    expect(area).to_have_value("uno *dos* tres")
    hoja.keyboard.press("Control+i")
    expect(area).to_have_value("uno dos tres")
    hoja.keyboard.press("Control+z")
    expect(area).to_have_value("uno *dos* tres")


def test_barra_con_una_sola_parada_y_flechas(abrir: Abrir) -> None:
    hoja = abrir()
    area = hoja.locator(AREA)
    area.fill("renglón")
    area.focus()
    hoja.keyboard.press("Shift+Tab")
    barra = hoja.get_by_role("toolbar").first
    expect(barra.get_by_role("button", name="Negritas")).to_be_focused()
    hoja.keyboard.press("ArrowRight")
    hoja.keyboard.press("ArrowRight")
    expect(barra.get_by_role("button", name="Lista")).to_be_focused()
    hoja.keyboard.press("Enter")
    expect(area).to_have_value("- renglón")
    expect(area).to_be_focused()


def test_enter_sigue_la_lista_y_la_termina(abrir: Abrir) -> None:
    hoja = abrir()
    hoja.locator(AREA).focus()
    for renglon in ("- uno", "dos", ""):
        hoja.keyboard.type(renglon)
        hoja.keyboard.press("Enter")
    hoja.keyboard.type("fin")
    expect(hoja.locator(AREA)).to_have_value("- uno\n- dos\nfin")


def test_frase_de_la_biblioteca(abrir: Abrir, sesion: m.Sesion) -> None:
    m.Frase.objects.all().delete()
    m.Frase.objects.create(
        organo=sesion.organo, nombre="Unanimidad", texto="Resultó aprobado por unanimidad."
    )
    hoja = abrir()
    hoja.locator(AREA).fill("Se somete a votación.")
    barra = hoja.get_by_role("toolbar").first
    barra.get_by_role("button", name="Frases").press("Enter")
    expect(hoja.get_by_role("button", name="Unanimidad").first).to_be_focused()
    hoja.keyboard.press("Enter")
    expect(hoja.locator(AREA)).to_have_value("Se somete a votación. Resultó aprobado por unanimidad.")


@pytest.mark.parametrize("esquema", ["light", "dark"])
def test_el_editor_abierto_no_tiene_faltas_de_accesibilidad(abrir: Abrir, esquema: str) -> None:
    hoja = abrir()
    hoja.emulate_media(color_scheme=esquema)  # type: ignore[arg-type]
    hoja.locator(AREA).focus()
    hoja.keyboard.type("Habla @")
    expect(hoja.get_by_role("listbox", name="Personas")).to_be_visible()
    faltas = Axe().run(hoja).response["violations"]
    assert [(falta["id"], falta["nodes"][0]["html"]) for falta in faltas] == []
