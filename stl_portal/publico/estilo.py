"""Guía de estilo viva: cada pieza del portal en cada uno de sus estados."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from stl_portal.archivo.forms import CampoArchivos

from .iconos import TRAZOS

# (nombre del token, para qué sirve); la muestra de color la pone estilo.css con una clase.
COLORES = (
    ("papel", "fondo de la página"),
    ("superficie", "tarjetas, tablas y controles"),
    ("hundido", "encabezados de tabla y zonas de apoyo"),
    ("tinta", "texto"),
    ("tinta-suave", "texto de apoyo"),
    ("linea", "divisiones"),
    ("linea-fuerte", "bordes de controles"),
    ("primario", "lo que se puede pulsar"),
    ("primario-hondo", "al pasar encima"),
    ("primario-tenue", "lo elegido y lo actual"),
    ("enlace", "ligas"),
    ("enlace-visitado", "ligas ya vistas"),
    ("organo-color", "acento del órgano, decorativo"),
    ("exito", "cumplido, aprobado"),
    ("alerta", "pide atención"),
    ("error", "no se puede, falta"),
    ("info", "conviene saber"),
    ("foco-halo", "foco del teclado"),
)
TONOS = ("neutro", "info", "curso", "exito", "alerta", "error")


class FormaMuestra(forms.Form):
    """Un campo de cada clase."""

    asunto = forms.CharField(label="Asunto", help_text="Una frase, como se leerá en el orden del día.")
    fecha = forms.DateField(label="Fecha", widget=forms.DateInput(attrs={"type": "date"}))
    hora = forms.TimeField(label="Hora", widget=forms.TimeInput(attrs={"type": "time"}), required=False)
    modalidad = forms.ChoiceField(
        label="Modalidad",
        choices=[("presencial", "Presencial"), ("remota", "Vía remota")],
        widget=forms.RadioSelect,
    )
    institucion = forms.ChoiceField(
        label="Institución", choices=[("", "Elige una"), ("a", "Universidad"), ("b", "Tribunal")]
    )
    sectores = forms.MultipleChoiceField(
        label="Sectores",
        choices=[("g", "Poder público"), ("s", "Sociedad civil"), ("a", "Academia")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    texto = forms.CharField(label="Desahogo", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    archivo = forms.FileField(label="Anexo", required=False, help_text="PDF, imagen u oficina; hasta 25 MB.")
    conforme = forms.BooleanField(label="Leí el acta y estoy conforme")


class FormaDeSubida(forms.Form):
    """Lo que recibe `componentes/subida.html`."""

    archivos = CampoArchivos(label="Archivos", help_text="Puedes elegir o soltar varios.")


def formas() -> dict[str, Any]:
    """El mismo formulario en blanco y como regresa con errores."""
    con_errores = FormaMuestra({"asunto": "", "fecha": "30/02/2020"}, auto_id="error_%s")
    con_errores.add_error(None, "La sesión ya se cerró: reábrela antes de corregir.")
    return {"en_blanco": FormaMuestra(auto_id="blanco_%s"), "con_errores": con_errores}


def mensajes() -> list[Message]:
    """Uno de cada nivel."""
    return [
        Message(constants.SUCCESS, "La convocatoria se envió a 14 personas."),
        Message(constants.INFO, "Entraste desde un equipo nuevo."),
        Message(constants.WARNING, "Dos personas no tienen correo registrado."),
        Message(constants.ERROR, "El archivo no es un PDF: su contenido es una imagen."),
    ]


def piezas() -> dict[str, Any]:
    """Listas que reciben los componentes."""
    return {
        "tareas": [
            {"texto": "Quórum declarado", "hecha": True},
            {
                "texto": "El punto III no tiene resultado",
                "hecha": False,
                "url": "#piezas",
                "detalle": "Desahogo",
            },
        ],
        "resumen": [
            {"termino": "Sede", "valor": "Sala de juntas, planta alta", "url": "#piezas"},
            {"termino": "Modalidad", "valor": "Presencial"},
            {"termino": "Domicilio", "valor": ""},
        ],
        "columnas": ["Sesión", "Fecha", "Acuerdos:", "Cumplidos:"],
        "filas": [["XVI", "21 de noviembre de 2019", 7, 7], ["XVII", "5 de diciembre de 2019", 12, 9]],
        "pagina": Paginator(range(200), 10).page(7),
        "corte": dt.date(2020, 3, 31),
    }


def pasos() -> list[dict[str, Any]]:
    """El riel de la mesa con un paso de cada estado."""
    return [
        {"texto": "Convocatoria", "estado": "hecho", "url": "#mesa"},
        {"texto": "Asistencia y quórum", "estado": "pendiente", "url": "#mesa", "detalle": "falta un oficio"},
        {"texto": "Orden del día", "estado": "hecho", "url": "#mesa"},
        {"texto": "Desahogo y acuerdos", "estado": "actual", "url": "#mesa"},
        {"texto": "Cierre", "estado": "pendiente", "url": "#mesa"},
        {"texto": "Acta", "estado": "pendiente"},
    ]


def subidas() -> list[dict[str, Any]]:
    """El renglón de un archivo en cada estado, como lo pinta `static/js/subidas/renglon.js`."""
    return [
        {"estado": "sube", "nombre": "video.mp4", "hecho": 45, "frase": "Subiendo: 90 MB de 200 MB (45 %)"},
        {"estado": "pausa", "nombre": "lista.pdf", "hecho": 20, "frase": "En pausa. Van 2 MB de 10 MB."},
        {"estado": "pendiente", "nombre": "fotos.zip", "frase": "Se quedó en 40 %. Elige el mismo archivo."},
        {"estado": "error", "nombre": "programa.exe", "frase": "No se aceptan archivos .exe."},
        {"estado": "listo", "nombre": "acta.pdf", "hecho": 100, "frase": "Listo."},
    ]


def estilo(request: HttpRequest) -> HttpResponse:
    """La guía; solo en demostración o desarrollo (en producción no existe)."""
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    contexto = {
        "colores": COLORES,
        "tonos": TONOS,
        "iconos": sorted(TRAZOS),
        "mensajes_muestra": mensajes(),
        "pasos": pasos(),
        "subida": FormaDeSubida(auto_id="subida_%s")["archivos"],
        "subidas": subidas(),
    }
    return render(request, "publico/estilo.html", contexto | formas() | piezas())
