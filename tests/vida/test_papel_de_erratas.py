"""Una fe de erratas dice que lo es desde la primera página y en el correo que pide firmarla."""

import subprocess
from pathlib import Path

from sesiones import fe_de_erratas, pedir_firmas, sellar, version_publica
from sesiones.acta import edicion, imprenta
from stl_portal.archivo import almacen
from stl_portal.avisos.models import Aviso
from tests.personas import Reparto
from tests.vida.archivadas import archivada
from tests.vida.conftest import JUEVES
from tests.vida.momentos import aprobada_despues

MOTIVO = "Dice diez horas y son las once."
DICE = ("FE DE ERRATAS (VERSIÓN 2)", f"SUSTITUYE A LA VERSIÓN 1: {MOTIVO.upper()}")


def test_lo_dicen_el_papel_el_correo_y_mi_portal(reparto: Reparto, tmp_path: Path) -> None:
    por, integrante = reparto.cuentas["facilitadora"], reparto.cuentas["integrante"]
    nueva = fe_de_erratas.abrir(archivada(reparto).acta, por, motivo=MOTIVO)
    assert _lo_dice(imprenta.acta(edicion.borrador(nueva.sesion)).html)
    sello = sellar.sellar(aprobada_despues(reparto, nueva), por, JUEVES)
    assert _lo_dice(_primera_pagina(almacen.leer(sello.pdf), tmp_path / "acta.pdf"))
    assert _lo_dice(version_publica.previa(sello, JUEVES).html)
    titulo = f"Firma la fe de erratas del acta de la {sello.acta.sesion}"
    avisos = Aviso.objects.filter(motivo__endswith=":firma:2")
    assert {a.asunto for a in avisos} == {f"{titulo} · Secretariado"}
    # Qué corrige se lee en el acta: al correo no va un motivo donde después se teste algo.
    assert all("Sustituye a la versión 1;" in a.cuerpo and MOTIVO not in a.cuerpo for a in avisos)
    assert [p.titulo for p in pedir_firmas.por_firmar(integrante, JUEVES.date())] == [titulo]


def _lo_dice(texto: str) -> bool:
    """El aviso se imprime en versalitas: se compara sin atender a mayúsculas."""
    return all(dice in " ".join(texto.split()).upper() for dice in DICE)


def _primera_pagina(pdf: bytes, ruta: Path) -> str:
    ruta.write_bytes(pdf)
    return subprocess.run(
        ["pdftotext", "-l", "1", ruta, "-"], capture_output=True, check=True
    ).stdout.decode()
