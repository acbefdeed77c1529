"""Base de los formularios de los registros y los más sencillos: catálogos del órgano."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction

from sesiones.models import CitaLegal, Denominacion, Frase, Institucion, Organo, PuntoPlantilla, UsoCita
from stl_portal.versiones import entero

from .base import Fecha, Hora, Linea, Parrafos


def campo_limpio(campo: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    """Campo de formulario con la limpieza del portal: texto sin HTML, fechas con selector."""
    clases: dict[type, type[forms.Field]] = {
        models.DateField: Fecha,
        models.TimeField: Hora,
        models.TextField: Parrafos,
    }
    if type(campo) is models.CharField and not campo.choices:
        kwargs.setdefault("form_class", Linea)
    elif type(campo) in clases:
        kwargs.setdefault("form_class", clases[type(campo)])
    formado: forms.Field | None = campo.formfield(**kwargs)
    return formado


# Lo que rige entre dos fechas se pregunta igual en todos los registros.
DESDE_HASTA = {"vigente_desde": "Desde", "vigente_hasta": "Hasta"}
VACIO = {"vigente_hasta": "Vacío: sin fecha de fin."}

PREFIJO = "renglon"  # con el que viajan los renglones hijos


@dataclass(frozen=True)
class Grupo:
    """Campos que se leen juntos. El plegado se abre solo si trae algo o tuvo un error."""

    titulo: str
    campos: list[forms.BoundField]
    plegado: bool = False

    @property
    def abierto(self) -> bool:
        """Si hay algo que ver dentro."""
        return any(campo.errors or (campo.form.is_bound and _con_valor(campo)) for campo in self.campos)


def _con_valor(campo: forms.BoundField) -> bool:
    """Si la persona escribió algo distinto de lo propuesto."""
    return campo.value() not in (None, "", campo.initial)


class FormaRegistro(forms.ModelForm):  # type: ignore[type-arg]  # en ejecución no es genérica
    """Formulario de un renglón. La vista ya fijó a qué órgano o asiento pertenece.

    `FIJOS` son campos que no se preguntan pero sí participan en las reglas de unicidad.
    `GRUPOS` reparte los campos por asunto; los de título con puntos suspensivos se pliegan.
    `APARTE` son campos que se guardan en otras filas: también se comparan cuando dos personas corrigen.
    """

    FIJOS: ClassVar[frozenset[str]] = frozenset({"organo"})
    GRUPOS: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()
    APARTE: ClassVar[tuple[str, ...]] = ()
    # Campo del modelo → campo de la forma, cuando no se llaman igual.
    ALIAS: ClassVar[Mapping[str, str]] = MappingProxyType({})

    class Meta:
        formfield_callback = campo_limpio

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """La opción vacía se dice con palabras, no con rayas."""
        super().__init__(*args, **kwargs)
        for campo in self.fields.values():
            if isinstance(campo, forms.ModelChoiceField):
                campo.empty_label = "Sin elegir" if campo.empty_label else None
            elif isinstance(campo, forms.ChoiceField):
                opciones: Any = campo.choices
                campo.choices = [
                    (valor, texto if valor else "Ninguno en particular") for valor, texto in opciones
                ]

    def grupos(self) -> list[Grupo]:
        """Campos por asunto, en el orden en que se leen; vacío si basta una lista."""
        return [
            Grupo(titulo, [self[c] for c in campos if c in self.fields], plegado=titulo.endswith("…"))
            for titulo, campos in self.GRUPOS
        ]

    def _get_validation_exclusions(self) -> set[str]:
        """Los campos fijos sí se validan, aunque no se muestren."""
        excluidos: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # privado de Django, sin tipo
        return excluidos - self.FIJOS

    def add_error(self, field: str | None, error: Any) -> None:
        """Pone cada mensaje junto a su campo; el de un campo que no se muestra, arriba."""
        if not isinstance(error, ValidationError) or not hasattr(error, "error_dict"):
            super().add_error(field, error)
            return
        for del_modelo, errores in error.error_dict.items():
            campo = self.ALIAS.get(del_modelo, del_modelo)
            super().add_error(campo if campo in self.fields else None, errores)


class ConRenglones(FormaRegistro):
    """Formulario con renglones hijos (copias, alias, fechas) en la misma página."""

    RENGLONES: ClassVar[Any]  # la clase que da inlineformset_factory
    TITULO_RENGLONES: ClassVar[str] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Arma los renglones con los mismos datos enviados."""
        super().__init__(*args, **kwargs)
        datos = self._con_los_idos() if self.is_bound else None
        self.hijos = self.RENGLONES(datos, instance=self.instance, prefix=PREFIJO)

    def _con_los_idos(self) -> Any:
        """Lo enviado; el renglón que otra persona ya quitó va como nuevo, para no perder lo escrito."""
        total, previos = (
            min(entero(self.data.get(f"{PREFIJO}-{n}_FORMS")), 1000) for n in ("TOTAL", "INITIAL")
        )
        hijo = self.RENGLONES.model
        vivos = hijo.objects.filter(**{self.RENGLONES.fk.name: self.instance.pk}).values_list("pk", flat=True)
        hay = {str(pk) for pk in vivos} if previos else set()
        siguen = [n for n in range(previos) if self.data.get(f"{PREFIJO}-{n}-id") in hay]
        otros = [n for n in range(total) if n not in siguen and f"{PREFIJO}-{n}-DELETE" not in self.data]
        if len(siguen) == previos:
            return self.data
        datos = {
            f"{PREFIJO}-{nuevo}-{campo}": valor
            for nuevo, viejo in enumerate([*siguen, *otros])
            for campo, valor in self._renglon(viejo).items()
            if nuevo < len(siguen) or campo != "id"
        }
        cuantos = {"TOTAL": len(siguen) + len(otros), "INITIAL": len(siguen)}
        return datos | {f"{PREFIJO}-{n}_FORMS": str(valor) for n, valor in cuantos.items()}

    def _renglon(self, numero: int) -> dict[str, str]:
        """Lo enviado de un renglón, por campo."""
        inicio = f"{PREFIJO}-{numero}-"
        return {
            clave.removeprefix(inicio): self.data[clave] for clave in self.data if clave.startswith(inicio)
        }

    @property
    def todo_lo_escrito(self) -> list[Any]:
        """El formulario y sus renglones, para resumir los errores de ambos."""
        return [self, self.hijos]

    def is_valid(self) -> bool:
        """Válido si lo son el formulario y todos sus renglones; revisa ambos para decirlo todo."""
        propio, hijos = super().is_valid(), self.hijos.is_valid()
        return propio and hijos

    def save(self, commit: bool = True) -> Any:
        """Guarda el formulario y sus renglones, todo o nada."""
        with transaction.atomic():
            objeto = super().save(commit)
            self.hijos.instance = objeto
            self.hijos.save()
        return objeto


class FormaVersion(FormaRegistro):
    """Versión con vigencia: al guardarse, la anterior termina el día previo.

    La validación con las demás versiones la hace el verbo `suceder` del modelo, que primero
    cierra la anterior; hacerla antes siempre encontraría un traslape.
    """

    def _post_clean(self) -> None:
        """Solo pasa los datos al modelo y revisa cada campo; `save` valida el conjunto."""
        self.instance = forms.models.construct_instance(
            self, self.instance, self._meta.fields, self._meta.exclude
        )
        if self.instance.pk:
            return
        try:
            self.instance.clean_fields(exclude=self._get_validation_exclusions() | {"organo"})
        except ValidationError as error:
            self.add_error(None, error)

    def save(self, commit: bool = True) -> Any:
        """Sustituye a la versión vigente, o corrige esta si ya existía."""
        if self.instance.pk:
            self.instance.full_clean()
            self.instance.save()
        else:
            self.instance.suceder()
        return self.instance


class FormaDenominacion(FormaVersion):
    """Nombre oficial del órgano desde una fecha."""

    class Meta(FormaRegistro.Meta):
        model = Denominacion
        fields = ("nombre", "nombre_corto", "siglas", "lugar", "vigente_desde", "vigente_hasta")
        labels = DESDE_HASTA
        help_texts = VACIO


class FormaCita(FormaVersion):
    """Fundamento legal desde una fecha."""

    clave = forms.ChoiceField(label="Dónde se imprime", choices=UsoCita.choices)

    class Meta(FormaRegistro.Meta):
        model = CitaLegal
        fields = ("clave", "texto", "vigente_desde", "vigente_hasta")
        labels = {"texto": "Cita"} | DESDE_HASTA
        help_texts = {"texto": "Como sigue a «con fundamento en»: artículo 13 de los Lineamientos."} | VACIO


class FormaFrase(FormaRegistro):
    """Frase de la biblioteca del órgano."""

    class Meta(FormaRegistro.Meta):
        model = Frase
        fields = ("nombre", "texto", "orden")


class FormaPuntoPlantilla(FormaRegistro):
    """Punto con el que nace cada sesión."""

    class Meta(FormaRegistro.Meta):
        model = PuntoPlantilla
        fields = ("titulo", "tipo", "tipo_sesion", "orden")


class FormaInstitucion(FormaRegistro):
    """Institución que puede ocupar un asiento."""

    class Meta(FormaRegistro.Meta):
        model = Institucion
        fields = ("nombre", "siglas", "sector", "vigente_desde", "vigente_hasta")


class FormaComision(FormaRegistro):
    """Comisión o grupo de trabajo de un órgano, con su nombre desde el primer día."""

    nombre = Linea(label="Nombre oficial", max_length=250)
    nombre_corto = Linea(label="Nombre corto", max_length=100)
    siglas = Linea(label="Siglas", max_length=20)
    desde = Fecha(label="Se crea el")

    FIJOS = frozenset({"padre"})

    class Meta(FormaRegistro.Meta):
        model = Organo
        fields = ("clase", "clave")

    field_order = ("clase", "nombre", "nombre_corto", "siglas", "clave", "desde")

    def __init__(self, *args: Any, hoy: dt.date, **kwargs: Any) -> None:
        """Solo se crean comisiones y grupos; los secretariados los da de alta la administración."""
        super().__init__(*args, **kwargs)
        clase: Any = self.fields["clase"]
        clase.choices = [o for o in clase.choices if o[0] in ("comision", "grupo")]
        self.fields["desde"].initial = hoy

    def save(self, commit: bool = True) -> Any:
        """Crea el órgano con su nombre y las reglas que el órgano del que depende tenía ese día.

        Lanza `ValidationError` si ese día aquel no tenía reglas.
        """
        datos = self.cleaned_data
        with transaction.atomic():
            self.instance.ficticio = self.instance.padre.ficticio
            organo = super().save(commit)
            nombres = {n: datos[n] for n in ("nombre", "nombre_corto", "siglas")}
            organo.denominaciones.create(vigente_desde=datos["desde"], **nombres)
            regla = self.instance.padre.regla(datos["desde"])
            regla.pk, regla._state.adding = None, True
            regla.organo, regla.vigente_desde, regla.vigente_hasta = organo, None, None
            regla.save()
        return organo
