"""Qué se le pregunta a un eje cada bimestre, aunque todavía no conste ninguna respuesta."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from ejes.models import Bimestre, Eje, Formato, Pregunta, RenglonFormato


@dataclass(frozen=True)
class Preguntado:
    """Un renglón del formato con la pregunta propia del eje, o None si responde la de todos."""

    renglon: RenglonFormato
    propia: Pregunta | None

    @property
    def texto(self) -> str:
        """La pregunta que se hace; vacía si el indicador se explica solo."""
        return self.propia.texto if self.propia else self.renglon.pregunta

    @property
    def unidad(self) -> str:
        """En qué se cuenta la respuesta; vacía si se responde con texto."""
        return self.renglon.unidad_de(self.propia)


def formato_en_uso(bimestres: Iterable[Bimestre], al: dt.date) -> Formato | None:
    """El del último bimestre que ya abrió: el de uno por abrir todavía puede cambiar.

    `formato` ya traído; los bimestres, en orden.
    """
    abiertos = [b.formato for b in bimestres if b.formato and (b.abre is None or b.abre <= al)]
    return abiertos[-1] if abiertos else None


def preguntado(eje: Eje, formato: Formato | None) -> list[Preguntado]:
    """Los renglones en su orden, en dos consultas; ninguno sin formato."""
    if formato is None:
        return []
    propias = {p.renglon_id: p for p in eje.preguntas.filter(renglon__formato=formato)}
    return [Preguntado(r, propias.get(r.pk)) for r in formato.renglones.order_by("orden")]
