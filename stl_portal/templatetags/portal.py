"""Lo que las plantillas necesitan y Django no trae: fechas en palabras, iconos y controles."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput, FileInput, RadioSelect
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from stl_portal import espanol
from stl_portal.publico.iconos import TRAZOS
from stl_portal.texto import a_html, a_llano

register = template.Library()

# Tono de cada estado del dominio. El icono acompaña al texto: el color nunca va solo.
TONOS = {
    "exito": (
        "aprobado aprobada atendida concluida consenso cumplido firmada incorporada mayoria presente "
        "celebrado publicada publicado unanimidad validado vigente"
    ),
    "curso": "circulada convocada en_curso en_proceso enviada enviado observada observado",
    "info": "da_cuenta desahogado dispensado presentado",
    "alerta": "justificada por_atender pospuesto por_vencer sin_quorum",
    "error": "ausente cancelada cancelado fallida no_aprobado no_celebrada vencida vencido",
    "neutro": "borrador pendiente programada propuesto retirado sin_efecto sustituida sustituido",
}
TONO_DE = {estado: tono for tono, estados in TONOS.items() for estado in estados.split()}


# Cada tono tiene su forma: se distingue en blanco y negro y sin ver el color.
ICONO_DE = {
    "alerta": "triangulo",
    "curso": "media",
    "error": "cruz",
    "exito": "palomita",
    "info": "info",
    "neutro": "circulo",
}
# Códigos de los errores que Django redacta sin nombrar el campo.
GENERICOS = {
    *("blank", "null", "required", "invalid", "invalid_choice", "invalid_list", "missing", "empty"),
    *("max_length", "min_length", "max_value", "min_value"),
}
TONO_DE_MENSAJE = {"success": "exito", "warning": "alerta", "error": "error"}


def _local(valor: dt.date | dt.datetime) -> dt.date | dt.datetime:
    """Los instantes se leen en la hora del centro de México; las fechas no tienen huso."""
    if isinstance(valor, dt.datetime) and timezone.is_aware(valor):
        return timezone.localtime(valor)
    return valor


@register.filter
def rotulo(dicho: str, ficticio: bool) -> str:
    """« (ficticio)», si lo dicho es de algo ficticio y no lo dice."""
    return espanol.rotulo(dicho, ficticio=ficticio)


@register.filter
def rotulado(dicho: str, ficticio: bool) -> str:
    """Lo dicho, con su rótulo si le falta."""
    return espanol.rotulado(dicho, ficticio=ficticio)


@register.filter
def fecha(valor: dt.date | dt.datetime | None) -> str:
    """Devuelve «18 de enero de 2020»; vacío si no hay fecha."""
    return formats.date_format(_local(valor), r"j \d\e F \d\e Y") if valor else ""


@register.filter
def fecha_hora(valor: dt.datetime | None) -> str:
    """Devuelve «18 de enero de 2020, 10:00 h»; vacío si no hay fecha."""
    return formats.date_format(_local(valor), r"j \d\e F \d\e Y, H:i \h") if valor else ""


@register.filter
def tono(estado: str) -> str:
    """Tono de `componentes/etiqueta.html` que corresponde al estado; «neutro» si no se conoce."""
    return TONO_DE.get(str(estado), "neutro")


@register.filter
def texto_html(valor: str) -> SafeString:
    """El texto con marcas sencillas, como HTML seguro."""
    return a_html(valor or "")


@register.filter
def texto_llano(valor: str) -> str:
    """El texto sin marcas, para resumirlo en una línea."""
    return a_llano(valor or "")


@register.simple_tag
def icono(nombre: str, clase: str = "") -> SafeString:
    """Dibuja un icono decorativo de `TRAZOS`; lanza `KeyError` si el nombre no existe."""
    return format_html(
        '<svg class="icono {}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        clase,
        TRAZOS[nombre],
    )


@register.simple_tag
def icono_de_tono(tono: str) -> SafeString:
    """Icono que acompaña a un tono; lanza `KeyError` si el tono no existe."""
    return icono(ICONO_DE[tono])


@register.filter
def tono_de_mensaje(nivel: str) -> str:
    """Tono del aviso que corresponde al nivel de un mensaje de Django."""
    return TONO_DE_MENSAJE.get(nivel, "info")


@register.inclusion_tag("componentes/etiqueta.html")
def etiqueta_estado(estado: str, texto: str) -> dict[str, str]:
    """Etiqueta de un estado: `{% etiqueta_estado sesion.estado sesion.get_estado_display %}`."""
    return {"texto": texto, "tono": tono(estado)}


@register.filter
def tipo_control(campo: BoundField) -> str:
    """Forma en que `componentes/campo.html` dibuja el campo: opciones, casilla, archivo o linea."""
    control = campo.field.widget
    if isinstance(control, RadioSelect):  # también CheckboxSelectMultiple, que hereda de ella
        return "opciones"
    if isinstance(control, CheckboxInput):
        return "casilla"
    return "archivo" if isinstance(control, FileInput) else "linea"


@register.filter
def id_primero(campo: BoundField) -> str:
    """`id` del primer control del campo, a donde lleva el resumen de errores."""
    if tipo_control(campo) == "opciones":
        return f"{campo.auto_id}_0"
    return campo.id_for_label or campo.auto_id


@register.filter
def errores_de(objeto: Any) -> list[dict[str, str]]:
    """Errores de un formulario, conjunto, texto, par (texto, ancla) o lista de ellos, en orden de lectura."""
    if hasattr(objeto, "management_form"):
        propios = [{"texto": str(error), "ancla": ""} for error in objeto.non_form_errors()]
        return propios + [error for forma in objeto.forms for error in _errores_del_formulario(forma)]
    if hasattr(objeto, "non_field_errors"):
        return _errores_del_formulario(objeto)
    if isinstance(objeto, tuple):
        return [{"texto": str(objeto[0]), "ancla": str(objeto[1]).lstrip("#")}]
    if isinstance(objeto, str):
        return [{"texto": objeto, "ancla": ""}] if objeto else []
    return [error for parte in objeto or [] for error in errores_de(parte)]


def _errores_del_formulario(formulario: BaseForm) -> list[dict[str, str]]:
    """Primero los generales; después los de cada campo, con el ancla de su control."""
    generales = [{"texto": str(error), "ancla": ""} for error in formulario.non_field_errors()]
    # En una lista de renglones iguales, cada error dice primero de cuál es.
    de_cual = f"{rotulo} · " if (rotulo := getattr(formulario, "rotulo", "")) else ""
    return generales + [
        {"texto": de_cual + texto, "ancla": "" if campo.is_hidden else id_primero(campo)}
        for campo in formulario
        for texto in _errores_del_campo(campo)
    ]


def _errores_del_campo(campo: BoundField) -> list[str]:
    """Los genéricos de Django dicen además de qué campo son: lejos del campo no se entenderían."""
    frases = []
    for error in campo.errors.as_data():
        frase = str(error.messages[0])
        generico = error.code in GENERICOS and str(campo.label) not in frase
        frases.append(_nombrada(str(campo.label), frase) if generico else frase)
    return frases


def _nombrada(etiqueta: str, frase: str) -> str:
    """La frase con el nombre de su campo; tras una pregunta, como otra oración."""
    if etiqueta.endswith("?"):
        return f"{etiqueta} {frase}"
    return f"{etiqueta}: {frase[:1].lower()}{frase[1:]}"


@register.filter
def columnas_de_tabla(columnas: Iterable[str]) -> list[dict[str, Any]]:
    """Texto de cada columna y si es numérica (se escribió con dos puntos al final)."""
    return [{"texto": c.removesuffix(":"), "numero": c.endswith(":")} for c in columnas]


@register.filter
def emparejar(columnas: Iterable[str], fila: Iterable[Any]) -> list[tuple[dict[str, Any], Any]]:
    """Cada celda con su columna; lanza `ValueError` si la fila tiene otro largo."""
    return list(zip(columnas_de_tabla(columnas), fila, strict=True))


@register.filter
def numeros_de_pagina(pagina: "Page[Any]") -> list[int | str]:
    """Números de página que se muestran, con «…» donde se omiten."""
    paginador = pagina.paginator
    numeros = paginador.get_elided_page_range(pagina.number, on_each_side=1, on_ends=1)
    # La traducción de Django escribe tres puntos; aquí siempre es el carácter «…».
    return [numero if isinstance(numero, int) else "…" for numero in numeros]


@register.filter
def igual(valor: Any, otro: Any) -> str:
    """«true» o «false» según si ambos se escriben igual; sirve para `aria-pressed`."""
    return "true" if str(valor) == str(otro) else "false"


@register.filter
def legible(nombre: str) -> str:
    """Nombre de un campo dicho para personas: «fecha_limite» → «Fecha limite»."""
    return str(nombre).replace("_", " ").replace("-", " ").strip().capitalize()


@register.filter
def es_largo(valor: str) -> bool:
    """Si un valor es texto que alguien escribió y no una clave: varias líneas o más de 40 caracteres."""
    return "\n" in str(valor).strip() or len(str(valor)) > 40
