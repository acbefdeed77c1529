"""El acta en archivo: PDF con texto, Word con tablas, y lo que no se puede leer con su frase."""

import pymupdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from sesiones.historicas import leer
from stl_portal.archivo import testado
from tests.archivo import muestras
from tests.historicas.capturas import ACTA


def subido(nombre: str, contenido: bytes) -> SimpleUploadedFile:
    """Como llega del navegador, sin declarar de qué tipo es."""
    return SimpleUploadedFile(nombre, contenido, content_type="application/octet-stream")


def en_word(texto: str) -> bytes:
    """El texto en un DOCX: lo que lleva «|» va en una tabla."""
    cuerpo = ""
    for renglon in texto.splitlines():
        celdas = [f"<w:p><w:r><w:t>{celda.strip()}</w:t></w:r></w:p>" for celda in renglon.split("|")]
        fila = "".join(f"<w:tc>{celda}</w:tc>" for celda in celdas)
        cuerpo += f"<w:tbl><w:tr>{fila}</w:tr></w:tbl>" if len(celdas) > 1 else celdas[0]
    documento = f'<w:document xmlns:w="urn:w"><w:body>{cuerpo}</w:body></w:document>'
    return muestras.ooxml("docx", {"word/document.xml": documento})


def en_pdf(texto: str) -> bytes:
    """El texto en un PDF de dos hojas."""
    with pymupdf.open() as documento:
        mitad = texto.index("ORDEN DEL DÍA")
        for parte in (texto[:mitad], texto[mitad:]):
            documento.new_page(width=900, height=1200).insert_text((40, 40), parte, fontsize=9)
        return documento.tobytes()


@pytest.mark.parametrize(("nombre", "contenido"), [("acta.docx", en_word(ACTA)), ("acta.pdf", en_pdf(ACTA))])
def test_de_un_archivo_se_propone_lo_mismo_que_de_su_texto(nombre: str, contenido: bytes) -> None:
    """Los mismos puntos, personas, votos y plazos, venga de Word o de PDF."""
    pegada = leer.proponer(ACTA)
    propuesta = leer.proponer(leer.de_archivo(subido(nombre, contenido)))
    assert propuesta["numero"]["valor"] == pegada["numero"]["valor"] == 4
    for clase in ("asistentes", "puntos", "votos", "firmantes"):
        leidas = [fila["valor"] for fila in propuesta[clase]]
        assert leidas == [fila["valor"] for fila in pegada[clase]], clase


def con_tabla() -> bytes:
    """Una hoja con una tabla sin líneas: celdas de varios renglones, unas arriba y otras centradas."""
    celdas = (
        (60, 100, "LISTA DE ASISTENCIA"),
        (60, 112, "Nombre"),
        (200, 112, "Cargo"),
        (340, 112, "Institución"),
        *((60, 130 + 12 * n, parte) for n, parte in enumerate(("Mtra. Ana", "Ruiz", "Peña"))),
        (200, 142, "Titular"),
        *((340, 136 + 12 * n, parte) for n, parte in enumerate(("Instituto de", "Prueba"))),
        *((60, 172 + 12 * n, parte) for n, parte in enumerate(("Lic. Beto Sosa", "Lira"))),
        (200, 172, "Suplente"),
        (340, 172, "Poder de Prueba"),
        (60, 220, "Se declaró que hay quórum con la asistencia de dos"),
        (60, 232, "personas de las tres que integran."),
    )
    with pymupdf.open() as documento:
        hoja = documento.new_page()
        for x, y, dicho in celdas:
            hoja.insert_text((x, y), dicho, fontsize=10)
        return documento.tobytes()


def test_las_filas_de_una_tabla_de_un_pdf_van_cada_una_en_su_renglon() -> None:
    """Sus celdas se juntan aunque ocupen varios; el título de la tabla y lo que sigue quedan aparte."""
    assert testado.texto_en_columnas(con_tabla()) == [
        "LISTA DE ASISTENCIA\n"
        "Nombre\tCargo\tInstitución\n"
        "Mtra. Ana Ruiz Peña\tTitular\tInstituto de Prueba\n"
        "Lic. Beto Sosa Lira\tSuplente\tPoder de Prueba\n"
        "\n"
        "Se declaró que hay quórum con la asistencia de dos\n"
        "personas de las tres que integran."
    ]


@pytest.mark.parametrize(
    ("nombre", "contenido", "frase"),
    [
        ("acta.pdf", muestras.pdf(), "parece escaneado"),
        ("acta.exe", b"MZ", "Sube el acta en PDF con texto"),
        ("acta.docx", b"MZ\x00\x00", "dice ser Word"),
    ],
)
def test_lo_que_no_se_puede_leer_dice_por_que(nombre: str, contenido: bytes, frase: str) -> None:
    """Escaneado, de otro formato o disfrazado."""
    with pytest.raises(ValidationError, match=frase):
        leer.de_archivo(subido(nombre, contenido))
