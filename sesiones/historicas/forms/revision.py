"""Todo lo propuesto de un acta, en una sola forma con sus renglones."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory

from sesiones.estados import REQUIEREN_VOTACION, Modalidad, TipoSesion
from sesiones.forms.base import Fecha, FormaMesa, Hora, Linea
from sesiones.historicas.models import ActaPorTranscribir

from . import filas
from .filas import Fila, Opciones

CUANTAS = 150  # de una clase; más no es un acta
CON_QUORUM = [par for par in TipoSesion.choices if par[0] != TipoSesion.TRABAJO]
SIN_DECIR = "El acta no dice qué resultó de este punto."


class FormaDatos(FormaMesa):
    """Los datos de la sesión."""

    nombre = "datos"

    tipo = forms.ChoiceField(choices=CON_QUORUM)
    numero = forms.IntegerField(label="Número", min_value=1, max_value=3999)
    fecha = Fecha(label="Fecha de la sesión")
    inicio = Hora(label="Hora de inicio")
    cierre = Hora(label="Hora de cierre")
    modalidad = forms.ChoiceField(choices=Modalidad.choices)
    lugar = Linea(label="Sede o plataforma", max_length=250)
    domicilio = Linea(max_length=300, required=False)
    sin_tratar = Linea(
        label="Qué se anota de los puntos sin resultado", max_length=500, required=False, initial=SIN_DECIR
    )
    constancias = forms.BooleanField(
        label="Registrar, solo por ese día, los asientos, nombramientos y suplencias que constan en el acta",
        required=False,
        help_text="Hace falta si alguien ocupó un asiento y el portal no tiene su nombramiento u oficio de "
        "esa fecha.",
    )

    def __init__(self, *args: Any, hoy: dt.date, **kwargs: Any) -> None:
        """`hoy` acota la fecha: un acta histórica es de una sesión que ya ocurrió."""
        self.hoy = hoy
        super().__init__(*args, use_required_attribute=False, **kwargs)

    def clean_fecha(self) -> dt.date:
        """Lanza `ValidationError` si todavía no llega."""
        fecha: dt.date = self.cleaned_data["fecha"]
        if fecha > self.hoy:
            raise ValidationError("Esa fecha todavía no llega: revisa el año.")
        return fecha


class Grupo(NamedTuple):
    """Los renglones de una clase."""

    clave: str
    titulo: str
    filas: "BaseFormSet[Fila]"


CLASES: Mapping[str, tuple[str, type[Fila]]] = {
    "asistentes": ("Quiénes estuvieron", filas.FilaAsistente),
    "puntos": ("Orden del día y lo que resultó", filas.FilaPunto),
    "acuerdos": ("Acuerdos", filas.FilaAcuerdo),
    "votos": ("Votaciones", filas.FilaVoto),
    "oficios": ("Oficios", filas.FilaOficio),
    "plazos": ("Plazos", filas.FilaPlazo),
    "firmantes": ("Quiénes firman", filas.FilaFirmante),
}
_FORMSETS = {
    clave: formset_factory(fila, extra=1, can_delete=True, max_num=CUANTAS, absolute_max=CUANTAS + 1)
    for clave, (_, fila) in CLASES.items()
}


class Revision:
    """La forma de los datos y un grupo de renglones por clase. Sin `datos` muestra lo propuesto."""

    def __init__(
        self,
        acta: ActaPorTranscribir,
        iniciales: Mapping[str, Any],
        opciones: Opciones,
        *,
        hoy: dt.date,
        datos: Any = None,
    ) -> None:
        """`iniciales`: lo propuesto, campo por campo (`sesiones/historicas/propuesto.py`)."""
        self.acta = acta
        self.datos = FormaDatos(datos, initial=iniciales["datos"], hoy=hoy)
        self.grupos = [
            Grupo(
                clave,
                titulo,
                _FORMSETS[clave](
                    datos, initial=iniciales[clave], prefix=clave, form_kwargs={"opciones": opciones}
                ),
            )
            for clave, (titulo, _) in CLASES.items()
        ]
        for grupo in self.grupos:
            hallados = acta.propuesta.get(grupo.clave, [])
            for fila, hallado in zip(grupo.filas.forms, hallados, strict=False):
                fila.hallado = hallado

    def filas_de(self, clave: str) -> "BaseFormSet[Fila]":
        """Los renglones de esa clase."""
        return next(grupo.filas for grupo in self.grupos if grupo.clave == clave)

    def validas(self, clave: str) -> list[Fila]:
        """Los renglones con algo, sin los que se quitan."""
        return [f for f in self.filas_de(clave).forms if f.has_changed() or f.initial if not self._quitada(f)]

    @staticmethod
    def _quitada(fila: Fila) -> bool:
        return fila.se_quita or not fila.cleaned_data.get(next(iter(fila.fields)))

    def is_valid(self) -> bool:
        """Valida todo: también lo que un renglón dice de otro."""
        todas = [self.datos.is_valid(), *(grupo.filas.is_valid() for grupo in self.grupos)]
        if all(todas):
            self._cotejar()
        return not any(True for _ in self.errores())

    def errores(self) -> Iterator[forms.Form]:
        """Las formas con algún error; lo que se quita ya no importa cómo esté."""
        renglones = (f for grupo in self.grupos for f in grupo.filas.forms)
        todas = [self.datos, *(f for f in renglones if not f.se_quita)]
        return (forma for forma in todas if forma.errors)

    def _cotejar(self) -> None:
        """Los puntos y acuerdos que se citan existen; lo aprobado tiene su votación."""
        rutas = [f.cleaned_data["ruta"] for f in self.validas("puntos")]
        for fila in self.validas("puntos"):
            self._punto(fila, rutas)
        for clave in ("acuerdos", "votos", "oficios", "plazos"):
            for fila in self.validas(clave):
                self._exigir(fila, "punto", fila.cleaned_data["punto"] in rutas)
                acuerdo = fila.cleaned_data.get("acuerdo")
                if acuerdo and acuerdo > len(self.validas("acuerdos")):
                    fila.add_error("acuerdo", "No hay un acuerdo con ese número.")
        for fila in self.validas("asistentes"):
            self._exigir(fila, "desde", fila.cleaned_data["desde"] in ("", *rutas))

    @staticmethod
    def _exigir(fila: Fila, campo: str, existe: bool) -> None:  # el hecho que se exige
        if not existe:
            fila.add_error(campo, "No hay un punto con ese número en el orden del día.")

    def _punto(self, fila: Fila, rutas: list[str]) -> None:
        ruta = fila.cleaned_data["ruta"]
        padre = ruta.rpartition(".")[0]
        if rutas.count(ruta) > 1:
            fila.add_error("ruta", "Ese número está repetido.")
        if padre and padre not in rutas:
            fila.add_error("ruta", f"Falta el punto {padre}, que lo contiene.")
        votados = {v.cleaned_data["punto"] for v in self.validas("votos")}
        if fila.cleaned_data["resultado"] in REQUIEREN_VOTACION and ruta not in votados:
            fila.add_error("resultado", "Ese resultado lo da una votación: agrégala abajo con este punto.")
