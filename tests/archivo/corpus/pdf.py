"""PDF que ejecutan, esconden, mienten o revientan."""

import pikepdf
from pikepdf import Array, Dictionary, Name

from stl_portal.archivo.inspector import frases
from tests.archivo import muestras as mu

CODIGO = "El PDF contiene {}, que podría ejecutarse al abrirlo. Ábrelo, imprímelo como PDF nuevo y sube ese."
JS = CODIGO.format("instrucciones (JavaScript)")
MULTIMEDIA = CODIGO.format("contenido multimedia")


def _xfa(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(XFA=pikepdf.String("<xdp/>"), Fields=Array([]))


def _nota(pdf: pikepdf.Pdf, **datos: object) -> None:
    nota = Dictionary({"/Type": Name.Annot, "/Rect": [0, 0, 9, 9]} | {f"/{k}": v for k, v in datos.items()})
    pdf.pages[0].Annots = Array([pdf.make_indirect(nota)])


def _con_nota(**datos: object) -> bytes:
    return mu.pdf(lambda pdf: _nota(pdf, **datos))


def _al_pasar_la_hoja(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS="app.alert(1)"))


def _al_guardar(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AA = Dictionary(WS=Dictionary(S=Name.Launch, F="cmd.exe"))


def _encadenada(pdf: pikepdf.Pdf) -> None:
    segunda = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert(1)"))
    pdf.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([]), Next=Array([segunda]))


def _por_nombre(pdf: pikepdf.Pdf) -> None:
    accion = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert(1)"))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["x", accion])))


def _en_un_ciclo(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)


def _liga(uri: str) -> bytes:
    return _con_nota(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=pikepdf.String(uri)))


HOSTILES = {
    "pdf falso": ("acta.pdf", b"%PDF-1.7\nhola\n%%EOF", frases.DANADO),
    "pdf cortado": ("acta.pdf", mu.pdf()[:-20], frases.SIN_FINAL),
    "pdf con cola": ("acta.pdf", mu.pdf() + b"<script>alert(1)</script>", frases.CON_COLA),
    "pdf con zip": ("acta.pdf", mu.pdf() + mu.ooxml("docx"), frases.CON_COLA),
    "javascript": ("acta.pdf", mu.pdf_con_accion(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)")), JS),
    "javascript escondido": ("acta.pdf", mu.pdf_javascript_escondido(), JS),
    "javascript disfrazado": ("acta.pdf", mu.pdf_disfrazado(), JS),
    "launch": (
        "acta.pdf",
        mu.pdf_con_accion(S=Name.Launch, F=pikepdf.String("cmd.exe")),
        CODIGO.format("una orden para abrir programas"),
    ),
    "envía formulario": (
        "acta.pdf",
        mu.pdf_con_accion(S=Name.SubmitForm, F=pikepdf.String("https://malo.example")),
        CODIGO.format("una orden para enviar datos a otro sitio"),
    ),
    "xfa": ("acta.pdf", mu.pdf(_xfa), CODIGO.format("un formulario XFA")),
    "multimedia": ("acta.pdf", _con_nota(Subtype=Name.RichMedia), CODIGO.format("contenido multimedia")),
    "ejecutable dentro": (
        "acta.pdf",
        mu.pdf_con_adjunto("instalar.exe", b"MZ"),
        "El PDF lleva dentro un archivo que no se acepta («instalar.exe»).",
    ),
    "ejecutable disfrazado": (
        "acta.pdf",
        mu.pdf_con_adjunto("datos.xml", b"MZ\x90\x00\x03" + b"\x00" * 100),
        "El PDF lleva dentro un archivo que no se acepta («datos.xml»: es un programa de Windows).",
    ),
    "con contraseña": ("acta.pdf", mu.pdf_cifrado("secreta"), frases.CONTRASENA),
    "con permisos": ("acta.pdf", mu.pdf_cifrado(""), frases.PROTEGIDO),
    "501 páginas": ("acta.pdf", mu.pdf(paginas=501), "El PDF tiene 501 páginas; se admiten de 1 a 500."),
    "sin páginas": ("acta.pdf", mu.pdf(paginas=0), "El PDF tiene 0 páginas; se admiten de 1 a 500."),
    "al pasar la hoja": ("acta.pdf", mu.pdf(_al_pasar_la_hoja), JS),
    "al guardar": ("acta.pdf", mu.pdf(_al_guardar), CODIGO.format("una orden para abrir programas")),
    "acción encadenada": ("acta.pdf", mu.pdf(_encadenada), JS),
    "javascript por nombre": ("acta.pdf", mu.pdf(_por_nombre), JS),
    "liga javascript": (
        "acta.pdf",
        _liga("JavaScript:alert(1)"),
        CODIGO.format("una liga con instrucciones"),
    ),
    "liga a un archivo": (
        "acta.pdf",
        _liga("file:///c:/cmd.exe"),
        CODIGO.format("una liga con instrucciones"),
    ),
    "abre un escondido": (
        "acta.pdf",
        mu.pdf_con_accion(S=Name.GoToE, T=Dictionary(R=Name.C)),
        CODIGO.format("una orden para abrir un archivo escondido"),
    ),
    "importa datos": (
        "acta.pdf",
        mu.pdf_con_accion(S=Name.ImportData, F="datos.fdf"),
        CODIGO.format("una orden para importar datos"),
    ),
    "película": ("acta.pdf", _con_nota(Subtype=Name.Movie), MULTIMEDIA),
    "tres dimensiones": ("acta.pdf", _con_nota(Subtype=Name("/3D")), MULTIMEDIA),
    "html dentro": (
        "acta.pdf",
        mu.pdf_con_adjunto("indice.html", b"<html>"),
        "El PDF lleva dentro un archivo que no se acepta («indice.html»).",
    ),
    "html disfrazado dentro": (
        "acta.pdf",
        mu.pdf_con_adjunto("datos.json", b"<html><script>"),
        "El PDF lleva dentro un archivo que no se acepta («datos.json»: es una página HTML).",
    ),
    "páginas en un ciclo": ("acta.pdf", mu.pdf(_en_un_ciclo), frases.DANADO),
    "índice en otro lado": (
        "acta.pdf",
        mu.pdf().replace(b"startxref\n", b"startxref\n9"),
        frases.DANADO,
    ),
}
TOLERADOS = {
    "pdf con liga": ("acta.pdf", _liga("https://gob.example/")),
    "pdf con csv dentro": ("acta.pdf", mu.pdf_con_adjunto("datos.csv", b"a,b\n1,2\n")),
}
