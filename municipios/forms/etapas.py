"""Las formas de los registros de etapas y situaciones.

Lo ya anotado o publicado nombra a la etapa y a la situación por su clave: desde entonces se les cambia el
nombre, pero no la clave ni lo que significan.
"""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from municipios.documento import EtapaLeida, leer
from municipios.estados import Avance
from municipios.models import (
    Anotacion,
    CorteMunicipalPublicado,
    Etapa,
    EtapaSoloTotal,
    Situacion,
    Total,
)
from sesiones.forms.registros import FormaRegistro

YA_SE_USA = "Ya hay municipios anotados con ella o un corte la dice: no cambia."
LA_QUE_CUMPLE = "Es la que cumple la etapa cuando ocurre su hecho: agrega otra antes."
ES_UNICA = "Es la «sin información» de la etapa: donde nadie ha anotado nada, es lo que consta."


def etapa_usada(etapa: Etapa) -> bool:
    """Si algo se anotó en ella, aunque se haya deshecho, o algún corte la dice."""
    capturada = etapa.anotaciones.exists() or EtapaSoloTotal.objects.filter(etapa=etapa).exists()
    return capturada or any(_en_lo_publicado(etapa))


def situacion_usada(situacion: Situacion) -> bool:
    """Si algún municipio se anotó en ella, aunque se haya deshecho, o algún corte la dice."""
    anotada = Anotacion.objects.filter(situacion=situacion).exists()
    if anotada or Total.objects.filter(situacion=situacion).exists():
        return True
    publicadas = (s for etapa in _en_lo_publicado(situacion.etapa) for s in etapa.situaciones)
    return any(s.clave == situacion.clave for s in publicadas)


def _en_lo_publicado(etapa: Etapa) -> Iterator[EtapaLeida]:
    """La etapa en cada corte publicado que la dice."""
    publicados = CorteMunicipalPublicado.objects.filter(corte__organo=etapa.organo_id)
    for documento in publicados.values_list("documento", flat=True):
        yield from (e for e in leer(bytes(documento)).etapas if e.clave == etapa.clave)


def las_que_cumplen(etapa: Etapa) -> "QuerySet[Situacion]":
    """Sus situaciones de avance «cumplido»: sin ninguna, un hecho no tendría qué cumplir."""
    return etapa.situaciones.filter(avance=Avance.CUMPLIDO)


def fijar(forma: FormaRegistro, campo: str, por_que: str) -> None:
    """Muestra el campo sin dejarlo cambiar y dice por qué."""
    forma.fields[campo].disabled = True
    forma.fields[campo].help_text = por_que


class FormaEtapa(FormaRegistro):
    """Qué se sigue en cada municipio. Al crearla nace con las cuatro situaciones comunes."""

    class Meta(FormaRegistro.Meta):
        model = Etapa
        fields = ("nombre", "clave", "que_es", "hecho", "orden", "activa")
        help_texts: ClassVar[dict[str, str]] = {
            "clave": "Sin espacios ni acentos: instalacion.",
            "hecho": "Si la deduces de un hecho público, el portal la cumple solo y lo dice.",
            "activa": "Si ya no se sigue, desmárcala: lo anotado y publicado se conserva.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """La clave no cambia cuando ya hay algo anotado o publicado."""
        super().__init__(*args, **kwargs)
        if self.instance.pk and etapa_usada(self.instance):
            fijar(self, "clave", YA_SE_USA)

    def clean_hecho(self) -> str:
        """Un hecho cumple una sola etapa del órgano."""
        hecho: str = self.cleaned_data["hecho"]
        otras = Etapa.objects.filter(organo=self.instance.organo, hecho=hecho).exclude(pk=self.instance.pk)
        if hecho and (otra := otras.first()):
            raise ValidationError(f"Ese hecho ya cumple «{otra}».")
        if hecho and self.instance.pk and not las_que_cumplen(self.instance).exists():
            raise ValidationError("La etapa no tiene una situación «cumplido»: agrégala antes.")
        return hecho

    def save(self, commit: bool = True) -> Any:
        """Guarda la etapa; la nueva nace con una situación por cada avance, que luego se renombran."""
        nueva = self.instance.pk is None
        with transaction.atomic():
            etapa = super().save(commit)
            if nueva:
                comunes = enumerate(Avance, start=1)
                Situacion.objects.bulk_create(
                    Situacion(etapa=etapa, clave=a.value, nombre=a.label, avance=a, orden=n)
                    for n, a in comunes
                )
        return etapa


class FormaSituacion(FormaRegistro):
    """Un estado posible de una etapa, con sus palabras."""

    FIJOS = frozenset({"etapa"})

    class Meta(FormaRegistro.Meta):
        model = Situacion
        fields = ("nombre", "clave", "avance", "orden")
        help_texts: ClassVar[dict[str, str]] = {
            "clave": "Sin espacios ni acentos: integrado-sin-instalar.",
            "avance": "De aquí salen el color del mapa y saber si un municipio retrocede.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lo ya usado no cambia de clave ni de significado."""
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            return
        if situacion_usada(self.instance):
            fijar(self, "clave", YA_SE_USA)
            fijar(self, "avance", YA_SE_USA)
        elif self.instance.avance == Avance.SIN_INFORMACION:
            fijar(self, "avance", ES_UNICA)

    def clean_avance(self) -> str:
        """Una etapa que se cumple sola no se queda sin la situación que la cumple."""
        avance: str = self.cleaned_data["avance"]
        etapa = self.instance.etapa
        otras = las_que_cumplen(etapa).exclude(pk=self.instance.pk)
        era = self.instance.pk and self.initial.get("avance") == Avance.CUMPLIDO
        if era and avance != Avance.CUMPLIDO and etapa.hecho and not otras.exists():
            raise ValidationError(LA_QUE_CUMPLE)
        return avance
