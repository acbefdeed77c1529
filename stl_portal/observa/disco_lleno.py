"""Si un error es que ya no cabe nada en el disco, el del portal o el de su base: se dice, no es una falla."""

from django.db.utils import OperationalError

from stl_portal.archivo.recepcion import SIN_ESPACIO

_EN_POSTGRES = "53100"  # disk_full


def es(error: BaseException | None) -> bool:
    """Si lo es ese error o lo que lo causó."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in SIN_ESPACIO:
            return True
        if isinstance(error, OperationalError) and _lo_dice_la_base(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _lo_dice_la_base(error: OperationalError) -> bool:
    return getattr(error.__cause__, "sqlstate", "") == _EN_POSTGRES or "disk is full" in str(error).lower()
