"""El portal como se sirve de verdad: nginx con `deploy/nginx.conf` delante de Granian, en 127.0.0.1.

Del archivo de despliegue solo se cambia lo que depende de la máquina: puertos, carpetas y, si no se pide con
certificado, HTTPS. Lo usan las mediciones y la prueba del despliegue.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

RAIZ = Path(__file__).resolve().parent.parent
CONFIGURACION = RAIZ / "deploy" / "nginx.conf"
INTERNA = "/almacen/"
MARCO = """
worker_processes 2; daemon off; pid {carpeta}/nginx.pid; error_log {carpeta}/error.log warn;
events {{ worker_connections 768; }}
http {{
    include /etc/nginx/mime.types; access_log off;
    client_body_temp_path {carpeta}/cuerpos; proxy_temp_path {carpeta}/intermedio;
    fastcgi_temp_path {carpeta}/f; uwsgi_temp_path {carpeta}/u; scgi_temp_path {carpeta}/s;
    {sitio}
}}
"""


def puerto_libre() -> int:
    """Un puerto que nadie usa en este momento."""
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        return int(libre.getsockname()[1])


@contextmanager
def granian(
    aplicacion: str, entorno: Mapping[str, str] = {}, *, hilos: int = 1, procesos: int = 1, puerto: int = 0
) -> Iterator[int]:
    """Granian con esa aplicación en ese puerto, o en uno libre; se apaga al terminar."""
    puerto = puerto or puerto_libre()
    orden = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(puerto)]
    opciones = ["--blocking-threads", str(hilos), "--workers", str(procesos), "--no-access-log"]
    opciones += ["--log-level", "error"]
    with proceso([*orden, *opciones, aplicacion], os.environ | entorno):
        esperar(puerto)
        yield puerto


@contextmanager
def nginx(
    carpeta: Path, *, portal: int, archivos: Path, estaticos: Path | None = None, ritmo: int = 30
) -> Iterator[int]:
    """Con nginx delante del portal que atiende en `portal`; sirve `archivos` tal cual en `/tal-cual/`.

    `ritmo` es cuántas peticiones por segundo admite de cada dirección: quien mide o prueba es una sola.
    """
    puerto = puerto_libre()
    tal_cual = f"location /tal-cual/ {{ gzip_static on; alias {archivos}/; }}"
    cambios = _carpetas(carpeta, portal, archivos, estaticos or carpeta / "static") | {
        "listen 443 ssl http2;": f"listen 127.0.0.1:{puerto}; {tal_cual}",
        "X-Forwarded-Proto $scheme": "X-Forwarded-Proto https",
        "rate=30r/s": f"rate={ritmo}r/s",
    }
    sitio = _sin_certificado(_adaptado(CONFIGURACION.read_text(encoding="utf-8"), cambios))
    with _encendido(carpeta, sitio, puerto):
        yield puerto


@contextmanager
def nginx_con_tls(
    carpeta: Path, nombre: str, puertos: tuple[int, int], *, portal: int, archivos: Path, estaticos: Path
) -> Iterator[int]:
    """El sitio entero, con HTTP y HTTPS en esos `puertos`; su certificado, en `carpeta`. Da su proceso."""
    http, https = puertos
    con_puerto = "" if https == 443 else f":{https}"
    cambios = _carpetas(carpeta, portal, archivos, estaticos) | {
        "listen 80;": f"listen 127.0.0.1:{http};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{https} ssl http2;",
        "https://$host$request_uri": f"https://$host{con_puerto}$request_uri",
        "portal.ejemplo.mx": nombre,
        "/etc/ssl/portal": str(carpeta),
    }
    sitio = _adaptado(CONFIGURACION.read_text(encoding="utf-8"), cambios)
    with _encendido(carpeta, sitio, https) as numero:
        yield numero


@contextmanager
def _encendido(carpeta: Path, sitio: str, puerto: int) -> Iterator[int]:
    """Nginx con ese sitio, ya atendiendo; el número de su proceso."""
    programa = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if programa is None:
        raise FileNotFoundError("Falta nginx: `.ci/preparar pruebas` lo instala.")
    archivo = carpeta / "nginx.conf"
    archivo.write_text(MARCO.format(carpeta=carpeta, sitio=sitio), encoding="utf-8")
    if os.geteuid() == 0:  # los procesos de nginx dejan de ser root: que puedan leer lo que sirven
        archivo.write_text("user root;\n" + archivo.read_text(encoding="utf-8"), encoding="utf-8")
    with proceso([programa, "-c", str(archivo), "-e", str(carpeta / "error.log")], os.environ) as numero:
        esperar(puerto)
        yield numero


def _carpetas(carpeta: Path, portal: int, archivos: Path, estaticos: Path) -> dict[str, str]:
    """Lo que depende de la máquina, con certificado o sin él."""
    return {
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{portal};",
        "/srv/portal/var/archivos/": f"{archivos}/",
        "/srv/portal/var/static/": f"{estaticos}/",
        "/var/lib/nginx/portal": f"{carpeta}/guardado",
        "/var/log/nginx/portal.log": f"{carpeta}/peticiones.log",
    }


def _adaptado(texto: str, cambios: Mapping[str, str]) -> str:
    """La configuración de despliegue, en esta máquina."""
    for antes, ahora in cambios.items():
        if antes not in texto:
            raise ValueError(f"deploy/nginx.conf ya no dice «{antes}».")
        texto = texto.replace(antes, ahora)
    return texto


def _sin_certificado(texto: str) -> str:
    """Sin el sitio que solo lleva a HTTPS y sin llaves."""
    texto = re.sub(r"server \{\s*listen 80;.*?\n\}\n", "", texto, flags=re.DOTALL)
    return re.sub(r"\s*ssl_certificate(_key)? [^;]*;", "", texto)


@contextmanager
def proceso(orden: list[str], entorno: Mapping[str, str], dice: IO[bytes] | None = None) -> Iterator[int]:
    """Esa orden en marcha, hasta salir; su número de proceso. Lo que dice va a ese archivo, si se da."""
    encendido = subprocess.Popen(orden, env=dict(entorno), cwd=RAIZ, stdout=dice, stderr=dice)
    try:
        yield encendido.pid
    finally:
        encendido.terminate()
        encendido.wait(timeout=90)


def esperar(puerto: int) -> None:
    """Hasta que conteste, no más de dos minutos. Lanza `TimeoutError`."""
    for _ in range(1200):
        try:
            with socket.create_connection(("127.0.0.1", puerto), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("El servidor no arrancó.")
