"""Lo que se sube: cada formato estropeado por fuera y por dentro, sus nombres y el testado de lo aceptado."""

import io
import json
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pytest
from hypothesis import strategies as st
from PIL import ImageFile

from stl_portal.archivo import nombres
from stl_portal.archivo.inspector.__main__ import dibujar, limpiar, main, mostrar, transcribir
from stl_portal.archivo.testador.__main__ import atender
from stl_portal.archivo.tipos import POR_EXTENSION, POR_MIME
from stl_portal.archivo.veredicto import ArchivoRechazado
from tests.archivo import libros, medios
from tests.archivo import muestras as mu

from .campana import CUENTAS, blanco, exigir_frase, o_rechazo
from .mutar import bytes_de, texto_de, zip_de


def _con_texto() -> bytes:
    """Un PDF de dos páginas con texto, una de ellas girada."""
    with pymupdf.open() as nuevo:
        for giro in (0, 90):
            hoja = nuevo.new_page(width=300, height=200)
            hoja.insert_text((20, 50), "Ana Ruiz, CURP RUAA800101MGTXXX09")
            hoja.set_rotation(giro)
        contenido: bytes = nuevo.tobytes()
    return contenido


PDF = "application/pdf"
DE_ZIP = {
    ".docx": (
        libros.docx("Acta", "Uno & dos"),
        mu.ooxml("docx", {"word/_rels/a.rels": mu.relacion("image", "x")}),
    ),
    ".xlsx": (libros.xlsx({"Hoja": [["a", 1.5], ["=b", ""]]}), mu.ooxml("xlsx")),
    ".odt": (libros.odt("Acta", "Uno"), mu.odf()),
    ".ods": (libros.ods([["a", 1.5], ["b", 2]]),),
    ".zip": (mu.paquete({"a.txt": "hola", "f.png": mu.imagen(), "acta.pdf": mu.pdf()}),),
}  # fmt: skip
DE_BYTES = {
    ".pdf": (_con_texto(), mu.pdf_con_adjunto("acta.json", b'{"a": 1}'), mu.pdf(paginas=3)),
    ".png": (mu.imagen(),),
    ".jpg": (mu.foto_con_gps(), mu.foto_con_gps(girada=True)),
    ".webp": (mu.imagen("WEBP"),),
    ".mp4": (medios.mp4(),),
    ".mp3": (medios.mp3(marcos=6),),
    ".csv": ("año,total\n2020,46\n".encode(), b'"a";"b"\r\n"1,2";=SUMA(A1)\r\n'),
    ".txt": (b"Acta\ncon renglones\n",),
}  # fmt: skip
_CLAVES = (
    "S JS A AA OpenAction URI EF F UF Type Subtype Kids Resources Contents Annots Names ByteRange XFA Next"
)
_CLAVES += " AcroForm Fields Rotate MediaBox XObject Font Parent Count Length Filter Metadata OCProperties"
_NOMBRES = st.sampled_from(["/" + clave for clave in _CLAVES.split()])
_HOJAS = (
    st.booleans()
    | st.integers(-(2**40), 2**40)
    | _NOMBRES.map(pikepdf.Name)
    | st.sampled_from(["JavaScript", "Launch", "GoToE", "Filespec"]).map(lambda n: pikepdf.Name("/" + n))
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(pikepdf.String)
)
_RAMAS = st.lists(_HOJAS, max_size=3) | st.dictionaries(_NOMBRES, _HOJAS, max_size=4)
_OBJETOS = (
    _HOJAS | st.lists(_HOJAS | _RAMAS, max_size=3) | st.dictionaries(_NOMBRES, _HOJAS | _RAMAS, max_size=4)
)


def _pdf_con(lugar: str, nombre: str, objeto: Any, hondura: int) -> bytes:
    """Un PDF bien escrito con ese objeto, anidado, en su catálogo o en su página."""
    with pikepdf.open(io.BytesIO(DE_BYTES[".pdf"][0])) as pdf:
        for _ in range(hondura):
            objeto = [objeto]
        donde = pdf.Root if lugar == "catalogo" else pdf.pages[0].obj
        donde[nombre] = pikepdf.Dictionary(objeto) if isinstance(objeto, dict) else _pdf(objeto)
        salida = io.BytesIO()
        pdf.save(salida, fix_metadata_version=False)
    return salida.getvalue()


def _pdf(objeto: Any) -> Any:
    return pikepdf.Array(objeto) if isinstance(objeto, list) else objeto


ARMADOS = st.builds(
    _pdf_con,
    st.sampled_from(["catalogo", "pagina"]),
    st.sampled_from(["/" + c for c in _CLAVES.split() if c not in ("Parent", "Kids", "Count", "Type")]),
    _OBJETOS,
    st.integers(0, 3) | st.integers(0, 200),
)
PDFS = bytes_de(*DE_BYTES[".pdf"]) | ARMADOS
CASOS = st.one_of(
    [st.tuples(st.just(PDF), ARMADOS)]
    + [st.tuples(st.just(POR_EXTENSION[e].mime), zip_de(*m)) for e, m in DE_ZIP.items()]
    + [st.tuples(st.just(POR_EXTENSION[e].mime), bytes_de(*m)) for e, m in DE_BYTES.items()]
)


@pytest.fixture(autouse=True)
def _como_en_su_proceso(monkeypatch: pytest.MonkeyPatch) -> None:
    """El generador de PDF, que aquí se carga y allá no, deja a Pillow leer imágenes cortadas."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)


@pytest.fixture(scope="module")
def ruta(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Un lugar para el archivo de cada intento."""
    return tmp_path_factory.mktemp("fuzz") / "archivo"


def _dicho(respuesta: bytes, *claves: set[str]) -> None:
    """Lo que un proceso contesta: lo suyo, o un rechazo con su frase."""
    dicho = json.loads(respuesta)
    if "rechazo" in dicho:
        exigir_frase(dicho["rechazo"])
    else:
        assert set(dicho) in claves


@blanco("inspeccion", caso=CASOS)
def test_siempre_hay_veredicto_o_frase(caso: tuple[str, bytes], ruta: Path) -> None:
    """Lo aceptado, además, se puede mostrar, transcribir y dibujar, o dice por qué no."""
    mime, contenido = caso
    ruta.write_bytes(contenido)
    respuesta = json.loads(json.dumps(main(str(ruta), mime)))
    if "rechazo" in respuesta:
        CUENTAS["inspeccion"].rechazos += 1
        return exigir_frase(respuesta["rechazo"])
    assert set(respuesta) == {"paginas", "advertencias"}
    for aviso in respuesta["advertencias"]:
        exigir_frase(aviso)
    if mime.startswith("image/"):
        assert limpiar(str(ruta), mime)
    if mime.startswith("image/") or mime == PDF:
        o_rechazo("inspeccion", ArchivoRechazado, lambda: dibujar(str(ruta), mime))
        return None
    if POR_MIME[mime].grande:
        return None
    _dicho(
        mostrar(str(ruta), mime),
        {"hojas", "formulas"},
        {"hojas", "formulas", "ocultas"},
        {"texto", "cortado"},
    )
    return _dicho(transcribir(str(ruta), mime), {"texto"})


NUMEROS = st.floats(0, 1) | st.sampled_from([0.0, 1.0, 1e-12, 1 - 1e-12]) | st.floats(1e-320, 1e-300)
MEDIDAS = NUMEROS.filter(bool)


def _zona(numero: int, pagina: int, x: float, y: float, ancho: float, alto: float) -> dict[str, Any]:
    """Dentro de la página, como las que la base admite."""
    caja = {"x": x * (1 - ancho), "y": y * (1 - alto), "ancho": ancho, "alto": alto}
    return {"numero": numero, "pagina": pagina, **caja}


PAGINAS = st.sampled_from([1, 1, 1, 2, 2, 3, 0, -1])
ZONA = st.builds(_zona, st.integers(1, 99), PAGINAS, NUMEROS, NUMEROS, MEDIDAS, MEDIDAS)
ZONAS = st.lists(ZONA, min_size=1, max_size=3)
ORILLA = [_zona(1, 1, 1.0, 1.0, 1e-300, 1e-300)]  # en la última orilla, más angosta que un píxel
SECRETO = "RUAA800101MGTXXX09"
SIN_SU_PAGINA = DE_BYTES[".pdf"][0].replace(b"4 0 obj", "4 0 \u202e".encode())
SELECCION = texto_de("Ana Ruiz", SECRETO, "ruiz curp", "Á")


@blanco(
    "testado",
    ejemplos=[
        {"contenido": DE_BYTES[".pdf"][0], "zonas": ORILLA, "texto": SECRETO},
        {"contenido": SIN_SU_PAGINA, "zonas": ORILLA, "texto": SECRETO},
    ],
    contenido=st.just(DE_BYTES[".pdf"][0]) | PDFS,
    zonas=ZONAS,
    texto=SELECCION,
)
def test_lo_testado_desaparece_o_no_hay_copia(
    contenido: bytes, zonas: list[dict[str, Any]], texto: str, ruta: Path
) -> None:
    """También lo que se halla con el buscador: sus rectángulos caen en la página y, testados, ya no está."""
    ruta.write_bytes(contenido)
    if "rechazo" in main(str(ruta), PDF):
        CUENTAS["testado"].rechazos += 1
        return
    o_rechazo("testado", ArchivoRechazado, lambda: atender(ruta, PDF, {"que": "testar", "zonas": zonas}))
    hallados = o_rechazo(
        "testado", ArchivoRechazado, lambda: atender(ruta, PDF, {"que": "buscar", "texto": texto})
    )
    suyas = [{"numero": n, **zona} for n, zona in enumerate(json.loads(hallados or b"[]")[:20], start=1)]
    for zona in suyas:
        assert 0 <= zona["x"] <= zona["x"] + zona["ancho"] <= 1
        assert 0 <= zona["y"] <= zona["y"] + zona["alto"] <= 1
    if suyas and SECRETO.lower() in texto.lower():
        copia = o_rechazo(
            "testado", ArchivoRechazado, lambda: atender(ruta, PDF, {"que": "testar", "zonas": suyas})
        )
        assert SECRETO.encode() not in (copia or b"")


@blanco(
    "nombres",
    ejemplos=[{"nombre": n} for n in ("a.2345678901234567890 x", f"CON{'*' * 300}x.txt", "A\u202e\u0303cf")],
    nombre=texto_de("Acta 3.pdf", "../../etc/passwd", "CON.txt", "a" * 300 + ".docx", ".x", "a.b.c"),
)
def test_el_nombre_limpio_ya_no_cambia_ni_sale_de_su_carpeta(nombre: str) -> None:
    limpio = nombres.limpiar_nombre(nombre)
    assert nombres.limpiar_nombre(limpio) == limpio
    assert 0 < len(limpio) <= nombres.MAXIMO
    assert not set(limpio) & set('/\\<>:"|?*\0\r\n')
    assert limpio not in (".", "..")
    assert Path("/x", limpio).parent == Path("/x")
