"""Lo recibido vive bajo su huella: repetir no duplica, lo rechazado no deja rastro, lo alterado se nota."""

import datetime as dt
import errno
import hashlib
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from stl_portal.archivo import almacen
from stl_portal.archivo.models import Archivo
from stl_portal.archivo.veredicto import ArchivoRechazado
from tests.en_disco import ruta_de
from tests.personas import Reparto

from . import muestras as mu

pytestmark = pytest.mark.django_db


def subir(nombre: str = "acta.pdf", contenido: bytes | None = None, **extra: object) -> Archivo:
    """Guarda un archivo como si llegara del navegador."""
    subido = SimpleUploadedFile(
        nombre, mu.pdf() if contenido is None else contenido, "application/octet-stream"
    )
    return almacen.guardar(subido, **extra)


def en_disco(raiz: Path) -> list[str]:
    """Rutas de los archivos guardados."""
    return sorted(str(ruta.relative_to(raiz)) for ruta in raiz.rglob("*") if ruta.is_file())


def test_guarda_por_huella_con_su_etiqueta(reparto: Reparto, settings: Settings) -> None:
    contenido = mu.pdf(paginas=2)
    por = reparto.cuentas["facilitadora"]
    archivo = subir("../Acta\u202e final.pdf", contenido, por=por)
    huella = hashlib.sha256(contenido).hexdigest()
    assert (
        archivo.huella,
        archivo.nombre,
        archivo.tipo,
        archivo.tamano,
        archivo.paginas,
        archivo.subido_por,
    ) == (
        huella,
        "Acta final.pdf",
        "application/pdf",
        len(contenido),
        2,
        por,
    )
    assert en_disco(Path(settings.MEDIA_ROOT)) == [f"{huella[:2]}/{huella}"]
    assert almacen.leer(archivo) == contenido


def test_repetir_no_duplica_y_conserva_la_primera_etiqueta(settings: Settings) -> None:
    contenido = mu.pdf()
    primero, segundo = subir("a.pdf", contenido), subir("b.pdf", contenido)
    assert (primero.pk, segundo.nombre, Archivo.objects.count()) == (segundo.pk, "a.pdf", 1)
    assert len(en_disco(Path(settings.MEDIA_ROOT))) == 1


@pytest.mark.parametrize(
    ("nombre", "contenido", "frase"),
    [
        ("acta.pdf", mu.EICAR, "El archivo dice ser PDF pero su contenido es texto sin formato."),
        ("acta.pdf", b"", "El archivo está vacío."),
        ("acta.pdf", b"%PDF-" + b"a" * 2_000, "El archivo pesa 2 KB; el máximo es 1.5 KB."),
    ],
)
def test_lo_rechazado_no_deja_rastro(nombre: str, contenido: bytes, frase: str, settings: Settings) -> None:
    settings.ARCHIVO_MAXIMO = 1_500
    with pytest.raises(ArchivoRechazado) as rechazo:
        subir(nombre, contenido)
    assert rechazo.value.frase.replace("\xa0", " ") == frase
    assert (en_disco(Path(settings.MEDIA_ROOT)), Archivo.objects.count()) == ([], 0)


def test_disco_lleno_se_dice_y_no_deja_renglon(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def sin_espacio(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", sin_espacio)
    with pytest.raises(ArchivoRechazado, match="No queda espacio para guardar archivos"):
        subir()
    assert (en_disco(Path(settings.MEDIA_ROOT)), Archivo.objects.count()) == ([], 0)


def test_lo_propio_no_se_inspecciona_y_toma_su_tipo_del_nombre() -> None:
    archivo = almacen.guardar_propio(mu.pdf(), "convocatoria.pdf")
    assert (archivo.tipo, archivo.nombre, archivo.subido_por) == ("application/pdf", "convocatoria.pdf", None)


def test_revisar_archivos_dice_que_todo_esta() -> None:
    subir()
    salida = StringIO()
    call_command("revisar_archivos", stdout=salida)
    assert salida.getvalue() == (
        "1 archivos revisados; 0 recepciones a medias borradas; "
        "0 subidas caducas borradas; 0 sin renglón apartados; 0 retirados de la vitrina.\n"
    )


def test_revisar_archivos_encuentra_lo_que_falta_lo_alterado_y_lo_que_sobra(settings: Settings) -> None:
    sano, perdido = subir(), subir("b.pdf", mu.pdf(paginas=2))
    alterado = subir("c.pdf", mu.pdf(paginas=3))
    ruta_de(perdido).unlink()
    with ruta_de(alterado).open("r+b") as abierto:
        abierto.seek(100)
        abierto.write(b"!")
    sobra = "ab" * 32
    ruta = Path(settings.MEDIA_ROOT) / "ab" / sobra
    ruta.parent.mkdir(exist_ok=True)
    ruta.write_bytes(b"sin renglon")

    salida, errores = StringIO(), StringIO()
    with pytest.raises(CommandError, match="recupéralos del respaldo"):
        call_command("revisar_archivos", stdout=salida, stderr=errores)
    assert errores.getvalue() == f"FALTA {perdido.huella} «b.pdf»\nALTERADO {alterado.huella} «c.pdf»\n"
    assert f"Sin renglón (se aparta a la semana): {sobra}\n3 archivos revisados" in salida.getvalue()
    assert sano.huella not in errores.getvalue() + salida.getvalue()


def test_volver_a_subir_lo_mismo_repara_lo_alterado() -> None:
    contenido = mu.pdf()
    archivo = subir("a.pdf", contenido)
    ruta_de(archivo).write_bytes(b"otra cosa")
    subir("a.pdf", contenido)
    assert almacen.leer(archivo) == contenido
    assert almacen.revisar().integro


def test_las_recepciones_a_medias_se_barren_al_dia_siguiente(settings: Settings) -> None:
    carpeta = Path(settings.MEDIA_ROOT) / almacen.PENDIENTES
    carpeta.mkdir(parents=True)
    ahora = timezone.now()
    for nombre, horas in (("vieja", 25), ("reciente", 1)):
        (carpeta / nombre).write_bytes(b"x")
        instante = (ahora - dt.timedelta(hours=horas)).timestamp()
        os.utime(carpeta / nombre, (instante, instante))
    assert almacen.limpiar_pendientes(ahora) == 1
    assert en_disco(Path(settings.MEDIA_ROOT)) == ["pendientes/reciente"]
