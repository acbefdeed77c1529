"""El corte como datos: lo que se sella al publicarlo y lo que de ahí se vuelve a leer."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from municipios.cuadro import Cuadro
from municipios.models import CorteMunicipal

FORMA = 1  # versión de este documento


def documento_de(corte: CorteMunicipal, cuadro: Cuadro) -> dict[str, Any]:
    """Lo que se publica; `organo`, `punto.sesion` y `corrige` ya traídos.

    Las etapas de las que solo se conoce el total no llevan situación en los renglones: no se inventa.
    """
    solo_total = set(corte.solo_totales.values_list("etapa", flat=True))
    totales = dict(corte.totales.values_list("situacion", "cantidad"))
    return {
        "forma": FORMA,
        "organo": {"clave": corte.organo.clave, "nombre": corte.organo.denominacion(corte.fecha).nombre},
        "numero": corte.numero,
        "nombre": corte.nombre,
        "fecha": corte.fecha.isoformat(),
        "fuente": corte.fuente,
        "nota": corte.nota,
        "presentado_en": _presentado(corte),
        "corrige": {"numero": corte.corrige.numero, "que": corte.que_corrige} if corte.corrige else None,
        "municipios": len(cuadro.municipios),
        "etapas": [_etapa(cuadro, etapa, etapa.pk in solo_total, totales) for etapa in cuadro.etapas],
        "renglones": [_renglon(cuadro, municipio, solo_total) for municipio in cuadro.municipios],
    }


def _presentado(corte: CorteMunicipal) -> dict[str, str] | None:
    punto = corte.punto
    return {"texto": f"{punto.sesion}, {punto}", "url": punto.sesion.get_absolute_url()} if punto else None


def _etapa(cuadro: Cuadro, etapa: Any, solo_total: bool, totales: Mapping[int, int]) -> dict[str, Any]:
    contados = {} if solo_total else cuadro.totales(etapa)
    return {
        "clave": etapa.clave,
        "nombre": etapa.nombre,
        "que_es": etapa.que_es,
        "solo_total": solo_total,
        "situaciones": [
            {
                "clave": s.clave,
                "nombre": s.nombre,
                "avance": s.avance,
                "municipios": totales.get(s.pk, 0) if solo_total else contados[s.clave],
            }
            for s in etapa.situaciones.all()
        ],
    }


def _renglon(cuadro: Cuadro, municipio: Any, solo_total: set[int]) -> dict[str, Any]:
    return {
        "clave": municipio.clave,
        "nombre": municipio.nombre,
        "etapas": {
            c.etapa.clave: _casilla(c.vale) for c in cuadro.de(municipio) if c.etapa.pk not in solo_total
        },
    }


def _casilla(sabido: Any) -> dict[str, Any]:
    return {
        "situacion": sabido.situacion,
        "fecha": sabido.fecha.isoformat() if sabido.fecha else None,
        "nota": sabido.nota,
        "derivada": sabido.derivada,
        "dicho": sabido.dicho,
        "url": sabido.url,
        "prueba": sabido.prueba,
        "liga": sabido.liga,
    }


@dataclass(frozen=True)
class SituacionLeida:
    """Una situación de una etapa y cuántos municipios están en ella."""

    clave: str
    nombre: str
    avance: str
    municipios: int


@dataclass(frozen=True)
class EtapaLeida:
    """Una etapa del corte; con `solo_total` no hay desglose por municipio."""

    clave: str
    nombre: str
    que_es: str
    solo_total: bool
    situaciones: Sequence[SituacionLeida]

    def situacion(self, clave: str) -> SituacionLeida:
        """La que tiene esa clave; lanza `KeyError` si no es de la etapa."""
        return {s.clave: s for s in self.situaciones}[clave]


@dataclass(frozen=True)
class CorteLeido:
    """Un corte publicado, leído de sus bytes sellados. `casillas` va por clave INEGI y clave de etapa."""

    organo: str
    numero: int
    nombre: str
    fecha: dt.date
    fuente: str
    nota: str
    presentado_en: Mapping[str, str] | None
    corrige: Mapping[str, Any] | None
    municipios: int
    etapas: Sequence[EtapaLeida]
    nombres: Mapping[str, str]
    casillas: Mapping[tuple[str, str], Mapping[str, Any]]

    def etapa(self, clave: str) -> EtapaLeida:
        """La que tiene esa clave; lanza `KeyError` si el corte no la tiene."""
        return {e.clave: e for e in self.etapas}[clave]

    def situacion_de(self, municipio: str, etapa: EtapaLeida) -> SituacionLeida | None:
        """Dónde está el municipio, o None si de la etapa solo se conoce el total."""
        casilla = self.casillas.get((municipio, etapa.clave))
        return etapa.situacion(casilla["situacion"]) if casilla else None


@lru_cache(maxsize=32)
def leer(documento: bytes) -> CorteLeido:
    """El corte que dicen esos bytes; los mismos bytes siempre dicen lo mismo."""
    datos = json.loads(documento)
    return CorteLeido(
        organo=datos["organo"]["clave"],
        fecha=dt.date.fromisoformat(datos["fecha"]),
        etapas=[_etapa_leida(etapa) for etapa in datos["etapas"]],
        nombres={r["clave"]: r["nombre"] for r in datos["renglones"]},
        casillas={
            (r["clave"], etapa): casilla for r in datos["renglones"] for etapa, casilla in r["etapas"].items()
        },
        **{campo: datos[campo] for campo in _TAL_CUAL},
    )


_TAL_CUAL = ("numero", "nombre", "fuente", "nota", "presentado_en", "corrige", "municipios")


def _etapa_leida(etapa: Mapping[str, Any]) -> EtapaLeida:
    situaciones = [SituacionLeida(**situacion) for situacion in etapa["situaciones"]]
    return EtapaLeida(**{**etapa, "situaciones": situaciones})
