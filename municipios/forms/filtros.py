"""Filtros de las listas públicas de lo municipal."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from municipios.ciudadania import tabla
from municipios.documento import CorteLeido
from municipios.models import Evento, InformeTrimestral, Municipio
from sesiones.forms.filtros import Filtro


class _PorMunicipio(Filtro):
    """Por municipio y año."""

    municipio = forms.ModelChoiceField(
        label="Municipio",
        queryset=Municipio.objects.none(),
        required=False,
        empty_label="Todos",
        error_messages={"invalid_choice": "Elige un municipio de la lista."},
    )
    anio = forms.TypedChoiceField(
        label="Año",
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "Elige un año de la lista."},
    )

    def ofrecer(self, municipios: QuerySet[Municipio], anios: QuerySet[Any]) -> None:
        """Solo lo que tiene algo que mostrar."""
        elegir: Any = self.fields["municipio"]
        elegir.queryset = municipios.order_by("nombre")
        de_anio: Any = self.fields["anio"]
        de_anio.choices = [("", "Todos"), *((anio, str(anio)) for anio in anios)]


class FiltroInformes(_PorMunicipio):
    """De los informes publicados."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ofrece los municipios y años con informe publicado."""
        super().__init__(*args, **kwargs)
        filas = InformeTrimestral.objects.publicados().order_by()
        self.ofrecer(
            Municipio.objects.filter(clave__in=filas.values("organo__clave_municipio")),
            filas.values_list("anio", flat=True).distinct().order_by("-anio"),
        )

    def aplicar(self, filas: QuerySet[InformeTrimestral]) -> QuerySet[InformeTrimestral]:
        """Los que cumplen lo elegido."""
        elegido = self.elegido
        iguales = {"organo__clave_municipio": elegido.get("municipio"), "anio": elegido.get("anio")}
        if iguales["organo__clave_municipio"]:
            iguales["organo__clave_municipio"] = iguales["organo__clave_municipio"].pk
        return filas.filter(**{campo: valor for campo, valor in iguales.items() if valor})


class FiltroEventos(_PorMunicipio):
    """De las capacitaciones y eventos publicados."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ofrece los municipios y años con alguno publicado."""
        super().__init__(*args, **kwargs)
        filas = Evento.objects.publicados().order_by()
        self.ofrecer(
            Municipio.objects.filter(eventos__in=filas).distinct(),
            filas.values_list("hasta__year", flat=True).distinct().order_by("-hasta__year"),
        )

    def aplicar(self, filas: QuerySet[Evento]) -> QuerySet[Evento]:
        """Los que cumplen lo elegido."""
        elegido = self.elegido
        iguales = {"municipios": elegido.get("municipio"), "hasta__year": elegido.get("anio")}
        return filas.filter(**{campo: valor for campo, valor in iguales.items() if valor})


class FiltroDeCorte(Filtro):
    """Lo que se pide ver de un corte. Solo comprueba: la forma de la página la escribe su plantilla."""

    etapa = forms.ChoiceField(
        label="Etapa",
        required=False,
        error_messages={"invalid_choice": "Este corte no dice nada de esa etapa; elige de la lista."},
    )
    situacion = forms.ChoiceField(
        label="Situación",
        required=False,
        error_messages={"invalid_choice": "No es una de esa etapa; elige de la lista."},
    )
    orden = forms.ChoiceField(
        label="Orden",
        required=False,
        error_messages={"invalid_choice": "No hay una columna con esa clave; elige un encabezado."},
    )

    def __init__(self, pedido: Any, corte: CorteLeido | None) -> None:
        """Admite las etapas del corte, las situaciones de la que se ve y las columnas que ordenan."""
        super().__init__(pedido, auto_id="f-%s")
        etapa, columnas = tabla.consultar(pedido, corte).etapa, tabla.ordenables(corte)
        con_lista = etapa is not None and not etapa.solo_total
        self._admitir("etapa", (e.clave for e in (corte.etapas if corte else ())), etapa is not None)
        self._admitir("situacion", (s.clave for s in (etapa.situaciones if etapa else ())), con_lista)
        self._admitir("orden", (*columnas, *(f"-{columna}" for columna in columnas)), con_lista=False)

    def _admitir(self, nombre: str, claves: Iterable[str], con_lista: bool) -> None:
        """Sin lista donde elegir, el error lleva a la tabla, que es lo que cambia."""
        campo: Any = self.fields[nombre]
        campo.choices = [(clave, clave) for clave in claves]
        if not con_lista:
            campo.widget.attrs["id"] = "tabla"
