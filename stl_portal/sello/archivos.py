"""Los archivos recibidos, vistos por `verificar_bitacora`: cada uno debe existir y dar su huella."""

from collections.abc import Iterator

from stl_portal.archivo import almacen

from .registro import Falla


def fallas() -> Iterator[Falla]:
    """Los que faltan y los que cambiaron."""
    revision = almacen.revisar()
    for archivo in revision.faltantes:
        yield Falla(f"archivo {archivo.huella}", f"falta en el almacén («{archivo.nombre}»)")
    for archivo in revision.alterados:
        yield Falla(f"archivo {archivo.huella}", f"su contenido cambió («{archivo.nombre}»)")
