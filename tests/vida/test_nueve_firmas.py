"""La vida completa de un acta con nueve firmas, en el navegador: tres a mano, tres simples y tres e.firmas.

Dos veces chocan dos personas: una e.firma a medias cuando otra persona firma, y dos e.firmas a la vez.
Al final el archivo se publica y se comprueba entero, y nada de las llaves salió de ningún navegador.
"""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pdfua
import pikepdf
import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Route
from pytest_django.live_server_helper import LiveServer

from sesiones import aprobacion, publica, publicar, sellar
from sesiones import models as m
from sesiones.cierre import cerrar
from sesiones.estados import ClaseFirma, EstadoActa, Resultado, Sector, TipoPunto
from sesiones.models.sellado import pdf_actual
from stl_portal.archivo import almacen
from stl_portal.cuentas.models import Usuario
from stl_portal.firma import pades, sello_institucional, validacion
from stl_portal.firma.validacion import Cambios
from tests.archivo import muestras
from tests.cuentas.codigos import codigo, dar_telefono
from tests.fabricas import HORA, crear_punto, crear_sesion, pasar_lista
from tests.firma import pki
from tests.firma.escucha import Escucha, Vigia, aparece
from tests.firma.pki import AMALIA, EFRAIN, FORMAS, URSULA, Autoridad, Emitido, Persona
from tests.firma.test_navegador import secretos
from tests.personas import CLAVE, DESDE, Reparto, crear_reparto
from tests.vida.conftest import CIERRE, JUEVES
from tests.vida.publicas import pedazos
from tests.vida.test_hoja_a_mano import escaneada

A_MANO = ("civil", "facilitadora", "novena")
SIMPLES = ("presidencia", "poder", "academia")
CON_EFIRMA: dict[str, tuple[Persona, str]] = dict(
    zip(("amalia", "efrain", "ursula"), zip((AMALIA, EFRAIN, URSULA), FORMAS, strict=True), strict=True)
)


@dataclass
class Sala:
    """El acta sellada, quien la conduce, y un navegador por persona que pasa por la misma escucha."""

    reparto: Reparto
    sello: m.Sello
    autoridad: Autoridad
    navegador: Browser
    escucha: Escucha
    telefonos: dict[str, str] = field(default_factory=dict)
    efirmas: dict[str, Emitido] = field(default_factory=dict)
    abiertos: dict[str, tuple[BrowserContext, Vigia, Page]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """La página de firmar."""
        sesion = self.sello.acta.sesion
        return reverse("actas:firma", args=(sesion.organo.clave, sesion.clave))

    def entrar(self, quien: str) -> Page:
        """Abre un navegador nuevo, entra por la puerta y llega a la hoja de firmas."""
        base = f"http://127.0.0.1:{self.escucha.puerto}"
        contexto = self.navegador.new_context(base_url=base, locale="es-MX")
        contexto.set_default_timeout(30_000)
        vigia = Vigia(contexto)
        pagina = contexto.new_page()
        pagina.goto(f"{reverse('account_login')}?next={self.url}")
        pagina.get_by_label("Correo electrónico").fill(f"{quien}.prueba@prueba.example")
        pagina.get_by_label("Contraseña").fill(CLAVE)
        pagina.locator("main").get_by_role("button", name="Entrar").click()
        if quien in self.telefonos:
            pagina.get_by_label("Código").fill(codigo(self.telefonos[quien]))
            pagina.get_by_role("button", name="Entrar", exact=True).click()
        pagina.get_by_role("heading", name="Hoja de firmas").wait_for()
        self.abiertos[quien] = (contexto, vigia, pagina)
        return pagina

    def lugar(self, quien: str) -> m.LugarDeFirma:
        """El de esa persona en la hoja."""
        return self.sello.lugares.get(persona=self.reparto.personas[quien])


@pytest.fixture
def sala(transactional_db: None, live_server: LiveServer, navegador: Browser) -> Iterator[Sala]:
    cache.clear()
    reparto, autoridad = crear_reparto(), Autoridad("Autoridad Certificadora de Prueba")
    ampliar(reparto)
    reconocer(reparto, autoridad)
    portal = urlsplit(live_server.url)
    escucha = Escucha(str(portal.hostname), int(portal.port or 0))
    sala = Sala(reparto, sellar_con_todos(reparto), autoridad, navegador, escucha)
    for quien in (*SIMPLES, "facilitadora"):
        sala.telefonos[quien] = dar_telefono(Usuario.objects.get(email=f"{quien}.prueba@prueba.example"))
    for quien, (persona, _) in CON_EFIRMA.items():
        sala.efirmas[quien] = autoridad.persona(persona)
    yield sala
    for contexto, *_ in sala.abiertos.values():
        contexto.close()
    escucha.cerrar()


def ampliar(reparto: Reparto) -> None:
    """Cuatro asientos más, y cuenta para quienes firman desde el portal."""
    titulares = {quien: persona.nombre.title() for quien, (persona, _) in CON_EFIRMA.items()}
    for orden, (quien, nombre) in enumerate([*titulares.items(), ("novena", "Gil Novena Paz")], start=7):
        institucion = m.Institucion.objects.create(nombre=f"Institución {orden}", sector=Sector.ACADEMIA)
        asiento = m.Asiento.objects.create(organo=reparto.organo, institucion=institucion, orden=orden)
        persona = m.Persona.objects.create(nombre=nombre, tratamiento="C.")
        m.Nombramiento.objects.create(
            asiento=asiento, persona=persona, cargo="Titular de prueba", vigente_desde=DESDE
        )
        reparto.asientos[quien], reparto.personas[quien] = asiento, persona
    for quien in (*SIMPLES, *CON_EFIRMA):
        persona = reparto.personas[quien]
        persona.usuario = Usuario.objects.create_user(
            f"{quien}.prueba@prueba.example", CLAVE, nombre=persona.nombre
        )
        if quien in CON_EFIRMA:
            persona.rfc, persona.curp = CON_EFIRMA[quien][0].rfc, CON_EFIRMA[quien][0].curp
        persona.save()


def reconocer(reparto: Reparto, autoridad: Autoridad) -> None:
    """El órgano acepta a la autoridad de estas pruebas."""
    for emitido, intermedia in ((autoridad.raiz, False), (autoridad.intermedia, True)):
        reparto.organo.raices.create(
            nombre="De prueba",
            certificado=emitido.cer,
            intermedia=intermedia,
            huella=f"{intermedia:064d}",
        )


def sellar_con_todos(reparto: Reparto) -> m.Sello:
    """Una sesión con las nueve personas presentes, leída, aprobada y sellada."""
    sesion = crear_sesion(reparto)
    crear_punto(sesion)
    pasar_lista(reparto, sesion, tuple(reparto.personas))
    conduce = reparto.cuentas["facilitadora"]
    m.Quorum.declarar(sesion, conduce, hora=HORA)
    sesion.refresh_from_db()
    sesion.puntos.get().resolver(Resultado.PRESENTADO)
    lectura = m.Punto.agregar(sesion, "Lectura y aprobación del acta", tipo=TipoPunto.ACTA)
    lectura.resolver(Resultado.CONSENSO)
    cerrar(sesion, conduce, cierre=CIERRE)
    m.Firmante.proponer(sesion)
    acta = m.Acta.de(sesion)
    aprobacion.aprobar_en_sesion(acta, conduce, JUEVES)
    return sellar.sellar(acta, conduce, JUEVES)


# --- Las tres maneras, como las hace cada persona ---


def subir_escaneo(pagina: Page, nombres: list[str], archivo: str, contenido: bytes) -> None:
    """Quien conduce sube la hoja firmada a mano por esas personas."""
    pagina.get_by_role("link", name="Subir la hoja firmada a mano").click()
    for nombre in nombres:
        pagina.get_by_role("checkbox", name=nombre).check()
    mime = "application/pdf" if archivo.endswith(".pdf") else "image/png"
    pagina.get_by_label("Hoja escaneada").set_input_files(
        {"name": archivo, "mimeType": mime, "buffer": contenido}
    )
    pagina.get_by_role("button", name="Asentar las firmas").click()
    pagina.get_by_text("Se asent").wait_for()


def firmar_simple(pagina: Page, secreto: str) -> None:
    """Con la contraseña y el código que sigue; el de este momento ya se gastó al entrar."""
    pagina.get_by_text("Firma simple, con tu contraseña").click()
    pagina.get_by_label("Contraseña", exact=True).fill(CLAVE)
    pagina.get_by_label("Código", exact=True).fill(codigo(secreto, 1))
    pagina.get_by_role("button", name="Firmar con firma simple").click()
    pagina.get_by_text("Ya firmaste").wait_for()


def llenar_efirma(pagina: Page, emitido: Emitido, forma: str) -> None:
    """Elige los archivos, escribe la contraseña de la llave y presiona «Firmar»."""
    if not pagina.get_by_label("Certificado (.cer)").is_visible():
        pagina.get_by_text("Firma avanzada, con tu e.firma").click()
    tipo = "application/octet-stream"
    cer: Any = {"name": "persona.cer", "mimeType": tipo, "buffer": emitido.cer}
    key: Any = {"name": "persona.key", "mimeType": tipo, "buffer": emitido.key(forma)}
    pagina.get_by_label("Certificado (.cer)").set_input_files(cer)
    pagina.get_by_label("Llave privada (.key)").set_input_files(key)
    pagina.get_by_label("Contraseña de la llave").fill(pki.CLAVE)
    pagina.get_by_role("button", name="Firmar", exact=True).click()


def detener(pagina: Page) -> list[Route]:
    """Deja a medias lo siguiente que mande: la firma ya calculada, sin llegar al portal."""
    detenidas: list[Route] = []
    pagina.route("**/terminar/", lambda ruta: detenidas.append(ruta), times=1)
    return detenidas


def esperar_detenida(pagina: Page, detenidas: list[Route]) -> Route:
    """La petición que quedó a medias."""
    for _ in range(300):
        if detenidas:
            return detenidas[0]
        pagina.wait_for_timeout(100)
    raise AssertionError("el navegador no llegó a mandar la firma")


@pytest.mark.django_db
def test_la_hoja_de_nueve_firmas_va_en_una_pagina_con_su_cierre() -> None:
    reparto = crear_reparto()
    ampliar(reparto)
    with pikepdf.open(BytesIO(almacen.leer(sellar_con_todos(reparto).pdf))) as pdf:
        por_pagina = [sum(a.get("/FT") == "/Sig" for a in p.get("/Annots", [])) for p in pdf.pages]
    assert por_pagina[-1] == sum(por_pagina) == 9 + 1  # y el sello del órgano


@pytest.mark.ambas_bases
def test_nueve_personas_firman_cada_quien_a_su_modo(sala: Sala, tmp_path: Path) -> None:
    nombre = {quien: str(sala.lugar(quien)) for quien in (*A_MANO, *SIMPLES, *CON_EFIRMA)}
    conduce = sala.entrar("facilitadora")
    subir_escaneo(conduce, [nombre["civil"], nombre["facilitadora"]], "hoja.pdf", muestras.pdf())
    subir_escaneo(conduce, [nombre["novena"]], "otra.png", escaneada(rubrica=True))
    for quien in SIMPLES[:2]:
        firmar_simple(sala.entrar(quien), sala.telefonos[quien])
    una_a_medias_mientras_otra_firma(sala)
    dos_a_la_vez(sala, nombre)
    comprobar_hoja(sala, conduce)
    acta = m.Acta.objects.get(pk=sala.sello.acta_id)
    assert acta.estado == EstadoActa.FIRMADA
    publicacion = publicar.publicar(acta, sala.reparto.cuentas["facilitadora"], timezone.now())
    publicado = almacen.leer(publicacion.pdf)
    comprobar_firmas(sala, publicado)
    comprobar_archivo(publicado, almacen.leer(sala.sello.pdf), tmp_path)
    comprobar_lo_publico(sala, publicado)
    comprobar_que_nada_salio(sala)


def una_a_medias_mientras_otra_firma(sala: Sala) -> None:
    """Amalia ya calculó su firma cuando otra persona firma: lo suyo se repite solo y ambas quedan."""
    amalia, tercera = sala.entrar("amalia"), sala.entrar(SIMPLES[2])
    detenidas = detener(amalia)
    llenar_efirma(amalia, sala.efirmas["amalia"], CON_EFIRMA["amalia"][1])
    ruta = esperar_detenida(amalia, detenidas)
    firmar_simple(tercera, sala.telefonos[SIMPLES[2]])
    ruta.continue_()
    amalia.get_by_text("Ya firmaste").wait_for()


def dos_a_la_vez(sala: Sala, nombre: dict[str, str]) -> None:
    """Efraín tiene el turno: a Úrsula se le dice quién firma; en cuanto termina, ella también firma."""
    efrain, ursula = sala.entrar("efrain"), sala.entrar("ursula")
    detenidas = detener(efrain)
    llenar_efirma(efrain, sala.efirmas["efrain"], CON_EFIRMA["efrain"][1])
    ruta = esperar_detenida(efrain, detenidas)
    llenar_efirma(ursula, sala.efirmas["ursula"], CON_EFIRMA["ursula"][1])
    ursula.get_by_role("alert").filter(
        has_text=f"{nombre['efrain']} está firmando en este momento"
    ).wait_for()
    assert not sala.lugar("ursula").firmado
    ruta.continue_()
    efrain.get_by_text("Ya firmaste").wait_for()
    llenar_efirma(ursula, sala.efirmas["ursula"], CON_EFIRMA["ursula"][1])
    ursula.get_by_text("Ya firmaste").wait_for()


# --- Lo que quedó ---


def comprobar_hoja(sala: Sala, conduce: Page) -> None:
    """La página dice que nadie falta, y la base, cómo firmó cada quien."""
    conduce.goto(sala.url)
    conduce.get_by_text("Nadie falta.").wait_for()
    clases = {quien: sala.lugar(quien).firmas.get().clase for quien in (*A_MANO, *SIMPLES, *CON_EFIRMA)}
    assert clases == (
        dict.fromkeys(A_MANO, ClaseFirma.AUTOGRAFA)
        | dict.fromkeys(SIMPLES, ClaseFirma.SIMPLE)
        | dict.fromkeys(CON_EFIRMA, ClaseFirma.AVANZADA)
    )
    assert not m.Preparacion.objects.exists()
    assert all(pades.campos(almacen.leer(pdf_actual(sala.sello)))[x.campo] for x in sala.sello.lugares.all())


def comprobar_firmas(sala: Sala, pdf: bytes) -> None:
    """Nueve firmas y el sello que cierra: íntegras, confiables y sin más cambios que otras firmas."""
    del_organo = sello_institucional.del_entorno()
    raices = [*sala.autoridad.raices, del_organo.cadena[0]]
    resultados = validacion.validar(pdf, raices, intermedios=sala.autoridad.intermedios)
    assert [r.en_regla for r in resultados] == [True] * 10
    assert [r.cambios for r in resultados] == [Cambios.FIRMAS] * 9 + [Cambios.NINGUNO]
    assert resultados[-1].cubre_todo
    propias = {sala.lugar(quien).campo: persona.nombre for quien, (persona, _) in CON_EFIRMA.items()}
    assert {r.campo: r.nombre for r in resultados if r.campo in propias} == propias
    constancias = {r.campo for r in resultados if r.nombre == del_organo.certificado.nombre}
    assert constancias == {sala.lugar(quien).campo for quien in (*A_MANO, *SIMPLES)} | {"sello"}
    assert pdf.startswith(almacen.leer(sala.sello.pdf))


def comprobar_archivo(pdf: bytes, sellado: bytes, carpeta: Path) -> None:
    """Después de diez firmas sigue siendo PDF/A-3a y PDF/UA-1, con los mismos metadatos."""
    archivo, qpdf = carpeta / "acta.pdf", shutil.which("qpdf")
    archivo.write_bytes(pdf)
    informe = pdfua.validate(str(archivo))
    assert [f"{hallazgo.rule_id}: {hallazgo.message}" for hallazgo in informe.findings] == []
    assert qpdf, "falta qpdf; lo instala .ci/preparar pruebas"
    revision = subprocess.run([qpdf, "--check", archivo], capture_output=True, text=True)
    assert (revision.returncode, revision.stderr) == (0, "")
    with pikepdf.open(BytesIO(pdf)) as firmado, pikepdf.open(BytesIO(sellado)) as antes:
        assert firmado.Root.Metadata.read_bytes() == antes.Root.Metadata.read_bytes()
        with firmado.open_metadata() as xmp:
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "A")
            assert xmp["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert {*firmado.attachments} == {"acta.json", "acta.xml"}


def comprobar_lo_publico(sala: Sala, firmado: bytes) -> None:
    """El RFC y la CURP van en el PDF firmado, que queda reservado, y no en el que lee cualquiera."""
    personales = [dato.encode() for quien in (AMALIA, EFRAIN, URSULA) for dato in (quien.rfc, quien.curp)]
    publico = publica.lo_publico(sala.sello)
    assert publico.version is not None
    assert all(dato.hex().encode() in firmado.lower() for dato in personales)
    for contenido in (*pedazos(almacen.leer(publico.pdf)), publico.documento, publico.xml):
        lo_dicen = [d for d in personales if d in contenido or d.hex().encode() in contenido.lower()]
        assert lo_dicen == []


def comprobar_que_nada_salio(sala: Sala) -> None:
    """Ni las llaves ni su contraseña, por ningún lado; los certificados sí viajan."""
    for quien, (_, forma) in CON_EFIRMA.items():
        contexto, vigia, pagina = sala.abiertos[quien]
        emitido = sala.efirmas[quien]
        salio = bytes(sala.escucha.subido) + vigia.todo(pagina, contexto)
        assert aparece(emitido.cer, salio), "el certificado sí viaja: si no se ve, la escucha está sorda"
        guardados = secretos(emitido, emitido.key(forma))
        assert [nombre for nombre, secreto in guardados.items() if aparece(secreto, salio)] == []
        assert vigia.canales == []
        # El 409 de quien espera su turno es lo único que el navegador comenta.
        assert [dicho for dicho in vigia.consola if "409" not in dicho] == []
