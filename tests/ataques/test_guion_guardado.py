"""Guion guardado: lo que se escribe en cualquier campo de texto se muestra como texto, en cada página."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.test import Client

from stl_portal.archivo.models import Archivo
from stl_portal.cuentas.models import Usuario
from tests.accesibilidad.paginas import paginas
from tests.cuentas.codigos import identificarse

pytestmark = pytest.mark.apariencia

# Cierra el atributo y la etiqueta en que caiga; también es liga de las ligeras y orden de plantilla.
VENENO = (
    " \"'><img src=x onerror=ataque(1)></textarea></title></script><script>ataque(2)</script>"
    " [liga](javascript:ataque(3)) {{ataque}} {% ataque %}"
)
VIVO = ("<img src=x", "<script>ataque", '"javascript:', "'javascript:")
DORMIDO = "&lt;img src=x onerror=ataque(1)&gt;"
ARMADOS = (models.SlugField, models.EmailField, models.URLField, models.FileField)
CLAVE = re.compile(r"[\w.:/-]{0,80}")
CLAVES = frozenset({"formatos_agenda", "columnas"})  # varias en un mismo texto


def textos() -> Iterator[tuple[Any, str]]:
    """Modelo y nombre de cada campo de texto libre del portal."""
    nuestros = ("sesiones", "ejes", "municipios", "stl_portal")
    for modelo in apps.get_models():
        if modelo.__module__.startswith(nuestros) and modelo is not Archivo:  # su nombre va en su dirección
            for campo in modelo._meta.concrete_fields:
                texto = isinstance(campo, (models.CharField, models.TextField)) and not isinstance(
                    campo, ARMADOS
                )
                if texto and not campo.choices and not campo.primary_key and campo.name not in CLAVES:
                    yield modelo, campo.name


def envenenar() -> int:
    """Agrega el veneno a los textos que la base deja cambiar; devuelve a cuántos campos.

    Los que en todas sus filas traen una clave (un folio, un verbo) no los escribe una persona.
    """
    entraron = 0
    for modelo, campo in textos():
        filas = list(modelo._base_manager.values_list("pk", campo))
        if not all(CLAVE.fullmatch(valor or "") for _, valor in filas):
            entraron += (
                _cambia(modelo, campo) or sum(_cambia(modelo, campo, pk=pk) for pk, _ in filas[-40:]) > 0
            )
    return entraron


def _cambia(modelo: Any, campo: str, **cuales: Any) -> bool:
    """Si la base dejó: lo sellado no cambia."""
    try:
        with transaction.atomic():
            modelo._base_manager.filter(**cuales).update(**{campo: Concat(F(campo), Value(VENENO))})
    except DatabaseError:
        return False
    return True


def test_guion_guardado(demostracion_servida: None) -> None:
    visitas = paginas()
    assert envenenar() > 100
    vivos: list[str] = []
    dormidos = 0
    for quien, direcciones in visitas.items():
        client = Client()
        if quien:
            identificarse(client, Usuario.objects.get(email=quien))
        for direccion in direcciones:
            respuesta = client.get(direccion)
            cuerpo = b"".join(respuesta).decode(errors="replace")  # también lo que sale por partes
            vivos += [f"{direccion}: {vivo}" for vivo in VIVO if vivo in cuerpo]
            dormidos += DORMIDO in cuerpo
    assert vivos == []
    assert dormidos > 200
