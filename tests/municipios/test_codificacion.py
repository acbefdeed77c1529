"""Lo que Excel y el Bloc de notas guardan llega en varias codificaciones: se lee la que se puede saber."""

import codecs
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from municipios.captura.codificacion import DEMASIADO, DESCONOCIDA, LEGIBLE
from municipios.forms.pegar import ILEGIBLE
from municipios.models import Etapa
from tests.municipios.pegado import HOY

PEGAR = "/gestion/municipios/prueba/pegar/"
TEXTO = "clave_inegi\tmunicipio\tconvocatoria\tnota\r\n11020\tLeón\tCumplido\tAño «2026» – 5 €\r\n"
# Lo que escribe Excel con «Texto Unicode»: la marca y cada letra en dos bytes, la menor primero.
UNICODE = (
    b"\xff\xfec\x00l\x00a\x00v\x00e\x00\t\x00"
    b"c\x00o\x00n\x00v\x00o\x00c\x00a\x00t\x00o\x00r\x00i\x00a\x00\r\x00\n\x00"
    b"1\x001\x000\x002\x000\x00\t\x00E\x00n\x00 \x00p\x00r\x00o\x00c\x00e\x00s\x00o\x00\r\x00\n\x00"
)


def subir(captura: Client, nombre: str, contenido: bytes, tipo: str = "text/plain") -> Any:
    archivo = SimpleUploadedFile(nombre, contenido, tipo)
    return captura.post(PEGAR, {"archivo": archivo, "fecha": HOY.isoformat()})


def leido(respuesta: Any) -> list[tuple[str, str, str]]:
    """Municipio, situación y nota de cada cambio."""
    revision = respuesta.context["revision"]
    return [(str(c.municipio), str(c.situacion), c.nota) for c in revision.cambios]


@pytest.mark.usefixtures("etapas")
@pytest.mark.parametrize(("nombre", "tipo"), [("a.txt", "text/plain"), ("a.csv", "application/vnd.ms-excel")])
def test_el_texto_unicode_de_excel(facilitadora: Client, nombre: str, tipo: str) -> None:
    respuesta = subir(facilitadora, nombre, UNICODE, tipo)
    assert respuesta.status_code == 200
    assert leido(respuesta) == [("León", "En proceso", "")]
    assert respuesta.context["revision"].avisos == []


@pytest.mark.usefixtures("etapas")
@pytest.mark.parametrize("nombre", ["a.txt", "a.csv", "A.TXT"])
@pytest.mark.parametrize(
    "contenido",
    [
        codecs.BOM_UTF16_LE + TEXTO.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXTO.encode("utf-16-be"),
        TEXTO.encode(),
        TEXTO.encode("utf-8-sig"),
        TEXTO.encode("cp1252"),
        codecs.BOM_UTF16_LE + TEXTO.replace("\t", ";").encode("utf-16-le"),
    ],
    ids=["utf-16-le", "utf-16-be", "utf-8", "utf-8 con marca", "windows", "utf-16 con punto y coma"],
)
def test_en_cada_codificacion_se_lee_lo_mismo(facilitadora: Client, nombre: str, contenido: bytes) -> None:
    respuesta = subir(facilitadora, nombre, contenido)
    assert respuesta.status_code == 200
    assert leido(respuesta) == [("León", "Cumplido", "Año «2026» – 5 €")]


@pytest.mark.usefixtures("etapas")
@pytest.mark.parametrize(
    "contenido",
    [
        TEXTO.encode("utf-16-le"),
        codecs.BOM_UTF16_LE + TEXTO.encode("utf-16-le") + b"\x00",
        codecs.BOM_UTF16_LE + b"a\x00\x00\xd8b\x00",
        codecs.BOM_UTF32_LE + TEXTO.encode("utf-32-le"),
        b"clave_inegi,nota\n11020,\x81\x8d\n",
    ],
    ids=["utf-16 sin marca", "a la mitad de una letra", "media letra", "utf-32", "de ninguna"],
)
def test_si_no_se_puede_saber_se_dice_que_hacer(facilitadora: Client, contenido: bytes) -> None:
    respuesta = subir(facilitadora, "a.csv", contenido, "text/csv")
    assert respuesta.status_code == 422
    assert respuesta.context["forma"].errors["archivo"] == [DESCONOCIDA]


@pytest.mark.usefixtures("etapas")
@pytest.mark.parametrize(
    ("contenido", "frase"),
    [
        (codecs.BOM_UTF16_LE + "clave\x07\t11020".encode("utf-16-le"), "caracteres de control"),
        (codecs.BOM_UTF16_LE + "<html><script>".encode("utf-16-le"), "una página HTML"),
        (b"PK\x03\x04" + bytes(40), "un archivo comprimido"),
        (b" " * (LEGIBLE + 1), DEMASIADO),
    ],
    ids=["de control", "página", "zip", "enorme"],
)
def test_lo_hostil_se_revisa_igual_en_cualquier_codificacion(
    facilitadora: Client, contenido: bytes, frase: str
) -> None:
    respuesta = subir(facilitadora, "a.txt", contenido)
    assert respuesta.status_code == 422
    assert frase in " ".join(respuesta.context["forma"].errors["archivo"])


def test_lo_pegado_con_nulos_dice_que_hacer(facilitadora: Client, etapas: list[Etapa]) -> None:
    nulos = TEXTO.encode("utf-16").decode("latin-1")
    respuesta = facilitadora.post(PEGAR, {"celdas": nulos, "fecha": HOY.isoformat()})
    assert respuesta.status_code == 422
    assert respuesta.context["forma"].errors["celdas"] == [ILEGIBLE]
