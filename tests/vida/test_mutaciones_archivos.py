"""Un byte cambiado en cualquier archivo de un acta se detecta y se dice cuál archivo es.

Se cambian bytes del PDF sellado, del que resultó de cada firma, del publicado y de las hojas escaneadas; una
parte, a propósito, dentro de lo que el PDF lleva incrustado (JSON y Akoma Ntoso) y de sus firmas. Sin
`MUTACIONES` se prueban unos cientos de lugares; `make mutaciones` prueba diez mil.
"""

import os
import random
import re
from collections import Counter
from itertools import pairwise

import pytest

from sesiones import models as m
from stl_portal.archivo import almacen
from stl_portal.archivo.models import Archivo
from stl_portal.sello import archivos
from tests.en_disco import ruta_de
from tests.personas import Reparto, crear_reparto
from tests.vida.momentos import publicada

CUANTAS = int(os.environ.get("MUTACIONES", "200"))
INCRUSTADO = re.compile(rb"/EmbeddedFile\b.*?stream\r?\n(.*?)endstream", re.DOTALL)
FIRMADO = re.compile(rb"/Contents ?<([0-9A-Fa-f]{2000,})>")
Zona = tuple[str, int, int]


@pytest.fixture
def _dos_actas(reparto: Reparto) -> None:
    """Dos actas publicadas de órganos distintos."""
    publicada(reparto)
    publicada(crear_reparto("otro"))


def _clase(archivo: Archivo) -> str:
    """Qué es en la vida del acta."""
    if m.Firma.objects.filter(escaneo=archivo).exists():
        return "escaneo"
    if m.Publicacion.objects.filter(pdf=archivo).exists():
        return "publicado"
    return "firmado" if m.Firma.objects.filter(pdf=archivo).exists() else "sellado"


def _zonas(archivo: Archivo) -> list[Zona]:
    """De dónde a dónde: el archivo entero y, si es un PDF compuesto, sus incrustados y sus firmas."""
    contenido, clase = almacen.leer(archivo), _clase(archivo)
    todo = [(clase, 0, len(contenido))]
    incrustados = [(f"{clase}, incrustado", *uno.span(1)) for uno in INCRUSTADO.finditer(contenido)]
    firmas = [(f"{clase}, firma", *una.span(1)) for una in FIRMADO.finditer(contenido)]
    return todo + incrustados + firmas


def _acusados() -> set[str]:
    return {falla.donde for falla in archivos.fallas()}


@pytest.mark.usefixtures("_dos_actas")
def test_todo_byte_cambiado_en_un_archivo_del_acta_se_localiza() -> None:
    assert _acusados() == set()
    zonas = {archivo: _zonas(archivo) for archivo in Archivo.objects.order_by("pk")}
    azar, probados, sin_localizar = random.Random(CUANTAS), Counter[str](), []
    for _ in range(CUANTAS):
        archivo = azar.choice(list(zonas))
        zona, desde, hasta = azar.choice(zonas[archivo])
        ruta, lugar = ruta_de(archivo), azar.randrange(desde, hasta)
        original = ruta.read_bytes()
        otro = original[lugar] ^ azar.randrange(1, 256)
        ruta.write_bytes(original[:lugar] + bytes([otro]) + original[lugar + 1 :])
        if _acusados() != {f"archivo {archivo.huella}"}:
            sin_localizar.append((zona, archivo.pk, lugar))
        ruta.write_bytes(original)
        probados[zona] += 1
    assert sin_localizar == []
    assert _acusados() == set()
    print(f"{CUANTAS} bytes cambiados en archivos, todos localizados: {dict(probados)}")
    assert {"sellado", "firmado", "publicado", "escaneo"} <= {zona.partition(",")[0] for zona in probados}
    assert {"sellado, incrustado", "publicado, incrustado", "publicado, firma"} <= set(probados)


@pytest.mark.usefixtures("_dos_actas")
def test_cada_pdf_del_acta_lleva_dentro_sus_dos_copias() -> None:
    """Si dejara de encontrarlas, la prueba de arriba ya no cambiaría bytes dentro de ellas."""
    for archivo in Archivo.objects.filter(tamano__gt=10_000):
        hallados = [zona for zona in _zonas(archivo) if zona[0].endswith("incrustado")]
        assert len(hallados) == 2
        assert all(antes[2] < luego[1] for antes, luego in pairwise(hallados))
