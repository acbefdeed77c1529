"""Dos personas ante la misma casilla: la segunda espera a la primera y se entera de lo que hizo."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from municipios.captura.anotar import anotar as anota
from municipios.captura.deshacer import NO_ES_LA_ULTIMA, deshacer
from municipios.models import Anotacion, Etapa, Municipio
from sesiones import models as m
from stl_portal.versiones import VersionRancia
from tests.hilos import a_la_vez, uno_tras_otro
from tests.municipios.fabricas import LEON, anotar, crear_etapas, crear_municipal
from tests.personas import DESDE, DIA, Reparto, crear_reparto

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def gente() -> Reparto:
    return crear_reparto()


@pytest.fixture
def etapa(gente: Reparto) -> Etapa:
    return crear_etapas(gente.organo, "convocatoria")[0]


def _cumple(gente: Reparto, etapa: Etapa, sobre: int) -> Anotacion:
    leon, cumplido = Municipio.objects.get(pk=LEON), etapa.situaciones.get(clave="cumplido")
    return anota(gente.cuentas["facilitadora"], gente.organo, leon, etapa, cumplido, fecha=DIA, sobre=sobre)


def _vieja(anotacion: Anotacion) -> Anotacion:
    return Anotacion.objects.select_related("etapa__organo").get(pk=anotacion.pk)


def test_la_del_estado_y_la_del_municipio_no_se_pisan(gente: Reparto, etapa: Etapa) -> None:
    municipal = crear_municipal(gente.organo)
    enlace = municipal.cuentas["extrana"]
    m.Rol.objects.create(usuario=enlace, organo=municipal.organo, tipo="enlace", vigente_desde=DESDE)
    hoy = timezone.localdate().isoformat()
    datos = {"fecha": hoy, "al": hoy, "version": 0}

    def envia(usuario: object, situacion: str) -> int:
        client = Client(headers={"X-Autoguardado": "1"})
        client.force_login(usuario)  # type: ignore[arg-type]
        elegida = etapa.situaciones.get(clave=situacion).pk
        url = f"/gestion/municipios/prueba/{LEON}/{etapa.clave}/"
        return client.post(url, datos | {"situacion": elegida}).status_code

    dichas = {"cumplido": gente.cuentas["facilitadora"], "en_proceso": enlace}
    estados = a_la_vez([lambda s=s, u=u: envia(u, s) for s, u in dichas.items()])  # type: ignore[misc]
    assert sorted(estados) == [200, 409]
    ganadora = list(dichas)[estados.index(200)]
    assert (Anotacion.objects.get().situacion.clave, Anotacion.objects.get().por) == (
        ganadora,
        dichas[ganadora],
    )


def test_no_se_deshace_lo_que_otra_persona_acaba_de_cambiar(gente: Reparto, etapa: Etapa) -> None:
    vieja = anotar(etapa, LEON, "en_proceso")
    lo_visto = _vieja(vieja)

    def deshace() -> str:
        with pytest.raises(ValidationError) as rechazo:
            deshacer(gente.cuentas["colega"], lo_visto)
        return str(rechazo.value.messages[0])

    assert uno_tras_otro(lambda: _cumple(gente, etapa, vieja.pk), deshace) == NO_ES_LA_ULTIMA
    assert _vieja(vieja).anulada_el is None


def test_no_se_anota_sobre_lo_que_otra_persona_acaba_de_deshacer(gente: Reparto, etapa: Etapa) -> None:
    vieja = anotar(etapa, LEON, "en_proceso")
    lo_visto = _vieja(vieja)

    def anotar_encima() -> object:
        with pytest.raises(VersionRancia) as choque:
            _cumple(gente, etapa, vieja.pk)
        return choque.value.actual

    assert uno_tras_otro(lambda: deshacer(gente.cuentas["colega"], lo_visto), anotar_encima) is None
    assert Anotacion.objects.count() == 1
