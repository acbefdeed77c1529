"""El portal como se sirve de verdad: nginx con `deploy/nginx.conf` delante de Granian, en 127.0.0.1.

Del archivo de despliegue solo se cambia lo que depende de la máquina: puertos, carpetas y que aquí no
hay certificado. Lo usan las mediciones y la prueba del despliegue.
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

RAIZ = Path(__file__).resolve().parent.parent
CONFIGURACION = RAIZ / "deploy" / "nginx.conf"
INTERNA = "/almacen/"
MARCO = """
worker_processes 2; daemon off; pid {carpeta}/nginx.pid; error_log {carpeta}/error.log warn;
events {{ worker_connections 512; }}
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
    with _proceso([*orden, *opciones, aplicacion], os.environ | entorno):
        esperar(puerto)
        yield puerto


@contextmanager
def nginx(
    carpeta: Path, *, portal: int, archivos: Path, estaticos: Path | None = None, ritmo: int = 30
) -> Iterator[int]:
    """Con nginx delante del portal que atiende en `portal`; sirve `archivos` tal cual en `/tal-cual/`.

    `ritmo` es cuántas peticiones por segundo admite de cada dirección: quien mide o prueba es una sola.
    """
    puerto, programa = puerto_libre(), shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if programa is None:
        raise FileNotFoundError("Falta nginx: `.ci/preparar pruebas` lo instala.")
    cambios = _cambios(carpeta, puerto, portal, archivos) | {
        "/srv/portal/var/static/": f"{estaticos or carpeta / 'static'}/",
        "rate=30r/s": f"rate={ritmo}r/s",
    }
    sitio = _adaptado(CONFIGURACION.read_text(encoding="utf-8"), cambios)
    archivo = carpeta / "nginx.conf"
    archivo.write_text(MARCO.format(carpeta=carpeta, sitio=sitio), encoding="utf-8")
    if os.geteuid() == 0:  # los procesos de nginx dejan de ser root: que puedan leer lo que sirven
        archivo.write_text("user root;\n" + archivo.read_text(encoding="utf-8"), encoding="utf-8")
    with _proceso([programa, "-c", str(archivo), "-e", str(carpeta / "error.log")], os.environ):
        esperar(puerto)
        yield puerto


def _cambios(carpeta: Path, puerto: int, portal: int, archivos: Path) -> dict[str, str]:
    """Lo que depende de la máquina."""
    tal_cual = f"location /tal-cual/ {{ gzip_static on; alias {archivos}/; }}"
    return {
        "listen 443 ssl http2;": f"listen 127.0.0.1:{puerto}; {tal_cual}",
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{portal};",
        "/srv/portal/var/archivos/": f"{archivos}/",
        "/var/lib/nginx/portal": f"{carpeta}/guardado",
        "X-Forwarded-Proto $scheme": "X-Forwarded-Proto https",
        "/var/log/nginx/portal.log": f"{carpeta}/peticiones.log",
    }


def _adaptado(texto: str, cambios: Mapping[str, str]) -> str:
    """La configuración de despliegue, en esta máquina y sin certificado."""
    texto = re.sub(r"server \{\s*listen 80;.*?\n\}\n", "", texto, flags=re.DOTALL)
    for antes, ahora in cambios.items():
        if antes not in texto:
            raise ValueError(f"deploy/nginx.conf ya no dice «{antes}».")
        texto = texto.replace(antes, ahora)
    return re.sub(r"\s*ssl_certificate(_key)? [^;]*;", "", texto)


@contextmanager
def _proceso(orden: list[str], entorno: Mapping[str, str]) -> Iterator[None]:
    proceso = subprocess.Popen(orden, env=dict(entorno), cwd=RAIZ)
    try:
        yield
    finally:
        proceso.terminate()
        proceso.wait(timeout=30)


def esperar(puerto: int) -> None:
    """Hasta que conteste, no más de medio minuto. Lanza `TimeoutError`."""
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", puerto), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("El servidor no arrancó.")
