"""El corte como datos: lo que se sella al publicarlo y lo que de ahí se vuelve a leer."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from municipios.cuadro import Cuadro
from municipios.estados import Avance
from municipios.models import CorteMunicipal
from sesiones.publica import SIN_NADA, tachadores

FORMA = 1  # versión de este documento
SIN_MOTIVO = {"motivo": ""}  # los primeros cortes no lo traían


def documento_de(corte: CorteMunicipal, cuadro: Cuadro) -> dict[str, Any]:
    """Lo que se publica; `organo`, `punto.sesion` y `corrige.publicacion` ya traídos.

    Las etapas de las que solo se conoce el total no llevan situación en los renglones: no se inventa. Las
    que el corte deja fuera no se mencionan.
    """
    fuera = set(corte.fuera.values_list("pk", flat=True))
    etapas = [etapa for etapa in cuadro.etapas if etapa.pk not in fuera]
    solo_total = set(corte.solo_totales.values_list("etapa", flat=True))
    sin_renglon = fuera | solo_total
    totales = dict(corte.totales.values_list("situacion", "cantidad"))
    return {
        "forma": FORMA,
        "organo": _organo(corte),
        "numero": corte.numero,
        "nombre": corte.nombre,
        "fecha": corte.fecha.isoformat(),
        "fuente": corte.fuente,
        "nota": corte.nota,
        "presentado_en": _presentado(corte),
        "corrige": _corrige(corte),
        "municipios": len(cuadro.municipios),
        "etapas": [_etapa(cuadro, etapa, etapa.pk in solo_total, totales) for etapa in etapas],
        "renglones": [_renglon(cuadro, municipio, sin_renglon) for municipio in cuadro.municipios],
    }


def _organo(corte: CorteMunicipal) -> dict[str, Any]:
    nombre = corte.organo.denominacion(corte.fecha).nombre
    return {"clave": corte.organo.clave, "nombre": nombre, "ficticio": corte.organo.ficticio}


def _presentado(corte: CorteMunicipal) -> dict[str, str] | None:
    """Sesión y punto como cualquiera los lee, sin lo testado; de una sesión que no es pública, nada."""
    punto = corte.punto
    if punto is None or not punto.sesion.publica:
        return None
    sin_lo_testado = tachadores([punto.sesion_id]).get(punto.sesion_id, SIN_NADA)
    dicho = f"{sin_lo_testado(str(punto.sesion))}, {sin_lo_testado(str(punto))}"
    return {"texto": dicho, "url": punto.sesion.get_absolute_url()}


def _corrige(corte: CorteMunicipal) -> dict[str, Any] | None:
    """A qué corte publicado sustituye, con su huella para que no haya duda."""
    if corte.corrige is None:
        return None
    huella = corte.corrige.publicacion.huella
    return {"numero": corte.corrige.numero, "huella": huella, "que": corte.que_corrige}


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


def _renglon(cuadro: Cuadro, municipio: Any, sin_renglon: set[int]) -> dict[str, Any]:
    return {
        "clave": municipio.clave,
        "nombre": municipio.nombre,
        "etapas": {
            c.etapa.clave: _casilla(c.vale) for c in cuadro.de(municipio) if c.etapa.pk not in sin_renglon
        },
    }


def _casilla(sabido: Any) -> dict[str, Any]:
    return {
        "situacion": sabido.situacion,
        "fecha": sabido.fecha.isoformat() if sabido.fecha else None,
        "nota": sabido.nota,
        "motivo": sabido.motivo,
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

    @property
    def suma(self) -> int:
        """Los municipios de todas sus situaciones; en un corte publicado, los que hay."""
        return sum(s.municipios for s in self.situaciones)

    @property
    def sabidos(self) -> int:
        """De cuántos municipios se sabe algo: los que no están «sin información»."""
        return sum(s.municipios for s in self.situaciones if s.avance != Avance.SIN_INFORMACION)

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
            (r["clave"], etapa): SIN_MOTIVO | casilla
            for r in datos["renglones"]
            for etapa, casilla in r["etapas"].items()
        },
        **{campo: datos[campo] for campo in _TAL_CUAL},
    )


_TAL_CUAL = ("numero", "nombre", "fuente", "nota", "presentado_en", "corrige", "municipios")


def _etapa_leida(etapa: Mapping[str, Any]) -> EtapaLeida:
    situaciones = [SituacionLeida(**situacion) for situacion in etapa["situaciones"]]
    return EtapaLeida(**{**etapa, "situaciones": situaciones})
