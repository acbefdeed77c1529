"""Registro de oficios: captura con copias, y búsqueda por folio como cada quien lo escriba."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from sesiones.busqueda import que_contiene
from sesiones.models import CopiaOficio, Oficio
from sesiones.models.oficios import Sentido
from sesiones.numeracion import normalizar_folio
from stl_portal.archivo.forms import CampoArchivo

from .base import Fecha, Linea
from .filtros import Filtro
from .registros import ConRenglones, FormaRegistro


class FormaCopia(FormaRegistro):
    """Con copia para…"""

    class Meta(FormaRegistro.Meta):
        model = CopiaOficio
        fields = ("para",)


Copias = forms.inlineformset_factory(
    Oficio, CopiaOficio, form=FormaCopia, extra=2, can_delete=True, can_delete_extra=False
)


class FormaOficio(ConRenglones):
    """Un oficio recibido o enviado, con su sello, copias y archivo."""

    RENGLONES = Copias
    TITULO_RENGLONES = "Con copia para"
    FIJOS = frozenset({"organo", "folio_normalizado"})
    GRUPOS = (
        ("El documento", ("sentido", "folio", "fecha", "lugar", "asunto", "resumen")),
        ("De quién y para quién", ("remitente", "remitente_cargo", "destinatario")),
        ("Recepción", ("recibido_el", "recibido_en")),
        ("Archivo", ("archivo",)),
    )

    recibido_el = forms.DateTimeField(
        label="Sello de recepción",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="Fecha y hora del sello, si se recibió en papel o por correo.",
    )

    archivo = CampoArchivo(label="Archivo del oficio", required=False)

    class Meta(FormaRegistro.Meta):
        model = Oficio
        fields = (
            "sentido",
            "folio",
            "fecha",
            "lugar",
            "asunto",
            "remitente",
            "remitente_cargo",
            "destinatario",
            "recibido_el",
            "recibido_en",
            "resumen",
            "archivo",
        )

    def clean(self) -> dict[str, Any]:
        """El mismo folio, aunque se escriba distinto, no se registra dos veces."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        otros = Oficio.objects.filter(organo=self.instance.organo).exclude(pk=self.instance.pk)
        folio = normalizar_folio(datos.get("folio") or "")
        repetido = (
            otros.filter(sentido=datos.get("sentido"), folio_normalizado=folio).first() if folio else None
        )
        if repetido:
            self.add_error("folio", f"Ya está registrado como «{repetido.folio}»: {repetido.asunto}.")
        if isinstance(datos.get("fecha"), dt.date) and datos.get("recibido_el"):
            self._revisar_sello(datos["fecha"], datos["recibido_el"].date())
        return datos

    def _revisar_sello(self, fecha: dt.date, recibido: dt.date) -> None:
        """Un oficio no se recibe antes de escribirse."""
        if recibido < fecha:
            self.add_error("recibido_el", f"El sello es anterior a la fecha del oficio ({fecha:%d/%m/%Y}).")


class FiltroOficios(Filtro):
    """Por folio o palabras, sentido y fechas."""

    q = Linea(label="Folio o palabras", required=False, max_length=100)
    sentido = forms.ChoiceField(label="Sentido", required=False, choices=(("", "Todos"), *Sentido.choices))
    desde = Fecha(label="Desde", required=False)
    hasta = Fecha(label="Hasta", required=False)

    def aplicar(self, oficios: QuerySet[Oficio]) -> QuerySet[Oficio]:
        """Los oficios que cumplen lo elegido."""
        elegido = self.elegido
        iguales = {
            "sentido": elegido.get("sentido"),
            "fecha__gte": elegido.get("desde"),
            "fecha__lte": elegido.get("hasta"),
        }
        return oficios.filter(**{k: v for k, v in iguales.items() if v}).filter(
            por_texto(elegido.get("q", ""))
        )


def por_texto(q: str) -> Q:
    """Por folio normalizado («IACIP/PPI - 79/2020» encuentra «IACIP/PPI/79/2020») o por palabras."""
    palabras = que_contiene(q, "folio", "asunto", "remitente", "destinatario")
    folio = normalizar_folio(q)
    return palabras | Q(folio_normalizado__contains=folio) if folio else palabras
