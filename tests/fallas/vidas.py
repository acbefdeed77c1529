"""Lo que vive cada hijo antes de morir: guarda, sube, sella, firma y publica, y anuncia lo ya confirmado.

Guardar y subir son peticiones completas: se anuncian cuando el portal ya contestó que sí. Los textos y los
archivos salen de su nombre, para que quien revisa sepa qué debe haber sin que nadie se lo diga.
"""

import datetime as dt
import os
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from sesiones import firmar, publicar
from stl_portal.archivo import almacen
from tests.archivo import tus
from tests.fabricas import crear_en_curso
from tests.personas import Reparto, crear_reparto
from tests.vida.conftest import JUEVES
from tests.vida.momentos import sellada

GUARDADOS = 4
PARTES = 3
DE_CAPTURA = "-captura"  # cómo termina la clave de los órganos donde se guarda y se sube
PARRAFO = "Se expone el avance del compromiso y las personas integrantes lo comentan. "
Anunciar = Callable[..., None]


def vivir(salida: int, clave: str) -> None:
    """Vidas completas sin parar; anuncia cada acto confirmado como «verbo cosa dato»."""

    def anunciar(verbo: str, cosa: object, dato: object = "") -> None:
        os.write(salida, f"{verbo} {cosa} {dato}\n".encode())

    vuelta = 0
    while True:
        vuelta += 1
        reparto = crear_reparto(f"{clave}-{vuelta}")
        de_captura = crear_reparto(f"{clave}-{vuelta}{DE_CAPTURA}")
        punto = crear_en_curso(de_captura).puntos.get()
        quien = Client()
        quien.force_login(de_captura.cuentas["colega"])
        os.write(salida, b"listo\n")
        guardar(quien, punto, anunciar)
        subir(tus.Quien(quien), f"{clave}-{vuelta}.txt", anunciar)
        llevar_acta(reparto, anunciar)


def guardar(quien: Client, punto: Any, anunciar: Anunciar) -> None:
    """El autoguardado de la mesa, una versión sobre otra."""
    sesion = punto.sesion
    direccion = reverse("mesa:texto", args=(sesion.organo.clave, sesion.clave, punto.pk))
    for version in range(1, GUARDADOS + 1):
        datos = {"desahogo": texto_de(punto.pk, version + 1), "version": version}
        respuesta = quien.post(direccion, datos, headers={"x-autoguardado": "1"})
        assert respuesta.json() == {"version": version + 1}, respuesta.content
        anunciar("guardada", punto.pk, version + 1)


def texto_de(punto: int, version: int) -> str:
    """Lo que dice la versión de un punto; el de la primera, vacío."""
    return f"{PARRAFO * 40}Versión {version} del punto {punto}." if version > 1 else ""


def subir(quien: tus.Quien, nombre: str, anunciar: Anunciar) -> None:
    """Un archivo en partes; se anuncia al abrirla y tras cada parte, con lo que el portal dijo tener."""
    contenido = contenido_de(nombre)
    quien.empezar(contenido, nombre)
    anunciar("subida", quien.direccion, 0)
    parte = len(contenido) // PARTES + 1
    for desde in range(0, len(contenido), parte):
        respuesta = quien.enviar(desde, desde + parte)
        assert respuesta.status_code == 204, respuesta.content
        anunciar("subida", quien.direccion, respuesta.headers["Upload-Offset"])


def contenido_de(nombre: str) -> bytes:
    """Unos 600 kB de texto que solo ese archivo tiene."""
    return f"Renglón de la lista de asistencia {nombre}.\n".encode() * 12_000


def llevar_acta(reparto: Reparto, anunciar: Anunciar) -> None:
    """De sellarla a publicarla."""
    sello = sellada(reparto)
    anunciar("sellada", sello.codigo)
    quien = reparto.cuentas["facilitadora"]
    for lugar in sello.lugares.all():
        cuando = JUEVES + dt.timedelta(minutes=lugar.orden)
        escaneo = almacen.guardar_propio(os.urandom(400), "hoja.pdf")
        firmar.autografa(lugar, quien, cuando, escaneo)
        anunciar("firmada", sello.codigo, lugar.orden)
    publicar.publicar(sello.acta, quien, JUEVES + dt.timedelta(hours=1))
    anunciar("publicada", sello.codigo)
