"""Quien tenía algo abierto mientras llegó un archivo se entera; los números dados no se dan otra vez."""

import io
from typing import Any

import pytest
from django.utils import timezone

from sesiones import models as m
from stl_portal.cuentas.models import Usuario
from stl_portal.textos.models import Texto
from stl_portal.traspaso import deshacer, escritura, lectura, registro
from stl_portal.traspaso.models import Importacion
from stl_portal.traspaso.motor import Motor
from stl_portal.traspaso.recurso import Recurso
from stl_portal.traspaso.resultado import Resultado
from stl_portal.versiones import VersionRancia

from .recursos import Cuentas, Personas

pytestmark = pytest.mark.django_db


class Textos(Recurso):
    clave, nombre, modelo, llave = "textos", "Textos", Texto, ("clave", "ambito")


@pytest.fixture(autouse=True)
def _solo_los_de_prueba(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registro, "RECURSOS", [Textos, Personas, Cuentas])
    monkeypatch.setattr(registro, "AL_TERMINAR", [])


def importar(recurso: Any, contenido: bytes) -> Resultado:
    return Motor().importar(lectura.hojas(io.BytesIO(contenido), lectura.CSV, recurso))


def test_importar_y_deshacer_son_otro_guardado_y_nadie_los_pisa() -> None:
    texto = Texto.objects.create(clave="portada", escrito="Antes")
    archivo = b"".join(escritura.en_csv(Textos)).replace(b"Antes", b"Del archivo")
    resultado = importar(Textos, archivo)
    assert (resultado.rechazadas, resultado.cuentas["textos"].cambian) == (0, 1)
    abierto = Texto.objects.get()
    assert (abierto.escrito, abierto.version) == ("Del archivo", 2)
    with pytest.raises(VersionRancia):  # quien lo abrió antes de importar
        texto.guardar_sobre(1, escrito="Lo mío")
    assert not importar(Textos, archivo).cambia_algo  # el mismo archivo ya no dice nada nuevo

    por = Usuario.objects.create_user("a@prueba.example", nombre="A")
    hecha = Importacion.objects.create(
        recurso="textos", por=por, subida_el=timezone.now(), resumen=resultado.resumen()
    )
    with pytest.raises(deshacer.NoSeDeshace, match=deshacer.SIN_ANOTAR):
        deshacer.deshacer(hecha)
    hecha.guardar_tandas(resultado.tandas)
    deshacer.deshacer(hecha)
    assert [(t.escrito, t.version) for t in Texto.objects.all()] == [("Antes", 3)]
    with pytest.raises(VersionRancia):  # quien lo abrió ya importado
        abierto.guardar_sobre(2, escrito="Lo mío")


def test_un_numero_ya_dado_no_se_da_otra_vez() -> None:
    m.Persona.objects.create(nombre="Queda")
    archivo = b"".join(escritura.en_csv(Personas))
    m.Persona.objects.all().delete()
    borrada = m.Persona.objects.create(nombre="Se borra")
    numero = borrada.pk
    borrada.delete()
    assert importar(Personas, archivo).cuentas["personas"].nuevas == 1
    assert m.Persona.objects.create(nombre="Sigue").pk == numero + 1
