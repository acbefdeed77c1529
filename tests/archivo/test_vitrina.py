"""La vitrina: solo lo público, solo mientras lo es, aunque lo retiren en el peor instante."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from stl_portal.archivo import almacen, permisos, vitrina
from stl_portal.archivo.models import Archivo
from tests.en_disco import ruta_de

pytestmark = pytest.mark.django_db
Regla = Callable[[Any, Archivo], bool]


@pytest.fixture
def publicos() -> Iterator[set[str]]:
    """Las huellas que una aplicación declara públicas."""
    huellas: set[str] = set()

    def regla(_: Any, archivo: Archivo) -> bool:
        return archivo.huella in huellas

    permisos.ACCESO.append(regla)
    yield huellas
    permisos.ACCESO.remove(regla)


@pytest.fixture
def acta(settings: Settings, publicos: set[str]) -> Archivo:
    """Un PDF público, con servidor de enfrente."""
    settings.ENTREGA_INTERNA = "/almacen/"
    archivo = almacen.guardar_propio(b"%PDF-1.7 acta", "acta «ñ».pdf")
    publicos.add(archivo.huella)
    return archivo


def ligas() -> list[str]:
    """Lo que nginx entregaría solo, y que en verdad lleve a un archivo."""
    hay = sorted((almacen.raiz() / "publicos").glob("*"))
    assert all(liga.is_file() for liga in hay)
    return [liga.name for liga in hay]


def test_se_expone_con_su_nombre_y_sus_bytes(acta: Archivo) -> None:
    vitrina.exponer(acta)
    vitrina.exponer(acta)
    assert ligas() == [f"{acta.huella}-{acta.nombre}"]
    assert (almacen.raiz() / "publicos" / ligas()[0]).read_bytes() == b"%PDF-1.7 acta"


def test_al_descargarlo_queda_expuesto_y_se_entrega_por_dentro(client: Client, acta: Archivo) -> None:
    respuesta = client.get(reverse("archivo:descargar", args=(acta.huella, acta.nombre)))
    assert respuesta["X-Accel-Redirect"] == f"/almacen/{acta.ruta}"
    assert respuesta["Cache-Control"] == "public, no-cache"
    assert ligas() == [f"{acta.huella}-{acta.nombre}"]


def test_lo_que_no_es_publico_ni_pdf_no_se_expone(acta: Archivo, publicos: set[str]) -> None:
    hoja = almacen.guardar_propio(b"a,b", "hoja.csv")
    publicos.add(hoja.huella)
    vitrina.exponer(hoja)
    vitrina.exponer(almacen.guardar_propio(b"%PDF-1.7 reservada", "reservada.pdf"))
    assert ligas() == []


def test_sin_servidor_de_enfrente_no_hay_vitrina(settings: Settings, acta: Archivo) -> None:
    settings.ENTREGA_INTERNA = ""
    vitrina.exponer(acta)
    assert ligas() == []


def test_un_nombre_que_no_cabe_en_el_disco_no_impide_entregarlo(client: Client, publicos: set[str]) -> None:
    largo = almacen.guardar_propio(b"%PDF-1.7 larga", "語" * 100 + ".pdf")
    publicos.add(largo.huella)
    with pytest.MonkeyPatch.context() as parche:
        parche.setattr("django.conf.settings.ENTREGA_INTERNA", "/almacen/")
        vitrina.exponer(largo)
        vitrina.retirar(largo)
    assert ligas() == []


@pytest.mark.django_db(transaction=True)
def test_se_retira_antes_de_confirmar_y_otra_vez_despues(acta: Archivo, publicos: set[str]) -> None:
    vitrina.exponer(acta)
    with transaction.atomic():
        vitrina.retirar(acta)
        assert ligas() == []
        vitrina.exponer(acta)  # alguien lo descargó mientras aún era público
        assert len(ligas()) == 1
        publicos.clear()
    assert ligas() == []


def test_si_lo_retiran_mientras_se_expone_no_se_queda(acta: Archivo, publicos: set[str]) -> None:
    veces = []

    def una_sola_vez(_: Any, archivo: Archivo) -> bool:
        veces.append(archivo.huella)
        return len(veces) == 1

    publicos.clear()
    permisos.ACCESO.append(una_sola_vez)
    try:
        vitrina.exponer(acta)
    finally:
        permisos.ACCESO.remove(una_sola_vez)
    assert (len(veces), ligas()) == (2, [])


def test_la_revision_quita_lo_que_sobra(
    acta: Archivo, publicos: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    otra = almacen.guardar_propio(b"%PDF-1.7 otra", "otra.pdf")
    publicos.add(otra.huella)
    vitrina.exponer(acta)
    vitrina.exponer(otra)
    carpeta = almacen.raiz() / "publicos"
    for nombre in (f"{acta.huella}-otro-nombre.pdf", "suelta", f"{'0' * 64}-nadie.pdf"):
        (carpeta / nombre).symlink_to(ruta_de(acta))
    publicos.remove(otra.huella)
    call_command("revisar_archivos")
    assert ligas() == [f"{acta.huella}-{acta.nombre}"]
    assert "4 retirados de la vitrina" in capsys.readouterr().out
    assert vitrina.conciliar() == 0
