"""El campo de varios archivos: uno malo no detiene a los buenos, y nada se sube dos veces."""

import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from stl_portal.archivo import fichas
from stl_portal.archivo.forms import CampoArchivos
from stl_portal.archivo.models import Archivo
from tests.personas import Reparto

from . import muestras as mu

pytestmark = pytest.mark.django_db
DISFRAZADO = "El archivo dice ser JPEG pero su contenido es una página HTML."


class Forma(forms.Form):
    titulo = forms.CharField(error_messages={"required": "Escribe el título."})
    archivos = CampoArchivos()


def llenar(
    *archivos: SimpleUploadedFile, titulo: str = "Taller", recibidos: list[str] | None = None
) -> Forma:
    """La forma con lo que mandó el navegador."""
    datos = QueryDict(mutable=True)
    datos.update({"titulo": titulo})
    datos.setlist("archivos-recibido", recibidos or [])
    return Forma(datos, MultiValueDict({"archivos": list(archivos)}))


def un_texto(nombre: str, contenido: bytes = b"Lista de asistencia") -> SimpleUploadedFile:
    return SimpleUploadedFile(nombre, contenido, "text/plain")


def una_pagina(nombre: str) -> SimpleUploadedFile:
    """HTML que se dice foto."""
    return SimpleUploadedFile(nombre, b"<html><body>", "image/jpeg")


def test_recibe_varios_y_los_guarda_en_su_orden(reparto: Reparto) -> None:
    forma = llenar(un_texto("b.txt"), SimpleUploadedFile("a.pdf", mu.pdf(), "application/pdf"))
    forma.fields["archivos"].por = reparto.cuentas["integrante"]  # type: ignore[attr-defined]
    assert forma.is_valid()
    guardados = forma.cleaned_data["archivos"]
    assert [archivo.nombre for archivo in guardados] == ["b.txt", "a.pdf"]
    assert {archivo.subido_por for archivo in guardados} == {reparto.cuentas["integrante"]}
    assert guardados.rechazados == []


def test_uno_malo_no_detiene_a_los_buenos() -> None:
    forma = llenar(un_texto("lista.txt"), una_pagina("foto.jpg"), un_texto("vacio.txt", b""))
    assert forma.is_valid()
    recibidos = forma.cleaned_data["archivos"]
    assert [archivo.nombre for archivo in recibidos] == ["lista.txt"]
    assert [str(rechazo) for rechazo in recibidos.rechazados] == [
        f"«foto.jpg»: {DISFRAZADO}",
        "«vacio.txt»: El archivo está vacío.",
    ]


def test_si_ninguno_sirve_es_un_error_con_todas_las_frases() -> None:
    forma = llenar(una_pagina("uno.jpg"), una_pagina("dos.jpg"))
    assert forma.errors == {"archivos": [f"«uno.jpg»: {DISFRAZADO}", f"«dos.jpg»: {DISFRAZADO}"]}
    assert list(Archivo.objects.all()) == []


def test_sin_archivos_lo_pide() -> None:
    assert llenar().errors == {"archivos": ["Elige al menos un archivo."]}


def test_el_mismo_contenido_cuenta_una_vez() -> None:
    forma = llenar(un_texto("lista.txt"), un_texto("copia.txt"))
    assert forma.is_valid()
    assert [archivo.nombre for archivo in forma.cleaned_data["archivos"]] == ["lista.txt"]


def test_un_error_en_otro_campo_no_obliga_a_subir_otra_vez() -> None:
    primera = llenar(un_texto("lista.txt"), un_texto("acta.txt", b"Otra cosa"), titulo="")
    assert primera.errors == {"titulo": ["Escribe el título."]}
    pintada = str(primera["archivos"])
    assert re.findall("Ya se tiene: <strong>(.*)</strong>", pintada) == ["lista.txt", "acta.txt"]
    recibidos = re.findall('name="archivos-recibido" value="([^"]+)"', pintada)
    segunda = llenar(recibidos=recibidos)
    assert segunda.is_valid()
    assert [archivo.nombre for archivo in segunda.cleaned_data["archivos"]] == ["lista.txt", "acta.txt"]


def test_una_ficha_inventada_no_trae_archivos_ajenos() -> None:
    assert llenar(un_texto("lista.txt")).is_valid()
    archivo = Archivo.objects.get()
    malas = [archivo.huella, f"{fichas.dar(archivo)}x", ""]
    assert llenar(recibidos=malas).errors == {"archivos": ["Elige al menos un archivo."]}


def test_admite_elegir_varios() -> None:
    assert re.search(r'<input type="file" name="archivos"[^>]* multiple', str(Forma()["archivos"]))
