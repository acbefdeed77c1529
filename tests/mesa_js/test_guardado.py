"""Nada de lo escrito se pierde: portal caído, red cortada, sesión caducada, dos personas a la vez."""

import re
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Page, expect

from sesiones import models as m
from tests.cuentas.media_hora import pasar_media_hora
from tests.mesa_js.conftest import Abrir, Portal, direccion, entrar_de_nuevo, texto_guardado
from tests.personas import Reparto

AREA = "#desahogo"
ESTADO = "form:has(#desahogo) [data-estado]"
GUARDADO = re.compile(r"^Guardado hace \d+ s$")


def escribir(hoja: Page, texto: str) -> None:
    hoja.locator(AREA).focus()
    hoja.keyboard.press("Control+End")
    hoja.keyboard.type(texto)


def copias(hoja: Page) -> list[str]:
    """Nombres de las copias locales que siguen sin confirmar."""
    guardadas = "Object.keys(localStorage).filter((n) => n.startsWith('stl:copia:'))"
    return [str(n) for n in hoja.evaluate(guardadas)]


@pytest.mark.ambas_bases
def test_se_guarda_solo_y_lo_dice(abrir: Abrir, punto: m.Punto) -> None:
    hoja = abrir()
    escribir(hoja, "Se da cuenta del oficio.")
    assert len(copias(hoja)) == 1
    expect(hoja.locator(ESTADO)).to_have_text(GUARDADO, timeout=2_000)
    assert texto_guardado(punto) == "Se da cuenta del oficio."
    assert copias(hoja) == []
    expect(hoja.locator(ESTADO)).to_have_text(re.compile("hace [3-9] s"), timeout=6_000)


def test_boton_y_autoguardado_van_por_el_mismo_camino(abrir: Abrir, punto: m.Punto) -> None:
    hoja = abrir()
    envios: list[str] = []
    hoja.on("request", lambda p: envios.append(p.url) if p.url.endswith("/texto/") else None)
    escribir(hoja, "Texto con botón.")
    hoja.locator("form:has(#desahogo)").get_by_role("button", name="Guardar").click()
    expect(hoja.locator(ESTADO)).to_have_text(GUARDADO)
    hoja.wait_for_timeout(1_500)
    assert len(envios) == 1
    assert texto_guardado(punto) == "Texto con botón."


def test_al_salir_de_la_pagina_se_guarda(abrir: Abrir, punto: m.Punto) -> None:
    """El envío no espera a la página siguiente: si esperara, quien vuelve pronto no vería lo suyo."""
    hoja = abrir()
    pasos: list[str] = []
    hoja.on("request", lambda p: pasos.append("se envía") if p.url.endswith("/texto/") else None)
    hoja.on("response", lambda r: pasos.append("otra página") if r.url.endswith("/mi/") else None)
    escribir(hoja, "Última línea antes de salir.")
    with hoja.expect_event("requestfinished", lambda p: p.url.endswith("/texto/")):
        hoja.goto("/mi/")
    assert pasos == ["se envía", "otra página"]
    assert texto_guardado(punto) == "Última línea antes de salir."
    hoja.goto(direccion(punto))
    expect(hoja.locator(AREA)).to_have_value("Última línea antes de salir.")


@pytest.mark.ambas_bases
def test_el_portal_se_apaga_a_media_frase_y_vuelve(abrir: Abrir, portal: Portal, punto: m.Punto) -> None:
    hoja = abrir()
    escribir(hoja, "Antes. ")
    expect(hoja.locator(ESTADO)).to_have_text(GUARDADO)
    portal.apagar()
    escribir(hoja, "Durante. ")
    expect(hoja.locator(ESTADO)).to_contain_text("a salvo en este equipo", timeout=8_000)
    escribir(hoja, "Después.")
    portal.encender()
    expect(hoja.locator(ESTADO)).to_have_text(GUARDADO, timeout=20_000)
    assert texto_guardado(punto) == "Antes. Durante. Después."


def test_con_el_portal_apagado_se_cierra_la_pestana_y_el_texto_se_ofrece(
    abrir: Abrir, portal: Portal, punto: m.Punto
) -> None:
    hoja = abrir()
    portal.apagar()
    escribir(hoja, "Texto huérfano.")
    # Lo prometido empieza cuando la página lo dice: Chromium guarda la copia un instante después.
    expect(hoja.locator(ESTADO)).to_contain_text("a salvo en este equipo", timeout=8_000)
    contexto = hoja.context
    hoja.close()
    portal.encender()
    otra = contexto.new_page()
    otra.goto(direccion(punto))
    aviso = otra.locator(".aviso", has_text="Hay un texto sin enviar de las")
    expect(aviso).to_be_visible()
    expect(otra.locator(AREA)).to_have_value("")  # nunca en silencio
    aviso.get_by_role("button", name="Recuperarlo").click()
    expect(otra.locator(AREA)).to_have_value("Texto huérfano.")
    expect(otra.locator(ESTADO)).to_have_text(GUARDADO)
    assert texto_guardado(punto) == "Texto huérfano."
    assert copias(otra) == []


def test_el_texto_ofrecido_se_puede_descartar(abrir: Abrir, portal: Portal, punto: m.Punto) -> None:
    hoja = abrir()
    portal.apagar()
    escribir(hoja, "No sirve.")
    portal.encender()
    hoja.context.set_offline(True)  # que tampoco salga al cerrar
    contexto = hoja.context
    hoja.close()
    contexto.set_offline(False)
    otra = contexto.new_page()
    otra.goto(direccion(punto))
    otra.locator(".aviso").get_by_role("button", name="Descartarlo").click()
    expect(otra.locator(".aviso", has_text="texto sin enviar")).to_have_count(0)
    assert copias(otra) == []
    assert texto_guardado(punto) == ""


def test_al_recargar_el_texto_sin_enviar_se_ofrece_en_vez_de_reaparecer(abrir: Abrir, punto: m.Punto) -> None:
    hoja = abrir()
    hoja.route("**/texto/", lambda ruta: ruta.abort())
    escribir(hoja, "Sin enviar.")
    hoja.reload()
    expect(hoja.locator(".aviso", has_text="Hay un texto sin enviar")).to_be_visible()
    expect(hoja.locator(AREA)).to_have_value("")
    escribir(hoja, "Otra cosa.")  # escribir encima no borra lo que se ofrece
    hoja.unroute("**/texto/")
    hoja.get_by_role("button", name="Recuperarlo").click()
    expect(hoja.locator(AREA)).to_have_value("Sin enviar.")
    expect(hoja.locator(".aviso", has_text="Hay un texto sin enviar")).to_contain_text("Otra cosa.")
    expect(hoja.locator(ESTADO)).to_have_text(GUARDADO)
    assert texto_guardado(punto) == "Sin enviar."


def test_sin_red_y_con_red(abrir: Abrir, punto: m.Punto) -> None:
    hoja = abrir()
    hoja.context.set_offline(True)
    escribir(hoja, "Escrito sin red.")
    expect(hoja.locator(ESTADO)).to_contain_text("Sin conexión", timeout=5_000)
    assert len(copias(hoja)) == 1
    hoja.context.set_offline(False)
    expect(hoja.locator(ESTADO)).to_have_text(GUARDADO, timeout=8_000)
    assert texto_guardado(punto) == "Escrito sin red."


def test_sesion_caducada_se_entra_en_otra_pestana_y_el_texto_se_envia(
    abrir: Abrir, punto: m.Punto, reparto: Reparto
) -> None:
    hoja = abrir()
    escribir(hoja, "Escrito antes. ")
    expect(hoja.locator(ESTADO)).to_have_text(GUARDADO)
    pasar_media_hora()
    escribir(hoja, "Escrito con la sesión caducada.")
    expect(hoja.locator(ESTADO)).to_contain_text("Tu sesión caducó", timeout=5_000)
    with hoja.context.expect_page() as otra:
        hoja.locator(ESTADO).get_by_role("link").click()
    entrar_de_nuevo(otra.value, reparto.cuentas["facilitadora"].email)
    otra.value.wait_for_url(f"**{direccion(punto)}")
    hoja.bring_to_front()
    expect(hoja.locator(ESTADO)).to_have_text(GUARDADO, timeout=10_000)
    assert texto_guardado(punto) == "Escrito antes. Escrito con la sesión caducada."


def test_si_entra_otra_cuenta_el_texto_no_se_envia_con_ella(
    abrir: Abrir, punto: m.Punto, reparto: Reparto
) -> None:
    hoja = abrir()
    Session.objects.all().delete()
    escribir(hoja, "Lo escribió la facilitadora.")
    expect(hoja.locator(ESTADO)).to_contain_text("Tu sesión caducó", timeout=5_000)
    with hoja.context.expect_page() as otra:
        hoja.locator(ESTADO).get_by_role("link").click()
    entrar_de_nuevo(otra.value, reparto.cuentas["administradora"].email)
    otra.value.wait_for_url(f"**{direccion(punto)}")
    hoja.bring_to_front()
    expect(hoja.locator(ESTADO)).to_contain_text("Entró otra cuenta", timeout=10_000)
    assert texto_guardado(punto) == ""
    expect(hoja.locator(AREA)).to_have_value("Lo escribió la facilitadora.")


def test_ficha_vieja_se_renueva_sola(abrir: Abrir, punto: m.Punto) -> None:
    hoja = abrir()
    hoja.context.clear_cookies(name="csrftoken")
    escribir(hoja, "Con ficha nueva.")
    expect(hoja.locator(ESTADO)).to_have_text(GUARDADO, timeout=10_000)
    assert texto_guardado(punto) == "Con ficha nueva."


def conflicto_entre(abrir: Abrir, punto: m.Punto) -> tuple[Page, Page]:
    """Dos personas escriben en el mismo punto; guarda primero la segunda."""
    m.Punto.objects.filter(pk=punto.pk).update(desahogo="Párrafo común.")
    ana, beto = abrir("facilitadora"), abrir("administradora")
    escribir(beto, "\n\nLo de Beto.")
    expect(beto.locator(ESTADO)).to_have_text(GUARDADO)
    escribir(ana, "\n\nLo de Ana.")
    expect(ana.locator(".conflicto")).to_be_visible(timeout=5_000)
    return ana, beto


@pytest.mark.ambas_bases
def test_dos_personas_ven_ambos_textos_y_nada_se_pisa(abrir: Abrir, punto: m.Punto) -> None:
    ana, _ = conflicto_entre(abrir, punto)
    textos = ana.locator(".conflicto pre").all_inner_texts()
    assert textos == ["Párrafo común.\n\nLo de Beto.", "Párrafo común.\n\nLo de Ana."]
    expect(ana.locator(".conflicto h4")).to_have_text(
        "Administradora de Prueba guardó cambios mientras escribías"
    )
    assert texto_guardado(punto) == "Párrafo común.\n\nLo de Beto."


def test_quedarse_con_el_mio(abrir: Abrir, punto: m.Punto) -> None:
    ana, _ = conflicto_entre(abrir, punto)
    ana.get_by_role("button", name="Quedarme con el mío").click()
    expect(ana.locator(ESTADO)).to_have_text(GUARDADO)
    assert texto_guardado(punto) == "Párrafo común.\n\nLo de Ana."
    expect(ana.locator(".conflicto")).to_have_count(0)


def test_quedarse_con_el_suyo_permite_recuperar_el_mio(abrir: Abrir, punto: m.Punto) -> None:
    ana, _ = conflicto_entre(abrir, punto)
    ana.get_by_role("button", name="Quedarme con el suyo").click()
    expect(ana.locator(AREA)).to_have_value("Párrafo común.\n\nLo de Beto.")
    assert texto_guardado(punto) == "Párrafo común.\n\nLo de Beto."
    ana.locator(".aviso").get_by_role("button", name="Recuperarlo").click()
    expect(ana.locator(ESTADO)).to_have_text(GUARDADO)
    assert texto_guardado(punto) == "Párrafo común.\n\nLo de Ana."


@pytest.mark.ambas_bases
def test_juntar_los_dos(abrir: Abrir, punto: m.Punto) -> None:
    ana, _ = conflicto_entre(abrir, punto)
    ana.get_by_role("button", name="Juntar los dos").click()
    expect(ana.locator(ESTADO)).to_have_text(GUARDADO)
    assert texto_guardado(punto) == "Párrafo común.\n\nLo de Beto.\n\nLo de Ana."


def test_quien_sigue_escribiendo_durante_el_conflicto_no_pierde_letras(abrir: Abrir, punto: m.Punto) -> None:
    ana, _ = conflicto_entre(abrir, punto)
    escribir(ana, " Y esto más.")
    expect(ana.locator(".conflicto pre").nth(1)).to_have_text("Párrafo común.\n\nLo de Ana. Y esto más.")
    ana.get_by_role("button", name="Quedarme con el mío").click()
    expect(ana.locator(ESTADO)).to_have_text(GUARDADO)
    assert texto_guardado(punto) == "Párrafo común.\n\nLo de Ana. Y esto más."


@pytest.mark.ambas_bases
def test_respuesta_perdida_no_se_confunde_con_conflicto(abrir: Abrir, punto: m.Punto) -> None:
    hoja = abrir()

    def entregar_y_cortar(ruta: object) -> None:
        ruta.fetch()  # type: ignore[attr-defined]  # el portal sí guarda…
        ruta.abort()  # type: ignore[attr-defined]  # …pero la respuesta nunca llega

    hoja.route("**/texto/", entregar_y_cortar, times=1)
    escribir(hoja, "Primera parte.")
    expect(hoja.locator(ESTADO)).to_contain_text("a salvo", timeout=5_000)
    escribir(hoja, " Segunda parte.")
    expect(hoja.locator(ESTADO)).to_have_text(GUARDADO, timeout=10_000)
    expect(hoja.locator(".conflicto")).to_have_count(0)
    assert texto_guardado(punto) == "Primera parte. Segunda parte."


def test_texto_que_el_portal_no_admite_se_dice_y_se_conserva(abrir: Abrir, punto: m.Punto) -> None:
    hoja = abrir()
    hoja.locator(AREA).fill("a" * 200_001)
    expect(hoja.locator(ESTADO)).to_contain_text("el máximo es 200,000", timeout=5_000)
    assert len(hoja.locator(AREA).input_value()) == 200_001
    assert texto_guardado(punto) == ""


def test_nunca_hay_dos_envios_a_la_vez(abrir: Abrir, punto: m.Punto) -> None:
    hoja = abrir()
    en_vuelo = {"ahora": 0, "maximo": 0}

    def lento(ruta: object) -> None:
        en_vuelo["ahora"] += 1
        en_vuelo["maximo"] = max(en_vuelo.values())
        hoja.wait_for_timeout(600)
        ruta.continue_()  # type: ignore[attr-defined]

    def acabo(peticion: object) -> None:
        if peticion.url.endswith("/texto/"):  # type: ignore[attr-defined]
            en_vuelo["ahora"] -= 1

    hoja.route("**/texto/", lento)
    hoja.on("requestfinished", acabo)
    boton = hoja.locator("form:has(#desahogo)").get_by_role("button", name="Guardar")
    for palabra in ("uno ", "dos ", "tres "):
        escribir(hoja, palabra)
        boton.click()
    expect(hoja.locator(ESTADO)).to_have_text(GUARDADO, timeout=15_000)
    hoja.unroute("**/texto/")
    assert en_vuelo["maximo"] == 1
    assert texto_guardado(punto) == "uno dos tres"


def test_una_accion_de_la_mesa_guarda_antes_el_texto(abrir: Abrir, punto: m.Punto) -> None:
    hoja = abrir()
    escribir(hoja, "Se aprueba.")
    hoja.get_by_role("button", name="Se da cuenta", exact=True).click()
    expect(hoja.locator(AREA)).to_have_value("Se aprueba.")
    expect(hoja.get_by_role("button", name="Se da cuenta", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    assert texto_guardado(punto) == "Se aprueba."
    assert m.Punto.objects.get(pk=punto.pk).resultado != "pendiente"


def test_una_liga_de_la_mesa_guarda_y_cambia_de_direccion(abrir: Abrir, punto: m.Punto) -> None:
    hoja = abrir()
    escribir(hoja, "Antes de cambiar de paso.")
    hoja.locator(".vecinos a").last.click()
    hoja.wait_for_url(re.compile("/desahogo/"))
    hoja.go_back()
    expect(hoja.locator(AREA)).to_have_value("Antes de cambiar de paso.")
    assert texto_guardado(punto) == "Antes de cambiar de paso."


def test_accion_con_sesion_caducada_no_borra_la_pagina(
    abrir: Abrir, punto: m.Punto, reparto: Reparto
) -> None:
    hoja = abrir()
    escribir(hoja, "Sigue aquí.")
    expect(hoja.locator(ESTADO)).to_have_text(GUARDADO)
    Session.objects.all().delete()
    hoja.get_by_role("button", name="Se da cuenta", exact=True).click()
    aviso = hoja.locator("[data-aviso-envio]")
    expect(aviso).to_contain_text("Tu sesión caducó")
    expect(hoja.locator(AREA)).to_have_value("Sigue aquí.")
    with hoja.context.expect_page() as otra:
        aviso.get_by_role("link").click()
    entrar_de_nuevo(otra.value, reparto.cuentas["facilitadora"].email)
    otra.value.wait_for_url(f"**{direccion(punto)}")
    hoja.bring_to_front()
    hoja.get_by_role("button", name="Se da cuenta", exact=True).click()
    expect(hoja.get_by_role("button", name="Se da cuenta", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


def test_se_ve_quien_mas_esta_en_el_punto(abrir: Abrir, como: Callable[[str], BrowserContext]) -> None:
    ana = abrir("facilitadora")
    expect(ana.locator(".presencia")).to_be_hidden()
    beto = abrir("administradora")
    expect(beto.locator(".presencia")).to_contain_text("Facilitadora de Prueba")
