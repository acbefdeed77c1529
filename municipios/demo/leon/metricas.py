"""Las mediciones externas ficticias del secretariado de León."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction

from municipios import carga
from municipios.models import Metrica, Municipio
from sesiones.models import Organo

CAMPOS = ("clave", "nombre", "autor", "unidad", "minimo", "maximo", "metodologia")


@transaction.atomic
def cargar(organo: Organo, fichas: Sequence[Mapping[str, Any]], hoy: dt.date) -> str:
    """Cada medición con los valores de su municipio; dice cuántas son."""
    carga.cargar()
    municipio = Municipio.objects.get(clave=organo.clave_municipio)
    for ficha in fichas:
        metrica = Metrica(organo=organo, **{campo: ficha[campo] for campo in CAMPOS if campo in ficha})
        metrica.full_clean()
        metrica.save()
        for dicho in ficha["valores"]:
            metrica.valores.create(
                municipio=municipio,
                anio=hoy.year - dicho["hace"],
                valor=Decimal(dicho["valor"]),
                literal=dicho.get("literal", ""),
                fuente=ficha["fuente"],
            )
    return f"{len(fichas)} métricas ficticias de {municipio}"
