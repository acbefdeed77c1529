"""El acta ficticia por transcribir con que se enseña cómo se revisa una."""

from collections.abc import Callable
from pathlib import Path

from django.contrib.auth import get_user_model
from django.utils import timezone

from sesiones.demo.carga import CAPTURA
from sesiones.historicas import leer
from sesiones.historicas.models import ActaPorTranscribir
from sesiones.models import Organo

ARCHIVO = Path(__file__).parent / "acta-ficticia.txt"


def cargar(decir: Callable[[str], None]) -> None:
    """Deja un acta por confirmar en el órgano de demostración; si ya hay alguna, no toca nada."""
    organo = Organo.objects.filter(clave="demo").first()
    if organo is None or organo.por_transcribir.exists():
        return
    texto = ARCHIVO.read_text(encoding="utf-8")
    por = get_user_model().objects.get(email=CAPTURA)
    propuesta = leer.proponer(texto)
    nombre = "Acta ficticia de 2019 (texto pegado)"
    ActaPorTranscribir.recibir(
        organo, nombre=nombre, texto=texto, propuesta=propuesta, por=por, cuando=timezone.now()
    )
    decir("Un acta histórica ficticia por transcribir")
