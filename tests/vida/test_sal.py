"""De la huella del original no se adivina lo testado, aunque se sepa casi todo el documento."""

import hashlib
import json

import pytest

from sesiones import firmar, publica
from sesiones.acta import akn
from stl_portal.sello.canonico import canonico, huella
from stl_portal.sello.models import Eslabon
from tests.personas import Reparto
from tests.vida.conftest import JUEVES
from tests.vida.momentos import sellada
from tests.vida.publicas import publicada_testada

pytestmark = pytest.mark.django_db


def test_con_lo_publico_y_el_dato_no_se_llega_a_ninguna_huella(reparto: Reparto) -> None:
    sello = publicada_testada(reparto)
    publico = publica.lo_publico(sello)
    assert publico.version is not None
    original = json.loads(bytes(sello.documento))
    anotado = json.loads(Eslabon.objects.get(n=sello.eslabon).payload)["datos"]
    adivinado = {clave: valor for clave, valor in original.items() if clave != "sal"}
    for intento in (adivinado, adivinado | {"sal": ""}):  # acertó en todo lo testado y le falta la sal
        assert huella(canonico(intento)) != sello.huella
        assert hashlib.sha256(akn.acta_xml(intento, sello.huella)).hexdigest() != anotado["xml"]
    assert hashlib.sha256(akn.acta_xml(original, sello.huella)).hexdigest() == anotado["xml"]
    assert len(original["sal"]) == 32
    for publicado in (publico.documento, publico.xml):
        assert original["sal"].encode() not in publicado


def test_cada_acta_y_cada_negativa_llevan_su_propia_sal(reparto: Reparto) -> None:
    sello = sellada(reparto)
    lugar = sello.lugares.filter(persona__usuario=reparto.cuentas["integrante"]).get()
    negadas = [
        firmar.negarse(lugar, reparto.cuentas["integrante"], JUEVES, motivo="Salud.") for _ in range(2)
    ]
    sales = [json.loads(bytes(sello.documento))["sal"], *(firma.detalle["sal"] for firma in negadas)]
    assert [len(sal) for sal in sales] == [32, 32, 32]
    assert len(set(sales)) == 3
