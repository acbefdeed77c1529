"""Una sesión municipal de punta a punta: de la convocatoria al acta narrativa publicada, en el navegador.

Lleva un informe trimestral como anexo, un suplente y una persona facultada por oficio solo para esa sesión;
la aprueba la sesión siguiente con otras personas presentes, y son ellas quienes firman.
"""

import datetime as dt
import io
import os
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext, Page, expect

from municipios.demo.leon.carga import CARPETA
from municipios.models import InformeTrimestral
from sesiones import models as m
from sesiones.constancia_publica import fallas
from sesiones.demo.datos import entre_semana, fechar
from sesiones.demo.integrar import integrar
from sesiones.estados import EstadoActa, TipoRol, TipoSuplencia
from stl_portal.cuentas.models import Usuario
from tests.cuentas.codigos import identificarse
from tests.mesa_js.conftest import Portal, portal  # noqa: F401  # el portal de verdad, en su puerto
from tests.personas import CLAVE

from .grabadora import Grabadora

HOY = dt.date.today()
ORGANO = "stm-leon-demo"
ACTIVIDADES = "Se midieron las banquetas de cuatro barrios"
DICHO = "Que se mida también la sombra de los árboles."
SEDE = "Salón de prueba (sede ficticia)"
LUGAR = {"tipo": "ordinaria", "hora": dt.time(10), "modalidad": "presencial", "lugar": SEDE}
PRIMERA: dict[str, Any] = {
    "sesion": LUGAR | {"organo": ORGANO, "fecha": entre_semana(HOY + dt.timedelta(days=8))},
    "quorum": {"hora": dt.time(10, 5)},
    "cierre": {"hora": dt.time(11, 20)},
    "punto": [
        {
            "clave": "lista",
            "titulo": "Pase de lista de asistencia y declaración de quórum",
            "resultado": "desahogado",
        },
        {"clave": "orden", "titulo": "Lectura y, en su caso, aprobación del orden del día"},
        {"clave": "informe", "titulo": "Presentación del informe trimestral 1", "resultado": "da_cuenta"},
        {"clave": "generales", "titulo": "Asuntos generales", "resultado": "desahogado"},
    ],
    "asistencia": [
        {"asiento": "presidencia", "estado": "presente", "suplencia": "jacaranda"},
        {"asiento": "contraloria", "estado": "presente"},
        {"asiento": "universidad", "estado": "presente"},
        {"asiento": "colegio", "estado": "justificada"},
        {"asiento": "secretariado", "estado": "presente"},
    ],
    "votacion": [{"punto": "orden", "asunto": "Orden del día", "forma": "unanimidad"}],
    "intervencion": [{"punto": "informe", "persona": "pirul", "texto": DICHO, "literal": True}],
}
SEGUNDA: dict[str, Any] = {
    "sesion": LUGAR | {"organo": ORGANO, "fecha": entre_semana(HOY + dt.timedelta(days=22))},
    "quorum": {"hora": dt.time(10, 2)},
    "cierre": {"hora": dt.time(10, 40)},
    "punto": [
        {"clave": "orden", "titulo": "Lectura y, en su caso, aprobación del orden del día"},
        {"clave": "acta", "titulo": "Aprobación del acta de la I Sesión Ordinaria"},
        {
            "clave": "lista",
            "titulo": "Pase de lista de asistencia y declaración de quórum",
            "resultado": "desahogado",
        },
        {"clave": "generales", "titulo": "Asuntos generales", "resultado": "desahogado"},
    ],
    "asistencia": [
        {"asiento": "presidencia", "estado": "presente"},
        {"asiento": "contraloria", "estado": "ausente"},
        {"asiento": "universidad", "estado": "ausente"},
        {"asiento": "colegio", "estado": "presente"},
        {"asiento": "red", "estado": "presente"},
        {"asiento": "secretariado", "estado": "presente"},
    ],
    "votacion": [
        {"punto": "orden", "asunto": "Orden del día", "forma": "unanimidad"},
        {"punto": "acta", "asunto": "Acta de la I Sesión Ordinaria", "forma": "unanimidad"},
    ],
}


class Facilitadora(Grabadora):
    """Quien conduce el secretariado municipal, con lo que su mesa tiene y la de un acta antigua no."""

    def convocar(self) -> None:
        """Emite la convocatoria, con su orden del día ya formado."""
        self.ir("Convocatoria")
        self.presionar(self.page.get_by_role("button", name="Emitir la convocatoria"))
        expect(self.page.locator(".linea-tiempo").first).to_contain_text("Convocatoria")

    def facultar_para_esta_sesion(self, asiento: str, campos: dict[str, Any]) -> None:
        """Registra el oficio con que alguien acude en lugar de quien ocupa el asiento."""
        self.ir("Asistencia")
        self.presionar(self._fila(asiento).get_by_role("link", name="Otro oficio"))
        self.llenar(self.page.locator(".mesa__centro form"), campos)
        self.presionar(self.page.get_by_role("button", name="Registrar el oficio y anotar presente"))
        expect(self._fila(asiento)).to_contain_text(campos["persona"])

    def _intervenir(self, ficha: dict[str, Any]) -> None:
        self._ir_al_punto(ficha["punto"])
        campos = {"asistencia": self.personas[ficha["persona"]]["nombre"]}
        campos |= {campo: ficha[campo] for campo in ("texto", "literal")}
        self._agregar_en("intervenciones", "Agregar una intervención", "Agregar la intervención", campos)

    def _ir_al_punto(self, clave: str) -> None:
        """El título del punto puede seguir: «…, celebrada el 18 de marzo de 2026»."""
        titulo = self.titulos[clave]
        self.ir("Desahogo")
        self.page.locator(".indice-puntos summary").click()
        self.seguir(self.page.locator(".indice-puntos").get_by_role("link", name=titulo).first)
        expect(self.page.locator("#t-punto")).to_contain_text(titulo)


@pytest.fixture
def padron(transactional_db: None) -> dict[str, Any]:
    """El secretariado municipal con su gente, sus reglas y sus asientos, sin ninguna sesión."""
    datos = fechar(tomllib.loads((CARPETA / "organo.toml").read_text(encoding="utf-8")), HOY)
    del datos["organo"]["acompanado_por"]
    directorio = integrar(datos)
    cuenta = Usuario.objects.create_user("facilitadora@prueba.example", CLAVE, nombre="Aurelia Trigo Manzano")
    m.Rol.objects.create(usuario=cuenta, organo=directorio.organo, tipo=TipoRol.FACILITADORA)
    return dict(datos)


@pytest.fixture
def abrir(navegador: Browser, portal: Portal) -> Iterator[Callable[[Usuario | None], Page]]:  # noqa: F811
    """Una página en la que ya entró la cuenta, recién identificada; sin cuenta, la de cualquiera."""
    abiertos: list[BrowserContext] = []

    def en_blanco(cuenta: Usuario | None) -> Page:
        contexto = navegador.new_context(
            base_url=portal.direccion, locale="es-MX", viewport={"width": 1280, "height": 900}
        )
        contexto.set_default_timeout(60_000)
        abiertos.append(contexto)
        if cuenta:
            galleta = identificarse(Client(), cuenta).cookies["sessionid"].value
            contexto.add_cookies([{"name": "sessionid", "value": galleta, "url": portal.direccion}])
        return contexto.new_page()

    yield en_blanco
    for contexto in abiertos:
        contexto.close()


def escribir_el_informe(page: Page) -> None:
    page.goto(f"/gestion/informes/{ORGANO}/")
    page.get_by_role("button", name="Empezar el informe").click()
    actividades = page.locator("textarea[name$='-actividades-texto']")
    expect(actividades).to_have_count(3)  # una por mes: ya se abrió la página donde se escriben
    for area in actividades.all():
        area.fill(ACTIVIDADES)
    page.get_by_role("button", name="Guardar y revisar").click()
    page.wait_for_url(f"**/{ORGANO}/1/")
    # Si algún mes no llegó a guardarse, la página lo dice y la prueba muestra cuál.
    expect(page.locator("main")).to_contain_text("Entregar el informe")
    page.get_by_role("button", name="Entregar el informe").click()
    page.get_by_role("button", name="Sí, entregar").click()
    expect(page.get_by_role("heading", name="Presentarlo en una sesión")).to_be_visible()


def presentarlo(page: Page, sesion: str) -> None:
    """Con un punto propio en el orden del día de la sesión."""
    page.goto(f"/gestion/informes/{ORGANO}/1/")
    lista = page.get_by_label("Sesión y punto")
    grupo = f"{sesion}, {PRIMERA['sesion']['fecha']:%d/%m/%Y}"
    expect(lista.locator("optgroup")).to_have_attribute("label", grupo)
    lista.select_option(label=f"{sesion}: en un punto nuevo")
    page.get_by_role("button", name="Agregarlo como anexo").click()
    expect(page.get_by_role("link", name="Abrir el PDF")).to_be_visible()


def celebrar_la_primera(mano: Facilitadora) -> None:
    mano.programar()
    presentarlo(mano.page, "I Sesión Ordinaria")
    mano.page.goto(f"{mano.raiz}/mesa/{ORGANO}/{_clave(1)}/convocatoria/")
    mano.convocar()
    mano.pasar_lista()
    oficio = {
        "cargo": "Vocal",
        "folio": "RVBA/9",
        "fecha_oficio": HOY,
        "remitente": "C. Macario Encina Robles",
    }
    mano.facultar_para_esta_sesion("red", oficio | {"persona": "Ximena Pirul Zapote", "tipo": "por_sesion"})
    mano.declarar()
    mano.desahogar()
    mano.cerrar()


def celebrar_la_segunda(mano: Facilitadora) -> None:
    """El punto que aprueba el acta anterior lo trae la sesión al programarse."""
    mano.programar()
    mano.convocar()
    mano.pasar_lista()
    mano.declarar()
    mano.desahogar()
    mano.cerrar()


def _clave(numero: int) -> str:
    return m.Sesion.objects.get(organo__clave=ORGANO, numero=numero).clave


def hoja_firmada() -> Any:
    """El escaneo: una hoja con un garabato por firma."""
    memoria, hoja = io.BytesIO(), Image.new("L", (850, 1100), "white")
    for alto in (200, 500, 800):
        ImageDraw.Draw(hoja).line([(100, alto), (300, alto - 60), (420, alto + 40), (700, alto)], "black", 6)
    hoja.save(memoria, "PNG")
    return {"name": "hoja.png", "mimeType": "image/png", "buffer": memoria.getvalue()}


def sellar_firmar_y_publicar(mano: Facilitadora, sesion: str) -> None:
    page = mano.page
    page.goto(f"/mesa/{ORGANO}/{sesion}/cierre/")
    firmas = mano.abrir(page.locator("section", has=page.locator("#firmas")), "Cambiar la lista de firmas")
    mano.presionar(firmas.get_by_role("button", name="Volver a proponer según la regla"))
    page.goto(f"/mesa/{ORGANO}/{sesion}/acta/")
    page.get_by_role("link", name="Sellar el acta").click()
    page.get_by_role("button", name="Sellar para siempre").click()
    expect(page.locator("#vida")).to_be_visible()
    page.goto(f"/mesa/{ORGANO}/{sesion}/acta/firma/escaneo/")
    casillas = page.locator("input[name=lugares]")
    expect(casillas).to_have_count(3)
    for casilla in casillas.all():
        casilla.check()
    page.locator("input[type=file]").set_input_files(hoja_firmada())
    page.get_by_role("button", name="Asentar las firmas").click()
    expect(page.get_by_role("button", name="Asentar las firmas")).to_have_count(0)
    page.goto(f"/mesa/{ORGANO}/{sesion}/acta/publicar/")
    page.get_by_role("button", name="Publicar para todo el mundo").click()
    expect(page.locator("#vida")).to_contain_text("Publicada")


def publicar_el_anexo(page: Page, sesion: str) -> None:
    page.goto(f"/mesa/{ORGANO}/{sesion}/acta/anexos/")
    page.get_by_role("link", name="Informe trimestral 1").click()
    page.get_by_role("link", name="Publicar completo").click()
    page.wait_for_url("**/completo/")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".anexos__fila")).to_contain_text("Publicado completo")


def texto_de(pdf: bytes, ruta: Path) -> str:
    ruta.write_bytes(pdf)
    leido = subprocess.run(["pdftotext", "-raw", str(ruta), "-"], capture_output=True, check=True, text=True)
    return " ".join(leido.stdout.split())


DICE = (
    "del orden del día, se trata el siguiente asunto: Presentación del informe trimestral 1",
    "Informe trimestral 1",
    "Mtra. Ofelia Jacaranda Mezquite",
    "C. Ximena Pirul Zapote, Vocal de la Red Vecinal Barrio Abierto de León, A.C. (ficticia), "
    "suplente solo en esta sesión, según el oficio RVBA/9",
    "expresa textualmente",
    DICHO,
    "Esta acta se aprobó en la II Sesión Ordinaria",
    "Lic. Hilario Cedro Palma: estuvo presente en la II Sesión Ordinaria, en la que se aprobó esta acta.",
    "C. Ximena Pirul Zapote: no estuvo entre quienes votaron al aprobarse en la II Sesión Ordinaria.",
)


@pytest.mark.apariencia
@pytest.mark.django_db(transaction=True)
def test_de_la_convocatoria_al_acta_narrativa_publicada(
    padron: dict[str, Any],
    abrir: Callable[[Usuario | None], Page],
    portal: Portal,  # noqa: F811
    tmp_path: Path,
) -> None:
    conduce, cualquiera, pdf = abrir(Usuario.objects.get()), abrir(None), b""
    try:
        escribir_el_informe(conduce)
        celebrar_la_primera(Facilitadora(conduce, portal.direccion, PRIMERA, padron))
        primera = _clave(1)
        assert cualquiera.goto(f"/sesiones/{ORGANO}/{primera}/acta/").status == 404  # type: ignore[union-attr]
        celebrar_la_segunda(segunda := Facilitadora(conduce, portal.direccion, SEGUNDA, padron))
        sellar_firmar_y_publicar(segunda, primera)
        publicar_el_anexo(conduce, primera)
        cualquiera.goto(f"/sesiones/{ORGANO}/{primera}/acta/")
        leido = " ".join(cualquiera.locator("main").inner_text().split())
        pdf = cualquiera.request.get(f"/sesiones/{ORGANO}/{primera}/acta.pdf").body()
    finally:
        if carpeta := os.environ.get("FOTOS"):
            for nombre, page in (("conduce", conduce), ("cualquiera", cualquiera)):
                page.screenshot(path=f"{carpeta}/municipal-{nombre}.png", full_page=True)
            Path(carpeta, "municipal.pdf").write_bytes(pdf)
    impreso = texto_de(pdf, tmp_path / "acta.pdf")
    for dicho in DICE:
        assert dicho in leido
        assert dicho in impreso
    firmaron = set(m.LugarDeFirma.objects.values_list("persona__apellidos", flat=True))
    assert firmaron == {"Cedro Palma", "Fresno Laurel", "Encina Robles"}
    suplencia = m.Suplencia.objects.get(tipo=TipoSuplencia.POR_SESION)
    assert (suplencia.sesion.clave if suplencia.sesion else "") == primera
    assert [a.estado for a in m.Acta.objects.filter(sesion__clave=primera)] == [EstadoActa.PUBLICADA]
    assert list(fallas()) == []
    informe = InformeTrimestral.objects.publicados().get()
    cualquiera.goto(f"/municipios/informes/{ORGANO}/{informe.numero}/")
    expect(cualquiera.locator("main")).to_contain_text(ACTIVIDADES)
