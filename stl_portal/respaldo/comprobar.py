"""Leer un respaldo entero y comprobar cada byte, sin restaurarlo."""

from collections.abc import Callable
from pathlib import Path

from . import cifra, manifiesto
from .errores import Danado, NoSePudo
from .hacer import ARCHIVOS
from .manifiesto import Manifiesto
from .paquete import Cosa, Lector, Miembro

MANIFIESTO_MAXIMO = 512 * 1024**2  # bytes; más no lo escribe el portal
INCOMPLETO = "está incompleto: no trae «manifiesto.json» al final"


def comprobar(ruta: Path, llave: str, al_leer: Callable[[Miembro], None] | None = None) -> Manifiesto:
    """Recorre el respaldo, pasa cada cosa a `al_leer` y devuelve el manifiesto.

    Lanza `Danado`, que dice cada lugar donde no es como se hizo, o `NoSePudo` si no se puede abrir.
    """
    if not ruta.is_file():
        raise NoSePudo(f"No existe el respaldo «{ruta}».")
    with cifra.desde(ruta, llave) as abierto:
        lector, halladas, crudo = Lector(abierto), [], b""
        for miembro in lector.miembros():
            if crudo:
                raise Danado(f"sobra «{miembro.nombre}» después del manifiesto")
            if miembro.nombre == manifiesto.NOMBRE and miembro.tamano <= MANIFIESTO_MAXIMO:
                crudo = miembro.read()
                continue
            if al_leer is not None:
                al_leer(miembro)
            halladas.append((miembro.cosa(), miembro.desde))
    return _cotejar(crudo, halladas)


def _cotejar(crudo: bytes, halladas: list[tuple[Cosa, int]]) -> Manifiesto:
    if not crudo:
        raise Danado(INCOMPLETO)
    dicho = manifiesto.leer(crudo)
    fallas = [*dicho.diferencias(halladas), *_con_otro_nombre(dicho)]
    if fallas:
        raise Danado(*fallas)
    return dicho


def _con_otro_nombre(dicho: Manifiesto) -> list[str]:
    """Los archivos guardados bajo una huella que no es la suya, salvo los que ya estaban así."""
    return [
        f"«{cosa.nombre}» no da la huella que su nombre dice"
        for cosa in dicho.cosas
        if cosa.nombre.startswith(ARCHIVOS)
        and cosa.huella != cosa.nombre.removeprefix(ARCHIVOS)
        and cosa.nombre.removeprefix(ARCHIVOS) not in dicho.alterados
    ]
