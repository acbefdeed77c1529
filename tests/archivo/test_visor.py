"""El visor: qué se ve de cada archivo, quién lo ve y qué recibe cualquiera."""

import hashlib
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from sesiones import models as m
from stl_portal.archivo import almacen, permisos
from stl_portal.archivo.models import Archivo, CopiaPublica
from tests.fabricas import crear_sesion
from tests.personas import Reparto

from . import libros as li
from . import medios as me
from . import muestras as mu

# Mira lo que se enseña de un archivo; lo que se guarda lo revisa `test_almacen`.
pytestmark = pytest.mark.apariencia

PRIVADO = "No es público"


def ver(archivo: Archivo, **consulta: object) -> str:
    """Dirección de la página del archivo."""
    cola = "?" + "&".join(f"{k}={v}" for k, v in consulta.items()) if consulta else ""
    return reverse("archivo:ver", args=(archivo.huella,)) + cola


def descargar(archivo: Archivo, consulta: str = "") -> str:
    """Dirección de sus bytes."""
    return reverse("archivo:descargar", args=(archivo.huella, archivo.nombre)) + consulta


@pytest.fixture
def dentro(client: Client, reparto: Reparto) -> Client:
    """Con la facilitadora adentro."""
    client.force_login(reparto.cuentas["facilitadora"])
    return client


@pytest.fixture
def publicos() -> Iterator[set[str]]:
    """Huellas que cualquiera puede abrir."""
    huellas: set[str] = set()

    def regla(_: object, archivo: Archivo) -> bool:
        return archivo.huella in huellas

    permisos.ACCESO.append(regla)
    yield huellas
    permisos.ACCESO.remove(regla)


def anexo(reparto: Reparto, nombre: str, contenido: bytes) -> Archivo:
    """Un archivo anexo a una sesión del órgano."""
    archivo = almacen.guardar(ContentFile(contenido, nombre))
    m.Anexo.objects.create(sesion=crear_sesion(reparto), titulo="Anexo", archivo=archivo)
    return archivo


def pagina(cliente: Client, direccion: str) -> str:
    """El texto de una página que sí se ve."""
    respuesta = cliente.get(direccion)
    assert respuesta.status_code == 200
    return respuesta.content.decode()


def celdas(html: str) -> list[list[str]]:
    """Los renglones de la tabla, sin su número."""
    cuerpo = re.search(r"<tbody>(.*?)</tbody>", html, re.DOTALL)
    assert cuerpo
    return [
        [unescape(c) for c in re.findall(r"<td>(.*?)</td>", fila, re.DOTALL)]
        for fila in re.findall(r"<tr>(.*?)</tr>", cuerpo[1], re.DOTALL)
    ]


@pytest.mark.parametrize(("papel", "codigo"), [("integrante", 200), ("auditora", 200), ("extrana", 404)])
def test_lo_ve_quien_lo_descarga(client: Client, reparto: Reparto, papel: str, codigo: int) -> None:
    archivo = anexo(reparto, "nota.txt", b"Folio 4471")
    client.force_login(reparto.cuentas[papel])
    respuesta = client.get(ver(archivo))
    assert (respuesta.status_code, b"4471" in respuesta.content) == (codigo, codigo == 200)
    assert Client().get(ver(archivo))["Location"].startswith("/entrar/")
    assert Client().get(ver(Archivo(huella="0" * 64)))["Location"].startswith("/entrar/")


def test_un_pdf_se_ve_en_su_marco_con_liga_al_lado(dentro: Client, reparto: Reparto) -> None:
    archivo = anexo(reparto, "informe.pdf", mu.pdf(paginas=3))
    respuesta = dentro.get(ver(archivo))
    html = respuesta.content.decode()
    assert f'data="{descargar(archivo)}?ver=1" type="application/pdf"' in html
    # El botón y, donde no hay visor, la liga y la primera página.
    assert html.count(f'href="{descargar(archivo)}?ver=1"') == 3
    assert "3 páginas" in html
    assert PRIVADO in html
    assert respuesta["Cache-Control"] == "no-store, private"
    politica = respuesta["Content-Security-Policy"]
    assert {"object-src 'self'", "media-src 'self'", "script-src 'self'"} <= set(politica.split("; "))


@pytest.mark.parametrize(
    ("nombre", "contenido", "etiqueta"), [("v.mp4", me.mp4(), "video"), ("a.mp3", me.mp3(), "audio")]
)
def test_el_audio_y_el_video_con_los_controles_del_navegador(
    dentro: Client, reparto: Reparto, nombre: str, contenido: bytes, etiqueta: str
) -> None:
    archivo = anexo(reparto, nombre, contenido)
    assert re.search(rf'<{etiqueta} [^>]*controls[^>]* src="[^"]+\?ver=1"', pagina(dentro, ver(archivo)))
    trozo = dentro.get(descargar(archivo, "?ver=1"), headers={"range": "bytes=0-9"})
    assert (trozo.status_code, b"".join(trozo)) == (206, contenido[:10])


def test_un_libro_se_lee_hoja_por_hoja(dentro: Client, reparto: Reparto) -> None:
    hojas: dict[str, li.Celdas] = {
        "Avance": [["Acción", "Avance"], ["1.1.1", 0.35], ["<script>alert(1)</script>", "=SUM(B1)"]],
        "Gasto": [[1, 2]],
        "Borrador": [["secreto 4471"]],
    }
    archivo = anexo(reparto, "avance.xlsx", li.xlsx(hojas, oculta="Borrador"))
    primera, segunda = pagina(dentro, ver(archivo)), pagina(dentro, ver(archivo, hoja=2))
    assert celdas(primera) == [["Acción", "Avance"], ["1.1.1", "0.35"], ["<script>alert(1)</script>", "7"]]
    assert celdas(segunda) == [["1", "2"]]
    assert "<script>alert" not in primera
    assert re.search(r'href="\?hoja=2" aria-current="page">Gasto', segunda)
    assert "el último resultado que guardó" in primera
    assert "1 hoja oculta" in primera
    assert "4471" not in primera
    assert [dentro.get(ver(archivo, hoja=n)).status_code for n in (0, 3, "x", "-1")] == [404] * 4


def test_tambien_los_de_libreoffice_los_csv_y_los_zip(dentro: Client, reparto: Reparto) -> None:
    hoja = anexo(reparto, "t.ods", li.ods([["año", 2.5], ["b", 1]]))
    lista = anexo(reparto, "t.csv", "año;total\n2020;=1+1\n".encode())
    todo = anexo(reparto, "t.zip", mu.paquete({"fotos/a.png": mu.imagen(), "nota.txt": "x" * 1500}))
    assert celdas(pagina(dentro, ver(hoja))) == [["año", "2.5"], ["b", "1"]]
    assert celdas(pagina(dentro, ver(lista))) == [["año", "total"], ["2020", "=1+1"]]
    assert celdas(pagina(dentro, ver(todo)))[1:] == [["fotos/a.png", "103"], ["nota.txt", "1,500"]]


def test_de_lo_muy_largo_se_ve_el_principio_y_se_dice(dentro: Client, reparto: Reparto) -> None:
    ancho = ",".join(str(n) for n in range(60))
    archivo = anexo(reparto, "t.csv", "\n".join([ancho] * 205).encode())
    html = pagina(dentro, ver(archivo))
    filas = celdas(html)
    assert (len(filas), {len(f) for f in filas}) == (200, {50})
    assert "(hay 5 más) y las primeras 50 columnas (hay 10 más)" in html
    assert '<th scope="col">AX</th>' in html


def test_un_documento_se_lee_como_texto(dentro: Client, reparto: Reparto) -> None:
    word = anexo(reparto, "a.docx", li.docx("Primero", "<b>dos</b>".replace("<", "&lt;")))
    libre = anexo(reparto, "a.odt", li.odt("uno", "dos <text:s/>tres"))
    llano = anexo(reparto, "a.txt", b"Hola\n\n<script>alert(1)</script>")
    assert "Primero\n&lt;b&gt;dos&lt;/b&gt;\n" in pagina(dentro, ver(word))
    assert "borrado" not in pagina(dentro, ver(word))
    assert "uno\ndos  tres" in pagina(dentro, ver(libre))
    assert "Hola\n\n&lt;script&gt;alert(1)" in pagina(dentro, ver(llano))


def test_lo_que_no_se_puede_leer_lo_dice_y_se_descarga(dentro: Client, reparto: Reparto) -> None:
    """Dos celdas en esquinas opuestas obligan a reservar diecisiete mil millones: solo muere el hijo."""
    with zipfile.ZipFile(BytesIO(li.xlsx({"Hoja": [["a"], ["b"]]}))) as abierto:
        partes = {nombre: abierto.read(nombre) for nombre in abierto.namelist()}
    hoja = partes["xl/worksheets/s1.xml"].replace(b"<c t=", b'<c r="A1" t=', 1)
    partes["xl/worksheets/s1.xml"] = hoja.replace(b"<row><c t=", b'<row r="1048576"><c r="XFD1048576" t=')
    for nombre, contenido in (("lejos.xlsx", mu.paquete(partes)), ("sin-hojas.xlsx", mu.ooxml("xlsx"))):
        archivo = anexo(reparto, nombre, contenido)
        html = pagina(dentro, ver(archivo))
        assert "Aquí no se puede mostrar" in html
        assert f'href="{descargar(archivo)}" download' in html


def test_leerlo_se_hace_una_sola_vez(dentro: Client, reparto: Reparto) -> None:
    archivo = anexo(reparto, "t.csv", b"a,b\n")
    pagina(dentro, ver(archivo))
    guardado = almacen.raiz() / "vistas" / archivo.huella
    guardado.write_text('{"hojas": [{"nombre": "", "renglones": [["de antes"]]}]}')
    assert celdas(pagina(dentro, ver(archivo))) == [["de antes"]]


def test_de_una_foto_publica_cualquiera_recibe_la_copia_sin_lugar(
    dentro: Client, reparto: Reparto, publicos: set[str]
) -> None:
    original = mu.foto_con_gps()
    archivo = anexo(reparto, "visita.jpg", original)
    publicos.add(archivo.huella)
    cualquiera = Client()
    descarga = cualquiera.get(descargar(archivo))
    copia = b"".join(descarga)
    with Image.open(BytesIO(copia)) as limpia:
        assert dict(limpia.getexif()) == {}
    assert (b"Exif" in original, b"Exif" in copia) == (True, False)
    assert descarga["Content-Disposition"] == 'attachment; filename="visita.jpg"'
    assert descarga["Cache-Control"] == "public, no-cache"
    assert descarga["ETag"] == f'"{archivo.huella}-limpia"'
    assert cualquiera.get(descargar(archivo, "?original=1")).status_code == 404
    html = pagina(cualquiera, ver(archivo))
    assert (archivo.huella in html, hashlib.sha256(copia).hexdigest() in html) == (True, True)
    assert ("sin el lugar, la cámara" in html, "original=1" in html, PRIVADO in html) == (True, False, False)
    assert "GPS" not in html


def test_el_original_de_una_foto_publica_es_de_quien_ya_lo_leia(
    dentro: Client, reparto: Reparto, publicos: set[str]
) -> None:
    archivo = anexo(reparto, "visita.jpg", mu.foto_con_gps())
    publicos.add(archivo.huella)
    recibido = dentro.get(descargar(archivo, "?original=1"))
    assert b"".join(recibido) == mu.foto_con_gps()
    assert recibido["Cache-Control"] == "private, no-cache"
    assert "?original=1" in pagina(dentro, ver(archivo))
    assert "guarda el lugar donde se tomó" in pagina(dentro, ver(archivo))
    extrana = Client()
    extrana.force_login(reparto.cuentas["extrana"])
    assert extrana.get(descargar(archivo, "?original=1")).status_code == 404
    Archivo.objects.filter(pk=archivo.pk).update(subido_por=reparto.cuentas["extrana"])
    assert b"".join(extrana.get(descargar(archivo, "?original=1"))) == mu.foto_con_gps()


def test_la_copia_que_hizo_el_portal_se_entrega_con_los_bytes_que_constan(
    dentro: Client, reparto: Reparto, publicos: set[str]
) -> None:
    original = anexo(reparto, "visita.jpg", mu.foto_con_gps())
    copia = almacen.guardar_propio(mu.imagen("JPEG"), "visita-publica.jpg")
    CopiaPublica.objects.create(original=original, publico=copia)
    publicos.add(copia.huella)
    for consulta in ("", "?ver=1"):
        assert hashlib.sha256(b"".join(Client().get(descargar(copia, consulta)))).hexdigest() == copia.huella
    assert "Copia sin metadatos" not in pagina(Client(), ver(copia))


def test_ver_no_escribe(dentro: Client, reparto: Reparto) -> None:
    archivo = anexo(reparto, "t.csv", b"a,b\n")
    assert [dentro.post(ver(archivo)).status_code, dentro.delete(ver(archivo)).status_code] == [405, 405]
