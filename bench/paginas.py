"""Tres páginas públicas (plan de 7/13/33, acta, municipios) contra lo más rápido que entregaría esos bytes.

1. Con nginx enfrente, contra nginx con los mismos bytes en un archivo, los dos comprimidos de antemano.
2. En frío, sin guardar nada, y 3. guardada en el proceso: contra una vista de Django sin capas ni base.
"""

import gzip
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from bench import enfrente, ritmo
from bench.medida import Medida
from sesiones.models import Sesion

PORTAL, DESNUDA = "stl_portal.wsgi:application", "bench.desnuda:application"
DE_NGINX, EN_FRIO, EN_PROCESO = 0.8, 0.10, 0.8
VECES_P99 = 3.0
CONSULTAS = 12


def medir() -> dict[str, Medida]:
    """Las razones de cada página en las tres maneras."""
    paginas = direcciones()
    with tempfile.TemporaryDirectory(prefix="portal-paginas-") as nombre:
        carpeta = Path(nombre)
        _dejar_los_bytes(carpeta, paginas)
        return {
            **_con_nginx(carpeta, paginas),
            **_contra_la_desnuda(carpeta, paginas, "en_frio", EN_FRIO, {"PAGINAS_EN_MEMORIA": "0"}),
            **_contra_la_desnuda(carpeta, paginas, "en_proceso", EN_PROCESO, {}),
        }


def direcciones() -> dict[str, str]:
    """Las tres páginas en los datos de demostración."""
    con_acta = Sesion.objects.filter(actas__estado="publicada").select_related("organo").earliest("pk")
    acta = f"/sesiones/{con_acta.organo.clave}/{con_acta.clave}/acta/"
    return {"plan": "/plan/2022-2024/", "acta": acta, "municipios": "/municipios/"}


def _dejar_los_bytes(carpeta: Path, paginas: dict[str, str]) -> None:
    """Cada página en un archivo, y el mismo comprimido."""
    for nombre, direccion in paginas.items():
        cuerpo = Client(headers={"host": "127.0.0.1"}).get(direccion).content
        (carpeta / f"{nombre}.html").write_bytes(cuerpo)
        (carpeta / f"{nombre}.html.gz").write_bytes(gzip.compress(cuerpo, 6, mtime=0))


def _con_nginx(carpeta: Path, paginas: dict[str, str]) -> dict[str, Medida]:
    """Como se despliega: dos procesos detrás de nginx, con la caché de `deploy/nginx.conf`."""
    medidas, sin_tope = {}, 1_000_000
    with (
        enfrente.granian(PORTAL, _entorno(), procesos=2) as portal,
        tempfile.TemporaryDirectory(prefix="portal-nginx-") as propia,
        enfrente.nginx(Path(propia), portal=portal, archivos=carpeta, ritmo=sin_tope) as puerto,
    ):
        sitio = f"http://127.0.0.1:{puerto}"
        for nombre, direccion in paginas.items():
            tal_cual = f"{sitio}/tal-cual/{nombre}.html"
            razon, p99, nota = ritmo.por_turnos(
                f"{sitio}{direccion}", tal_cual, cabeceras={"Accept-Encoding": "gzip"}
            )
            que, contra = f"{direccion} con nginx", "el archivo tal cual en nginx"
            medidas[f"nginx_{nombre}"] = Medida(que, contra, razon, DE_NGINX, mayor_es_mejor=True, nota=nota)
            medidas[f"nginx_p99_{nombre}"] = Medida(f"p99 de {que}", contra, p99, VECES_P99)
    return medidas


def _contra_la_desnuda(
    carpeta: Path, paginas: dict[str, str], clave: str, meta: float, entorno: dict[str, str]
) -> dict[str, Medida]:
    """El servidor solo, con un proceso y un hilo cada uno."""
    medidas = {}
    with (
        enfrente.granian(PORTAL, _entorno() | entorno) as portal,
        enfrente.granian(DESNUDA, {"DESNUDA": str(carpeta)}) as vara,
    ):
        for nombre, direccion in paginas.items():
            una, otra = f"http://127.0.0.1:{portal}{direccion}", f"http://127.0.0.1:{vara}/{nombre}.html"
            razon, _, nota = ritmo.por_turnos(una, otra, rondas=3)
            cuenta = f"{consultas(direccion)} consultas (tope {CONSULTAS}); " if clave == "en_frio" else ""
            que = f"{direccion} {clave.replace('_', ' ')}"
            medidas[f"{clave}_{nombre}"] = Medida(
                que, "una vista sin capas", razon, meta, mayor_es_mejor=True, nota=cuenta + nota
            )
    return medidas


@contextmanager
def _sin_guardar() -> Iterator[Client]:
    with override_settings(PAGINAS_EN_MEMORIA=0):
        yield Client(headers={"host": "127.0.0.1"})


def consultas(direccion: str) -> int:
    """Cuántas hace al componerse."""
    with _sin_guardar() as cliente:
        cliente.get(direccion)
        with CaptureQueriesContext(connection) as hechas:
            cliente.get(direccion)
    return len(hechas)


def _entorno() -> dict[str, str]:
    """Los estáticos como en producción: con su huella en el nombre."""
    return {"ALLOWED_HOSTS": "127.0.0.1", "ESTATICOS_COMPILADOS": os.environ.get("ESTATICOS_COMPILADOS", "0")}
