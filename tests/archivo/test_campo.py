"""El campo con que los formularios reciben archivos: frases, reposición y ficha firmada."""

import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from pytest_django import Settings

from sesiones.forms.desahogo import FormaAnexo
from stl_portal.archivo.forms import CampoArchivo
from stl_portal.archivo.models import Archivo
from tests.fabricas import crear_punto, crear_sesion
from tests.personas import Reparto

from . import muestras as mu

pytestmark = pytest.mark.django_db


class Forma(forms.Form):
    titulo = forms.CharField(error_messages={"required": "Escribe el título."})
    archivo = CampoArchivo()


def llenar(titulo: str = "", archivo: SimpleUploadedFile | None = None, ficha: str = "") -> Forma:
    """La forma con lo que mandó el navegador."""
    datos = QueryDict(mutable=True)
    datos.update({"titulo": titulo, "archivo-recibido": ficha})
    return Forma(datos, MultiValueDict({"archivo": [archivo]} if archivo else {}))


def un_pdf(nombre: str = "acta.pdf", tipo: str = "application/pdf") -> SimpleUploadedFile:
    """Un PDF recién subido."""
    return SimpleUploadedFile(nombre, mu.pdf(), tipo)


def test_entrega_el_archivo_guardado(reparto: Reparto) -> None:
    forma = llenar("Acta", un_pdf())
    forma.fields["archivo"].por = reparto.cuentas["facilitadora"]  # type: ignore[attr-defined]
    assert forma.is_valid()
    assert forma.cleaned_data["archivo"] == Archivo.objects.get()
    assert Archivo.objects.get().subido_por == reparto.cuentas["facilitadora"]


@pytest.mark.parametrize(
    ("archivo", "frase"),
    [
        (None, "Elige un archivo."),
        (SimpleUploadedFile("acta.pdf", b"", "application/pdf"), "El archivo está vacío."),
        (
            SimpleUploadedFile("foto.jpg", b"<html><body>", "image/jpeg"),
            "El archivo dice ser JPEG pero su contenido es una página HTML.",
        ),
        (un_pdf(tipo="text/html"), "El archivo termina como PDF pero se envió como «text/html»."),
    ],
)
def test_cada_rechazo_va_junto_al_campo(archivo: SimpleUploadedFile | None, frase: str) -> None:
    forma = llenar("Acta", archivo)
    assert forma.errors == {"archivo": [frase]}
    assert Archivo.objects.count() == 0


def test_lo_muy_grande_se_rechaza_con_las_dos_cifras(settings: Settings) -> None:
    settings.ARCHIVO_MAXIMO = 100
    (frase,) = llenar("Acta", un_pdf()).errors["archivo"]
    assert re.fullmatch(r"El archivo pesa \d+\sbytes; el máximo es 100\sbytes\.", str(frase))


def test_un_error_en_otro_campo_no_obliga_a_subir_otra_vez() -> None:
    primera = llenar("", un_pdf("acta «1».pdf"))
    assert primera.errors == {"titulo": ["Escribe el título."]}
    pintada = str(primera["archivo"])
    assert "Ya se tiene: <strong>acta «1».pdf</strong>" in pintada
    assert "required" not in pintada
    ficha = re.search(r'name="archivo-recibido" value="([^"]+)"', pintada)
    assert ficha

    segunda = llenar("Acta", ficha=ficha[1])
    assert segunda.is_valid()
    assert segunda.cleaned_data["archivo"].nombre == "acta «1».pdf"


def test_una_ficha_inventada_no_trae_archivos_ajenos() -> None:
    forma = llenar("Acta", un_pdf())
    assert forma.is_valid()
    huella = Archivo.objects.get().huella
    for ficha in (huella, f"{huella}:1:2", ""):
        assert llenar("Acta", ficha=ficha).errors == {"archivo": ["Elige un archivo."]}


def test_dice_que_acepta_y_hasta_cuanto() -> None:
    ayuda = CampoArchivo().help_text
    assert ayuda.startswith("PDF, PNG, JPEG, WEBP, Word (DOCX), Excel (XLSX)")
    assert ayuda.replace("\xa0", " ").endswith("Hasta 25 MB.")
    assert 'accept=".pdf,.png,.jpg,.jpeg,.webp,.docx,.xlsx,.odt,.ods,.csv,.txt,.mp4,.m4v,.mp3,.zip"' in str(
        Forma()["archivo"]
    )


def test_el_anexo_de_la_mesa_acepta_solo_titulo_o_solo_archivo(reparto: Reparto) -> None:
    punto = crear_punto(crear_sesion(reparto))
    vacia = FormaAnexo(punto, {}, {})
    assert vacia.errors == {"titulo": ["Escribe el título o elige un archivo."]}
    con_titulo = FormaAnexo(punto, {"titulo": "Presentación"}, {})
    assert con_titulo.is_valid()
    assert con_titulo.cleaned_data["archivo"] is None
    con_archivo = FormaAnexo(punto, {}, MultiValueDict({"archivo": [un_pdf()]}))
    assert con_archivo.is_valid()
    assert con_archivo.cleaned_data["archivo"].nombre == "acta.pdf"
