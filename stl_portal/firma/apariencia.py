"""Cómo se ve una firma en la hoja: quién y cuándo, con la letra del documento incrustada.

Una letra sin incrustar (la que pyHanko trae) haría que el archivo deje de ser PDF/A.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator, GlyphAccumulatorFactory
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp import TextStampStyle

from stl_portal.documentos.caracteres import dibujable
from stl_portal.documentos.tipografia import SANS
from stl_portal.espanol import fecha_larga

TINTA = (0.12, 0.24, 0.21)
LARGO_DE_RENGLON = 24
ABAJO = 5  # puntos: en una hoja de rúbricas el espacio termina justo en la raya donde se firma

SOLO_PARA_COMPONER = ("GPOS", "GSUB", "GDEF")


class Letra(GlyphAccumulatorFactory):
    """La letra que se incrusta, sin las tablas que solo sirven para componer el renglón.

    El renglón ya lo compuso HarfBuzz con ellas y pyHanko no las incrusta, pero al recortar la letra
    fontTools las desarmaba enteras: más de la mitad de lo que costaba firmar.
    """

    def create_font_engine(self, writer: BasePdfFileWriter, obj_stream: Any = None) -> GlyphAccumulator:
        """La de pyHanko, con la letra aligerada."""
        letra = super().create_font_engine(writer, obj_stream)
        for tabla in SOLO_PARA_COMPONER:
            if tabla in letra.tt:
                del letra.tt[tabla]
        return letra


def visible(rotulo: str, quien: str, cuando: datetime) -> TextStampStyle:
    """El texto de una firma: «Firma electrónica avanzada», el nombre, y la fecha y hora locales."""
    local = timezone.localtime(cuando)
    renglones = [rotulo, *_partir(quien), f"{fecha_larga(local.date())}, {local:%H:%M}"]
    return TextStampStyle(
        border_width=0,
        stamp_text=dibujable("\n".join(renglones)).replace("%", "%%"),
        text_box_style=TextBoxStyle(
            font=Letra(str(SANS / "SourceSansPro-Regular.ttf"), font_size=8),
            font_size=8,
            leading=10,
            text_color=TINTA,
            box_layout_rule=_a_la_izquierda(),
        ),
        inner_content_layout=_a_la_izquierda(ABAJO),
    )


def _a_la_izquierda(abajo: int = 0) -> SimpleBoxLayoutRule:
    """Pegado a la orilla izquierda y a media altura de lo que queda; si no cabe, se encoge."""
    return SimpleBoxLayoutRule(
        x_align=AxisAlignment.ALIGN_MIN,
        y_align=AxisAlignment.ALIGN_MID,
        margins=Margins(0, 0, 0, abajo),
        inner_content_scaling=InnerScaling.SHRINK_TO_FIT,
    )


def _partir(nombre: str) -> list[str]:
    """El nombre en los renglones que ocupe, sin cortar palabras."""
    renglones = [""]
    for palabra in nombre.split():
        junto = f"{renglones[-1]} {palabra}".strip()
        if len(junto) > LARGO_DE_RENGLON and renglones[-1]:
            renglones.append(palabra)
        else:
            renglones[-1] = junto
    return renglones
