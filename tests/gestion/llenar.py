"""Una fila de cada modelo que el mundo de pruebas no trae, para que ninguna lista se mire vacía."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from stl_portal.gestion.sitio import sitio


def lo_que_falta() -> None:
    """Crea, sin señales ni verbos, una fila de cada modelo que no tenga ninguna."""
    for modelo in sitio._registry:
        _existente(modelo)


def _existente(modelo: type[models.Model]) -> models.Model:
    fila = modelo._base_manager.first()
    return _crear(modelo) if fila is None else fila


def _crear(modelo: type[models.Model]) -> models.Model:
    """Con todo lo optativo que admitan sus restricciones; lanza `AssertionError` si no admiten nada."""
    motivos = []
    for optativos in _intentos(modelo):
        try:
            with transaction.atomic():
                return modelo._base_manager.bulk_create([_fila(modelo, optativos)])[0]
        except IntegrityError as error:
            motivos.append(str(error))
    raise AssertionError(modelo._meta.label, motivos)


def _intentos(modelo: type[models.Model]) -> Iterator[list[str]]:
    """Qué campos optativos llenar: todas las relaciones, ninguna, o uno solo de los que pueden faltar."""
    campos = [c for c in modelo._meta.concrete_fields if _puede_faltar(c) and not _lo_pone_la_base(c)]
    yield [c.name for c in campos if c.is_relation and c.related_model is not modelo]
    yield []
    yield from ([c.name] for c in campos)


def _fila(modelo: type[models.Model], optativos: list[str]) -> models.Model:
    campos = [c for c in modelo._meta.concrete_fields if not _lo_pone_la_base(c)]
    llenos = [c for c in campos if c.name in optativos or not _puede_faltar(c)]
    return modelo(**{campo.name: _valor(campo) for campo in llenos})


def _puede_faltar(campo: Any) -> bool:
    return campo.null or campo.has_default() or (campo.blank and campo.empty_strings_allowed)


def _lo_pone_la_base(campo: Any) -> bool:
    return isinstance(campo, models.AutoField)


def _valor(campo: Any) -> Any:
    """Uno cualquiera de su tipo."""
    if campo.is_relation:
        return _existente(campo.related_model)
    if campo.choices:
        return campo.flatchoices[0][0]
    for tipo, valor in (
        (models.DateTimeField, timezone.now()),
        (models.DateField, dt.date(2026, 3, 18)),
        (models.TimeField, dt.time(10)),
        (models.BooleanField, False),
        (models.JSONField, []),
        (models.BinaryField, b"x"),
        ((models.IntegerField, models.DecimalField, models.FloatField), 1),
    ):
        if isinstance(campo, tipo):
            return valor
    return "x"
