"""Formularios para testar un anexo: una zona, un texto a buscar, y por qué se retira o se cambia."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from sesiones.models import Organo
from sesiones.testar import leer
from stl_portal.archivo.models import Archivo, ZonaTestada

from .base import FormaMesa, Linea

USUALES = (
    "Teléfono particular",
    "Correo electrónico particular",
    "Domicilio particular",
    "CURP",
    "RFC",
    "Firma o rúbrica",
    "Imagen de una persona",
    "Número de identificación",
    "Dato de salud",
    "Dato bancario",
)
LETRAS_MINIMAS = 3
ROCE = 1e-9  # los decimales no suman exacto: lo que llega a la orilla no debe pasarse
SE_SALE = "La zona se sale de la página: izquierda más ancho, y arriba más alto, no pasan de 100 %."
SOBRA = 1.01  # lo que un trazo a pulso pasa de la orilla se recorta; más, no es de esa página
MINIMA = 0.2  # por ciento del lado de la página: menos no se ve


def fundamentos(organo: Organo, al: dt.date) -> list[str]:
    """Los que ya se usaron y las citas legales vigentes del órgano, sin repetir."""
    usados = ZonaTestada.objects.filter(archivo__anexos__sesion__organo=organo).order_by("-pk")
    dichos = [*usados.values_list("fundamento", flat=True)[:50]]
    dichos += organo.citas.vigentes(al).values_list("texto", flat=True)
    return list(dict.fromkeys(dichos))


def ultima_de(cuenta: Any) -> dict[str, str]:
    """Lo que esa persona escribió la última vez: casi siempre se repite."""
    fila = ZonaTestada.objects.filter(por=cuenta).order_by("pk").last()
    return {"motivo": fila.motivo, "fundamento": fila.fundamento} if fila else {}


class _PorQue(FormaMesa):
    """Qué dato es y con qué fundamento no se publica."""

    motivo = Linea(
        label="Qué dato es",
        max_length=200,
        widget=forms.TextInput(attrs={"list": "datos-usuales"}),
        help_text="Es público: di qué clase de dato es, nunca el dato.",
        error_messages={"required": "Escribe qué dato es, por ejemplo «Teléfono particular»."},
    )
    fundamento = Linea(
        label="Fundamento",
        max_length=400,
        widget=forms.TextInput(attrs={"list": "fundamentos"}),
        error_messages={"required": "Escribe el artículo que permite no publicarlo."},
    )


class _Por(forms.FloatField):
    """Un porcentaje del lado de la página."""

    def __init__(self, *, label: str, desde: float = 0) -> None:
        """`desde` es el menor que se admite."""
        control = forms.NumberInput(attrs={"step": "0.1", "inputmode": "decimal"})
        frase = "Escribe un porcentaje de la página, de 0 a 100, mayor que cero si es su tamaño."
        super().__init__(
            label=label,
            min_value=desde,
            max_value=100,
            required=False,
            widget=control,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), frase),
        )


class FormaZona(_PorQue):
    """Un rectángulo de una página, en porcentajes; con «toda la página», no hacen falta."""

    nombre = "forma_zona"

    pagina = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    izquierda, arriba = _Por(label="Izquierda (%)"), _Por(label="Arriba (%)")
    ancho, alto = _Por(label="Ancho (%)", desde=MINIMA), _Por(label="Alto (%)", desde=MINIMA)
    field_order = ("pagina", "izquierda", "arriba", "ancho", "alto", "motivo", "fundamento")

    def __init__(self, *args: Any, paginas: int = 1, **kwargs: Any) -> None:
        """`paginas` es cuántas tiene el archivo."""
        super().__init__(*args, **kwargs)
        self.paginas = paginas

    def clean_pagina(self) -> int:
        """Que exista."""
        pagina: int = self.cleaned_data["pagina"]
        if pagina > self.paginas:
            raise ValidationError(f"El archivo no tiene página {pagina}.")
        return pagina

    def clean(self) -> dict[str, Any]:
        """La zona, de 0 a 1 y dentro de la página."""
        datos = super().clean() or {}
        if "toda" in self.data:
            return datos | {"zona": {"x": 0.0, "y": 0.0, "ancho": 1.0, "alto": 1.0}}
        lados = [datos.get(nombre) for nombre in ("izquierda", "arriba", "ancho", "alto")]
        if any(lado is None for lado in lados):
            raise ValidationError("Dibuja el rectángulo sobre la página o escribe sus cuatro medidas.")
        x, y, ancho, alto = (float(lado) / 100 for lado in lados if lado is not None)
        if max(x, y) >= 1 - MINIMA / 100 or max(x + ancho, y + alto) > SOBRA:
            raise ValidationError(SE_SALE)
        orilla = 1 - ROCE
        return datos | {
            "zona": {"x": x, "y": y, "ancho": min(ancho, orilla - x), "alto": min(alto, orilla - y)}
        }

    def marcar(self, archivo: Archivo, por: Any) -> None:
        """Guarda la zona. Lanza `ValidationError`."""
        datos = self.cleaned_data
        _guardar(archivo, por, datos, [datos["zona"] | {"pagina": datos["pagina"]}])


class FormaBuscar(_PorQue):
    """Un texto: se marca en todas las páginas donde el PDF lo diga."""

    nombre = "forma_buscar"

    texto = Linea(
        label="Texto que se elimina",
        min_length=LETRAS_MINIMAS,
        max_length=200,
        help_text="No importan mayúsculas, acentos ni espacios. En un documento escaneado, dibuja la zona.",
        error_messages={"required": "Escribe el texto tal como está en el archivo."},
    )
    field_order = ("texto", "motivo", "fundamento")

    def clean(self) -> dict[str, Any]:
        """Que lo que se publica de la marca no diga el dato que se busca."""
        datos = super().clean() or {}
        buscado = leer(datos.get("texto", "")).letras.strip()
        for campo in ("motivo", "fundamento"):
            if buscado and buscado in leer(datos.get(campo, "")).letras:
                self.add_error(campo, "Aquí no escribas el dato: esto sí se publica.")
        return datos

    def marcar(self, archivo: Archivo, por: Any, hallados: list[dict[str, Any]]) -> None:
        """Guarda una zona por cada lugar hallado. Lanza `ValidationError` si no hay ninguno."""
        if not hallados:
            raise ValidationError(
                {"texto": "El archivo no dice eso como texto. Dibuja la zona sobre la página."}
            )
        _guardar(archivo, por, self.cleaned_data, hallados)


def _guardar(archivo: Archivo, por: Any, datos: dict[str, Any], zonas: list[dict[str, Any]]) -> None:
    """Todas o ninguna."""
    filas = [
        ZonaTestada(archivo=archivo, por=por, motivo=datos["motivo"], fundamento=datos["fundamento"], **zona)
        for zona in zonas
    ]
    for fila in filas:
        fila.full_clean()
    ZonaTestada.objects.bulk_create(filas)


class FormaPorQueCambia(FormaMesa):
    """Por qué se retira o se sustituye lo publicado."""

    nombre = "forma_motivo"

    motivo = Linea(
        label="Por qué",
        max_length=500,
        help_text="Es público: no escribas el dato.",
        error_messages={"required": "Escribe por qué."},
    )
