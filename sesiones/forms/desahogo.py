"""Lo que ocurre en cada punto: texto, intervenciones, resultado, votación, acuerdos, plazos, anexos."""

from typing import Any

from django import forms
from django.db.models import Q

from sesiones.estados import REQUIEREN_VOTACION, EstadoSesion, FormaVoto, Resultado, SentidoVoto
from sesiones.models import Acuerdo, Asiento, Asistencia, Oficio, Sesion, Suplencia
from sesiones.models.agenda import Punto
from sesiones.models.votaciones import padron
from sesiones.numeracion import normalizar_folio
from sesiones.votos import Conteo
from stl_portal.archivo.forms import CampoArchivo
from stl_portal.texto import a_llano

from .base import Fecha, FormaMesa, Linea, Parrafos
from .elegir import acotar

SIN_VOTACION = [(r.value, r.label) for r in Resultado if r not in REQUIEREN_VOTACION]


def empieza(acuerdo: Acuerdo) -> str:
    """Dentro de su sesión, de un acuerdo basta el ordinal y cómo empieza."""
    return f"Acuerdo {acuerdo.ordinal.lower()}: {a_llano(acuerdo.texto)[:60]}"


class FormaDelPunto(FormaMesa):
    """Acción sobre un punto; cada una ofrece lo que de él o de su sesión se puede elegir."""

    def __init__(self, punto: Punto, *args: Any, **kwargs: Any) -> None:
        """Llena los selectores."""
        super().__init__(*args, **kwargs)
        self.punto = punto
        self.llenar(punto.sesion)

    def llenar(self, sesion: Sesion) -> None:
        """Ofrece los acuerdos de la sesión a quien los pida."""
        if "acuerdo" in self.fields:
            self.ofrecer("acuerdo", sesion.acuerdos.all(), empieza)


def selector_de_acuerdo(label: str = "Del acuerdo") -> "forms.ModelChoiceField[Acuerdo]":
    """El acuerdo al que pertenece lo que se anota, si a alguno."""
    return forms.ModelChoiceField(
        label=label, queryset=Acuerdo.objects.none(), required=False, empty_label="Ninguno"
    )


class FormaTexto(FormaMesa):
    """El desahogo del punto sobre la versión que se leyó."""

    nombre = "forma_texto"

    desahogo = Parrafos(label="Desahogo", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class FormaIntervencion(FormaDelPunto):
    """Quién habló y qué dijo."""

    nombre = "forma_intervencion"

    asistencia = forms.ModelChoiceField(
        label="Quién interviene",
        queryset=Asistencia.objects.none(),
        required=False,
        empty_label="Otra persona",
    )
    quien = Linea(label="Si no está en la lista, su nombre", required=False, max_length=200)
    texto = Parrafos(label="Qué dijo", widget=forms.Textarea(attrs={"rows": 3}))
    literal = forms.BooleanField(label="Es cita literal", required=False)

    def llenar(self, sesion: Sesion) -> None:
        """Ofrece a quienes estuvieron."""
        self.ofrecer(
            "asistencia",
            sesion.asistencias.presentes(),
            lambda a: f"{a.formal} — {a.institucion or a.get_calidad_display()}",
        )

    def clean(self) -> dict[str, Any]:
        """Alguien tuvo que decirlo."""
        datos = super().clean() or {}
        if not datos.get("asistencia") and not datos.get("quien"):
            self.add_error("quien", "Elige a quien interviene o escribe su nombre.")
        return datos


class FormaTextoIntervencion(FormaMesa):
    """Corrige una intervención sobre la versión leída."""

    nombre = "forma_texto_intervencion"

    texto = Parrafos(label="Qué dijo", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class FormaResultado(FormaMesa):
    """Resultado sin votación; los votados los pone la votación."""

    nombre = "forma_resultado"

    resultado = forms.ChoiceField(choices=SIN_VOTACION)
    motivo = Linea(
        label="Motivo", required=False, max_length=500, help_text="Indispensable para retirar o posponer."
    )


class FormaVotacion(FormaDelPunto):
    """Unanimidad en un toque, conteo o nominal."""

    nombre = "forma_votacion"

    asunto = Linea(
        label="Qué se vota", required=False, max_length=500, help_text="Vacío: el título del punto."
    )
    forma = forms.ChoiceField(label="Forma", choices=FormaVoto.choices, initial=FormaVoto.UNANIMIDAD)
    a_favor = forms.IntegerField(min_value=0, max_value=999, required=False)
    en_contra = forms.IntegerField(min_value=0, max_value=999, required=False)
    abstenciones = forms.IntegerField(min_value=0, max_value=999, required=False)
    voto_de_calidad = forms.ChoiceField(
        label="Voto de calidad, si hay empate",
        choices=[("", "No hizo falta"), ("a_favor", "A favor"), ("en_contra", "En contra")],
        required=False,
    )
    acuerdo = selector_de_acuerdo("Acuerdo que se vota")

    def llenar(self, sesion: Sesion) -> None:
        """Los acuerdos del punto y, para el voto nominal, un campo por asiento presente."""
        self.ofrecer("acuerdo", self.punto.acuerdos.all(), empieza)
        self.votantes = padron(self.punto) if sesion.estado == EstadoSesion.EN_CURSO else []
        for votante in self.votantes:
            self.fields[f"voto_{votante.asiento_id}"] = forms.ChoiceField(
                label=f"{votante.formal} ({votante.institucion})",
                choices=[("", "—"), *SentidoVoto.choices],
                required=False,
            )

    def votos(self) -> list[Any]:
        """Campos del voto nominal, para pintarlos aparte."""
        return [self[f"voto_{v.asiento_id}"] for v in self.votantes]

    def argumentos(self) -> dict[str, Any]:
        """Lo que espera `Votacion.registrar`."""
        datos = self.cleaned_data
        conteo = Conteo(
            datos.get("a_favor") or 0, datos.get("en_contra") or 0, datos.get("abstenciones") or 0
        )
        nominal = {v.asiento_id: datos[f"voto_{v.asiento_id}"] for v in self.votantes}
        return {
            "asunto": datos["asunto"] or self.punto.titulo,
            "forma": datos["forma"],
            "conteo": conteo if datos["forma"] == FormaVoto.CONTEO else None,
            "nominal": nominal if datos["forma"] == FormaVoto.NOMINAL else None,
            "voto_de_calidad": datos["voto_de_calidad"],
            "acuerdo": datos["acuerdo"],
        }


class FormaCorregirAcuerdo(FormaDelPunto):
    """Lo que de un acuerdo se puede corregir: su texto y su responsable."""

    nombre = "forma_acuerdo"

    texto = Parrafos(label="Texto del acuerdo", widget=forms.Textarea(attrs={"rows": 4}))
    responsable_asiento = forms.ModelChoiceField(
        label="Responsable",
        queryset=Asiento.objects.none(),
        required=False,
        empty_label="Nadie en particular",
    )
    responsable = Linea(label="U otro responsable", required=False, max_length=250)
    suplencias = forms.ModelMultipleChoiceField(
        label="Suplencias que se admiten con este acuerdo",
        queryset=Suplencia.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, punto: Punto, *args: Any, acuerdo: Acuerdo | None = None, **kwargs: Any) -> None:
        """`acuerdo` es el que se corrige: las suplencias que ya admitió se le siguen ofreciendo."""
        self.acuerdo = acuerdo
        super().__init__(punto, *args, **kwargs)

    def llenar(self, sesion: Sesion) -> None:
        """Ofrece los asientos del órgano ese día y las suplencias que ningún otro acuerdo admitió."""
        asientos = sesion.organo.asientos.vigentes(sesion.fecha).select_related("institucion")
        self.ofrecer("responsable_asiento", asientos, lambda asiento: asiento.institucion.nombre)
        suplencias = Suplencia.objects.filter(asiento__organo=sesion.organo).vigentes(sesion.fecha)
        libres = suplencias.filter(Q(admitida_en=None) | Q(admitida_en=self.acuerdo))
        self.ofrecer("suplencias", libres.select_related("persona", "asiento__institucion"))


class FormaAcuerdo(FormaCorregirAcuerdo):
    """Acuerdo nuevo, con su plazo."""

    ALIAS = {"fecha": "plazo_fecha", "literal": "plazo_literal"}

    plazo_literal = Linea(label="Plazo como se dijo", required=False, max_length=250)
    plazo_fecha = Fecha(label="Fecha límite", required=False)


class FormaPlazo(FormaDelPunto):
    """Compromiso de fecha dentro del punto; puede ser prórroga."""

    nombre = "forma_plazo"

    concepto = Linea(label="Qué vence", max_length=250)
    literal = Linea(label="Como se dijo", required=False, max_length=250)
    fecha = Fecha(label="Fecha límite", required=False)
    fecha_original = Fecha(label="Fecha original, si es prórroga", required=False)
    acuerdo = selector_de_acuerdo()

    def clean(self) -> dict[str, Any]:
        """Hace falta alguna forma de saber cuándo vence."""
        datos = super().clean() or {}
        if not datos.get("literal") and not datos.get("fecha"):
            self.add_error("fecha", "Escribe la fecha, el plazo como se dijo, o ambos.")
        return datos


class FormaAnexo(FormaDelPunto):
    """Documento que se agrega al punto."""

    nombre = "forma_anexo"

    titulo = Linea(
        label="Título del anexo", required=False, max_length=300, help_text="Vacío: el nombre del archivo."
    )
    archivo = CampoArchivo(label="Archivo", required=False)
    acuerdo = selector_de_acuerdo()

    def clean(self) -> dict[str, Any]:
        """O título o archivo."""
        datos = super().clean() or {}
        if not datos.get("titulo") and not datos.get("archivo"):
            self.add_error("titulo", "Escribe el título o elige un archivo.")
        return datos


class FormaOficios(FormaDelPunto):
    """Oficios de los que se da cuenta en el punto."""

    nombre = "forma_oficios"

    oficios = forms.ModelMultipleChoiceField(
        label="Los más recientes",
        queryset=Oficio.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    folio = Linea(label="Otro, por su folio", required=False, max_length=80)

    def llenar(self, sesion: Sesion) -> None:
        """Los últimos oficios del registro y los ya elegidos."""
        acotar(self["oficios"], sesion.organo.oficios.all())

    def clean(self) -> dict[str, Any]:
        """Agrega el del folio escrito, como se escriba."""
        datos = super().clean() or {}
        if folio := datos.get("folio"):
            normal = normalizar_folio(folio)
            otro = self.punto.sesion.organo.oficios.filter(folio_normalizado=normal).first()
            if not normal or otro is None:
                self.add_error("folio", f"En el registro no hay un oficio con el folio «{folio}».")
            else:
                datos["oficios"] = [*datos.get("oficios", []), otro]
        return datos
