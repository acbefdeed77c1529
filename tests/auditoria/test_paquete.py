"""Lo que se descarga se comprueba con y sin el portal, y lo que cambie después se nota."""

import csv
import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from sesiones import models as m
from stl_portal.auditoria import cadena, comprobar, paquete
from stl_portal.auditoria.models import Acto
from stl_portal.sello.canonico import huella
from tests.auditoria.test_pagina import EXPORTAR, INICIO, auditora  # noqa: F401
from tests.fabricas import crear_sesion
from tests.personas import Reparto
from tests.quitar_guardas import quitar_las_de_lo_sellado


@pytest.fixture
def exportada(auditora: Client, reparto: Reparto) -> bytes:  # noqa: F811
    """El ZIP de la auditora, con una sesión programada y un registro corregido."""
    crear_sesion(reparto)
    por = reparto.cuentas["colega"]
    cadena.anotar("corregir", por=por, organo="prueba", sobre="=2+2", detalle="Peso: 1 → 2")
    respuesta = auditora.get(EXPORTAR)
    assert respuesta["Content-Disposition"].startswith('attachment; filename="auditoria-')
    return bytes(respuesta.content)


def con(contenido: bytes, **otros: bytes) -> bytes:
    """El mismo ZIP con otros bytes en alguno de sus archivos."""
    memoria = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(contenido)) as antes, zipfile.ZipFile(memoria, "w") as nuevo:
        for nombre in antes.namelist():
            nuevo.writestr(nombre, otros.get(nombre, antes.read(nombre)))
    return memoria.getvalue()


def test_dice_lo_mismo_en_sus_dos_formas_y_con_openssl_se_comprueba(
    exportada: bytes, reparto: Reparto, tmp_path: Path
) -> None:
    with zipfile.ZipFile(io.BytesIO(exportada)) as abierto:
        abierto.extractall(tmp_path)
    filas = json.loads((tmp_path / paquete.JSON).read_bytes())
    assert [(f["tipo"], f["que"], f["persona"]) for f in filas] == [
        ("acto", "corregir", str(reparto.cuentas["colega"])),
        ("sesion", "programar", str(reparto.cuentas["facilitadora"])),
        ("acto", "entrar", str(reparto.cuentas["auditora"])),
    ]
    assert filas[2]["direccion"] == ""
    hoja = list(csv.reader(io.StringIO((tmp_path / paquete.CSV).read_text(encoding="utf-8-sig"))))
    assert hoja[0] == list(paquete.COLUMNAS.values())
    assert [fila[6] for fila in hoja[1:]] == ["corregir", "programar", "entrar"]
    assert hoja[1][7] == "'=2+2"
    manifiesto = json.loads((tmp_path / paquete.MANIFIESTO).read_bytes())
    assert manifiesto["renglones"] == 3
    huellas = {nombre: huella((tmp_path / nombre).read_bytes()) for nombre in (paquete.CSV, paquete.JSON)}
    assert manifiesto["huellas"] == huellas
    orden = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", paquete.PUBLICA, "-rawin"]
    orden += ["-in", paquete.MANIFIESTO, "-sigfile", paquete.FIRMA]
    dicho = subprocess.run(orden, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "Signature Verified Successfully" in dicho.stdout
    ultimo = Acto.objects.latest("n")
    assert (ultimo.que, ultimo.cuenta) == ("exportar la auditoría", reparto.cuentas["auditora"].pk)
    assert huella((tmp_path / paquete.MANIFIESTO).read_bytes()) in ultimo.detalle


def test_la_orden_acepta_lo_entero_y_nombra_lo_que_cambio(
    exportada: bytes, reparto: Reparto, tmp_path: Path
) -> None:
    archivo = tmp_path / "auditoria.zip"
    archivo.write_bytes(exportada)
    call_command("comprobar_auditoria", str(archivo))
    cadena.anotar("corregir", por=reparto.cuentas["colega"], organo="prueba")  # lo de después no estorba
    assert list(comprobar.fallas(exportada)) == []
    cambio = m.CambioSesion.objects.get()
    m.CambioSesion.objects.filter(pk=cambio.pk).update(por=reparto.cuentas["extrana"])
    assert list(comprobar.fallas(exportada)) == [f"sesion {cambio.pk}: hoy dice otra cosa (cuenta)"]
    m.CambioSesion.objects.filter(pk=cambio.pk).delete()
    colado = cambio.pk + 1
    cambio.objeto.historia.create(pk=colado, verbo="programar", a="programada", cuando=cambio.cuando)
    with pytest.raises(CommandError) as error:
        call_command("comprobar_auditoria", str(archivo))
    assert str(error.value).splitlines() == [
        "La auditoría no cuadra:",
        f"sesion {cambio.pk}: estaba y ya no está en la base",
        f"sesion {colado}: no estaba y hoy aparece con fecha anterior",
    ]
    call_command("comprobar_auditoria", str(archivo), "--solo-archivo")


def test_un_archivo_cambiado_se_delata(exportada: bytes, tmp_path: Path) -> None:
    manifiesto, _, archivos = paquete.leer(exportada)
    otro = archivos[paquete.CSV].replace(b"colega", b"nadie!").replace(b"Colega", b"Nadie!")
    assert list(comprobar.fallas(con(exportada, **{paquete.CSV: otro}), con_base=False)) == [
        "auditoria.csv no es el que se exportó: su huella es otra"
    ]
    dicho = archivos[paquete.MANIFIESTO].replace(b'"renglones":3', b'"renglones":4')
    assert list(comprobar.fallas(con(exportada, **{paquete.MANIFIESTO: dicho}), con_base=False)) == [
        "la firma del manifiesto no es de una clave del registro de este portal",
        "el manifiesto dice 4 renglones y hay 3",
    ]
    assert manifiesto["renglones"] == 3
    basura = tmp_path / "basura.zip"
    basura.write_bytes(b"no es un zip")
    with pytest.raises(CommandError, match="no es una auditoría"):
        call_command("comprobar_auditoria", str(basura))


def test_la_cadena_de_actos_no_se_cambia_y_si_alguien_lo_logra_se_nota(reparto: Reparto) -> None:
    for n in range(3):
        cadena.anotar("corregir", por=reparto.cuentas["colega"], sobre=f"Regla {n}")
    assert list(cadena.fallas()) == []
    with pytest.raises(DatabaseError, match="no se cambia ni se borra"), transaction.atomic():
        Acto.objects.filter(n=2).update(quien="Otra")
    quitar_las_de_lo_sellado(connection)
    Acto.objects.filter(n=2).update(quien="Otra")
    assert [str(falla) for falla in cadena.fallas()] == ["auditoría, acto 2: el hash no es el de lo que dice"]
    Acto.objects.filter(n=2).delete()
    assert [str(falla) for falla in cadena.fallas()] == ["auditoría, acto 3: falta el acto 2"]


def test_lo_que_cabe_tiene_tope(auditora: Client, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr("stl_portal.auditoria.views.TOPE", 0)
    respuesta = auditora.get(EXPORTAR)
    assert respuesta.status_code == 422
    assert "acota las fechas" in respuesta.content.decode()
    assert auditora.get(INICIO).status_code == 200
