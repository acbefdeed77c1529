"""Un byte cambiado en cualquier fila sellada de un acta se detecta y se dice cuál acta es.

Sin `MUTACIONES` se prueban unos cientos; `make mutaciones` prueba diez mil.
"""

import os
import random
from contextlib import suppress
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from sesiones import constancia_publica
from sesiones import models as m
from tests.personas import Reparto, crear_reparto
from tests.quitar_guardas import quitar_las_de_lo_sellado
from tests.vida.momentos import publicada
from tests.vida.publicas import publicada_testada

CUANTAS = int(os.environ.get("MUTACIONES", "120"))
SELLADOS: tuple[type[models.Model], ...] = (
    *(m.Sello, m.LugarDeFirma, m.Firma, m.Publicacion, m.VersionPublica, m.Acta),
)


@pytest.fixture
def _dos_actas(reparto: Reparto) -> None:
    """Dos actas publicadas de órganos distintos, una en versión pública, sin guardas."""
    publicada(reparto)
    publicada_testada(crear_reparto("otro"))
    quitar_las_de_lo_sellado(connection)


def _alterar(fila: models.Model, campo: Any, azar: random.Random) -> None:
    """Cambia un byte (o el número, o el instante) de esa columna, sin pasar por el portal."""
    valor = getattr(fila, campo.attname)
    if isinstance(valor, bytes | memoryview):
        nuevo: Any = _otro_byte(bytes(valor), azar)
    elif isinstance(valor, str):
        nuevo = _otra_letra(valor, azar)
    elif isinstance(valor, dict):
        nuevo = valor | {"añadido": azar.randrange(1000)}
    elif isinstance(valor, list):
        nuevo = [*valor, azar.randrange(1000)]
    elif isinstance(campo, models.DateField):
        nuevo = valor.replace(year=valor.year - 1 - azar.randrange(9))
    else:
        nuevo = (valor or 0) + azar.choice([1, 3, 4096])
    type(fila)._default_manager.filter(pk=fila.pk).update(**{campo.attname: nuevo})


def _otro_byte(valor: bytes, azar: random.Random) -> bytes:
    lugar = azar.randrange(len(valor))
    return valor[:lugar] + bytes([valor[lugar] ^ azar.randrange(1, 256)]) + valor[lugar + 1 :]


def _otra_letra(valor: str, azar: random.Random) -> str:
    if not valor:
        return azar.choice("abc")
    lugar = azar.randrange(len(valor))
    return valor[:lugar] + azar.choice([c for c in "aeiou019-" if c != valor[lugar]]) + valor[lugar + 1 :]


@pytest.mark.usefixtures("_dos_actas")
def test_todo_byte_cambiado_en_lo_sellado_se_localiza() -> None:
    assert list(constancia_publica.fallas()) == []
    filas = [fila for modelo in SELLADOS for fila in modelo._default_manager.all()]
    lugares = [(f, c) for f in filas for c in f._meta.concrete_fields if not c.primary_key]
    azar, sin_notar, guardados = random.Random(CUANTAS), [], 0
    for _ in range(CUANTAS):
        fila, campo = azar.choice(lugares)
        # Lo que choca con una restricción ni siquiera llega a guardarse.
        with suppress(IntegrityError), transaction.atomic():
            _alterar(fila, campo, azar)
            guardados += 1
            suya = f"{fila._meta.verbose_name} {fila.pk}"
            if not any(" del acta " in f.donde or f.donde == suya for f in constancia_publica.fallas()):
                sin_notar.append((fila._meta.label, campo.name))
            transaction.set_rollback(True)
    assert sin_notar == []
    rechazados = CUANTAS - guardados
    print(f"{CUANTAS} cambios en filas selladas: {rechazados} los rechazó la base, los demás se localizaron")
