"""Cifrar y descifrar en flujo con `age`: sin la llave privada, el respaldo no dice nada.

En el servidor basta la llave pública; la privada vive fuera y solo hace falta para comprobar y restaurar.
"""

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from .errores import Danado, NoSePudo, SinEspacio
from .volcado import iniciar

MARCA = b"age-encryption.org/"
TERMINACION = ".age"
SIN_LLAVE = (
    "El respaldo está cifrado: pon en RESPALDO_LLAVE la ruta de la llave privada (la que empieza con "
    "AGE-SECRET-KEY)."
)
OTRA_LLAVE = (
    "La llave privada de RESPALDO_LLAVE no abre este respaldo: se cifró para otra, o cambió su encabezado."
)


@contextmanager
def hacia(ruta: Path, para: Sequence[str]) -> "Iterator[IO[bytes]]":
    """Lo que se escriba queda en `ruta` (nueva, permisos 600) y asentado en disco; sin `para`, sin cifrar."""
    descriptor = os.open(ruta, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        if para:
            with _con_age(descriptor, para) as entrada:
                yield entrada
        else:
            with os.fdopen(os.dup(descriptor), "wb") as abierto:
                yield abierto
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _con_age(descriptor: int, para: Sequence[str]) -> "Iterator[IO[bytes]]":
    llaves = [parte for llave in para for parte in ("-r", llave)]
    with iniciar(["age", *llaves], stdin=subprocess.PIPE, stdout=descriptor) as age:
        assert age.stdin is not None  # noqa: S101  # se pidió
        try:
            with suppress(BrokenPipeError):  # age se detuvo antes: abajo dice por qué
                yield age.stdin
                age.stdin.close()
                if not age.wait():
                    return
        except BaseException:
            age.kill()  # si terminara bien, cerraría un archivo que parece completo
            raise
        finally:
            with suppress(BrokenPipeError):
                age.stdin.close()
        dicho = _dicho(age)
        if "no space left" in dicho or "quota exceeded" in dicho:
            raise SinEspacio
        raise NoSePudo(f"age no pudo cifrar; revisa la llave pública de RESPALDO_PARA: {dicho}")


@contextmanager
def desde(ruta: Path, llave: str) -> "Iterator[IO[bytes]]":
    """El paquete ya descifrado. Lanza `NoSePudo` si falta la llave o no es; `Danado`, si un byte cambió."""
    with ruta.open("rb") as cifrado:
        if not esta_cifrado(ruta):
            yield cifrado
            return
        if not llave:
            raise NoSePudo(SIN_LLAVE)
        with iniciar(["age", "-d", "-i", llave], stdin=cifrado, stdout=subprocess.PIPE) as age:
            assert age.stdout is not None  # noqa: S101  # se pidió
            try:
                yield age.stdout
            except Danado as dano:
                raise _porque(age, dano.fallas) from dano
            except BaseException:
                age.kill()
                raise
            if age.wait():
                raise _porque(age, ())


def esta_cifrado(ruta: Path) -> bool:
    """Por su nombre o por cómo empieza: un byte cambiado al principio no lo vuelve otra cosa."""
    with ruta.open("rb") as abierto:
        return ruta.name.endswith(TERMINACION) or abierto.read(len(MARCA)) == MARCA


def _porque(age: "subprocess.Popen[bytes]", fallas: Sequence[str]) -> NoSePudo:
    """Lo que `age` dijo, si fue él quien se detuvo; si no, lo que se halló dentro."""
    if age.stdout is not None:
        age.stdout.close()  # si aún escribía, se detiene
    dicho = _dicho(age)
    age.wait()
    if "no identity matched" in dicho:
        return NoSePudo(OTRA_LLAVE)
    if ("reading" in dicho and "identit" in dicho) or "no such file" in dicho:
        return NoSePudo("No se puede leer la llave privada de RESPALDO_LLAVE.")
    if not dicho or "broken pipe" in dicho:
        return Danado(*fallas)
    if "header" in dicho:
        return Danado("cambió el encabezado del cifrado, al principio del archivo")
    donde = f" ({'; '.join(fallas)})" if fallas else ""
    return Danado(f"el cifrado no coincide: algún byte cambió o falta{donde}")


def _dicho(age: "subprocess.Popen[bytes]") -> str:
    """El primer renglón de lo que `age` escribió al detenerse."""
    renglones = age.stderr.read().decode(errors="replace").strip().splitlines() if age.stderr else []
    return renglones[0].removeprefix("age: error: ") if renglones else ""
