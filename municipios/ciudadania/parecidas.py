"""Los municipios que se sugieren a quien pidió una página que no existe: por su clave o por su nombre."""

from collections.abc import Iterator, Sequence

from municipios.models import Municipio
from stl_portal.publico.registro import PARECIDAS, Enlace


def por_nombre(partes: Sequence[str]) -> Iterator[Enlace]:
    """Los 46: son pocos y «municipios/leon» es como cualquiera lo escribiría."""
    return (Enlace(m.nombre, m.get_absolute_url()) for m in Municipio.objects.all())


def registrar() -> None:
    """Se llama desde `MunicipiosConfig.ready()`; repetirlo no duplica nada."""
    PARECIDAS["municipios"] = por_nombre
