"""Cuando el servicio S3 no contesta se dice, se pide volver y no se pierde nada."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from sesiones import models as m
from stl_portal.archivo import almacen
from stl_portal.archivo.models import Archivo, Subida
from tests.archivo import tus
from tests.archivo.test_descarga import url
from tests.fabricas import crear_en_curso
from tests.observa.test_listo import faltan
from tests.personas import Reparto

from .conftest import objetos, usar
from .servicio import Cubo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cubo")]


def test_caido_se_dice_con_503_y_al_volver_todo_sigue_y_la_subida_termina(
    client: Client, reparto: Reparto, settings: Settings, cubo: Cubo, caido: Cubo
) -> None:
    settings.DISCO_LIBRE = 0  # el de la máquina que prueba no decide
    sesion = crear_en_curso(reparto)
    punto = sesion.puntos.get()
    archivo = almacen.guardar_propio(b"texto del oficio", "oficio.txt")
    m.Anexo.objects.create(sesion=sesion, titulo="Oficio", archivo=archivo)
    client.force_login(reparto.cuentas["facilitadora"])
    quien = tus.Quien(client)
    quien.empezar(b"evidencia que llega mientras el servicio no contesta\n")
    assert faltan(client) == []

    usar(settings, caido)
    for pedida in (url(archivo), url(archivo, ver="1")):
        sin_archivo = client.get(pedida)
        assert (sin_archivo.status_code, sin_archivo.headers["Retry-After"]) == (503, "30")
        assert sin_archivo.headers["Cache-Control"] == "no-store"
        assert "Ninguno se perdió" in sin_archivo.content.decode()
    a_medias = quien.enviar(0)
    assert (a_medias.status_code, a_medias.headers["Retry-After"]) == (503, "30")
    assert a_medias.content.decode().startswith("El almacén de archivos no responde.")
    direccion = reverse("mesa:anexar", args=(sesion.organo.clave, sesion.clave, punto.pk))
    enviado = {"titulo": "Acta de la reunión previa", "archivo": SimpleUploadedFile("a.txt", b"otro")}
    devuelto = client.post(direccion, enviado)
    assert (devuelto.status_code, devuelto.headers["Retry-After"]) == (503, "30")
    assert "Acta de la reunión previa" in devuelto.content.decode()
    assert faltan(client) == ["almacen"]
    assert (m.Anexo.objects.count(), Archivo.objects.count()) == (1, 1)

    usar(settings, cubo)
    assert faltan(client) == []
    assert quien.va() == len(quien.contenido)  # lo recibido sigue contado
    assert "Archivo-Ficha" in quien.enviar(len(quien.contenido)).headers
    subido = Subida.objects.get().archivo
    assert subido is not None
    assert objetos() == {archivo.ruta: b"texto del oficio", subido.ruta: quien.contenido}
    assert b"".join(client.get(url(archivo)).streaming_content) == b"texto del oficio"  # type: ignore[attr-defined]
