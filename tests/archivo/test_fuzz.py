"""Archivos estropeados al azar: el lector siempre contesta, nunca revienta."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stl_portal.archivo.inspector.__main__ import main
from stl_portal.archivo.inspector.imagenes import reescribir

from . import medios
from . import muestras as mu

ORIGINALES = {
    "application/pdf": mu.pdf_con_adjunto("acta.json", b'{"a": 1}'),
    "image/png": mu.imagen(),
    "image/jpeg": mu.foto_con_gps(),
    "image/webp": mu.imagen("WEBP"),
    f"{mu.OOXML}wordprocessingml.document": mu.ooxml(
        "docx", {"word/_rels/a.rels": mu.relacion("image", "x")}
    ),
    f"{mu.OOXML}spreadsheetml.sheet": mu.ooxml("xlsx"),
    "application/vnd.oasis.opendocument.text": mu.odf(),
    "video/mp4": medios.mp4(),
    "audio/mpeg": medios.mp3(marcos=6),
    "application/zip": mu.paquete({"a.txt": "hola", "f.png": mu.imagen(), "acta.pdf": mu.pdf()}),
    "text/csv": "año,total\n2020,46\n".encode(),
}


@st.composite
def estropeado(dibujar: st.DrawFn) -> tuple[str, bytes]:
    """Un archivo bueno con pedazos cambiados, quitados o repetidos."""
    mime = dibujar(st.sampled_from(sorted(ORIGINALES)))
    contenido = bytearray(ORIGINALES[mime])
    for _ in range(dibujar(st.integers(1, 6))):
        lugar = dibujar(st.integers(0, max(0, len(contenido) - 1)))
        largo = dibujar(st.integers(0, 24))
        nuevo = dibujar(st.one_of(st.binary(max_size=24), st.just(bytes(contenido[lugar : lugar + 64]))))
        contenido[lugar : lugar + largo] = nuevo
    return mime, bytes(contenido)


@pytest.fixture(scope="module")
def ruta(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Un lugar para el archivo de cada intento."""
    return tmp_path_factory.mktemp("fuzz") / "archivo"


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(caso=estropeado())
def test_siempre_hay_veredicto_o_frase(caso: tuple[str, bytes], ruta: Path) -> None:
    mime, contenido = caso
    ruta.write_bytes(contenido)
    respuesta = json.loads(json.dumps(main(str(ruta), mime)))
    assert set(respuesta) in ({"rechazo"}, {"paginas", "advertencias"})
    if mime.startswith("image/") and "rechazo" not in respuesta:
        assert reescribir(ruta, mime)  # lo que se acepta también se puede mostrar
