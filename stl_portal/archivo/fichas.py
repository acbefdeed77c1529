"""La ficha de un archivo recibido: con ella, un formulario lo toma sin que se suba otra vez."""

from django.core import signing

from .models import Archivo

SAL = "archivo.recibido"
VIGENCIA = 24 * 3600  # segundos


def dar(archivo: Archivo) -> str:
    """Ficha firmada del archivo; se entrega solo a quien lo subió."""
    return signing.dumps(archivo.huella, salt=SAL)


def tomar(ficha: str) -> Archivo | None:
    """El archivo de una ficha vigente; None si no lo es o nadie la firmó."""
    try:
        huella = signing.loads(ficha, salt=SAL, max_age=VIGENCIA)
    except signing.BadSignature:
        return None
    return Archivo.objects.filter(huella=huella).first()
