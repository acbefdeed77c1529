"""Los 46 municipios, desde su archivo de datos."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from stl_portal.publico import registro

from .models import Municipio

ARCHIVO = Path(__file__).parent / "datos" / "municipios.json"
CAMPOS = ("nombre", "cabecera", "latitud", "longitud")
ESTADO = "Guanajuato"


def leer() -> list[dict[str, Any]]:
    """Los renglones del archivo: clave INEGI, nombre, cabecera, coordenadas y geonameid."""
    renglones: list[dict[str, Any]] = json.loads(ARCHIVO.read_text(encoding="utf-8"))
    return renglones


def cargar() -> int:
    """Crea los municipios que falten y devuelve cuántos; los que están no se tocan."""
    with transaction.atomic():
        existentes = set(Municipio.objects.values_list("clave", flat=True))
        faltan = [r for r in leer() if r["clave"] not in existentes]
        for renglon in faltan:
            fila = Municipio(clave=renglon["clave"], **{campo: renglon[campo] for campo in CAMPOS})
            fila.full_clean()
            fila.save()
    return len(faltan)


def cargar_en_demo(decir: Callable[[str], None]) -> None:
    """Carga los municipios con la demostración y dice cuántos creó."""
    creados = cargar()
    if creados:
        decir(f"{creados} municipios de Guanajuato")


def para_fundar() -> Iterator[registro.Municipio]:
    """Los municipios cargados, por nombre: dónde se puede fundar un secretariado."""
    for municipio in Municipio.objects.order_by("nombre"):
        yield registro.Municipio(municipio.clave, municipio.nombre, f"{municipio.nombre}, {ESTADO}")
