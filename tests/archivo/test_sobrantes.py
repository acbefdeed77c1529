"""Lo que en el almacén ningún renglón nombra se aparta, vuelve si hace falta y al mes se borra."""

import datetime as dt
import hashlib

import pytest
from django.test import Client
from django.utils import timezone

from stl_portal.archivo import almacen, sobrantes
from stl_portal.archivo.models import Archivo
from tests.en_disco import ruta_de
from tests.personas import Reparto

from . import tus


@pytest.mark.django_db
def test_solo_se_aparta_lo_que_nada_nombra_y_regresa_si_alguien_lo_nombra(
    reparto: Reparto, client: Client
) -> None:
    ahora, ocho = timezone.now(), dt.timedelta(days=8)
    nombrado = almacen.guardar_propio(b"con renglon", "a.txt")
    sobra = almacen.guardar_propio(b"sin renglon", "b.txt")
    ruta, renglon = ruta_de(sobra), Archivo.objects.filter(pk=sobra.pk).values().get()
    Archivo.objects.filter(pk=sobra.pk).delete()
    # De una subida que se cortó ya completa: su archivo tiene nombre definitivo y todavía no renglón.
    client.force_login(reparto.cuentas["colega"])
    quien = tus.Quien(client)
    quien.empezar(b"por terminar")
    por_terminar = ruta_de(Archivo(huella=hashlib.sha256(b"por terminar").hexdigest()))
    por_terminar.parent.mkdir(exist_ok=True)
    por_terminar.write_bytes(b"por terminar")

    assert sobrantes.barrer(ahora + dt.timedelta(days=6)) == 0
    assert sobrantes.barrer(ahora + ocho) == 1
    assert (ruta.exists(), por_terminar.exists(), ruta_de(nombrado).exists()) == (False, True, True)

    Archivo.objects.create(**renglon)
    assert sobrantes.barrer(ahora + ocho) == 0
    assert ruta.read_bytes() == b"sin renglon"

    Archivo.objects.filter(pk=sobra.pk).delete()
    assert sobrantes.barrer(ahora + ocho) == 1
    assert sobrantes.barrer(ahora + sobrantes.GUARDA - dt.timedelta(days=1)) == 0
    assert [apartado.propio for apartado in sobrantes.apartados()] == [sobra.huella]
    sobrantes.barrer(ahora + sobrantes.GUARDA + dt.timedelta(days=1))
    assert sobrantes.apartados() == []
