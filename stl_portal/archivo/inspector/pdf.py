"""Lee un PDF completo con pikepdf: cada objeto, ya descomprimido, sin dibujar nada."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import pikepdf

from stl_portal.archivo.tipos import POR_EXTENSION, reconocer
from stl_portal.archivo.veredicto import ArchivoRechazado, Veredicto

from . import frases
from .fuente import Fuente

PAGINAS = 500
OBJETOS = 300_000
# Datos que un acta puede llevar dentro (PDF/A-3) además de los formatos admitidos.
ADJUNTOS = frozenset(POR_EXTENSION) | {".json", ".xml", ".ics"}
ADJUNTO = "El PDF lleva dentro un archivo que no se acepta ({que})."
CODIGO = (
    "El PDF contiene {que}, que podría ejecutarse al abrirlo. Ábrelo, imprímelo como PDF nuevo y sube ese."
)
_ACCIONES = {
    "/JavaScript": "instrucciones (JavaScript)",
    "/Launch": "una orden para abrir programas",
    "/ImportData": "una orden para importar datos",
    "/SubmitForm": "una orden para enviar datos a otro sitio",
    "/GoToE": "una orden para abrir un archivo escondido",
    "/Rendition": "contenido multimedia",
    "/RichMediaExecute": "contenido multimedia",
}
_LIGAS_ACTIVAS = ("javascript:", "vbscript:", "data:", "file:")
_MULTIMEDIA = {"/RichMedia", "/3D", "/Screen", "/Movie", "/Sound"}


def leer_pdf(ruta: Fuente) -> Veredicto:
    """Páginas y advertencias. Lanza `ArchivoRechazado`."""
    _exigir_final(ruta)
    try:
        with pikepdf.open(ruta, attempt_recovery=False) as pdf:
            return _revisar(pdf)
    except pikepdf.PasswordError as error:
        raise ArchivoRechazado(frases.CONTRASENA) from error
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, KeyError) as error:
        raise ArchivoRechazado(frases.DANADO) from error


def _exigir_final(ruta: Fuente) -> None:
    """Después del último %%EOF solo puede haber espacio en blanco o relleno de ceros."""
    with ruta.open("rb") as archivo:
        archivo.seek(max(0, archivo.seek(0, 2) - 65_536))
        final = archivo.read()
    _, marca, cola = final.rpartition(b"%%EOF")
    if not marca:
        raise ArchivoRechazado(frases.SIN_FINAL)
    if cola.strip(b" \t\r\n\f\x00"):
        raise ArchivoRechazado(frases.CON_COLA)


def _revisar(pdf: pikepdf.Pdf) -> Veredicto:
    """Revisa protección, páginas y todos los objetos."""
    if pdf.is_encrypted:
        raise ArchivoRechazado(frases.PROTEGIDO)
    paginas = len(pdf.pages)
    if not 0 < paginas <= PAGINAS:
        raise ArchivoRechazado(f"El PDF tiene {paginas} páginas; se admiten de 1 a {PAGINAS}.")
    advertencias = {frase for objeto in _diccionarios(pdf) for frase in _revisar_diccionario(objeto)}
    return Veredicto("application/pdf", paginas, tuple(sorted(advertencias)))


def _diccionarios(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Cada diccionario del archivo, también los que van dentro de otros objetos."""
    vistos = 0
    pendientes = [pdf.trailer, *pdf.objects]
    while pendientes:
        objeto = pendientes.pop()
        vistos += 1
        if vistos > OBJETOS:
            raise ArchivoRechazado("El PDF tiene demasiados objetos internos para revisarse.")
        if isinstance(objeto, pikepdf.Array):
            pendientes += [o for o in list(objeto) if _directo(o)]
        elif isinstance(objeto, pikepdf.Dictionary | pikepdf.Stream):
            diccionario = objeto.stream_dict if isinstance(objeto, pikepdf.Stream) else objeto
            pendientes += [o for o in diccionario.as_dict().values() if _directo(o)]
            yield diccionario


def _directo(objeto: Any) -> bool:
    """Contenedor escrito dentro de otro; los indirectos ya están en la lista del archivo."""
    return isinstance(objeto, pikepdf.Array | pikepdf.Dictionary) and not objeto.is_indirect


def _revisar_diccionario(objeto: Any) -> Iterator[str]:
    """Rechaza lo que se ejecuta; advierte de lo que conviene saber."""
    accion = str(objeto.get("/S", ""))
    if accion in _ACCIONES:
        raise ArchivoRechazado(CODIGO.format(que=_ACCIONES[accion]))
    if "/JS" in objeto:
        raise ArchivoRechazado(CODIGO.format(que=_ACCIONES["/JavaScript"]))
    if "/URI" in objeto and str(objeto["/URI"]).strip().casefold().startswith(_LIGAS_ACTIVAS):
        raise ArchivoRechazado(CODIGO.format(que="una liga con instrucciones"))
    if "/XFA" in objeto:
        raise ArchivoRechazado(CODIGO.format(que="un formulario XFA"))
    if str(objeto.get("/Subtype", "")) in _MULTIMEDIA:
        raise ArchivoRechazado(CODIGO.format(que="contenido multimedia"))
    if "/ByteRange" in objeto:
        yield "El PDF trae firma electrónica; se conserva tal como llegó."
    if "/EF" in objeto:
        yield _revisar_adjunto(objeto)


def _revisar_adjunto(ficha: Any) -> str:
    """Un archivo dentro del PDF: se admite si su terminación y su contenido lo son, y se avisa."""
    nombre = str(ficha.get("/UF", ficha.get("/F", "")))
    extension = PurePosixPath(nombre.replace("\\", "/")).suffix.lower()
    if extension not in ADJUNTOS:
        raise ArchivoRechazado(ADJUNTO.format(que=f"«{nombre[:80]}»"))
    esperada = POR_EXTENSION[extension].clase if extension in POR_EXTENSION else "texto"
    for flujo in ficha.EF.as_dict().values():
        clase, dicho = reconocer(flujo.read_bytes()[:4096])
        if clase not in (esperada, "xml"):
            raise ArchivoRechazado(ADJUNTO.format(que=f"«{nombre[:80]}»: es {dicho}"))
    return f"El PDF lleva dentro otro archivo: «{nombre[:80]}»."
