"""Lo que se comprobó y cómo salió, para leerse y para guardarse."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.utils import timezone

from stl_portal.espanol import fecha_larga

TOPE = 20  # renglones de detalle por paso: con más, el informe no se lee


@dataclass(frozen=True)
class Paso:
    """Algo que se comprobó: qué se halló, si está bien y, si no, dónde."""

    dicho: str
    bien: bool = True
    detalle: Sequence[str] = ()


@dataclass
class Informe:
    """Los pasos, en orden."""

    pasos: list[Paso] = field(default_factory=list)

    def anotar(self, dicho: str, fallas: Sequence[str] = ()) -> None:
        """Un paso: está bien si no tiene fallas."""
        self.pasos.append(Paso(dicho, not fallas, tuple(fallas)))

    @property
    def bien(self) -> bool:
        """Si todo lo comprobado está bien, y algo se comprobó."""
        return bool(self.pasos) and all(paso.bien for paso in self.pasos)

    def renglones(self) -> list[str]:
        """Cada paso en un renglón, con su detalle debajo."""
        escritos = []
        for paso in self.pasos:
            escritos.append(f"{'BIEN ' if paso.bien else 'FALLA'}  {paso.dicho}")
            escritos += [f"         · {falla}" for falla in paso.detalle[:TOPE]]
            if len(paso.detalle) > TOPE:
                escritos.append(f"         · … y {len(paso.detalle) - TOPE} más")
        return escritos

    def escribir(self, ruta: Path) -> None:
        """Lo deja en un archivo, para quien lo pidió desde otro proceso."""
        ruta.write_text(json.dumps([asdict(paso) for paso in self.pasos]), encoding="utf-8")


def leer(ruta: Path) -> Informe:
    """El que `escribir` dejó."""
    return Informe([Paso(**paso) for paso in json.loads(ruta.read_text(encoding="utf-8"))])


def cuando(instante: dt.datetime) -> str:
    """«22 de noviembre de 2026, 15:30», en la hora del portal."""
    local = timezone.localtime(instante)
    return f"{fecha_larga(local.date())}, {local:%H:%M}"
