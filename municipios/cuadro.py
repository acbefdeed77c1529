"""El avance de todos los municipios a una fecha: lo capturado, lo que se deriva de hechos y lo que vale."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

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
    etapas, municipios = _activas(organo), list(Municipio.objects.all())
    derivado = _derivado(etapas, _hechos(organo, etapas, al), al)
    return _cuadro(organo, al, etapas, municipios, _capturado(organo, al), derivado)


def tomar_varios(organo: Organo, fechas: Collection[dt.date]) -> dict[dt.date, Cuadro]:
    """El cuadro a cada una de esas fechas, con las consultas de uno solo; ninguna fecha, ninguno."""
    if not fechas:
        return {}
    etapas, municipios, ultima = _activas(organo), list(Municipio.objects.all()), max(fechas)
    filas = Anotacion.objects.validas().filter(etapa__organo=organo, fecha__lte=ultima)
    historia = historias(filas.select_related("situacion", "prueba"))
    hechos = _hechos(organo, etapas, ultima)
    cuadros = {}
    for al in fechas:
        rigen = {sitio: fila for sitio, suyas in historia.items() if (fila := la_que_rige(suyas, al))}
        capturado = {sitio: sabido_de(fila) for sitio, fila in rigen.items()}
        cuadros[al] = _cuadro(organo, al, etapas, municipios, capturado, _derivado(etapas, hechos, al))
    return cuadros


def historias(filas: "QuerySet[Anotacion]") -> Mapping[tuple[str, int], Sequence[Anotacion]]:
    """Las anotaciones de cada casilla, en el orden en que rigen; la casilla sin ninguna, vacía."""
    de_cada: dict[tuple[str, int], list[Anotacion]] = defaultdict(list)
    for fila in filas.order_by("fecha", "pk"):
        de_cada[fila.municipio_id, fila.etapa_id].append(fila)
    return de_cada


def la_que_rige(historia: Sequence[Anotacion], al: dt.date) -> Anotacion | None:
    """La última de esa historia a esa fecha: lo mismo que `AnotacionQuerySet.al`, ya en memoria."""
    return next((fila for fila in reversed(historia) if fila.fecha <= al), None)


def _activas(organo: Organo) -> list[Etapa]:
    situaciones = Prefetch("situaciones", Situacion.objects.all())
    return list(Etapa.objects.filter(organo=organo, activa=True).prefetch_related(situaciones))


def _cuadro(
    organo: Organo,
    al: dt.date,
    etapas: Sequence[Etapa],
    municipios: Sequence[Municipio],
    capturado: Mapping[tuple[str, int], Sabido],
    derivado: Mapping[tuple[str, int], Sabido],
) -> Cuadro:
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


def _hechos(organo: Organo, etapas: Sequence[Etapa], al: dt.date) -> list[tuple[str, registro.Hecho]]:
    """Los hechos públicos hasta esa fecha, con la clave de su municipio; ninguno si ninguna etapa los usa."""
    if not any(e.hecho for e in etapas):
        return []
    return [*_de_secretariados(organo, al), *capacitados(organo, al)]


def _derivado(
    etapas: Sequence[Etapa], hechos: Sequence[tuple[str, registro.Hecho]], al: dt.date
) -> dict[tuple[str, int], Sabido]:
    """Lo que cumplen por sí solos los hechos de entonces; de varios iguales, el primero que ocurrió."""
    por_hecho = {e.hecho: e for e in etapas if e.hecho}
    hallados: dict[tuple[str, int], list[registro.Hecho]] = defaultdict(list)
    for clave, hecho in hechos:
        if hecho.que in por_hecho and hecho.fecha <= al:
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
