"""Asientos, titulares y suplencias: elegir o capturar en el momento a la persona y su oficio."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from sesiones.estados import Sexo, TipoSuplencia
from sesiones.models import Asiento, Nombramiento, Oficio, Organo, Persona, Refrendo, Suplencia
from sesiones.numeracion import normalizar_folio
from stl_portal.archivo.forms import CampoArchivo

from .base import Fecha, Linea
from .registros import FormaRegistro


def personas_elegibles(organo: Organo) -> QuerySet[Persona]:
    """Personas que se pueden sentar: las que ya son públicas por un asiento, o aún sin ninguno.

    Quien solo aparece como invitada en otro órgano no se muestra: su nombre allá puede no ser público.
    """
    aqui = Q(asistencias__sesion__organo=organo)
    sin_asiento = Q(nombramientos__isnull=True, suplencias__isnull=True, asistencias__isnull=True)
    con_asiento = Q(nombramientos__isnull=False) | Q(suplencias__isnull=False)
    return Persona.objects.filter(aqui | sin_asiento | con_asiento).distinct()


class FormaAsiento(FormaRegistro):
    """El lugar de una institución en el órgano."""

    class Meta(FormaRegistro.Meta):
        model = Asiento
        fields = ("institucion", "funcion", "tiene_voto", "orden", "vigente_desde", "vigente_hasta")


class ConOficio(FormaRegistro):
    """Elige un oficio ya registrado o registra en el momento el que llegó."""

    nuevo_folio = Linea(label="Folio del oficio nuevo", required=False, max_length=80)
    nuevo_fecha = Fecha(label="Fecha del oficio nuevo", required=False)
    nuevo_remitente = Linea(label="Quién lo firma", required=False, max_length=200)
    nuevo_archivo = CampoArchivo(label="Archivo del oficio nuevo", required=False)

    ASUNTO: ClassVar[str] = ""
    OFICIO_OBLIGATORIO: ClassVar[bool] = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Limita la lista a los oficios del órgano."""
        super().__init__(*args, **kwargs)
        oficio: Any = self.fields["oficio"]
        oficio.queryset = Oficio.objects.filter(organo=self.organo)
        oficio.empty_label = "Sin oficio, o es uno nuevo"
        oficio.required = False

    @property
    def organo(self) -> Organo:
        """Órgano al que pertenece el asiento."""
        organo: Organo = self.instance.asiento.organo
        return organo

    def clean(self) -> dict[str, Any]:
        """O se elige, o se captura; y uno nuevo dice de quién viene."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        folio = datos.get("nuevo_folio")
        if folio:
            self._revisar_nuevo(datos, folio)
        elif datos.get("nuevo_remitente") or datos.get("nuevo_fecha"):
            self.add_error("nuevo_folio", "Escribe el folio del oficio nuevo.")
        if self.OFICIO_OBLIGATORIO and not datos.get("oficio") and not folio:
            self.add_error("oficio", "Elige el oficio o captura el folio de uno nuevo.")
        return datos

    def _revisar_nuevo(self, datos: dict[str, Any], folio: str) -> None:
        """Un folio que ya está registrado se elige; no se captura dos veces."""
        if datos.get("oficio"):
            self.add_error("nuevo_folio", "Elige un oficio de la lista o captura uno nuevo, no ambos.")
        if not datos.get("nuevo_remitente"):
            self.add_error("nuevo_remitente", "Escribe quién firma el oficio.")
        repetido = Oficio.objects.filter(
            organo=self.organo, folio_normalizado=normalizar_folio(folio)
        ).first()
        if repetido:
            self.add_error(
                "nuevo_folio", f"El folio {repetido.folio} ya está registrado: elígelo en la lista."
            )

    def registrar_oficio(self) -> None:
        """Crea el oficio capturado y lo deja puesto en la fila."""
        datos = self.cleaned_data
        if not datos.get("nuevo_folio"):
            return
        self.instance.oficio = Oficio.objects.create(
            organo=self.organo,
            folio=datos["nuevo_folio"],
            fecha=datos.get("nuevo_fecha"),
            remitente=datos["nuevo_remitente"],
            archivo=datos.get("nuevo_archivo"),
            asunto=self.ASUNTO,
        )

    def save(self, commit: bool = True) -> Any:
        """Guarda la fila con su oficio, todo o nada."""
        with transaction.atomic():
            self.registrar_oficio()
            return super().save(commit)


class ConPersona(ConOficio):
    """Elige a la persona o captúrala si todavía no está en el registro."""

    nueva_nombre = Linea(label="Nombre completo de la persona nueva", required=False, max_length=200)
    nueva_apellidos = Linea(
        label="Apellidos, como se le nombra al intervenir", required=False, max_length=120
    )
    nueva_tratamiento = Linea(label="Tratamiento (Lic., Mtra., C.)", required=False, max_length=20)
    nueva_sexo = forms.ChoiceField(
        label="Concordancia", required=False, choices=Sexo.choices, initial=Sexo.NO_BINARIO
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Limita la lista a quienes se pueden elegir desde este órgano."""
        super().__init__(*args, **kwargs)
        persona: Any = self.fields["persona"]
        persona.queryset = personas_elegibles(self.organo)
        persona.required, persona.empty_label = False, "No está en la lista"
        persona.help_text = "Elígela, o captura abajo sus datos si todavía no está."

    def clean(self) -> dict[str, Any]:
        """Una persona, elegida o nueva; y no dos veces la misma."""
        datos = super().clean()
        nueva = datos.get("nueva_nombre")
        if bool(nueva) == bool(datos.get("persona")):
            self.add_error(
                "persona", "Elige a la persona o escribe el nombre de una nueva; solo una de las dos."
            )
        elif nueva and personas_elegibles(self.organo).filter(nombre__iexact=nueva).exists():
            self.add_error("nueva_nombre", f"{nueva} ya está en el registro: elige su nombre en la lista.")
        return datos

    def save(self, commit: bool = True) -> Any:
        """Crea a la persona nueva junto con lo demás."""
        datos = self.cleaned_data
        with transaction.atomic():
            if datos.get("nueva_nombre"):
                self.instance.persona = Persona.objects.create(
                    nombre=datos["nueva_nombre"],
                    apellidos=datos.get("nueva_apellidos", ""),
                    tratamiento=datos.get("nueva_tratamiento", ""),
                    sexo=datos.get("nueva_sexo") or Sexo.NO_BINARIO,
                )
            return super().save(commit)


PERSONA_NUEVA = ("nueva_nombre", "nueva_apellidos", "nueva_tratamiento", "nueva_sexo")
OFICIO_NUEVO = ("nuevo_folio", "nuevo_fecha", "nuevo_remitente", "nuevo_archivo")


class FormaNombramiento(ConPersona):
    """Titular de un asiento. Puede terminar el nombramiento anterior en el mismo acto."""

    ASUNTO = "Nombramiento de titular"
    FIJOS = frozenset({"asiento"})
    GRUPOS = (
        ("Quién", ("persona",)),
        ("La persona no está en la lista…", PERSONA_NUEVA),
        ("Cargo", ("cargo", "tratamiento", "encargada")),
        ("Desde cuándo", ("vigente_desde", "sucede", "vigente_hasta", "nota")),
        ("Oficio que la designa", ("oficio",)),
        ("El oficio todavía no está registrado…", OFICIO_NUEVO),
    )

    sucede = forms.BooleanField(
        label="Termina el nombramiento anterior un día antes",
        required=False,
        help_text="Si el asiento tiene titular en esa fecha.",
    )

    class Meta(FormaRegistro.Meta):
        model = Nombramiento
        fields = (
            "persona",
            "cargo",
            "tratamiento",
            "encargada",
            "oficio",
            "vigente_desde",
            "vigente_hasta",
            "nota",
        )

    def _post_clean(self) -> None:
        """Al suceder, el traslape con el anterior se resuelve al guardar; lo demás se valida igual."""
        if not self.cleaned_data.get("sucede"):
            super()._post_clean()  # type: ignore[misc]  # privado de Django, sin tipo
            return
        self.instance = forms.models.construct_instance(
            self, self.instance, self._meta.fields, self._meta.exclude
        )
        if not self.instance.vigente_desde:
            self.add_error("vigente_desde", "Escribe desde qué fecha rige el nuevo nombramiento.")

    def save(self, commit: bool = True) -> Any:
        """Cierra el anterior si se pidió; si aun así chocan, no se guarda nada."""
        with transaction.atomic():
            if self.cleaned_data.get("sucede"):
                self._terminar_anterior()
            return super().save(commit)

    def _terminar_anterior(self) -> None:
        """El titular vigente en la fecha termina el día previo."""
        desde: dt.date = self.instance.vigente_desde
        otros = self.instance.asiento.nombramientos.exclude(pk=self.instance.pk)
        anterior = otros.vigentes(desde).first()
        if anterior is not None:
            anterior.vigente_hasta = desde - dt.timedelta(days=1)
            anterior.motivo_fin = anterior.motivo_fin or "Lo sucede otro nombramiento"
            anterior.full_clean()
            anterior.save(update_fields=["vigente_hasta", "motivo_fin"])
        self.instance.clean()


class FormaSuplencia(ConPersona):
    """Suplente de un asiento, hasta nuevo aviso o para una sesión."""

    ASUNTO = "Designación de suplencia"
    FIJOS = frozenset({"asiento"})
    GRUPOS = (
        ("Para qué", ("tipo", "sesion")),
        ("Quién", ("persona",)),
        ("La persona no está en la lista…", PERSONA_NUEVA),
        ("Cargo", ("cargo", "tratamiento")),
        ("Desde cuándo", ("vigente_desde", "vigente_hasta", "nota")),
        ("Oficio que la designa", ("oficio", "admitida_en")),
        ("El oficio todavía no está registrado…", OFICIO_NUEVO),
    )

    class Meta(FormaRegistro.Meta):
        model = Suplencia
        fields = (
            "tipo",
            "sesion",
            "persona",
            "cargo",
            "tratamiento",
            "oficio",
            "vigente_desde",
            "vigente_hasta",
            "nota",
            "admitida_en",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Limita sesiones y acuerdos al órgano."""
        super().__init__(*args, **kwargs)
        sesion: Any = self.fields["sesion"]
        acuerdo: Any = self.fields["admitida_en"]
        sesion.queryset = self.organo.sesiones.all()
        acuerdo.queryset = acuerdo.queryset.filter(sesion__organo=self.organo).select_related("sesion")

    def clean(self) -> dict[str, Any]:
        """Para una sesión hay que decir cuál; la permanente no lleva sesión."""
        datos = super().clean()
        por_sesion = datos.get("tipo") == TipoSuplencia.POR_SESION
        if por_sesion and not datos.get("sesion"):
            self.add_error("sesion", "Elige la sesión para la que se designa.")
        if not por_sesion and datos.get("sesion"):
            self.add_error("sesion", "Una suplencia hasta nuevo aviso no lleva sesión: déjala vacía.")
        return datos


class FormaRefrendo(ConOficio):
    """Confirmación de un titular por oficio."""

    ASUNTO = "Refrendo de titular"
    OFICIO_OBLIGATORIO = True
    FIJOS = frozenset({"nombramiento"})
    GRUPOS = (
        ("Oficio que lo confirma", ("oficio", "fecha")),
        ("El oficio todavía no está registrado…", OFICIO_NUEVO),
    )

    class Meta(FormaRegistro.Meta):
        model = Refrendo
        fields = ("oficio", "fecha")

    @property
    def organo(self) -> Organo:
        """Órgano del asiento refrendado."""
        return self.instance.nombramiento.asiento.organo


class FormaTerminar(FormaRegistro):
    """Fin de un nombramiento o suplencia, con su motivo."""

    FIJOS = frozenset({"asiento"})

    vigente_hasta = Fecha(label="Último día")
    motivo_fin = Linea(label="Motivo", max_length=250, help_text="No se publica.")

    class Meta(FormaRegistro.Meta):
        fields = ("vigente_hasta", "motivo_fin")

    def clean_vigente_hasta(self) -> dt.date:
        """No puede terminar antes de empezar."""
        hasta: dt.date = self.cleaned_data["vigente_hasta"]
        desde = self.instance.vigente_desde
        if desde and hasta < desde:
            raise ValidationError(f"No puede terminar antes de empezar: rige desde el {desde:%d/%m/%Y}.")
        return hasta


class TerminarNombramiento(FormaTerminar):
    """Fin de un nombramiento: el asiento queda vacante."""

    class Meta(FormaTerminar.Meta):
        model = Nombramiento


class TerminarSuplencia(FormaTerminar):
    """Fin de una suplencia."""

    class Meta(FormaTerminar.Meta):
        model = Suplencia
