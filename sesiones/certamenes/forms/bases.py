"""Las formas de quien lleva una convocatoria: crearla, escribir sus bases, sus preguntas y sus criterios."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from sesiones.certamenes.estados import SectorDeProcedencia, TipoDeEvidencia
from sesiones.certamenes.models import Certamen
from sesiones.certamenes.ventana import CENTRO
from sesiones.forms.base import Fecha, Hora, Linea, Parrafos
from stl_portal.archivo.forms import CampoArchivo
from stl_portal.cuentas.models import Usuario

CABEN_PREGUNTAS, CABEN_CRITERIOS = 12, 12


class FormaNueva(forms.Form):
    """Con el título basta para empezar a prepararla."""

    titulo = Linea(
        label="Título",
        max_length=200,
        help_text="Por ejemplo: Reconocimiento de prácticas de gobierno abierto 2027.",
        error_messages={"required": "Escribe el título."},
    )


class FormaBases(forms.Form):
    """Todo lo que dice la convocatoria, salvo sus preguntas y criterios."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    titulo = Linea(label="Título", max_length=200, error_messages={"required": "Escribe el título."})
    bases = Parrafos(
        label="Bases",
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Objetivo, quién puede participar, qué se reconoce y cómo se decide. Una línea vacía "
        "separa párrafos; **negritas**, *cursivas* y listas con «- ».",
    )
    documento = CampoArchivo(label="Documento de las bases", required=False)
    abre_dia = Fecha(label="Abre el día", required=False)
    abre_hora = Hora(label="Abre a las", required=False, help_text="Hora del centro de México.")
    cierra_dia = Fecha(label="Cierra el día", required=False)
    cierra_hora = Hora(
        label="Cierra a las",
        required=False,
        help_text="Lo que llegue a esa hora en punto ya no entra. Publicada, no hay prórroga.",
    )
    dictamen_hasta = Fecha(
        label="Último día para calificar",
        required=False,
        help_text="Se publica. Al comité se le recuerda cinco días y un día antes.",
    )
    sectores = forms.MultipleChoiceField(
        label="Quién puede postular",
        choices=SectorDeProcedencia.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Elige al menos un sector."},
    )
    evidencias = forms.MultipleChoiceField(
        label="Con qué se comprueba",
        choices=TipoDeEvidencia.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Si no eliges ninguna, no se piden evidencias.",
    )
    lugares = forms.IntegerField(label="Cuántos lugares", min_value=1, max_value=20)
    menciones = forms.IntegerField(label="Cuántas menciones", min_value=0, max_value=20)
    minimo = forms.DecimalField(
        label="Promedio mínimo para reconocerse, de 100",
        min_value=Decimal(0),
        max_value=Decimal(100),
        max_digits=5,
        decimal_places=2,
        help_text="Si nadie llega, se declara desierta.",
    )

    def clean(self) -> dict[str, Any]:
        """Junta día y hora, y exige que cierre después de abrir."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        datos["abre_el"], datos["cierra_el"] = self._momento("abre"), self._momento("cierra")
        if datos["abre_el"] and datos["cierra_el"] and datos["cierra_el"] <= datos["abre_el"]:
            self.add_error("cierra_dia", "Tiene que cerrar después de abrir.")
        self._revisar_dictamen(datos["cierra_el"], datos.get("dictamen_hasta"))
        return datos

    def _revisar_dictamen(self, cierra: dt.datetime | None, hasta: dt.date | None) -> None:
        if cierra and hasta and hasta < cierra.date():
            self.add_error("dictamen_hasta", "El comité califica cuando ya cerró: pon ese día o uno después.")

    def _momento(self, cual: str) -> dt.datetime | None:
        dia, hora = self.cleaned_data.get(f"{cual}_dia"), self.cleaned_data.get(f"{cual}_hora")
        if dia and hora:
            return dt.datetime.combine(dia, hora, CENTRO)
        if dia or hora:
            falta = "hora" if dia else "dia"
            self.add_error(f"{cual}_{falta}", f"Falta {'la hora' if dia else 'el día'}.")
        return None

    @property
    def del_modelo(self) -> dict[str, Any]:
        """Lo que se guarda."""
        campos = "titulo bases documento abre_el cierra_el dictamen_hasta sectores evidencias lugares"
        return {campo: self.cleaned_data[campo] for campo in (*campos.split(), "menciones", "minimo")}


def inicial(certamen: Certamen) -> dict[str, Any]:
    """Lo guardado, como lo lleva la forma."""
    campos = "version titulo bases documento dictamen_hasta sectores evidencias lugares menciones minimo"
    datos = {campo: getattr(certamen, campo) for campo in campos.split()}
    for cual in ("abre", "cierra"):
        cuando = getattr(certamen, f"{cual}_el")
        if cuando:
            local = cuando.astimezone(CENTRO)
            datos |= {f"{cual}_dia": local.date(), f"{cual}_hora": local.time()}
    return datos


class FormaApartado(forms.Form):
    """Una pregunta del formulario; vacía, se quita."""

    pregunta = Linea(label="Pregunta", max_length=300, required=False)
    ayuda = Linea(label="Ayuda", max_length=300, required=False)
    tope = forms.IntegerField(label="Tope de caracteres", min_value=1, max_value=5000, required=False)

    def clean(self) -> dict[str, Any]:
        """Cada pregunta lleva su tope."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        if datos.get("pregunta") and not datos.get("tope") and "tope" not in self.errors:
            self.add_error("tope", "Di cuántos caracteres caben.")
        return datos


class FormaCriterio(forms.Form):
    """Un criterio; con el nombre vacío, se quita."""

    nombre = Linea(label="Criterio", max_length=120, required=False)
    que_se_mira = Linea(label="Qué se mira", max_length=300, required=False)
    peso = forms.IntegerField(label="Peso, por ciento", min_value=1, max_value=100, required=False)
    escala = forms.IntegerField(
        label="Se califica de 0 a", min_value=1, max_value=100, required=False, initial=10
    )

    def clean(self) -> dict[str, Any]:
        """Cada criterio lleva peso y escala."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        for campo, frase in (("peso", "Di cuánto pesa."), ("escala", "Di de cuántos puntos es.")):
            if datos.get("nombre") and not datos.get(campo) and campo not in self.errors:
                self.add_error(campo, frase)
        return datos


Apartados = forms.formset_factory(FormaApartado, extra=1, max_num=CABEN_PREGUNTAS, validate_max=True)
Criterios = forms.formset_factory(FormaCriterio, extra=1, max_num=CABEN_CRITERIOS, validate_max=True)


def filas(renglones: Any, primero: str) -> list[dict[str, Any]]:
    """Los renglones que quedan: los que tienen algo en su primer campo."""
    return [dict(forma.cleaned_data) for forma in renglones.forms if forma.cleaned_data.get(primero)]


class FormaIntegrante(forms.Form):
    """Quién dictamina y por cuál institución; si su correo no tiene cuenta, se le crea."""

    institucion = Linea(
        label="Institución",
        max_length=200,
        help_text="Se publica: por ella está en el comité.",
        error_messages={"required": "Escribe por cuál institución está."},
    )
    nombre = Linea(label="Nombre completo", max_length=200, error_messages={"required": "Escribe su nombre."})
    correo = forms.EmailField(
        label="Correo",
        max_length=254,
        help_text="Con ese correo entra. No se publica.",
        error_messages={
            "required": "Escribe su correo.",
            "invalid": "Escribe el correo completo, como nombre@ejemplo.mx.",
        },
    )

    def usuario(self) -> Usuario:
        """Su cuenta; nueva y sin guardar si no la tiene. Lanza `ValidationError` si está desactivada."""
        correo = self.cleaned_data["correo"].lower()
        cuenta = Usuario.objects.filter(email__iexact=correo).first()
        if cuenta and not cuenta.is_active:
            raise ValidationError({"correo": "Esa cuenta está desactivada."})
        return cuenta or Usuario(email=correo, nombre=self.cleaned_data["nombre"])
