"""Lo único que un documento puede leer: las letras del paquete y datos incrustados.

Quien escribe un acta no decide qué abre el servidor: una imagen que apunte a la red o a un
archivo de la máquina se rechaza y el documento se produce sin ella.
"""

import logging
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

bitacora = logging.getLogger(__name__)


class RecursoAjeno(ValueError):
    """Dirección fuera de las carpetas permitidas (red, archivo del servidor u otro esquema)."""


class SoloRecursosPropios(URLFetcher):
    """Sirve `data:` y los archivos de las carpetas dadas; todo lo demás es `RecursoAjeno`."""

    def __init__(self, *carpetas: Path) -> None:
        super().__init__(allowed_protocols={"data", "file"}, allow_redirects=False)
        self._carpetas = tuple(carpeta.resolve() for carpeta in carpetas)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Abre la dirección si es nuestra; `RecursoAjeno` si no lo es."""
        if not url.startswith("data:") and not self._es_propio(url):
            bitacora.warning("Recurso ajeno rechazado en un documento: %s", url[:200])
            raise RecursoAjeno(f"El documento no puede leer {url[:200]}")
        return super().fetch(url, headers)

    def _es_propio(self, url: str) -> bool:
        partes = urlsplit(url)
        if partes.scheme != "file" or partes.netloc:
            return False
        ruta = Path(unquote(partes.path)).resolve()
        return any(ruta.is_relative_to(carpeta) for carpeta in self._carpetas)
