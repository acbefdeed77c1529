"""Lo que se captura de un corte municipal: sus datos, qué se publica de cada etapa y por qué se corrige."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from municipios.avance import lo_que_no_suma
from municipios.cortes.preparar import Como, DeEtapa
from municipios.cuadro import Cuadro
from municipios.models import CorteMunicipal, Etapa, Situacion
from sesiones.forms.base import Fecha, FormaMesa, Linea, Llano, Parrafos
from sesiones.models import Organo, Punto
from sesiones.models.agenda import TipoPunto
from stl_portal.espanol import fecha_larga

ENTERO = re.compile(r"-?[0-9]{1,5}")
ANTES, DESPUES = dt.timedelta(days=60), dt.timedelta(days=400)  # qué sesiones se ofrecen en torno al corte


class FormaCorte(FormaMesa):
    """Cómo se llama el corte, a qué fecha es y de dónde sale."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    nombre = Linea(  # type: ignore[assignment]  # aquí es un campo: la forma se llama como todas
        max_length=200, label="Nombre", help_text="Como lo leerá cualquiera: «Corte de julio de 2020»."
    )
    fecha = Fecha(label="Fecha del corte", help_text="Cuenta lo que constaba ese día.")
    fuente = Linea(max_length=300, required=False, label="De dónde se tomó")
    punto = forms.ModelChoiceField(
        Punto.objects.none(),
        required=False,
        label="Punto de la sesión donde se presentó",
        help_text="De una sesión del día del corte o posterior.",
    )
    nota = Parrafos(required=False, label="Nota aclaratoria", help_text="Se publica junto a las cifras.")

    def __init__(self, *args: Any, organo: Organo, **kwargs: Any) -> None:
        """Ofrece los asuntos de las sesiones cercanas a la fecha del corte."""
        super().__init__(*args, **kwargs)
        puntos = Punto.objects.filter(sesion__organo=organo, tipo=TipoPunto.ASUNTO)
        self.ofrecer("punto", puntos)
        self.fields["nota"].widget.attrs["rows"] = 3
        control: Any = self.fields["punto"].widget
        control.choices = [("", "No está aquí"), *_cercanos(puntos, self._fecha(), self.initial.get("punto"))]

    def _fecha(self) -> dt.date:
        """La escrita, la guardada o la de hoy."""
        try:
            return Fecha().clean(self["fecha"].value()) or timezone.localdate()
        except forms.ValidationError:
            return timezone.localdate()

    def clean_fecha(self) -> dt.date:
        """Un corte dice lo que ya consta."""
        fecha: dt.date = self.cleaned_data["fecha"]
        if fecha > timezone.localdate():
            raise forms.ValidationError("Esa fecha todavía no llega: un corte dice lo que ya consta.")
        return fecha

    def al_dia(self, actual: CorteMunicipal) -> "FormaCorte":
        """Conserva lo escrito, dice qué guardó otra persona y deja guardar sobre eso."""
        distintos = [
            f"{d.etiqueta}: {d.guardado_dicho or 'vacío'}"
            for d in self.distintos(actual)
            if d.nombre != "version"
        ]
        self.add_error(None, f"Alguien guardó antes ({'; '.join(distintos)}). Si guardas, queda lo tuyo.")
        self.data = _sobre(self.data, actual.version)
        return self


def _sobre(enviado: Any, version: int) -> Any:
    """Lo enviado, como si se hubiera escrito sobre esa versión."""
    copia = enviado.copy()
    copia["version"] = str(version)
    return copia


def _cercanos(puntos: Any, fecha: dt.date, guardado: Any) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Los puntos por sesión, de la más nueva a la más vieja; el ya elegido siempre está."""
    cerca = puntos.filter(sesion__fecha__range=(fecha - ANTES, fecha + DESPUES))
    if guardado:
        cerca = cerca | puntos.filter(pk=guardado)
    filas = cerca.select_related("sesion__organo").order_by("-sesion__fecha", "sesion", "orden", "pk")
    for sesion, suyos in groupby(filas, key=lambda punto: punto.sesion):
        yield f"{sesion.designacion}, {fecha_larga(sesion.fecha)}", [(p.pk, str(p)) for p in suyos]


class FormaCorreccion(FormaMesa):
    """Qué se corrige de un corte publicado."""

    nombre: ClassVar[str] = "correccion"
    motivo = Llano(label="Qué se corrige y por qué", help_text="Se publica en el corte corregido.")


@dataclass(frozen=True)
class FilaDeSituacion:
    """Una situación: lo anotado a la fecha, el control del total y, si otra persona guardó, su cifra."""

    situacion: Situacion
    anotado: int
    campo: forms.BoundField
    guardado: int | None = None


@dataclass(frozen=True)
class FilaDeEtapa:
    """Una etapa en la forma; `guardado`, lo que otra persona eligió mientras tanto."""

    etapa: Etapa
    como: forms.BoundField
    situaciones: Sequence[FilaDeSituacion]
    suma: int
    frase: str
    guardado: str = ""


class FormaEtapas(FormaMesa):
    """De cada etapa, qué se publica; y los totales, si es lo único que se conoce."""

    nombre: ClassVar[str] = "etapas"
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, cuadro: Cuadro, corte: CorteMunicipal, dicho: Mapping[int, DeEtapa], **kwargs: Any
    ) -> None:
        """Un grupo de campos por etapa activa."""
        self.cuadro = cuadro
        self.actual: Mapping[int, DeEtapa] | None = None
        super().__init__(*args, initial={"version": corte.version}, **kwargs)
        for etapa in cuadro.etapas:
            self._de_etapa(etapa, dicho.get(etapa.pk, DeEtapa()))

    def _de_etapa(self, etapa: Etapa, dicho: DeEtapa) -> None:
        self.fields[f"como_{etapa.pk}"] = forms.ChoiceField(
            choices=Como.choices,
            widget=forms.RadioSelect,
            label=f"Qué se publica de «{etapa}»",
            initial=dicho.como,
        )
        for situacion in etapa.situaciones.all():
            self.fields[f"n_{situacion.pk}"] = self._total(etapa, situacion, dicho)

    def _total(self, etapa: Etapa, situacion: Situacion, dicho: DeEtapa) -> forms.Field:
        cuantos = self.municipios
        return forms.IntegerField(
            required=False,
            min_value=0,
            max_value=cuantos,
            initial=dicho.totales.get(situacion.pk),
            label=f"{etapa}, {situacion}",
            error_messages={
                "min_value": "No puede haber menos de cero.",
                "max_value": f"Son {cuantos} municipios: no puede haber más.",
                "invalid": "Escribe un número entero.",
            },
        )

    @property
    def municipios(self) -> int:
        """Cuántos deben sumar."""
        return len(self.cuadro.municipios)

    def lo_nuevo(self) -> dict[int, DeEtapa]:
        """Lo elegido, ya válido, por número de etapa."""
        return {etapa.pk: self._elegido(etapa) for etapa in self.cuadro.etapas}

    def _elegido(self, etapa: Etapa) -> DeEtapa:
        como = self.cleaned_data[f"como_{etapa.pk}"]
        if como != Como.TOTAL:
            return DeEtapa(como)
        cifras = {s.pk: self.cleaned_data[f"n_{s.pk}"] for s in etapa.situaciones.all()}
        return DeEtapa(como, {pk: n for pk, n in cifras.items() if n is not None})

    def al_dia(self, version: int, guardado: Mapping[int, DeEtapa]) -> None:
        """Conserva lo escrito y deja guardar sobre lo que otra persona guardó, que se enseña al lado."""
        self.add_error(
            None, "Otra persona guardó antes. Junto a cada cifra está la suya; si guardas, queda lo tuyo."
        )
        self.actual = guardado
        self.data = _sobre(self.data, version)

    def filas(self) -> Iterator[FilaDeEtapa]:
        """Las etapas como las pinta la página."""
        for etapa in self.cuadro.etapas:
            contados, ajeno = self.cuadro.totales(etapa), self._ajeno(etapa)
            situaciones = [
                FilaDeSituacion(
                    s, contados[s.clave], self[f"n_{s.pk}"], ajeno.totales.get(s.pk) if ajeno else None
                )
                for s in etapa.situaciones.all()
            ]
            cifras = {f.situacion.clave: _entero(f.campo.value()) for f in situaciones}
            frase = lo_que_no_suma(cifras, self.municipios)
            como = self[f"como_{etapa.pk}"]
            yield FilaDeEtapa(
                etapa, como, situaciones, sum(cifras.values()), frase, Como(ajeno.como).label if ajeno else ""
            )

    def descuadres(self) -> Iterator[tuple[str, str]]:
        """Clave y frase de cada etapa que, como está escrita, diría solo un total que no suma."""
        for fila in self.filas():
            if fila.frase and fila.como.value() == Como.TOTAL:
                yield fila.etapa.clave, f"{fila.etapa}: {fila.frase}"

    def _ajeno(self, etapa: Etapa) -> DeEtapa | None:
        """Lo que otra persona guardó de la etapa, si no es lo que aquí se escribió."""
        if self.actual is None:
            return None
        guardado = self.actual.get(etapa.pk, DeEtapa())
        return None if guardado == self._elegido(etapa) else guardado


def _entero(valor: Any) -> int:
    """La cifra escrita, también la negativa; cero mientras no sea un número."""
    texto = str(valor if valor is not None else "").strip()
    return int(texto) if ENTERO.fullmatch(texto) else 0
