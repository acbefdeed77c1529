"""Archivos de verdad, buenos y hostiles, hechos en el momento: ninguno se guarda en el repositorio."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

OOXML = "application/vnd.openxmlformats-officedocument."
PRINCIPAL = {
    "docx": ("word/document.xml", f"{OOXML}wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{OOXML}spreadsheetml.sheet.main+xml"),
}
# El archivo de prueba de los antivirus, escrito al revés para que ninguno se alarme con este módulo.
EICAR = rb"*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$}7)CC7)^P(45XZP\4[PA@%P!O5X"[::-1]


def pdf(armar: Callable[[pikepdf.Pdf], None] | None = None, paginas: int = 1, **guardar: object) -> bytes:
    """Un PDF en blanco; `armar` le agrega lo que la prueba necesite."""
    with pikepdf.new() as nuevo:
        for _ in range(paginas):
            nuevo.add_blank_page()
        if armar:
            armar(nuevo)
        salida = io.BytesIO()
        nuevo.save(salida, **guardar)  # type: ignore[arg-type]
    return salida.getvalue()


def pdf_con_accion(**accion: object) -> bytes:
    """Un PDF que hace algo al abrirse."""

    def armar(nuevo: pikepdf.Pdf) -> None:
        nuevo.Root.OpenAction = Dictionary({"/Type": Name.Action} | {f"/{k}": v for k, v in accion.items()})

    return pdf(armar)


def pdf_javascript_escondido() -> bytes:
    """JavaScript con el nombre disfrazado (#61 es «a»), en una anotación y dentro de un flujo comprimido."""

    def armar(nuevo: pikepdf.Pdf) -> None:
        accion = Dictionary(S=Name("/JavaScript"), JS=pikepdf.String("app.alert(1)"))
        nota = nuevo.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], AA=Dictionary(E=accion))
        )
        nuevo.pages[0].Annots = Array([nota])

    comprimido = {"object_stream_mode": pikepdf.ObjectStreamMode.generate, "compress_streams": True}
    return pdf(armar, **comprimido)


def pdf_disfrazado() -> bytes:
    """El mismo nombre escrito con códigos, que un buscador de texto no ve."""
    accion = Dictionary(
        {"/Type": Name.Action, "/S": Name("/Xxxxxxxxxxxxxx"), "/Yyyy": pikepdf.String("app.alert(1)")}
    )
    crudo = pdf(lambda nuevo: nuevo.Root.__setitem__("/OpenAction", accion))
    return crudo.replace(b"/Xxxxxxxxxxxxxx", b"/J#61vaScr#69pt").replace(b"/Yyyy", b"/J#53")


def pdf_con_adjunto(nombre: str, contenido: bytes) -> bytes:
    """Un PDF que lleva dentro otro archivo."""

    def armar(nuevo: pikepdf.Pdf) -> None:
        flujo = Stream(nuevo, contenido)
        flujo.Type = Name.EmbeddedFile
        ficha = Dictionary(
            Type=Name.Filespec, F=nombre, UF=nombre, EF=Dictionary(F=nuevo.make_indirect(flujo))
        )
        nuevo.Root.Names = Dictionary(
            EmbeddedFiles=Dictionary(Names=Array([nombre, nuevo.make_indirect(ficha)]))
        )

    return pdf(armar)


def pdf_cifrado(contrasena: str) -> bytes:
    """Con contraseña para abrir, o solo con permisos limitados si es vacía."""
    return pdf(encryption=pikepdf.Encryption(owner="duena", user=contrasena))


def imagen(formato: str = "PNG", tamano: tuple[int, int] = (40, 30), **guardar: object) -> bytes:
    """Una imagen lisa del color de la casa."""
    salida = io.BytesIO()
    Image.new("RGB", tamano, (13, 61, 59)).save(salida, formato, **guardar)
    return salida.getvalue()


def png_inmenso(lado: int = 30_000) -> bytes:
    """Dice medir 900 megapíxeles y pesa menos de un kilobyte."""
    cabecera = struct.pack(">IIBBBBB", lado, lado, 8, 2, 0, 0, 0)
    trozos = [(b"IHDR", cabecera), (b"IDAT", zlib.compress(b"\x00" * 100)), (b"IEND", b"")]
    cuerpo = b"".join(
        struct.pack(">I", len(datos)) + tipo + datos + struct.pack(">I", zlib.crc32(tipo + datos))
        for tipo, datos in trozos
    )
    return b"\x89PNG\r\n\x1a\n" + cuerpo


def foto_con_gps(tamano: tuple[int, int] = (40, 30), *, girada: bool = False) -> bytes:
    """Una foto que dice dónde se tomó y, si está `girada`, que la cámara iba de lado."""
    exif = Image.Exif()
    exif[0x0112] = 6 if girada else 1
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 1.0, 0.0), 3: "W", 4: (101.0, 15.0, 0.0)})
    return imagen("JPEG", tamano, exif=exif)


def paquete(partes: Mapping[str, bytes | str], compresion: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Un ZIP con esas partes, en ese orden."""
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", compresion) as zip_nuevo:
        for nombre, contenido in partes.items():
            zip_nuevo.writestr(nombre, contenido)
    return salida.getvalue()


def ooxml(clase: str, extra: Mapping[str, bytes | str] | None = None, tipo: str = "") -> bytes:
    """Un DOCX o XLSX mínimo; `tipo` cambia el tipo declarado de su parte principal."""
    parte, de_fabrica = PRINCIPAL[clase]
    tipos = f'<Types><Override PartName="/{parte}" ContentType="{tipo or de_fabrica}"/></Types>'
    return paquete({"[Content_Types].xml": tipos, parte: "<raiz><texto>Hola</texto></raiz>", **(extra or {})})


def relacion(tipo: str, destino: str) -> str:
    """Una relación que apunta fuera del documento."""
    una = f'<Relationship Type="x/{tipo}" Target="{destino}" TargetMode="External"/>'
    return f"<Relationships>{una}</Relationships>"


def odf(
    contenido: str = "<raiz/>", mime: str = "text", extra: Mapping[str, bytes | str] | None = None
) -> bytes:
    """Un documento de LibreOffice mínimo."""
    manifiesto = "<manifest><file-entry/></manifest>"
    partes: dict[str, bytes | str] = {
        "mimetype": f"application/vnd.oasis.opendocument.{mime}",
        "content.xml": contenido,
        "META-INF/manifest.xml": manifiesto,
    }
    return paquete(partes | dict(extra or {}))


def zip_que_miente() -> bytes:
    """Su índice dice que una parte mide 10 bytes; al abrirla salen muchos más."""
    grande = b"<raiz>" + b"a" * 5_000_000 + b"</raiz>"
    bueno = ooxml("docx", {"word/otra.xml": grande})
    return bueno.replace(struct.pack("<I", len(grande)), struct.pack("<I", 10))


def pdf_bomba(megabytes: int) -> bytes:
    """Lleva dentro un archivo que comprimido pesa una milésima de lo que ocupa al abrirse."""
    compresor = zlib.compressobj(9)
    vacio = b"\x00" * 1_000_000
    comprimido = b"".join(compresor.compress(vacio) for _ in range(megabytes)) + compresor.flush()

    def armar(nuevo: pikepdf.Pdf) -> None:
        flujo = Stream(nuevo, comprimido, Filter=Name.FlateDecode, Type=Name.EmbeddedFile)
        ficha = Dictionary(Type=Name.Filespec, UF="datos.json", EF=Dictionary(F=nuevo.make_indirect(flujo)))
        nuevo.Root.Names = Dictionary(
            EmbeddedFiles=Dictionary(Names=Array(["d", nuevo.make_indirect(ficha)]))
        )

    return pdf(armar, stream_decode_level=pikepdf.StreamDecodeLevel.none)
