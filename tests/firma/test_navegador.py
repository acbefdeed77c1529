"""Se firma en el navegador y ni la llave ni su contraseña salen de él."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from stl_portal.firma import validacion
from tests.firma import arnes
from tests.firma.documento import acta, firmar
from tests.firma.escucha import Escucha, Vigia, aparece
from tests.firma.pki import AHORA, AMALIA, CLAVE, EFRAIN, FORMAS, UN_DIA, Autoridad, Emitido


@dataclass
class Sala:
    """La página de firmar, abierta, y quienes oyen lo que sale de ella."""

    pagina: Page
    contexto: BrowserContext
    escucha: Escucha
    vigia: Vigia
    mesa: arnes.Mesa

    def llenar(self, cer: bytes, key: bytes, clave: str = CLAVE) -> None:
        """Elige los archivos, escribe la contraseña y presiona «Firmar»."""
        self.pagina.get_by_label("Certificado (.cer)").set_input_files(_archivo("persona.cer", cer))
        self.pagina.get_by_label("Llave privada (.key)").set_input_files(_archivo("persona.key", key))
        self.pagina.get_by_label("Contraseña de la llave").fill(clave)
        self.pagina.get_by_role("button", name="Firmar").click()

    def salio(self) -> bytes:
        """Cuanto salió de la página por la red, por otro canal o hacia el disco."""
        return bytes(self.escucha.subido) + self.vigia.todo(self.pagina, self.contexto)


def _archivo(nombre: str, contenido: bytes) -> FilePayload:
    return {"name": nombre, "mimeType": "application/octet-stream", "buffer": contenido}


@pytest.fixture
def sala(
    settings: Settings, live_server: LiveServer, navegador: Browser, autoridad: Autoridad
) -> Iterator[Sala]:
    settings.ROOT_URLCONF = "tests.firma.arnes"
    mesa = arnes.Mesa(acta(), autoridad, AMALIA)
    arnes.mesas.append(mesa)
    portal = urlsplit(live_server.url)
    assert portal.hostname
    assert portal.port
    escucha = Escucha(portal.hostname, portal.port)
    contexto = navegador.new_context(base_url=f"http://127.0.0.1:{escucha.puerto}", locale="es-MX")
    contexto.set_default_timeout(20_000)
    vigia = Vigia(contexto)
    pagina = contexto.new_page()
    pagina.goto("/arnes/")
    yield Sala(pagina, contexto, escucha, vigia, mesa)
    contexto.close()
    escucha.cerrar()
    arnes.mesas.remove(mesa)


def secretos(quien: Emitido, key: bytes) -> dict[str, bytes]:
    """Lo que nunca debe salir: el archivo cifrado, los números privados y la contraseña."""
    numeros = quien.llave.private_numbers()
    privados = {"d": numeros.d, "p": numeros.p, "q": numeros.q, "dmp1": numeros.dmp1, "iqmp": numeros.iqmp}
    en_bytes = {nombre: n.to_bytes((n.bit_length() + 7) // 8) for nombre, n in privados.items()}
    claves = {f"contraseña {juego}": CLAVE.encode(juego) for juego in ("utf-8", "latin-1", "utf-16-le")}
    return en_bytes | claves | {"archivo .key": key[-1024:]}


@pytest.mark.parametrize("forma", FORMAS)
def test_se_firma_y_la_llave_no_sale(sala: Sala, personas: dict[str, Emitido], forma: str) -> None:
    quien = personas[AMALIA.nombre]
    key = quien.key(forma)
    sala.llenar(quien.cer, key)
    sala.pagina.get_by_role("heading", name="Firma guardada").wait_for()
    (resultado,) = validacion.validar(sala.mesa.pdf, sala.mesa.autoridad.raices)
    assert resultado.en_regla
    salio = sala.salio()
    assert aparece(quien.cer, salio), "el certificado sí viaja: si no se ve, la escucha está sorda"
    assert [nombre for nombre, secreto in secretos(quien, key).items() if aparece(secreto, salio)] == []
    assert sala.vigia.canales == []
    assert {urlsplit(url).netloc for url in sala.vigia.peticiones} == {f"127.0.0.1:{sala.escucha.puerto}"}
    assert sala.vigia.consola == []


FUGAS = {
    "archivo en la petición": "(b) => fetch('/arnes/', {method: 'POST', body: new Uint8Array(b)})",
    "base64 en la dirección": "(b) => fetch('/arnes/?x=' + btoa('ab' + String.fromCharCode(...b)))",
    "aviso al cerrar": "(b) => navigator.sendBeacon('/arnes/', new Uint8Array(b))",
    "copia en el equipo": "(b) => localStorage.setItem('x', JSON.stringify(b))",
    "hexadecimal en la consola": (
        "(b) => console.log(b.map((n) => n.toString(16).padStart(2, '0')).join(''))"
    ),
}


@pytest.mark.parametrize("fuga", FUGAS)
def test_si_la_llave_saliera_se_notaria(sala: Sala, personas: dict[str, Emitido], fuga: str) -> None:
    key = personas[AMALIA.nombre].key()
    sala.pagina.evaluate(FUGAS[fuga], list(key[-256:]))
    sala.pagina.wait_for_timeout(300)
    assert aparece(key[-256:], sala.salio())


def test_otro_origen_no_es_alcanzable_desde_la_pagina(sala: Sala) -> None:
    intento = "() => fetch('http://localhost:9/').then(() => 'salió', () => 'no salió')"
    assert sala.pagina.evaluate(intento) == "no salió"
    assert any("Content Security Policy" in dicho for dicho in sala.vigia.consola)


def test_los_campos_secretos_no_viajan_ni_sin_programas(sala: Sala) -> None:
    nombres = sala.pagina.eval_on_selector_all("form[data-efirma] [name]", "c => c.map((e) => e.name)")
    assert nombres == ["csrfmiddlewaretoken"]


Elegir = Callable[[Autoridad, dict[str, Emitido]], tuple[bytes, bytes, str]]
MALAS: dict[str, tuple[str, Elegir]] = {
    "contraseña errada": (
        "La contraseña no abre esa llave",
        lambda _, p: (p[AMALIA.nombre].cer, p[AMALIA.nombre].key(), "otra"),
    ),
    "sin contraseña": (
        "escribe la contraseña",
        lambda _, p: (p[AMALIA.nombre].cer, p[AMALIA.nombre].key(), ""),
    ),
    "llave de otro certificado": (
        "no es la de ese certificado",
        lambda _, p: (p[AMALIA.nombre].cer, p[EFRAIN.nombre].key(), CLAVE),
    ),
    "el .cer en lugar del .key": (
        "no es una llave privada",
        lambda _, p: (p[AMALIA.nombre].cer, p[AMALIA.nombre].cer, CLAVE),
    ),
    "un archivo cualquiera": ("no es una llave privada", lambda _, p: (p[AMALIA.nombre].cer, b"hola", CLAVE)),
    "un archivo enorme": ("demasiado grande", lambda _, p: (p[AMALIA.nombre].cer, b"0" * 200_000, CLAVE)),
    "la e.firma de otra persona": (
        "es de otra persona",
        lambda _, p: (p[EFRAIN.nombre].cer, p[EFRAIN.nombre].key(), CLAVE),
    ),
    "vencida": ("venció", lambda a, _: _par(a.persona(AMALIA, hasta=AHORA - UN_DIA))),
    "sello digital": ("sello digital (CSD)", lambda a, _: _par(a.sello_digital(AMALIA))),
}


def _par(emitido: Emitido) -> tuple[bytes, bytes, str]:
    return emitido.cer, emitido.key("PBES2-3DES"), CLAVE


@pytest.mark.parametrize("mala", MALAS)
def test_cada_tropiezo_se_dice_y_nada_cambia(
    sala: Sala, autoridad: Autoridad, personas: dict[str, Emitido], mala: str
) -> None:
    dice, elegir = MALAS[mala]
    sala.llenar(*elegir(autoridad, personas))
    sala.pagina.get_by_role("alert").filter(has_text=dice).wait_for()
    assert sala.pagina.get_by_role("button", name="Firmar").is_enabled()
    assert sala.pagina.get_by_label("Contraseña de la llave").input_value() == ""
    assert sala.mesa.pdf == acta()


def test_tras_equivocarse_se_puede_firmar(sala: Sala, personas: dict[str, Emitido]) -> None:
    quien = personas[AMALIA.nombre]
    sala.llenar(quien.cer, quien.key(), "equivocada")
    sala.pagina.get_by_role("alert").wait_for()
    sala.pagina.get_by_label("Contraseña de la llave").fill(CLAVE)
    sala.pagina.get_by_role("button", name="Firmar").click()
    sala.pagina.get_by_role("heading", name="Firma guardada").wait_for()


def test_si_alguien_firma_al_mismo_tiempo_se_repite_solo_y_ambas_valen(
    sala: Sala, autoridad: Autoridad, personas: dict[str, Emitido]
) -> None:
    def la_otra_firma() -> None:
        sala.mesa.pdf = firmar(sala.mesa.pdf, "firma-2", autoridad, personas[EFRAIN.nombre])

    sala.mesa.en_medio = la_otra_firma
    sala.llenar(personas[AMALIA.nombre].cer, personas[AMALIA.nombre].key())
    sala.pagina.get_by_role("heading", name="Firma guardada").wait_for()
    resultados = validacion.validar(sala.mesa.pdf, autoridad.raices)
    assert [(r.campo, r.en_regla) for r in resultados] == [("firma-2", True), ("firma-1", True)]
