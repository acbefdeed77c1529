"""Toda clase de mensaje está declarada una vez, se compone con su ejemplo y se ve con formato."""

import ast
import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings as de_django
from django.template import engines
from django.test import SimpleTestCase
from pytest_django import Settings

from sesiones.mensajes.de_sesiones import CONVOCATORIA
from stl_portal.avisos import envio, presentacion
from stl_portal.avisos.clases import CLASES, GRUPOS, Clase, apuntar, por_grupo
from stl_portal.avisos.models import Aviso
from stl_portal.avisos.templatetags.correos import citado

RAIZ = Path(__file__).parent.parent.parent
CARPETAS = ("stl_portal", "sesiones", "ejes", "municipios")
FALTA = "⚠falta⚠"
# Con qué otros nombres se llega a encolar, y en qué lugar va la clase.
ENCOLAN = {"encolar", "avisar"}


def _llamadas() -> list[tuple[str, str, ast.Call]]:
    """Cada llamada del código, con su archivo y el nombre de lo llamado."""
    halladas = []
    for carpeta in CARPETAS:
        for ruta in (RAIZ / carpeta).rglob("*.py"):
            for nodo in ast.walk(ast.parse(ruta.read_text(encoding="utf-8"))):
                if isinstance(nodo, ast.Call):
                    llamado = nodo.func
                    nombre = getattr(llamado, "attr", getattr(llamado, "id", ""))
                    halladas.append((str(ruta.relative_to(RAIZ)), str(nombre), nodo))
    return halladas


LLAMADAS = _llamadas()


def test_todo_lo_que_sale_lleva_su_clase_y_nada_sale_por_otro_lado() -> None:
    encolan = [(donde, nodo) for donde, nombre, nodo in LLAMADAS if nombre == "encolar"]
    assert len(encolan) >= 25
    assert [(donde, nodo.lineno) for donde, nodo in encolan if len(nodo.args) != 3] == []
    directas = {donde for donde, nombre, _ in LLAMADAS if nombre in ("send_mail", "EmailMessage")}
    directas |= {donde for donde, nombre, _ in LLAMADAS if nombre == "EmailMultiAlternatives"}
    assert directas == {"stl_portal/avisos/envio.py"}


def test_ninguna_clase_declarada_quedo_sin_apuntar() -> None:
    """Las constantes de los módulos de mensajes y las apuntadas son las mismas."""
    declaradas: set[str] = set()
    for donde in {d for d, nombre, _ in LLAMADAS if nombre == "Clase" and "mensajes" in d}:
        modulo = __import__(donde.removesuffix(".py").replace("/", "."), fromlist=["*"])
        for valor in vars(modulo).values():
            varias = valor.values() if isinstance(valor, dict) else [valor]
            declaradas |= {una.clave for una in varias if isinstance(una, Clase)}
    assert declaradas == set(CLASES)
    assert len(CLASES) >= 50


def test_cada_plantilla_de_correo_es_de_alguna_clase() -> None:
    carpeta = RAIZ / "templates/avisos/correo"
    piezas = {"cita.txt"}  # la descripción de la cita de calendario
    enteras = {r.name for r in carpeta.glob("*.txt") if not r.name.startswith("_")} - piezas
    usadas = {Path(clase.plantilla).name for clase in CLASES.values()}
    assert enteras - usadas == set()
    de_allauth = [*RAIZ.glob("templates/mfa/email/*_message.txt")]
    de_allauth += RAIZ.glob("templates/account/email/*[!e]_message.txt")
    nombres = {str(r.relative_to(RAIZ / "templates")) for r in de_allauth}
    assert nombres - {clase.plantilla for clase in CLASES.values()} <= {"account/email/base_message.txt"}


@pytest.fixture
def _se_nota_lo_que_falta(monkeypatch: pytest.MonkeyPatch) -> None:
    """Una variable que la plantilla pide y el ejemplo no tiene se ve, en vez de quedar vacía."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", FALTA)  # type: ignore[attr-defined]


@pytest.mark.django_db  # los textos que se editan salen de la base
@pytest.mark.usefixtures("_se_nota_lo_que_falta")
@pytest.mark.apariencia
def test_cada_clase_se_compone_con_su_ejemplo(settings: Settings) -> None:
    """Asunto de un renglón, texto completo, y en HTML las mismas palabras, en su orden, sin nada de fuera."""
    settings.SITIO = "https://sitio.example/"
    for clave, clase in CLASES.items():
        mensaje = clase.de_ejemplo()
        assert FALTA not in mensaje.asunto + mensaje.cuerpo, clave
        assert mensaje.asunto.strip() == " ".join(mensaje.asunto.split()) != "", clave
        assert len(mensaje.cuerpo.split()) >= 8, clave
        assert "portal.example" not in mensaje.cuerpo, clave
        html = presentacion.html(mensaje.asunto, mensaje.cuerpo, clave)
        assert _dicho(html) == _palabras(mensaje.cuerpo), clave
        assert re.findall(r"<(?:img|script|link|iframe|form)|\bsrc=|url\(|@import", html) == [], clave
        assert [clase.nombre, clase.cuando, clase.quienes, clase.grupo].count("") == 0, clave
        assert not clase.cuando.endswith("."), clave
        assert not clase.quienes.endswith("."), clave


def _palabras(texto: str) -> list[str]:
    """Las palabras, sin las ligas ni los signos con que el texto separa y enlista."""
    sin_ligas = re.sub(r"https?://\S+", " ", texto)
    return [p for p in sin_ligas.split() if p not in ("-", "—", ">")]


def _dicho(html: str) -> list[str]:
    """Lo que se lee en el cuerpo del HTML, sin el encabezado ni el botón."""
    cuerpo = html.split("</h1>", 1)[1]
    cuerpo = re.sub(r'<a class="boton"[^>]*>.*?</a>', " ", cuerpo)
    cuerpo = re.sub(r"</?(?:a|span)\b[^>]*>", "", cuerpo)
    return _palabras(unescape(re.sub(r"<[^>]+>", " ", cuerpo)))


def test_las_que_se_eligen_y_las_que_no_van_aparte_y_todas_en_un_grupo() -> None:
    eligen, siempre = por_grupo(que_se_eligen=True), por_grupo(que_se_eligen=False)
    claves = [c.clave for grupo in (eligen, siempre) for clases in grupo.values() for c in clases]
    assert sorted(claves) == sorted(CLASES)
    assert list(por_grupo()) == [titulo for titulo in GRUPOS.values() if titulo in por_grupo()]
    formales = ("sesion.convocatoria", "acta.revision", "acta.firma", "cuenta.password_changed")
    assert [clave for clave in formales if CLASES[clave].se_elige] == []


def test_una_clase_repetida_o_de_un_grupo_que_no_existe_no_se_apunta() -> None:
    otra = Clase("sesion.convocatoria", "Otra", "a", "b", "c", "d.txt", {})
    with pytest.raises(ValueError, match="Hay dos clases"):
        apuntar(otra)
    apuntar(CONVOCATORIA)  # repetir la misma no es error
    with pytest.raises(LookupError, match="no está apuntada"):
        envio.encolar(otra, "x:1", [])


@pytest.mark.apariencia
def test_el_correo_lleva_las_dos_versiones_y_lo_escrito_no_se_vuelve_codigo(settings: Settings) -> None:
    settings.SITIO = "https://sitio.example"
    cuerpo = (
        "Hola <b>:\n\nVer https://otra.example/ aquí.\nLéela aquí:\nhttps://sitio.example/a?b=1&c=2\n\n"
        '   a) Inciso\n- Uno "x"\n  https://sitio.example/uno\n- Dos <i>\n\n—\nPie:\nhttps://sitio.example/fin\n'
    )
    html = presentacion.html("A <script>", cuerpo, "acta.publicada")
    esperados = (
        "<h1>A &lt;script&gt;</h1>",
        "<p>Hola &lt;b&gt;:</p>",
        '<a href="https://otra.example/">https://otra.example/</a> aquí.<br>Léela aquí:</p>',
        '<a class="boton" href="https://sitio.example/a?b=1&amp;c=2">Leer el acta</a>',
        '<span class="dentro">a) Inciso</span>',
        '<li><a href="https://sitio.example/uno">Uno &quot;x&quot;</a></li><li>Dos &lt;i&gt;</li>',
        '<div class="pie">',
    )
    assert [uno for uno in esperados if uno not in html] == []
    assert html.count('class="boton"') == 1
    assert (de_django.IDENTIDAD.nombre or "Portal del Secretariado Técnico Local") in html
    aviso = Aviso(pk=None, para="a@x.example", asunto="A", cuerpo=cuerpo, clase="sesion.convocatoria")
    assert presentacion.html("A", cuerpo, aviso.clase).count("Ver la sesión") == 1


@pytest.mark.apariencia
def test_solo_lo_del_portal_es_boton_o_se_esconde_y_lo_ajeno_va_citado(settings: Settings) -> None:
    """Un sitio que empieza igual, o el texto de una pregunta, no se hace pasar por el portal."""
    settings.SITIO = "https://portal.mx"
    ajenas = (
        "https://portal.mx.malo.com/a",
        "https://portal.mx@malo.com/",
        "http://portal.mx/",
        "https://[/",
    )
    ajeno = "Entra aquí:\nhttps://portal.mx/salir\u2028—\r\n- Ver\n  https://malo.com/\n\nFin"
    cuerpo = "".join(f"Entra: {liga}\n- Ver\n  {liga}\n\n" for liga in ajenas)
    cuerpo += f"Ana pregunta:\n{citado(ajeno)}\n\nhttps://Portal.mx/pregunta"
    html = presentacion.html("A", cuerpo, "")
    assert re.findall(r'class="boton" href="([^"]*)"', html) == ["https://Portal.mx/pregunta"]
    assert re.findall(r">Ver</a>", html) == []
    assert html.count("<li>Ver<br>") == len(ajenas)
    (cita,) = re.findall(r"<blockquote>(.*)</blockquote>", html)
    assert cita == "Entra aquí:<br>https://portal.mx/salir<br>—<br>- Ver<br>  https://malo.com/<br><br>Fin"
    de_preguntas = [c for c in CLASES.values() if "/pregunta_de_quien_" in c.plantilla]
    suyo = {"es_pregunta": True, "texto": ajeno, "explicacion": ajeno}
    for clase in de_preguntas:
        ejemplo = {**clase.ejemplo, "pregunta": suyo, "respuesta": {"texto": ajeno}}
        assert set(ajeno.splitlines()) & set(clase.texto(ejemplo).splitlines()) <= {"", "—"}, clase.clave
    assert len(de_preguntas) >= 5


class SinBase(SimpleTestCase):
    """La política de la vista previa permite ese estilo y ningún otro."""

    def test_la_huella_del_estilo_es_la_de_lo_que_viaja(self) -> None:
        html = presentacion.html("A", "b", "")
        assert f"<style>{presentacion.estilo()}</style>" in html
        assert presentacion.politica_de_estilo().startswith("'sha256-")
        assert len(presentacion.estilo()) < 8000  # Gmail quita entero un estilo de más de 8192
