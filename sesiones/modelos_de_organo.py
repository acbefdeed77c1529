"""De dónde copia un órgano nuevo sus reglas, sus frases y su orden del día: una plantilla u otro órgano."""

import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from django.db.models import Model

from sesiones.models import CitaLegal, Frase, Organo, PuntoPlantilla, Regla
from stl_portal.vigencia import ConVigencia

Fila = TypeVar("Fila", bound=Model)
CARPETA = Path(__file__).parent / "plantillas_de_organo"
MUNICIPAL = "secretariado-municipal"


@dataclass(frozen=True)
class Modelo:
    """Las filas que se copian, sin órgano y sin guardar."""

    regla: Regla
    frases: tuple[Frase, ...] = ()
    plantilla: tuple[PuntoPlantilla, ...] = ()
    citas: tuple[CitaLegal, ...] = ()

    def copiar_en(self, organo: Organo) -> None:
        """Da las filas al órgano, que ya existe. Lanza `ValidationError` si alguna no se admite."""
        filas: tuple[Any, ...] = (self.regla, *self.frases, *self.plantilla, *self.citas)
        for fila in filas:
            fila.organo = organo
            fila.full_clean()
            fila.save()


def plantillas() -> Iterator[tuple[str, str]]:
    """Clave y nombre de cada plantilla del portal."""
    for archivo in sorted(CARPETA.glob("*.toml")):
        yield archivo.stem, _leer(archivo.stem)["nombre"]


def _leer(clave: str) -> dict[str, Any]:
    return tomllib.loads((CARPETA / f"{clave}.toml").read_text(encoding="utf-8"))


def de_plantilla(clave: str) -> Modelo:
    """La de `sesiones/plantillas_de_organo/<clave>.toml`."""
    datos = _leer(clave)
    return Modelo(
        Regla(**datos["regla"]),
        tuple(Frase(orden=n, **ficha) for n, ficha in enumerate(datos.get("frase", []), start=1)),
        tuple(PuntoPlantilla(orden=n, **f) for n, f in enumerate(datos.get("plantilla", []), start=1)),
    )


def de_organo(organo: Organo, al: dt.date, *, con_citas: bool) -> Modelo:
    """Lo que rige en el órgano ese día. Lanza `ValidationError` si no tiene reglas vigentes."""
    citas = organo.citas.vigentes(al) if con_citas else ()
    return Modelo(
        _suelta(organo.regla(al)),
        tuple(_suelta(f) for f in organo.frases.all()),
        tuple(_suelta(p) for p in organo.plantilla.all()),
        tuple(_suelta(c) for c in citas),
    )


def _suelta(fila: Fila) -> Fila:
    """La misma fila, como nueva y sin fechas: en el órgano que nace rige desde el principio."""
    fila.pk, fila._state.adding = None, True
    if isinstance(fila, ConVigencia):
        fila.vigente_desde = fila.vigente_hasta = None
    return fila
