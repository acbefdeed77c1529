"""Lo último que cambió, en la portada: lo real antes que lo ficticio, y solo lo público."""

from django.test import Client

from sesiones import models as m
from tests import fabricas
from tests.personas import Reparto, crear_reparto


def _bloque(client: Client) -> str:
    texto = client.get("/").content.decode()
    return texto.partition('id="t-portada-novedades"')[2].partition("</section>")[0]


def test_sin_novedades_no_hay_bloque(client: Client, reparto: Reparto) -> None:
    fabricas.crear_sesion(reparto)
    assert "Lo último que cambió" not in client.get("/").content.decode()


def test_dice_lo_ultimo_con_su_fecha_y_quien_lo_publico(client: Client, reparto: Reparto) -> None:
    sesion = fabricas.crear_sesion(reparto)
    fabricas.avisar(sesion)
    bloque = _bloque(client)
    assert sesion.designacion in bloque
    assert "Ver qué cambió esta semana" in bloque


def test_lo_ficticio_solo_si_no_hay_otra_cosa(client: Client, reparto: Reparto) -> None:
    ficcion = crear_reparto("ficcion")
    m.Organo.objects.filter(pk=ficcion.organo.pk).update(ficticio=True)
    fabricas.avisar(fabricas.crear_sesion(ficcion))
    assert "ficticio" in _bloque(client)
    fabricas.avisar(fabricas.crear_sesion(reparto))
    for _ in range(6):  # más recientes y más que las que caben
        fabricas.avisar(fabricas.crear_sesion(ficcion))
    assert "ficticio" not in _bloque(client)
