"""Pase de lista, oficios de suplencia, invitados, entradas y salidas."""

from types import MappingProxyType
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from sesiones.busqueda import que_contiene
from sesiones.estados import Calidad, EstadoAsistencia, TipoSuplencia
from sesiones.models import Asiento, Asistencia, Nombramiento, Oficio, Persona, Punto, Sesion, Suplencia
from sesiones.models.asientos import ConCargo
from sesiones.suplir import personas_de_aqui, personas_elegibles
from stl_portal import texto
from stl_portal.archivo.forms import CampoArchivo
from stl_portal.versiones import entero

from .asientos import ASUNTO_DE_SUPLENCIA
from .base import Fecha, FormaMesa, Hora, Linea
from .elegir import CUANTAS, acotar


class FormaLista(FormaMesa):
    """Un toque por asiento: `quien` es el nombramiento o la suplencia, o la ausencia."""

    nombre = "forma_lista"

    quien = forms.CharField(required=False)
    motivo = Linea(required=False, max_length=250)

    def __init__(self, asiento: Asiento, sesion: Sesion, *args: Any, **kwargs: Any) -> None:
        """Recuerda el asiento para resolver quién."""
        super().__init__(*args, **kwargs)
        self.asiento, self.sesion = asiento, sesion

    def clean_quien(self) -> tuple[str, ConCargo | None]:
        """Convierte `t12`, `s7`, `ausente` o `justificada` en estado y ocupante."""
        valor = self.cleaned_data["quien"]
        if valor in (EstadoAsistencia.AUSENTE, EstadoAsistencia.JUSTIFICADA):
            return valor, None
        return EstadoAsistencia.PRESENTE, ocupante_de(self.asiento, valor)


def ocupante_de(asiento: Asiento, clave: str) -> ConCargo:
    """Encuentra el nombramiento (`t…`) o la suplencia (`s…`) del asiento."""
    filas: Any = asiento.nombramientos if clave[:1] == "t" else asiento.suplencias
    if numero := entero(clave[1:]):
        ocupante: ConCargo | None = filas.filter(pk=numero).first()
        if ocupante is not None:
            return ocupante
    raise ValidationError("Elige a la persona titular o a su suplente.")


class FormaSuplencia(FormaMesa):
    """Oficio de suplencia recibido en el momento, registrado ahí mismo."""

    nombre = "forma_suplencia"
    ALIAS = MappingProxyType(
        {
            "nombre": "nombre_persona",
            "fecha": "fecha_oficio",
            "vigente_desde": "desde",
            "vigente_hasta": "hasta",
        }
    )

    persona = forms.ModelChoiceField(
        label="Persona ya registrada",
        queryset=Persona.objects.none(),
        required=False,
        empty_label="No está en la lista",
    )
    nombre_persona = Linea(label="O escribe su nombre completo", required=False, max_length=200)
    tratamiento = Linea(required=False, max_length=20, help_text="Lic., Mtra., Dr., C.")
    cargo = Linea(max_length=250)
    folio = Linea(label="Folio del oficio", required=False, max_length=80)
    fecha_oficio = Fecha(label="Fecha del oficio")
    remitente = Linea(label="Quién lo firma", max_length=200)
    tipo = forms.ChoiceField(label="Alcance", choices=TipoSuplencia.choices, initial=TipoSuplencia.POR_SESION)
    archivo = CampoArchivo(label="El oficio, si lo trae en archivo", required=False)
    desde = Fecha(label="Faculta desde", required=False, help_text="Vacío: desde la fecha del oficio.")
    hasta = Fecha(label="Faculta hasta", required=False, help_text="Vacío: sin fecha de fin.")

    def __init__(self, sesion: Sesion, *args: Any, **kwargs: Any) -> None:
        """Ofrece solo a quienes se pueden sentar desde este órgano."""
        super().__init__(*args, **kwargs)
        self.sesion = sesion
        escrito = texto.limpiar_linea(self.data.get("nombre_persona", ""))
        acotar(
            self["persona"],
            personas_elegibles(sesion.organo),
            primeras=personas_de_aqui(sesion.organo, CUANTAS),
            busca=que_contiene(escrito, "nombre"),
        )

    def clean(self) -> dict[str, Any]:
        """Hace falta una persona, registrada o nueva."""
        datos = super().clean() or {}
        if not datos.get("persona") and not datos.get("nombre_persona"):
            self.add_error("nombre_persona", "Elige una persona registrada o escribe su nombre.")
        return datos

    def suplencia(self, asiento: Asiento) -> Suplencia:
        """La suplencia capturada, sin guardar; la persona y el oficio pueden ser nuevos."""
        datos = self.cleaned_data
        nueva = Persona(nombre=datos["nombre_persona"], tratamiento=datos["tratamiento"])
        oficio = Oficio(
            folio=datos["folio"],
            fecha=datos["fecha_oficio"],
            asunto=f"{ASUNTO_DE_SUPLENCIA} de {asiento.institucion.nombre}",
            remitente=datos["remitente"],
            archivo=datos["archivo"],
        )
        return Suplencia(
            asiento=asiento,
            persona=datos["persona"] or nueva,
            cargo=datos["cargo"],
            tratamiento=datos["tratamiento"],
            oficio=oficio,
            tipo=datos["tipo"],
            sesion=self.sesion if datos["tipo"] == TipoSuplencia.POR_SESION else None,
            vigente_desde=datos["desde"] or datos["fecha_oficio"],
            vigente_hasta=datos["hasta"],
        )


class FormaInvitada(FormaMesa):
    """Invitadas, ponentes o quien acompaña a un asiento."""

    nombre = "forma_invitada"

    nombre_completo = Linea(label="Nombre completo", max_length=200)
    tratamiento = Linea(required=False, max_length=20, help_text="Lic., Mtra., Dr., C.")
    apellidos = Linea(required=False, max_length=120, help_text="Como se le nombrará al intervenir.")
    cargo = Linea(required=False, max_length=250)
    institucion = Linea(label="Institución", required=False, max_length=200)
    calidad = forms.ChoiceField(
        choices=[
            (Calidad.INVITADA, "Invitada o invitado"),
            (Calidad.PONENTE, "Ponente"),
            ("acompana", "Acompaña a un asiento"),
        ]
    )
    asiento = forms.ModelChoiceField(
        label="Asiento al que acompaña",
        queryset=Asiento.objects.none(),
        required=False,
        empty_label="A ninguno",
    )

    def __init__(self, sesion: Sesion, *args: Any, **kwargs: Any) -> None:
        """Limita los asientos a los del órgano ese día."""
        super().__init__(*args, **kwargs)
        asientos = sesion.organo.asientos.vigentes(sesion.fecha).select_related("institucion")
        self.fields["asiento"].queryset = asientos  # type: ignore[attr-defined]
        self.fields["asiento"].label_from_instance = lambda a: a.institucion.nombre  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Quien acompaña dice a qué asiento."""
        datos = super().clean() or {}
        if datos.get("calidad") == "acompana" and not datos.get("asiento"):
            self.add_error("asiento", "Elige el asiento al que acompaña.")
        return datos


class FormaAsistente(FormaMesa):
    """Cómo se escribe a una persona en el acta de ese día."""

    nombre = "forma_asistente"

    tratamiento = Linea(required=False, max_length=20, help_text="Lic., Mtra., Dr., C.")
    apellidos = Linea(required=False, max_length=120, help_text="Como se le nombra al intervenir.")
    cargo = Linea(required=False, max_length=250)
    institucion = Linea(label="Institución", required=False, max_length=200)


class FormaQuorum(FormaMesa):
    """Hora en que se declara el quórum o su falta."""

    nombre = "forma_quorum"

    hora = Hora(label="Hora")


class FormaLlegada(FormaMesa):
    """Alguien se incorpora después del pase de lista."""

    nombre = "forma_llegada"

    quien = forms.ChoiceField(label="Quién llega")
    hora = Hora(required=False)
    punto = forms.ModelChoiceField(label="Cuenta desde el punto", queryset=Punto.objects.none())

    def __init__(self, sesion: Sesion, opciones: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        """Ofrece solo a quienes no están."""
        super().__init__(*args, **kwargs)
        self.fields["quien"].choices = [("", "Elige a la persona"), *opciones]  # type: ignore[attr-defined]
        poner_puntos(self, sesion)

    def ocupante(self) -> tuple[Asiento, ConCargo]:
        """Asiento y nombramiento o suplencia elegidos (`12:t5`)."""
        asiento_id, clave = self.cleaned_data["quien"].split(":")
        asiento = Asiento.objects.select_related("institucion").get(pk=asiento_id)
        return asiento, ocupante_de(asiento, clave)


class FormaSalida(FormaMesa):
    """Alguien se retira antes del cierre."""

    nombre = "forma_salida"

    asistencia = forms.ModelChoiceField(
        label="Quién se retira", queryset=Asistencia.objects.none(), empty_label="Elige a la persona"
    )
    hora = Hora(required=False)
    punto = forms.ModelChoiceField(label="Deja de contar desde el punto", queryset=Punto.objects.none())

    def __init__(self, sesion: Sesion, *args: Any, **kwargs: Any) -> None:
        """Ofrece solo a quienes están."""
        super().__init__(*args, **kwargs)
        estan = [a.pk for a in sesion.asistencias.presentes().con_personas() if not a.fuera]
        self.fields["asistencia"].queryset = sesion.asistencias.filter(pk__in=estan)  # type: ignore[attr-defined]
        poner_puntos(self, sesion)


class FormaMovimiento(FormaMesa):
    """Corrige la hora o el punto de una llegada o salida ya anotada."""

    nombre = "forma_movimiento"

    hora = Hora(required=False)
    punto = forms.ModelChoiceField(label="Cuenta desde el punto", queryset=Punto.objects.none())

    def __init__(self, sesion: Sesion, *args: Any, **kwargs: Any) -> None:
        """Ofrece los puntos de la sesión."""
        super().__init__(*args, **kwargs)
        poner_puntos(self, sesion)


class FormaFirmante(FormaMesa):
    """Corrige o agrega a quien firma el acta y explica la diferencia con la asistencia."""

    nombre = "forma_firmante"

    nombre_completo = Linea(label="Nombre con tratamiento", max_length=220)
    cargo = Linea(required=False, max_length=250)
    institucion = Linea(label="Institución", required=False, max_length=200)
    explicacion = Linea(label="Explicación de la diferencia", required=False, max_length=300)


def poner_puntos(forma: forms.Form, sesion: Sesion) -> None:
    """Llena el selector de puntos en orden de lectura y con su etiqueta."""
    campo: Any = forma.fields["punto"]
    campo.queryset = sesion.puntos.all()
    arbol = sesion.puntos.en_arbol()
    campo.choices = [(p.pk, f"{'— ' * p.nivel}{p.etiqueta} {p.titulo}"[:90]) for p in arbol]


def opciones_de_llegada(sesion: Sesion) -> list[tuple[str, str]]:
    """Titulares y suplentes que pueden incorporarse: asientos sin nadie presente."""
    ocupados = {
        a.asiento_id
        for a in sesion.asistencias.presentes().filter(ocupa_asiento=True).prefetch_related("movimientos")
        if not a.fuera
    }
    opciones = []
    for asiento in sesion.organo.asientos.vigentes(sesion.fecha).con_ocupantes():
        if asiento.pk in ocupados:
            continue
        for o in asiento.quien_puede_sentarse(sesion.fecha, sesion.pk):
            clave = "t" if isinstance(o, Nombramiento) else "s"
            calidad = "titular" if isinstance(o, Nombramiento) else "suplente"
            opciones.append(
                (f"{asiento.pk}:{clave}{o.pk}", f"{o.persona} ({calidad}, {asiento.institucion})")
            )
    return opciones
