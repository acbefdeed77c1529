"""Subir archivos desde un navegador de verdad: varios a la vez, cortes, pausas, otro día y rechazos."""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from stl_portal.archivo.models import Archivo, Subida
from tests.mesa_js.conftest import Portal

from .pagina import REPETIDO

PARTE = 8 * 1024 * 1024
PARTES = "**/archivos/subidas/*-*"
Abrir = Callable[[BrowserContext], Page]


@pytest.fixture
def grande(tmp_path: Path) -> Path:
    """Un texto de tres partes."""
    ruta = tmp_path / "bitácora grande.txt"
    ruta.write_bytes((os.urandom(32).hex().encode() + b"\n") * (20 * 1024 * 1024 // 65 + 1))
    return ruta


def chico(carpeta: Path, nombre: str, contenido: bytes = b"") -> Path:
    """Un archivo pequeño."""
    ruta = carpeta / nombre
    ruta.write_bytes(contenido or nombre.encode())
    return ruta


def elegir(hoja: Page, *rutas: Path) -> None:
    hoja.get_by_label("Archivos").set_input_files([str(ruta) for ruta in rutas])


def renglon(hoja: Page, nombre: str) -> Locator:
    """El de ese archivo mientras sube."""
    return hoja.locator(".subida__renglon").filter(has_text=nombre)


def agregados(hoja: Page) -> Locator:
    return hoja.locator("#evidencias li")


def al_llegar_la_segunda(contexto: BrowserContext, hacer: Callable[[Route], None]) -> list[int]:
    """Con la segunda parte ocurre algo, una sola vez; devuelve dónde empieza cada parte enviada."""
    desde: list[int] = []

    def mirar(ruta: Route) -> None:
        if ruta.request.method == "PATCH":
            desde.append(int(ruta.request.headers["upload-offset"]))
        if len(desde) == 2 and ruta.request.method == "PATCH":
            hacer(ruta)
        else:
            ruta.continue_()

    contexto.route(PARTES, mirar)
    return desde


def cerrar_a_la_mitad(contexto: BrowserContext, hoja: Page) -> None:
    """Cierra la página con la segunda parte en camino, que no llega.

    Sin cortarla, el navegador decide al cerrar si la suelta o la deja pasar entera.
    """

    def cerrar(ruta: Route) -> None:
        ruta.abort("connectionreset")
        hoja.close()

    al_llegar_la_segunda(contexto, cerrar)


def huella(ruta: Path) -> str:
    return hashlib.sha256(ruta.read_bytes()).hexdigest()


def test_varios_a_la_vez_y_uno_rechazado(contexto: BrowserContext, abrir: Abrir, tmp_path: Path) -> None:
    hoja = abrir(contexto)
    buenos = [chico(tmp_path, f"lista {n}.txt") for n in range(4)]
    disfrazado = chico(tmp_path, "foto.jpg", b"<html><body>Hola")
    programa = chico(tmp_path, "programa.exe", b"MZ")
    elegir(hoja, *buenos[:2], disfrazado, programa, *buenos[2:])
    expect(agregados(hoja)).to_have_count(4)
    expect(renglon(hoja, "foto.jpg")).to_contain_text(
        "El archivo dice ser JPEG pero su contenido es una página HTML."
    )
    expect(renglon(hoja, "programa.exe")).to_contain_text("No se aceptan archivos .exe.")
    assert sorted(agregados(hoja).all_inner_texts()) == [ruta.name for ruta in buenos]
    assert set(Archivo.objects.values_list("huella", flat=True)) == {huella(ruta) for ruta in buenos}
    renglon(hoja, "foto.jpg").get_by_role("button", name="Quitar foto.jpg").click()
    expect(renglon(hoja, "foto.jpg")).to_have_count(0)
    expect(hoja.get_by_label("Archivos")).to_be_focused()


def test_si_se_va_la_red_se_reanuda_sola_donde_iba(
    contexto: BrowserContext, abrir: Abrir, grande: Path
) -> None:
    hoja = abrir(contexto)

    def cortar(ruta: Route) -> None:
        contexto.set_offline(True)
        ruta.abort("internetdisconnected")

    desde = al_llegar_la_segunda(contexto, cortar)
    elegir(hoja, grande)
    expect(renglon(hoja, grande.name)).to_contain_text("Sin conexión. Se reanuda sola en cuanto vuelva.")
    assert Subida.objects.get().recibido == PARTE
    contexto.set_offline(False)
    expect(agregados(hoja)).to_have_text([grande.name])
    assert desde == [0, PARTE, PARTE, 2 * PARTE]
    assert Archivo.objects.get().huella == huella(grande)
    assert list(Subida.objects.all()) == []


def test_si_el_portal_se_cae_continua_cuando_vuelve(
    contexto: BrowserContext, abrir: Abrir, grande: Path, portal: Portal
) -> None:
    hoja = abrir(contexto)

    def caer(ruta: Route) -> None:
        portal.apagar()
        ruta.abort("connectionreset")

    desde = al_llegar_la_segunda(contexto, caer)
    elegir(hoja, grande)
    expect(renglon(hoja, grande.name)).to_contain_text("El portal no responde. Se reintenta sola.")
    portal.encender()
    expect(agregados(hoja)).to_have_text([grande.name])
    assert desde == [0, PARTE, PARTE, 2 * PARTE]
    assert Archivo.objects.get().huella == huella(grande)


def test_al_volver_otro_dia_el_mismo_archivo_sigue_donde_iba(
    contexto: BrowserContext, abrir: Abrir, grande: Path, como: Callable[[str], BrowserContext]
) -> None:
    hoja = abrir(contexto)
    cerrar_a_la_mitad(contexto, hoja)
    elegir(hoja, grande)
    hoja.wait_for_event("close")
    # Otro navegador, sin nada guardado: lo que falta lo sabe el portal.
    otro = como("integrante")
    hoja = abrir(otro)
    desde: list[int] = []
    otro.on("request", lambda pedido: desde.extend(_lugar(pedido)))
    pendiente = renglon(hoja, grande.name)
    llegado = Subida.objects.get().recibido
    parte = 100 * llegado // grande.stat().st_size
    expect(pendiente).to_contain_text(f"Se quedó en {parte} %. Elige el mismo archivo y sigue donde iba.")
    with hoja.expect_file_chooser() as selector:
        pendiente.get_by_role("button", name=f"Elegir y terminar de subir {grande.name}").click()
    selector.value.set_files(str(grande))
    expect(agregados(hoja)).to_have_text([grande.name])
    expect(hoja.locator(".subida__renglon")).to_have_count(0)
    assert PARTE <= llegado < grande.stat().st_size
    assert desde[0] == llegado
    assert Archivo.objects.get().huella == huella(grande)


def test_si_se_elige_otro_archivo_se_dice_y_se_sube_desde_el_principio(
    contexto: BrowserContext, abrir: Abrir, grande: Path, tmp_path: Path
) -> None:
    hoja = abrir(contexto)
    cerrar_a_la_mitad(contexto, hoja)
    elegir(hoja, grande)
    hoja.wait_for_event("close")
    hoja = abrir(contexto)
    otro = chico(tmp_path, "otro.txt")
    pendiente = renglon(hoja, grande.name)
    with hoja.expect_file_chooser() as selector:
        pendiente.get_by_role("button", name=f"Elegir y terminar de subir {grande.name}").click()
    selector.value.set_files(str(otro))
    expect(agregados(hoja)).to_have_text([otro.name])
    expect(pendiente).to_contain_text("«otro.txt» es otro archivo y se sube aparte, desde el principio.")
    assert Archivo.objects.get().huella == huella(otro)
    assert Subida.objects.get().huella == huella(grande)


def _lugar(pedido: Any) -> Iterator[int]:
    if pedido.method == "PATCH":
        yield int(pedido.headers["upload-offset"])


def test_se_pausa_se_reanuda_y_se_cancela_con_el_teclado(
    contexto: BrowserContext, abrir: Abrir, grande: Path
) -> None:
    hoja = abrir(contexto)
    detenidas: list[Route] = []
    al_llegar_la_segunda(contexto, detenidas.append)
    elegir(hoja, grande)
    pausar = hoja.get_by_role("button", name=f"Pausar {grande.name}")
    pausar.focus()
    expect(renglon(hoja, grande.name)).to_contain_text("Subiendo: 8 MB de 20 MB")
    hoja.keyboard.press("Enter")
    reanudar = hoja.get_by_role("button", name=f"Reanudar {grande.name}")
    expect(reanudar).to_be_focused()
    expect(renglon(hoja, grande.name)).to_contain_text("En pausa. Van 8 MB de 20 MB")
    hoja.keyboard.press("Tab")
    hoja.keyboard.press("Enter")
    expect(hoja.locator(".subida__renglon")).to_have_count(0)
    expect(hoja.get_by_label("Archivos")).to_be_focused()


def test_axe_no_encuentra_nada_con_renglones_en_cada_estado(
    contexto: BrowserContext, abrir: Abrir, grande: Path, tmp_path: Path
) -> None:
    hoja = abrir(contexto)
    al_llegar_la_segunda(contexto, lambda ruta: ruta.abort("connectionreset"))
    elegir(hoja, grande, chico(tmp_path, "programa.exe", b"MZ"))
    hoja.get_by_role("button", name=f"Pausar {grande.name}").click()
    expect(renglon(hoja, grande.name)).to_contain_text("En pausa.")
    expect(renglon(hoja, "programa.exe")).to_contain_text("No se aceptan")
    for ancho, esquema in ((360, "light"), (1280, "dark")):
        hoja.set_viewport_size({"width": ancho, "height": 900})
        hoja.emulate_media(color_scheme=esquema, reduced_motion="reduce")  # type: ignore[arg-type]
        hoja.wait_for_timeout(300)
        hallado = Axe().run(hoja, options={"resultTypes": ["violations"]})
        assert [falla["id"] for falla in hallado.response["violations"]] == []


def test_lo_que_la_pagina_no_quiso_se_dice_con_su_frase(
    contexto: BrowserContext, abrir: Abrir, tmp_path: Path
) -> None:
    hoja = abrir(contexto)
    elegir(hoja, chico(tmp_path, "repetido.txt"))
    expect(renglon(hoja, "repetido.txt")).to_contain_text(REPETIDO)


def test_si_caduca_la_sesion_entra_en_otra_pestana_y_sigue(
    contexto: BrowserContext, abrir: Abrir, grande: Path
) -> None:
    hoja = abrir(contexto)
    galletas = contexto.cookies()

    def salir(ruta: Route) -> None:
        contexto.clear_cookies(name="sessionid")
        ruta.abort("connectionreset")

    desde = al_llegar_la_segunda(contexto, salir)
    elegir(hoja, grande)
    expect(renglon(hoja, grande.name)).to_contain_text("Tu sesión caducó.")
    contexto.add_cookies([galleta for galleta in galletas if galleta["name"] == "sessionid"])  # type: ignore[misc]
    hoja.get_by_role("button", name=f"Reanudar {grande.name}").click()
    expect(agregados(hoja)).to_have_text([grande.name])
    assert desde == [0, PARTE, PARTE, 2 * PARTE]


def test_sin_javascript_es_una_forma_comun(contexto: BrowserContext, abrir: Abrir, tmp_path: Path) -> None:
    contexto.route("**/*.js", lambda ruta: ruta.abort())
    hoja = abrir(contexto)
    elegir(hoja, chico(tmp_path, "uno.txt"), chico(tmp_path, "dos.txt"))
    hoja.get_by_role("button", name="Subir").click()
    expect(hoja.locator("li")).to_have_text(["uno.txt", "dos.txt"])
