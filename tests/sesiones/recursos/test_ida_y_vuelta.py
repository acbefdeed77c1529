"""Lo de las sesiones se exporta, se vuelve a importar en una base vacía y queda igual."""

import json

from django.apps import apps

from sesiones import constancia_de_anexos, constancia_publica
from sesiones import models as m
from stl_portal.sello.models import Eslabon
from stl_portal.traspaso import registro
from tests.sesiones.recursos.conftest import PUBLICOS
from tests.sesiones.recursos.mudanza import Foto, foto, importar, rechazos

DEL_PROYECTO = ("stl_portal", "sesiones", "ejes", "municipios")
DE_CASA = ("sesiones", "agenda", "historicas", "archivo")


def test_cada_tabla_viaja_o_dice_por_que_no() -> None:
    """Una tabla nueva sin recurso ni razón se perdería al mudar el portal."""
    viajan = {recurso.modelo for recurso in registro.RECURSOS}
    propias = [app for app in apps.get_app_configs() if app.name.split(".")[0] in DEL_PROYECTO]
    modelos = [modelo for app in propias for modelo in app.get_models(include_auto_created=True)]
    sin_recurso = {modelo._meta.label for modelo in modelos if modelo not in viajan}
    assert sin_recurso == set(registro.SIN_RECURSO)
    assert all((*registro.SIN_RECURSO.values(), *registro.NO_VIAJAN.values()))


def test_sale_entra_y_vuelve_a_salir_identico(exportado: Foto) -> None:
    """Byte por byte, los CSV públicos también; lo sellado consta en el registro nuevo y dice que llegó."""
    antes = exportado
    de_casa = [r.clave for r in registro.RECURSOS if r.modelo._meta.app_label in DE_CASA]
    assert [clave for clave in de_casa if antes.recursos[clave].count(b"\r\n") < 2] == []
    assert [clave for clave in PUBLICOS if antes.publicos[clave].count(b"\r\n") < 2] == []
    assert m.Organo.objects.count() == Eslabon.objects.count() == 0
    resultado = importar(antes.zip)
    assert rechazos(resultado) == []
    despues = foto(PUBLICOS)
    assert despues.recursos == antes.recursos
    assert despues.publicos == antes.publicos
    assert despues.zip == antes.zip
    assert [*constancia_publica.fallas(), *constancia_de_anexos.fallas()] == []
    anotados = [json.loads(e.payload) for e in Eslabon.objects.order_by("n")]
    assert [(uno["tipo"], uno["datos"]["importada"]) for uno in anotados] == [
        ("acta-sellada", True),
        ("acta-firma-negada", True),
        ("acta-firmada", True),
        ("acta-publicada", True),
        ("acta-version-publica", True),
        ("anexo-publicado", True),
    ]
    otra_vez = importar(antes.zip)
    assert (otra_vez.rechazadas, otra_vez.cambia_algo) == (0, False)
    nuevo = m.Persona.objects.create(nombre="Quien sigue")
    assert nuevo.pk > max(m.Persona.objects.exclude(pk=nuevo.pk).values_list("pk", flat=True))
