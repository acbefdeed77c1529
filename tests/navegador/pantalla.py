"""Lo que hace una persona con la pantalla: entrar, presionar, abrir y llenar, por nombres visibles."""

import datetime as dt
from typing import Any

from playwright.sync_api import Locator, Page, expect

from stl_portal.cuentas.models import Usuario
from tests.cuentas.codigos import codigo, dar_telefono


class Pantalla:
    """La mesa vista en el navegador."""

    def __init__(self, page: Page, raiz: str) -> None:
        """Recibe la página abierta y la dirección del portal."""
        self.page, self.raiz = page, raiz

    def entrar(self, cuenta: Usuario, clave: str) -> None:
        """Entra con su correo y su segundo paso."""
        secreto = dar_telefono(cuenta)
        self.page.goto(f"{self.raiz}/entrar/")
        self.page.get_by_label("Correo").fill(cuenta.email)
        self.page.get_by_label("Contraseña", exact=True).fill(clave)
        self.page.get_by_role("button", name="Entrar").click()
        self.page.get_by_label("Código").fill(codigo(secreto))
        self.page.get_by_role("button", name="Entrar", exact=True).click()
        expect(self.page).to_have_url(f"{self.raiz}/mi/")

    def presionar(self, boton: Locator) -> None:
        """Presiona y espera a que la mesa se vuelva a pintar, sin errores."""
        self.seguir(boton)
        errores = self.page.locator(".resumen-errores")
        assert errores.count() == 0, errores.inner_text()

    def seguir(self, boton: Locator) -> None:
        """Presiona y espera a que se pinte otra vez, aunque lleve a donde ya estaba."""
        self.page.evaluate(
            "document.querySelector('main').dataset.viejo = '1'; "
            "document.querySelector('#mesa')?.setAttribute('data-viejo', '1')"
        )
        boton.click()
        self.page.locator("#mesa:not([data-viejo])").wait_for()

    def ir(self, paso: str) -> None:
        """Cambia de paso con el riel."""
        self.seguir(self.page.locator(".pasos").get_by_role("link", name=paso))
        expect(self.page.locator(".paso--actual, .paso [aria-current=step]").first).to_contain_text(paso)

    def abrir(self, seccion: Locator, detalle: str) -> Locator:
        """Abre un renglón plegado y lo devuelve."""
        plegado = seccion.locator("details", has=self.page.locator("summary", has_text=detalle)).last
        if plegado.get_attribute("open") is None:
            plegado.locator("summary").first.click()
        return plegado

    def llenar(self, marco: Locator, campos: dict[str, Any]) -> None:
        """Llena cada campo por el nombre con que se envía; lo vacío se deja."""
        for nombre, valor in campos.items():
            if valor in (None, ""):
                continue
            control = marco.locator(f"[name={nombre}]")
            etiqueta = control.evaluate("c => c.tagName + ':' + c.type")
            if etiqueta.startswith("SELECT"):
                control.select_option(self._opcion(control, str(valor)))
            elif etiqueta.endswith("checkbox"):
                control.set_checked(bool(valor))
            else:
                control.fill(_texto(valor))

    def _opcion(self, lista: Locator, texto: str) -> str:
        """Valor de la opción que es, termina o, si no, contiene el texto."""
        opciones = lista.locator("option").evaluate_all("os => os.map(o => [o.value, o.textContent.trim()])")
        buscado = texto[:60].casefold()
        iguales = [v for v, t in opciones if texto == v or t.casefold().endswith(buscado)]
        return [*iguales, *(v for v, t in opciones if buscado in t.casefold())][0]


def _texto(valor: Any) -> str:
    """Fechas y horas como las pide el selector del navegador."""
    if isinstance(valor, dt.date):
        return valor.isoformat()
    return valor.strftime("%H:%M") if isinstance(valor, dt.time) else str(valor)
