"""Archivos que llegan en partes: se reanudan donde iban y lo confirmado no se pide otra vez."""

import datetime as dt
import fcntl
import hashlib
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from stl_portal.archivo import almacen, fichas, subidas
from stl_portal.archivo.models import Archivo, Subida
from tests.personas import Reparto

from . import tus

TEXTO = b"Asistieron doce personas al taller.\n" * 100


@pytest.fixture
def quien(client: Client, reparto: Reparto) -> tus.Quien:
    """La integrante, que prepara los reportes de su asiento."""
    client.force_login(reparto.cuentas["integrante"])
    return tus.Quien(client)


def a_medias() -> list[Path]:
    """Lo que queda en la carpeta de subidas."""
    return sorted(subidas.carpeta().glob("*"))


def test_llega_en_partes_y_al_final_da_la_ficha(quien: tus.Quien, reparto: Reparto) -> None:
    creada = quien.empezar(TEXTO)
    assert (creada.status_code, creada.headers["Tus-Resumable"]) == (201, "1.0.0")
    primera = quien.enviar(0, 1000)
    assert (primera.status_code, primera.headers["Upload-Offset"]) == (204, "1000")
    assert "Archivo-Ficha" not in primera.headers
    assert quien.va() == 1000
    ultima = quien.enviar(1000)
    archivo = Archivo.objects.get()
    assert (ultima.status_code, ultima.headers["Upload-Offset"]) == (204, str(len(TEXTO)))
    assert fichas.tomar(ultima.headers["Archivo-Ficha"]) == archivo
    assert (archivo.nombre, archivo.tipo, archivo.tamano) == ("lista.txt", "text/plain", len(TEXTO))
    assert archivo.subido_por == reparto.cuentas["integrante"]
    assert (almacen.leer(archivo), archivo.huella) == (TEXTO, hashlib.sha256(TEXTO).hexdigest())
    assert a_medias() == []


def test_repetir_la_ultima_parte_no_cambia_nada(quien: tus.Quien) -> None:
    quien.empezar(TEXTO)
    quien.enviar(0)
    repetida = quien.enviar(0)
    assert tus.dicho(repetida) == (409, "Esa parte no sigue a lo que ya se recibió.")
    vacia = quien.enviar(len(TEXTO))
    assert fichas.tomar(vacia.headers["Archivo-Ficha"]) == Archivo.objects.get()
    assert quien.va() == len(TEXTO)


@pytest.mark.parametrize(
    ("nombre", "tipo", "tamano", "esperado"),
    [
        ("lista.txt", "text/plain", 0, (422, "El archivo está vacío.")),
        ("foto.jpg", "", 26214401, (413, "El archivo pesa 25 MB; el máximo para JPEG es 25 MB.")),
        ("taller.mp4", "", 4 * 1024**3, (413, "El archivo pesa 4 GB; el máximo para video MP4 es 2 GB.")),
        (
            "acta.pdf",
            "text/html",
            10,
            (422, "El archivo termina como PDF pero se envió como «text/html»."),
        ),
    ],
)
def test_lo_que_no_se_aceptara_se_rechaza_antes_del_primer_byte(
    quien: tus.Quien, nombre: str, tipo: str, tamano: int, esperado: tuple[int, str]
) -> None:
    respuesta = quien.empezar(b"", nombre, tipo, tamano=tamano)
    assert tus.dicho(respuesta) == esperado
    assert list(Subida.objects.all()) == []


def test_un_tipo_que_no_se_acepta_lo_dice_al_anunciarlo(quien: tus.Quien) -> None:
    estado, frase = tus.dicho(quien.empezar(b"MZ", "programa.exe"))
    assert (estado, frase.partition(". ")[0]) == (422, "No se aceptan archivos .exe")


def test_si_la_huella_no_es_la_anunciada_se_rechaza_y_no_queda_nada(quien: tus.Quien) -> None:
    quien.empezar(TEXTO, huella="0" * 64)
    respuesta = quien.enviar(0)
    assert tus.dicho(respuesta) == (422, subidas.DISTINTA)
    assert (list(Subida.objects.all()), list(Archivo.objects.all()), a_medias()) == ([], [], [])
    assert list(almacen.raiz().glob("[0-9a-f][0-9a-f]/*")) == []


def test_lo_que_la_inspeccion_rechaza_dice_por_que(quien: tus.Quien) -> None:
    quien.empezar(b"<html><body>Hola", "foto.jpg", "image/jpeg")
    assert tus.dicho(quien.enviar(0)) == (
        422,
        "El archivo dice ser JPEG pero su contenido es una página HTML.",
    )
    assert (list(Subida.objects.all()), a_medias()) == ([], [])


def test_una_parte_que_no_da_su_suma_no_se_cuenta(quien: tus.Quien) -> None:
    quien.empezar(TEXTO)
    assert quien.enviar(0, 1000, **tus.suma(TEXTO[:1000])).status_code == 204
    assert quien.enviar(1000, 2000, **tus.suma(TEXTO[:1000])).status_code == 460
    assert quien.va() == 1000
    assert quien.enviar(1000, **tus.suma(TEXTO[1000:])).status_code == 204
    assert almacen.leer(Archivo.objects.get()) == TEXTO


def test_lo_escrito_sin_contar_se_borra_al_seguir(quien: tus.Quien) -> None:
    quien.empezar(TEXTO)
    quien.enviar(0, 1000)
    ruta = next(ruta for ruta in a_medias() if not ruta.suffix)
    with ruta.open("ab") as a_medias_abierto:
        a_medias_abierto.write(b"basura de un corte a la mitad")
    quien.enviar(1000)
    assert almacen.leer(Archivo.objects.get()) == TEXTO


def test_si_falta_lo_contado_lo_dice_y_no_inventa(quien: tus.Quien) -> None:
    quien.empezar(TEXTO)
    quien.enviar(0, 1000)
    next(ruta for ruta in a_medias() if not ruta.suffix).write_bytes(b"")
    assert tus.dicho(quien.enviar(1000)) == (410, subidas.PERDIDA)
    assert list(Subida.objects.all()) == []


def test_un_corte_entre_la_ultima_parte_y_el_final_se_repara_al_preguntar(quien: tus.Quien) -> None:
    quien.empezar(TEXTO)
    quien.enviar(0)
    # Como si el corte hubiera sido después de dar al archivo su nombre y antes de anotarlo.
    Archivo.objects.all().update(nombre="otro")
    Subida.objects.update(archivo=None)
    Archivo.objects.all().delete()
    respuesta = quien.enviar(len(TEXTO))
    assert fichas.tomar(respuesta.headers["Archivo-Ficha"]) == Archivo.objects.get(nombre="lista.txt")


def test_dos_a_la_vez_una_espera(quien: tus.Quien) -> None:
    quien.empezar(TEXTO)
    quien.enviar(0, 1000)
    clave = Subida.objects.get().clave
    with (subidas.carpeta() / f"{clave}.candado").open("wb") as candado:
        fcntl.flock(candado, fcntl.LOCK_EX)
        assert tus.dicho(quien.enviar(1000)) == (423, subidas.OCUPADA)
        assert quien.desechar().status_code == 423
    assert quien.enviar(1000).status_code == 204


def test_desecharla_borra_lo_que_habia(quien: tus.Quien) -> None:
    quien.empezar(TEXTO)
    quien.enviar(0, 1000)
    assert quien.desechar().status_code == 204
    assert (list(Subida.objects.all()), a_medias()) == ([], [])
    assert tus.dicho(quien.enviar(1000)) == (404, subidas.NO_ESTA)


def test_desechar_la_que_ya_llego_conserva_el_archivo(quien: tus.Quien) -> None:
    quien.empezar(TEXTO)
    quien.enviar(0)
    assert quien.desechar().status_code == 204
    assert almacen.leer(Archivo.objects.get()) == TEXTO


def test_antes_de_leerlo_se_puede_preguntar_si_se_aceptaria(quien: tus.Quien) -> None:
    def rechazo(**archivo: str) -> str:
        frase: str = quien.client.get(reverse("archivo:subidas"), archivo).json()["rechazo"]
        return frase.replace("\xa0", " ")

    assert rechazo(nombre="lista.txt", tipo="text/plain", tamano="10") == ""
    assert rechazo() == ""
    assert rechazo(nombre="lista.txt", tipo="", tamano="0") == "El archivo está vacío."
    assert rechazo(nombre="v.mp4", tipo="", tamano=str(4 * 1024**3)) == (
        "El archivo pesa 4 GB; el máximo para video MP4 es 2 GB."
    )


def test_lo_que_no_es_del_protocolo_se_dice(quien: tus.Quien) -> None:
    subidas_url = reverse("archivo:subidas")
    opciones = quien.client.options(subidas_url)
    assert (opciones.status_code, opciones.headers["Tus-Extension"]) == (
        204,
        "creation,expiration,termination,checksum",
    )
    assert quien.client.post(subidas_url).status_code == 412
    assert quien.client.post(subidas_url, headers={**tus.TUS, "Upload-Length": "diez"}).status_code == 400
    quien.empezar(TEXTO)
    assert quien.enviar(0, 10, **{"Content-Type": "text/plain"}).status_code == 415
    assert quien.enviar(0, 10, **{"Upload-Offset": "-1"}).status_code == 400
    assert quien.enviar(0, 10, **{"Upload-Checksum": "md5 AAAA"}).status_code == 400
    por_post = {**tus.TUS, "X-HTTP-Method-Override": "DELETE"}
    assert quien.client.post(quien.direccion, headers=por_post).status_code == 204
    assert list(Subida.objects.all()) == []


def test_la_de_otra_cuenta_no_existe(quien: tus.Quien, reparto: Reparto) -> None:
    quien.empezar(TEXTO)
    quien.enviar(0, 1000)
    otra = tus.Quien(Client(), quien.direccion, TEXTO)
    otra.client.force_login(reparto.cuentas["facilitadora"])
    assert tus.dicho(otra.enviar(1000)) == (404, subidas.NO_ESTA)
    assert otra.client.head(quien.direccion, headers=tus.TUS).status_code == 404
    assert otra.desechar().status_code == 404
    a_medias_de_otra = otra.client.get(reverse("archivo:subidas"), {"destino": "/reportes/1/"})
    assert a_medias_de_otra.json() == {"subidas": [], "rechazo": "", "maximo": 2 * 1024**3}


@pytest.mark.parametrize(
    ("papel", "estado"),
    [
        ("integrante", 201),
        ("facilitadora", 201),
        ("administradora", 201),
        ("auditora", 403),
        ("extrana", 403),
    ],
)
def test_sube_quien_prepara_o_conduce(client: Client, reparto: Reparto, papel: str, estado: int) -> None:
    client.force_login(reparto.cuentas[papel])
    assert tus.Quien(client).empezar(TEXTO).status_code == estado


def test_pide_la_ficha_csrf_en_cada_parte(reparto: Reparto) -> None:
    exigente = Client(enforce_csrf_checks=True)
    exigente.force_login(reparto.cuentas["integrante"])
    quien = tus.Quien(exigente)
    assert quien.empezar(TEXTO).status_code == 403
    subida = Subida.objects.create(
        por=reparto.cuentas["integrante"],
        nombre="lista.txt",
        tamano=len(TEXTO),
        huella=hashlib.sha256(TEXTO).hexdigest(),
        empezada_el=timezone.now(),
        caduca_el=timezone.now() + subidas.VIDA,
    )
    quien.direccion, quien.contenido = reverse("archivo:subida", args=(subida.clave,)), TEXTO
    assert (quien.enviar(0).status_code, quien.desechar().status_code) == (403, 403)
    ficha = "a" * 32
    exigente.cookies["csrftoken"] = ficha
    assert quien.enviar(0, **{"X-CSRFToken": ficha}).status_code == 204


def test_hay_un_limite_de_lo_que_una_cuenta_tiene_a_medias(quien: tus.Quien, settings: Settings) -> None:
    settings.SUBIDAS_ABIERTAS = 2
    quien.empezar(TEXTO)
    quien.empezar(TEXTO)
    assert tus.dicho(quien.empezar(TEXTO)) == (409, subidas.MUCHAS)
    quien.direccion = reverse("archivo:subida", args=(Subida.objects.earliest("empezada_el").clave,))
    quien.enviar(0)  # terminar una deja lugar
    assert quien.empezar(TEXTO).status_code == 201
    settings.SUBIDAS_ABIERTAS, settings.SUBIDAS_A_MEDIAS = 40, 3 * len(TEXTO) - 1
    assert tus.dicho(quien.empezar(TEXTO)) == (409, subidas.PESAN.format("10.5 KB"))


def test_no_se_acepta_lo_que_llenaria_el_disco(quien: tus.Quien, settings: Settings) -> None:
    settings.DISCO_LIBRE = 1 << 62
    assert tus.dicho(quien.empezar(TEXTO)) == (507, almacen.NO_CABE)


def test_se_listan_las_que_quedaron_a_medias_en_esa_pagina(quien: tus.Quien) -> None:
    quien.empezar(TEXTO)
    quien.enviar(0, 1000)
    direccion = quien.direccion
    quien.empezar(b"ya completa", "b.txt")
    quien.enviar(0)
    quien.empezar(TEXTO, "otra.txt", destino="/reportes/2/")
    quien.empezar(TEXTO, "c.txt", destino="/reportes/1/?para=a1")
    listadas = quien.client.get(reverse("archivo:subidas"), {"destino": "/reportes/1/"}).json()["subidas"]
    assert listadas[0] == {
        "direccion": direccion,
        "nombre": "lista.txt",
        "tamano": len(TEXTO),
        "recibido": 1000,
        "huella": hashlib.sha256(TEXTO).hexdigest(),
        "destino": "/reportes/1/",
        "ficha": "",
    }
    assert [(fila["nombre"], fila["ficha"] != "") for fila in listadas] == [
        ("lista.txt", False),
        ("b.txt", True),
        ("c.txt", False),
    ]


def test_a_los_siete_dias_caduca_y_se_barre(quien: tus.Quien) -> None:
    quien.empezar(TEXTO)
    quien.enviar(0, 1000)
    Subida.objects.update(caduca_el=timezone.now())
    assert tus.dicho(quien.enviar(1000)) == (410, subidas.NO_ESTA)
    call_command("revisar_archivos")
    assert (list(Subida.objects.all()), a_medias()) == ([], [])


def test_barrer_no_toca_lo_vigente_aunque_lleve_dias_en_pausa(quien: tus.Quien) -> None:
    quien.empezar(TEXTO)
    quien.enviar(0, 1000)
    en_tres_dias = timezone.now() + dt.timedelta(days=3)
    assert subidas.barrer(en_tres_dias) == 0
    assert almacen.limpiar_pendientes(en_tres_dias) == 0
    quien.enviar(1000)
    assert almacen.leer(Archivo.objects.get()) == TEXTO


def test_barrer_quita_los_restos_sin_renglon(quien: tus.Quien) -> None:
    quien.empezar(TEXTO)
    quien.enviar(0, 1000)
    Subida.objects.all().delete()  # la base volvió de un respaldo anterior
    assert subidas.barrer(timezone.now()) == 0
    assert len(a_medias()) == 2
    subidas.barrer(timezone.now() + dt.timedelta(days=2))
    assert a_medias() == []
