"""Las fechas de la demostración: la de un documento real, o días contados desde que se carga."""

import datetime as dt


def dia(valor: dt.date | int, hoy: dt.date) -> dt.date:
    """La fecha tal cual, o `valor` días después de hoy."""
    return hoy + dt.timedelta(days=valor) if isinstance(valor, int) else valor
