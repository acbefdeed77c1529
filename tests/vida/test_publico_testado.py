"""Lo testado no está en ninguna página, archivo ni búsqueda pública, y el portal no lo confirma."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sesiones import fe_de_erratas, publica, sellar, testados
from sesiones import models as m
from stl_portal.archivo import almacen
from stl_portal.buscador import reindexar
from stl_portal.sello import puntos
from stl_portal.sello.models import Eslabon
from tests.personas import Reparto, crear_reparto
from tests.vida.conftest import JUEVES
from tests.vida.momentos import aprobada_despues
from tests.vida.publicas import (
    CIFRAS,
    MARCA,
    TELEFONO,
    lo_dice,
    marcada,
    pedazos,
    publicada_testada,
    publicar_sin_firmas,
    texto_del_pdf,
)
from tests.vida.test_verificar_sin_portal import desempacar, ordenes_publicadas, pegar

pytestmark = pytest.mark.django_db


def paginas(sesion: m.Sesion, codigo: str) -> list[str]:
    base = f"/sesiones/{sesion.organo.clave}/{sesion.clave}"
    actas = [f"{base}/acta{x}" for x in ("/", ".json", ".xml", ".pdf")]
    return [
        f"{base}/",
        *actas,
        *(f"{una}?version=1" for una in actas),
        *("/", "/sesiones/", f"/sesiones/{sesion.organo.clave}/", "/acuerdos/", "/novedades.atom"),
        f"/verificar/{codigo}/",
        *("/registro/", f"/acuerdos/?q={CIFRAS[:3]}", f"/sesiones/?q={CIFRAS[-4:]}"),
    ]


def test_el_dato_no_esta_en_ningun_lado(client: Client, reparto: Reparto, tmp_path: Path) -> None:
    sello = publicada_testada(reparto)
    puntos.publicar()
    sesion, original = sello.acta.sesion, almacen.leer(sello.publicacion.pdf)
    # La prueba sabe encontrarlo: en el original reservado sí está.
    assert lo_dice(texto_del_pdf(original, tmp_path))
    assert any(lo_dice(p) for p in pedazos(original))
    assert lo_dice(bytes(sello.documento))
    assert lo_dice(bytes(sello.xml))

    for direccion in paginas(sesion, sello.codigo):
        respuesta = client.get(direccion, follow=True)
        assert respuesta.status_code == 200, direccion
        assert not lo_dice(respuesta.getvalue()), direccion
    pdf = almacen.leer(publica.lo_publico(sello).pdf)
    assert b"testado 1" in texto_del_pdf(pdf, tmp_path)
    assert not lo_dice(texto_del_pdf(pdf, tmp_path))
    assert not any(lo_dice(p) for p in pedazos(pdf))
    paquete = client.get(f"/verificar/{sello.codigo}/comprobacion.zip").content
    with zipfile.ZipFile(io.BytesIO(paquete)) as abierto:
        for nombre in abierto.namelist():
            assert not lo_dice(abierto.read(nombre)), nombre
    assert not any(lo_dice(correo.body.encode()) for correo in mail.outbox)


def test_la_busqueda_no_confirma_el_dato(client: Client, reparto: Reparto) -> None:
    sello = marcada(reparto)
    for q in (TELEFONO, CIFRAS[:3], CIFRAS[-4:]):
        for lista in ("/sesiones/", "/acuerdos/"):
            assert sello.acta.sesion.designacion not in _resultados(client, lista, q), (lista, q)
    assert sello.acta.sesion.designacion in _resultados(client, "/sesiones/", "Llamar")
    assert sello.acta.sesion.designacion in _resultados(client, "/acuerdos/", "llama")
    m.Testado.objects.all().delete()
    assert sello.acta.sesion.designacion in _resultados(client, "/sesiones/", TELEFONO)


def _resultados(client: Client, lista: str, q: str) -> str:
    return client.get(lista, {"q": q}).content.decode().partition('id="contenido"')[2] or ""


def test_el_original_queda_reservado_y_la_version_anterior_se_retira(
    client: Client, reparto: Reparto
) -> None:
    sello = publicada_testada(reparto)
    primera = publica.lo_publico(sello).pdf
    descargas = {a.huella: f"/archivos/{a.huella}/{a.nombre}" for a in (sello.publicacion.pdf, primera)}
    assert _estado(client, descargas[primera.huella]) == 200
    assert _estado(client, descargas[sello.publicacion.pdf.huella]) == 410
    conduce = reparto.cuentas["facilitadora"]
    otro = {"texto": "Calle 1", "motivo": "Domicilio", "fundamento": "Artículo 3"}
    testados.marcar(sello, conduce, JUEVES, **otro, por_que="Se vio después.")
    segunda = publica.lo_publico(sello)
    assert segunda.version is not None
    assert (segunda.version.ordinal, segunda.contenido["version_publica"]["motivo"]) == (2, "Se vio después.")
    retirado = client.get(descargas[primera.huella])
    assert retirado.status_code == 410
    assert "En su lugar está la versión pública del acta." in retirado.content.decode()
    assert _estado(client, f"/archivos/{segunda.pdf.huella}/{segunda.pdf.nombre}") == 200
    client.force_login(conduce)
    assert _estado(client, descargas[sello.publicacion.pdf.huella]) == 200


def _estado(client: Client, direccion: str) -> int:
    respuesta = client.get(direccion)
    respuesta.getvalue()
    return respuesta.status_code


def test_se_verifica_la_publica_el_original_y_la_reemplazada(client: Client, reparto: Reparto) -> None:
    sello = publicada_testada(reparto)
    primera = publica.lo_publico(sello)
    conduce = reparto.cuentas["facilitadora"]
    dicho = {
        "vigente": "Tu archivo es el acta publicada y vigente",
        "datos": "Son los datos de un acta publicada y vigente",
        "original": "Es el original firmado; lo publicado es su versión pública",
        "vieja": "Tu archivo es una versión pública ya sustituida",
        "datos viejos": "Son los datos de una versión pública ya sustituida",
    }
    assert dicho["vigente"] in _verificado(client, primera.pdf.huella)
    assert dicho["datos"] in _verificado(client, primera.huella)
    assert dicho["original"] in _verificado(client, sello.publicacion.pdf.huella)
    otro = {"texto": "Calle 1", "motivo": "Domicilio", "fundamento": "Artículo 3"}
    testados.marcar(sello, conduce, JUEVES, **otro, por_que="Se vio después.")
    assert dicho["vieja"] in _verificado(client, primera.pdf.huella)
    assert dicho["datos viejos"] in _verificado(client, primera.huella)
    assert dicho["vigente"] in _verificado(client, publica.lo_publico(sello).pdf.huella)


def _verificado(client: Client, huella: str) -> str:
    return client.get("/verificar/", {"huella": huella}).content.decode()


def test_se_comprueba_con_sha256sum_y_openssl(client: Client, reparto: Reparto, tmp_path: Path) -> None:
    sello = publicada_testada(reparto)
    puntos.publicar()
    paquete = client.get(f"/verificar/{sello.codigo}/comprobacion.zip").content
    ordenes = ordenes_publicadas(client.get(f"/verificar/{sello.codigo}/").content)
    carpeta, programas = desempacar(paquete, tmp_path / "zip"), tmp_path / "programas"
    salida = pegar(ordenes, carpeta, programas)
    assert (salida.count(" consta: "), salida.count("Consta en el registro: ")) == (4, 3), salida
    assert salida.count("Signature Verified Successfully") == 3, salida
    assert salida.count(f'"{sello.codigo}"') == 3
    assert "NO CONSTA" not in salida
    for nombre in ("acta.json", "acta.xml", "acta.pdf"):
        contenido = bytearray((carpeta / nombre).read_bytes())
        contenido[len(contenido) // 2] ^= 1
        (carpeta / nombre).write_bytes(contenido)
        assert f"{nombre} NO CONSTA" in pegar(ordenes, carpeta, programas)


def test_las_listas_cuestan_lo_mismo_con_una_y_con_varias_testadas(client: Client, reparto: Reparto) -> None:
    marcada(reparto)
    direcciones = ("/sesiones/", "/acuerdos/", "/sesiones/?q=llamar", "/acuerdos/?q=llama", "/novedades.atom")
    antes = [_consultas(client, una) for una in direcciones]
    for otra in ("otro", "mas"):
        marcada(crear_reparto(otra))
    assert [_consultas(client, una) for una in direcciones] == antes


def _consultas(client: Client, direccion: str) -> int:
    reindexar.al_dia()
    with CaptureQueriesContext(connection) as capturadas:
        client.get(direccion)
    return len(capturadas)


def test_la_fe_de_erratas_hereda_lo_testado(reparto: Reparto) -> None:
    sello = publicada_testada(reparto)
    conduce = reparto.cuentas["facilitadora"]
    nueva = fe_de_erratas.abrir(sello.acta, conduce, motivo=f"Sobraba el {TELEFONO}.")
    nueva = aprobada_despues(reparto, nueva)
    segundo = publicar_sin_firmas(reparto, sellar.sellar(nueva, conduce, JUEVES))
    assert list(segundo.testados.values_list("texto", "motivo")) == [(TELEFONO, MARCA["motivo"])]
    assert TELEFONO not in publica.lo_publico(segundo).documento.decode()
    assert not any(lo_dice(payload.encode()) for payload in Eslabon.objects.values_list("payload", flat=True))
    assert not any(lo_dice(correo.body.encode()) for correo in mail.outbox)
