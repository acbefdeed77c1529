"""ZIP con algo que no se admite, que se sale o que revienta."""

import stat
import zipfile
from io import BytesIO

from pikepdf import Name

from stl_portal.archivo.inspector import frases
from stl_portal.archivo.tipos import ACEPTADOS
from tests.archivo import muestras as mu

from .pdf import JS

DENTRO = "Dentro del ZIP, «{}»: {}"
NOMBRE = "su nombre trae caracteres que no se ven o que Windows no admite."


def _cifrado() -> bytes:
    """La biblioteca estándar no cifra: se enciende el bit que dice que lo está."""
    crudo = bytearray(mu.paquete({"a.txt": "hola"}))
    crudo[6] |= 1
    crudo[crudo.find(b"PK\x01\x02") + 8] |= 1
    return bytes(crudo)


def _liga() -> bytes:
    salida = BytesIO()
    with zipfile.ZipFile(salida, "w") as paquete:
        entrada = zipfile.ZipInfo("a.txt")
        entrada.external_attr = (stat.S_IFLNK | 0o777) << 16
        paquete.writestr(entrada, "/etc/passwd")
    return salida.getvalue()


def _vacio() -> bytes:
    salida = BytesIO()
    zipfile.ZipFile(salida, "w").close()
    return salida.getvalue()


def _que_miente() -> bytes:
    grande = b"a" * 3_000_000
    bueno = mu.paquete({"a.txt": grande})
    return bueno.replace(len(grande).to_bytes(4, "little"), (10).to_bytes(4, "little"))


HOSTILES = {
    "zip en un zip": (
        "t.zip",
        mu.paquete({"otro.zip": mu.paquete({"a.txt": "x"})}),
        DENTRO.format("otro.zip", "es otro ZIP. Saca lo que trae y comprímelo una sola vez."),
    ),
    "programa en un zip": (
        "t.zip",
        mu.paquete({"leeme.txt": "hola", "instalar.exe": b"MZ"}),
        DENTRO.format("instalar.exe", f"No se aceptan archivos .exe. Se aceptan: {ACEPTADOS}."),
    ),
    "programa disfrazado en un zip": (
        "t.zip",
        mu.paquete({"foto.png": b"MZ\x90\x00"}),
        DENTRO.format("foto.png", "El archivo dice ser PNG pero su contenido es un programa de Windows."),
    ),
    "pdf con código en un zip": (
        "t.zip",
        mu.paquete({"docs/acta.pdf": mu.pdf_con_accion(S=Name.JavaScript, JS="app.alert(1)")}),
        DENTRO.format("acta.pdf", JS),
    ),
    "macros en un zip": (
        "t.zip",
        mu.paquete({"acta.docx": mu.ooxml("docx", {"word/vbaProject.bin": b"\x00"})}),
        DENTRO.format("acta.docx", frases.MACROS),
    ),
    "bomba en un zip": ("t.zip", mu.paquete({"a.txt": b"a" * 60_000_000}), frases.BOMBA),
    "doscientos uno": ("t.zip", mu.paquete({f"{n}.txt": "x" for n in range(201)}), frases.BOMBA),
    "zip que miente": ("t.zip", _que_miente(), frases.DANADO),
    "zip cifrado": ("t.zip", _cifrado(), frases.CONTRASENA),
    "zip que se sale": ("t.zip", mu.paquete({"../../a.txt": "x"}), frases.RUTAS),
    "zip con liga": ("t.zip", _liga(), frases.RUTAS),
    "zip vacío": ("t.zip", _vacio(), frases.DANADO),
    "zip de carpetas": ("t.zip", mu.paquete({"carpeta/": ""}), "El ZIP no trae ningún archivo."),
    "zip con vacío": ("t.zip", mu.paquete({"a.pdf": ""}), DENTRO.format("a.pdf", "El archivo está vacío.")),
    "zip con repetidos": (
        "t.zip",
        mu.paquete({"a.txt": "x", "A.TXT": "y"}),
        "El documento trae partes repetidas; vuelve a guardarlo.",
    ),
    "zip con nombre al revés": (
        "t.zip",
        mu.paquete({"acta\u202efdp.txt": "x"}),
        DENTRO.format("actafdp.txt", NOMBRE),
    ),
    "zip con aparato": ("t.zip", mu.paquete({"CON.txt": "x"}), DENTRO.format("_CON.txt", NOMBRE)),
    "programa como si fuera de mac": (
        "t.zip",
        mu.paquete({"a.txt": "x", "__MACOSX/._a.exe": b"MZ\x90\x00"}),
        DENTRO.format("_a.exe", f"No se aceptan archivos .exe. Se aceptan: {ACEPTADOS}."),
    ),
    "zip con cola": (
        "t.zip",
        mu.paquete({"a.txt": "x"}) + b"MZ cola",
        "El documento trae otro contenido escondido antes o después.",
    ),
}
TOLERADOS = {
    "zip con csv de fórmulas": ("t.zip", mu.paquete({"t.csv": b"a\n=CMD()\n"})),
    "zip con foto con lugar": ("t.zip", mu.paquete({"fotos/visita.jpg": mu.foto_con_gps()})),
}
