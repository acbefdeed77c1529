"""Asientos, titulares y suplencias: elegir o capturar en el momento a la persona y su oficio."""

import datetime as dt
from collections.abc import Callable
from types import MappingProxyType
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from sesiones import suplir
from sesiones.busqueda import que_contiene
from sesiones.estados import Sexo, TipoSuplencia
from sesiones.models import (
    Asiento,
    Institucion,
    Nombramiento,
    Oficio,
    Organo,
    Persona,
    Refrendo,
    Suplencia,
)
from sesiones.numeracion import normalizar_folio
from stl_portal import texto
from stl_portal.archivo.forms import CampoArchivo

from .base import Fecha, Linea
from .elegir import CUANTAS, acotar, acuerdos_de
from .registros import FormaRegistro


class FormaAsiento(FormaRegistro):
    """El lugar de una institución en el órgano."""

    buscada = Linea(
        label="¿No está en la lista? Escribe su nombre",
        required=False,
        max_length=200,
        help_text="Si nunca se ha registrado, agrégala primero en «Instituciones».",
    )

    class Meta(FormaRegistro.Meta):
        model = Asiento
        fields = ("institucion", "funcion", "tiene_voto", "orden", "vigente_desde", "vigente_hasta")

    field_order = ("institucion", "buscada")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ofrece las del órgano y las más nuevas."""
        super().__init__(*args, **kwargs)
        institucion = self.fields["institucion"]
        institucion.required, institucion.label = False, "Institución, si está en la lista"
        buscada = texto.limpiar_linea(self.data.get("buscada", ""))
        recientes = Institucion.objects.order_by("-pk").values("pk")[:CUANTAS]
        acotar(
            self["institucion"],
            Institucion.objects.all(),
            primeras=Institucion.objects.filter(pk__in=recientes),
            busca=que_contiene(buscada, "nombre", "siglas"),
        )

    def clean(self) -> dict[str, Any]:
        """La institución se elige, o se escribe su nombre tal como está registrado."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        buscada = datos.get("buscada")
        if not datos.get("institucion") and buscada:
            datos["institucion"] = Institucion.objects.filter(nombre__iexact=buscada).first()
        if not datos.get("institucion") and "institucion" not in self.errors:
            self.add_error("institucion", self._que_falta(buscada or ""))
        return datos

    def _que_falta(self, buscada: str) -> str:
        """Qué hacer cuando no se sabe de qué institución es el asiento."""
        if not buscada:
            return "Elige la institución o escribe su nombre."
        if Institucion.objects.filter(que_contiene(buscada, "nombre", "siglas")).exists():
            return "Elígela: las que coinciden con lo que escribiste ya están en la lista."
        return f"No hay una institución llamada «{buscada}»: agrégala primero en «Instituciones»."


ASUNTO_DE_SUPLENCIA = "Designación de suplencia"


class ConOficio(FormaRegistro):
    """Elige un oficio ya registrado o registra en el momento el que llegó."""

    ALIAS = MappingProxyType({"folio": "nuevo_folio", "nombre": "nueva_nombre"})

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
        oficio.empty_label, oficio.required = "Sin oficio, o no está en la lista", False
        oficio.help_text = "Si no está, escribe abajo su folio."
        folio = normalizar_folio(str(self.data.get("nuevo_folio", ""))[:80])
        busca = Q(folio_normalizado=folio) if folio else Q()
        acotar(self["oficio"], self.organo.oficios.all(), busca=busca)

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
        self.revisar(suplir.exigir_folio_nuevo, folio)

    def revisar(self, regla: Callable[[Organo, str], None], valor: str) -> None:
        """Anota lo que la regla del registro objete."""
        try:
            regla(self.organo, valor)
        except ValidationError as error:
            self.add_error(None, error)

    def poner_oficio(self) -> None:
        """Deja en la fila el oficio capturado, todavía sin guardar."""
        datos = self.cleaned_data
        if datos.get("nuevo_folio"):
            self.instance.oficio = Oficio(
                folio=datos["nuevo_folio"],
                fecha=datos.get("nuevo_fecha"),
                remitente=datos["nuevo_remitente"],
                archivo=datos.get("nuevo_archivo"),
                asunto=self.ASUNTO,
            )


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
        persona.required, persona.empty_label = False, "No está en la lista"
        persona.help_text = "Elígela, o escribe abajo su nombre si no está."
        escrito = texto.limpiar_linea(self.data.get("nueva_nombre", ""))
        acotar(
            self["persona"],
            suplir.personas_elegibles(self.organo),
            primeras=suplir.personas_de_aqui(self.organo, CUANTAS),
            busca=que_contiene(escrito, "nombre"),
        )

    def clean(self) -> dict[str, Any]:
        """Una persona, elegida o nueva; y no dos veces la misma."""
        datos = super().clean()
        nueva = datos.get("nueva_nombre")
        if bool(nueva) == bool(datos.get("persona")):
            self.add_error(
                "persona", "Elige a la persona o escribe el nombre de una nueva; solo una de las dos."
            )
        elif nueva:
            self.revisar(suplir.exigir_persona_nueva, nueva)
        return datos

    def save(self, commit: bool = True) -> Any:
        """Designa a la persona con su oficio, todo o nada."""
        datos = self.cleaned_data
        if datos.get("nueva_nombre"):
            self.instance.persona = Persona(
                nombre=datos["nueva_nombre"],
                apellidos=datos.get("nueva_apellidos", ""),
                tratamiento=datos.get("nueva_tratamiento", ""),
                sexo=datos.get("nueva_sexo") or Sexo.NO_BINARIO,
            )
        self.poner_oficio()
        suplir.designar(self.instance)
        return self.instance


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


class FormaSuplencia(ConPersona):
    """Suplente de un asiento, hasta nuevo aviso o para una sesión."""

    ASUNTO = ASUNTO_DE_SUPLENCIA
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
        acotar(self["sesion"], self.organo.sesiones.order_by("-fecha", "-pk"))
        acotar(self["admitida_en"], acuerdos_de(self.organo))

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
        organo: Organo = self.instance.nombramiento.asiento.organo
        return organo

    def save(self, commit: bool = True) -> Any:
        """Guarda el refrendo con su oficio, todo o nada."""
        with transaction.atomic():
            self.poner_oficio()
            self.instance.oficio = suplir.registrar_oficio(self.organo, self.instance.oficio)
            return super().save(commit)
