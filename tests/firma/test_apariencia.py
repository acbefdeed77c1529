"""La letra de una firma: aligerada para firmar pronto, y dibuja lo mismo."""

from io import BytesIO

from pyhanko.pdf_utils.font.opentype import GlyphAccumulatorFactory
from pyhanko.pdf_utils.writer import PdfFileWriter

from stl_portal.documentos.tipografia import SANS
from stl_portal.firma.apariencia import SOLO_PARA_COMPONER, Letra

TEXTO = "Firma electrónica avanzada: Ávila, difícil, 22 de noviembre de 2026"


def incrustada(fabrica: GlyphAccumulatorFactory) -> tuple[bytes, bytes]:
    """Las órdenes de dibujo del texto y la letra recortada, como van en el PDF."""
    escritor = PdfFileWriter(stream_xrefs=False)
    letra = fabrica.create_font_engine(escritor)
    letra.subset_prefix = "AAAAAA"
    dibujo = letra.shape(TEXTO).graphics_ops
    letra.prepare_write()
    recortada = BytesIO()
    letra.tt["head"].modified = 0
    letra.tt.recalcTimestamp = False
    letra.tt.save(recortada)
    return dibujo, recortada.getvalue()


def test_sin_las_tablas_de_composicion_dibuja_lo_mismo() -> None:
    archivo = str(SANS / "SourceSansPro-Regular.ttf")
    entera = GlyphAccumulatorFactory(archivo, font_size=8).create_font_engine(PdfFileWriter())
    assert all(tabla in entera.tt for tabla in SOLO_PARA_COMPONER)
    assert incrustada(Letra(archivo, font_size=8)) == incrustada(
        GlyphAccumulatorFactory(archivo, font_size=8)
    )
