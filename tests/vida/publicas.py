"""Actas con un dato personal escrito en todas partes, publicadas sin él."""

import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from sesiones import models as m
from sesiones import publicar, sellar, testados
from sesiones.acta import edicion
from tests.personas import Reparto
from tests.vida.conftest import JUEVES
from tests.vida.momentos import aprobada

TELEFONO = "449 555 0147"
CIFRAS = re.sub(r"\D", "", TELEFONO)
ESCRITO = "449  **555** 0147"  # como lo escribió alguien: la búsqueda lo encuentra igual
MARCA = {
    "texto": TELEFONO,
    "motivo": "Teléfono particular",
    "fundamento": "Artículo 3, fracción IX, de la Ley",
}


def con_dato(reparto: Reparto, **cambios: Any) -> m.Acta:
    """Aprobada, con el teléfono en su texto, su objetivo, su domicilio, un punto y su acuerdo."""
    escrito = {"objetivo": f"Llamar al {TELEFONO}", "domicilio": f"Calle 1, tel. {TELEFONO}"}
    acta = aprobada(reparto, **escrito, **cambios)
    sesion = acta.sesion
    punto = sesion.puntos.earliest("orden", "pk")
    m.Punto.objects.filter(pk=punto.pk).update(titulo=f"Atender a quien llama del {TELEFONO}")
    m.Acuerdo.objects.create(
        sesion=sesion, punto=punto, numero=1, texto=f"Se llama al {ESCRITO}.", responsable=f"Ana, {TELEFONO}"
    )
    return m.Acta.objects.get(pk=acta.pk)


def sellada_con_dato(reparto: Reparto) -> m.Sello:
    """Sellada, sin que nadie haya marcado nada todavía."""
    acta = con_dato(reparto)
    assert not edicion.borrador(acta.sesion).huerfanas
    return sellar.sellar(acta, reparto.cuentas["facilitadora"], JUEVES)


def marcada(reparto: Reparto) -> m.Sello:
    """Sellada y con el teléfono marcado."""
    sello = sellada_con_dato(reparto)
    testados.marcar(sello, reparto.cuentas["facilitadora"], JUEVES, **MARCA)
    return sello


def publicada_testada(reparto: Reparto) -> m.Sello:
    """Publicada en versión pública, sin esperar firmas."""
    return publicar_sin_firmas(reparto, marcada(reparto))


def publicar_sin_firmas(reparto: Reparto, sello: m.Sello) -> m.Sello:
    """La publica aunque falten firmas."""
    m.Regla.objects.update(publica_sin_firmas=True)
    publicar.publicar(sello.acta, reparto.cuentas["facilitadora"], JUEVES)
    return m.Sello.objects.get(pk=sello.pk)


def lo_dice(contenido: bytes) -> bool:
    """Si ahí está el teléfono, escrito con lo que sea entre sus cifras y en cualquier codificación usual."""
    entre = r"[\s*\\\xa0.\-–]*(?:<[^>]*>)?[\s*]*"
    patron = entre.join(CIFRAS)
    leidos = (contenido.decode("latin-1"), contenido.replace(b"\0", b"").decode("latin-1"))
    return any(re.search(patron, leido) for leido in leidos)


def pedazos(pdf: bytes) -> Iterator[bytes]:
    """Cada flujo descomprimido y cada objeto del PDF, con sus adjuntos, su XMP y su árbol de etiquetas."""
    yield pdf
    with pikepdf.open(io.BytesIO(pdf)) as abierto:
        for objeto in abierto.objects:
            yield repr(objeto).encode()
            if isinstance(objeto, pikepdf.Stream):
                yield objeto.read_bytes()
        yield str(abierto.open_metadata()).encode()
        yield repr(dict(abierto.docinfo)).encode()
        for adjunto in abierto.attachments.values():
            yield adjunto.get_file().read_bytes()


def texto_del_pdf(pdf: bytes, carpeta: Path) -> bytes:
    (carpeta / "p.pdf").write_bytes(pdf)
    return subprocess.run(["pdftotext", str(carpeta / "p.pdf"), "-"], capture_output=True, check=True).stdout
