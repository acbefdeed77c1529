"""Cada pieza de templates/componentes dice qué recibe, y con eso se pinta."""

import re
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Engine, Node
from django.template.base import VariableNode
from django.template.defaulttags import ForNode, WithNode
from django.template.loader import render_to_string
from django.utils import timezone

from stl_portal.archivo.forms import CampoArchivos
from stl_portal.publico.estilo import FormaMuestra, mensajes, pasos, piezas

COMPONENTES = settings.BASE_DIR / "templates" / "componentes"


def _forma() -> forms.Form:
    return FormaMuestra({"asunto": ""})


class FormaConArchivos(forms.Form):
    archivo = CampoArchivos(label="Archivos")


# Qué se le da a cada pieza y qué debe leerse en ella.
EJEMPLOS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "_campo_apoyo": ({"campo": _forma()["asunto"]}, ["Una frase", "Este campo es obligatorio"]),
    "anuncios": (
        {"anuncios": [{"texto": "Cerramos", "tono": "alerta", "liga": "/a", "accion": "Ver"}]},
        ["anuncio--alerta", "<svg", 'href="/a"', "data-fuera-de-la-copia"],
    ),
    "ayuda": (
        {"titulo": "¿Cómo?", "texto": "Así.", "mas": "/ayuda/#x", "editar": "/e"},
        ["<summary>¿Cómo?", "Así.", 'href="/ayuda/#x"', 'href="/e"'],
    ),
    "archivo": (
        {"nombre": "Acta", "url": "/a", "detalle": "PDF", "nota": "Firmada"},
        ["Acta", "(PDF)", "Firmada"],
    ),
    "aviso": ({"tono": "error", "titulo": "Ojo", "texto": "Falló"}, ['role="alert"', "Ojo", "Falló"]),
    "barra": ({"etiqueta": "Avance", "valor": 45.5}, ['aria-valuenow="45.5"', 'width="45.5"', "Avance"]),
    "boton": (
        {"texto": "Guardar", "clase": "secundario grande"},
        ["boton--secundario boton--grande", "<button"],
    ),
    "busqueda": ({"url": "/buscar/", "valor": "agua"}, ['role="search"', 'value="agua"', "<label"]),
    "campo": ({"campo": _forma()["asunto"]}, ['for="id_asunto"', "campo--error", 'aria-invalid="true"']),
    "dato": ({"cifra": 68, "unidad": "%", "titulo": "Plan", "fuente": "Corte"}, ["68", "Fuente: Corte"]),
    "detalle": ({"titulo": "¿Qué es?", "texto": "Esto.", "abierto": True}, ["<details", " open", "Esto."]),
    "dialogo": (
        {"id": "d", "abrir": "Borrar", "titulo": "¿Borrar?", "texto": "Sí", "url": "/b", "accion": "Borrar"},
        ['popovertarget="d"', 'action="/b"', 'aria-labelledby="d-titulo"'],
    ),
    "etiqueta": ({"texto": "Vencido", "tono": "error"}, ["etiqueta--error", "<svg", "Vencido"]),
    "ficticio": ({}, ["Demostración", "(ficticio)"]),
    "formulario": ({"formulario": _forma()}, ["Falta corregir algo", 'name="conforme"']),
    "filtro": ({"filtro": _forma(), "total": 3}, ['role="search"', 'method="get"', 'name="asunto"']),
    "icono": ({"nombre": "palomita"}, ['aria-hidden="true"']),
    "lista_resumen": ({"filas": piezas()["resumen"]}, ["Sede", "Sin dato", "Cambiar"]),
    "lista_tareas": (
        {"id": "t", "titulo": "Qué falta", "tareas": piezas()["tareas"]},
        ["Listo:", "Falta:", 'href="#piezas"'],
    ),
    "mensajes": ({"mensajes": mensajes()}, ["aviso--exito", "aviso--error", 'role="status"', 'role="alert"']),
    "migas": ({"migas": [("Sesiones", "/s/")], "actual": "XXI"}, ['aria-current="page"', "/s/", "Inicio"]),
    "paginacion": ({"pagina": Paginator(range(90), 10).page(5), "consulta": "q=a"}, ["?q=a&amp;page=4", "…"]),
    "pasos": ({"pasos": pasos(), "titulo": "Pasos"}, ['aria-current="step"', ", hecho", "falta un oficio"]),
    "resumen_errores": (
        {"de": _forma()},
        ["Asunto: este campo es obligatorio.", 'href="#id_asunto"', "autofocus"],
    ),
    "subida": (
        {"recibe": "/r/", "campo": FormaConArchivos()["archivo"], "lista": "l", "csrf_token": "ficha"},
        ['action="/r/"', 'data-lista="l"', "Archivos", " multiple"],
    ),
    "subida_programas": ({}, ["tus.min.js", "subidas.js"]),
    "tabla": (
        {"id": "x", "titulo": "Acuerdos", "columnas": ["Sesión", "Total:"], "filas": [["XX", 3]]},
        ['<th scope="row">XX', '<td class="numero">3', "<caption"],
    ),
    "tarjeta": (
        {"titulo": "XXI", "url": "/s", "estado": "concluida", "estado_texto": "Concluida"},
        ["etiqueta--exito"],
    ),
    "seguir": (
        {
            "tema": "organo:stl",
            "que": "a este órgano",
            "canal": "/a.atom",
            "agenda": "/a.ics",
            "una": "/u.ics",
        },
        [
            "?tema=organo:stl",
            'href="/a.atom"',
            'href="/a.ics"',
            'href="/u.ics"',
            "Seguir a este órgano por correo",
        ],
    ),
    "vacio": ({"titulo": "Nada", "url": "/x", "accion": "Agregar"}, ["Nada", 'href="/x"', "Agregar"]),
}


def test_todas_las_piezas_tienen_ejemplo() -> None:
    assert {p.stem for p in COMPONENTES.glob("*.html")} == set(EJEMPLOS)


@pytest.mark.parametrize("nombre", EJEMPLOS)
def test_se_pinta_con_lo_que_dice_recibir(nombre: str) -> None:
    contexto, esperado = EJEMPLOS[nombre]
    html = render_to_string(f"componentes/{nombre}.html", contexto)
    for texto in esperado:
        assert texto in html


@pytest.mark.parametrize("nombre", EJEMPLOS)
def test_el_encabezado_nombra_cada_entrada(nombre: str) -> None:
    fuente = (COMPONENTES / f"{nombre}.html").read_text()
    comentario = re.match(r"\{% comment %\}(.*?)\{% endcomment %\}", fuente, re.S)
    assert comentario, "La pieza empieza diciendo qué recibe"
    documentadas = set(re.findall(r"\w+", comentario[1]))
    assert _entradas(f"componentes/{nombre}.html") <= documentadas


def _entradas(plantilla: str) -> set[str]:
    """Variables que la plantilla imprime y que no nacen dentro de ella."""
    nodos = Engine.get_default().get_template(plantilla).nodelist
    propias = {"forloop", "csrf_token", "errores"}
    for nodo in nodos.get_nodes_by_type((ForNode, WithNode)):  # type: ignore[arg-type]
        propias |= set(getattr(nodo, "loopvars", ())) | set(getattr(nodo, "extra_context", ()))
    return {raiz for n in nodos.get_nodes_by_type(VariableNode) if (raiz := _raiz(n))} - propias


def _raiz(nodo: Node) -> str:
    """Primer nombre de la variable; vacío si es un literal."""
    variable = nodo.filter_expression.var  # type: ignore[attr-defined]
    return variable.lookups[0] if getattr(variable, "lookups", None) else ""


def test_una_barra_sin_cifra_no_inventa_un_cero() -> None:
    html = render_to_string(
        "componentes/barra.html", {"etiqueta": "Diseño", "valor": "", "texto": "en diseño"}
    )
    assert "en diseño" in html
    assert "aria-valuenow" not in html


def test_un_campo_enlaza_su_ayuda_y_su_error() -> None:
    html = render_to_string("componentes/campo.html", {"campo": _forma()["asunto"]})
    descrito = re.search(r'aria-describedby="([^"]+)"', html)
    assert descrito
    for ancla in descrito[1].split():
        assert f'id="{ancla}"' in html


def test_las_opciones_van_en_un_grupo_con_nombre() -> None:
    html = render_to_string("componentes/campo.html", {"campo": _forma()["modalidad"]})
    assert "<fieldset" in html
    assert "<legend" in html


def test_lo_escrito_por_personas_se_escapa() -> None:
    html = render_to_string("componentes/vacio.html", {"titulo": "<script>alert(1)</script>"})
    assert "<script>" not in html


def test_la_fecha_del_dato_se_lee_completa() -> None:
    hoy = timezone.localdate()
    html = render_to_string("componentes/dato.html", {"cifra": 1, "titulo": "T", "fuente": "F", "fecha": hoy})
    assert f" de {hoy.year}" in html


def test_ninguna_plantilla_pasa_de_120_renglones() -> None:
    largas = [p for p in Path(COMPONENTES.parent).rglob("*.html") if len(p.read_text().splitlines()) > 120]
    assert largas == []
