"""El portal en su perfil de producción, en esta máquina: `deploy/web` detrás de nginx con TLS y su caché.

Los datos son los de la demostración, que en producción no se cargan: se cargan antes, desde aquí, con los
mismos secretos. Lo usan el ensayo de carga y el observatorio.
"""

import base64
import os
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import enfrente

NOMBRE = "localhost"
PROCESOS, HILOS = 2, 4  # lo que docs/operacion.md aconseja a una máquina de dos procesadores


@dataclass(frozen=True)
class Portal:
    """Cómo llegar y qué procesos son."""

    https: int
    certificado: Path
    procesos: dict[str, int]

    @property
    def origen(self) -> str:
        """`https://localhost:PUERTO`; sin puerto, si es el de costumbre."""
        return f"https://{NOMBRE}" + ("" if self.https == 443 else f":{self.https}")


def secretos() -> None:
    """Recién inventados, en el entorno: antes de levantar Django, para que lo cifrado aquí se lea allá."""
    os.environ["SECRET_KEY"] = secrets.token_urlsafe(64)
    os.environ["BITACORA_CLAVE"] = base64.b64encode(secrets.token_bytes(32)).decode()


@contextmanager
def encendido(carpeta: Path, puertos: tuple[int, int] | None = None) -> Iterator[Portal]:
    """Con los estáticos compilados; en esos puertos de HTTP y HTTPS, o en dos libres."""
    http, https = puertos or (enfrente.puerto_libre(), enfrente.puerto_libre())
    interno, tls = enfrente.puerto_libre(), carpeta / "tls"
    _certificado(tls)
    portal = Portal(https, tls / "cadena.pem", {})
    entorno = _entorno(carpeta, portal.origen)
    _manejar(entorno, "migrate", "--verbosity", "0")  # la caché común es una tabla
    _manejar(entorno, "collectstatic", "--noinput", "--verbosity", "0")
    web = [str(enfrente.RAIZ / "deploy" / "web"), str(interno)]
    with registro(carpeta).open("wb") as dice, enfrente.proceso(web, entorno, dice) as del_portal:
        enfrente.esperar(interno)
        carpetas = {"archivos": carpeta / "archivos", "estaticos": carpeta / "static"}
        with enfrente.nginx_con_tls(tls, NOMBRE, (http, https), portal=interno, **carpetas) as de_nginx:
            portal.procesos.update(portal=del_portal, nginx=de_nginx)
            yield portal


def registro(carpeta: Path) -> Path:
    """Lo que el portal va anotando."""
    return carpeta / "portal.log"


def _entorno(carpeta: Path, origen: str) -> dict[str, str]:
    """Lo que `deploy/instalar` deja en `.env`, con la base y los secretos de este proceso."""
    return os.environ | {
        "PRODUCCION": "1",
        "DEMO": "0",
        "ALLOWED_HOSTS": NOMBRE,
        "CSRF_TRUSTED_ORIGINS": origen,
        "SITIO": origen,
        "VAR": str(carpeta),
        "ENTREGA_INTERNA": enfrente.INTERNA,
        "FICHA_DE_OPERACION": secrets.token_hex(24),
        "CONTACTO_DE_SEGURIDAD": "mailto:seguridad@localhost",
        "PROCESOS": str(PROCESOS),
        "HILOS": str(HILOS),
    }


def _certificado(carpeta: Path) -> None:
    """Uno propio, hecho como en `deploy/pasos/sitio.sh`."""
    carpeta.mkdir()
    orden = ["openssl", "req", "-x509", "-newkey", "rsa:3072", "-sha256", "-nodes", "-days", "2"]
    orden += ["-subj", f"/CN={NOMBRE}", "-addext", f"subjectAltName=DNS:{NOMBRE}"]
    orden += ["-addext", "basicConstraints=critical,CA:FALSE"]
    orden += ["-keyout", str(carpeta / "llave.pem"), "-out", str(carpeta / "cadena.pem")]
    subprocess.run(orden, check=True, capture_output=True)


def _manejar(entorno: dict[str, str], *orden: str) -> None:
    """Una orden de `manage.py` como en producción."""
    python = str(enfrente.RAIZ / ".venv" / "bin" / "python")
    subprocess.run([python, "manage.py", *orden], check=True, env=entorno, cwd=enfrente.RAIZ)
