"""Las formas de quien pregunta, de quien modera y de quien responde."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from stl_portal import texto
from stl_portal.avisos.campos import CampoCorreo

from . import sello_de_tiempo
from .estados import MotivoRechazo, Tipo
from .models import MAXIMO

LIGAS = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
CABEN_LIGAS = 2
MINIMO = 10  # caracteres: menos no alcanza para preguntar algo
RESPUESTA_MAXIMA = 5000


class Llano(forms.CharField):
    """Texto que se guarda y se muestra como se tecleó; el tope cuenta lo mismo que ve quien escribe."""

    def __init__(self, *, tope: int, renglones: int, minimo: int = 0, **kwargs: Any) -> None:
        """`tope` en caracteres; sin `maxlength`, que cortaría en silencio lo que se pega."""
        super().__init__(widget=forms.Textarea(attrs={"rows": renglones, "data-tope": tope}), **kwargs)
        self.tope, self.minimo = tope, minimo

    def to_python(self, value: Any) -> str:
        """Quita lo que no se ve (controles, inversiones del sentido)."""
        return texto.limpiar_llano(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        """Lanza `ValidationError` con cuántos caracteres sobran o faltan."""
        super().validate(value)
        largo = len(value)
        if largo > self.tope:
            raise ValidationError(
                f"Son {largo:,} caracteres y caben {self.tope:,}: quita {largo - self.tope:,}.", code="largo"
            )
        if value and largo < self.minimo:
            raise ValidationError(f"Escribe un poco más: al menos {self.minimo} caracteres.", code="corto")


class ConFormato(Llano):
    """Lo mismo, con el formato limitado del portal."""

    def to_python(self, value: Any) -> str:
        """Limpia lo pegado de Word o de un correo."""
        return texto.limpiar(forms.CharField.to_python(self, value) or "")


class FormaPregunta(forms.Form):
    """Lo que escribe quien pregunta. El sello y la ficha del envío los pone la vista, aparte."""

    tipo = forms.ChoiceField(
        label="Qué quieres hacer",
        choices=(
            (Tipo.PREGUNTA.value, "Preguntar: te tienen que responder en el plazo"),
            (Tipo.COMENTARIO.value, "Comentar: se publica, sin plazo para responderte"),
        ),
        initial=Tipo.PREGUNTA.value,
        widget=forms.RadioSelect,
        error_messages={"required": "Di si quieres preguntar o comentar."},
    )
    texto = Llano(
        label="Tu pregunta o comentario",
        tope=MAXIMO,
        renglones=8,
        minimo=MINIMO,
        help_text=f"Hasta {MAXIMO:,} caracteres. Se publica tal cual: no pongas datos personales tuyos "
        "ni de otra persona.",
        error_messages={"required": "Escribe tu pregunta o comentario."},
    )
    nombre = forms.CharField(
        label="Cómo quieres aparecer",
        required=False,
        help_text="Se publica. Si lo dejas vacío dirá «Una persona».",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    correo = CampoCorreo(
        help_text="No se publica. Ahí confirmas que eres tú y te avisamos cuando te respondan."
    )
    # Campo trampa: no se ve ni se alcanza con el teclado; lo llenan los programas que llenan todo.
    sitio = forms.CharField(
        label="Deja este campo vacío",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, de: str, cuando: dt.datetime, **kwargs: Any) -> None:
        """`de` es la clave de aquello de que se pregunta; `cuando`, el momento en que llega."""
        super().__init__(*args, **kwargs)
        self.de, self.cuando = de, cuando

    def clean_nombre(self) -> str:
        """En una línea, y que no sea una dirección: se publica."""
        nombre = " ".join(texto.limpiar_llano(self.cleaned_data["nombre"]).split())
        if "@" in nombre or LIGAS.search(nombre):
            raise ValidationError("Escribe un nombre, no un correo ni una dirección: se publica.")
        if len(nombre) > 80:
            raise ValidationError(f"Son {len(nombre)} caracteres y caben 80.")
        return nombre

    def clean_texto(self) -> str:
        """Pocas ligas: muchas son publicidad."""
        escrito: str = self.cleaned_data["texto"]
        if len(LIGAS.findall(escrito)) > CABEN_LIGAS:
            raise ValidationError(f"Caben hasta {CABEN_LIGAS} ligas: quita las demás.")
        return escrito

    def clean_sitio(self) -> str:
        """Quien ve la página no lo llena; si lo llenó su navegador, aquí se le dice."""
        if self.cleaned_data["sitio"]:
            raise ValidationError("Borra lo que dice «Deja este campo vacío»: lo llenan los programas.")
        return ""

    def clean(self) -> dict[str, Any]:
        """El correo no va en lo que se publica, y la forma no se abrió ni hace 3 segundos ni ayer."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        correo = datos.get("correo")
        if correo and correo in datos.get("texto", "").lower():
            self.add_error("texto", "Quita tu correo del texto: se publica tal cual.")
        if self.errors:
            return datos  # primero lo que falta; el tiempo se mira cuando ya se puede recibir
        edad = self.edad
        if edad is None or edad > sello_de_tiempo.MAXIMO:
            raise ValidationError(
                "La página llevaba mucho tiempo abierta. Lo que escribiste sigue aquí: envíalo otra vez.",
                code="caducado",
            )
        if edad < sello_de_tiempo.MINIMO:
            raise ValidationError("Llegó muy rápido. Espera unos segundos y envíalo otra vez.", code="rapido")
        return datos

    @property
    def edad(self) -> dt.timedelta | None:
        """Cuánto lleva abierta; None si su sello no sirve."""
        return sello_de_tiempo.edad(str(self.data.get("sello", "")), self.de, self.cuando)


class FormaRechazo(forms.Form):
    """Por qué no se publica."""

    motivo = forms.ChoiceField(
        label="Por qué no se publica",
        choices=MotivoRechazo.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Elige por qué no se publica."},
    )
    explicacion = Llano(
        label="Explícaselo a quien escribió",
        tope=1000,
        renglones=4,
        required=False,
        help_text="Le llega por correo, con el motivo. Di qué puede cambiar para volver a enviarla.",
    )


class FormaRespuesta(forms.Form):
    """Lo que se responde, en público y con tu nombre."""

    respuesta = ConFormato(
        label="Tu respuesta",
        tope=RESPUESTA_MAXIMA,
        renglones=10,
        minimo=MINIMO,
        help_text="Se publica con tu nombre y tu cargo. Una línea vacía separa párrafos; **negritas**, "
        "*cursivas* y listas con «- ».",
        error_messages={"required": "Escribe la respuesta."},
    )
    # La última versión que leyó quien escribe; la pone la plantilla, siempre al día.
    vista = forms.IntegerField(required=False, min_value=0, max_value=9999)


class FormaRetiro(forms.Form):
    """Por qué se retira; el motivo queda a la vista."""

    por_que = forms.CharField(
        label="Por qué se retira",
        max_length=300,
        help_text="Queda a la vista en su página. No repitas ahí el dato que motivó el retiro.",
        error_messages={"required": "Escribe por qué se retira."},
    )

    def clean_por_que(self) -> str:
        """En una línea."""
        limpio = " ".join(texto.limpiar_llano(self.cleaned_data["por_que"]).split())
        if not limpio:
            raise ValidationError("Escribe por qué se retira.")
        return limpio
