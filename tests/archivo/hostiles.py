"""PDF que esconden un dato de todas las maneras que se conocen; cada uno lo muestra en el mismo lugar.

`DATO` se ve (o está) en `LUGAR`; `CONSERVA`, fuera de ahí, y debe sobrevivir.
"""

import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
from PIL import Image, ImageDraw, ImageFont

DATO = "4771234567"
CONSERVA = "Este renglón se publica"
ANCHO, ALTO = 612, 792
TEXTO = 7  # la clase de campo de formulario, según MuPDF
# En puntos, desde arriba: donde está el dato.
LUGAR = pymupdf.Rect(150, 290, 350, 330)
PUNTO = (160, 315)
Fabrica = Callable[[], bytes]


def _hoja() -> tuple[Any, Any]:
    documento = pymupdf.open()
    pagina = documento.new_page(width=ANCHO, height=ALTO)
    pagina.insert_text((72, 100), CONSERVA, fontsize=14)
    pagina.insert_text((72, 700), "Y este también", fontsize=14)
    return documento, pagina


def _guardado(documento: Any, **opciones: Any) -> bytes:
    contenido: bytes = documento.tobytes(**opciones)
    return contenido


def _foto() -> bytes:
    """La imagen de un escaneo con el dato escrito."""
    imagen = Image.new("RGB", (ANCHO * 2, ALTO * 2), "white")
    pincel = ImageDraw.Draw(imagen)
    pincel.text((144, 180), CONSERVA, fill="black", font=ImageFont.load_default(28))
    pincel.text((330, 600), DATO, fill="black", font=ImageFont.load_default(40))
    salida = BytesIO()
    imagen.save(salida, "PNG")
    return salida.getvalue()


def sencillo() -> bytes:
    """Texto como cualquier otro."""
    documento, pagina = _hoja()
    pagina.insert_text(PUNTO, DATO, fontsize=20)
    return _guardado(documento)


def bajo_una_imagen() -> bytes:
    """Texto con una imagen encima."""
    documento, pagina = _hoja()
    pagina.insert_text(PUNTO, DATO, fontsize=20)
    tapa = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 20, 20))
    tapa.clear_with(200)
    pagina.insert_image(LUGAR, pixmap=tapa)
    return _guardado(documento)


def invisible() -> bytes:
    """Texto que no se dibuja (modo 3), como el de un escaneo reconocido."""
    documento, pagina = _hoja()
    pagina.insert_text(PUNTO, DATO, fontsize=20, render_mode=3)
    return _guardado(documento)


def en_un_formulario() -> bytes:
    """Dentro de un Form XObject que la página pinta dos veces."""
    dentro = pymupdf.open()
    chica = dentro.new_page(width=200, height=40)
    chica.insert_text((10, 25), DATO, fontsize=20)
    documento, pagina = _hoja()
    pagina.show_pdf_page(LUGAR, dentro, 0)
    pagina.show_pdf_page(LUGAR, dentro, 0)
    return _guardado(documento)


def escaneada() -> bytes:
    """La página entera es una imagen; otra página comparte sus recursos y no la usa."""
    documento, pagina = _hoja()
    pagina.insert_image(pagina.rect, stream=_foto())
    documento.new_page(width=ANCHO, height=ALTO).insert_text((72, 100), "Segunda página", fontsize=14)
    with pikepdf.open(BytesIO(_guardado(documento))) as pdf:
        imagen = pdf.pages[0].Resources.XObject
        pdf.pages[1].Resources["/XObject"] = imagen
        return _con_pikepdf(pdf)


def en_una_nota() -> bytes:
    """En la apariencia y el contenido de una anotación."""
    documento, pagina = _hoja()
    nota = pagina.add_freetext_annot(LUGAR, DATO, fontsize=20)
    nota.set_info(content=DATO, title=DATO)
    nota.update()
    return _guardado(documento)


def en_un_campo() -> bytes:
    """El valor de un campo de formulario."""
    documento, pagina = _hoja()
    campo = pymupdf.Widget()
    campo.field_name, campo.field_type, campo.rect = "telefono", TEXTO, LUGAR
    campo.field_value = DATO
    pagina.add_widget(campo)
    return _guardado(documento)


def con_equipaje() -> bytes:
    """Además de verse, va en adjunto, metadatos, XMP, marcadores, liga y miniatura."""
    documento, pagina = _hoja()
    pagina.insert_text(PUNTO, DATO, fontsize=20)
    documento.embfile_add("dato.txt", DATO.encode(), filename=f"{DATO}.txt", desc=DATO)
    documento.set_metadata({"title": f"Teléfono {DATO}", "keywords": DATO, "subject": DATO})
    documento.set_xml_metadata(f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{DATO}</x:xmpmeta>")
    documento.set_toc([[1, f"Llamar al {DATO}", 1]])
    pagina.insert_link({"kind": pymupdf.LINK_URI, "from": LUGAR, "uri": f"https://ejemplo.example/{DATO}"})
    with pikepdf.open(BytesIO(_guardado(documento))) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{DATO}')")
        pdf.Root.PieceInfo = pikepdf.Dictionary(Prueba=pikepdf.Dictionary(Private=DATO))
        pdf.pages[0].obj.PieceInfo = pikepdf.Dictionary(Prueba=pikepdf.Dictionary(Private=DATO))
        pdf.pages[0].obj.Thumb = pdf.make_stream(DATO.encode())
        return _con_pikepdf(pdf)


def con_revision_anterior() -> bytes:
    """El dato está en una revisión que la última tapó sin quitarla."""
    with tempfile.TemporaryDirectory() as carpeta:
        ruta = Path(carpeta) / "dos.pdf"
        ruta.write_bytes(sencillo())
        with pymupdf.open(ruta) as documento:
            documento[0].draw_rect(LUGAR, color=(1, 1, 1), fill=(1, 1, 1))
            documento.saveIncr()
        return ruta.read_bytes()


def girada() -> bytes:
    """Con /Rotate 90: se ve acostada."""
    documento, pagina = _hoja()
    pagina.insert_text(PUNTO, DATO, fontsize=20)
    pagina.set_rotation(90)
    return _guardado(documento)


def recortada() -> bytes:
    """El recorte no empieza en la esquina y deja fuera otra copia del dato."""
    documento, pagina = _hoja()
    pagina.insert_text(PUNTO, DATO, fontsize=20)
    pagina.insert_text((20, 30), DATO, fontsize=10)
    pagina.set_cropbox(pymupdf.Rect(50, 60, 580, 760))
    return _guardado(documento)


def escalada() -> bytes:
    """Con unidades de usuario (/UserUnit): la página mide el doble de lo que dicen sus números."""
    with pikepdf.open(BytesIO(sencillo())) as pdf:
        pdf.pages[0].obj.UserUnit = 2
        return _con_pikepdf(pdf)


def con_capas() -> bytes:
    """El dato está en una capa apagada, también en una página sin zonas."""
    documento, pagina = _hoja()
    capa = documento.add_ocg("Oculta", on=False)
    documento.add_ocg("Otra", on=True)
    pagina.insert_text(PUNTO, DATO, fontsize=20, oc=capa)
    otra = documento.new_page(width=ANCHO, height=ALTO)
    otra.insert_text((72, 100), "Segunda página", fontsize=14)
    otra.insert_text(PUNTO, DATO, fontsize=20, oc=capa)
    return _guardado(documento)


def con_reemplazo() -> bytes:
    """Otro texto, fuera de la zona, declara que en su lugar se lea el dato (/ActualText)."""
    documento, pagina = _hoja()
    pagina.insert_text(PUNTO, DATO, fontsize=20)
    with pikepdf.open(BytesIO(_guardado(documento))) as pdf:
        antes = f"/Span <</ActualText ({DATO})>> BDC ".encode()
        pdf.pages[0].contents_add(pdf.make_stream(antes), prepend=True)
        pdf.pages[0].contents_add(pdf.make_stream(b" EMC"))
        return _con_pikepdf(pdf)


def _con_pikepdf(pdf: pikepdf.Pdf) -> bytes:
    salida = BytesIO()
    pdf.save(salida)
    return salida.getvalue()


HOSTILES: dict[str, Fabrica] = {
    f.__name__: f
    for f in (
        sencillo,
        bajo_una_imagen,
        invisible,
        en_un_formulario,
        escaneada,
        en_una_nota,
        en_un_campo,
        con_equipaje,
        con_revision_anterior,
        girada,
        recortada,
        escalada,
        con_capas,
        con_reemplazo,
    )
}
