"""Listas cortas que se escriben en una sola caja: una por renglón, o los objetivos separados por comas."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Manager

from ejes import ods
from ejes.models import Alineacion
from stl_portal import texto


class UnaPorRenglon(forms.CharField):
    """Varias cosas, una en cada renglón; los renglones vacíos no cuentan."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Limpia cada renglón por su lado."""
        crudos = (super().to_python(value) or "").splitlines()
        return "\n".join(limpio for crudo in crudos if (limpio := texto.limpiar_linea(crudo)))


def leer(filas: "Manager[Any]") -> str:
    """Los textos guardados, uno por renglón y en su orden."""
    return "\n".join(" ".join(fila.texto.split()) for fila in filas.all())


def guardar(filas: "Manager[Any]", escrito: str) -> None:
    """Sustituye los textos guardados por los escritos, numerados desde 1."""
    filas.all().delete()
    for orden, linea in enumerate(escrito.splitlines(), start=1):
        filas.create(orden=orden, texto=linea)


class CampoODS(forms.CharField):
    """Objetivos y metas de desarrollo sostenible: «16.6, 17»."""

    def to_python(self, value: Any) -> str:
        """Los ordena y quita los repetidos; dice cuál no existe."""
        crudos = re.split(r"[,;\s]+", (super().to_python(value) or "").strip())
        return decir({separar(crudo) for crudo in crudos if crudo})


def separar(escrito: str) -> tuple[int, str]:
    """«16.6» → (16, «16.6»); «17» → (17, «»). Lanza `ValidationError` si no es un objetivo ni una meta."""
    numero = escrito.partition(".")[0]
    if not (numero.isascii() and numero.isdigit() and int(numero) in ods.OBJETIVOS):
        raise ValidationError(f"«{escrito}» no es un ODS: van del 1 al 17, y sus metas como 16.6.")
    meta = escrito if "." in escrito else ""
    ods.exigir_meta_de(int(numero), meta)
    return int(numero), meta


def decir(alineaciones: "set[tuple[int, str]]") -> str:
    """«16.6, 17», en orden."""
    return ", ".join(meta or str(objetivo) for objetivo, meta in sorted(alineaciones))


def leer_ods(filas: "Manager[Alineacion]") -> str:
    """Lo guardado, como se escribe."""
    return decir({(fila.objetivo, fila.meta) for fila in filas.all()})


def guardar_ods(filas: "Manager[Alineacion]", escrito: str) -> None:
    """Sustituye las alineaciones guardadas por las escritas."""
    filas.all().delete()
    for parte in filter(None, escrito.split(", ")):
        objetivo, meta = separar(parte)
        filas.create(objetivo=objetivo, meta=meta)
