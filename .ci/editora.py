"""Quien escribe en la mesa mientras se actualiza: entra una vez y guarda sin parar sobre la versión que leyó.

Cada guardado aceptado debe ser el siguiente del anterior, y al final lo último escrito es lo que se lee: si
el relevo perdiera uno, o atendiera dos veces el mismo, se notaría. La entrada se conserva entre corridas,
como en un navegador.
"""

import base64
import hashlib
import hmac
import json
import re
import struct
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

Pedir = Callable[[str, str, bytes, Mapping[str, str]], tuple[HTTPResponse, bytes]]
FICHA = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
VERSION = re.compile(r'name="version" value="(\d+)"')


@dataclass
class Editora:
    """Su cuenta, su página y lo que lleva guardado."""

    archivo: Path  # lo que dijo `preparar_editora.py`, con sus galletas
    origen: str
    pedir: Pedir
    version: int = 0
    guardados: int = 0
    texto: str = ""
    ficha: str = ""
    datos: dict[str, Any] = field(default_factory=dict)
    galletas: dict[str, str] = field(default_factory=dict)

    def sentarse(self) -> "Editora":
        """Entra, si no había entrado, y lee su punto. Lanza `AssertionError` si no la dejan."""
        self.datos = json.loads(self.archivo.read_text(encoding="utf-8"))
        self.galletas = dict(self.datos.pop("galletas"))
        if not self.galletas:
            self._entrar()
            guardado = self.datos | {"galletas": self.galletas}
            self.archivo.write_text(json.dumps(guardado), encoding="utf-8")
        self._leer()
        return self

    def _entrar(self) -> None:
        """Con su contraseña y el código de su teléfono."""
        self._forma("/entrar/", {"login": self.datos["correo"], "password": self.datos["clave"]}, 302)
        self._forma("/entrar/codigo/", {"code": codigo(self.datos["secreto"])}, 302)

    def _forma(self, ruta: str, campos: dict[str, str], espera: int) -> None:
        """Abre la página y envía su forma."""
        ficha = FICHA.search(self._ir("GET", ruta)[1])
        exigir(ficha is not None, f"{ruta} no trae una forma")
        respuesta, _ = self._ir("POST", ruta, campos | {"csrfmiddlewaretoken": ficha[1]})  # type: ignore[index]
        exigir(respuesta.status == espera, f"{ruta} contestó {respuesta.status}")

    def _leer(self) -> None:
        """La versión y el texto como están, y la ficha con que se guarda."""
        respuesta, pagina = self._ir("GET", self.datos["pagina"])
        exigir(respuesta.status == 200, f"su punto contestó {respuesta.status}")
        self.version, self.ficha = int(VERSION.search(pagina)[1]), FICHA.search(pagina)[1]  # type: ignore[index]
        exigir(self.texto in pagina, f"no está lo último que guardó: {self.texto}")

    def guardar(self) -> str:
        """Un renglón más; qué falló, o vacío."""
        texto = f"Renglón {self.guardados + 1}, sobre la versión {self.version}."
        campos = {"desahogo": texto, "version": str(self.version), "csrfmiddlewaretoken": self.ficha}
        ruta = f"{self.datos['pagina']}texto/"
        respuesta, cuerpo = self._ir("POST", ruta, campos, {"X-Autoguardado": "1"})
        if respuesta.status != 200 or json.loads(cuerpo)["version"] != self.version + 1:
            return f"guardar la {self.version}: {respuesta.status} {cuerpo[:120]}"
        self.texto, self.version, self.guardados = texto, self.version + 1, self.guardados + 1
        return ""

    def perdidos(self) -> int:
        """Cuántos de los aceptados no están: la versión cuenta uno por guardado."""
        aceptada = self.version
        self._leer()
        return aceptada - self.version

    def _ir(
        self, metodo: str, ruta: str, campos: Mapping[str, str] = {}, mas: Mapping[str, str] = {}
    ) -> tuple[HTTPResponse, str]:
        """Con sus galletas, como desde su página."""
        cabeceras = {"Cookie": "; ".join(f"{n}={v}" for n, v in self.galletas.items()), **mas}
        if metodo == "POST":
            cabeceras |= {"Origin": self.origen, "Referer": self.origen + ruta}
            cabeceras["Content-Type"] = "application/x-www-form-urlencoded"
        respuesta, cuerpo = self.pedir(metodo, ruta, urlencode(campos).encode(), cabeceras)
        for galleta in respuesta.headers.get_all("Set-Cookie") or ():
            nombre, _, valor = galleta.partition(";")[0].partition("=")
            self.galletas[nombre] = valor
        return respuesta, cuerpo.decode()


def codigo(secreto: str) -> str:
    """El de este medio minuto (RFC 6238)."""
    paso = struct.pack(">Q", int(time.time()) // 30)
    huella = hmac.new(base64.b32decode(secreto), paso, hashlib.sha1).digest()
    desde = huella[-1] & 15
    return f"{(struct.unpack('>I', huella[desde : desde + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def exigir(cumple: bool, si_no: str) -> None:
    """Lanza `AssertionError` con lo que pasó en su lugar."""
    if not cumple:
        raise AssertionError(si_no)
