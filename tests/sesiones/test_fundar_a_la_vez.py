"""Dos personas fundan a la vez el secretariado del mismo municipio: nace uno y a la otra se le dice."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from municipios import carga
from sesiones import models as m
from stl_portal.avisos.models import Aviso
from stl_portal.cuentas.models import Usuario
from tests.cuentas.codigos import identificarse
from tests.hilos import a_la_vez
from tests.personas import DESDE, crear_reparto

LEON = "11020"
ASIENTOS = "institución | sector | función\nAyuntamiento {n} | poder público | presidencia\n"


@pytest.mark.parametrize("claves", [("", ""), ("stm-leon", "stm-de-leon")])
def test_de_dos_que_fundan_el_mismo_municipio_nace_uno(
    transactional_db: None, claves: tuple[str, str]
) -> None:
    carga.cargar()
    reparto = crear_reparto()
    otra = reparto.cuentas["colega"]
    m.Rol.objects.create(usuario=otra, organo=reparto.organo, tipo="administradora", vigente_desde=DESDE)
    mesas = [identificarse(Client(), cuenta) for cuenta in (reparto.cuentas["administradora"], otra)]
    url = reverse("organos:fundar", args=(reparto.organo.clave,))

    def funda(n: int) -> Callable[[], int]:
        datos = {
            "municipio": LEON,
            "modelo": "plantilla:secretariado-municipal",
            "clave": claves[n],
            "facilita": f"facilita-{n}@leon.example",
            "facilita_nombre": "Flora Díaz",
            "asientos": ASIENTOS.format(n=n),
            "envio": f"ficha-{n}",
            "fundar": "si",
        }
        return lambda: mesas[n].post(url, datos).status_code

    estados = a_la_vez([funda(0), funda(1)])
    assert sorted(estados) == [302, 422]
    n = estados.index(302)
    organo = m.Organo.objects.get(clave_municipio=LEON)
    assert organo.clave == (claves[n] or "stm-leon")
    # De la que no pudo no queda nada a medias: ni instituciones, ni cuentas, ni correos.
    assert m.Institucion.objects.filter(nombre__startswith="Ayuntamiento").get().nombre == f"Ayuntamiento {n}"
    nuevas = Usuario.objects.filter(email__endswith="@leon.example")
    assert [cuenta.email for cuenta in nuevas] == [f"facilita-{n}@leon.example"]
    assert list(Aviso.objects.values_list("para", flat=True)) == [f"facilita-{n}@leon.example"]
