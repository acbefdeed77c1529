"""Mudar el portal: exportar todo, importarlo en otra base y otro almacén, y vuelve a salir byte por byte."""

import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django import Settings

from stl_portal.archivo import almacen
from stl_portal.archivo.models import Archivo
from stl_portal.auditoria.models import Acto
from stl_portal.cuentas.models import Usuario
from stl_portal.datos import formas
from stl_portal.datos.filtros import Seleccion
from stl_portal.datos.registro import CONJUNTOS
from stl_portal.sello.models import Eslabon
from stl_portal.sello.registro import VERIFICADORES
from stl_portal.traspaso import registro
from stl_portal.traspaso.models import Importacion
from tests.personas import crear_reparto
from tests.traspaso.mundo import portal_completo, saltar_numeros

# Los dieciséis que nombra la dirección de los datos abiertos.
DEL_PORTAL = (
    *("organos", "integrantes", "sesiones", "asistencias", "votos", "acuerdos"),
    *("ejes", "compromisos", "acciones", "avances", "indicadores", "evidencias"),
    *("municipios", "etapas", "capacitaciones", "informes"),
)
# De lo que por diseño se queda: las preguntas de la ciudadanía y las convocatorias públicas.
NO_VIAJAN = ("preguntas", "convocatorias-publicas", "practicas-reconocidas")


@pytest.fixture
def carpeta(tmp_path: Path) -> Path:
    """La que va de un servidor al otro."""
    return tmp_path / "mudanza"


def _exportar(carpeta: Path) -> dict[str, bytes]:
    """Los archivos del ZIP que deja la orden."""
    call_command("exportar_todo", carpeta, stdout=StringIO())
    with zipfile.ZipFile(carpeta / "traspaso.zip") as archivo:
        return {nombre: archivo.read(nombre) for nombre in archivo.namelist()}


def _publicado() -> dict[str, bytes]:
    """Lo que cualquiera descarga, de todo lo que viaja."""
    viajan = [conjunto for clave, conjunto in CONJUNTOS.items() if clave not in NO_VIAJAN]
    return {c.clave: b"".join(formas.en_csv(c, Seleccion(c).filas())) for c in viajan}


def _distintos(unos: dict[str, bytes], otros: dict[str, bytes]) -> list[str]:
    return sorted(nombre for nombre in unos.keys() | otros.keys() if unos.get(nombre) != otros.get(nombre))


def _importar(carpeta: Path, *opciones: str) -> str:
    dicho = StringIO()
    call_command("importar_todo", carpeta, "--por", "administra@prueba.example", *opciones, stdout=dicho)
    return dicho.getvalue()


def _administra() -> Usuario:
    """La cuenta de quien recibe el portal en el otro servidor."""
    return Usuario.objects.create_user("administra@prueba.example", nombre="Administra", is_staff=True)


@pytest.mark.django_db
@pytest.mark.ambas_bases
def test_el_portal_entero_se_muda_byte_por_byte(carpeta: Path, settings: Settings, tmp_path: Path) -> None:
    with transaction.atomic():
        saltar_numeros()
        _administra()
        portal_completo(crear_reparto())
        de_casa = [r for r in registro.RECURSOS if r.modelo._meta.app_label in ("ejes", "municipios")]
        assert [r.clave for r in de_casa if not r.filas().exists()] == []
        antes, publicado = _exportar(carpeta), _publicado()
        transaction.set_rollback(True)
    assert [clave for clave in DEL_PORTAL if publicado[clave].count(b"\r\n") < 2] == []
    assert not any(b"password" in contenido or b"md5$" in contenido for contenido in antes.values())
    settings.MEDIA_ROOT = tmp_path / "otro"
    assert [r.clave for r in registro.RECURSOS if r.filas().exists()] == []
    _administra()
    _importar(carpeta)

    assert _distintos(antes, _exportar(tmp_path / "vuelta")) == []
    assert _distintos(publicado, _publicado()) == []
    assert [str(falla) for verificar in VERIFICADORES for falla in verificar()] == []
    assert {'"importada":true' in eslabon.payload for eslabon in Eslabon.objects.all()} == {True}
    assert almacen.revisar().integro
    assert Importacion.objects.get().por.nombre == "Administra"


@pytest.mark.django_db
def test_lo_que_no_sirve_se_dice_y_no_deja_nada(carpeta: Path, settings: Settings, tmp_path: Path) -> None:
    archivo = almacen.guardar_propio(b"de prueba", "prueba.txt")
    _administra()
    _exportar(carpeta)
    (anotado,) = Acto.objects.filter(que="exportar todo")
    assert (anotado.sobre, anotado.cuenta) == (str(carpeta), None)
    assert anotado.detalle.startswith("Con «manage.py exportar_todo»: ")
    assert anotado.detalle.endswith(" renglones y 1 archivos.")
    with pytest.raises(CommandError, match="no está vacía"):
        call_command("exportar_todo", carpeta)
    with pytest.raises(CommandError, match="no es una cuenta activa de administración"):
        call_command("importar_todo", carpeta, "--por", "nadie@prueba.example")
    with pytest.raises(CommandError, match=r"no trae traspaso\.zip"):
        _importar(tmp_path)
    copia = carpeta / "archivos" / archivo.ruta
    copia.write_bytes(b"cambiado")
    settings.MEDIA_ROOT = tmp_path / "otro"
    with pytest.raises(CommandError, match="no da su huella"):
        _importar(carpeta)
    copia.unlink()
    archivo.delete()
    with pytest.raises(CommandError, match="No se importó nada"):
        _importar(carpeta)
    copia.write_bytes(b"de prueba")
    assert "Se importarían 1 renglones nuevos" in _importar(carpeta, "--probar")
    assert Archivo.objects.count() == 0
    settings.MEDIA_ROOT = tmp_path / "archivos"
    Archivo.objects.create(huella="0" * 64, nombre="x", tipo="text/plain", tamano=1)
    with pytest.raises(CommandError, match="Faltan o están dañados 1 archivos"):
        call_command("exportar_todo", tmp_path / "a medias", stdout=StringIO(), stderr=StringIO())
