"""Formularios de la hoja de firmas: no firmar, y subir lo que se firmó a mano."""

from io import BytesIO
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from PIL import Image, ImageStat

from sesiones.models import LugarDeFirma
from stl_portal.archivo import almacen
from stl_portal.archivo.forms import CampoArchivo
from stl_portal.archivo.models import Archivo
from stl_portal.cuentas.forms import Identificada

from .base import FormaMesa, Linea

DE_ESCANEO = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}

ULTIMA = "Se publica con el acta y tu nombre. Eres la última persona: si te niegas, la hoja se cierra."
LADO_MENOR = 600  # píxeles: con menos no se lee una rúbrica en una hoja carta
CHICA = (
    "La imagen mide {ancho} × {alto} píxeles y no se podría leer. Escanea la hoja completa: al menos "
    f"{LADO_MENOR} píxeles en su lado corto."
)


LISA = "La imagen está en blanco: no se ve ninguna firma. Escanea otra vez la hoja firmada."
MUESTRA = 1000  # píxeles del lado mayor con que se busca tinta
TINTA = 48  # qué tanto se aparta un punto del tono del papel (de 0 a 255) para ser tinta
PUNTOS_DE_TINTA = 30  # una rúbrica chica, a ese tamaño, deja más


class FormaSimple(Identificada):
    """Contraseña y segundo paso otra vez, para firmar."""

    nombre = "forma_simple"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Con sus propios identificadores, como las demás formas de la página."""
        super().__init__(*args, auto_id="forma_simple_%s", **kwargs)


class FormaNegarse(FormaMesa):
    """Por qué no firma."""

    nombre = "forma_negarse"

    motivo = Linea(
        label="No firmo, porque…",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Se publica con el acta y tu nombre. Mientras se siga firmando, puedes cambiar de opinión.",
        error_messages={"required": "Escribe por qué no firmas."},
    )
    cierra = forms.BooleanField(
        label="Entiendo que la hoja se cierra y después ya no podré firmar.",
        error_messages={"required": "Marca que entiendes que la hoja se cierra con tu negativa."},
    )

    def __init__(self, *args: Any, ultima: bool, **kwargs: Any) -> None:
        """`ultima`: si es la única respuesta que falta, su negativa cierra la hoja y lo confirma."""
        super().__init__(*args, **kwargs)
        if ultima:
            self.fields["motivo"].help_text = ULTIMA
        else:
            del self.fields["cierra"]


class FormaEscaneo(FormaMesa):
    """La hoja firmada a mano y de quiénes son las firmas que trae."""

    nombre = "forma_escaneo"

    lugares = forms.TypedMultipleChoiceField(
        label="¿Quiénes firmaron en esa hoja?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Marca de quién es cada firma de la hoja.",
            "invalid_choice": "Alguien de los que marcaste ya tiene su firma: revisa la lista.",
        },
    )
    archivo = CampoArchivo(
        label="Hoja escaneada",
        help_text="PDF, JPEG o PNG. Se conserva tal cual y solo la abre quien conduce.",
    )

    def __init__(self, *args: Any, faltan: list[LugarDeFirma], **kwargs: Any) -> None:
        """Ofrece a quienes no han firmado."""
        super().__init__(*args, **kwargs)
        lugares: Any = self.fields["lugares"]
        lugares.choices = [(lugar.pk, lugar.nombre) for lugar in faltan]
        self.fields["archivo"].widget.attrs["accept"] = ".pdf,.jpg,.jpeg,.png"

    def clean_archivo(self) -> Archivo:
        """Un escaneo se puede ver sin programas especiales."""
        archivo: Archivo = self.cleaned_data["archivo"]
        if archivo.tipo not in DE_ESCANEO:
            raise ValidationError("La hoja escaneada va en PDF, JPEG o PNG.")
        if archivo.tipo.startswith("image/"):
            _exigir_legible(archivo)
        return archivo


def _exigir_legible(archivo: Archivo) -> None:
    """Lanza `ValidationError` si la imagen, ya inspeccionada, es muy chica o está en blanco."""
    with Image.open(BytesIO(almacen.leer(archivo))) as imagen:  # solo lee su encabezado
        ancho, alto = imagen.size
        if min(ancho, alto) < LADO_MENOR:
            raise ValidationError(CHICA.format(ancho=ancho, alto=alto))
        if not _hay_tinta(imagen):
            raise ValidationError(LISA)


def _hay_tinta(imagen: Image.Image) -> bool:
    """Si algo se distingue del papel; la sombra suave o el grano de un escáner no cuentan."""
    imagen.draft("L", (MUESTRA, MUESTRA))
    gris = imagen.convert("L")
    gris.thumbnail((MUESTRA, MUESTRA), Image.Resampling.BOX)
    tonos = gris.histogram()
    papel = ImageStat.Stat(gris).median[0]
    return sum(n for tono, n in enumerate(tonos) if abs(tono - papel) > TINTA) >= PUNTOS_DE_TINTA
