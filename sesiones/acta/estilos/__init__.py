"""Las tres formas del acta, elegibles por órgano y por sesión."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from sesiones.acta.bloques import Bloque
from sesiones.acta.estilos import acuerdos, desahogo, narrativa
from sesiones.acta.piezas import Hechos
from sesiones.estados import EstiloActa

ESTILOS: Mapping[str, Callable[[Hechos], Iterator[Bloque]]] = {
    EstiloActa.ORDINALES: acuerdos.componer,
    EstiloActa.RENGLONES: desahogo.componer,
    EstiloActa.NARRATIVA: narrativa.componer,
}


def redactar(hechos: Hechos, estilo: str) -> list[Bloque]:
    """Los bloques del acta en el estilo dado, redactados con los hechos."""
    return list(ESTILOS[estilo](replace(hechos, estilo=estilo)))
