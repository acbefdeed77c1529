"""Los archivos en un servicio S3: subir, bajar, publicar, retirar y barrer, igual que en el disco."""

import datetime as dt
import hashlib
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from sesiones import anexos
from sesiones import models as m
from stl_portal.archivo import ajustes, almacen, cubo, deposito, sobrantes
from stl_portal.archivo.models import Subida
from tests.anexos.conftest import con_anexos, foto, subir
from tests.anexos.conftest import url as del_anexo
from tests.archivo import tus
from tests.archivo.hostiles import sencillo
from tests.archivo.test_descarga import url
from tests.fabricas import crear_sesion
from tests.personas import Reparto

from .conftest import en_crudo, objetos, usar
from .servicio import Cubo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cubo")]


def entrar(client: Client, reparto: Reparto) -> Client:
    client.force_login(reparto.cuentas["facilitadora"])
    return client


def cuerpo(respuesta: Any) -> bytes:
    return b"".join(respuesta.streaming_content) if respuesta.streaming else respuesta.content


def test_lo_que_se_sube_por_partes_queda_en_el_cubo_y_se_baja_entero_y_por_rangos(
    client: Client, reparto: Reparto, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ENTREGA_INTERNA = ""
    monkeypatch.setattr(cubo, "TRAMO", 300_000)  # más de un tramo sin un archivo enorme
    contenido = b"".join(b"renglon %07d de la evidencia\n" % n for n in range(30_000))
    quien = tus.Quien(entrar(client, reparto))
    quien.empezar(contenido)
    assert quien.enviar(0, 500_000).status_code == 204
    assert (quien.va(), objetos()) == (500_000, {})  # a medias no está en el cubo
    assert "Archivo-Ficha" in quien.enviar(500_000).headers
    archivo = Subida.objects.get().archivo
    assert archivo is not None
    assert objetos() == {archivo.ruta: contenido}
    assert [r.name for r in almacen.raiz().rglob("*") if r.is_file()] == []
    m.Anexo.objects.create(sesion=crear_sesion(reparto), titulo="Anexo", archivo=archivo)

    todo = client.get(url(archivo))
    assert (todo.status_code, hashlib.sha256(cuerpo(todo)).hexdigest()) == (200, archivo.huella)
    assert todo.headers["Content-Length"] == str(len(contenido))
    assert todo.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert (todo.headers["X-Content-Type-Options"], todo.headers["Accept-Ranges"]) == ("nosniff", "bytes")
    etiqueta = todo.headers["ETag"]
    assert client.get(url(archivo), headers={"If-None-Match": etiqueta}).status_code == 304
    for rango, desde, hasta in (
        ("bytes=0-9", 0, 10),
        ("bytes=299990-600010", 299_990, 600_011),
        ("bytes=-17", len(contenido) - 17, len(contenido)),
    ):
        parte = client.get(url(archivo), headers={"Range": rango, "If-Range": etiqueta})
        assert (parte.status_code, cuerpo(parte)) == (206, contenido[desde:hasta])
        assert parte.headers["Content-Range"] == f"bytes {desde}-{hasta - 1}/{len(contenido)}"
    pasado = client.get(url(archivo), headers={"Range": f"bytes={len(contenido)}-"})
    assert (pasado.status_code, pasado.headers["Content-Range"]) == (416, f"bytes */{len(contenido)}")


def test_un_anexo_se_publica_testado_y_su_imagen_sin_metadatos_y_al_retirarlo_es_410(
    client: Client, reparto: Reparto
) -> None:
    padron = sencillo()
    sesion = con_anexos(reparto, subir(padron), subir(foto(), "plaza.jpg"))
    documento, plaza = sesion.anexos.order_by("orden")
    por = reparto.cuentas["facilitadora"]
    publicado = anexos.publicar_completo(documento, por, timezone.now()).archivo
    imagen = anexos.publicar_completo(plaza, por, timezone.now()).archivo
    assert publicado is not None
    assert imagen is not None
    assert cuerpo(client.get(url(publicado))) == objetos()[publicado.ruta] == padron
    de_la_plaza = cuerpo(client.get(url(imagen)))
    assert (b"Fulana" in foto(), b"Fulana" in de_la_plaza) == (True, False)
    miniatura = client.get(f"/archivos/{publicado.huella}/miniatura/")
    assert (miniatura.status_code, miniatura.headers["Content-Type"]) == (200, "image/webp")
    assert objetos()[f"miniaturas/{publicado.huella}"] == cuerpo(miniatura)
    dibujo = entrar(Client(), reparto).get(del_anexo(documento, "pagina_de_anexo", 1))
    assert (dibujo.status_code, dibujo.headers["Content-Type"]) == (200, "image/png")
    anexos.retirar(documento, por, timezone.now(), "Se publicó por error.")
    assert client.get(url(publicado)).status_code == 410


def test_revisar_archivos_encuentra_en_el_cubo_lo_que_falta_lo_que_cambio_y_lo_que_sobra(
    settings: Settings, cubo: Cubo, caido: Cubo
) -> None:
    sano, perdido, alterado = (almacen.guardar_propio(b"acta %d" % n, f"{n}.txt") for n in range(3))
    sobra = hashlib.sha256(b"sobra").hexdigest()
    en_crudo().Object(perdido.ruta).delete()
    en_crudo().put_object(Key=alterado.ruta, Body=b"otra")
    en_crudo().put_object(Key=f"{sobra[:2]}/{sobra}", Body=b"sobra")
    salida, errores = StringIO(), StringIO()
    with pytest.raises(CommandError, match="recupéralos del respaldo"):
        call_command("revisar_archivos", stdout=salida, stderr=errores)
    assert errores.getvalue() == f"FALTA {perdido.huella} «1.txt»\nALTERADO {alterado.huella} «2.txt»\n"
    assert sobra in salida.getvalue()
    assert sano.huella not in salida.getvalue()
    sobrantes.barrer(timezone.now() + dt.timedelta(days=8))
    assert [apartado.propio for apartado in sobrantes.apartados()] == [sobra]
    assert sobrantes.devolver(sobra)
    assert objetos()[f"{sobra[:2]}/{sobra}"] == b"sobra"
    usar(settings, caido)  # que no conteste no es que falten
    with pytest.raises(CommandError, match="no responde"):
        call_command("revisar_archivos", stdout=StringIO())
    usar(settings, Cubo(cubo.url, "cubo-que-no-existe"))
    with pytest.raises(deposito.AlmacenCaido):
        almacen.pesa(sano.huella)


def test_lo_que_quedo_a_medias_en_el_cubo_se_barre_al_dia_siguiente() -> None:
    en_crudo().put_object(Key="pendientes/prueba-1", Body=b"x")
    archivo = almacen.guardar_propio(b"uno", "1.txt")
    assert almacen.limpiar_pendientes(timezone.now()) == 0
    # El servicio de prueba dice que toda subida por partes empezó en 2010.
    en_crudo().Object("aa/a-medias").initiate_multipart_upload().Part(1).upload(Body=b"x")
    assert almacen.limpiar_pendientes(timezone.now() + dt.timedelta(days=2)) == 2
    assert (list(objetos()), list(en_crudo().multipart_uploads.all())) == ([archivo.ruta], [])


def test_lo_que_estaba_en_el_disco_se_trae_al_cubo_y_repetirlo_no_cambia_nada(
    settings: Settings, cubo: Cubo, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "antes"
    settings.STORAGES = settings.STORAGES | {"default": ajustes.del_entorno({})}
    antes = [almacen.guardar_propio(b"acta %d" % n, f"{n}.txt") for n in range(2)]
    danado = almacen.raiz() / "ab" / ("ab" * 32)
    danado.parent.mkdir(exist_ok=True)
    danado.write_bytes(b"otra cosa")
    usar(settings, cubo)
    dicho, errores = StringIO(), StringIO()
    for _ in range(2):
        with pytest.raises(CommandError, match="1 no se pusieron"):
            call_command("traer_archivos", str(tmp_path / "antes"), stdout=dicho, stderr=errores)
    assert dicho.getvalue() == "2 archivos puestos; 0 ya estaban.\n0 archivos puestos; 2 ya estaban.\n"
    assert danado.name in errores.getvalue()
    assert objetos() == {archivo.ruta: b"acta %d" % n for n, archivo in enumerate(antes)}
