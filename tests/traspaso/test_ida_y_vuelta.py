"""Exportar todo, vaciar la base, importar y exportar otra vez: los mismos bytes, también los públicos."""

import io
import zipfile

import pytest
from stl_portal.traspaso.motor import Motor
from stl_portal.traspaso.resultado import RECHAZADA, Suceso, descomprimir

from stl_portal.datos import formas
from stl_portal.datos.filtros import Seleccion
from stl_portal.datos.registro import CONJUNTOS
from stl_portal.sello.registro import VERIFICADORES
from stl_portal.traspaso import escritura, lectura, registro
from tests.personas import Reparto
from tests.traspaso.mundo import portal_completo
from tests.traspaso.vaciar import vaciar

# Los dieciséis que nombra la dirección de los datos abiertos.
DEL_PORTAL = (
    *("organos", "integrantes", "sesiones", "asistencias", "votos", "acuerdos"),
    *("ejes", "compromisos", "acciones", "avances", "indicadores", "evidencias"),
    *("municipios", "etapas", "capacitaciones", "informes"),
)


def _exportado() -> bytes:
    memoria = io.BytesIO()
    escritura.en_zip(memoria)
    return memoria.getvalue()


def _archivos(comprimido: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(comprimido)) as archivo:
        return {nombre: archivo.read(nombre) for nombre in archivo.namelist()}


def _publicado() -> dict[str, bytes]:
    return {c: b"".join(formas.en_csv(CONJUNTOS[c], Seleccion(CONJUNTOS[c]).filas())) for c in DEL_PORTAL}


def _importar(comprimido: bytes) -> list[Suceso]:
    """Lo que no pudo entrar."""
    resultado = Motor().importar(lectura.hojas(io.BytesIO(comprimido), lectura.ZIP, None))
    return [s for tanda in resultado.tandas for s in descomprimir(tanda) if s.que == RECHAZADA]


def _distintos(unos: dict[str, bytes], otros: dict[str, bytes]) -> list[str]:
    return sorted(nombre for nombre in unos.keys() | otros.keys() if unos.get(nombre) != otros.get(nombre))


@pytest.mark.django_db
@pytest.mark.ambas_bases
def test_lo_exportado_vuelve_a_una_base_vacia_byte_por_byte(reparto: Reparto) -> None:
    portal_completo(reparto)
    de_casa = ("ejes", "municipios")
    sin_renglones = [r.clave for r in registro.RECURSOS if not r.filas().exists()]
    assert [r for r in sin_renglones if registro.de_clave(r).modelo._meta.app_label in de_casa] == []  # type: ignore[union-attr]
    antes, publicado = _exportado(), _publicado()
    assert [clave for clave, bytes_ in publicado.items() if bytes_.count(b"\r\n") < 2] == []
    vaciar()
    assert [r.clave for r in registro.RECURSOS if r.filas().exists()] == []
    assert _importar(antes) == []
    assert _distintos(_archivos(antes), _archivos(_exportado())) == []
    assert _distintos(publicado, _publicado()) == []
    assert [str(falla) for verificar in VERIFICADORES for falla in verificar()] == []
