"""Dónde leer, en este portal, el acta o la sesión de la que sale un corte."""

from dataclasses import dataclass

from django.urls import reverse

from municipios.models import CorteMunicipalPublicado


@dataclass(frozen=True)
class Respaldo:
    """La página del acta o, si aquí no es pública, la de la sesión, en el punto donde se presentó."""

    url: str
    hay_acta: bool

    @property
    def dicho(self) -> str:
        """Lo que se lee en la liga."""
        return "Leer el acta en ese punto" if self.hay_acta else "Ver ese punto de la sesión"


def de(fila: CorteMunicipalPublicado) -> Respaldo | None:
    """El del corte, que viene de `publicados.filas`; None si no se presentó en una sesión pública."""
    punto = fila.corte.punto
    if punto is None or not punto.sesion.publica:
        return None
    sesion = punto.sesion
    if fila.con_acta:  # type: ignore[attr-defined]  # lo anota la consulta
        acta = reverse("sesiones:acta", args=(sesion.organo.clave, sesion.clave))
        return Respaldo(f"{acta}#acta-titulo-{punto.pk}", hay_acta=True)
    return Respaldo(f"{sesion.get_absolute_url()}#punto-{punto.pk}", hay_acta=False)
