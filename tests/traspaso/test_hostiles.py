"""Los archivos hechos para tumbar al portal salen con su frase, sin llenar la memoria."""

import io
import json
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook

from stl_portal.traspaso import escritura, lectura, registro

from .recursos import TODOS, Organos, Personas

DANADO = "El archivo está dañado o no es del tipo que dice."
CON_CLAVE = "El archivo tiene contraseña o está comprimido de un modo que aquí no se abre: guárdalo sin ella."
DE_TODO = "El ZIP no trae su manifiesto.json: debe salir de «Exportar todo»."
CAMBIADO = (
    "organos.csv: no es el que se exportó, cambió después. Para corregir una tabla, importa su CSV aparte."
)


def leido(contenido: bytes, formato: str) -> str:
    """La frase con que no se entiende, o lo que trae."""
    try:
        hojas = lectura.hojas(io.BytesIO(contenido), formato, None if formato == lectura.ZIP else Personas)
        return str([list(hoja.renglones) for hoja in hojas])
    except lectura.ArchivoIlegible as error:
        return str(error)


def libro(**celdas: object) -> bytes:
    """Un XLSX con esas celdas."""
    hecho, salida = Workbook(), io.BytesIO()
    for lugar, valor in celdas.items():
        hecho.active[lugar] = valor
    hecho.save(salida)
    return salida.getvalue()


def alterado(contenido: bytes, cambiar: Callable[[bytes], bytes]) -> bytes:
    """El mismo libro, con la hoja escrita de otro modo."""
    salida = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(contenido)) as antes, zipfile.ZipFile(salida, "w") as despues:
        for nombre in antes.namelist():
            parte = antes.read(nombre)
            despues.writestr(nombre, cambiar(parte) if nombre.endswith("sheet1.xml") else parte)
    return salida.getvalue()


def comprimido(manifiesto: bytes, **archivos: bytes) -> bytes:
    """Un ZIP sin comprimir, para poder dañarlo byte por byte."""
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as archivo:
        for nombre, bytes_ in archivos.items():
            archivo.writestr(f"{nombre}.csv", bytes_)
        archivo.writestr(escritura.MANIFIESTO, manifiesto)
    return salida.getvalue()


def test_un_libro_que_llega_demasiado_lejos_no_se_abre() -> None:
    lejos = libro(A1="x", XFD1048576="x")
    frase = "La hoja es demasiado grande: llega hasta la columna {} y el renglón {}. Borra lo que esté lejos"
    assert leido(lejos, lectura.XLSX).startswith(frase.format(16384, 1048576))
    # Aunque otra línea, sin cerrar, haga que no parezca XML; o aunque cada celda no diga dónde va.
    roto = alterado(lejos, lambda hoja: b"<a><b></a>" + hoja)
    con_entidades = alterado(lejos, lambda hoja: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + hoja)
    assert (leido(roto, lectura.XLSX), leido(con_entidades, lectura.XLSX)) == (DANADO, DANADO)
    sin_lugar = alterado(libro(A1="x"), lambda hoja: hoja.replace(b'<c r="A1"', b"<c/>" * 400 + b"<c"))
    assert leido(sin_lugar, lectura.XLSX).startswith(frase.format(401, 1))
    # Lo que cabe se lee desde la primera celda, y un número sin fin no tumba nada.
    sin_fin = alterado(libro(B2=7), lambda hoja: hoja.replace(b"<v>7</v>", b"<v>1e999</v>"))
    assert leido(sin_fin, lectura.XLSX) == "El archivo está vacío: falta la línea de encabezados."
    en_su_lugar = list(lectura.hoja_de_calculo.renglones(io.BytesIO(sin_fin)))
    assert en_su_lugar == [["", ""], ["", "inf"]]


def test_un_zip_raro_tiene_su_frase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registro, "RECURSOS", TODOS)
    encabezados = ",".join(Organos.encabezados()).encode() + b"\r\n"
    dicho = {"clave": "organos", "archivo": "organos.csv", "sha256": "0" * 64}
    manifiesto = json.dumps({"formato": escritura.FORMATO, "recursos": [dicho]}).encode()
    sano = comprimido(manifiesto, organos=encabezados)
    assert leido(sano, lectura.ZIP) == CAMBIADO
    donde = sano.index(b"PK\x01\x02")  # la ficha de organos.csv en el índice
    casos = {
        DANADO: sano.replace(encabezados, encabezados.swapcase(), 1),  # no da su suma
        CON_CLAVE: sano[: donde + 8] + b"\x01" + sano[donde + 9 :],
        CON_CLAVE + " ": sano[: donde + 10] + b"\x63" + sano[donde + 11 :],
        DE_TODO: comprimido(b"[" * 100_000),
        DE_TODO + " ": comprimido(b"[]"),
        DE_TODO + "  ": comprimido(b" " * lectura.MANIFIESTO_MAXIMO + manifiesto, organos=encabezados),
    }
    assert {frase: leido(zip_, lectura.ZIP) for frase, zip_ in casos.items()} == {
        frase: frase.strip() for frase in casos
    }


def test_una_linea_sin_fin_no_se_carga(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lectura, "CELDA_MAXIMA", 1000)
    frase = "Trae una línea demasiado larga: no parece un CSV."
    assert leido(b"a" * 3000, lectura.CSV) == frase
