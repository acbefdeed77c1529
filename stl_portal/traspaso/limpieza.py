"""Lo que se subió o se exportó no se queda para siempre: trae datos personales. Lo llama cada día `manage.py
atender_plazos`.
"""

import datetime as dt

from . import avance, importar
from .estados import EstadoImportacion
from .models import Importacion, Tanda

DETALLE = dt.timedelta(days=90)  # lo que se guarda el renglón por renglón de lo que ya no se deshace
ACABADAS = (EstadoImportacion.HECHA, EstadoImportacion.DESHECHA, EstadoImportacion.DESCARTADA)


def limpiar(ahora: dt.datetime) -> int:
    """Descarta lo que nadie confirmó y borra archivos y detalles que ya no sirven. Dice cuántos borró."""
    importar.limpiar_viejas(ahora)
    return _archivos(ahora) + _detalles(ahora)


def _archivos(ahora: dt.datetime) -> int:
    """Los que ninguna importación viva espera; los recientes quizá son de una que apenas se sube."""
    vivas = {str(c) for c in Importacion.objects.exclude(estado__in=ACABADAS).values_list("clave", flat=True)}
    limite = (ahora - dt.timedelta(days=1)).timestamp()
    sobran = [
        archivo
        for archivo in avance.carpeta().iterdir()
        if archivo.name.partition(".")[0] not in vivas and archivo.stat().st_mtime < limite
    ]
    for archivo in sobran:
        archivo.unlink(missing_ok=True)
    return len(sobran)


def _detalles(ahora: dt.datetime) -> int:
    """El renglón por renglón, con lo de antes y lo de ahora; el de la última hecha sirve para deshacerla."""
    viejas = Importacion.objects.filter(estado__in=ACABADAS, subida_el__lt=ahora - DETALLE)
    ultima = importar.ultima()
    if ultima:
        viejas = viejas.exclude(pk=ultima.pk)
    return Tanda.objects.filter(importacion__in=viejas).delete()[0]
