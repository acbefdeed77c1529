"""La versión pública no lleva lo testado en ningún byte; el original queda reservado y se comprueba."""

import hashlib
import json

import pytest

from sesiones import constancia_publica, publica, version_publica
from sesiones import models as m
from stl_portal.archivo import almacen
from tests.personas import Reparto
from tests.vida.publicas import publicada_testada

pytestmark = pytest.mark.django_db


def test_publicar_elabora_la_version_publica(reparto: Reparto) -> None:
    sello = publicada_testada(reparto)
    publico = publica.lo_publico(sello)
    version = publico.version
    assert version is not None
    assert list(version_publica.razones(sello)) == ["1 dato testado"]
    assert (version.ordinal, publico.pdf) == (1, version.pdf)
    assert hashlib.sha256(almacen.leer(version.pdf)).hexdigest() == version.pdf.huella
    dicho = json.loads(bytes(version.documento))["version_publica"]
    assert (dicho["de"], dicho["codigo"]) == (sello.huella, sello.codigo)
    assert list(constancia_publica.fallas()) == []
    assert m.Acta.objects.get(pk=sello.acta_id).publica
