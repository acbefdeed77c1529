"""Asistir, contar para el quórum y firmar son tres listas: aquí se explica en qué difieren.

Lo que las filas prueban se explica solo (se incorporó en tal punto, acompañó a quien firma…);
lo demás espera la explicación de una persona.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sesiones.acta.hechos import hechos_de
from sesiones.acta.palabras import nombrar
from sesiones.acta.piezas import Asistente, Firma, Hechos, Movimiento
from sesiones.estados import TipoMovimiento
from sesiones.models import Sesion
from sesiones.models.reglas import QuienFirma
from stl_portal.espanol import con_articulo, hora_en_palabras

NO_FIRMA, NO_ASISTIO, DESPUES = "no_firma", "no_asistio", "despues_del_quorum"


@dataclass(frozen=True)
class Diferencia:
    """Desacuerdo entre asistencia, quórum y firmas. Sin `explicacion`, falta explicarlo.

    `asistencia` y `firma` son los ids de los renglones de que se trata, para corregirlos.
    """

    tipo: str
    nombre: str
    explicacion: str
    asistencia: int | None = None
    firma: int | None = None

    @property
    def falta(self) -> bool:
        """Ni las filas ni una persona la explican."""
        return not self.explicacion


def diferencias(sesion: Sesion) -> list[Diferencia]:
    """Todas las diferencias de la sesión, con su explicación o sin ella."""
    return list(diferencias_de(hechos_de(sesion)))


def diferencias_de(h: Hechos) -> Iterator[Diferencia]:
    """Primero quienes firman sin haber contado o asistido; luego quienes asistieron sin firmar."""
    asistentes = {a.id: a for a in h.asistentes}
    for firma in h.firmas:
        asistente = asistentes.get(firma.asistencia) if firma.asistencia else None
        if asistente is None or not asistente.presente:
            porque = firma.explicacion or _por_aprobar(h, firma)
            yield Diferencia(NO_ASISTIO, firma.nombre, porque, firma.asistencia, firma.id)
        elif h.quorum and not asistente.en_quorum:
            porque = firma.explicacion or _por_llegar(h, asistente) or _por_aprobar(h, firma)
            yield Diferencia(DESPUES, firma.nombre, porque, firma.asistencia, firma.id)
    firmaron = {f.asistencia for f in h.firmas}
    for asistente in h.asistentes:
        if asistente.asiento is not None and asistente.presente and asistente.id not in firmaron:
            quien = asistente.formal or asistente.institucion
            porque = asistente.sin_firma or _sin_firmar(h, asistente)
            yield Diferencia(NO_FIRMA, quien, porque, asistente.id)


def _por_aprobar(h: Hechos, firma: Firma) -> str:
    """Firma porque estuvo en la sesión posterior que aprobó el acta."""
    aprobada = h.aprobada
    if aprobada is None or aprobada.misma or firma.persona not in aprobada.personas:
        return ""
    if aprobada.por_correo:
        return "dio su conformidad por correo electrónico al aprobarse esta acta"
    return f"estuvo presente en la {aprobada.designacion}, en la que se aprobó esta acta"


def _por_llegar(h: Hechos, asistente: Asistente) -> str:
    """Firma sin haber contado en el quórum porque llegó después."""
    llegada = _movimiento(asistente, TipoMovimiento.LLEGADA)
    return f"se incorporó después de declarado el quórum{_cuando(h, llegada)}" if llegada else ""


def _sin_firmar(h: Hechos, asistente: Asistente) -> str:
    """No firma porque acompañó, la regla no lo prevé, se fue o no aprobó el acta (o estuvo y no vota)."""
    if not asistente.ocupa:
        de_quien = con_articulo(asistente.institucion, "de")
        return f"acompañó a la representación {de_quien}, por la que firma quien ocupó el lugar"
    if asistente.facilita and h.quien_firma == QuienFirma.ASISTENTES:
        return "las reglas vigentes no prevén la firma de la persona facilitadora"
    salida = _movimiento(asistente, TipoMovimiento.SALIDA)
    if salida:
        return f"se retiró antes de concluir{_cuando(h, salida)}"
    aprobada = h.aprobada if h.quien_firma == QuienFirma.APRUEBAN else None
    if aprobada is None:
        return ""
    if aprobada.por_correo:
        return "no respondió al circularse el acta por correo electrónico"
    if asistente.facilita and (aprobada.misma or asistente.persona in aprobada.personas):
        return f"estuvo presente, sin voto, en la {aprobada.designacion}, en la que se aprobó esta acta"
    return f"no estuvo entre quienes votaron al aprobarse en la {aprobada.designacion}"


def _movimiento(asistente: Asistente, tipo: str) -> Movimiento | None:
    """El último movimiento de esa clase."""
    return next((mov for mov in reversed(asistente.movimientos) if mov.tipo == tipo), None)


def _cuando(h: Hechos, movimiento: Movimiento) -> str:
    """«, a las diez horas con veinte minutos, en el punto V, inciso a)»: lo que se sepa."""
    partes = []
    if movimiento.hora:
        partes.append(f", a {hora_en_palabras(movimiento.hora)}")
    punto = h.punto(movimiento.punto)
    if punto:
        partes.append(f", en {nombrar(punto)}")
    return "".join(partes)
