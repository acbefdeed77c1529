"""El avance de todos los municipios a una fecha: lo capturado, lo que se deriva de hechos y lo que vale."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from municipios.avance import Sabido, contar, rige
from municipios.estados import Avance
from municipios.eventos.capacitados import capacitados
from municipios.models import Anotacion, Etapa, Municipio, Situacion
from sesiones.estados import ClaseOrgano
from sesiones.models import Organo
from stl_portal.publico import registro


@dataclass(frozen=True)
class Casilla:
    """Una etapa en un municipio: lo capturado, lo derivado (si los hay) y lo que vale de ambos."""

    municipio: Municipio
    etapa: Etapa
    capturado: Sabido | None
    derivado: Sabido | None
    vale: Sabido


@dataclass(frozen=True)
class Cuadro:
    """Etapas activas con sus situaciones, municipios por clave INEGI y la casilla de cada cruce."""

    organo: Organo
    al: dt.date
    etapas: Sequence[Etapa]
    municipios: Sequence[Municipio]
    casillas: Mapping[tuple[str, int], Casilla]

    def de(self, municipio: Municipio) -> list[Casilla]:
        """Las casillas de un municipio, en el orden de las etapas."""
        return [self.casillas[municipio.clave, etapa.pk] for etapa in self.etapas]

    def totales(self, etapa: Etapa) -> dict[str, int]:
        """Cuántos municipios hay en cada situación de la etapa; siempre suman los que hay."""
        posibles = [s.clave for s in etapa.situaciones.all()]
        return contar((self.casillas[m.clave, etapa.pk].vale.situacion for m in self.municipios), posibles)


def tomar(organo: Organo, al: dt.date) -> Cuadro:
    """El cuadro del seguimiento a esa fecha; las consultas no crecen con la historia."""
    situaciones = Prefetch("situaciones", Situacion.objects.all())
    etapas = list(Etapa.objects.filter(organo=organo, activa=True).prefetch_related(situaciones))
    municipios = list(Municipio.objects.all())
    capturado = _capturado(organo, al)
    derivado = _derivado(organo, etapas, al)
    casillas = {
        (m.clave, e.pk): _casilla(m, e, capturado.get((m.clave, e.pk)), derivado.get((m.clave, e.pk)))
        for m in municipios
        for e in etapas
    }
    return Cuadro(organo, al, etapas, municipios, casillas)


def _casilla(m: Municipio, e: Etapa, capturado: Sabido | None, derivado: Sabido | None) -> Casilla:
    return Casilla(m, e, capturado, derivado, rige(capturado, derivado, sin_informacion(e)))


def sin_informacion(etapa: Etapa) -> Sabido:
    """Lo que vale donde nadie ha anotado nada; `situaciones` ya traídas."""
    return Sabido(_primera(etapa, Avance.SIN_INFORMACION), Avance.SIN_INFORMACION)


def _primera(etapa: Etapa, avance: str) -> str:
    """Clave de la primera situación con ese avance; la propia palabra si la etapa no la declaró."""
    return next((s.clave for s in etapa.situaciones.all() if s.avance == avance), str(avance))


def _capturado(organo: Organo, al: dt.date) -> dict[tuple[str, int], Sabido]:
    filas = Anotacion.objects.filter(etapa__organo=organo).al(al).select_related("situacion", "prueba")
    return {(f.municipio_id, f.etapa_id): sabido_de(f) for f in filas}


def sabido_de(anotacion: Anotacion) -> Sabido:
    """Lo que una persona anotó; `situacion` y `prueba` ya traídas."""
    return Sabido(
        situacion=anotacion.situacion.clave,
        avance=anotacion.situacion.avance,
        fecha=anotacion.fecha,
        nota=anotacion.nota,
        motivo=anotacion.motivo,
        anotacion=anotacion.pk,
        prueba=anotacion.prueba.huella if anotacion.prueba else "",
        liga=anotacion.liga,
    )


def _derivado(organo: Organo, etapas: Sequence[Etapa], al: dt.date) -> dict[tuple[str, int], Sabido]:
    """Lo que cumplen por sí solos los hechos públicos; de varios iguales, el primero que ocurrió."""
    por_hecho = {e.hecho: e for e in etapas if e.hecho}
    if not por_hecho:
        return {}
    hallados: dict[tuple[str, int], list[registro.Hecho]] = defaultdict(list)
    for clave, hecho in (*_de_secretariados(organo, al), *capacitados(organo, al)):
        if hecho.que in por_hecho:
            hallados[clave, por_hecho[hecho.que].pk].append(hecho)
    de_etapa = {e.pk: e for e in etapas}
    return {casilla: _de_hechos(de_etapa[casilla[1]], hechos) for casilla, hechos in hallados.items()}


def _de_secretariados(organo: Organo, al: dt.date) -> Iterator[tuple[str, registro.Hecho]]:
    """Los hechos de los secretariados municipales que acompaña, con la clave de su municipio."""
    acompanados = Organo.objects.filter(acompanado_por=organo, clase=ClaseOrgano.MUNICIPAL)
    if not organo.ficticio:  # lo inventado no consta en un seguimiento real
        acompanados = acompanados.filter(ficticio=False)
    claves = dict(acompanados.exclude(clave_municipio="").values_list("pk", "clave_municipio"))
    for fuente in registro.HECHOS:
        for hecho in fuente(claves.keys(), al):
            yield claves[hecho.organo], hecho


def _de_hechos(etapa: Etapa, hechos: Sequence[registro.Hecho]) -> Sabido:
    primero = min(hechos, key=lambda h: h.fecha)
    return Sabido(
        situacion=_primera(etapa, Avance.CUMPLIDO),
        avance=Avance.CUMPLIDO,
        fecha=primero.fecha,
        dicho=primero.dicho,
        url=primero.url,
        derivada=True,
    )
