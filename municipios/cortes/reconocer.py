"""Los cortes municipales publicados: por la huella de sus datos o de sus descargas, y su página."""

from collections.abc import Collection, Iterator, Mapping

from municipios.ciudadania import descargas
from municipios.models import CorteMunicipal, CorteMunicipalPublicado
from stl_portal.sello.registro import NOMBRES, PAGINAS, RECONOCEDORES, Reconocido, apuntar
from stl_portal.versiones import entero


def corte(huella: str) -> Reconocido | None:
    """El corte publicado con esos datos (JSON canónico); None si no lo hay."""
    filas = CorteMunicipalPublicado.objects.select_related("corte__organo").defer("documento")
    fila = filas.filter(huella=huella).first()
    if fila is None:
        return None
    return _reconocido(
        fila, "Son los datos de un corte municipal", "Es idéntico, byte por byte, a lo que publicó el órgano."
    )


def descarga(huella: str) -> Reconocido | None:
    """El corte del que sale esa tabla o capa, tal como hoy se descarga; None si no es de ninguno."""
    hallado = descargas.de_cual(huella)
    if hallado is None:
        return None
    fila, formato = hallado
    return _reconocido(
        fila,
        f"Es {formato.dicho} de un corte municipal",
        f"Es idéntica, byte por byte, a la que se descarga del corte {fila.corte.numero}."
        " Lo que está sellado es su JSON, del que sale.",
    )


def _reconocido(fila: CorteMunicipalPublicado, titulo: str, texto: str) -> Reconocido:
    """Con su página y su eslabón; si otro corte lo corrigió, lo dice."""
    corregido = CorteMunicipal.objects.publicados().filter(corrige=fila.corte_id).exists()
    return Reconocido(
        "alerta" if corregido else "exito",
        titulo + (" que después se corrigió" if corregido else " publicado"),
        texto + (" Hay una corrección posterior, que se enlaza desde su página." if corregido else ""),
        documento=f"{fila.corte} · {fila.corte.organo.denominacion(fila.corte.fecha)}",
        url=fila.corte.get_absolute_url(),
        eslabon=fila.eslabon,
    )


def paginas(claves: Collection[str]) -> Mapping[str, str]:
    """De «stl/1», la página de su corte."""
    return {clave: corte.get_absolute_url() for clave, corte in _publicados(claves)}


def nombres(claves: Collection[str]) -> Mapping[str, str]:
    """De «stl/1», el nombre de su corte."""
    return {clave: f"{corte.nombre}, de los municipios" for clave, corte in _publicados(claves)}


def _publicados(claves: Collection[str]) -> Iterator[tuple[str, CorteMunicipal]]:
    numeros = {entero(clave.rpartition("/")[2]) for clave in claves}
    for fila in CorteMunicipal.objects.publicados().filter(numero__in=numeros).select_related("organo"):
        clave = f"{fila.organo.clave}/{fila.numero}"
        if clave in claves:
            yield clave, fila


def registrar() -> None:
    """Se llama desde `MunicipiosConfig.ready()`; repetirlo no duplica nada."""
    apuntar(RECONOCEDORES, corte)
    apuntar(RECONOCEDORES, descarga)
    PAGINAS["corte-municipal"] = paginas
    NOMBRES["corte-municipal"] = nombres
