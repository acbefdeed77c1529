#!/usr/bin/env python3
"""Comprueba, sin el portal y sin conexión, que un eslabón consta en el registro público.

    python3 verificar.py eslabon-12.json clave.pub [documento]

eslabon-12.json   se descarga de la página del eslabón
clave.pub         la clave pública del registro: consíguela una vez y guárdala
documento         (optativo) el archivo cuya huella SHA-256 debe aparecer en el eslabón

Solo necesita Python 3.8 o posterior; la firma la comprueba `openssl` 3. Termina con 0 si todo
cuadra, con 1 si algo no cuadra y con 2 si no se pudo comprobar todo.

Prueba que el contenido estaba en el registro cuando se firmó el punto de control y que nadie lo ha
cambiado desde entonces. No prueba que lo que dice sea verdad.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any


class NoCuadra(Exception):
    """Algo no da lo que debería."""


def sha256(*partes: bytes) -> bytes:
    """SHA-256 de las partes juntas."""
    return hashlib.sha256(b"".join(partes)).digest()


def exigir(condicion: bool, frase: str) -> None:
    """Dice qué se comprobó, o lanza `NoCuadra`."""
    if not condicion:
        raise NoCuadra(frase)
    print("bien:", frase)


def hash_del_eslabon(eslabon: dict[str, Any]) -> bytes:
    """El que sale del contenido y del eslabón anterior."""
    contenido = sha256(eslabon["contenido"].encode())
    return sha256(b"\x02", bytes.fromhex(eslabon["prev"]), contenido)


def raiz(hoja: bytes, indice: int, tamano: int, hermanas: list[str]) -> bytes:
    """La raíz a la que llevan las huellas hermanas (RFC 9162, sección 2.1.3.2)."""
    ultimo, actual = tamano - 1, sha256(b"\x00", hoja)
    for hermana in map(bytes.fromhex, hermanas):
        if ultimo == 0:
            raise NoCuadra("la prueba trae huellas de más")
        if indice & 1 or indice == ultimo:
            actual = sha256(b"\x01", hermana, actual)
            while not indice & 1 and indice:
                indice, ultimo = indice >> 1, ultimo >> 1
        else:
            actual = sha256(b"\x01", actual, hermana)
        indice, ultimo = indice >> 1, ultimo >> 1
    if ultimo:
        raise NoCuadra("a la prueba le faltan huellas")
    return actual


def comprobar_firma(punto: str, clave: Path) -> bool:
    """La firma Ed25519 del punto de control. Falso si aquí no hay con qué comprobarla."""
    openssl = shutil.which("openssl")
    if openssl is None:
        print("sin comprobar: la firma (falta openssl 3)")
        return False
    cuerpo, _, firma = punto.partition("\n\n")
    with tempfile.TemporaryDirectory() as carpeta:
        datos, sello = Path(carpeta) / "datos", Path(carpeta) / "firma"
        datos.write_bytes(cuerpo.encode() + b"\n")
        sello.write_bytes(base64.b64decode(firma.split(" ")[-1])[4:])
        orden = [openssl, "pkeyutl", "-verify", "-pubin", "-inkey", str(clave), "-rawin"]
        orden += ["-in", str(datos), "-sigfile", str(sello)]
        salida = subprocess.run(orden, capture_output=True, check=False)  # noqa: S603 -- sin intérprete
    exigir(salida.returncode == 0, "el punto de control lo firmó esa clave")
    return True


def comprobar(eslabon: dict[str, Any], clave: Path, documento: Path | None) -> int:
    """Todo, en orden. Lanza `NoCuadra` en lo primero que falle."""
    hash_ = hash_del_eslabon(eslabon)
    exigir(hash_.hex() == eslabon["hash"], f"el contenido da el hash del eslabón {eslabon['n']}")
    if documento is not None:
        huella = hashlib.sha256(documento.read_bytes()).hexdigest()
        exigir(huella in eslabon["contenido"], f"la huella de {documento.name} está en el eslabón: {huella}")
    punto = eslabon["punto_de_control"]
    if punto is None:
        print("sin comprobar: todavía no hay un punto de control que lo cubra")
        return 2
    origen, tamano, firmada = punto.split("\n")[:3]
    calculada = raiz(hash_, eslabon["n"] - 1, int(tamano), eslabon["inclusion"])
    exigir(
        base64.b64encode(calculada).decode() == firmada,
        f"consta en el punto de control {tamano} de {origen}",
    )
    if not comprobar_firma(punto, clave):
        return 2
    print("Compara este punto de control con una copia guardada por alguien más:", firmada)
    return 0


def main(argumentos: list[str]) -> int:
    """Lee los archivos y devuelve la señal de salida."""
    if len(argumentos) not in (2, 3):
        print(__doc__)
        return 2
    eslabon = json.loads(Path(argumentos[0]).read_text(encoding="utf-8"))
    try:
        return comprobar(eslabon, Path(argumentos[1]), Path(argumentos[2]) if argumentos[2:] else None)
    except (NoCuadra, KeyError, TypeError, ValueError) as error:
        print("NO CUADRA:", error)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
