"""Un acta publicada con un anexo que dice un dato, y quien la conduce."""

import datetime as dt
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from sesiones import models as m
from stl_portal.archivo import almacen
from stl_portal.archivo.models import Archivo, ZonaTestada
from tests.archivo.hostiles import ALTO, ANCHO, LUGAR, sencillo
from tests.cuentas.codigos import identificarse
from tests.personas import Reparto
from tests.vida.archivadas import archivar
from tests.vida.momentos import aprobada

FUNDAMENTO = "Artículo 77 de la ley de prueba"


def subir(contenido: bytes, nombre: str = "padron.pdf") -> Archivo:
    """El archivo recibido como lo recibe el portal: revisado y con sus páginas contadas."""
    return almacen.guardar(ContentFile(contenido, nombre))


def foto() -> bytes:
    salida = BytesIO()
    datos = Image.Exif()
    datos[0x010E] = "Tomada en casa de Fulana"
    Image.new("RGB", (60, 40), "white").save(salida, "JPEG", exif=datos)
    return salida.getvalue()


def con_anexos(
    reparto: Reparto, *archivos: Archivo | None, publicar: bool = True, **cambios: object
) -> m.Sesion:
    """La sesión con esos anexos y, si se pide, su acta publicada."""
    acta = aprobada(reparto, **cambios)
    for numero, archivo in enumerate(archivos, start=1):
        m.Anexo.objects.create(sesion=acta.sesion, orden=numero, titulo=f"Anexo {numero}", archivo=archivo)
    if publicar:
        archivar(reparto, acta)
    return acta.sesion


def marcar(anexo: m.Anexo, **cambios: object) -> ZonaTestada:
    """El dato de `sencillo`, marcado."""
    medidas = {
        "x": LUGAR.x0 / ANCHO,
        "y": LUGAR.y0 / ALTO,
        "ancho": LUGAR.width / ANCHO,
        "alto": LUGAR.height / ALTO,
    }
    fila = {"pagina": 1, "motivo": "Teléfono particular", "fundamento": FUNDAMENTO} | medidas | cambios
    assert anexo.archivo is not None
    return ZonaTestada.objects.create(archivo=anexo.archivo, **fila)


def url(anexo: m.Anexo, nombre: str = "anexo", *mas: object) -> str:
    sesion = anexo.sesion
    return reverse(f"actas:{nombre}", args=(sesion.organo.clave, sesion.clave, anexo.pk, *mas))


@pytest.fixture
def anexo(reparto: Reparto) -> m.Anexo:
    """De un acta publicada, con el dato en su primera página."""
    return con_anexos(reparto, subir(sencillo())).anexos.get()


@pytest.fixture
def sin_publicar(reparto: Reparto) -> m.Anexo:
    """De un acta aprobada que todavía no se publica."""
    sesion = con_anexos(reparto, subir(sencillo()), publicar=False, fecha=dt.date(2026, 3, 25))
    return sesion.anexos.get()


@pytest.fixture
def mesa(reparto: Reparto) -> Client:
    """Quien conduce, recién identificada."""
    return identificarse(Client(), reparto.cuentas["facilitadora"])
