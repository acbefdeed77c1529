"""Verificar dice la verdad: vigente, sustituida, en firma, de antes, alterada o desconocida."""

import pytest

from sesiones import models as m
from sesiones import verificacion
from sesiones.estados import EstadoActa
from sesiones.verificacion import Veredicto
from stl_portal.archivo import almacen
from tests.personas import Reparto
from tests.vida.momentos import publicada, sellada


def test_por_codigo_sin_importar_como_se_escriba(reparto: Reparto) -> None:
    sello = publicada(reparto)
    codigo = sello.codigo
    for dicho in (codigo, codigo.lower(), f" {codigo} ", codigo.replace("-", " ")):
        hallazgo = verificacion.por_codigo(dicho)
        assert (hallazgo.veredicto, hallazgo.sello) == (Veredicto.VIGENTE, sello), dicho


def test_por_archivo_reconoce_cada_momento(reparto: Reparto) -> None:
    sello = publicada(reparto)
    assert verificacion.por_archivo(almacen.leer(sello.publicacion.pdf)).veredicto == Veredicto.VIGENTE
    assert verificacion.por_archivo(almacen.leer(sello.pdf)).veredicto == Veredicto.ANTERIOR
    m.Acta.objects.update(estado=EstadoActa.SUSTITUIDA)
    assert verificacion.por_archivo(almacen.leer(sello.publicacion.pdf)).veredicto == Veredicto.SUSTITUIDA


def test_un_byte_cambiado_es_un_acta_alterada(reparto: Reparto) -> None:
    sello = publicada(reparto)
    contenido = bytearray(almacen.leer(sello.publicacion.pdf))
    contenido[100] ^= 1
    hallazgo = verificacion.por_archivo(bytes(contenido))
    assert (hallazgo.veredicto, hallazgo.sello) == (Veredicto.ALTERADA, sello)


@pytest.mark.parametrize("basura", [b"", b"%PDF-1.7\n", b"hola", b"\x00" * 5000])
def test_lo_que_no_es_del_portal_es_desconocido(db: None, basura: bytes) -> None:
    assert verificacion.por_archivo(basura).veredicto == Veredicto.DESCONOCIDA


def test_lo_sellado_sin_publicar_no_dice_que_este_publicado(reparto: Reparto) -> None:
    sello = sellada(reparto)
    assert verificacion.por_codigo(sello.codigo).veredicto == Veredicto.EN_FIRMA
    assert verificacion.por_archivo(almacen.leer(sello.pdf)).veredicto == Veredicto.EN_FIRMA
