"""Nadie edita lo sellado por las buenas; por las malas, se detecta y se dice dónde."""

import re
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from sesiones import constancia_publica, fe_de_erratas
from sesiones import models as m
from tests.personas import Reparto
from tests.quitar_guardas import quitar_las_de_lo_sellado
from tests.vida.momentos import publicada


def _impide(orden: str) -> None:
    with pytest.raises(IntegrityError, match="sellad"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(orden)


def test_la_base_impide_cambiar_y_borrar_lo_sellado(reparto: Reparto) -> None:
    publicada(reparto)
    sellados: list[type[Model]] = [m.Sello, m.LugarDeFirma, m.Firma, m.Publicacion]
    for modelo in sellados:
        tabla = modelo._meta.db_table
        for campo in modelo._meta.concrete_fields:
            _impide(f'UPDATE "{tabla}" SET "{campo.column}" = "{campo.column}"')
        _impide(f'DELETE FROM "{tabla}"')


def test_del_acta_sellada_solo_avanza_su_estado(reparto: Reparto) -> None:
    sello = publicada(reparto)
    _impide("UPDATE sesiones_acta SET via = 'correo'")
    _impide("DELETE FROM sesiones_acta")
    fe_de_erratas.abrir(sello.acta, reparto.cuentas["facilitadora"], motivo="Otra hora.")
    m.Acta.objects.filter(pk=sello.acta.pk).update(estado="sustituida")


def test_lo_intacto_no_tiene_fallas(reparto: Reparto) -> None:
    publicada(reparto)
    assert list(constancia_publica.fallas()) == []


CAMBIOS: dict[str, tuple[Any, dict[str, Any], str]] = {
    "un byte del documento": (m.Sello, {"documento": None}, "no da su huella"),
    "el código": (m.Sello, {"codigo": "AAAA-AAAA-AAAA-AAAA"}, "el código no es"),
    "el XML": (m.Sello, {"xml": b"<otro/>"}, r"acta \S+: no dice lo que anotó el eslabón 1 \(xml\)"),
    "quién firma": (m.LugarDeFirma, {"nombre": "Otra persona"}, "los lugares de firma"),
    "cómo firmó": (m.Firma, {"clase": "simple"}, r"firma \d+ del acta \S+: no dice .* eslabón 2 \(clase\)"),
    "qué eslabón cita": (m.Firma, {"eslabon": 999}, "999, que no existe"),
    "la vía de aprobación": (m.Acta, {"via": "correo"}, "la fila del acta"),
}


def _dichas_tras(modelo: Any, nuevos: dict[str, Any]) -> list[str]:
    """Las fallas que se dicen con ese cambio, que al salir se deshace."""
    fila = modelo.objects.order_by("pk").first()
    if "documento" in nuevos:
        nuevos = {"documento": bytes(fila.documento).replace(b"Prueba", b"prueba", 1)}
    with transaction.atomic():
        modelo.objects.filter(pk=fila.pk).update(**nuevos)
        dichas = [str(falla) for falla in constancia_publica.fallas()]
        transaction.set_rollback(True)
    return dichas


def test_cada_cambio_se_detecta_y_se_localiza(reparto: Reparto) -> None:
    publicada(reparto)
    quitar_las_de_lo_sellado(connection)
    dichas = {que: _dichas_tras(modelo, nuevos) for que, (modelo, nuevos, _) in CAMBIOS.items()}
    calladas = {
        que: dichas[que]
        for que, (_, _, esperado) in CAMBIOS.items()
        if not any(re.search(esperado, dicha) for dicha in dichas[que])
    }
    assert calladas == {}


def test_borrar_una_firma_se_nota(reparto: Reparto) -> None:
    publicada(reparto)
    quitar_las_de_lo_sellado(connection)
    m.Firma.objects.order_by("pk").first().delete()  # type: ignore[union-attr]
    assert [str(f) for f in constancia_publica.fallas()] == [
        "eslabón 2: consta «acta-firmada» y su fila ya no está"
    ]
