"""La copia del sitio: entera, sin ligas rotas, con sus huellas, sin nada privado y legible sin servidor."""

import json
import re
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker

from ejes.models import Plan
from sesiones import models as m
from stl_portal.exportacion import comprobar, entrega
from stl_portal.participacion.templatetags.preguntas import POR_PAGINA
from stl_portal.publico import mapa_del_sitio
from tests import fabricas
from tests.participacion import fabricas as preguntas
from tests.personas import Reparto
from tests.publico.sitio import SITIO, sitio_de_prueba

SECRETOS = ("Plan inconfesable", "Sala inconfesable", "liga-inconfesable.example", "Punto inconfesable")
COMPROMISO = "prueba/1.1"
PRIVADOS = ("mesa", "mi", "gestion", "reportes", "entrar", "avisos", "buscar", "api", "seguir", "cuenta")


def _guardar_secretos() -> None:
    """Lo que no debe salir: un plan en borrador y una sesión que nadie ha convocado."""
    organo = m.Organo.objects.earliest("pk")
    Plan.objects.create(organo=organo, clave="inconfesable", nombre=SECRETOS[0], inicio=2030, fin=2031)
    otra = m.Sesion.objects.filter(organo=organo).earliest("pk")
    m.Sesion.objects.filter(pk=otra.pk).update(liga=f"https://{SECRETOS[2]}/1")
    campos = {
        "tipo": "extraordinaria",
        "modalidad": "presencial",
        "numero": 77,
        "serie": "x",
        "estilo": "acuerdos",
    }
    secreta = m.Sesion.objects.create(
        organo=organo,
        designacion="LXXVII",
        clave="lxxvii",
        fecha="2099-01-07",
        hora="10:00",
        lugar=SECRETOS[1],
        **campos,
    )
    fabricas.crear_punto(secreta, SECRETOS[3])


@pytest.fixture(scope="module")
def copias(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path, str, list[str]]:
    """La misma copia dos veces, lo que dijo la orden y las direcciones del mapa del sitio."""
    carpeta = tmp_path_factory.mktemp("copias")
    with django_db_blocker.unblock(), sitio_de_prueba(tmp_path_factory.mktemp("archivos")):
        _guardar_secretos()
        for _ in range(POR_PAGINA + 1):
            preguntas.publicada(preguntas.objeto_de("compromiso", COMPROMISO))
        dicho = StringIO()
        for nombre in ("una", "otra"):
            call_command("exportar_sitio", str(carpeta / nombre), stdout=dicho)
        del_mapa = [pagina.url for pagina in mapa_del_sitio.direcciones()]
    return carpeta / "una", carpeta / "otra", dicho.getvalue(), del_mapa


Copias = tuple[Path, Path, str, list[str]]


def test_esta_cada_pagina_del_mapa_y_ninguna_liga_esta_rota(copias: Copias) -> None:
    carpeta, _, dicho, del_mapa = copias
    manifiesto = json.loads((carpeta / entrega.MANIFIESTO).read_text())
    copiadas = {archivo["direccion"] for archivo in manifiesto["archivos"]}
    assert set(del_mapa) - copiadas == set()
    assert manifiesto["no_se_copio"] == []
    assert manifiesto["sitio"] == SITIO
    assert [str(problema) for problema in comprobar.todo(carpeta)] == []
    assert dicho.count("todo cuadra") == 2


def test_va_la_segunda_pagina_de_las_preguntas_de_un_compromiso(copias: Copias) -> None:
    carpeta, *_ = copias
    plan, compromiso = COMPROMISO.split("/")
    de_aqui = carpeta / "plan" / plan / "compromiso" / compromiso
    assert 'href="index__preguntas-2.html' in (de_aqui / "index.html").read_text()
    assert (de_aqui / "index__preguntas-2.html").is_file()


def test_lo_que_pide_el_portal_se_dice_una_vez_y_verificar_dice_como_con_la_copia(copias: Copias) -> None:
    carpeta, *_ = copias
    paginas = {ruta: ruta.read_text(encoding="utf-8") for ruta in carpeta.rglob("*.html")}
    veces = {str(ruta): html.count("Aquí se escribe o se elige algo") for ruta, html in paginas.items()}
    assert set(veces.values()) == {0, 1}
    verificar = paginas[carpeta / "verificar" / "index.html"]
    assert 'href="../registro/verificar.py"' in verificar
    assert "Aquí se escribe" not in verificar
    assert "mira la dirección de esta página" not in verificar
    assert "<template" not in verificar


def test_trae_documentos_datos_y_pruebas(copias: Copias) -> None:
    carpeta, *_ = copias
    clases = {ruta.suffix for ruta in carpeta.rglob("*") if ruta.is_file()}
    assert {
        ".html",
        ".css",
        ".pdf",
        ".json",
        ".xml",
        ".csv",
        ".xlsx",
        ".atom",
        ".ics",
        ".py",
        ".txt",
    } <= clases
    registro = carpeta / "registro"
    assert {"verificar.py", "clave.pub", "index.html", "comprobar", "eslabon", "punto-de-control"} <= {
        ruta.name for ruta in registro.iterdir()
    }
    assert json.loads((registro / "eslabon" / "1.json").read_text())["n"] == 1
    assert (
        (carpeta / "LEEME.txt").read_text().startswith("COPIA DEL SITIO PÚBLICO\nhttps://portal.ejemplo.mx\n")
    )


def test_las_huellas_se_comprueban_con_lo_que_trae_cualquier_sistema(copias: Copias) -> None:
    carpeta, *_ = copias
    orden = ["sha256sum", "--check", "--quiet", "--strict", entrega.HUELLAS]
    subprocess.run(orden, cwd=carpeta, check=True)
    listados = (carpeta / entrega.HUELLAS).read_text().count("\n")
    assert listados == sum(ruta.is_file() for ruta in carpeta.rglob("*")) - 1


# Llevan dentro la hora en que se pidieron: un libro de Excel, y un canal en el que aún no hay nada.
CON_HORA = (".xlsx", ".atom", entrega.MANIFIESTO)
# El último día de una convocatoria dice horas y minutos; y entre una copia y otra pasan algunos.
CUENTA_ATRAS = re.compile(r"faltan? [^<]* para que cierre")


def test_dos_copias_del_mismo_dia_son_iguales(copias: Copias) -> None:
    una, otra, *_ = copias
    primeras, segundas = entrega.listados(una), entrega.listados(otra)
    assert list(primeras) == list(segundas)
    distintas = [r for r in primeras if primeras[r] != segundas[r] and not r.endswith(CON_HORA)]
    assert [r for r in distintas if _sin_cuenta_atras(una / r) != _sin_cuenta_atras(otra / r)] == []


def _sin_cuenta_atras(archivo: Path) -> str:
    return CUENTA_ATRAS.sub("", archivo.read_text(encoding="utf-8"))


def test_nada_privado_va_dentro(copias: Copias) -> None:
    carpeta, *_ = copias
    assert {ruta.name for ruta in carpeta.iterdir()} & set(PRIVADOS) == set()
    textos = [
        r for r in carpeta.rglob("*") if r.suffix in (".html", ".json", ".csv", ".xml", ".atom", ".ics")
    ]
    assert len(textos) > 100
    fugas = [(r.name, s) for r in textos for s in SECRETOS if s in r.read_text(encoding="utf-8")]
    assert fugas == []


def test_ninguna_pagina_depende_de_un_programa_ni_de_un_servidor(copias: Copias) -> None:
    carpeta, *_ = copias
    for ruta in carpeta.rglob("*.html"):
        html = ruta.read_text(encoding="utf-8")
        assert "<form" not in html, ruta
        assert "<script src" not in html.replace(' type="module"', ""), ruta
        assert "Copia del" in html, ruta
    assert list(carpeta.rglob("*.js")) == []


@pytest.mark.apariencia
def test_se_lee_desde_una_carpeta_sin_javascript(copias: Copias, navegador: Browser) -> None:
    carpeta, *_ = copias
    contexto = navegador.new_context(java_script_enabled=False, offline=True)
    pagina, fallas = contexto.new_page(), []
    pagina.on("requestfailed", lambda pedido: fallas.append(pedido.url))
    pagina.goto((carpeta / "index.html").as_uri())
    assert pagina.get_by_text("Copia del").first.is_visible()
    fondo = "getComputedStyle(document.querySelector('.cabecera')).backgroundColor"
    assert pagina.evaluate(fondo) != "rgba(0, 0, 0, 0)"  # la hoja de estilo se aplicó
    pagina.get_by_role("navigation", name="Secciones del portal").get_by_role(
        "link", name="Plan de acción"
    ).click()
    assert pagina.url == (carpeta / "plan" / "index.html").as_uri()
    pagina.get_by_role("main").get_by_role("link", name="Plan prueba").first.click()
    assert pagina.get_by_role("heading", level=1).inner_text() == "Plan prueba"
    pagina.goto((carpeta / "registro" / "index.html").as_uri())
    pagina.get_by_role("main").get_by_role("link").first.click()
    assert pagina.url.startswith(carpeta.as_uri())
    assert fallas == []
    contexto.close()


@pytest.mark.django_db
def test_lo_que_no_se_pudo_se_dice_y_la_orden_falla(
    tmp_path: Path, reparto: Reparto, monkeypatch: pytest.MonkeyPatch
) -> None:
    fabricas.crear_en_curso(reparto)
    monkeypatch.setattr("stl_portal.exportacion.copia.semillas", lambda: iter(["/ayuda/", "/no-existe/"]))
    error = StringIO()
    with pytest.raises(CommandError, match="La copia quedó sin eso"):
        call_command("exportar_sitio", str(tmp_path / "copia"), stdout=StringIO(), stderr=error)
    assert "/no-existe/ (respondió 404; desde el mapa del sitio)" in error.getvalue()
    manifiesto = json.loads((tmp_path / "copia" / entrega.MANIFIESTO).read_text())
    assert manifiesto["no_se_copio"][0]["direccion"] == "/no-existe/"
