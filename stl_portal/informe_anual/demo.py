"""Dos informes ficticios de demostración, uno publicado y otro en preparación; lo que ya está no se toca."""

import datetime as dt
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from stl_portal.publico.registro import OrganoPublico, organos

from . import escribir
from .apartado import Periodo
from .models import InformeAnual
from .publicar import publicar

DATOS = Path(__file__).parent / "demo.toml"
ORGANO = "demo"


@transaction.atomic
def cargar(decir: Callable[[str], None], ahora: dt.datetime | None = None) -> None:
    """Deja los dos, hechos con los mismos verbos que usa quien los arma."""
    ahora = ahora or timezone.now()
    if InformeAnual.objects.filter(clave_del_organo=ORGANO).exists():
        return
    hoy = timezone.localdate(ahora)
    organo = organos(hoy).get(ORGANO)
    if organo is None:
        return
    textos = tomllib.loads(DATOS.read_text(encoding="utf-8"))
    publicado = _con_textos(organo, doce_meses(hoy), textos["publicado"], ahora)
    publicar(publicado, None, ahora)
    este_ano = Periodo(dt.date(hoy.year, 1, 1), dt.date(hoy.year, 12, 31))
    _con_textos(organo, este_ano, textos["en_preparacion"], ahora)
    decir("Informes anuales ficticios: uno publicado y otro en preparación")


def doce_meses(hoy: dt.date) -> Periodo:
    """Los últimos doce meses completos: se cargue el día que se cargue, hay algo que informar."""
    hasta = dt.date(hoy.year, hoy.month, 1) - dt.timedelta(days=1)
    return Periodo(dt.date(hoy.year - 1, hoy.month, 1), hasta)


def _con_textos(
    organo: OrganoPublico, periodo: Periodo, textos: dict[str, Any], ahora: dt.datetime
) -> InformeAnual:
    informe = escribir.empezar(organo, periodo, None, ahora)
    for fila in informe.textos.all():
        escrito, va = textos.get(fila.apartado, ""), fila.apartado not in textos["no_van"]
        if escrito or not va:
            escribir.guardar(fila, fila.version, None, escrito, va=va)
    return informe
