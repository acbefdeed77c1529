"""Lo que se captura de un corte: sus datos, cada una de sus figuras y por qué se corrige."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property

from ejes.avance import legible
from ejes.models import Corte, Figura, Plan
from ejes.reportes import evidencias
from sesiones.forms.base import Fecha, FormaMesa, Linea, Llano
from sesiones.models import Sesion

from .renglones import UnaPorRenglon
from .reportes import Porcentaje

# Cambiar lo que se tomó de un reporte pide decir por qué; lo demás es trabajo de quien arma el corte.
CON_MOTIVO: Mapping[str, str] = {
    "declarado": "avance",
    "textual": "avance",
    "nota": "nota aclaratoria",
    "ligas": "ligas",
}


class FormaCorte(FormaMesa):
    """De qué periodo es el corte y en qué sesión se presenta."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    nombre = Linea(  # type: ignore[assignment]  # aquí es un campo: la forma se llama como todas
        max_length=200, label="Nombre", help_text="Como se leerá en la portada."
    )
    desde = Fecha(label="Periodo: desde")
    hasta = Fecha(label="Periodo: hasta", help_text="Es la fecha del corte.")
    presentado_en = forms.ModelChoiceField(
        Sesion.objects.none(), required=False, label="Sesión en que se presenta", empty_label="No está aquí"
    )
    presentado_como = Linea(
        max_length=200, required=False, label="Si no está en la lista, cómo se llama esa sesión"
    )
    presentado_el = Fecha(required=False, label="Y en qué fecha fue")
    conserva = forms.BooleanField(
        required=False,
        label="Donde nadie reportó, conservar lo que dijo el corte anterior",
        help_text="Cada cifra conservada lo dice.",
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        """Ofrece las sesiones del órgano, de la más nueva a la más vieja."""
        super().__init__(*args, **kwargs)
        sesiones = plan.organo.sesiones.select_related("organo").order_by("-fecha")
        self.ofrecer("presentado_en", sesiones, lambda s: f"{s.designacion} ({s.fecha:%d/%m/%Y})")

    def al_dia(self, actual: Corte) -> "FormaCorte":
        """Conserva lo escrito, dice qué guardó otra persona y deja guardar sobre eso."""
        distintos = [f"{d.etiqueta}: {d.guardado_dicho or 'vacío'}" for d in self.distintos(actual)]
        self.add_error(None, f"Alguien guardó antes ({'; '.join(distintos)}). Si guardas, queda lo tuyo.")
        self.data = _con(self.data, {"version": str(actual.version)})
        return self

    def clean(self) -> dict[str, Any]:
        """El periodo va en orden y la sesión se dice de un solo modo."""
        datos = super().clean() or self.cleaned_data
        desde, hasta = datos.get("desde"), datos.get("hasta")
        if desde and hasta and hasta <= desde:
            self.add_error("hasta", "El periodo termina después de empezar.")
        if hasta and hasta > timezone.localdate():
            self.add_error("hasta", "Esa fecha todavía no llega: un corte dice lo que ya se avanzó.")
        if datos.get("presentado_en") and (datos.get("presentado_como") or datos.get("presentado_el")):
            self.add_error("presentado_como", "Elige la sesión de la lista o escríbela, no ambas cosas.")
        return datos


class FormaCorreccion(FormaMesa):
    """Qué se corrige de un corte publicado."""

    nombre: ClassVar[str] = "correccion"
    motivo = Llano(label="Qué se corrige y por qué", help_text="Se publica en el informe corregido.")


class FormaFigura(FormaMesa):
    """Lo que un corte dice de una acción, un compromiso, un eje o el plan.

    Lleva escondido lo que decía al abrirse: así solo se guarda lo que la persona cambió.
    """

    nombre: ClassVar[str] = "figura"
    version = forms.IntegerField(widget=forms.HiddenInput)
    declarado = Porcentaje(required=False, label="Declarado (%)", show_hidden_initial=True)
    textual = Linea(max_length=200, required=False, label="O con palabras", show_hidden_initial=True)
    con_asterisco = forms.BooleanField(required=False, label="Con asterisco", show_hidden_initial=True)
    nota = Llano(required=False, label="Nota aclaratoria", show_hidden_initial=True)
    ligas = UnaPorRenglon(
        required=False, label="Ligas", help_text="Una por renglón.", show_hidden_initial=True
    )
    explicacion = Llano(
        required=False, label="Por qué lo declarado difiere de lo calculado", show_hidden_initial=True
    )
    motivo = Llano(required=False, label="Por qué lo cambias")

    def __init__(self, *args: Any, figura: Figura, **kwargs: Any) -> None:
        """Abre con lo que dice la figura; las acciones no se calculan y no llevan explicación."""
        self.figura = figura
        kwargs |= {"prefix": f"f{figura.pk}", "auto_id": "id_%s", "initial": lo_guardado(figura)}
        super().__init__(*args, **kwargs)
        if figura.accion_id:
            del self.fields["explicacion"]
        for nombre in ("nota", "ligas", "explicacion", "motivo"):
            if nombre in self.fields:
                self.fields[nombre].widget.attrs["rows"] = 2

    def clean_ligas(self) -> str:
        """Las nuevas, como las de los reportes, y dice cuál no cabe; las que ya estaban se quedan."""
        ligas: str = self.cleaned_data["ligas"]
        ya_estaban = ligas_de(self.figura).splitlines()
        for liga in ligas.splitlines():
            if liga not in ya_estaban:
                _revisar(liga)
        return ligas

    def clean(self) -> dict[str, Any]:
        """Cifra o palabras, y el porqué de cada cambio a lo tomado."""
        datos = super().clean() or self.cleaned_data
        if datos.get("declarado") is not None and datos.get("textual"):
            self.add_error("textual", "Escribe un porcentaje o palabras, no ambos.")
        if self.retocados and not datos.get("motivo"):
            self.add_error("motivo", "Di por qué lo cambias: se publica junto a la cifra.")
        return datos

    @cached_property
    def tocados(self) -> tuple[str, ...]:
        """Los campos que la persona cambió respecto de lo que vio."""
        return tuple(nombre for nombre in self.changed_data if nombre not in ("version", "motivo"))

    @property
    def retocados(self) -> tuple[str, ...]:
        """Los que piden motivo."""
        return tuple(nombre for nombre in self.tocados if nombre in CON_MOTIVO)

    def poner_al_dia(self, actual: Figura) -> None:
        """Deja lo escrito y lo compara, desde ahora, con lo que otra persona guardó."""
        de_antes = {self.add_prefix("version"): str(actual.version)}
        for nombre, valor in lo_guardado(actual).items():
            if nombre in self.fields and nombre != "version":
                guardado = self.fields[nombre].prepare_value(valor)
                de_antes[self.add_initial_prefix(nombre)] = "" if guardado is None else str(guardado)
        self.data = _con(self.data, de_antes)


def _revisar(liga: str) -> None:
    """Lanza `ValidationError` con la dirección y lo que le pasa."""
    try:
        evidencias.revisar_liga(liga)
    except ValidationError as error:
        raise ValidationError(f"«{liga[:80]}»: {' '.join(error.messages)}") from None


def _con(enviado: Any, cambios: Mapping[str, str]) -> Any:
    """Lo enviado, con esos valores en su lugar."""
    copia = enviado.copy()
    for nombre, valor in cambios.items():
        copia[nombre] = valor
    return copia


def lo_guardado(figura: Figura) -> dict[str, Any]:
    """Lo que dice la figura, como lo espera su forma."""
    campos = ("version", "declarado", "textual", "con_asterisco", "nota", "explicacion")
    return {campo: getattr(figura, campo) for campo in campos} | {"ligas": ligas_de(figura)}


def ligas_de(figura: Figura) -> str:
    """Sus ligas, una por renglón."""
    return "\n".join(liga.direccion for liga in figura.ligas.all())


def dicho(figura: Figura) -> dict[str, str]:
    """Lo que dice la figura de cada cosa que se cambia con motivo, en palabras."""
    avance = figura.textual if figura.declarado is None else f"{legible(figura.declarado)} %"
    return {
        "avance": avance or "Sin cifra",
        "nota aclaratoria": figura.nota or "Sin nota",
        "ligas": ligas_de(figura) or "Ninguna",
    }
