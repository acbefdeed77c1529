"""Lo que se testa deja de descargarse también de las versiones guardadas de los datos abiertos."""

import gzip

import pytest
from django.test import Client
from django.utils import timezone

from sesiones import models as m
from sesiones import testados
from sesiones.testados import SE_TESTO
from stl_portal.archivo import almacen
from stl_portal.datos import versiones
from stl_portal.datos.models import VersionDeDatos
from stl_portal.datos.registro import CONJUNTOS
from stl_portal.sello.models import Eslabon
from tests import fabricas
from tests.en_disco import ruta_de
from tests.personas import Reparto, crear_reparto
from tests.vida.conftest import JUEVES
from tests.vida.publicas import MARCA, TELEFONO, lo_dice, publicar_sin_firmas, sellada_con_dato

pytestmark = pytest.mark.django_db
POR_QUE = "Se publicó un dato de más."


def _que_lo_dicen() -> set[str]:
    """Las versiones cuyo archivo dice el teléfono."""
    return {
        str(fila)
        for fila in VersionDeDatos.objects.select_related("archivo")
        if lo_dice(gzip.decompress(almacen.leer(fila.archivo)))
    }


def _de_otra_sesion(reparto: Reparto) -> None:
    """Una concluida, de otro órgano, que dice el mismo teléfono y nadie testa."""
    sesion = fabricas.crear_sesion(reparto)
    punto = fabricas.crear_punto(sesion)
    m.Acuerdo.objects.create(sesion=sesion, punto=punto, numero=1, texto=f"El público: {TELEFONO}.")
    m.Sesion.objects.filter(pk=sesion.pk).update(estado="concluida")


def test_las_que_lo_decian_de_esa_sesion_ya_no_se_entregan(client: Client, reparto: Reparto) -> None:
    _de_otra_sesion(crear_reparto("otro"))
    versiones.guardar(CONJUNTOS["acuerdos"], timezone.now())
    sello = publicar_sin_firmas(reparto, sellada_con_dato(reparto))
    versiones.guardar_todas(timezone.now())
    assert _que_lo_dicen() == {
        "acuerdos, versión 1",  # de la otra sesión, donde sigue siendo público
        "acuerdos, versión 2",
        "sesiones, versión 1",
    }
    por = reparto.cuentas["facilitadora"]
    testados.previa_con(sello, por, JUEVES, **MARCA, por_que=POR_QUE)
    assert not VersionDeDatos.objects.exclude(retirada_el=None).exists()
    testados.marcar(sello, por, JUEVES, **MARCA, por_que=POR_QUE)
    retiradas = VersionDeDatos.objects.exclude(retirada_el=None)
    assert {(str(v), v.motivo, v.retirada_el) for v in retiradas} == {
        ("acuerdos, versión 2", SE_TESTO, JUEVES),
        ("sesiones, versión 1", SE_TESTO, JUEVES),
    }
    assert Eslabon.objects.filter(tipo=versiones.RETIRADA).count() == 2
    for fila in VersionDeDatos.objects.all():
        respuesta = client.get(fila.get_absolute_url())
        assert respuesta.status_code == (410 if fila.retirada_el else 200)
        if fila.retirada_el:
            assert SE_TESTO in respuesta.content.decode()
            assert not lo_dice(respuesta.content)


def test_no_queda_en_ninguna_forma_que_se_descargue(client: Client, reparto: Reparto) -> None:
    sello = sellada_con_dato(reparto)
    versiones.guardar_todas(timezone.now())
    testados.marcar(sello, reparto.cuentas["facilitadora"], JUEVES, **MARCA)  # antes de publicarse el acta
    versiones.guardar_todas(timezone.now())
    de_versiones = [fila.get_absolute_url() for fila in VersionDeDatos.objects.all()]
    vigentes = [f"/datos/{clave}.{forma}" for clave in CONJUNTOS for forma in ("csv", "json")]
    dichos = []
    for direccion in (*de_versiones, *vigentes, "/datos/popolo.json"):
        respuesta = client.get(direccion)
        assert respuesta.status_code in (200, 410)
        if lo_dice(b"".join(respuesta)):
            dichos.append(direccion)
    assert dichos == []


def test_la_que_no_se_puede_leer_tambien_se_retira(reparto: Reparto) -> None:
    sello = sellada_con_dato(reparto)
    versiones.guardar(CONJUNTOS["organos"], timezone.now())
    guardada = VersionDeDatos.objects.get()
    ruta_de(guardada.archivo).unlink()
    testados.marcar(sello, reparto.cuentas["facilitadora"], JUEVES, **MARCA)
    guardada.refresh_from_db()
    assert guardada.motivo == SE_TESTO
