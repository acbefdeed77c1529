"""Lo que se envía al capturar el avance: la matriz completa o una sola casilla."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from municipios.captura.anotar import DE_OTRA_ETAPA, Cambio, Rechazo, Sitio
from municipios.captura.tablero import nombre_de, por_omision
from municipios.cuadro import Casilla, Cuadro
from municipios.models import Anotacion, Etapa, Situacion
from sesiones.forms.base import Fecha, FormaMesa, Parrafos
from stl_portal.archivo.forms import CampoArchivo
from stl_portal.versiones import entero


class FormaCasilla(FormaMesa):
    """Lo que se sabe de una etapa en un municipio, con su prueba."""

    situacion = forms.ModelChoiceField(
        Situacion.objects.none(), label="Situación", widget=forms.RadioSelect, empty_label=None
    )
    fecha = Fecha(label="Consta al", help_text="El día en que ya era así, no el de hoy si fue antes.")
    motivo = Parrafos(
        label="Por qué retrocede",
        required=False,
        help_text="Solo si la situación es menor que la anterior. Se publica en el corte.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    nota = Parrafos(
        label="Nota",
        required=False,
        help_text="Lo que ayude a entenderlo. Se publica con el corte.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    prueba = CampoArchivo(label="Documento que lo prueba", required=False)
    liga = forms.URLField(
        label="O la dirección donde se ve", required=False, max_length=500, assume_scheme="https"
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, etapa: Etapa, por: Any, **kwargs: Any) -> None:
        """Ofrece las situaciones de la etapa; `por` es quien sube la prueba."""
        super().__init__(*args, **kwargs)
        self.ofrecer("situacion", etapa.situaciones.all())
        campo: Any = self.fields["prueba"]
        campo.por = por

    def clean_liga(self) -> str:
        """Solo direcciones que cualquiera puede abrir sin avisos del navegador."""
        liga: str = self.cleaned_data["liga"]
        if liga and urlsplit(liga).scheme != "https":
            raise ValidationError("La dirección debe empezar con https://.", code="liga")
        return liga

    def al_dia(self, version: int) -> Self:
        """La misma forma con todo lo escrito, para anotar sobre lo que ahora se vio."""
        datos: Any = self.data.copy()  # type: ignore[attr-defined]
        datos["version"] = str(version)
        self.data = datos
        return self

    def cambio(self) -> dict[str, Any]:
        """Lo limpio, con los nombres de `anotar`; sin versión, sobre una casilla vacía."""
        datos = dict(self.cleaned_data)
        datos["sobre"] = datos.pop("version") or 0
        return datos


@dataclass
class Matriz:
    """Lo que se eligió en la matriz y se envía de una vez: solo lo que cambió desde que se miró."""

    enviado: QueryDict
    cuadro: Cuadro
    informa: Collection[str]
    fecha: dt.date

    def leer(self) -> tuple[list[Cambio], list[Rechazo]]:
        """Los cambios y, aparte, los controles con algo que no es una situación de su etapa."""
        cambios, rechazos = [], []
        for casilla, valor in self._cambiadas():
            situacion = self._situaciones(casilla.etapa).get(entero(valor))
            if situacion:
                cambios.append(self._cambio(casilla, situacion))
            else:
                etapa, clave = casilla.etapa, casilla.municipio.pk
                rechazos.append(Rechazo(0, etapa.clave, DE_OTRA_ETAPA, "situacion", clave, etapa=etapa.pk))
        return cambios, rechazos

    def _cambiadas(self) -> Iterator[tuple[Casilla, str]]:
        for sitio, casilla in self.cuadro.casillas.items():
            valor = self.enviado.get(nombre_de("c", *sitio), "")
            if valor and sitio[0] in self.informa and valor != self._se_veia(casilla):
                yield casilla, valor

    def _se_veia(self, casilla: Casilla) -> str:
        """La situación que el control mostraba cuando se pintó la página."""
        if vista := self._vistas.get((casilla.municipio.pk, casilla.etapa.pk)):
            return str(vista.situacion_id)
        return str(por_omision(replace(casilla, capturado=None)))

    @cached_property
    def _vistas(self) -> dict[Sitio, Anotacion]:
        """Sobre qué anotación se miraba cada casilla; las que no se nombran estaban vacías."""
        pares = (par.partition(":") for par in self.enviado.get("visto", "").split())
        numeros = {entero(pk) for _, _, pk in pares} - {0}
        filas = Anotacion.objects.filter(etapa__organo=self.cuadro.organo, pk__in=numeros)
        return {(fila.municipio_id, fila.etapa_id): fila for fila in filas}

    def _situaciones(self, etapa: Etapa) -> Mapping[int, Situacion]:
        return {s.pk: s for s in etapa.situaciones.all()}

    def _cambio(self, casilla: Casilla, situacion: Situacion) -> Cambio:
        sitio = (casilla.municipio.pk, casilla.etapa.pk)
        vista = self._vistas.get(sitio)
        return Cambio(
            casilla.municipio,
            casilla.etapa,
            situacion,
            self.fecha,
            motivo=self.enviado.get(nombre_de("m", *sitio), ""),
            sobre=vista.pk if vista else 0,
        )
