"""Los filtros del buscador: llegan por la dirección; uno mal escrito se explica (422), no se ignora."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from stl_portal.buscador.coincidencias import Filtros
from stl_portal.buscador.fuentes import clases
from stl_portal.buscador.numero import ANIO_MAXIMO, ANIO_MINIMO
from stl_portal.publico.registro import OrganoPublico, organos

PAGINAS = 100  # a diez documentos, todo lo que se ordena
_LARGA = "Es demasiado larga para ser una de este portal."


class Filtro(forms.Form):
    """Clase, órgano, año, documento y página."""

    clase = forms.ChoiceField(label="Qué", required=False)
    organo = forms.SlugField(
        label="Órgano", required=False, max_length=80, error_messages={"max_length": _LARGA}
    )
    anio = forms.IntegerField(
        label="Año",
        required=False,
        min_value=ANIO_MINIMO,
        max_value=ANIO_MAXIMO,
        error_messages={"invalid": "Escribe el año con cuatro cifras: 2024."},
    )
    en = forms.RegexField(
        r"^[\w:./-]+\Z",
        label="Documento",
        required=False,
        max_length=200,
        error_messages={"invalid": "No es la clave de un documento.", "max_length": _LARGA},
    )
    page = forms.IntegerField(label="Página", required=False, min_value=1, max_value=PAGINAS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Las clases son las que las aplicaciones declararon."""
        super().__init__(*args, **kwargs)
        campo: Any = self.fields["clase"]
        campo.choices = [("", "Todo"), *((clave, clase.varios) for clave, clase in clases().items())]
        campo.error_messages["invalid_choice"] = "No es una de las clases en que se puede buscar."

    @cached_property
    def organos(self) -> Mapping[str, OrganoPublico]:
        """Los que hay hoy, por su clave."""
        return organos(timezone.localdate())

    def clean_organo(self) -> str:
        """Uno que exista: de otro nada habría, y parecería que nada se ha publicado."""
        clave: str = self.cleaned_data["organo"]
        if clave and clave not in self.organos:
            raise ValidationError("No hay un órgano con esa clave.")
        return clave

    @property
    def filtros(self) -> Filtros:
        """Lo elegido; con `is_valid()` ya comprobado."""
        dado = self.cleaned_data
        return Filtros(dado["clase"], dado["organo"], dado["anio"], dado["en"])

    @property
    def pagina(self) -> int:
        """La página pedida, desde 1."""
        return self.cleaned_data["page"] or 1
