"""/verificar/ reconoce el informe publicado del plan: su PDF y sus datos, y nada que no se publicara."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from ejes.cortes import editar_corte
from ejes.cortes.publicar import publicar
from ejes.estados import EstadoPlan
from ejes.models import Corte, Plan
from stl_portal.archivo import almacen


def test_el_informe_se_reconoce_y_lleva_a_su_pagina_y_a_su_eslabon(client: Client, corte: Corte) -> None:
    publicado = corte.publicacion
    for contenido, titulo in (
        (almacen.leer(publicado.pdf), "Tu archivo es un informe publicado"),
        (bytes(publicado.documento), "Son los datos de un informe publicado"),
    ):
        respuesta = client.post("/verificar/", {"pdf": SimpleUploadedFile("informe", contenido)})
        cuerpo = respuesta.content.decode()
        assert (respuesta.status_code, re.findall(r"<h1>(.*?)</h1>", cuerpo)) == (200, [titulo])
        assert f'href="{corte.get_absolute_url()}"' in cuerpo
        assert f'href="/registro/eslabon/{publicado.eslabon}/"' in cuerpo
    assert client.get("/verificar/", {"codigo": publicado.pdf.huella}).status_code == 200
    assert client.head("/verificar/", {"huella": publicado.pdf.huella}).status_code == 200


def test_del_que_despues_se_corrigio_se_avisa(client: Client, corte: Corte) -> None:
    publicado = corte.publicacion
    correccion = editar_corte.corregir(corte, "Una cifra no era.")
    assert "Tu archivo es un informe publicado" in leer(client, publicado.pdf.huella)
    publicar(correccion, None, timezone.now())
    for huella, titulo in (
        (publicado.pdf.huella, "Tu archivo es un informe que después se corrigió"),
        (publicado.huella, "Son los datos de un informe que después se corrigió"),
    ):
        cuerpo = leer(client, huella)
        assert re.findall(r"<h1>(.*?)</h1>", cuerpo) == [titulo]
        assert "Hay una corrección posterior, que se enlaza desde su página." in cuerpo
        assert f'href="{corte.get_absolute_url()}"' in cuerpo
    assert correccion.get_absolute_url() in client.get(corte.get_absolute_url()).content.decode()
    assert "Tu archivo es un informe publicado" in leer(client, correccion.publicacion.pdf.huella)


def leer(client: Client, huella: str) -> str:
    return client.get("/verificar/", {"huella": huella}).content.decode()


def test_el_de_un_plan_que_no_se_publica_no_se_reconoce(client: Client, corte: Corte) -> None:
    Plan.objects.filter(pk=corte.plan_id).update(estado=EstadoPlan.BORRADOR)
    assert client.get("/verificar/", {"huella": corte.publicacion.huella}).status_code == 404
