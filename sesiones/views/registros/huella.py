"""Dos personas corrigen la misma fila: quien guarda después ve ambos valores y nada se pisa.

Los registros no llevan número de versión: el formulario lleva una huella de la fila tal como se
leyó, y al guardar se compara, con el órgano bloqueado, con la fila como está.
"""

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django import forms
from django.db.models import Model
from django.forms import BoundField
from django.utils import timezone

from sesiones.forms.registros import ConRenglones
from stl_portal.archivo.forms import CampoArchivo
from stl_portal.archivo.models import Archivo
from stl_portal.espanol import fecha_larga

from .celdas import si_no

CAMPO = "huella"
VACIO = "(vacío)"


@dataclass(frozen=True)
class Diferencia:
    """Un dato que no coincide: como está guardado y como lo escribió quien llegó después."""

    dato: str
    guardado: str
    tuyo: str


def huella(forma: Any) -> str:
    """Resumen de la fila y sus renglones como están en la base; vacío si todavía no existe.

    Se pide antes de validar: al validar, Django pone lo escrito en la fila.
    """
    if forma.instance.pk is None:
        return ""
    renglones = forma.hijos.get_queryset() if isinstance(forma, ConRenglones) else ()
    valores = [_valores(fila) for fila in (forma.instance, *renglones)]
    aparte = {campo: en_palabras(forma[campo], forma[campo].initial) for campo in forma.APARTE}
    valores += [aparte] if aparte else []
    return sha256(json.dumps(valores, default=_llano, sort_keys=True).encode()).hexdigest()


def _valores(fila: Model) -> dict[str, Any]:
    return {campo.attname: getattr(fila, campo.attname) for campo in fila._meta.concrete_fields}


def _llano(valor: Any) -> str:
    """Los bytes, por su contenido: PostgreSQL los da en una vista que cambia en cada lectura."""
    return valor.hex() if isinstance(valor, (bytes, memoryview)) else str(valor)


def diferencias(forma: Any) -> list[Diferencia]:
    """Lo escrito que no coincide con lo guardado; vacío si es lo mismo (se perdió la respuesta)."""
    forma.is_valid()
    filas = [_del_campo(forma[nombre]) for nombre in forma.changed_data]
    if isinstance(forma, ConRenglones):
        filas += _de_renglones(forma)
    return [fila for fila in filas if fila.guardado != fila.tuyo]


def _del_campo(campo: BoundField) -> Diferencia:
    return Diferencia(str(campo.label), en_palabras(campo, campo.initial), _escrito(campo))


def _escrito(campo: BoundField) -> str:
    """Lo que la persona puso: limpio si fue válido, tal cual si no."""
    limpio = getattr(campo.form, "cleaned_data", {})
    return en_palabras(campo, limpio.get(campo.name, campo.data))


def _de_renglones(forma: ConRenglones) -> list[Diferencia]:
    """Renglones cambiados, quitados o agregados, de un lado o del otro."""
    titulo, vistos, filas = forma.TITULO_RENGLONES, set(), []
    for renglon in forma.hijos:
        vistos.add(renglon.instance.pk)
        if not renglon.has_changed():
            continue
        campos = [c for c in renglon.visible_fields() if c.name != "DELETE"]
        guardado = _juntos([en_palabras(c, c.initial) for c in campos]) if renglon.instance.pk else VACIO
        quita = getattr(renglon, "cleaned_data", {}).get("DELETE")
        filas.append(
            Diferencia(titulo, guardado, "Lo quitas" if quita else _juntos([_escrito(c) for c in campos]))
        )
    ajenos = [fila for fila in forma.hijos.get_queryset() if fila.pk not in vistos]
    return [
        *filas,
        *(Diferencia(titulo, str(fila), "No lo tienes a la vista; se conserva") for fila in ajenos),
    ]


def _juntos(valores: list[str]) -> str:
    return "; ".join(v for v in valores if v != VACIO) or VACIO


def en_palabras(campo: BoundField, valor: Any) -> str:
    """El valor de un campo como lo diría una persona."""
    control = campo.field
    if isinstance(control, forms.BooleanField):
        return si_no(bool(valor))
    if valor in (None, ""):
        return VACIO
    if isinstance(control, forms.ModelMultipleChoiceField):
        return _elegidas(control, valor)
    if isinstance(control, forms.MultipleChoiceField):
        return "; ".join(sorted(str(dict(control.choices).get(v, v)) for v in valor)) or VACIO  # type: ignore[arg-type]
    if isinstance(control, CampoArchivo):
        archivo = Archivo.objects.filter(pk=valor).first() if isinstance(valor, int) else valor
        return f"{archivo.nombre} ({archivo.huella[:8]})" if isinstance(archivo, Archivo) else str(valor)
    if isinstance(control, forms.ModelChoiceField) and not isinstance(valor, Model):
        elegida = control.queryset.filter(pk=valor).first() if str(valor).isdigit() else None  # type: ignore[union-attr]
        return str(elegida or valor)
    if isinstance(control, forms.ChoiceField) and not isinstance(valor, Model):
        return str(dict(control.choices).get(valor, valor))  # type: ignore[arg-type]
    return _suelto(valor)


def _suelto(valor: Any) -> str:
    """Un número sin ceros de sobra, una fecha en palabras; lo demás, como se escribe."""
    if isinstance(valor, Decimal):
        return f"{valor.normalize():f}"
    if isinstance(valor, dt.datetime):
        return f"{fecha_larga(timezone.localtime(valor).date())}, {timezone.localtime(valor):%H:%M} h"
    return fecha_larga(valor) if isinstance(valor, dt.date) else str(valor)


def _elegidas(control: "forms.ModelMultipleChoiceField[Any]", valor: Any) -> str:
    """Las filas elegidas, vengan como filas o como los números que mandó el navegador."""
    sueltas = [str(v) for v in valor if not isinstance(v, Model) and str(v).isdigit()]
    filas = [v for v in valor if isinstance(v, Model)]
    if sueltas and control.queryset is not None:
        filas += control.queryset.filter(pk__in=sueltas)
    return "; ".join(sorted(str(fila) for fila in filas)) or VACIO
