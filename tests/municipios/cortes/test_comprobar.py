"""Lo publicado se comprueba contra el registro: cada byte, cada columna, cada fila."""

import datetime as dt

import pytest
from django.db import connection, transaction

from municipios.cortes import publicar
from municipios.documento import leer
from municipios.models import (
    CorteMunicipalPublicado,
    Etapa,
    Situacion,
)
from tests.municipios.cortes.conftest import AHORA
from tests.municipios.fabricas import LEON, anotar
from tests.quitar_guardas import quitar_las_de_lo_sellado

# --- La comprobación ---


def test_cada_byte_cambiado_del_documento_se_detecta(publicado: CorteMunicipalPublicado) -> None:
    quitar_las_de_lo_sellado(connection)
    original = bytes(publicado.documento)
    sin_detectar = []
    with transaction.atomic():
        for lugar in range(0, len(original), max(1, len(original) // 400)):
            distinto = original[:lugar] + bytes([original[lugar] ^ 1]) + original[lugar + 1 :]
            CorteMunicipalPublicado.objects.update(documento=distinto)
            if [f.que for f in publicar.fallas()] != ["el documento no da su huella (documento, huella)"]:
                sin_detectar.append(lugar)
        transaction.set_rollback(True)
    assert sin_detectar == []


@pytest.mark.parametrize(
    ("cambio", "que"),
    [
        ({"huella": "0" * 64}, "huella"),
        ({"publicado_el": AHORA + dt.timedelta(microseconds=1)}, "cuando"),
        ({"eslabon": 4096}, "no existe"),
    ],
)
def test_una_columna_cambiada_se_detecta(
    publicado: CorteMunicipalPublicado, cambio: dict[str, object], que: str
) -> None:
    quitar_las_de_lo_sellado(connection)
    CorteMunicipalPublicado.objects.update(**cambio)
    hallado = [f for f in publicar.fallas() if f.donde == f"corte municipal publicado {publicado.pk}"]
    assert hallado
    assert que in " ".join(f.que for f in hallado)


def test_una_fila_que_desaparece_se_detecta(publicado: CorteMunicipalPublicado) -> None:
    quitar_las_de_lo_sellado(connection)
    CorteMunicipalPublicado.objects.all().delete()
    assert [str(f) for f in publicar.fallas()] == [
        f"eslabón {publicado.eslabon}: consta «corte-municipal-publicado» y su fila ya no está"
    ]


def test_cambiar_despues_lo_anotado_no_cambia_lo_publicado(publicado: CorteMunicipalPublicado) -> None:
    Situacion.objects.update(nombre="Otra cosa")
    anotar(Etapa.objects.get(clave="convocatoria"), LEON, "cumplido")
    publicado.refresh_from_db()
    assert b"Otra cosa" not in bytes(publicado.documento)
    assert leer(bytes(publicado.documento)).casillas[LEON, "convocatoria"]["situacion"] == "en_proceso"
    assert list(publicar.fallas()) == []
