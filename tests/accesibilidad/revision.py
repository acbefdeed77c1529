"""Lo que axe halla en una página ya abierta, en teléfono y en computadora, clara y oscura."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, TimeoutError

from tests import turnos

Esquema = Literal["light", "dark"]
# A medio cambio de claro a oscuro ningún color es el definitivo: se espera a que no corra ninguna
# transición, sin quedarse a esperar para siempre si una página tuviera una que no acaba.
REPOSO = "() => !document.getAnimations().some(animacion => animacion.playState === 'running')"
ESPERA = 5_000  # milisegundos
NORMAS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TODAS: dict[str, Any] = {"resultTypes": ["violations"], "runOnly": NORMAS}
# De un esquema a otro solo cambian los colores; a otro ancho, lo demás. Medir colores es lo que más tarda.
DE_COLOR = ["color-contrast", "link-in-text-block"]
SOLO_COLOR: dict[str, Any] = {**TODAS, "runOnly": DE_COLOR}
SIN_COLOR: dict[str, Any] = {**TODAS, "rules": {regla: {"enabled": False} for regla in DE_COLOR}}

# Con cada cambio se mira una vista de la mitad de las páginas, otra cada día; `make accesibilidad` mira todas
# las vistas de todas.
TODAS_LAS_VISTAS = os.environ.get("AXE") == "todo"


def de_turno(n: int, vistas: Sequence[tuple[int, Esquema]]) -> Sequence[tuple[int, Esquema]]:
    """Las vistas que le tocan hoy a la página número `n` de una lista; quizá ninguna."""
    if TODAS_LAS_VISTAS:
        return vistas
    vuelta, toca_otro_dia = divmod(n + turnos.HOY, 2)
    return [] if toca_otro_dia else [vistas[vuelta % len(vistas)]]


def violaciones(page: Page, direccion: str, vistas: Sequence[tuple[int, Esquema]]) -> Iterator[str]:
    """Una línea por hallazgo y una si se desborda a lo ancho; el color se mira una vez por esquema."""
    con_color: set[Esquema] = set()
    page.evaluate(Axe().axe_script)  # una sola vez por página: es lo que más tarda
    for ancho, esquema in vistas:
        page.set_viewport_size({"width": ancho, "height": 900})
        page.emulate_media(color_scheme=esquema, reduced_motion="reduce")
        page.wait_for_timeout(80)
        with suppress(TimeoutError):
            page.wait_for_function(REPOSO, timeout=ESPERA)
        reglas = SIN_COLOR if esquema in con_color else SOLO_COLOR if con_color else TODAS
        con_color.add(esquema)
        respuesta = page.evaluate("reglas => axe.run(reglas)", reglas)
        for hallazgo in respuesta["violations"]:
            donde = "; ".join(nodo["html"][:120] for nodo in hallazgo["nodes"][:3])
            yield f"{direccion} [{ancho} {esquema}] {hallazgo['id']}: {donde}"
        if page.evaluate("document.documentElement.scrollWidth") > ancho:
            yield f"{direccion} [{ancho}] se desborda a lo ancho"
