"""Entregar el informe y avisar a quien conduce el secretariado: le toca elegir dónde se presenta."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from municipios import mensajes
from municipios.models import CambioInforme, InformeTrimestral
from sesiones.asuntos import asunto
from sesiones.models import Organo, Rol
from sesiones.permisos import CONDUCEN
from stl_portal.avisos import envio
from stl_portal.avisos.envio import Mensaje
from stl_portal.cuentas.models import Usuario

from . import escribir

ENTREGAR = "entregar"


def quienes_conducen(organo: Organo, al: dt.date) -> list[Usuario]:
    """Las cuentas activas que conducen el secretariado por rol propio."""
    roles = Rol.objects.vigentes(al).filter(organo=organo, tipo__in=CONDUCEN)
    return list(Usuario.objects.filter(pk__in=roles.values("usuario"), is_active=True).order_by("nombre"))


def entregar(informe: InformeTrimestral, por: Any, cuando: dt.datetime) -> int:
    """Lo da por escrito, avisa a quienes conducen, salvo a quien lo entrega, y dice a cuántos.

    Lanza lo mismo que `escribir.entregar`; entonces no se avisa a nadie.
    """
    with transaction.atomic():
        escribir.entregar(informe, por, cuando)
        vez = informe.historia.filter(verbo=ENTREGAR).count()  # devuelto y entregado otra vez, se avisa otra
        motivo = f"informe-entregado:{informe.pk}:{vez}"
        return len(
            envio.encolar(mensajes.ENTREGADO, motivo, _mensajes(informe, por, timezone.localdate(cuando)))
        )


def _mensajes(informe: InformeTrimestral, por: Any, al: dt.date) -> Iterator[Mensaje]:
    clase, titulo = mensajes.ENTREGADO, f"{str(informe)[:1].lower()}{str(informe)[1:]}"
    dicho = asunto(clase.titulo(titulo=titulo), al, informe.organo)
    contexto = {
        "informe": informe,
        "organo": informe.organo.denominacion(al).nombre,
        "por": por,
        "liga": envio.liga(informe.get_absolute_url()),
    }
    for cuenta in quienes_conducen(informe.organo, al):
        if cuenta != por:
            yield Mensaje(cuenta.email, dicho, clase.texto(contexto | {"nombre": cuenta}), str(cuenta))


def es_quien_entrego(historia: Sequence[CambioInforme], usuario: Any) -> bool:
    """Si la última vez lo entregó esa cuenta: entonces no lo devuelve, lo recupera."""
    entregas = [cambio for cambio in historia if cambio.verbo == ENTREGAR]
    return bool(entregas) and entregas[-1].por_id == usuario.pk
