"""Lo testado desaparece del archivo: texto, píxeles y todo lo que un PDF puede esconder."""

import subprocess
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from stl_portal.archivo import testado
from stl_portal.archivo.models import ZonaTestada
from stl_portal.archivo.testador import comprobacion
from stl_portal.archivo.testador.zonas import Zona
from stl_portal.archivo.veredicto import ArchivoRechazado
from tests.archivo.hostiles import ALTO, ANCHO, CONSERVA, DATO, HOSTILES, LUGAR, escaneada, sencillo

PDF = "application/pdf"
NEGRO = (0, 0, 0)


def zona(
    caja: pymupdf.Rect = LUGAR, pagina: int = 1, ancho: float = ANCHO, alto: float = ALTO
) -> ZonaTestada:
    return ZonaTestada(
        pagina=pagina, x=caja.x0 / ancho, y=caja.y0 / alto, ancho=caja.width / ancho, alto=caja.height / alto
    )


def zona_de(nombre: str) -> ZonaTestada:
    """La de `LUGAR`, tal como se ve en cada página."""
    if nombre == "girada":  # la de arriba a la izquierda pasa a arriba a la derecha
        giro = pymupdf.Rect(ALTO - LUGAR.y1, LUGAR.x0, ALTO - LUGAR.y0, LUGAR.x1)
        return zona(giro, ancho=ALTO, alto=ANCHO)
    if nombre == "recortada":
        return zona(LUGAR - (50, 60, 50, 60), ancho=530, alto=700)
    return zona()


def copia(tmp_path: Path, contenido: bytes, zonas: Sequence[ZonaTestada]) -> bytes:
    ruta = tmp_path / "original.pdf"
    ruta.write_bytes(contenido)
    return testado.testar(ruta, PDF, zonas)


def texto_de(tmp_path: Path, contenido: bytes) -> str:
    ruta = tmp_path / "copia.pdf"
    ruta.write_bytes(contenido)
    return subprocess.run(
        ["pdftotext", "-layout", ruta, "-"], capture_output=True, check=True
    ).stdout.decode()


def todo_lo_descomprimido(contenido: bytes) -> bytes:
    """Cada objeto del archivo, con sus flujos sin comprimir."""
    salida = BytesIO()
    with pikepdf.open(BytesIO(contenido)) as pdf:
        pdf.save(salida, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return salida.getvalue()


def rastros(contenido: bytes) -> list[str]:
    """En qué escrituras del archivo sigue el dato: llano, UTF-16 o hexadecimal."""
    todo = contenido + todo_lo_descomprimido(contenido)
    formas = {
        "llano": DATO.encode(),
        "utf-16": DATO.encode("utf-16-be"),
        "hexadecimal": DATO.encode().hex().encode(),
        "hexadecimal de utf-16": DATO.encode("utf-16-be").hex().encode(),
    }
    return [nombre for nombre, bytes_ in formas.items() if bytes_ in todo]


def blancos(contenido: bytes, tmp_path: Path, marcada: ZonaTestada) -> float:
    """Qué parte de la zona no es negra, dibujada con otro programa (Poppler)."""
    ruta = tmp_path / "dibujo.pdf"
    ruta.write_bytes(contenido)
    subprocess.run(["pdftoppm", "-r", "100", "-png", "-singlefile", ruta, tmp_path / "dibujo"], check=True)
    with Image.open(tmp_path / "dibujo.png") as imagen:
        ancho, alto = imagen.size
        lado = (marcada.x * ancho, marcada.y * alto)
        caja = (*lado, lado[0] + marcada.ancho * ancho, lado[1] + marcada.alto * alto)
        grises = imagen.convert("L").crop(tuple(round(v) for v in caja))  # type: ignore[arg-type]
    return sum(valor > 96 for valor in grises.tobytes()) / (grises.width * grises.height)


@pytest.mark.parametrize("nombre", HOSTILES)
def test_nada_del_dato_sobrevive_y_lo_demas_si(tmp_path: Path, nombre: str) -> None:
    original = HOSTILES[nombre]()
    marcada = zona_de(nombre)
    publica = copia(tmp_path, original, [marcada])
    leido = texto_de(tmp_path, publica)
    assert DATO not in leido.replace(" ", "")
    assert rastros(publica) == []
    assert blancos(publica, tmp_path, marcada) < 0.05  # solo el número
    if nombre != "escaneada":  # de un escaneo no hay texto que conservar
        assert CONSERVA in " ".join(leido.split())
    assert "[testado 1]" in leido


@pytest.mark.parametrize("nombre", sorted(set(HOSTILES) - {"escaneada", "invisible", "con_capas"}))
def test_antes_el_dato_si_estaba(tmp_path: Path, nombre: str) -> None:
    """Sin esto, una muestra mal hecha dejaría contenta a la prueba de arriba."""
    original = HOSTILES[nombre]()
    with pymupdf.open(stream=original, filetype="pdf") as documento:
        documento.bake()
        assert DATO in documento[0].get_text()


def test_la_copia_no_trae_nada_que_no_se_dibuje(tmp_path: Path) -> None:
    publica = copia(tmp_path, HOSTILES["con_equipaje"](), [zona()])
    with pikepdf.open(BytesIO(publica)) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/Lang", "/ViewerPreferences"}
        assert set(pdf.docinfo.keys()) == {"/Title"}
        assert set(pdf.pages[0].obj.keys()) <= {
            "/Type",
            "/Parent",
            "/MediaBox",
            "/Contents",
            "/Resources",
            "/Rotate",
        }
    assert publica.count(b"%%EOF") == 1
    (tmp_path / "p.pdf").write_bytes(publica)
    subprocess.run(["qpdf", "--check", tmp_path / "p.pdf"], check=True, capture_output=True)


def test_repetir_da_los_mismos_bytes(tmp_path: Path) -> None:
    assert copia(tmp_path, sencillo(), [zona()]) == copia(tmp_path, sencillo(), [zona()])


def test_la_pagina_sin_zonas_conserva_su_texto_y_pierde_lo_que_no_usa(tmp_path: Path) -> None:
    publica = copia(tmp_path, escaneada(), [zona()])
    with pikepdf.open(BytesIO(publica)) as pdf:
        assert list(pdf.pages[1].Resources.get("/XObject", {})) == []
        imagenes = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
    assert len(imagenes) == 1
    assert "Segunda página" in texto_de(tmp_path, publica)


@given(
    x=st.floats(0.01, 0.7), y=st.floats(0.01, 0.8), ancho=st.floats(0.02, 0.29), alto=st.floats(0.02, 0.19)
)
@settings(max_examples=12)
def test_en_cualquier_zona_no_queda_letra_ni_pixel(
    tmp_path_factory: pytest.TempPathFactory, x: float, y: float, ancho: float, alto: float
) -> None:
    carpeta = tmp_path_factory.mktemp("zona")
    documento = pymupdf.open()
    pagina = documento.new_page(width=ANCHO, height=ALTO)
    for renglon in range(40, ALTO, 14):
        pagina.insert_text((10, renglon), "palabra " * 14, fontsize=11)
    marcada = ZonaTestada(pagina=1, x=x, y=y, ancho=ancho, alto=alto)
    publica = copia(carpeta, documento.tobytes(), [marcada])
    with pymupdf.open(stream=publica, filetype="pdf") as resultado:
        centro = pymupdf.Rect(x * ANCHO, y * ALTO, (x + ancho) * ANCHO, (y + alto) * ALTO)
        dentro = resultado[0].get_textbox(
            pymupdf.Rect(centro.x0 + 3, centro.y0 + 5, centro.x1 - 3, centro.y1 - 5)
        )
    assert "palabra" not in dentro
    assert blancos(publica, carpeta, marcada) < 0.2


# --- si algo quedara, se dice ---


@pytest.mark.parametrize("parte", [(0, 0.3, 0.5, 0.7), (0.4, 0, 0.6, 1)], ids=["a lo alto", "a lo ancho"])
def test_de_la_palabra_a_medio_tapar_no_asoma_nada(
    tmp_path: Path, parte: tuple[float, float, float, float]
) -> None:
    """La zona que corta letras crece hasta la palabra entera; el renglón de al lado no se toca."""
    with pymupdf.open() as documento:
        hoja = documento.new_page(width=ANCHO, height=ALTO)
        hoja.insert_text((100, 200), "4491234567", fontsize=14)
        hoja.insert_text((100, 225), "visible", fontsize=14)
        caja = hoja.search_for("4491234567")[0]
        original = documento.tobytes()
    x0, y0, x1, y1 = parte
    cortada = pymupdf.Rect(
        caja.x0 + x0 * caja.width,
        caja.y0 + y0 * caja.height,
        caja.x0 + x1 * caja.width,
        caja.y0 + y1 * caja.height,
    )
    hecha = copia(tmp_path, original, [zona(cortada)])
    with pymupdf.open(stream=hecha, filetype="pdf") as documento:
        pixeles = documento[0].get_pixmap(clip=caja, colorspace=pymupdf.csGRAY)
        assert max(max(pixeles.samples[i :: pixeles.width][2:-2]) for i in (2, pixeles.width - 3)) < 40
        leido = documento[0].get_text()
    assert ("visible" in leido, any(c in leido for c in "4567")) == (True, False)


def test_la_comprobacion_rechaza_una_copia_con_el_dato() -> None:
    marcada = Zona(1, 1, LUGAR.x0 / ANCHO, LUGAR.y0 / ALTO, LUGAR.width / ANCHO, LUGAR.height / ALTO)
    with pymupdf.open(stream=sencillo(), filetype="pdf") as documento:
        limpio = documento.tobytes(garbage=4)
    with pikepdf.open(BytesIO(limpio)) as pdf:
        salida = BytesIO()
        del pdf.Root["/Info"]
        pdf.save(salida)
    with pytest.raises(ArchivoRechazado, match="página 1"):
        comprobacion.comprobar_pdf(salida.getvalue(), [marcada])


def test_la_comprobacion_rechaza_una_imagen_sin_tapar() -> None:
    with pytest.raises(ArchivoRechazado, match="No se guardó nada"):
        comprobacion.comprobar_imagen(Image.new("RGB", (100, 100), "white"), [Zona(1, 1, 0.1, 0.1, 0.5, 0.5)])


def test_la_comprobacion_rechaza_una_copia_con_equipaje() -> None:
    with pytest.raises(ArchivoRechazado, match="datos escondidos"):
        comprobacion.comprobar_pdf(HOSTILES["con_equipaje"](), [])


@pytest.mark.parametrize("contenido", [b"", b"%PDF-1.7\n%%EOF", b"no es un PDF"])
def test_lo_que_no_se_puede_leer_se_dice(tmp_path: Path, contenido: bytes) -> None:
    with pytest.raises(ArchivoRechazado):
        copia(tmp_path, contenido, [zona()])


def test_una_zona_de_una_pagina_que_no_existe_se_rechaza(tmp_path: Path) -> None:
    with pytest.raises(ArchivoRechazado, match="no tiene página 2"):
        copia(tmp_path, sencillo(), [zona(pagina=2)])


# --- imágenes ---


@pytest.mark.parametrize(
    ("formato", "mime"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")]
)
def test_de_una_imagen_se_van_pixeles_y_metadatos(tmp_path: Path, formato: str, mime: str) -> None:
    original = Image.effect_noise((300, 200), 80).convert("RGB")
    datos = original.getexif()
    datos[ExifTags.Base.ImageDescription] = DATO
    datos[ExifTags.Base.Orientation] = 6
    ruta = tmp_path / "foto"
    original.save(ruta, formato, exif=datos)
    publica = testado.testar(ruta, mime, [ZonaTestada(pagina=1, x=0.25, y=0.25, ancho=0.5, alto=0.5)])
    assert DATO.encode() not in publica
    with Image.open(BytesIO(publica)) as imagen:
        assert (imagen.format, imagen.size) == (formato, (200, 300))  # derecha, como se ve
        assert not imagen.getexif()
        grises = imagen.convert("L")
        assert max(grises.crop((55, 80, 65, 90)).tobytes()) < 40
        assert max(grises.tobytes()) > 90  # lo de afuera sigue


# --- buscar y mostrar ---


def test_busca_sin_acentos_mayusculas_ni_espacios(tmp_path: Path) -> None:
    ruta = tmp_path / "a.pdf"
    documento = pymupdf.open()
    pagina = documento.new_page(width=ANCHO, height=ALTO)
    pagina.insert_text((72, 100), "Teléfono: 477 123 45 67 y otra vez TELEFONO")
    ruta.write_bytes(documento.tobytes())
    assert len(testado.buscar(ruta, "telefono")) == 2
    [hallado] = testado.buscar(ruta, "4771234567")
    assert hallado["pagina"] == 1
    marcada = ZonaTestada(**hallado)
    assert "477" not in texto_de(tmp_path, testado.testar(ruta, PDF, [marcada]))
    assert testado.buscar(ruta, "no está") == []
    assert testado.buscar(ruta, " ") == []


@pytest.mark.parametrize("nombre", ["girada", "recortada", "escalada", "en_una_nota", "en_un_campo"])
def test_lo_que_encuentra_es_lo_que_hay_que_tapar(tmp_path: Path, nombre: str) -> None:
    ruta = tmp_path / "a.pdf"
    ruta.write_bytes(HOSTILES[nombre]())
    hallados = [ZonaTestada(**h) for h in testado.buscar(ruta, DATO)]
    assert hallados
    publica = testado.testar(ruta, PDF, hallados)
    assert rastros(publica) == []
    assert blancos(publica, tmp_path, hallados[0]) < 0.5


def test_la_pagina_se_muestra_como_imagen(tmp_path: Path) -> None:
    ruta = tmp_path / "a.pdf"
    ruta.write_bytes(HOSTILES["girada"]())
    with Image.open(BytesIO(testado.pagina(ruta, PDF, 1))) as imagen:
        assert imagen.format == "PNG"
        assert imagen.width > imagen.height
    with pytest.raises(ArchivoRechazado, match="no tiene página 9"):
        testado.pagina(ruta, PDF, 9)
