"""La auditoría que se lleva quien audita: los mismos renglones en CSV y en JSON, y con qué comprobarlos.

El manifiesto dice qué se pidió, cuántos renglones son, la huella de cada archivo y el último eslabón del
registro público y de la cadena de actos en ese momento; va firmado con la clave del registro. Se comprueba
con `manage.py comprobar_auditoria` o, sin el portal, con `sha256sum` y `openssl`.
"""

import csv
import datetime as dt
import io
import json
import zipfile
from dataclasses import asdict
from typing import Any

from django.conf import settings

from stl_portal.formula import neutro
from stl_portal.sello import clave
from stl_portal.sello.bitacora import instante
from stl_portal.sello.canonico import canonico, huella
from stl_portal.sello.models import Eslabon

from . import cadena
from .lectura import Pedido, Renglon, todos

FORMATO = "auditoria-del-portal/1"
CSV, JSON = "auditoria.csv", "auditoria.json"
MANIFIESTO, FIRMA, PUBLICA, LEEME = "manifiesto.json", "manifiesto.firma", "clave.pem", "LEEME.txt"
COLUMNAS = {
    "cuando": "Cuándo (UTC)",
    "tipo": "Tipo",
    "numero": "Número",
    "cuenta": "Número de la cuenta",
    "persona": "Persona",
    "organo": "Órgano",
    "que": "Qué hizo",
    "sobre": "Sobre qué",
    "de": "Estaba",
    "a": "Quedó",
    "detalle": "Detalle",
    "direccion": "Dirección de red",
}
COMO = f"""Auditoría del portal

{CSV} y {JSON} dicen lo mismo. {MANIFIESTO} dice qué se pidió, cuántos renglones son y la huella
de cada archivo; {FIRMA} es su firma (Ed25519) y {PUBLICA} la clave que la comprueba, que es la del
registro público del portal (/registro/clave/).

Sin el portal:
    sha256sum {CSV} {JSON}       (deben ser las huellas del manifiesto)
    openssl pkeyutl -verify -pubin -inkey {PUBLICA} -rawin -in {MANIFIESTO} -sigfile {FIRMA}

Con él, además, si lo exportado sigue diciendo lo mismo en la base:
    manage.py comprobar_auditoria auditoria.zip
"""


def empaquetar(pedido: Pedido, por: Any, ahora: dt.datetime) -> tuple[bytes, str]:
    """El ZIP y la huella de su manifiesto. Lo que se haga después de `ahora` no entra."""
    filas = [como_se_escribe(renglon) for renglon in todos(pedido)]
    archivos = {CSV: _en_csv(filas), JSON: canonico(filas)}
    manifiesto = canonico(_manifiesto(pedido, por, ahora, len(filas), archivos))
    llave = clave.privada()
    archivos |= {
        MANIFIESTO: manifiesto,
        FIRMA: llave.sign(manifiesto),
        PUBLICA: clave.pem(clave.publica(llave)).encode(),
        LEEME: COMO.encode(),
    }
    memoria = io.BytesIO()
    with zipfile.ZipFile(memoria, "w", zipfile.ZIP_DEFLATED) as paquete:
        for nombre, contenido in archivos.items():
            paquete.writestr(nombre, contenido)
    return memoria.getvalue(), huella(manifiesto)


def como_se_escribe(renglon: Renglon) -> dict[str, Any]:
    """Lo que de un renglón sale, con sus nombres de siempre."""
    return {
        "cuando": instante(renglon.cuando),
        "tipo": renglon.tipo,
        "numero": renglon.numero,
        "cuenta": renglon.cuenta,
        "persona": renglon.persona,
        "organo": renglon.organo,
        **{nombre: dicho for nombre, dicho in asdict(renglon.hecho).items() if nombre != "quien"},
    }


def _manifiesto(
    pedido: Pedido, por: Any, ahora: dt.datetime, cuantos: int, archivos: dict[str, bytes]
) -> dict[str, Any]:
    eslabon = Eslabon.objects.order_by("-n").values_list("n", "hash").first()
    return {
        "formato": FORMATO,
        "sitio": settings.SITIO,
        "hecho_el": instante(ahora),
        "hecho_por": {"cuenta": por.pk, "persona": str(por)},
        "organos": [asdict(organo) for organo in pedido.alcance.organos],
        "portal": pedido.alcance.portal,
        "filtro": {
            "tipo": pedido.tipo,
            "persona": pedido.persona,
            "desde": instante(pedido.desde) if pedido.desde else "",
            "hasta": instante(pedido.hasta or ahora),
        },
        "renglones": cuantos,
        "huellas": {nombre: huella(contenido) for nombre, contenido in archivos.items()},
        "registro_publico": list(eslabon or ()),
        "actos": list(cadena.ultimo()),
    }


def _en_csv(filas: list[dict[str, Any]]) -> bytes:
    """Con sus encabezados en español y sin nada que una hoja de cálculo tome por fórmula."""
    memoria = io.StringIO()
    hoja = csv.writer(memoria, lineterminator="\r\n")
    hoja.writerow(COLUMNAS.values())
    for fila in filas:
        hoja.writerow(["" if fila[c] is None else neutro(str(fila[c])) for c in COLUMNAS])
    return b"\xef\xbb\xbf" + memoria.getvalue().encode()


def leer(contenido: bytes) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, bytes]]:
    """El manifiesto, los renglones y los archivos. Lanza `ValueError` si no es un paquete de auditoría."""
    try:
        with zipfile.ZipFile(io.BytesIO(contenido)) as paquete:
            archivos = {nombre: paquete.read(nombre) for nombre in (CSV, JSON, MANIFIESTO, FIRMA)}
        manifiesto, filas = json.loads(archivos[MANIFIESTO]), json.loads(archivos[JSON])
    except (zipfile.BadZipFile, KeyError, ValueError, RuntimeError) as error:
        raise ValueError("El archivo no es una auditoría exportada por el portal.") from error
    if not isinstance(manifiesto, dict) or manifiesto.get("formato") != FORMATO:
        raise ValueError("El archivo no es una auditoría exportada por el portal.")
    return manifiesto, filas, archivos
