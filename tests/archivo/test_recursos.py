"""Lo testado y la copia pública de un archivo que ya está no cambian con un archivo importado."""

import json

import pytest

from stl_portal.archivo.models import Archivo, CopiaPublica, ZonaTestada
from stl_portal.archivo.recursos import CopiasPublicas, ZonasTestadas
from stl_portal.traspaso.celdas import Celda
from tests.traspaso.alterar import razones, renglones

YA_ESTA = (
    "Su archivo ya está en el portal: nada de esto se agrega ni cambia con un archivo;"
    " llega entero con lo que es nuevo."
)


@pytest.mark.django_db
def test_lo_testado_no_cambia_con_un_archivo() -> None:
    original, publico, otro = (
        Archivo.objects.create(huella=letra * 64, nombre=f"{letra}.pdf", tipo="application/pdf", tamano=1)
        for letra in "abc"
    )
    campos = {"pagina": 1, "x": 0.1, "y": 0.1, "ancho": 0.5, "alto": 0.5}
    ZonaTestada.objects.create(archivo=original, motivo="Domicilio", fundamento="Art. 1", **campos)
    zonas = [{"pagina": 1, "motivo": "Domicilio", "fundamento": "Art. 1"}]
    CopiaPublica.objects.create(original=original, publico=publico, zonas=zonas)
    zona, copia = renglones(ZonasTestadas)[0], renglones(CopiasPublicas)[0]
    assert (razones(ZonasTestadas, zona), razones(CopiasPublicas, copia)) == ([], [])
    assert razones(ZonasTestadas, zona | {"ancho": "0.001"}) == [f"archivo: {YA_ESTA}"]
    assert razones(ZonasTestadas, zona | {"n": ""}) == [f"archivo: {YA_ESTA}"]
    assert razones(CopiasPublicas, copia | {"publico": otro.huella}) == [f"original: {YA_ESTA}"]
    for mal in ("nan", "inf", "-Infinity", "1e999"):
        assert razones(ZonasTestadas, zona | {"x": mal}) == ["x: Debe ser un número con punto decimal."]
    # Lo que no se ve, o voltea la línea al leerse, no entra; los renglones quedan como están.
    leida = Celda().clean("Jose\u0301\u202e \u200bdicho\x07\r\ny otro ")
    assert leida == "Jos\u00e9 dicho\r\ny otro "
    sin_forma = json.dumps([{"pagina": "una"}])
    assert "zonas: No tiene la forma de este dato; se deja como salió al exportar." in razones(
        CopiasPublicas, copia | {"zonas": sin_forma}
    )
