"""El paquete es un tar común; ninguno de sus bytes cambia, falta o sobra sin que se diga en dónde."""

import io
import re
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stl_portal.respaldo import comprobar, manifiesto
from stl_portal.respaldo.errores import Danado, NoSePudo
from stl_portal.respaldo.manifiesto import Contenido, Manifiesto, Registro
from stl_portal.respaldo.paquete import Cosa, Escritor, Lector

CONTENIDOS = {"base/000001": b"\x00\x01" * 700, "archivos/vacio": b"", "archivos/justo": b"z" * 512}


def empacado(contenidos: dict[str, bytes]) -> bytes:
    """Con su manifiesto, como lo escribe un respaldo."""
    destino = io.BytesIO()
    escritor = Escritor(destino)
    cosas = [escritor.agregar(nombre, len(datos), [datos]) for nombre, datos in contenidos.items()]
    crudo = de_esas(cosas).bytes()
    escritor.agregar(manifiesto.NOMBRE, len(crudo), [crudo])
    escritor.cerrar()
    return destino.getvalue()


def de_esas(cosas: list[Cosa]) -> Manifiesto:
    alteradas = [c.nombre.removeprefix("archivos/") for c in cosas]
    return Manifiesto(
        hecho_el="2026-11-22T10:00:00+00:00",
        motor="sqlite",
        esquema={"sesiones": "0001_initial"},
        registro=Registro(3, "ab" * 32),
        tablas={"sello_eslabon": Contenido(3, "cd" * 32)},
        sin_datos=["django_session"],
        cosas=cosas,
        alterados=alteradas,
    )


def leido(paquete: bytes) -> Manifiesto:
    """Lo que `comprobar` hace con un archivo, sin el archivo."""
    halladas, crudo = [], b""
    for miembro in Lector(io.BytesIO(paquete)).miembros():
        if miembro.nombre == manifiesto.NOMBRE:
            crudo = miembro.read()
        else:
            halladas.append((miembro.cosa(), miembro.desde))
    return comprobar._cotejar(crudo, halladas)


PAQUETE = empacado(CONTENIDOS)


def test_es_un_tar_comun_y_el_manifiesto_dice_lo_que_lleva() -> None:
    with tarfile.open(fileobj=io.BytesIO(PAQUETE)) as tar:
        dentro = {info.name: abierto.read() for info in tar if (abierto := tar.extractfile(info)) is not None}
    assert {n: d for n, d in dentro.items() if n != manifiesto.NOMBRE} == CONTENIDOS
    assert manifiesto.leer(dentro[manifiesto.NOMBRE]) == leido(PAQUETE)
    assert {c.nombre: c.tamano for c in leido(PAQUETE).cosas} == {n: len(d) for n, d in CONTENIDOS.items()}


@given(st.integers(0, len(PAQUETE) - 1), st.integers(1, 255))
def test_un_byte_cambiado_se_detecta_y_se_localiza(lugar: int, cambio: int) -> None:
    danado = bytearray(PAQUETE)
    danado[lugar] ^= cambio
    with pytest.raises(Danado) as dicho:
        leido(bytes(danado))
    if "manifiesto" in str(dicho.value):
        return
    # Entre los números que la frase dice está el byte, o el encabezado de 512 que lo contiene.
    numeros = sorted(int(n) for n in re.findall(r"\d+", re.sub("«[^»]*»", "", str(dicho.value))))
    assert numeros[0] <= lugar < max(numeros[-1] + 1, numeros[0] + 512)


def test_cada_byte_de_un_encabezado_y_del_cierre() -> None:
    """Sin azar: lo que ninguna huella cubre."""
    cierre = len(PAQUETE.rstrip(b"\0"))
    for lugar in [*range(512), *range(cierre, len(PAQUETE), 97), len(PAQUETE) - 1]:
        danado = bytearray(PAQUETE)
        danado[lugar] ^= 0x20
        with pytest.raises(Danado):
            leido(bytes(danado))


@given(st.integers(0, len(PAQUETE) - 1))
def test_cortado_en_cualquier_parte_no_parece_bueno(hasta: int) -> None:
    with pytest.raises(Danado):
        leido(PAQUETE[:hasta])


def test_lo_que_sobra_falta_o_se_cambia_de_lugar_se_nombra() -> None:
    with pytest.raises(Danado, match="sobra algo después del cierre"):
        leido(PAQUETE + b"\0")
    cosas = list(leido(PAQUETE).cosas)
    otra = Cosa("archivos/otro", 1, "00" * 32)
    dicho = de_esas([*cosas[1:], otra])
    assert list(dicho.diferencias([(c, 512) for c in cosas])) == [
        "sobra «base/000001» (byte 512)",
        "falta «archivos/otro»",
    ]


def test_lo_que_cambia_de_tamano_al_leerse_no_se_guarda() -> None:
    for anunciado in (2, 4):
        with pytest.raises(NoSePudo, match="cambió de tamaño"):
            Escritor(io.BytesIO()).agregar("archivos/x", anunciado, [b"abc"])


def test_un_manifiesto_de_otra_version_se_dice() -> None:
    with pytest.raises(NoSePudo, match="versión posterior"):
        manifiesto.leer(Manifiesto(**(vars(de_esas([])) | {"version": 2})).bytes())
