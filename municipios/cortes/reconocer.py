"""Los cortes municipales publicados: por la huella de sus datos, y la página de lo que el registro nombra."""

from collections.abc import Collection, Mapping

from municipios.models import CorteMunicipal, CorteMunicipalPublicado
from stl_portal.sello.registro import PAGINAS, RECONOCEDORES, Reconocido, apuntar
from stl_portal.versiones import entero


def corte(huella: str) -> Reconocido | None:
    """El corte publicado con esos datos (JSON canónico); None si no lo hay."""
    filas = CorteMunicipalPublicado.objects.select_related("corte__organo").defer("documento")
    fila = filas.filter(huella=huella).first()
    if fila is None:
        return None
    corregido = CorteMunicipal.objects.publicados().filter(corrige=fila.corte_id).exists()
    return Reconocido(
        "alerta" if corregido else "exito",
        "Son los datos de un corte municipal" + (" que después se corrigió" if corregido else " publicado"),
        "Es idéntico, byte por byte, a lo que publicó el órgano."
        + (" Hay una corrección posterior, que se enlaza desde su página." if corregido else ""),
        documento=f"{fila.corte} · {fila.corte.organo.denominacion(fila.corte.fecha)}",
        url=fila.corte.get_absolute_url(),
        eslabon=fila.eslabon,
    )


def paginas(claves: Collection[str]) -> Mapping[str, str]:
    """De «stl/1», su corte."""
    numeros = {entero(clave.rpartition("/")[2]) for clave in claves}
    filas = CorteMunicipal.objects.publicados().filter(numero__in=numeros).select_related("organo")
    todas = {f"{c.organo.clave}/{c.numero}": c.get_absolute_url() for c in filas}
    return {clave: url for clave, url in todas.items() if clave in claves}


def registrar() -> None:
    """Se llama desde `MunicipiosConfig.ready()`; repetirlo no duplica nada."""
    apuntar(RECONOCEDORES, corte)
    PAGINAS["corte-municipal"] = paginas
