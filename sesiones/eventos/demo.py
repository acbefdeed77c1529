"""Carga la agenda ficticia del secretariado de demostración; lo que ya está no se toca."""

import datetime as dt
import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from sesiones.demo.carga import CAPTURA
from sesiones.demo.datos import fechar
from sesiones.eventos.models import CifraDeRed, Evento
from sesiones.models import Organo
from stl_portal.publico.registro import PLANES

ARCHIVO = Path(__file__).parent / "demo.toml"
ORGANO = "demo"
APARTE = ("pasos", "ponentes", "materiales", "relaciones", "motivo", "dias", "fecha")
Decir = Callable[[str], None]


@transaction.atomic
def cargar_en_demo(decir: Decir, hoy: dt.date | None = None) -> None:
    """Deja eventos en cada momento de su vida, hechos con los mismos verbos que usa quien captura."""
    hoy = hoy or timezone.localdate()
    organo = Organo.objects.filter(clave=ORGANO).first()
    if organo is None or organo.eventos.exists():
        return
    datos: Any = fechar(tomllib.loads(ARCHIVO.read_text(encoding="utf-8")), hoy)
    por = get_user_model().objects.get(email=CAPTURA)
    for ficha in datos["evento"]:
        _evento(organo, ficha, por)
    _cifras(organo, datos["cifra"], hoy, por)
    decir(f"Agenda ficticia: {len(datos['evento'])} eventos y {len(datos['cifra'])} cifras de redes")


def _evento(organo: Organo, ficha: Mapping[str, Any], por: Any) -> None:
    campos = {campo: valor for campo, valor in ficha.items() if campo not in APARTE}
    hasta = ficha["fecha"] + dt.timedelta(days=ficha.get("dias", 1) - 1)
    evento = Evento.objects.create(organo=organo, dia=ficha["fecha"], hasta=hasta, **campos)
    evento.anotar("Se agregó", por)
    for ponente in ficha["ponentes"]:
        evento.ponentes.create(**ponente)
    for material in ficha["materiales"]:
        evento.materiales.create(**material)
    for clave in _del_plan(organo)[: ficha.get("relaciones", 0)]:
        evento.relaciones.create(clave=clave)
    for verbo in ficha["pasos"]:
        argumentos = (ficha["motivo"],) if verbo == "cancelar" else ()
        getattr(evento, verbo)(por, *argumentos)


def _del_plan(organo: Organo) -> list[str]:
    """Las claves publicadas de su plan, si ya se cargó."""
    return [parte.clave for fuente in PLANES for parte in fuente.de_organos([organo.pk])]


def _cifras(organo: Organo, fichas: list[Mapping[str, Any]], hoy: dt.date, por: Any) -> None:
    """Las del año anterior, que ya terminó, y las del último mes completo."""
    este_mes = dt.date(hoy.year, hoy.month, 1)
    ultimo = este_mes - dt.timedelta(days=1)
    periodos = {
        "anio": (dt.date(hoy.year - 1, 1, 1), dt.date(hoy.year - 1, 12, 31)),
        "mes": (dt.date(ultimo.year, ultimo.month, 1), ultimo),
    }
    for ficha in fichas:
        desde, hasta = periodos[ficha.get("de", "anio")]
        campos = {campo: valor for campo, valor in ficha.items() if campo != "de"}
        datos = campos | {"valor": Decimal(ficha["valor"]), "desde": desde, "hasta": hasta}
        CifraDeRed.objects.create(organo=organo, **datos).confirmar(por)
