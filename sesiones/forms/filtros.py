"""Filtros de las listas públicas y de los registros: llegan por la dirección, sin JavaScript."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils import timezone

from sesiones import seguimiento
from sesiones.busqueda import que_contiene
from sesiones.estados import EstadoAcuerdo, TipoSesion
from sesiones.models import Acuerdo, Organo, Sesion
from sesiones.numeracion import leer_numero
from stl_portal.buscador.coincidencias import Filtros
from stl_portal.buscador.filtrar import Hallados, que_dicen
from stl_portal.buscador.numero import ANIO_MAXIMO, ANIO_MINIMO

from .base import Fecha, Linea, ListaLarga


class _Nombrados(ModelChoiceIterator):  # type: ignore[type-arg]  # en ejecución no es genérica
    """Clave y nombre de cada órgano, de una consulta: hacer un objeto de cada uno pesa más que la lista."""

    def __iter__(self) -> Iterator[Any]:
        """La opción vacía y, después, los órganos."""
        yield ("", self.field.empty_label)
        organos = self.queryset.con_nombre_corto(timezone.localdate())  # type: ignore[attr-defined]
        yield from organos.values_list("clave", "nombre_corto")


class OpcionDeOrgano(forms.ModelChoiceField):  # type: ignore[type-arg]  # en ejecución no es genérica
    """Selector de órganos por su nombre de hoy, no por su clave."""

    widget = ListaLarga
    iterator = _Nombrados


class OpcionDeAnio(forms.IntegerField):
    """Un año escrito con cifras: los mismos que admite el buscador, al que también se le pregunta."""

    def __init__(self) -> None:
        """Sin elegirlo, todos."""
        super().__init__(
            label="Año",
            required=False,
            min_value=ANIO_MINIMO,
            max_value=ANIO_MAXIMO,
            error_messages={"invalid": "Escribe el año con cuatro cifras: 2024."},
        )


class Filtro(forms.Form):
    """Base: dice si algo se está filtrando, para ofrecer «Quitar filtros»."""

    @property
    def activo(self) -> bool:
        """Si llegó algún valor."""
        return any(self.data.get(nombre) for nombre in self.fields)

    def hallados(self) -> Hallados | None:
        """Lo que dicen las palabras, si al buscador le basta para todo lo elegido; si no, filtra la base."""
        return None

    @property
    def elegido(self) -> dict[str, Any]:
        """Valores limpios; vacío si algo vino mal (y entonces no se filtra)."""
        return self.cleaned_data if self.is_valid() else {}


class FiltroPalabras(Filtro):
    """Solo palabras; sirve a los registros pequeños."""

    q = Linea(label="Palabras", required=False, max_length=100)

    def aplicar(self, filas: QuerySet[Any], campos: tuple[str, ...]) -> QuerySet[Any]:
        """Las filas donde cada palabra aparece en alguno de los campos."""
        return filas.filter(que_contiene(self.elegido.get("q", ""), *campos)).distinct()


class FiltroSesiones(Filtro):
    """Por órgano, año, tipo y palabras."""

    q = Linea(label="Palabras", required=False, max_length=100)
    organo = OpcionDeOrgano(
        label="Órgano",
        queryset=Organo.objects.none(),
        to_field_name="clave",
        required=False,
        empty_label="Todos",
    )
    anio = OpcionDeAnio()
    tipo = forms.ChoiceField(label="Tipo", required=False, choices=(("", "Todos"), *TipoSesion.choices))

    def __init__(self, *args: Any, organo: Organo | None = None, **kwargs: Any) -> None:
        """Con `organo` ya dado por la dirección, no se pregunta."""
        super().__init__(*args, **kwargs)
        self.el_de_la_direccion = organo
        if organo is not None:
            del self.fields["organo"]
            return
        con_sesiones = Organo.objects.filter(Exists(Sesion.objects.publicas().filter(organo=OuterRef("pk"))))
        self.fields["organo"].queryset = con_sesiones.reales_primero()  # type: ignore[attr-defined]

    def aplicar(self, sesiones: QuerySet[Sesion]) -> QuerySet[Sesion]:
        """Las sesiones que cumplen lo elegido, según lo que de ellas es público (`anuncio.fechadas`)."""
        elegido = self.elegido
        iguales = {
            "organo": elegido.get("organo"),
            "dia__year": elegido.get("anio"),
            "tipo": elegido.get("tipo"),
        }
        filtradas = sesiones.filter(**{k: v for k, v in iguales.items() if v})
        q = elegido.get("q", "")
        return filtradas.filter(que_dicen(q, "sesion") | por_numero(q))

    def hallados(self) -> Hallados | None:
        """El buscador no sabe de tipos ni de números de sesión."""
        elegido = self.elegido
        q = elegido.get("q", "")
        if not q or elegido["tipo"] or por_numero(q):
            return None
        organo = self.el_de_la_direccion or elegido.get("organo")
        return Hallados(q, Filtros("sesion", organo.clave if organo else "", elegido["anio"]))


def por_numero(texto: str) -> Q:
    """La sesión por su número, como se escriba: «18», «XVIII», «décima octava» o «18/a»."""
    try:
        return Q(numero=leer_numero(texto))
    except ValueError:
        return Q()


VENCIDO = "vencido"  # no es un estado: sigue abierto y su plazo pasó


class FiltroAcuerdos(Filtro):
    """Por órgano, año de la sesión, estado de seguimiento y palabras."""

    q = Linea(label="Palabras", required=False, max_length=100)
    organo = OpcionDeOrgano(
        label="Órgano",
        queryset=Organo.objects.none(),
        to_field_name="clave",
        required=False,
        empty_label="Todos",
    )
    anio = OpcionDeAnio()
    estado = forms.ChoiceField(
        label="Seguimiento",
        required=False,
        choices=(("", "Todos"), *EstadoAcuerdo.choices, (VENCIDO, "Con el plazo vencido")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ofrece solo órganos con sesiones concluidas."""
        super().__init__(*args, **kwargs)
        celebradas = Sesion.objects.celebradas().filter(organo=OuterRef("pk"))
        con_acuerdos = Organo.objects.filter(Exists(celebradas))
        self.fields["organo"].queryset = con_acuerdos.reales_primero()  # type: ignore[attr-defined]

    def aplicar(self, acuerdos: QuerySet[Acuerdo]) -> QuerySet[Acuerdo]:
        """Los acuerdos que cumplen lo elegido, con su estado público (`seguimiento.con_estado_publico`)."""
        elegido, estado = self.elegido, self.elegido.get("estado")
        if estado == VENCIDO:
            acuerdos, estado = seguimiento.que_vencieron(acuerdos, timezone.localdate()), ""
        iguales = {
            "sesion__organo": elegido.get("organo"),
            "sesion__fecha__year": elegido.get("anio"),
            "estado_publico": estado,
        }
        filtrados = acuerdos.filter(**{k: v for k, v in iguales.items() if v})
        q = elegido.get("q", "")
        return filtrados.filter(que_dicen(q, "acuerdo"))

    def hallados(self) -> Hallados | None:
        """El buscador no sabe cómo va cada acuerdo."""
        elegido = self.elegido
        q, organo = elegido.get("q", ""), elegido.get("organo")
        if not q or elegido["estado"]:
            return None
        return Hallados(q, Filtros("acuerdo", organo.clave if organo else "", elegido["anio"]))


class FiltroIntegrantes(Filtro):
    """La fecha: quiénes lo integraban ese día."""

    al = Fecha(label="En la fecha", required=False)


class FiltroAsistencia(Filtro):
    """El año, de los que hay; «todos» los suma."""

    TODOS = "todos"

    anio = forms.ChoiceField(label="Año", required=False)

    def __init__(self, *args: Any, anios: list[int], **kwargs: Any) -> None:
        """Ofrece los años con sesiones concluidas."""
        super().__init__(*args, **kwargs)
        opciones = [(str(anio), str(anio)) for anio in anios]
        campo: Any = self.fields["anio"]
        campo.choices = [("", "El más reciente"), *opciones, (self.TODOS, "Todos los años")]

    def elegido_o(self, reciente: int | None) -> int | None:
        """El año que se cuenta; None si son todos."""
        elegido = self.elegido.get("anio") or reciente
        return None if elegido in (None, self.TODOS) else int(elegido)
