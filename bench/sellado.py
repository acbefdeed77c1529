"""El acta publicada, entregada por el portal con nginx enfrente, contra el mismo archivo servido tal cual.

`wrk` pide por turnos, con las mismas conexiones, la dirección del portal y la del archivo suelto. La
descarga privada (autorizada por el portal, enviada por nginx) se mide aparte: no tiene meta.
"""

import re
import subprocess
import tempfile
from pathlib import Path

from django.conf import settings

from bench import enfrente
from bench.medida import Medida
from sesiones.models import Publicacion
from stl_portal.archivo.models import Archivo

RONDAS = 5
SEGUNDOS = 2
META = 0.9
_POR_SEGUNDO = re.compile(r"Requests/sec:\s+([\d.]+)")
_MALAS = re.compile(r"Non-2xx or 3xx responses: (\d+)")


def medir() -> dict[str, Medida]:
    """Peticiones por segundo del PDF publicado más grande de la demostración."""
    archivo = Archivo.objects.filter(pk__in=Publicacion.objects.values("pdf")).order_by("-tamano").first()
    if archivo is None:
        raise LookupError("La demostración no trae ninguna acta publicada.")
    archivos = Path(settings.MEDIA_ROOT)
    with (
        tempfile.TemporaryDirectory(prefix="portal-nginx-") as carpeta,
        enfrente.granian("stl_portal.wsgi:application", _entorno(archivos)) as portal,
        enfrente.nginx(Path(carpeta), portal=portal, archivos=archivos) as puerto,
    ):
        sitio = f"http://127.0.0.1:{puerto}"
        nuestra = f"{sitio}/archivos/{archivo.huella}/{archivo.nombre}"
        _ritmo(nuestra, segundos=1)  # a la primera petición el portal lo pone en la vitrina
        parejas = [(_ritmo(nuestra), _ritmo(f"{sitio}/tal-cual/{archivo.ruta}")) for _ in range(RONDAS)]
    razones = sorted(una / otra for una, otra in parejas)
    nota = f"{archivo.tamano / 1024:.0f} KB, {RONDAS} rondas, de {razones[0]:.2f} a {razones[-1]:.2f}"
    return {
        "publicado": Medida(
            "acta publicada, desde el portal",
            "el archivo tal cual en nginx",
            razones[len(razones) // 2],
            META,
            mayor_es_mejor=True,
            nota=nota,
        )
    }


def _entorno(archivos: Path) -> dict[str, str]:
    """Lo que el servidor de la medición necesita saber."""
    return {
        "MEDIA_ROOT": str(archivos),
        "ENTREGA_INTERNA": enfrente.INTERNA,
        "ALLOWED_HOSTS": "127.0.0.1",
    }


def _ritmo(direccion: str, segundos: int = SEGUNDOS) -> float:
    """Peticiones por segundo. Lanza `RuntimeError` si alguna falló."""
    orden = ["wrk", "--threads", "2", "--connections", "8", "--duration", f"{segundos}s", direccion]
    salida = subprocess.run(orden, capture_output=True, text=True, check=True).stdout
    ritmo = _POR_SEGUNDO.search(salida)
    if _MALAS.search(salida) or ritmo is None:
        raise RuntimeError(f"La medición tuvo errores:\n{salida}")
    return float(ritmo[1])
