"""La copia pública de un PDF: un documento nuevo, hecho página por página.

De una página con algo testado solo pasa su imagen ya tapada y, encima, invisible, el texto que queda
fuera de las zonas: así no hay capa, objeto ni revisión donde el dato sobreviva. Las demás páginas se
copian con lo que dibujan y nada más.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
from PIL import Image

from .paginas import Letra, abrir, dibujar, pagina_de, palabras
from .zonas import Zona, tapar

PUNTOS = 200  # por pulgada: se lee bien impreso
SIN_PERDIDA = 700_000  # bytes; una página escaneada pasa de ahí y se guarda como foto
# De la altura de una letra, lo de arriba y lo de abajo casi siempre está vacío: un renglón pegado a la
# zona no se pierde por rozarla.
ROCE = 0.2
DE_PAGINA = {"/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Contents", "/Resources"}
DE_RECURSOS = {
    "/ExtGState",
    "/ColorSpace",
    "/Pattern",
    "/Shading",
    "/XObject",
    "/Font",
    "/ProcSet",
    "/Properties",
}
# Lo que un objeto puede llevar consigo sin dibujarlo.
EQUIPAJE = (
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/Alternates",
    "/OPI",
    "/Thumb",
    "/AA",
    "/A",
    "/AF",
    "/StructParent",
    "/StructParents",
)


def testar(ruta: Path, zonas: Sequence[Zona]) -> bytes:
    """El PDF sin lo que hay en las zonas. Lanza `ArchivoRechazado` si no se puede leer."""
    with abrir(ruta) as origen, pymupdf.open() as nuevo:
        for zona in zonas:
            pagina_de(origen, zona.pagina)
        # Con capas que se encienden y apagan, lo oculto se vería al copiarlo: se dibuja todo.
        con_capas = origen.xref_get_key(origen.pdf_catalog(), "OCProperties")[0] != "null"
        for numero, pagina in enumerate(origen, start=1):
            suyas = [zona for zona in zonas if zona.pagina == numero]
            if suyas or con_capas:
                _dibujada(nuevo, pagina, suyas)
            else:
                _copiada(nuevo, origen, numero - 1)
        return _sin_equipaje(nuevo.tobytes(garbage=4, deflate=True))


def _copiada(nuevo: Any, origen: Any, indice: int) -> None:
    """La página con lo que dibuja y los recursos que usa."""
    origen[indice].clean_contents()
    nuevo.insert_pdf(origen, from_page=indice, to_page=indice, links=False, annots=False, widgets=False)


def _dibujada(nuevo: Any, pagina: Any, zonas: Sequence[Zona]) -> None:
    """La página como imagen tapada, con su texto de fuera de las zonas para buscarlo y oírlo.

    Conserva su giro: el texto queda derecho en la hoja y se lee en su orden.
    """
    imagen = dibujar(pagina, PUNTOS)
    tapar(imagen, zonas)
    ancho, alto = pagina.rect.width, pagina.rect.height
    cajas = [(zona.etiqueta, pymupdf.Rect(zona.en(ancho, alto))) for zona in zonas]
    sin_giro = pagina.derotation_matrix
    derecha = (pagina.rect * sin_giro).normalize()
    hoja = nuevo.new_page(width=derecha.width, height=derecha.height)
    hoja.insert_image(hoja.rect, stream=_comprimida(imagen.rotate(pagina.rotation, expand=True)))
    escritor, letra = pymupdf.TextWriter(hoja.rect), pymupdf.Font("helv")
    fuera = (t for palabra in palabras(pagina) for t in _fuera(palabra, [caja for _, caja in cajas]))
    for texto, caja in (*fuera, *cajas):
        _escribir(escritor, letra, texto, (caja * sin_giro).normalize())
    escritor.write_text(hoja, render_mode=3)
    hoja.set_rotation(pagina.rotation)


def _comprimida(imagen: Image.Image) -> bytes:
    """Sin pérdida, o como foto cuando así pesaría demasiado. Ya va tapada: comprimir no destapa."""
    grises = imagen.convert("L")
    if grises.convert("RGB").tobytes() == imagen.tobytes():
        imagen = grises
    exacta, foto = BytesIO(), BytesIO()
    imagen.save(exacta, "PNG")
    if exacta.tell() <= SIN_PERDIDA:
        return exacta.getvalue()
    imagen.save(foto, "JPEG", quality=85, subsampling=0)
    return foto.getvalue()


def _fuera(palabra: list[Letra], zonas: list[pymupdf.Rect]) -> Iterator[tuple[str, pymupdf.Rect]]:
    """Los tramos de la palabra que no tocan ninguna zona."""
    texto, caja = "", pymupdf.Rect()
    for letra, suya in palabra:
        if any(toca(suya, zona) for zona in zonas):
            if texto:
                yield texto, caja
            texto, caja = "", pymupdf.Rect()
        else:
            caja = caja | suya if texto else suya
            texto += letra
    if texto:
        yield texto, caja


def toca(letra: pymupdf.Rect, zona: pymupdf.Rect) -> bool:
    """Si la letra, sin lo vacío de arriba y de abajo, invade la zona."""
    roce = letra.height * ROCE
    centro = pymupdf.Rect(letra.x0, letra.y0 + roce, letra.x1, letra.y1 - roce)
    return bool(centro.x0 < zona.x1 and centro.x1 > zona.x0 and centro.y0 < zona.y1 and centro.y1 > zona.y0)


def _escribir(escritor: Any, letra: Any, texto: str, caja: pymupdf.Rect) -> None:
    """El texto invisible, del ancho de su caja y centrado en ella a lo alto: no la rebasa."""
    ancho = letra.text_length(texto, fontsize=1)
    if ancho <= 0 or caja.is_empty:
        return
    tamano = min(caja.width / ancho, caja.height / (letra.ascender - letra.descender))
    sobra = caja.height - tamano * (letra.ascender - letra.descender)
    escritor.append((caja.x0, caja.y1 - sobra / 2 + tamano * letra.descender), texto, letra, tamano)


def _sin_equipaje(contenido: bytes) -> bytes:
    """Solo lo que se dibuja: ni metadatos, ni acciones, ni recursos que ninguna página usa."""
    salida = BytesIO()
    with pikepdf.open(BytesIO(contenido)) as pdf:
        for clave in [c for c in list(pdf.Root.as_dict()) if c not in ("/Type", "/Pages")]:
            del pdf.Root[clave]
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        del pdf.trailer["/ID"]  # al azar; se calcula del contenido
        for pagina in pdf.pages:
            _solo(pagina.obj, DE_PAGINA)
            _solo(pagina.obj.get("/Resources", pikepdf.Dictionary()), DE_RECURSOS)
        pdf.remove_unreferenced_resources()
        for objeto in pdf.objects:
            _aligerar(objeto)
        pdf.Root.Lang = pikepdf.String("es-MX")
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        pdf.docinfo["/Title"] = pikepdf.String("Versión pública")
        pdf.save(salida, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return salida.getvalue()


def _solo(diccionario: Any, claves: set[str]) -> None:
    for clave in [c for c in list(diccionario.as_dict()) if c not in claves]:
        del diccionario[clave]


def _aligerar(objeto: Any) -> None:
    if isinstance(objeto, pikepdf.Dictionary | pikepdf.Stream):
        for clave in EQUIPAJE:
            if clave in objeto:
                del objeto[clave]
