"""Una convocatoria de la publicación a los resultados: cinco postulaciones y un conflicto de interés."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from sesiones.certamenes.conteo import largo
from sesiones.certamenes.models import Certamen
from stl_portal.cuentas.models import Usuario
from stl_portal.participacion import sello_de_tiempo
from tests.certamenes import fabricas
from tests.cuentas.codigos import identificarse
from tests.personas import Reparto, crear_reparto

VECINA = "vecina@prueba.example"
TEXTOS = [
    "",
    "  a\r\nb\n",
    "e\u0301👩🏽\u200b",
    "a\n\n\n\nb",
    "\x07x\u202e",
    "ñ" * 30,
    "\u2028 z\ufeff",
    "\t\xa0q\x85",
]


class Escena:
    """El portal, quien entra y el reloj."""

    def __init__(self, navegador: Browser, raiz: str, reparto: Reparto) -> None:
        self.navegador, self.raiz, self.reparto = navegador, raiz, reparto

    def entra(self, cuenta: Usuario | None = None, ancho: int = 1280) -> Page:
        """Una página; con cuenta, recién identificada."""
        contexto: BrowserContext = self.navegador.new_context(
            base_url=self.raiz, locale="es-MX", viewport={"width": ancho, "height": 800}
        )
        contexto.set_default_timeout(20_000)
        if cuenta:
            galleta = identificarse(Client(), cuenta).cookies["sessionid"].value
            contexto.add_cookies([{"name": "sessionid", "value": galleta, "url": self.raiz}])
        return contexto.new_page()


@pytest.fixture
def escena(
    live_server: LiveServer, navegador: Browser, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Escena:
    settings.SITIO = live_server.url
    monkeypatch.setattr(sello_de_tiempo, "MINIMO", dt.timedelta(0))
    return Escena(navegador, live_server.url, crear_reparto())


def preparar(page: Page, cuentas: dict[str, Usuario]) -> Certamen:
    """Quien conduce la prepara, integra el comité y la publica; abre ya y cierra mañana."""
    page.goto("/gestion/convocatorias/prueba/nueva/")
    page.get_by_label("Título").fill("Premio de punta a punta")
    page.get_by_role("button", name="Empezar a prepararla").click()
    page.get_by_role("link", name=re.compile("^Escribir las bases")).click()
    ahora = timezone.localtime()
    page.get_by_label(re.compile("^Bases")).fill("Se premia **lo mejor**.")
    for cual, dia in (("abre", ahora - dt.timedelta(days=1)), ("cierra", ahora + dt.timedelta(days=1))):
        page.locator(f"[name={cual}_dia]").fill(f"{dia:%Y-%m-%d}")
        page.locator(f"[name={cual}_hora]").fill("12:00")
    page.get_by_role("button", name="Guardar").click()
    for papel, institucion in (("integrante", "Instituto Juez"), ("extrana", "Colegio Juez")):
        page.goto("/gestion/convocatorias/prueba/premio-de-punta-a-punta/comite/")
        page.get_by_label("Institución").fill(institucion)
        page.get_by_label("Nombre completo").fill("Quien califica")
        page.get_by_label("Correo").fill(cuentas[papel].email)
        page.get_by_role("button", name="Sumar al comité").click()
        expect(page.get_by_text(institucion, exact=False).first).to_be_visible()
    page.get_by_role("link", name="Volver a la convocatoria").click()
    page.get_by_role("button", name="Publicar la convocatoria").click()
    expect(page.get_by_text("Ya es pública.")).to_be_visible()
    return Certamen.objects.get()


def liga() -> str:
    """La del último correo que le llegó a quien postula."""
    cuerpo = str([c for c in mail.outbox if c.to == [VECINA]][-1].body)
    return re.findall(r"http\S+/convocatorias/postulacion/\S+", cuerpo)[0]


def postular(page: Page, certamen: Certamen) -> None:
    """Sin cuenta y desde un teléfono: pide la liga, se pasa del tope, agrega evidencia y presenta."""
    page.goto("/convocatorias/")
    page.get_by_role("link", name=certamen.titulo).click()
    page.get_by_role("link", name="Postular", exact=True).click()
    page.get_by_label("Tu correo").fill(VECINA)
    page.get_by_role("button", name="Mandarme la liga").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Revisa tu correo")
    page.goto(liga())
    page.get_by_role("button", name="Confirmar y empezar").click()
    page.get_by_label("Nombre de la práctica").fill("La de la vecina")
    areas, topes = page.locator("textarea"), [500, 500, 250, 700, 500]
    for n, tope in enumerate(topes):
        areas.nth(n).fill("á" * (tope + (7 if n == 2 else -1)))
    expect(page.locator(".contador").nth(2)).to_have_text("Sobran 7 caracteres")
    expect(page.locator(".contador").nth(3)).to_have_text("Queda 1 carácter")
    contados = page.evaluate(
        "async (textos) => textos.map((await import('/static/js/conteo.js')).largo)", TEXTOS
    )
    assert contados == [largo(texto) for texto in TEXTOS]
    page.get_by_label("Qué es").select_option("fotografia")
    foto = {"name": "foto.txt", "mimeType": "text/plain", "buffer": b"una evidencia"}
    page.get_by_label("Archivo").set_input_files(foto)  # type: ignore[arg-type]
    page.get_by_role("button", name="Agregar y guardar").click()
    expect(page.get_by_role("alert")).to_contain_text("Son 257 caracteres y caben 250: sobran 7.")
    page.locator("textarea").nth(2).fill("Ya cabe")
    page.get_by_role("button", name="Presentar", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Elige de qué sector vienes.")
    page.get_by_label("De qué sector vienes").select_option("sociedad_civil")
    page.get_by_label("Persona de contacto").fill("Vecina Reservada")
    page.get_by_role("button", name="Presentar", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Folio P-005")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def calificar(page: Page, certamen: Certamen, puntos: Callable[[int], int]) -> None:
    """Desde «Mi portal», todas; se abstiene donde le avisan que tiene conflicto."""
    page.goto("/mi/")
    page.get_by_role("link", name=re.compile("^Calificar")).click()
    for folio in range(1, 6):
        page.get_by_role("link", name=re.compile(f"^P-00{folio}")).click()
        if page.get_by_text("Tienes conflicto de interés").count():
            page.get_by_label("Cuál es tu conflicto de interés").fill("Es de mi instituto.")
            page.get_by_role("button", name="Abstenerme").click()
        else:
            for campo in page.locator("input[type=number]").all():
                campo.fill(str(puntos(folio)))
            page.get_by_role("button", name="Guardar mi calificación").click()
        expect(page.get_by_text(re.compile("Guardamos tu calificación|Te abstuviste en"))).to_be_visible()


@pytest.mark.django_db(transaction=True)
def test_de_la_publicacion_a_los_resultados(escena: Escena, monkeypatch: pytest.MonkeyPatch) -> None:
    cuentas = escena.reparto.cuentas
    gestion = escena.entra(cuentas["facilitadora"])
    certamen = preparar(gestion, cuentas)
    for n in range(1, 5):  # cuatro llegaron antes, una del instituto de quien califica
        institucion = "instituto juez" if n == 2 else f"Colectivo {n}"
        fabricas.presentada(certamen, titulo=f"Práctica {n}", institucion=institucion)
    vecina = escena.entra(ancho=360)
    postular(vecina, certamen)

    reloj, de_veras = dt.timedelta(days=2), timezone.now
    monkeypatch.setattr(timezone, "now", lambda: de_veras() + reloj)
    gestion = escena.entra(cuentas["facilitadora"])
    gestion.goto(certamen.url_de_gestion)
    gestion.get_by_role("button", name="Pasarla al comité").click()
    expect(gestion.get_by_text("Pasó al comité: ya puede calificar.")).to_be_visible()
    calificar(escena.entra(cuentas["integrante"]), certamen, lambda folio: 10 - folio)
    gestion.reload()
    expect(gestion.get_by_text("con 1 abstención (terminó)")).to_be_visible()
    expect(gestion.get_by_text("Falta que termine: Extrana de Prueba.")).to_be_visible()
    calificar(escena.entra(cuentas["extrana"]), certamen, lambda folio: 10 - folio)
    gestion.reload()
    gestion.get_by_role("button", name="Cerrar el dictamen").click()
    expect(gestion.get_by_text("Una persona se abstuvo y no cuenta.")).to_have_count(1)
    gestion.get_by_role("button", name="Publicar los resultados").click()
    expect(gestion.get_by_text("Los resultados ya son públicos.")).to_be_visible()

    vecina.goto(certamen.get_absolute_url())
    renglones = vecina.get_by_role("region", name="Resultados").get_by_role("listitem")
    lugares = ("Primer lugar", "Segundo lugar", "Tercer lugar", "Mención")  # la quinta no llegó a 60
    expect(renglones).to_have_count(len(lugares))
    for n, lugar in enumerate(lugares):
        expect(renglones.nth(n)).to_contain_text(lugar)
        expect(renglones.nth(n)).to_contain_text(f"Práctica {n + 1}")
    assert "Vecina Reservada" not in vecina.content()
    assert VECINA not in vecina.content()
    assert "no quedó entre las reconocidas" in str([c for c in mail.outbox if c.to == [VECINA]][-1].body)
