"""Arrastrar puntos, soltar anexos, conservar el foco y la hoja de la vista previa."""

import re
from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from sesiones import models as m
from tests.archivo.muestras import pdf
from tests.fabricas import crear_punto
from tests.mesa_js.conftest import Abrir, Portal

Como = Callable[[str], BrowserContext]


def orden_de(sesion: m.Sesion) -> list[str]:
    """Etiqueta y título de cada punto, en su orden."""
    return [f"{punto.etiqueta} {punto.titulo}" for punto in sesion.puntos.en_arbol()]


def arrastrar(hoja: Page, titulo: str, hasta: str, *, corrido: int = 0, debajo: bool = False) -> None:
    """Lleva el asa de un punto encima (o debajo) de otro, corrida esos píxeles a la derecha."""
    asa = hoja.locator("li[data-punto]", has_text=titulo).locator(".agenda__asa")
    asa.hover()
    caja, meta = asa.bounding_box(), hoja.locator("li[data-punto]", has_text=hasta).bounding_box()
    assert caja
    assert meta
    hoja.mouse.down()
    hoja.mouse.move(
        caja["x"] + caja["width"] / 2 + corrido,
        meta["y"] + meta["height"] * (0.8 if debajo else 0.2),
        steps=6,
    )
    hoja.mouse.up()


def abrir_orden(como: Como, sesion: m.Sesion) -> Page:
    hoja = como("facilitadora").new_page()
    hoja.goto(sesion.paso_url("orden"))
    hoja.wait_for_selector(".agenda__asa")
    return hoja


def test_arrastrar_cambia_el_orden(como: Como, sesion: m.Sesion) -> None:
    crear_punto(sesion, "Clausura")
    hoja = abrir_orden(como, sesion)
    arrastrar(hoja, "Clausura", "Asunto de prueba 1")
    expect(hoja.locator("li[data-punto]").first).to_contain_text("Clausura")
    assert orden_de(sesion) == ["I Clausura", "II Asunto de prueba 1", "III Asunto de prueba 2"]


def test_arrastrar_a_la_derecha_mete_el_punto_dentro_de_otro(como: Como, sesion: m.Sesion) -> None:
    crear_punto(sesion, "Detalle")
    hoja = abrir_orden(como, sesion)
    arrastrar(hoja, "Detalle", "Asunto de prueba 1", corrido=60, debajo=True)
    expect(hoja.locator("li[data-punto]").nth(1)).to_have_class(re.compile("agenda__punto--1"))
    padre = sesion.puntos.get(titulo="Asunto de prueba 1")
    assert sesion.puntos.get(titulo="Detalle").padre == padre


def test_un_punto_no_cae_dentro_de_si_mismo_y_esc_lo_deja_igual(como: Como, sesion: m.Sesion) -> None:
    padre = sesion.puntos.get(titulo="Asunto de prueba 1")
    crear_punto(sesion, "Hijo", padre=padre)
    antes = orden_de(sesion)
    hoja = abrir_orden(como, sesion)
    arrastrar(hoja, "Asunto de prueba 1", "Hijo", corrido=60, debajo=True)
    hoja.wait_for_load_state("networkidle")
    assert orden_de(sesion) == antes
    asa = hoja.locator("li[data-punto]", has_text="Asunto de prueba 2").locator(".agenda__asa")
    asa.hover()
    hoja.mouse.down()
    hoja.mouse.move(200, 10, steps=4)
    hoja.keyboard.press("Escape")
    hoja.mouse.up()
    expect(hoja.locator(".agenda__punto--arrastrado")).to_have_count(0)
    assert orden_de(sesion) == antes


def test_lo_arrastrado_se_anuncia_y_se_puede_deshacer(como: Como, sesion: m.Sesion) -> None:
    padre = sesion.puntos.get(titulo="Asunto de prueba 1")
    crear_punto(sesion, "Hijo", padre=padre)
    antes = orden_de(sesion)
    hoja = abrir_orden(como, sesion)
    arrastrar(hoja, "Hijo", "Asunto de prueba 2", corrido=-60, debajo=True)
    aviso = hoja.locator(".movido")
    expect(aviso.get_by_role("status")).to_contain_text("Punto movido: quedó como III.")
    assert orden_de(sesion) == ["I Asunto de prueba 1", "II Asunto de prueba 2", "III Hijo"]
    aviso.get_by_role("button", name="Deshacer").click()
    expect(aviso.get_by_role("status")).to_contain_text("Punto regresado: quedó como I a).")
    expect(aviso.get_by_role("button", name="Deshacer")).to_have_count(0)
    assert orden_de(sesion) == antes
    assert sesion.puntos.get(titulo="Hijo").padre == padre


def test_seguir_al_otro_paso_cambia_la_direccion_y_se_puede_volver(como: Como, sesion: m.Sesion) -> None:
    hoja = abrir_orden(como, sesion)
    hoja.get_by_role("link", name="Seguir: desahogo y acuerdos").click()
    hoja.wait_for_url(re.compile("/desahogo/"))
    hoja.go_back()
    hoja.wait_for_url(re.compile("/orden/$"))


def test_subir_con_el_teclado_conserva_el_foco(como: Como, sesion: m.Sesion) -> None:
    crear_punto(sesion, "Clausura")
    hoja = abrir_orden(como, sesion)
    boton = hoja.get_by_role("button", name="Subir «Clausura»")
    boton.focus()
    for esperado in (1, 0):
        hoja.keyboard.press("Enter")
        expect(hoja.locator("li[data-punto]").nth(esperado)).to_contain_text("Clausura")
        expect(boton).to_be_focused()
    assert orden_de(sesion)[0] == "I Clausura"


def soltar(hoja: Page, archivos: dict[str, bytes]) -> None:
    """Suelta archivos sobre la zona, como lo hace el navegador."""
    hoja.locator("form[data-soltar]").evaluate(
        """(forma, archivos) => {
            const dataTransfer = new DataTransfer();
            for (const [nombre, bytes] of archivos)
                dataTransfer.items.add(new File([new Uint8Array(bytes)], nombre, {type: "application/pdf"}));
            for (const tipo of ["dragover", "drop"])
                forma.dispatchEvent(new DragEvent(tipo, {dataTransfer, bubbles: true, cancelable: true}));
        }""",
        [[nombre, list(bytes_)] for nombre, bytes_ in archivos.items()],
    )


def test_soltar_varios_anexos_los_agrega_todos(abrir: Abrir, punto: m.Punto) -> None:
    hoja = abrir()
    soltar(hoja, {"informe.pdf": pdf(), "cuadro.pdf": pdf(paginas=2)})
    expect(hoja.locator("section:has(#anexos) li")).to_have_count(2, timeout=15_000)
    assert [anexo.titulo for anexo in punto.anexos.order_by("orden")] == ["informe.pdf", "cuadro.pdf"]


def test_soltar_algo_que_no_es_lo_que_dice_muestra_por_que(abrir: Abrir, punto: m.Punto) -> None:
    hoja = abrir()
    soltar(hoja, {"falso.pdf": b"MZ esto no es un PDF", "bueno.pdf": pdf()})
    expect(hoja.locator(".resumen-errores")).to_be_visible(timeout=10_000)
    expect(hoja.locator(".resumen-errores")).to_be_focused()
    assert punto.anexos.count() == 0


def test_la_vista_previa_se_renueva_al_guardar(abrir: Abrir) -> None:
    hoja = abrir()
    expect(hoja.locator("#vista-previa article")).to_be_visible()
    hoja.locator("#desahogo").fill("Una frase inconfundible.")
    expect(hoja.locator("#vista-previa")).to_contain_text("Una frase inconfundible.", timeout=8_000)


def en_la_vista(hoja: Page) -> list[str]:
    """Lo marcado como presente que de verdad se ve dentro del marco de la vista previa."""
    textos = hoja.locator(".mesa__vista").evaluate(
        """(marco) => [...marco.querySelectorAll(".acta-presente")].filter((bloque) => {
            const caja = bloque.getBoundingClientRect(), suya = marco.getBoundingClientRect();
            return caja.top >= suya.top && caja.top < suya.bottom;
        }).map((bloque) => bloque.textContent.trim())"""
    )
    return [str(texto) for texto in textos]


def test_la_vista_previa_sigue_al_punto_que_se_desahoga(abrir: Abrir, sesion: m.Sesion) -> None:
    for punto in sesion.puntos.all():
        relleno = "\n\n".join(f"Párrafo {n} de lo ocurrido." for n in range(25))
        punto.guardar_sobre(punto.version, desahogo=f"Se trata {punto.titulo}.\n\n{relleno}")
    hoja = abrir()
    hoja.set_viewport_size({"width": 1500, "height": 600})
    hoja.reload()
    marca = hoja.locator("#vista-previa .acta-presente", has_text="Asunto de prueba")
    expect(marca.first).to_contain_text("Asunto de prueba 1")
    assert "Asunto de prueba 1" in " ".join(en_la_vista(hoja))
    hoja.locator(".vecinos a[rel=next]").click()
    hoja.wait_for_url(re.compile(rf"/{sesion.puntos.get(titulo='Asunto de prueba 2').pk}/$"))
    expect(marca.first).to_contain_text("Asunto de prueba 2")
    assert "Asunto de prueba 1" not in " ".join(en_la_vista(hoja))
    assert hoja.locator(".mesa__vista").evaluate("(marco) => marco.scrollTop") > 0


def test_si_la_persona_mueve_la_hoja_guardar_no_se_la_regresa(abrir: Abrir, punto: m.Punto) -> None:
    punto.guardar_sobre(punto.version, desahogo="\n\n".join(f"Párrafo {n}." for n in range(40)))
    hoja = abrir()
    hoja.set_viewport_size({"width": 1500, "height": 600})
    hoja.reload()
    expect(hoja.locator("#vista-previa .acta-presente").first).to_be_attached()
    marco = hoja.locator(".mesa__vista")
    marco.evaluate("(marco) => { marco.scrollTop = 333; }")
    hoja.locator("#desahogo").press_sequentially("Algo nuevo. ")
    expect(hoja.locator("#vista-previa")).to_contain_text("Algo nuevo.", timeout=8_000)
    assert marco.evaluate("(marco) => marco.scrollTop") == 333


def test_repintar_la_mesa_no_vacia_ni_mueve_la_vista_previa(abrir: Abrir) -> None:
    hoja = abrir()
    expect(hoja.locator("#vista-previa article")).to_be_visible()
    marco = hoja.locator(".mesa__vista")
    hoja.set_viewport_size({"width": 1500, "height": 500})
    marco.evaluate("(marco) => { marco.scrollTop = 180; }")
    hoja.evaluate(
        """() => new MutationObserver(() => {
            const hoja = document.getElementById("vista-previa");
            if (hoja && !hoja.querySelector("article")) window.parpadeo = true;
        }).observe(document.body, {childList: true, subtree: true})"""
    )
    hoja.get_by_role("button", name="Se da cuenta", exact=True).click()
    expect(hoja.get_by_role("button", name="Se da cuenta", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    hoja.wait_for_load_state("networkidle")
    assert marco.evaluate("(marco) => marco.scrollTop") == 180
    assert hoja.evaluate("window.parpadeo ?? false") is False


def test_accion_sin_red_lo_dice_y_conserva_lo_escrito(abrir: Abrir, portal: Portal) -> None:
    hoja = abrir()
    portal.apagar()
    hoja.locator("summary", has_text="Agregar una intervención").click()
    hoja.get_by_label("Qué dijo", exact=True).fill("Palabras que no se pueden perder.")
    hoja.get_by_role("button", name="Agregar la intervención").click()
    expect(hoja.locator("[data-aviso-envio]")).to_contain_text("No hay conexión con el portal")
    expect(hoja.get_by_label("Qué dijo", exact=True)).to_have_value("Palabras que no se pueden perder.")


def test_lo_escrito_a_medias_sobrevive_a_otro_boton_y_lo_enviado_no_regresa(
    abrir: Abrir, punto: m.Punto
) -> None:
    hoja = abrir()
    hoja.locator("summary", has_text="Agregar un acuerdo").click()
    texto = hoja.get_by_label("Texto del acuerdo")
    texto.fill("Publicar el calendario.")
    hoja.get_by_role("button", name="Se da cuenta", exact=True).click()
    expect(hoja.get_by_role("button", name="Se da cuenta", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(texto).to_have_value("Publicar el calendario.")
    hoja.get_by_role("button", name="Agregar el acuerdo").click()
    expect(texto).to_have_value("")
    assert [acuerdo.texto for acuerdo in punto.acuerdos.all()] == ["Publicar el calendario."]


def test_dos_clics_agregan_un_solo_acuerdo(abrir: Abrir, punto: m.Punto) -> None:
    hoja = abrir()
    hoja.locator("summary", has_text="Agregar un acuerdo").click()
    texto = hoja.get_by_label("Texto del acuerdo")
    texto.fill("Publicar el calendario.")
    hoja.get_by_role("button", name="Agregar el acuerdo").dblclick()
    expect(texto).to_have_value("")
    hoja.wait_for_load_state("networkidle")
    assert [acuerdo.texto for acuerdo in punto.acuerdos.all()] == ["Publicar el calendario."]


def test_un_acuerdo_a_medias_se_ofrece_al_volver_y_enviado_se_olvida(abrir: Abrir, punto: m.Punto) -> None:
    hoja = abrir()
    hoja.locator("summary", has_text="Agregar un acuerdo").click()
    hoja.get_by_label("Texto del acuerdo").fill("Acuerdo que casi se pierde.")
    hoja.reload()
    hoja.get_by_role("button", name="Recuperarlo").click()  # su renglón queda abierto
    expect(hoja.get_by_label("Texto del acuerdo")).to_have_value("Acuerdo que casi se pierde.")
    hoja.get_by_role("button", name="Agregar el acuerdo").click()
    expect(hoja.get_by_label("Texto del acuerdo")).to_have_value("")
    hoja.reload()
    hoja.wait_for_selector(".editor__barra")
    expect(hoja.locator(".aviso", has_text="texto sin enviar")).to_have_count(0)
    assert [acuerdo.texto for acuerdo in punto.acuerdos.all()] == ["Acuerdo que casi se pierde."]


def test_el_parrafo_del_acta_se_guarda_solo(como: Como, sesion: m.Sesion) -> None:
    hoja = como("facilitadora").new_page()
    hoja.goto(reverse("actas:acta", args=(sesion.organo.clave, sesion.clave)))
    hoja.get_by_role("link", name=re.compile("^Editar")).first.click()
    area = hoja.locator("form[data-autoguardado] textarea")
    area.fill("Texto escrito a mano.")
    expect(hoja.locator("[data-estado]")).to_contain_text("Guardado", timeout=5_000)
    hoja.get_by_role("link", name="Ver cómo queda").click()
    expect(hoja.locator("#contenido")).to_contain_text("Texto escrito a mano.")
