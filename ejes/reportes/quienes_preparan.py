"""A quién se escribe sobre los reportes de un asiento: titular, suplentes y colegas con encargo."""

import datetime as dt
from collections.abc import Iterable

from ejes.models import Encargo
from sesiones.invitar import correo_de
from sesiones.models import Asiento

CUENTAS = ("nombramientos__persona__usuario", "suplencias__persona__usuario")


def quienes_preparan(asientos: Iterable[int], al: dt.date) -> dict[int, list[tuple[str, str]]]:
    """Correo y nombre de quienes preparan los reportes de cada asiento, por su clave primaria.

    Hace un número fijo de consultas. No están quien no tiene correo, quien ya no entra (su encargo no
    cuenta con la cuenta desactivada) ni, repetida, la misma dirección.
    """
    lugares = {pk: dict[str, str]() for pk in asientos}
    filas = Asiento.objects.filter(pk__in=lugares).con_ocupantes()
    for asiento in filas.prefetch_related(*CUENTAS):
        for ocupante in filter(None, (asiento.titular(al), *asiento.suplentes(al))):
            lugares[asiento.pk].setdefault(correo_de(ocupante.persona), ocupante.persona.formal)
    encargos = Encargo.objects.vigentes(al).filter(asiento__in=lugares, usuario__is_active=True)
    for encargo in encargos.select_related("usuario"):
        lugares[encargo.asiento_id].setdefault(encargo.usuario.email.lower(), encargo.usuario.nombre)
    return {pk: [par for par in suyos.items() if par[0]] for pk, suyos in lugares.items()}
